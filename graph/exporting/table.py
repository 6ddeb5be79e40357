"""Claims as a table for spreadsheets: one row for each claim and each piece of its evidence.

Sources: RFC 4180 (lines end in CR LF); OWASP, CSV Injection, for cells that a spreadsheet would run as formulas.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from io import TextIOWrapper
from typing import BinaryIO

from pyoxigraph import Literal, NamedNode, Store

from graph.exporting.lookup import Lookup, Term
from graph.identity import term_iri
from ontology.terms import AKG, PREFIXES

COLUMNS = (
    "document", "start", "end", "subject", "property", "object", "factuality", "valid_from", "valid_until",
    "confidence", "rule", "quote", "subject_iri", "object_iri", "claim_iri",
    "page", "section", "paragraph", "text_role", "review_status",
)  # fmt: skip

_RDF, _SKOS, _DCTERMS, _PROV = (PREFIXES[name] for name in ("rdf", "skos", "dcterms", "prov"))
_TYPE, _SUBJECT, _PREDICATE, _OBJECT = (NamedNode(_RDF + part) for part in ("type", "subject", "predicate", "object"))
_PREFERRED, _IDENTIFIER, _DERIVED = (
    NamedNode(_SKOS + "prefLabel"),
    NamedNode(_DCTERMS + "identifier"),
    NamedNode(_PROV + "wasDerivedFrom"),
)
_CLAIM, _DOCUMENT, _IN = (term_iri(part) for part in ("Claim", "Document", "inDocument"))
# What columns hold of the evidence and of the claim as it stands there.
_OF_EVIDENCE = {
    **{column: term_iri(column) for column in ("start", "end", "quote", "section", "paragraph")},
    "page": term_iri("pageStart"),
    "text_role": term_iri("textRole"),
}
_OF_CLAIM = {
    "property": _PREDICATE,
    "subject_iri": _SUBJECT,
    "object_iri": _OBJECT,
    "valid_from": term_iri("validFrom"),
    "valid_until": term_iri("validUntil"),
    "review_status": term_iri("reviewStatus"),
    **{column: term_iri(column) for column in ("factuality", "confidence", "rule")},
}
_BOM = b"\xef\xbb\xbf"
# What spreadsheets begin a formula with, the full-width forms too, which those in Japanese take for the same.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def write_csv(store: Store, out: BinaryIO, *, bom: bool = False) -> None:
    """Write the claims with labels, dates, quotes and their places, in the order of the documents' text, in UTF-8.

    `bom` puts a byte order mark before it, by which Excel knows UTF-8. No cell is a formula: see `harmless`.
    """
    if bom:
        out.write(_BOM)
    text = TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    table = csv.writer(text)
    table.writerow(COLUMNS)
    lookup = Lookup(store)
    for name, document in _documents(lookup):
        rows = ({"document": name, **row} for row in _rows(lookup, document))
        table.writerows([harmless(row.get(column, "")) for column in COLUMNS] for row in rows)
    text.detach()


def harmless(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would run as a formula; `as_was` takes it away again.

    >>> harmless("=1+1"), harmless("-"), harmless("'=1"), harmless("'78"), harmless("2+2")
    ("'=1+1", "'-", "''=1", "'78", '2+2')
    """
    return "'" + cell if _FORMULA.match(cell) else cell


def as_was(cell: str) -> str:
    """The cell before it was made harmless.

    >>> as_was("'=1+1"), as_was("''=1"), as_was("'78")
    ('=1+1', "'=1", "'78")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _documents(lookup: Lookup) -> list[tuple[str, Term]]:
    """The names of the documents and their IRIs, in the order of the names."""
    documents = lookup.with_value(_TYPE, _DOCUMENT)
    return sorted(
        ((_text(lookup, d, _IDENTIFIER) or _shown(d), d) for d in documents), key=lambda named: (named[0], str(named[1]))
    )


def _rows(lookup: Lookup, document: Term) -> list[dict[str, str]]:
    """The rows of one document, so that no more than these are held at a time."""
    rows = [
        {**_cells(lookup, evidence, _OF_EVIDENCE), **_claimed(lookup, claim)}
        for evidence in lookup.with_value(_IN, document)
        for claim in lookup.with_value(_DERIVED, evidence)
        if _CLAIM in lookup.values(claim, _TYPE)
    ]
    return sorted(rows, key=lambda row: (int(row["start"] or 0), int(row["end"] or 0), row["claim_iri"]))


def _claimed(lookup: Lookup, claim: Term) -> dict[str, str]:
    ends = {column: _label(lookup, claim, end) for column, end in (("subject", _SUBJECT), ("object", _OBJECT))}
    return _cells(lookup, claim, _OF_CLAIM) | ends | {"claim_iri": _shown(claim)}


def _cells(lookup: Lookup, thing: Term, columns: Mapping[str, NamedNode]) -> dict[str, str]:
    return {column: _text(lookup, thing, predicate) for column, predicate in columns.items()}


def _label(lookup: Lookup, claim: Term, end: NamedNode) -> str:
    """What a thing is called, in Japanese where that is known; a date or level as it is."""
    told = next(iter(lookup.values(claim, end)), None)
    labels = [label for label in lookup.values(told, _PREFERRED) if isinstance(label, Literal)] if told else []
    best = min(labels, key=lambda label: (label.language != "ja", label.language != "en", label.value), default=told)
    return _shown(best)


def _text(lookup: Lookup, thing: Term, predicate: NamedNode) -> str:
    return min(map(_shown, lookup.values(thing, predicate)), default="")


def _shown(term: Term | None) -> str:
    match term:
        case None:
            return ""
        case NamedNode():
            return term.value.removeprefix(AKG)
        case Literal():
            return term.value
        case _:
            return str(term)
