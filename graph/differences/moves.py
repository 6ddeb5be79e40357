"""Which things and documents only go by another IRI: renamed, merged, split off.

The IRI of a thing follows from its name, its class and what else bears the name, so that a better reading can give a thing
another one. Told thing by thing, that would be a hundred changed claims.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from graph.differences.snapshot import Snapshot, Term, Thing, Told
from graph.names import normalised
from graph.partition import Partition
from ontology.terms import Kind

_TOO_COMMON = 4  # a name that more things bear tells none of them
_LABEL = 4  # what a preferred label counts for, where another name counts 1

_Pairs = set[tuple[Term, Term]]


class How(StrEnum):
    """What became of the IRI of a thing."""

    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Move:
    """The same thing before and after. Merged: several have become one; split: one has become several."""

    before: Term
    after: Term
    how: How


class Correspondence:
    """Which terms of two graphs mean the same: an IRI and what it was called before and after count as one."""

    def __init__(self, pairs: Iterable[tuple[Term, Term]]) -> None:
        ordered = sorted(set(pairs), key=_pair_order)
        terms = sorted({term for pair in ordered for term in pair}, key=str)
        places = {term: place for place, term in enumerate(terms)}
        parts = Partition(len(terms))
        for before, after in ordered:
            parts.unite((places[before], places[after]))
        self._one = {term: terms[parts.root(place)] for term, place in places.items()}

    def of(self, term: Term) -> Term:
        """The term that stands for all that mean the same."""
        return self._one.get(term, term)


def moved(before: Snapshot, after: Snapshot) -> tuple[Move, ...]:
    """The things that go by another IRI, by the names that they keep; meetings also by the words that tell of them."""
    pairs = _by_names(before.things, after.things)
    known = {term for pair in pairs for term in pair}
    pairs |= {pair for pair in _by_words(before, after) if not known & set(pair)}
    return tuple(_told(pairs, before.things, after.things))


def renamed_documents(before: Mapping[Term, Told], after: Mapping[Term, Told]) -> tuple[tuple[Told, Told], ...]:
    """Documents of another identifier and the same text, where one alone was given up and one alone is new with it."""
    gone, new = _by_text(before, after), _by_text(after, before)
    both = ((gone[text], new[text]) for text in gone if text in new)
    return tuple(
        sorted(((old[0], now[0]) for old, now in both if len(old) == len(now) == 1), key=lambda two: two[0].identifier)
    )


def _by_text(mine: Mapping[Term, Told], others: Mapping[Term, Told]) -> Mapping[str, list[Told]]:
    found: dict[str, list[Told]] = defaultdict(list)
    for iri, told in mine.items():
        if iri not in others and told.text:
            found[told.text].append(told)
    return found


def _by_names(before: Mapping[Term, Thing], after: Mapping[Term, Thing]) -> _Pairs:
    forwards = _namesakes(before, after)
    backwards = _namesakes(after, before)
    return set(forwards) | {(old, new) for new, old in backwards}


def _namesakes(mine: Mapping[Term, Thing], others: Mapping[Term, Thing]) -> Iterator[tuple[Term, Term]]:
    """For each thing that the others lack, the one of the same top class among them that shares most of its names."""
    bearers: dict[tuple[str, str], dict[Term, int]] = defaultdict(dict)
    for iri, thing in others.items():
        for name, weight in _weighed(thing):
            bearers[thing.top, name][iri] = weight
    for iri, thing in mine.items():
        if iri in others:
            continue
        shared: Counter[Term] = Counter()
        for name, weight in _weighed(thing):
            found = bearers.get((thing.top, name), {})
            if len(found) <= _TOO_COMMON:
                for other, theirs in found.items():
                    shared[other] += weight * theirs
        if shared:
            yield iri, min(shared, key=lambda other: (-shared[other], str(other)))


def _weighed(thing: Thing) -> Iterator[tuple[str, int]]:
    labels = {normalised(label) for _, label in thing.labels}
    for name in {normalised(name) for name in thing.names}:
        if name:
            yield name, _LABEL if name in labels else 1


def _by_words(before: Snapshot, after: Snapshot) -> _Pairs:
    """Meetings have no proper name: the same words of the same document, read the same way, tell of the same meeting."""
    old, new = _meetings_told(before), _meetings_told(after)
    forwards, backwards = Counter[tuple[Term, Term]](), Counter[tuple[Term, Term]]()
    for place in old.keys() & new.keys():
        for one in old[place]:
            for other in new[place]:
                if one not in after.things:
                    forwards[one, other] += 1
                if other not in before.things:
                    backwards[other, one] += 1
    return _likeliest(forwards) | {(one, other) for other, one in _likeliest(backwards)}


def _meetings_told(graph: Snapshot) -> Mapping[tuple[object, ...], list[Term]]:
    found: dict[tuple[object, ...], list[Term]] = defaultdict(list)
    for claim in graph.claims:
        for side, term in enumerate((claim.subject, claim.object)):
            thing = graph.things.get(term)
            if thing is not None and thing.kind == Kind.MEETING:
                place = found[claim.document, claim.predicate, side, claim.quotes]
                if term not in place and len(place) < _TOO_COMMON:
                    place.append(term)
    return found


def _likeliest(votes: Counter[tuple[Term, Term]]) -> _Pairs:
    best: dict[Term, tuple[int, str, Term]] = {}
    for (one, other), count in votes.items():
        ranked = (-count, str(other), other)
        if one not in best or ranked[:2] < best[one][:2]:
            best[one] = ranked
    return {(one, other) for one, (_, _, other) in best.items()}


def _told(pairs: _Pairs, before: Mapping[Term, Thing], after: Mapping[Term, Thing]) -> Iterator[Move]:
    parts, successors = Counter(new for _, new in pairs), Counter(old for old, _ in pairs)
    for old, new in sorted(pairs, key=_pair_order):
        merged = new in before or parts[new] > 1
        split = old in after or successors[old] > 1
        yield Move(old, new, How.RENAMED if merged == split else How.MERGED if merged else How.SPLIT)


def _pair_order(pair: tuple[Term, Term]) -> tuple[str, str]:
    return str(pair[0]), str(pair[1])
