"""Who possesses a relational noun: the group before it, what the clauses before tell of, or what the text is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.model import Stretch
from extract.relations.discourse.context import Context, keys_of
from extract.relations.grammar.foundings import FOUNDING
from extract.relations.grammar.groups import Group
from extract.syntax import Phrase
from ontology.terms import Kind, is_a

# What may stand between a possessor and the noun: SCCの米側の構成員, 同委員会の初代の議長.
BESIDE = re.compile(
    r"(?:[一-龥ァ-ヶー]{1,8}側|初代|歴代|現在|当初|最初|主な|主要な?|常任|正式な?|(?:軍事|政治|行政|文民|経済)(?:面|部門))(?:の|における)?"
)


def owners_of(context: Context, phrase: Phrase) -> list[Group]:
    """The groups that possess a noun: SCCの構成員, SCCの米側の構成員."""
    found = []
    for group in context.groups:
        between = context.tree.phrases[group.phrase.index + 1 : phrase.index]
        near = all(BESIDE.fullmatch(context.text[p.start : p.end]) for p in between)
        hangs = group.phrase.depends_on == phrase.index or (near and group.phrase.index < phrase.index)
        if group.particle in {"の", "における"} and hangs:
            found.append(group)
    return found


TOPIC_MARKS = frozenset({"は", "も", "が", "とは", "には"})
Keyed = list[tuple[str, Stretch]]


def elided(context: Context, phrase: Phrase, of: Sequence[Kind]) -> Keyed:
    """What the text is about possesses a noun that stands alone; one that belongs to something else (演習の参加国) is that's."""
    content = context.text[phrase.start : phrase.content_end]
    for below in context.tree.dependants[phrase.index]:
        side = below.name is not None and below.name.kind is Kind.STATE and SITTING.search(content)
        if below.particle in {"の", "における"} and not side and not BESIDE.fullmatch(context.text[below.start : below.end]):
            return []
    here = _told_before(context, phrase, of)
    if here:
        return here if len({key for key, _ in here}) == 1 else []
    key = context.discourse.topic_of(of, context.index)
    commanding = context.text.startswith("司令部", phrase.start)
    if key and commanding and any(is_a(context.things.kind(key), k) for k in COMPANIES):
        return []  # 統合軍司令部の新設で一致した。司令部は…: the command itself is meant
    title = context.discourse.title if context.discourse.entry else None
    if key and title and SEAT_NOUN.fullmatch(content) and _organ_of(context, key, title):
        key = context.things.current(title)  # 外相で構成される理事会が置かれた。事務局はロンドン。
    return [(key, (phrase.start, phrase.end))] if key else []


SEAT_NOUN = re.compile(r"(?:総?司令部|本部|本?庁舎|(?:常設)?事務局|事務所|本拠地?|所在地)")


def _organ_of(context: Context, key: str, title: str) -> bool:
    """Whether a body is an organ of the partnership that an entry is on."""
    things = context.things
    forum = is_a(things.kind(title), Kind.PARTNERSHIP) and is_a(things.kind(key), Kind.FORUM)
    return forum and things[key].label.startswith(things[title].label)


SITTING = re.compile(r"(?:メンバー|構成員|委員)$")  # カナダのメンバーは: those who sit for a state in the body spoken of
COMPANIES = (Kind.PARTNERSHIP, Kind.FORUM)


def _told_before(context: Context, phrase: Phrase, of: Sequence[Kind]) -> Keyed:
    """What the clauses before in the sentence tell of: 支援組織の設立が合意され、司令部は…に置かれた."""
    deeds = {p.index for p in context.tree.phrases if FOUNDING.fullmatch(context.text[p.start : p.content_end])}
    told = [
        g
        for g in context.groups
        if g.phrase.index < phrase.index
        and g.members[0].name.kind is not Kind.STATE
        and (g.particle in {"は", "が", "も", "を"} or (g.particle == "の" and g.phrase.depends_on in deeds))
    ]
    return keys_of(context, told, of)
