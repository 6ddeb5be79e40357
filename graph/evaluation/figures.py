"""The parts of an evaluation: tallies, what the graph misses, what the gold does not have, and what was compared.

A figure is None where there is nothing to take it from: the precision of a property that the graph never uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace
from enum import StrEnum
from typing import Self

from ontology.terms import Factuality


@dataclass(frozen=True, slots=True)
class Count:
    """`found` of the `gold` lines are in the graph, `right` of what it has `built` is in the gold."""

    gold: int = 0
    found: int = 0
    built: int = 0
    right: int = 0

    @property
    def recall(self) -> float | None:
        return share(self.found, self.gold)

    @property
    def precision(self) -> float | None:
        return share(self.right, self.built)

    @property
    def f1(self) -> float | None:
        return _f1(self.precision, self.recall)

    def __add__(self, other: Self) -> Self:
        return type(self)(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True, slots=True)
class Tally(Count):
    """The count of claims; `coarser` gold lines are in the graph but for a coarser date."""

    coarser: int = 0

    @property
    def recall_with_coarser_dates(self) -> float | None:
        return share(self.found + self.coarser, self.gold)


@dataclass(frozen=True, slots=True)
class EntityTally(Count):
    """The count of entities; `typed` of the found ones have the gold's class, `split` are several things in the graph."""

    typed: int = 0
    split: int = 0

    @property
    def type_accuracy(self) -> float | None:
        return share(self.typed, self.found)


@dataclass(frozen=True, slots=True)
class Dates:
    """Gold claims of a date: said as exactly, said more coarsely, said otherwise (and nowhere in the gold), not said."""

    exact: int = 0
    coarser: int = 0
    wrong: int = 0
    missing: int = 0


class MissKind(StrEnum):
    """What a gold line lacks in the graph."""

    ENTITY = "entity"
    CLASS = "class"  # found, as something else
    SPLIT = "split"  # found as several things
    CLAIM = "claim"
    DATE = "date"  # found with a coarser date
    FACTUALITY = "factuality"  # found with another standing


@dataclass(frozen=True, slots=True)
class Miss:
    """A gold line that the graph does not meet. `what` is a class or property, `built` what the graph says in its place."""

    kind: MissKind
    gold: str
    line: int
    what: str
    subject: str
    object: str = ""
    factuality: Factuality | None = None
    quote: str = ""
    built: str = ""

    def but(self, kind: MissKind, built: str) -> Miss:
        return replace(self, kind=kind, built=built)


@dataclass(frozen=True, slots=True)
class Spurious:
    """A claim (or thing) of the graph that the gold does not have. `what` is a property (or class)."""

    documents: str
    what: str
    subject: str
    object: str = ""
    factuality: Factuality | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """What was compared: `documents` are judged; gold files in `whole` met all of the graph.

    Of the `built` claims of the graph, those `elsewhere` (in documents without gold) and of `unused` properties
    (that no gold line has) count neither for nor against precision.
    """

    documents: tuple[str, ...]
    whole: tuple[str, ...]
    built: int
    elsewhere: int
    unused: Mapping[str, int]


def share(part: int, of: int) -> float | None:
    return part / of if of else None


def _f1(precision: float | None, recall: float | None) -> float | None:
    """The harmonic mean; one of them without a value counts as 0, as where nothing was built."""
    if precision is None and recall is None:
        return None
    together = (precision or 0.0) + (recall or 0.0)
    return 2 * (precision or 0.0) * (recall or 0.0) / together if together else 0.0
