"""What a person decided about which things are one: merges and splits, by how documents call the things.

A decision holds on to what documents call a thing, not to the IRI that linking gave it, so that it lasts: a thing of the authority
by its key, any other by its label as compared and its top class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain
from typing import Any

from graph.appearances import Appearance
from graph.errors import GraphError
from ontology.terms import Kind


class Sameness(StrEnum):
    """Whether two things are one."""

    ONE = "merge"
    TWO = "split"


@dataclass(frozen=True, slots=True)
class Anchor:
    """How documents call a thing: `key` is that of the authority, else empty; `label` is as compared (`names.normalised`).

    `document` is the identifier of the only document that is meant, empty for all.
    """

    top: Kind
    label: str
    key: str = ""
    document: str = ""

    def __str__(self) -> str:
        return (self.key or self.label) + (f" ({self.document})" if self.document else "")


@dataclass(frozen=True, slots=True)
class Joining:
    """One decision: two things, whether they are one, who said so, when and why."""

    verdict: Sameness
    one: Anchor
    other: Anchor
    who: str
    when: datetime
    why: str = ""


def to_json(joining: Joining) -> dict[str, Any]:
    return asdict(joining) | {"when": joining.when.isoformat()}


def from_json(told: Mapping[str, Any]) -> Joining:
    """The decision again. Raises GraphError where it is none."""
    try:
        return Joining(
            verdict=Sameness(told["verdict"]),
            one=_anchor(told["one"]),
            other=_anchor(told["other"]),
            who=told["who"],
            when=datetime.fromisoformat(told["when"]),
            why=told["why"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise GraphError(f"a decision about entities in the ledger is damaged: {error}") from error


def _anchor(told: Mapping[str, str]) -> Anchor:
    return Anchor(Kind(told["top"]), told["label"], told["key"], told["document"])


class Joinings:
    """The decisions on the things of some documents; `places` are indices into their appearances."""

    def __init__(self, decisions: Iterable[Joining], things: Sequence[Appearance]) -> None:
        self._decisions = tuple(decisions)
        self._places: dict[Anchor, list[int]] = defaultdict(list)
        if self._decisions:
            for at, thing in enumerate(things):
                for anchor in _anchors(thing):
                    self._places[anchor].append(at)

    @property
    def alone(self) -> frozenset[int]:
        """The places that are no part of what bears the same label: a document means a thing of its own."""
        ends = (d.other for d in self._decisions if d.verdict is Sameness.TWO and d.other.document)
        return frozenset(chain.from_iterable(self._places.get(anchor, ()) for anchor in ends))

    def merged(self) -> Iterator[list[int]]:
        """Groups of places that are one."""
        for decision in self._decisions:
            if decision.verdict is Sameness.ONE and self.applies(decision):
                yield [*self._places[decision.one], *self._places[decision.other]]

    def apart(self) -> Iterator[tuple[int, int]]:
        """Pairs of places that are two, in both orders."""
        for decision in self._decisions:
            if decision.verdict is Sameness.TWO and self.applies(decision):
                others = self._places[decision.other]
                own = next(at for at in self._places[decision.one] if at not in others)
                yield own, others[0]
                yield others[0], own

    def applies(self, decision: Joining) -> bool:
        """Whether documents still call things so."""
        one, other = self._places.get(decision.one, []), self._places.get(decision.other, [])
        return bool(other) and any(at not in other for at in one)


def _anchors(thing: Appearance) -> Iterator[Anchor]:
    key = thing.entity.key if thing.entity.authority else ""
    for document in ("", thing.document):
        yield Anchor(thing.top, thing.label, "", document)
        if key:
            yield Anchor(thing.top, thing.label, key, document)
