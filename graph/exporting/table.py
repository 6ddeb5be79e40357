"""Claims as a table for spreadsheets: one row for each claim and each piece of its evidence.

Sources: RFC 4180 (lines end in CR LF); OWASP, CSV Injection, for cells that a spreadsheet would run as formulas.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolution, QuerySolutions, Store, Triple, Variable

from graph.errors import GraphError
from graph.identity import term_iri
from ontology.terms import AKG, PREFIXES

COLUMNS = (
    "document", "start", "end", "subject", "property", "object", "factuality", "valid_from", "valid_until",
    "confidence", "rule", "quote", "subject_iri", "object_iri", "claim_iri",
    "page", "section", "paragraph", "text_role", "review_status",
)  # fmt: skip

_CLAIMS = """
PREFIX akg: <https://w3id.org/alliancekg/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?document_iri ?start ?end ?subject ?property ?object ?factuality ?valid_from ?valid_until
       ?confidence ?rule ?quote ?subject_iri ?object_iri ?claim_iri
       ?page ?section ?paragraph ?text_role ?review_status
WHERE {
  ?evidence akg:inDocument ?document_iri ; akg:quote ?quote ; akg:start ?start ; akg:end ?end .
  ?claim_iri prov:wasDerivedFrom ?evidence ; a akg:Claim ;
    rdf:subject ?subject_iri ; rdf:predicate ?property ; rdf:object ?object_iri ; akg:factuality ?factuality .
  OPTIONAL { ?claim_iri akg:confidence ?confidence }
  OPTIONAL { ?claim_iri akg:rule ?rule }
  OPTIONAL { ?claim_iri akg:validFrom ?valid_from }
  OPTIONAL { ?claim_iri akg:validUntil ?valid_until }
  OPTIONAL { ?claim_iri akg:reviewStatus ?review_status }
  OPTIONAL { ?evidence akg:pageStart ?page }
  OPTIONAL { ?evidence akg:section ?section }
  OPTIONAL { ?evidence akg:paragraph ?paragraph }
  OPTIONAL { ?evidence akg:textRole ?text_role }
  OPTIONAL { ?subject_iri skos:prefLabel ?subject_ja FILTER (lang(?subject_ja) = "ja") }
  OPTIONAL { ?subject_iri skos:prefLabel ?subject_en FILTER (lang(?subject_en) = "en") }
  OPTIONAL { ?object_iri skos:prefLabel ?object_ja FILTER (lang(?object_ja) = "ja") }
  OPTIONAL { ?object_iri skos:prefLabel ?object_en FILTER (lang(?object_en) = "en") }
  BIND (COALESCE(?subject_ja, ?subject_en, ?subject_iri) AS ?subject)
  BIND (COALESCE(?object_ja, ?object_en, ?object_iri) AS ?object)
}
ORDER BY ?start ?end ?claim_iri
"""
_IDENTIFIER = NamedNode(PREFIXES["dcterms"] + "identifier")
_TYPE = NamedNode(PREFIXES["rdf"] + "type")
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
    for name, document in _documents(store):
        for row in _claims(store, document):
            table.writerow([harmless(name), *(harmless(_cell(row[column])) for column in COLUMNS[1:])])
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


def _documents(store: Store) -> Iterator[tuple[str, NamedNode]]:
    """The names of the documents and their IRIs, in the order of the names."""
    found: set[tuple[str, str]] = set()
    for quad in store.quads_for_pattern(None, _TYPE, term_iri("Document"), None):
        if isinstance(quad.subject, NamedNode):
            names = [
                q.object.value
                for q in store.quads_for_pattern(quad.subject, _IDENTIFIER, None, None)
                if isinstance(q.object, Literal)
            ]
            found.add((min(names, default=quad.subject.value), quad.subject.value))
    return ((name, NamedNode(iri)) for name, iri in sorted(found))


def _claims(store: Store, document: NamedNode) -> Iterator[QuerySolution]:
    """The rows of one document, so that no more than these are held and sorted at a time."""
    found = store.query(_CLAIMS, use_default_graph_as_union=True, substitutions={Variable("document_iri"): document})
    if not isinstance(found, QuerySolutions):
        raise GraphError("the claims cannot be listed")
    return iter(found)


def _cell(term: NamedNode | BlankNode | Literal | Triple | None) -> str:
    match term:
        case None:
            return ""
        case NamedNode():
            return term.value.removeprefix(AKG)
        case Literal():
            return term.value
        case _:
            return str(term)
