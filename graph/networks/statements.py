"""What the documents of a graph say, claim by claim, as plain values with their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions, Store

from graph.errors import GraphError
from graph.identity import term_iri
from ontology.terms import AKG, PREFIXES, SIGNATURES, Factuality, Property

_CLAIMS = """
PREFIX akg: <https://w3id.org/alliancekg/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT DISTINCT ?claim ?subject ?property ?object ?factuality ?from ?until ?quote ?document ?start WHERE {
  ?claim a akg:Claim ; rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?object ; akg:factuality ?factuality .
  FILTER NOT EXISTS { ?claim akg:reviewStatus akg:Rejected }
  OPTIONAL { ?claim akg:validFrom ?from }
  OPTIONAL { ?claim akg:validUntil ?until }
  OPTIONAL {
    ?claim prov:wasDerivedFrom ?evidence .
    ?evidence akg:quote ?quote ; akg:inDocument ?document .
    OPTIONAL { ?evidence akg:start ?start }
  }
}
"""
_DCTERMS = PREFIXES["dcterms"]
_TITLES = (NamedNode(_DCTERMS + "title"), NamedNode(_DCTERMS + "identifier"))
_ISSUED = NamedNode(_DCTERMS + "issued")
_PROPERTIES = {term_iri(prop).value: prop for prop in Property}
_FACTUALITIES = {term_iri(standing).value: standing for standing in Factuality}


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A document: its IRI, what it is called, and its date of issue (EDTF, empty where unknown)."""

    iri: str
    title: str
    issued: str


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Words that say something, `start` code points into the text of a document."""

    source: Source
    start: int
    quote: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim that no reviewer rejected: subject and object by their IRIs, a date or level as it is written."""

    claim: str
    subject: str
    predicate: Property
    object: str
    factuality: Factuality
    valid_from: str = ""
    valid_until: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def fact(self) -> tuple[str, Property, str]:
        return self.subject, self.predicate, self.object


def statements(store: Store) -> tuple[Statement, ...]:
    """All claims but the rejected ones, in the order of their documents' titles and texts."""
    found = store.query(_CLAIMS, use_default_graph_as_union=True)
    if not isinstance(found, QuerySolutions):
        raise GraphError("the claims cannot be listed")
    sources: dict[str, Source] = {}
    told: dict[str, Statement] = {}
    evidence: dict[str, set[Evidence]] = defaultdict(set)
    for row in found:
        read = _read(row)
        if read is None:
            continue
        told[read.claim] = read
        document, quote = _value(row, "document"), _value(row, "quote")
        if document:
            source = sources.get(document) or sources.setdefault(document, _source(store, document))
            evidence[read.claim].add(Evidence(source, int(_value(row, "start") or 0), quote))
    full = (replace(one, evidence=tuple(sorted(evidence[iri]))) for iri, one in told.items())
    return tuple(sorted(full, key=_order))


def mirrored(statement: Statement) -> Statement:
    """The same said from the other side: B counterpart of A, where A is said to be the counterpart of B."""
    return replace(statement, subject=statement.object, object=statement.subject)


def both_ways(told: tuple[Statement, ...]) -> Iterator[Statement]:
    """The statements, those of symmetric properties from the other side too."""
    for statement in told:
        yield statement
        if SIGNATURES[statement.predicate].symmetric:
            yield mirrored(statement)


def _order(statement: Statement) -> tuple[object, ...]:
    first = [(e.source.title, e.source.iri, e.start) for e in statement.evidence[:1]]
    return first, statement.subject, statement.predicate, statement.object, statement.factuality, statement.claim


def _read(row: QuerySolution) -> Statement | None:
    """The claim of a row without its evidence; nothing where its property or standing is none of ours."""
    prop, standing = _PROPERTIES.get(_value(row, "property")), _FACTUALITIES.get(_value(row, "factuality"))
    if prop is None or standing is None:
        return None
    told = _value(row, "object")
    return Statement(
        _value(row, "claim"),
        _value(row, "subject"),
        prop,
        told.removeprefix(AKG) if SIGNATURES[prop].takes_level else told,
        standing,
        _value(row, "from"),
        _value(row, "until"),
    )


def _value(row: QuerySolution, name: str) -> str:
    term = row[name]
    return term.value if isinstance(term, NamedNode | Literal) else ""


def _source(store: Store, document: str) -> Source:
    iri = NamedNode(document)

    def said(predicate: NamedNode) -> list[str]:
        quads = store.quads_for_pattern(iri, predicate, None, None)
        return sorted(quad.object.value for quad in quads if isinstance(quad.object, Literal))

    titles = [title for predicate in _TITLES for title in said(predicate)]
    return Source(document, titles[0] if titles else document, next(iter(said(_ISSUED)), ""))
