"""A difference for programs and spreadsheets: JSON, and CSV with one row for each thing that differs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Any

from pyoxigraph import Literal, NamedNode

from graph.differences.comparing import Changed, Changes, Difference
from graph.differences.snapshot import Decided, Fact, Stated, Term, Thing, Told
from graph.differences.wording import Wording
from graph.exporting.table import harmless

COLUMNS = (
    "change", "kind", "document", "subject", "property", "object", "factuality", "valid_from", "valid_until", "confidence", "quote",
    "field", "before", "after", "iri",
)  # fmt: skip
_PARTS = {"claims": "claim", "documents": "document", "things": "thing", "facts": "fact", "decisions": "decision"}
_Item = Stated | Told | Thing | Fact | Decided


def to_json(difference: Difference, lang: str) -> str:
    """All that differs, by claims, documents, things, moves, facts and decisions, each added, gone and changed."""
    words = Wording(difference, lang)
    told: dict[str, Any] = {part: _parts(getattr(difference, part), words) for part in _PARTS}
    told["moves"] = [
        {
            "how": move.how.value,
            "before": _named(move.before, words, before=True),
            "after": _named(move.after, words),
        }
        for move in difference.moves
    ]
    return json.dumps(told, ensure_ascii=False, indent=2)


def to_csv(difference: Difference, lang: str) -> str:
    """One row for what came or went, and one for each field that changed. RFC 4180; safe to open in a spreadsheet."""
    words, out = Wording(difference, lang), StringIO()
    table = csv.DictWriter(out, COLUMNS, restval="")
    table.writeheader()
    for row in _rows(difference, words):
        table.writerow({column: harmless(value) for column, value in row.items()})
    return out.getvalue()


def _parts(found: Changes[Any], words: Wording) -> Mapping[str, Any]:
    return {
        "added": [_told(one, words) for one in found.added],
        "gone": [_told(one, words, before=True) for one in found.gone],
        "changed": [
            {
                "fields": list(change.fields),
                "before": _told(change.before, words, before=True),
                "after": _told(change.after, words),
            }
            for change in found.changed
        ],
    }


def _told(one: _Item, words: Wording, *, before: bool = False) -> Mapping[str, Any]:
    match one:
        case Stated():
            return {
                "iri": _iri(one.iri),
                "document": words.identifier(one.document),
                **_triple(one, words, before=before),
                "factuality": one.factuality,
                "valid_from": one.valid_from,
                "valid_until": one.valid_until,
                "attributed_to": _named(one.attributed_to, words, before=before),
                "confidence": one.confidence,
                "status": one.status,
                "evidence": [{"start": e.start, "end": e.end, "quote": e.quote} for e in one.evidence],
            }
        case Told():
            return {"iri": _iri(one.iri), "identifier": one.identifier, **dict(one.metadata), "characters": len(one.text)}
        case Thing():
            return {"iri": _iri(one.iri), "class": one.kind, "labels": dict(one.labels), "names": list(one.names)}
        case Fact():
            return _triple(one, words, before=before)
        case Decided():
            return {
                "iri": _iri(one.iri),
                "claim": _iri(one.claim),
                "verdict": one.verdict,
                "who": one.who,
                "when": one.when,
                "why": one.why,
                "corrected_to": _iri(one.corrected_to),
            }


def _triple(one: Stated | Fact, words: Wording, *, before: bool) -> dict[str, Any]:
    return {
        "subject": _named(one.subject, words, before=before),
        "property": one.predicate,
        "object": _named(one.object, words, before=before),
    }


def _named(term: Term | None, words: Wording, *, before: bool = False) -> Any:  # noqa: ANN401 - JSON: an object, or text
    """A thing by its IRI and label, a date as text, null where there is none."""
    if term is None:
        return None
    label = words.name(term, before=before)
    return label if isinstance(term, Literal) else {"iri": _iri(term), "label": label}


def _iri(term: Term | None) -> str | None:
    return None if term is None else term.value if isinstance(term, NamedNode) else str(term)


def _rows(difference: Difference, words: Wording) -> Iterator[dict[str, str]]:
    for part, kind in _PARTS.items():
        found: Changes[Any] = getattr(difference, part)
        for change, items in (("gone", found.gone), ("added", found.added)):
            for one in items:
                yield {"change": change, "kind": kind, **_cells(one, words, before=change == "gone")}
        for changed in found.changed:
            for field in changed.fields:
                yield {"change": "changed", "kind": kind, **_cells(changed.after, words), **_versions(changed, field, words)}
    for move in difference.moves:
        was, now = (str(_iri(term)) for term in (move.before, move.after))
        label = words.name(move.after)
        yield {
            "change": move.how.value,
            "kind": "thing",
            "subject": label,
            "field": "iri",
            "before": was,
            "after": now,
            "iri": now,
        }


def _cells(one: _Item, words: Wording, *, before: bool = False) -> dict[str, str]:
    match one:
        case Stated():
            return {
                "document": words.identifier(one.document),
                "subject": words.value(one, "subject", before=before),
                "property": one.predicate,
                "object": words.value(one, "object", before=before),
                "factuality": one.factuality,
                "valid_from": one.valid_from,
                "valid_until": one.valid_until,
                "confidence": one.confidence,
                "quote": words.value(one, "quotes"),
                "iri": str(_iri(one.iri)),
            }
        case Told():
            return {"document": one.identifier, "iri": str(_iri(one.iri))}
        case Thing():
            return {"subject": words.label(one), "iri": str(_iri(one.iri))}
        case Fact():
            return {
                "subject": words.name(one.subject, before=before),
                "property": one.predicate,
                "object": words.name(one.object, before=before),
            }
        case Decided():
            return {"subject": words.name(one.claim), "property": "verdict", "object": one.verdict, "iri": str(_iri(one.iri))}


def _versions(changed: Changed[Any], field: str, words: Wording) -> dict[str, str]:
    was, now = _field(changed.before, field, words, before=True), _field(changed.after, field, words)
    return {"field": field, "before": was, "after": now}


def _field(one: _Item, field: str, words: Wording, *, before: bool = False) -> str:
    match one:
        case Stated():
            return words.value(one, field, before=before)
        case Told() if field == "text":
            return f"{len(one.text)}"
        case Told() if field != "identifier":
            return dict(one.metadata).get(field, "")
        case Thing() if field != "kind":
            return _joined(getattr(one, field))
        case _:
            found = getattr(one, field)
            return str(_iri(found)) if isinstance(found, NamedNode) else str(found or "")


def _joined(found: Iterable[str | tuple[str, str]]) -> str:
    return " | ".join(one if isinstance(one, str) else one[1] for one in found)
