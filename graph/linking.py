"""One entity for all its names, over all documents.

What the authority knows is identified by its key. All else is joined by names (`naming`), people by post and
time (`persons`), meetings by series and date (`meetings`). The outcome depends on the set of extractions
alone, not on their order; the cost grows with the number of names, not of pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from extract.model import Claim, Date, Entity, Extraction
from graph.appearances import Appearance, appearances, in_order
from graph.description import bearers, describe, describe_meeting
from graph.errors import GraphError
from graph.joining import Joining, Joinings
from graph.keys import keys_of_meetings, keys_of_things
from graph.meetings import Series, date_of, unite_meetings
from graph.names import normalised
from graph.naming import shared_names, unite_by_alias, unite_by_label
from graph.partition import Partition
from graph.persons import Standing, unite_persons
from ontology.terms import Factuality, Kind, Property, is_a

# Nothing stands in these to itself: what a document joins by them are two things, whatever their names.
APART = frozenset(
    {Property.REPLACES, Property.RENAMED_FROM, Property.REVISES, Property.PART_OF, Property.COUNTERPART_OF, Property.BUILDS_ON}
)
# Claims of these tell things apart, or say what is known of a person; no other claim has a say in linking.
LINKING_PROPERTIES = APART | {Property.HOLDS_POST, Property.HAS_PARTICIPANT}


@dataclass(frozen=True, slots=True)
class Linking:
    """The entities of all documents, by key, and the way from what a document calls them.

    In `entities`, `key` and `forum` are linked keys: what comes after `akgid:` in the IRI. `keys` maps the
    document's identifier and the key within its extraction to the linked key.
    """

    entities: tuple[Entity, ...]
    keys: Mapping[tuple[str, str], str]

    def claim(self, document: str, claim: Claim) -> Claim:
        """The claim with linked keys. Raises GraphError where it names what is no entity of its document."""
        told = claim.object
        return replace(
            claim,
            subject=self._key(document, claim.subject),
            object=self._key(document, told) if type(told) is str else told,
            attributed_to=claim.attributed_to and self._key(document, claim.attributed_to),
        )

    def _key(self, document: str, local: str) -> str:
        try:
            return self.keys[document, local]
        except KeyError:
            raise GraphError(f"a claim names {local!r}, which is no entity of the document", where=document) from None


def link(extractions: Sequence[Extraction], decided: Iterable[Joining] = ()) -> Linking:
    """Find out what is one thing over all documents; what a person decided comes before all else.

    Raises GraphError where two documents bear one identifier or an extraction contradicts itself.
    """
    ordered = in_order(extractions)
    things = appearances(ordered)
    partition = Partition(len(things))
    place = {(thing.document, thing.entity.key): at for at, thing in enumerate(things)}
    shared = shared_names(things)
    joinings = Joinings(decided, things)
    unite_by_label(things, partition, joinings.alone)
    for places in joinings.merged():
        partition.unite(places)
    unite_by_alias(things, partition, shared, _apart(ordered, place).union(joinings.apart()))
    unite_persons(things, partition, _standings(ordered, place, things, partition))
    series = _series(things, place, partition, shared)
    unite_meetings(things, partition, series)
    return _entities(things, partition, series, shared)


def _apart(extractions: Sequence[Extraction], place: Mapping[tuple[str, str], int]) -> set[tuple[int, int]]:
    """The pairs that a document relates in a way in which nothing is related to itself."""
    pairs: set[tuple[int, int]] = set()
    for extraction in extractions:
        document = extraction.document.identifier
        for claim in extraction.claims:
            if claim.predicate in APART and type(claim.object) is str:
                ends = (place.get((document, claim.subject)), place.get((document, claim.object)))
                if ends[0] is not None and ends[1] is not None:
                    pairs.add((ends[0], ends[1]))
                    pairs.add((ends[1], ends[0]))
    return pairs


def _standings(
    extractions: Sequence[Extraction], place: Mapping[tuple[str, str], int], things: Sequence[Appearance], partition: Partition
) -> dict[int, Standing]:
    """What documents say as done of posts held, and of the days of it: the post's term, a meeting attended."""
    standings: dict[int, Standing] = {}
    for extraction in extractions:
        document = extraction.document.identifier
        for claim in extraction.claims:
            if claim.factuality is not Factuality.ACTUAL or not isinstance(claim.object, str):
                continue
            one, other = place.get((document, claim.subject)), place.get((document, claim.object))
            if one is None or other is None:
                continue
            if claim.predicate is Property.HOLDS_POST:
                first, last = _days(claim.valid_from), _days(claim.valid_until)
                said = Standing(frozenset({partition.root(other)}), *_term(first, last))
                standings[one] = standings.get(one, Standing()) | said
            elif claim.predicate is Property.HAS_PARTICIPANT and things[other].entity.kind is Kind.PERSON:
                standings[other] = standings.get(other, Standing()) | Standing(frozenset(), *_days(things[one].entity.on))
    return standings


def _days(on: Date | None) -> tuple[date | None, date | None]:
    return (on.earliest, on.latest) if on and on.earliest and on.latest else (None, None)


def _term(first: tuple[date | None, date | None], last: tuple[date | None, date | None]) -> tuple[date | None, date | None]:
    """The days between two dates; one alone stands for both."""
    return first[0] or last[0], last[1] or first[1]


def _series(
    things: Sequence[Appearance], place: Mapping[tuple[str, str], int], partition: Partition, shared: frozenset[str]
) -> dict[int, Series]:
    """For each meeting its forum, or its kind; a kind that is the name of one body alone is that body."""
    named: dict[str, set[int]] = defaultdict(set)
    for at, thing in enumerate(things):
        if is_a(thing.entity.kind, Kind.INSTITUTION):
            for name in (thing.entity.label, *thing.entity.names):
                named[normalised(name)].add(partition.root(at))
    found: dict[int, Series] = {}
    for at, thing in enumerate(things):
        if thing.entity.kind is not Kind.MEETING:
            continue
        forums = named.get(thing.label, set()) if thing.label not in shared else set()
        if thing.entity.forum is not None:
            given = place.get((thing.document, thing.entity.forum))
            if given is None:
                raise GraphError(
                    f"a meeting is of {thing.entity.forum!r}, which is no entity of the document", where=thing.document
                )
            forums = {partition.root(given)}
        found[at] = Series(min(forums), "") if len(forums) == 1 else Series(None, thing.label)
    return found


def _entities(
    things: Sequence[Appearance], partition: Partition, series: Mapping[int, Series], shared: frozenset[str]
) -> Linking:
    parts = {root: [things[at] for at in members] for root, members in partition.parts().items()}
    common = frozenset(name for name, roots in bearers(parts).items() if len(roots) > 1)
    standing = {root: members for root, members in parts.items() if root not in series}
    keys = keys_of_things(standing)
    on = {root: date_of(parts[root]) for root in parts if root in series}
    forums = {root: keys.get(forum) for root in on if (forum := series[root].forum) is not None}
    keys |= keys_of_meetings({root: parts[root] for root in on}, forums, on)
    entities = [describe(members, keys[root], common, shared) for root, members in standing.items()]
    entities += [describe_meeting(parts[root], keys[root], forums.get(root), day) for root, day in on.items()]
    local = {(thing.document, thing.entity.key): keys[partition.root(at)] for at, thing in enumerate(things)}
    return Linking(tuple(sorted(entities, key=attrgetter("key"))), local)
