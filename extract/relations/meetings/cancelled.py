"""Meetings that were to be and were not: 「2024年10月に予定されていた日米首脳会談は延期された」 says that it was not held then.

What takes their place in the same sentence (…は見送られ、20日に広島で開かれた) is held; only where it was to be is denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.model import Timex
from extract.names.found import Name
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import CERTAIN, LIKELY, quote
from extract.relations.verbs.filling import session_on
from extract.syntax import Phrase
from ontology.terms import Factuality, Kind, Property

OFF = re.compile(r"^(?:開催(?:が|を)?|訪問を?)?(?:見送|中止|取りや|取り止|キャンセル|延期|順延|流会|実現しな|実現せ)")
TO_BE = re.compile(r"^(?:予定|計画|(?:開催|開|行|実施).*る$)")
# Between the date for which it was planned and the name: に予定されていたシドニーでの.
PLANNED_FOR = re.compile(
    r"に?(?:開催|実施|開会)?(?:が|を)?(?:予定|計画)(?:され(?:てい)?た|してい?た|の|だった|であった)[^。、]{0,12}"
)
ARGUMENT = frozenset({"は", "が", "も", "を"})
PLACED = frozenset({"での", "における", "で"})


def assert_cancelled(context: Context) -> None:
    """Make the claims of the meetings and exercises that a sentence says were called off."""
    for name in context.named.names:
        off = called_off(context, name) if name.kind in {Kind.MEETING, Kind.FORUM, Kind.OCCURRENCE} else None
        timex = _planned_for(context, name) if off else None
        if off is None or timex is None or timex.date is None or _held_instead(context, off):
            continue
        key = next(iter(context.of(name)), None) if name.kind is Kind.OCCURRENCE else session_on(context, name, timex.date)
        if key is None:
            continue
        context.keys[name.start] = context.keys.get(name.start) or (key,)
        evidence = quote(context.named.sentence, (timex.start, timex.end), (name.start, name.end), (off.start, off.end))
        if name.kind is Kind.OCCURRENCE:
            rule = "cancelled"
            context.drafts.add(key, Property.HELD_ON, timex.date, Factuality.NEGATED, evidence, rule, confidence=LIKELY)
        else:
            context.drafts.add_meeting(key, evidence, Factuality.NEGATED, CERTAIN)
    for held in context.tree.phrases:
        _elsewhere(context, held)


def called_off(context: Context, name: Name) -> Phrase | None:
    """The predicate that says that what a name means did not take place."""
    phrase = context.tree.at(name.end - 1)
    return _off(context, phrase) if phrase and phrase.particle in ARGUMENT else None


def _off(context: Context, phrase: Phrase) -> Phrase | None:
    for above in context.tree.governors(phrase):
        shown = context.text[above.start : above.end]
        if OFF.match(shown) or OFF.match(context.text[above.head.start : above.end]):
            nearer = (p for p in context.tree.dependants[above.index] if phrase.index < p.index < above.index)
            return None if any(p.particle in ARGUMENT and p.head.nominal for p in nearer) else above
        if not TO_BE.match(shown):
            return None
    return None


def _planned_for(context: Context, name: Name) -> Timex | None:
    """The date for which a meeting was planned."""
    own = context.dates.get(name.start)
    before = (t for t in context.named.timexes if t.end <= name.start and t.date)
    return own or next((t for t in before if PLANNED_FOR.fullmatch(context.text[t.end : name.start])), None)


def _held_instead(context: Context, off: Phrase) -> bool:
    """Whether the sentence goes on to say when and where it was held after all."""
    return any(e.frame.rule == "hold" and e.phrase.index > off.index for e in context.events)


def _elsewhere(context: Context, held: Phrase) -> None:
    """シドニーでの開催が予定されていたが、見送られた: where the meeting just told of was not held."""
    if context.text[held.start : held.content_end] != "開催" or held.particle not in ARGUMENT:
        return
    off, meeting = _off(context, held), context.discourse.gathering(context.index)
    if off is None or meeting is None or context.things.kind(meeting) is not Kind.MEETING:
        return
    for start, place in _places(context, held):
        evidence = quote(context.named.sentence, (start, held.end), (off.start, off.end))
        context.drafts.add(meeting, Property.HELD_IN, place, Factuality.NEGATED, evidence, "cancelled", confidence=LIKELY)


def _places(context: Context, held: Phrase) -> Iterator[tuple[int, str]]:
    for group in context.groups:
        if group.particle in PLACED and group.phrase.depends_on == held.index:
            for member, key in context.members(group):
                if context.things.kind(key) is Kind.PLACE:
                    yield member.start, key
