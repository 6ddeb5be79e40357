"""A view as a network for networkx."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from graph.networks.spans import known
from graph.networks.viewing import SEPARATOR, Edge, View
from graph.networks.wording import called
from ontology.terms import Factuality

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(view: View) -> nx.MultiDiGraph[str]:
    """The things of a view and what is said among them.

    Nodes are IRIs with the attributes that `View.nodes` tells. Edges have as key the property, of what is not said as done with
    its standing behind it ("partOf/Planned"), and as attributes `property`, `label` and `label_en`, `factuality`, `weight` (how
    many claims say it), `claims` (their IRIs), `quotes` and `documents` (the titles), one beside the other for each
    piece of evidence in `evidence`; where they are known `valid_from`, `valid_until`, `date`, `year` as `View.edges` tells
    them, and `earliest` and `latest`, the bounds of these dates as ISO 8601 days.
    """
    import networkx as nx  # noqa: PLC0415 - slow to import

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in view.nodes():
        network.add_node(node.iri, **node.attributes)
    for edge in view.edges():
        done = edge.factuality is Factuality.ACTUAL
        key = edge.property.value if done else f"{edge.property}/{edge.factuality}"
        network.add_edge(edge.source, edge.target, key=key, **_attributes(edge))
    return network


def _attributes(edge: Edge) -> dict[str, Any]:
    evidence = [piece for one in edge.statements for piece in one.evidence]
    told = {name: value for name, value in edge.attributes.items() if name != "claims"}
    return {
        **told,
        **_bounds(edge),
        "label": called(edge.property, "ja"),
        "label_en": called(edge.property, "en"),
        "factuality": edge.factuality.value,
        "weight": max(1, len(edge.statements)),
        "claims": tuple(one.claim for one in edge.statements),
        "quotes": tuple(piece.quote for piece in evidence),
        "documents": tuple(piece.source.title for piece in evidence),
        "evidence": tuple(evidence),
    }


def _bounds(edge: Edge) -> dict[str, str]:
    """The first and the last day that its dates can mean; of an open end there is none."""
    on = str(edge.attributes.get("date", "")).split(SEPARATOR)
    begins = [span.first for span in known([*(one.valid_from for one in edge.statements), *on]) if span.first > date.min]
    ends = [span.last for span in known([*(one.valid_until for one in edge.statements), *on]) if span.last < date.max]
    first = {"earliest": min(begins).isoformat()} if begins else {}
    return first | ({"latest": max(ends).isoformat()} if ends else {})
