"""Where meetings are held and who is there, as told around their names.

マドリード首脳会議, リマでの首脳会談, 閣僚会合(日本は外務大臣、米国は国務長官), 会談で鳩山首相から大統領に対し.
"""

from __future__ import annotations

import re

from extract.names.found import Name
from extract.relations.context import Context
from extract.relations.draft import LIKELY, quote
from extract.relations.factuality import with_date
from ontology.terms import Factuality, Kind, Property

BRACKET = re.compile(r"[」』]?\([^()]*\)")
VENUES = frozenset({"で", "では", "において", "における", "でも"})
SAID = re.compile(r"述べ|伝え|表明|説明|要請|提起|指摘")
AT = frozenset({"での", "における"})


def assert_gatherings(context: Context) -> None:
    """Make the claims of where the meetings of a sentence are held and who is there."""
    for name in context.named.names:
        if name.kind is not Kind.MEETING:
            continue
        for key in context.of(name):
            _by_name(context, name, key)
            _before(context, name, key)
            _in_bracket(context, name, key)
            _speaking(context, name, key)


def _in_bracket(context: Context, name: Name, key: str) -> None:
    """The posts and people in brackets right behind a meeting."""
    bracket = BRACKET.match(context.text, name.end)
    if bracket is None:
        return
    for other in context.named.names:
        if bracket.start() < other.start and other.end <= bracket.end() and other.kind in {Kind.POST, Kind.PERSON}:
            for attendant in context.of(other):
                evidence = quote(context.named.sentence, (name.start, other.end))
                context.drafts.add(key, Property.HAS_PARTICIPANT, attendant, Factuality.ACTUAL, evidence, "meeting.bracket")


def _speaking(context: Context, name: Name, key: str) -> None:
    """Those between whom something is said at a meeting: 安倍首相からオバマ大統領に対し…述べられた."""
    phrase = context.tree.at(name.start)
    if phrase is None or phrase.particle not in VENUES or not SAID.search(context.text[name.end :]):
        return
    for group in context.groups:
        if (
            group.start > name.end
            and group.particle in {"から", "に対し", "に対して"}
            and group.members[0].name.kind is Kind.PERSON
        ):
            for member, person in context.members(group):
                evidence = quote(context.named.sentence, (name.start, name.end), (member.start, group.phrase.end))
                context.drafts.add(
                    key, Property.HAS_PARTICIPANT, person, Factuality.ACTUAL, evidence, "meeting.spoken", confidence=LIKELY
                )


def _by_name(context: Context, name: Name, key: str) -> None:
    """The place that a meeting's name begins with."""
    first = next((t for t in context.named.tokens if t.start == name.start), None)
    if first is None or not first.place or context.things.knowledge.states.named(first.text) or first.end >= name.end:
        return
    place = context.things.take(first.text, Kind.PLACE)
    _claim(context, key, place, (name.start, name.end))


def _before(context: Context, name: Name, key: str) -> None:
    """The place right before a meeting, with での or における."""
    for group in context.groups:
        above = context.tree.phrases[group.phrase.depends_on]
        if group.particle in AT and above.name is not None and above.name.start == name.start and group.end <= name.start:
            for _, place in context.members(group):
                _claim(context, key, place, (group.start, name.end))


def _claim(context: Context, key: str, place: str, at: tuple[int, int]) -> None:
    meeting = context.things[key]
    if meeting.kind is Kind.MEETING and context.things.kind(place) is Kind.PLACE:
        standing = with_date(Factuality.ACTUAL, meeting.on, context.published)
        context.drafts.add(
            key, Property.HELD_IN, place, standing, quote(context.named.sentence, at), "venue", confidence=LIKELY
        )
