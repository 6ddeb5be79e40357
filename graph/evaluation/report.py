"""What an evaluation says: as values, as tables for people, as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from typing import Any

from graph.evaluation.figures import Dates, EntityTally, Miss, Scope, Spurious, Tally, share
from ontology.terms import Factuality, Kind, Property

_Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A graph against gold. `precision`, `recall` and `f1` are those of claims."""

    by_property: Mapping[Property, Tally]
    by_class: Mapping[Kind, EntityTally]
    factuality: Mapping[Factuality, Mapping[Factuality | None, int]]
    dates: Dates
    misses: tuple[Miss, ...]
    spurious: tuple[Spurious, ...]
    spurious_entities: tuple[Spurious, ...]
    misjudged: tuple[Spurious, ...]
    scope: Scope

    @property
    def claims(self) -> Tally:
        return sum(self.by_property.values(), Tally())

    @property
    def claims_without_covers(self) -> Tally:
        """Topics are phrases, cut as people please, so that `covers` says less about a graph than the rest."""
        return sum((tally for p, tally in self.by_property.items() if p is not Property.COVERS), Tally())

    @property
    def entities(self) -> EntityTally:
        return sum(self.by_class.values(), EntityTally())

    @property
    def precision(self) -> float | None:
        return self.claims.precision

    @property
    def recall(self) -> float | None:
        return self.claims.recall

    @property
    def f1(self) -> float | None:
        return self.claims.f1

    @property
    def factuality_accuracy(self) -> float | None:
        found = sum(sum(row.values()) for row in self.factuality.values())
        return share(sum(row.get(gold, 0) for gold, row in self.factuality.items()), found)

    def property_table(self) -> tuple[Sequence[str], _Rows]:
        """Headings and rows: each property, then all, then all but covers."""
        headings = ("property", "gold", "found", "coarser date", "recall", "built", "right", "precision", "F1")
        named = [(str(p), tally) for p, tally in self.by_property.items()]
        if named:
            named += [("all", self.claims), ("all but covers", self.claims_without_covers)]
        rows = [(name, *_cells(t.gold, t.found, t.coarser, t.recall, t.built, t.right, t.precision, t.f1)) for name, t in named]
        return headings, rows

    def class_table(self) -> tuple[Sequence[str], _Rows]:
        """Headings and rows: each class, then all."""
        headings = ("class", "gold", "found", "right class", "split", "recall", "built", "right", "precision", "F1")
        named = [(str(k), tally) for k, tally in self.by_class.items()]
        if named:
            named.append(("all", self.entities))
        rows = [
            (name, *_cells(t.gold, t.found, t.typed, t.split, t.recall, t.built, t.right, t.precision, t.f1))
            for name, t in named
        ]
        return headings, rows

    def factuality_table(self) -> tuple[Sequence[str], _Rows]:
        """Headings and rows: the gold's standing downwards, the graph's across."""
        made = [*Factuality, *([None] if any(None in row for row in self.factuality.values()) else [])]
        rows = [
            (str(gold), *(str(row.get(one, 0)) for one in made)) for gold, row in self.factuality.items() if any(row.values())
        ]
        return ("gold \\ built", *(one.value if one else "none" for one in made)), rows

    def date_table(self) -> tuple[Sequence[str], _Rows]:
        """Headings and the one row."""
        return ("dates", "exact", "coarser", "wrong", "missing"), [("all", *map(str, astuple(self.dates)))]

    def miss_table(self) -> tuple[Sequence[str], _Rows]:
        """Headings and rows: what the graph misses, with the gold's quote."""
        rows = [
            (f"{m.gold}:{m.line}", m.kind.value, _said(m.what, m.subject, m.object, m.factuality), m.built, m.quote)
            for m in self.misses
        ]
        return ("gold", "missed", "what the gold says", "the graph says", "quote"), rows

    def spurious_table(self) -> tuple[Sequence[str], _Rows]:
        """Headings and rows: claims that the gold does not have, claims of another standing, things, with the graph's quote."""
        listed = (("claim", self.spurious), ("factuality", self.misjudged), ("entity", self.spurious_entities))
        rows = [
            (s.documents, kind, _said(s.what, s.subject, s.object, s.factuality), s.quote)
            for kind, many in listed
            for s in many
        ]
        return ("documents", "spurious", "what the graph says", "quote"), rows

    def notes(self) -> tuple[str, ...]:
        """What the figures count, in sentences."""
        scope = self.scope
        claims = f"{self.claims.built} of {scope.built} claims of the graph"
        judged = f"documents that have gold ({', '.join(scope.documents) or 'none'}) and of properties that the gold uses"
        lines = [
            f"recall: {self.claims.gold} gold claims, {self.entities.gold} gold entities; a coarser date is not found",
            f"precision: {claims}, those of {judged}; a coarser date is right",
        ]
        if scope.elsewhere:
            lines.append(f"not counted: {scope.elsewhere} claims of documents without gold")
        if scope.unused:
            unused = ", ".join(f"{count} {name}" for name, count in sorted(scope.unused.items()))
            lines.append(f"not counted: claims of properties that the gold never uses ({unused})")
        if scope.whole:
            lines.append(f"compared with all of the graph: {', '.join(scope.whole)}")
        return tuple(lines)

    def to_json(self) -> str:
        """All figures, to four places, and all that is missed or spurious."""
        claims, entities = _figures(self.claims), _figures(self.entities)
        claims["without_covers"] = _figures(self.claims_without_covers)
        return json.dumps(
            {
                "claims": claims,
                "entities": entities,
                "factuality": {
                    "accuracy": _rounded(self.factuality_accuracy),
                    "matrix": {
                        gold: {made or "none": count for made, count in row.items()} for gold, row in self.factuality.items()
                    },
                },
                "dates": asdict(self.dates),
                "by_property": {p: _figures(tally) for p, tally in self.by_property.items()},
                "by_class": {k: _figures(tally) for k, tally in self.by_class.items()},
                **{
                    name: [asdict(one) for one in getattr(self, name)]
                    for name in ("misses", "spurious", "misjudged", "spurious_entities")
                },
                "scope": {**asdict(self.scope), "notes": self.notes()},
            },
            ensure_ascii=False,
            indent=2,
        )


def _figures(tally: Tally | EntityTally) -> dict[str, Any]:
    figures = {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1}
    if isinstance(tally, Tally):
        figures["recall_with_coarser_dates"] = tally.recall_with_coarser_dates
    else:
        figures["type_accuracy"] = tally.type_accuracy
    return {name: _rounded(value) for name, value in figures.items()} | asdict(tally)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _cells(*values: float | None) -> Iterable[str]:
    return ("–" if value is None else str(value) if isinstance(value, int) else f"{value:.3f}" for value in values)


def _said(what: str, subject: str, told: str, factuality: Factuality | None) -> str:
    return " ".join(part for part in (subject, what, told, f"[{factuality}]" if factuality else "") if part)
