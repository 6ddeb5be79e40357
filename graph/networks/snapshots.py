"""Which part of a graph is looked at: of which standing, at which time, known from which documents."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from graph.errors import GraphError
from graph.networks.spans import Days, days, known, wanted
from graph.networks.statements import Statement
from ontology.terms import Factuality, Property

_BEGINNINGS = (Property.ESTABLISHED_ON, Property.STARTED_ON, Property.HELD_ON)
_OF_TEXTS = (Property.SIGNED_ON, Property.ADOPTED_ON, Property.PUBLISHED_ON, Property.EFFECTIVE_ON)
DONE = frozenset({Factuality.ACTUAL})


@dataclass(frozen=True, slots=True)
class Scope:
    """What of a graph is looked at; each of two different questions of time has a part.

    `on`, what held on that day: a claim counts unless its limits (validFrom, validUntil) leave the day out, and a thing is there
    unless all that is said of its beginning (establishedOn, startedOn, heldOn; of an agreement that it was signed, adopted,
    published or in force) lies after the day, or all that is said of its end (endedOn) before it. What bears no date counts
    for every day. A date of any precision counts if any of its days does.

    `as_of`, what was known on that day: only documents count whose time of issue had ended by then. Documents without a
    date of issue do not.

    `factuality`: the standings that count; without planned, proposed, possible and negated claims by default.
    """

    factuality: frozenset[Factuality] = DONE
    on: Days | None = None
    as_of: Days | None = None

    @property
    def is_everything(self) -> bool:
        """Whether no time is set."""
        return self.on is None and self.as_of is None

    def known(self, told: Statement) -> Statement | None:
        """The statement with the evidence of documents that count; nothing where there is none."""
        if self.as_of is None:
            return told
        last = self.as_of.last
        kept = tuple(e for e in told.evidence if (issued := days(e.source.issued)) is not None and issued.last <= last)
        return replace(told, evidence=kept) if kept else None

    def holds(self, told: Statement) -> bool:
        """Whether the statement's own limits admit the day."""
        if self.on is None:
            return True
        begins, ends = days(told.valid_from), days(told.valid_until)
        return (begins is None or begins.first <= self.on.last) and (ends is None or ends.last >= self.on.first)

    def is_there(self, dates: dict[Property, set[str]]) -> bool:
        """Whether a thing with these dates is there on the day."""
        if self.on is None:
            return True
        begun = known(text for prop in (*_BEGINNINGS, *_OF_TEXTS) for text in dates.get(prop, ()))
        ended = known(dates.get(Property.ENDED_ON, ()))
        not_yet = bool(begun) and all(one.first > self.on.last for one in begun)
        no_more = bool(ended) and all(one.last < self.on.first for one in ended)
        return not (not_yet or no_more)


def scope(factuality: Collection[str] = DONE, on: str | date | None = None, as_of: str | date | None = None) -> Scope:
    """The scope of these parameters. Raises GraphError where one is no date or no standing."""
    try:
        standings = frozenset(Factuality(str(one)) for one in ([factuality] if isinstance(factuality, str) else factuality))
    except ValueError as error:
        raise GraphError(str(error), where="factuality", todo=f"Known are {', '.join(Factuality)}.") from error
    return Scope(standings, None if on is None else wanted(on, "on"), None if as_of is None else wanted(as_of, "as_of"))
