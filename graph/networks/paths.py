"""How two things are connected: the shortest ways between them, each step with what says it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from graph.networks.measures import simple
from graph.networks.viewing import Edge, View
from ontology.terms import Kind

if TYPE_CHECKING:
    import networkx as nx

# All states and most topics have to do with most bodies: ways over them tell nothing.
THROUGH = frozenset(Kind) - {Kind.STATE, Kind.PLACE, Kind.TOPIC}


@dataclass(frozen=True, slots=True)
class Step:
    """From one thing to the next by an edge, which may run either way."""

    source: str
    target: str
    edge: Edge

    @property
    def forward(self) -> bool:
        return self.edge.source == self.source


Way = tuple[tuple[Step, ...], ...]


def paths(view: View, one: str, other: str, *, limit: int = 5, through: frozenset[Kind] = THROUGH) -> list[Way]:
    """The shortest ways between two things, by their IRIs; none where nothing leads from one to the other.

    A way is a tuple of steps, and a step a tuple of all that is said between its two ends. Ways lead over things of the classes
    `through` alone. At most `limit` of the shortest are given, in the order of their IRIs.
    """
    import networkx as nx  # noqa: PLC0415 - slow to import

    kept = {iri for iri in view.there if view.kinds[iri] in through} | ({one, other} & view.there)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_nodes_from(kept)
    between: dict[frozenset[str], list[Edge]] = {}
    for edge in view.edges():
        if edge.source in kept and edge.target in kept and edge.source != edge.target:
            network.add_edge(edge.source, edge.target)
            between.setdefault(frozenset((edge.source, edge.target)), []).append(edge)
    plain = simple(network)
    if one == other or one not in plain or other not in plain or not nx.has_path(plain, one, other):
        return []
    ways = islice(nx.all_shortest_paths(plain, one, other), limit)
    return [
        tuple(
            tuple(Step(source, target, edge) for edge in between[frozenset((source, target))])
            for source, target in pairwise(way)
        )
        for way in ways
    ]
