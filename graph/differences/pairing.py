"""Which claim that is gone and which that is new are one claim, changed: nearly the same, said by nearly the same words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass

from graph.differences.snapshot import Stated, Term
from ontology.terms import SIGNATURES, Property

_Order = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two versions of a text laid over each other: the same beginning, one stretch that was edited, the same end.

    Whatever lies in the edited stretch counts as lying in all of it, so that offsets of both versions compare.
    """

    begins: int
    old: int  # where the edited stretch ends in each
    new: int

    @classmethod
    def between(cls, old: str, new: str) -> Alignment:
        """The alignment of two texts, in linear time."""
        if old == new:
            return cls(len(old), len(old), len(new))
        begins = _shared(old, new)
        ends = _shared(old[begins:][::-1], new[begins:][::-1])
        return cls(begins, len(old) - ends, len(new) - ends)

    def placed(self, start: int, end: int, *, new: bool) -> tuple[int, int]:
        """A span of one version in offsets that both share."""
        edited = self.new if new else self.old
        shift = max(self.old, self.new) - edited
        first = start if start < self.begins else self.begins if start < edited else start + shift
        last = end if end <= self.begins else edited + shift if end <= edited else end + shift
        return first, last


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that the other graph lacks, ready to be compared.

    `subject`, `object` and `document` stand for all that mean the same; `places` are those of its evidence, in offsets that
    both versions of the document share.
    """

    claim: Stated
    document: Term | None
    subject: Term
    object: Term
    places: tuple[tuple[int, int], ...]

    @property
    def order(self) -> _Order:
        """By place in the text, then by what it says."""
        said = self.claim
        return (
            self.places,
            said.predicate,
            str(self.object),
            said.factuality,
            said.valid_from,
            said.valid_until,
            str(self.subject),
            str(said.attributed_to),
        )

    @property
    def first(self) -> int:
        return min((start for start, _ in self.places), default=0)

    @property
    def last(self) -> int:
        return max((end for _, end in self.places), default=0)


_Key = Callable[[Candidate], Hashable | None]


@dataclass(frozen=True, slots=True)
class _Likeness:
    """One way of being nearly the same: alike by `key`, and said by overlapping words where that is asked for."""

    key: _Key
    overlapping: bool


def _date_of(one: Candidate) -> Hashable | None:
    """A thing is founded or signed once: two dates of one property are two versions of one claim."""
    predicate = one.claim.predicate
    dated = predicate in set(Property) and SIGNATURES[Property(predicate)].takes_date
    return (one.document, one.subject, predicate) if dated else None


# The closest likeness first. Each is looked for among the claims that the ones before left.
_LIKENESSES = (
    _Likeness(lambda c: (c.document, c.subject, c.claim.predicate, c.object), overlapping=False),  # of another standing
    _Likeness(lambda c: (c.document, c.subject, c.claim.predicate, c.places), overlapping=False),  # with another object
    _Likeness(lambda c: (c.document, c.subject, c.claim.predicate), overlapping=True),
    _Likeness(_date_of, overlapping=False),
    _Likeness(lambda c: (c.document, c.claim.predicate, c.object), overlapping=True),  # with another subject
    _Likeness(lambda c: (c.document, c.subject, c.object), overlapping=True),  # with another property
)


def pairs(gone: Iterable[Candidate], new: Iterable[Candidate]) -> Iterator[tuple[Stated, Stated]]:
    """The claims that changed, as they were and as they are; in time linear but for sorting, whichever way round."""
    left, right = list(gone), list(new)
    for likeness in _LIKENESSES:
        matched: list[tuple[Candidate, Candidate]] = []
        there = _alike(right, likeness.key)
        for key, ones in _alike(left, likeness.key).items():
            matched += (_overlapping if likeness.overlapping else _in_turn)(ones, there.get(key, []))
        yield from ((one.claim, other.claim) for one, other in matched)
        taken = {id(candidate) for pair in matched for candidate in pair}
        left = [one for one in left if id(one) not in taken]
        right = [one for one in right if id(one) not in taken]


def _alike(candidates: Iterable[Candidate], key: _Key) -> dict[Hashable, list[Candidate]]:
    found: dict[Hashable, list[Candidate]] = defaultdict(list)
    for one in candidates:
        if (told := key(one)) is not None:
            found[told].append(one)
    return {told: sorted(ones, key=lambda one: one.order) for told, ones in found.items()}


def _in_turn(ones: list[Candidate], others: list[Candidate]) -> Iterable[tuple[Candidate, Candidate]]:
    return zip(ones, others, strict=False)


def _overlapping(ones: list[Candidate], others: list[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    at, there = 0, 0
    while at < len(ones) and there < len(others):
        one, other = ones[at], others[there]
        if one.first < other.last and other.first < one.last:
            yield one, other
            at, there = at + 1, there + 1
        elif (one.last, one.first) <= (other.last, other.first):
            at += 1
        else:
            there += 1
