"""Measures over a network: who stands in the middle, who belongs together, who shares members.

All of them take the network that `making.to_networkx` gives, and look at whether two things are joined, not how often or
in which direction. Names are compared by IRI, so that the same network gives the same figures.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import TYPE_CHECKING

from ontology.terms import Kind, Property, is_a

if TYPE_CHECKING:
    import networkx as nx

_SEED = 1  # of the order in which communities are sought, and of the sample
_EXACT, _SAMPLE = 2000, 200  # things up to which both figures are exact, and from how many they are estimated beyond


@dataclass(frozen=True, slots=True)
class Central:
    """How central a thing is: how many things it is joined to (`neighbours`), and two figures in [0, 1].

    `betweenness`: the share of shortest paths between others that lead over it (Freeman 1977). `closeness`: how few steps it is
    away from all others, as far as they can be reached (Wasserman and Faust 1994).
    """

    thing: str
    neighbours: int
    betweenness: float
    closeness: float


def centrality(network: nx.MultiDiGraph[str], kind: Kind = Kind.FORUM) -> list[Central]:
    """The things of a class, the most central first: by betweenness, then by neighbours.

    In a network of more than 2,000 things both figures are estimated, from the paths of 200 of them, the same ones each time
    (Brandes and Pich 2007; Eppstein and Wang 2004).
    """
    import networkx as nx  # noqa: PLC0415 - slow to import

    plain = simple(network)
    things = [thing for thing in plain if is_a(Kind(network.nodes[thing]["type"]), kind)]
    sample = _SAMPLE if len(plain) > _EXACT else None
    between = nx.betweenness_centrality(plain, k=sample, seed=_SEED)
    close = _closeness(plain, things, sample)
    found = [Central(thing, len(plain[thing]), round(between[thing], 6), round(close[thing], 6)) for thing in things]
    return sorted(found, key=lambda one: (-one.betweenness, -one.neighbours, one.thing))


def is_estimated(network: nx.MultiDiGraph[str]) -> bool:
    """Whether the network is too large for exact figures."""
    return len(simple(network)) > _EXACT


def _closeness(plain: nx.Graph[str], things: Sequence[str], sample: int | None) -> dict[str, float]:
    """The closeness of things, as far as there is a `sample` by their mean distance from so many that they can be reached from."""
    import networkx as nx  # noqa: PLC0415 - slow to import

    steps: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for pivot in Random(_SEED).sample(sorted(plain), sample) if sample else ():  # noqa: S311 - no secret
        for thing, distance in nx.single_source_shortest_path_length(plain, pivot).items():
            if thing != pivot:
                steps[thing] += distance
                counted[thing] += 1
    others = {thing: len(group) - 1 for group in nx.connected_components(plain) for thing in group} if sample else {}
    return {
        thing: counted[thing] / steps[thing] * others[thing] / (len(plain) - 1)
        if counted[thing]
        else nx.closeness_centrality(plain, u=thing)
        for thing in things
    }


def communities(network: nx.MultiDiGraph[str]) -> list[tuple[str, ...]]:
    """Groups of things that are joined among each other more than to the rest, the largest first; lone things are left out.

    Source: Blondel et al. 2008 (the Louvain method), from a fixed order.
    """
    import networkx as nx  # noqa: PLC0415 - slow to import

    plain = simple(network)
    names = [thing for thing in plain if plain[thing]]
    # Numbers in the place of names: sets of names are walked in another order in every run.
    numbered = nx.relabel_nodes(plain.subgraph(names), {name: at for at, name in enumerate(names)})
    ordered: nx.Graph[int] = nx.Graph()
    ordered.add_nodes_from(range(len(names)))
    ordered.add_edges_from(sorted(tuple(sorted(edge)) for edge in numbered.edges))
    groups = nx.community.louvain_communities(ordered, seed=_SEED) if names else []
    return sorted((tuple(sorted(names[at] for at in group)) for group in groups), key=lambda group: (-len(group), group))


def shared_members(network: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """Bodies, joined where they share members (hasMember).

    Edges have `members` (IRIs), `weight` (how many), `claims` and `quotes` that say so of either body.
    """
    import networkx as nx  # noqa: PLC0415 - slow to import

    bodies: dict[str, dict[str, list[dict[str, tuple[str, ...]]]]] = defaultdict(lambda: defaultdict(list))
    for body, member, told in network.edges(data=True):
        if told["property"] == Property.HAS_MEMBER:
            bodies[body][member].append(told)
    projection: nx.Graph[str] = nx.Graph()
    projection.add_nodes_from((body, network.nodes[body]) for body in sorted(bodies))
    for one, other in combinations(sorted(bodies), 2):
        members = tuple(sorted(bodies[one].keys() & bodies[other].keys()))
        if not members:
            continue
        told = [edge for member in members for body in (one, other) for edge in bodies[body][member]]
        said = {name: tuple(dict.fromkeys(value for edge in told for value in edge[name])) for name in ("claims", "quotes")}
        projection.add_edge(one, other, members=members, weight=len(members), **said)
    return projection


def simple(network: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """The network without directions, parallel edges and loops, in the order of the IRIs."""
    import networkx as nx  # noqa: PLC0415 - slow to import

    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(network))
    plain.add_edges_from(sorted(tuple(sorted(edge)) for edge in network.edges() if edge[0] != edge[1]))
    return plain
