"""What a build read and found, in figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from alliancekg.reading import Skipped
from extract.model import Extraction, Unresolved
from graph.making import Made
from graph.store.collection import Outcome
from ontology.terms import Factuality, Property


@dataclass(frozen=True, slots=True)
class Doubt:
    """A document that was read, though something about the reading is doubtful."""

    identifier: str
    what: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of the documents of a store, in figures.

    `again` were read again because rules or names have changed; to `elsewhere`, among the `same`, no path leads.
    """

    new: int
    changed: int
    again: int
    removed: int
    same: int
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build read and found.

    Of a build into a store, `documents`, `entities` and `claims` are those of the whole store, all else is about what was
    read now, and `changed` says how much that was.
    """

    documents: int
    entities: int
    claims: dict[Factuality, int]
    unresolved: int
    skipped: tuple[Skipped, ...] = ()
    properties: dict[Property, dict[Factuality, int]] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)  # why something stayed open
    unresolved_dates: int = 0
    undated: tuple[str, ...] = ()  # documents that have such dates, and whose own date is not known
    doubts: tuple[Doubt, ...] = ()
    held: int = 0  # claims that break a shape
    changed: Changed | None = None


class Tally:
    """Counts of extractions, taken while they come, so that none has to be kept."""

    def __init__(self) -> None:
        self.properties: dict[Property, Counter[Factuality]] = defaultdict(Counter)
        self.reasons: Counter[str] = Counter()
        self.unresolved, self.unresolved_dates = 0, 0
        self.undated: list[str] = []
        self.doubts: list[Doubt] = []

    def add(self, extraction: Extraction) -> None:
        """Count one."""
        for claim in extraction.claims:
            self.properties[claim.predicate][claim.factuality] += 1
        self.reasons.update(map(_why, extraction.unresolved))
        dates = sum(not item.is_name for item in extraction.unresolved)
        self.unresolved += len(extraction.unresolved)
        self.unresolved_dates += dates
        document = extraction.document
        if document.published is None and dates:
            self.undated.append(document.identifier)
        self.doubts += [Doubt(document.identifier, doubt) for doubt in document.warnings]

    def summary(self, there: Made | Outcome, *, skipped: Sequence[Skipped], changed: Changed | None = None) -> Summary:
        """The counts, with what is in the graph now."""
        standing = there.claims
        return Summary(
            documents=there.documents,
            entities=there.entities,
            claims={f: standing.get(f.value, 0) for f in Factuality},
            held=there.held,
            unresolved=self.unresolved,
            skipped=tuple(skipped),
            properties=dict(self.properties),
            reasons=dict(self.reasons.most_common()),
            unresolved_dates=self.unresolved_dates,
            undated=tuple(self.undated),
            doubts=tuple(self.doubts),
            changed=changed,
        )


def _why(item: Unresolved) -> str:
    return "a name that could mean several things" if item.is_name else item.reason
