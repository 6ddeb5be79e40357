"""How far a chain led on a given day: from thing to thing, by what documents issued by then said.

SPARQL 1.1 follows a chain of any length by its facts alone (property paths, section 9), and facts bear no date: which of them
were known on a day is told by the claims behind them. So the links known then are asked for step by step, and the question
is kept to what they reach.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from ontology.terms import AKG, PREFIXES
from queries.binding import bind
from queries.engine import Engine

_BATCH = 500  # remote endpoints limit the length of a query
_SUBJECT, _OBJECT = (ox.NamedNode(f"{PREFIXES['rdf']}{end}") for end in ("subject", "object"))
_STEP = """
PREFIX akg: <https://w3id.org/alliancekg/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT DISTINCT ?reached WHERE {
  VALUES ?as_of_next { UNDEF }
  VALUES ?property { UNDEF }
  VALUES ?near { UNDEF }
  VALUES ?far { UNDEF }
  VALUES ?thing { UNDEF }
  ?claim ?near ?thing ; a akg:Claim ; rdf:predicate ?property ; ?far ?reached ; akg:factuality ?factuality ;
    prov:wasDerivedFrom/akg:inDocument/dcterms:issued ?issued .
  FILTER(?factuality != akg:Negated)
  FILTER NOT EXISTS { ?claim akg:reviewStatus akg:Rejected }
  BIND(IF(CONTAINS(STR(?issued), "/"), STRAFTER(STR(?issued), "/"), STR(?issued)) AS ?known)
  FILTER(?known >= "0" && ?known < SUBSTR(?as_of_next, 1, STRLEN(?known)))
}
"""


def reached(engine: Engine, start: ox.NamedNode, walks: Sequence[str], as_of_next: ox.Literal) -> tuple[ox.NamedNode, ...]:
    """The start and all that links known by a day lead to. `as_of_next` is the day after, `walks` as `Parameter` has it."""
    found = {start}
    for walk in walks:
        found |= _reached(engine, start, walk, as_of_next)
    return tuple(sorted(found, key=str))


def _reached(engine: Engine, start: ox.NamedNode, walk: str, as_of_next: ox.Literal) -> set[ox.NamedNode]:
    ends = (_OBJECT, _SUBJECT) if walk.startswith("^") else (_SUBJECT, _OBJECT)
    given: dict[str, Sequence[ox.NamedNode | ox.Literal]] = {
        "as_of_next": [as_of_next],
        "property": [ox.NamedNode(AKG + walk.removeprefix("^"))],
        "near": ends[:1],
        "far": ends[1:],
    }
    found, fresh = {start}, [start]
    while fresh:
        step: set[ox.NamedNode] = set()
        for at in range(0, len(fresh), _BATCH):
            rows = engine.run(bind(_STEP, {**given, "thing": fresh[at : at + _BATCH]})).rows
            step |= {cell for (cell,) in rows if isinstance(cell, ox.NamedNode)}
        fresh = sorted(step - found, key=str)
        found |= step
    return found
