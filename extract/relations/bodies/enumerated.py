"""Who is in a body, told as what those are: 「Xに参加しているのは、A、Bである」, 「Yに署名した国は、A、B、Cの3か国である」."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.model import Bound, Stretch
from extract.names.states import SO_MANY
from extract.relations.bodies.rosters import BODIES
from extract.relations.discourse.context import Context, keys_of
from extract.relations.discourse.draft import LIKELY, quote
from extract.relations.factuality.standing import phrase_standing
from extract.relations.grammar.copulas import COPULA
from extract.relations.grammar.groups import Group
from extract.relations.texts.parties import BETWEEN_STATES
from extract.syntax import Phrase
from ontology.terms import Factuality, Kind, Property

BEING_IN = re.compile(r"(?:参加|加盟|加入|参画|加わ[っるり]?)$")
SIGNING = re.compile(r"(?:署名|調印|締結|批准)$")
THOSE = re.compile(rf"(?:{SO_MANY}|国|国々|諸国|各国|機関|国家)")
ONES = re.compile(r"(?:して|って)?(?:いる|いた|する|した|る|た)のは、?$")
ATTRIBUTIVE = re.compile(r"(?:する|した|いる|いた|る|た)$")
# What those are to it that are said to be in it, or to have signed it.
TOLD = (
    (BEING_IN, BODIES, Property.HAS_MEMBER),
    (BEING_IN, BETWEEN_STATES, Property.HAS_PARTY),
    (SIGNING, BETWEEN_STATES, Property.HAS_PARTY),
)
LISTED = frozenset({"", "と", "や"})


def assert_enumerated(context: Context) -> None:
    """Make the claims of a sentence that says who those are that are in a body or a treaty."""
    for subject, verb in _those_in(context):
        found = phrase_standing(context.tree, verb).factuality
        if found is not Factuality.ACTUAL:
            continue
        goals = [g for g in context.groups if g.particle == "に" and g.phrase.depends_on == verb.index]
        for verbs, kinds, predicate in TOLD:
            if verbs.search(context.text[verb.start : verb.content_end]):
                for body, place in keys_of(context, goals[:1], kinds):
                    _claim(context, body, predicate, (place, (subject.start, subject.end)), verb)


def _those_in(context: Context) -> Iterator[tuple[Phrase, Phrase]]:
    """The subjects that stand for those who are in something, each with the verb that says so."""
    for phrase in context.tree.phrases:
        content = context.text[phrase.start : phrase.content_end]
        if phrase.name or phrase.timex:
            continue
        if _says(content) and ONES.search(context.text[phrase.content_end : phrase.end]):
            yield phrase, phrase
        elif THOSE.fullmatch(content) and phrase.particle == "は":
            for verb in context.tree.dependants[phrase.index]:
                told = _says(context.text[verb.start : verb.content_end]) and ATTRIBUTIVE.search(verb.tail)
                if told and verb.index < phrase.index:
                    yield phrase, verb


def _says(words: str) -> bool:
    return any(verbs.search(words) for verbs, _, _ in TOLD)


def _claim(context: Context, body: str, predicate: Property, places: tuple[Stretch, ...], verb: Phrase) -> None:
    """Each of those that the sentence ends on is one; a date that the verb has is when they came in."""
    after = [g for g in context.groups if g.start > places[-1][0]]
    if not after or not _ends_on(context, after[-1]):
        return
    dates = [p.timex for p in context.tree.dependants[verb.index] if p.timex and p.timex.bound in {Bound.AT, Bound.FROM}]
    since = next((t.date for t in dates if t.date), None) if predicate is Property.HAS_MEMBER else None
    those = [g for g in after if g is after[-1] or g.particle in LISTED]
    for member, there in keys_of(context, those, (Kind.STATE,)):
        evidence = quote(context.named.sentence, *places, there)
        context.drafts.add(
            body, predicate, member, Factuality.ACTUAL, evidence, "enumerated", confidence=LIKELY, valid_from=since
        )


def _ends_on(context: Context, group: Group) -> bool:
    """Whether a sentence ends by saying that something is the things of a group, their count behind them: A、B、Cの3か国である."""
    last, own = context.tree.phrases[-1], group.phrase
    counts = own.tail == "の" and own.index + 1 == last.index and THOSE.fullmatch(context.text[last.start : last.content_end])
    return bool((counts or own.index == last.index) and COPULA.match(last.tail))
