"""The claims behind an answer, as a graph that holds what is needed to ask again."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from queries.binding import bind
from queries.engine import Engine

_BATCH = 500  # remote endpoints limit the length of a query
_BEHIND = """
PREFIX akg: <https://w3id.org/alliancekg/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
CONSTRUCT { ?node ?property ?value } WHERE {
  { VALUES ?node { UNDEF } ?node ?property ?value }
  UNION { VALUES ?claim { UNDEF } ?claim prov:wasDerivedFrom ?node . ?node ?property ?value }
  UNION {
    VALUES ?claim { UNDEF }
    ?claim prov:wasDerivedFrom/akg:inDocument ?node .
    ?node ?property ?value .
    FILTER(?property NOT IN (schema:text, schema:mentions))
  }
  UNION {
    VALUES ?claim { UNDEF }
    VALUES ?property { rdf:type skos:prefLabel skos:altLabel akg:ambiguousLabel }
    ?claim rdf:subject|rdf:object|akg:heldSubject|akg:heldObject|prov:wasAttributedTo ?node .
    ?node ?property ?value .
  }
  UNION { VALUES ?claim { UNDEF } ?claim rdf:subject ?node ; rdf:predicate ?property ; rdf:object ?value . ?node ?property ?value }
  UNION { VALUES ?claim { UNDEF } ?claim ^akg:decides|prov:wasGeneratedBy ?node . ?node ?property ?value }
}
"""


def behind(engine: Engine, claims: Sequence[str]) -> tuple[ox.Triple, ...]:
    """The claims (IRIs), held-back ones too, with all that is needed to read them.

    That is their evidence, their documents without text and mentions, the classes and names of what they name, the facts that
    stand on them, the runs that made them and what reviewers decided about them.
    """
    triples: list[ox.Triple] = []
    ordered = sorted(set(claims))
    for at in range(0, len(ordered), _BATCH):
        terms = [ox.NamedNode(claim) for claim in ordered[at : at + _BATCH]]
        triples.extend(engine.run(bind(_BEHIND, {"node": terms, "claim": terms})).triples or ())
    return tuple(triples)
