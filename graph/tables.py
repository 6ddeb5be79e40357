"""Claims as a table for spreadsheets: one row for each claim and each piece of its evidence.

Source: RFC 4180; UTF-8 without byte order mark, lines ended by CR LF.
"""

from __future__ import annotations

import csv
from io import TextIOWrapper
from typing import BinaryIO

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Triple

from graph.errors import GraphError
from ontology.terms import AKG

COLUMNS = (
    "document", "start", "end", "subject", "property", "object", "factuality", "valid_from", "valid_until",
    "confidence", "rule", "quote", "subject_iri", "object_iri", "claim_iri",
    "page", "section", "paragraph", "text_role",
)  # fmt: skip

_CLAIMS = """
PREFIX akg: <https://w3id.org/alliancekg/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?document ?start ?end ?subject ?property ?object ?factuality ?valid_from ?valid_until
       ?confidence ?rule ?quote ?subject_iri ?object_iri ?claim_iri
       ?page ?section ?paragraph ?text_role
WHERE {
  ?claim_iri a akg:Claim ; rdf:subject ?subject_iri ; rdf:predicate ?property ; rdf:object ?object_iri ;
    akg:factuality ?factuality ; prov:wasDerivedFrom ?evidence .
  ?evidence akg:quote ?quote ; akg:start ?start ; akg:end ?end ; akg:inDocument/dcterms:identifier ?document .
  OPTIONAL { ?claim_iri akg:confidence ?confidence }
  OPTIONAL { ?claim_iri akg:rule ?rule }
  OPTIONAL { ?claim_iri akg:validFrom ?valid_from }
  OPTIONAL { ?claim_iri akg:validUntil ?valid_until }
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
ORDER BY ?document ?start ?end ?claim_iri
"""


def write_csv(store: Store, out: BinaryIO) -> None:
    """Write the claims with labels, dates, quotes and their places, in the order of the documents' text."""
    found = store.query(_CLAIMS, use_default_graph_as_union=True)
    if not isinstance(found, QuerySolutions):
        raise GraphError("the claims cannot be listed")
    text = TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for row in found:
        table.writerow([_cell(row[column]) for column in COLUMNS])
    text.detach()


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
