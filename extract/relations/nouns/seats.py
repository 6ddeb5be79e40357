"""Where a body has its seat: 「YはXに本部を置く」「Xに本部を置くY」「Xに司令部が設けられた」."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.relations.discourse.context import Context, keys_of
from extract.relations.discourse.former import pointers
from extract.relations.grammar.groups import Group
from extract.relations.nouns.owners import SEAT_NOUN, TOPIC_MARKS, Keyed, elided
from extract.syntax import Phrase
from ontology.terms import Kind

TURN = 3  # town, body, and the next town
SEATING = re.compile(r"^(?:置|構え)")
THERE_IS = re.compile(r"が(?:ある|あり|所在する)(?:。|、|$|が、)")
SET_UP = re.compile(r"置か|設け|構え|開設さ|設置さ")


def seated(context: Context, phrase: Phrase, *, of: Sequence[Kind]) -> tuple[Keyed, list[Group]]:
    """Whose seat is where: YはXに本部を置く, Xに本部を置くY; a clause without a subject goes on about the topic."""
    verb = context.tree.phrases[phrase.depends_on]
    seat = SEAT_NOUN.fullmatch(context.text, phrase.start, phrase.content_end)
    if not seat or verb.index <= phrase.index or not SEATING.match(context.text[verb.start : verb.end]):
        return [], []
    places = [g for g in context.groups if g.particle in {"に", "へ"} and g.phrase.depends_on in {verb.index, phrase.index}]
    above = context.tree.phrases[verb.depends_on]
    relative = (
        above.index > verb.index
        and above.head.nominal
        and not re.search(r"[りてしき]、?$", context.text[verb.start : verb.end])
    )
    pointed = [p for p in pointers(context) if p.depends_on == verb.index]
    if pointed:
        hosts = [g for g in context.groups if g.start == pointed[0].start]
    elif relative:
        hosts = [g for g in context.groups if g.phrase.index == above.index]
    else:
        hosts = [g for g in context.groups if g.particle in TOPIC_MARKS and g.phrase.index < phrase.index][:1]
    found = keys_of(context, hosts, of) or ([] if relative or hosts or pointed else elided(context, phrase, of))
    before = [g for g in places if g.phrase.index < phrase.index] or places
    return found, before[-1:]


def set_up_in(context: Context, seat: Phrase) -> list[Group]:
    """The town before a seat in which it is set up or is: 1984年にタイフに司令部が設けられた, タイフには機構の本部がある."""
    verb = context.tree.phrases[seat.depends_on]
    owned = any(p.particle == "の" and p.name for p in context.tree.dependants[seat.index])
    placed = SET_UP.match(context.text, verb.start) or (owned and THERE_IS.match(seat.tail))
    if not placed or seat.particle != "が" or not SEAT_NOUN.fullmatch(context.text, seat.start, seat.content_end):
        return []
    towns = [g for g in context.groups if g.particle in {"に", "には"} and g.phrase.depends_on in {verb.index, seat.index}]
    return [g for g in towns if g.members[0].name.kind is Kind.PLACE and g.phrase.index < seat.index]


def gapped(context: Context, last: Group) -> Iterator[tuple[Group, Group]]:
    """The bodies and their towns before the one that a verb stands with: 「パリに委員会、ローマに事務所を置く」."""
    at = context.groups.index(last)
    while len(three := context.groups[max(at - 3, 0) : at]) == TURN:
        town, body, before = three
        towns = [g.particle == "に" and g.members[0].name.kind is Kind.PLACE for g in (town, before)]
        beside = town.phrase.end == body.start and context.text[body.end : before.start] in {"、", "」、", "」、「"}
        if not all(towns) or not beside or body.particle:
            return
        yield body, town
        at -= 2
