"""The start page: what the store holds."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from ontology.terms import AKG, AKGID, Factuality
from queries.engine import Embedded, Engine
from queries.serving.pages.paging import part
from queries.serving.pages.rendering import View, page
from queries.serving.pages.showing import Names
from queries.serving.worker import Out

_PREFIX = "PREFIX akg: <https://w3id.org/alliancekg/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/>"
_CLASSES = _PREFIX + " SELECT ?class (COUNT(DISTINCT ?it) AS ?n) WHERE { ?it a ?class } GROUP BY ?class"
_FACTUALITY, _HELD = ox.NamedNode(AKG + "factuality"), ox.NamedNode(AKGID + "graph/held")
_DOCUMENTS = (
    _PREFIX
    + """ SELECT ?it (MIN(?on) AS ?issued) WHERE { ?it a akg:Document OPTIONAL { ?it dcterms:issued ?d BIND(STR(?d) AS ?on) } }
GROUP BY ?it ORDER BY DESC(?issued) ?it"""
)
_INNER = {AKG + name for name in ("Claim", "Evidence", "Document", "Unresolved", "HeldBack", "Decision", "Build")}


@dataclass(frozen=True, slots=True)
class StartPage:
    """How many things of each class there are, how many claims of each standing, and the latest documents."""

    view: View

    def run(self, store: ox.Store, out: Out) -> None:
        engine = Embedded(store)
        listed = engine.run(_DOCUMENTS).rows
        documents = part(listed, self.view.number)
        names = Names(engine, [row[0] for row in documents.found], self.view.lang)
        classes = _counts(engine, _CLASSES)
        said = {
            "classes": [(names.show(ox.NamedNode(iri)), n) for iri, n in classes if iri.startswith(AKG) and iri not in _INNER],
            "standings": [(standing.value, n) for standing in Factuality if (n := _claims(store, standing))],
            "documents": [(names.show(document), issued.value if isinstance(issued, ox.Literal) else "")
                          for document, issued in documents.found],
            "document_count": len(listed),
            "more": documents.more,
        }  # fmt: skip
        out.write(page("start.html", self.view, **said))


def _claims(store: ox.Store, standing: Factuality) -> int:
    """How many claims have a standing; what is held back is no claim."""
    told = store.quads_for_pattern(None, _FACTUALITY, ox.NamedNode(AKG + standing))
    return sum(quad.graph_name != _HELD for quad in told)


def _counts(engine: Engine, query: str) -> list[tuple[str, int]]:
    """IRIs with how often they are, the most frequent first."""
    rows = engine.run(query).rows
    found = [(one.value, int(n.value)) for one, n in rows if isinstance(one, ox.NamedNode) and isinstance(n, ox.Literal)]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))
