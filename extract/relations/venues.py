"""Where meetings are held, as their names and the words in front of them tell: マドリード首脳会議, リマでの首脳会談."""

from __future__ import annotations

from extract.names.found import Name
from extract.relations.context import Context
from extract.relations.draft import LIKELY, quote
from extract.relations.factuality import with_date
from ontology.terms import Factuality, Kind, Property

AT = frozenset({"での", "における"})


def assert_venues(context: Context) -> None:
    """Make the claims of where the meetings of a sentence are held."""
    for name in context.named.names:
        if name.kind is not Kind.MEETING:
            continue
        for key in context.of(name):
            _by_name(context, name, key)
            _before(context, name, key)


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
