"""Which talks are meant that bear no name: those of some people that were told of before, 習主席との会談, バイデン・岸田会談."""

from __future__ import annotations

import re

from extract.names.found import Name
from extract.names.states import PAIR
from extract.relations.discourse.context import Context
from ontology.terms import Kind

PEOPLE = frozenset({Kind.PERSON, Kind.POST})
BARE_TALKS = re.compile(r"(?:今回の|同|初の?)?(?:会談|(?:テレビ|電話|オンライン)会[談議])")
NAMED = re.compile(
    r"([一-龥々ァ-ヶー]{1,8}?(?:[・\-=–][一-龥々ァ-ヶー]{1,8}?)+?)(?:両)?(?:首脳|外相|防衛相|国防相|首相|大統領)?(?:電話|テレビ)?会談"
)
KATAKANA = re.compile(r"[ァ-ヶー]{3,}")
BESIDE = frozenset({"との", "の", "による", "と"})


def beside(context: Context, name: Name) -> frozenset[str]:
    """Those with whom a bare 会談 is said to be, right before it: 習主席との会談."""
    phrase = context.tree.at(name.start)
    groups = [g for g in context.groups if g.particle in BESIDE and phrase and g.phrase.depends_on == phrase.index]
    return frozenset(k for g in groups for _, k in context.members(g) if context.things.kind(k) in PEOPLE)


def named_in(context: Context, name: Name) -> list[str]:
    """The people whose names make a meeting's: バイデン-岸田会談, トランプ・プーチン首脳会談; none unless all of them are people."""
    parts = NAMED.fullmatch(name.label)
    found = []
    for part in re.split(r"[・\-=–]", parts.group(1)) if parts else ():
        token = next((t for t in context.named.tokens if name.start <= t.start < name.end and t.text == part), None)
        key = context.things.find(part, Kind.PERSON)
        if key is None and token is not None and (token.person or (token.unknown and _surname(context, part))):
            key = context.things.take(part, Kind.PERSON)
        if key is None or key not in context.things or context.things.kind(key) is not Kind.PERSON:
            return []
        found.append(context.things.current(key))
    return found if len(found) >= PAIR else []


def _surname(context: Context, word: str) -> bool:
    """Whether a katakana word that the dictionary has as no name can be one: メローニ, no state, place or body."""
    knowledge = context.things.knowledge
    known = knowledge.states.named(word) or knowledge.lexicon.lookup(word) or word in knowledge.rules.no_people
    return bool(KATAKANA.fullmatch(word)) and not known


def known_talks(context: Context, people: frozenset[str]) -> str | None:
    """The talks last told of in which all of some people took part."""
    sought = {context.things.current(p) for p in people}
    for known, key in reversed(context.discourse.talks):
        if sought <= {context.things.current(k) for k in known}:
            return key
    return None
