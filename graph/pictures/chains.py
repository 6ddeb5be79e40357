"""Successions and revisions as links, and where each thing stands in them: older to the left, newer to the right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from graph.networks.statements import Statement
from graph.networks.viewing import View
from ontology.terms import Factuality, Property

if TYPE_CHECKING:
    import networkx as nx

LINKS = (Property.RENAMED_FROM, Property.REPLACES, Property.REVISES)


@dataclass(frozen=True)
class Link:
    """From an old thing to the new one that replaces or revises it, with one standing; `dates` as they are said."""

    old: str
    new: str
    property: Property
    factuality: Factuality
    dates: tuple[str, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Chain:
    """Links that hang together, and in columns, one for each step in time, the places from top to bottom."""

    links: tuple[Link, ...]
    columns: tuple[tuple[Place, ...], ...]

    @property
    def things(self) -> list[str]:
        return [place for column in self.columns for place in column if isinstance(place, str)]


Place = str | tuple[int, int]  # a thing; or the link (its number) that passes this column (its number)


def links(view: View) -> list[Link]:
    """The links in the order of their things; a change of name, which is said as a succession too, is one link."""
    said: dict[tuple[str, str, Factuality], dict[Property, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for one in view.statements:
        if one.predicate in LINKS and one.factuality in view.scope.factuality and one.subject != one.object:
            said[one.object, one.subject, one.factuality][one.predicate].append(one)
    found = []
    for (old, new, standing), by in sorted(said.items()):
        if Property.RENAMED_FROM in by:
            by.pop(Property.REPLACES, None)
        for prop, told in sorted(by.items()):
            dates = tuple(sorted({one.valid_from for one in told if one.valid_from}))
            found.append(Link(old, new, prop, standing, dates, tuple(told)))
    return found


def chains(found: Collection[Link], about: Collection[str] = ()) -> list[Chain]:
    """The links that hang together, by the things of `about` where these are given; the longest first."""
    import networkx as nx  # noqa: PLC0415 - slow to import

    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_edges_from((link.old, link.new) for link in found)
    made = [
        _chain([link for link in found if link.old in group], network.subgraph(group))
        for group in nx.weakly_connected_components(network)
        if not about or group & set(about)
    ]
    return sorted(made, key=lambda chain: (-len(chain.things), min(chain.things)))


def trimmed(chain: Chain, limit: int, about: Collection[str] = ()) -> Chain:
    """The chain with at most `limit` things: those nearest to the things of `about`, where none of these is in it the newest."""
    import networkx as nx  # noqa: PLC0415 - slow to import

    if len(chain.things) <= limit:
        return chain
    ranks = ranks_of(chain)
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_edges_from((link.old, link.new) for link in chain.links)
    near = [thing for thing in about if thing in ranks]
    steps = nx.multi_source_dijkstra_path_length(network.to_undirected(), set(near)) if near else {}
    kept = set(sorted(ranks, key=lambda thing: (steps.get(thing, 0), -ranks[thing], thing))[:limit])
    links = [link for link in chain.links if link.old in kept and link.new in kept]
    return _chain(links, network.subgraph(kept))


def _chain(of: list[Link], network: nx.DiGraph[str]) -> Chain:
    ranks = _ranks(network)
    columns: list[list[Place]] = [[] for _ in range(max(ranks.values()) + 1)]
    for thing in sorted(ranks):
        columns[ranks[thing]].append(thing)
    for number, link in enumerate(of):
        for column in range(ranks[link.old] + 1, ranks[link.new]):
            columns[column].append((number, column))
    before: dict[Place, list[Place]] = defaultdict(list)
    for number, link in enumerate(of):
        way = route(link, number, ranks)
        for one, other in pairwise(way):
            before[other].append(one)
    ordered = [sorted(columns[0], key=str)]
    for places in columns[1:]:
        above = {place: at for at, place in enumerate(ordered[-1])}
        ordered.append(
            [place for _, _, place in sorted((_middle(before[place], above), str(place), place) for place in places)]
        )
    return Chain(tuple(of), tuple(map(tuple, ordered)))


def route(link: Link, number: int, ranks: dict[str, int]) -> list[Place]:
    """The places that a link leads over, from the old thing to the new."""
    return [link.old, *((number, column) for column in range(ranks[link.old] + 1, ranks[link.new])), link.new]


def ranks_of(chain: Chain) -> dict[str, int]:
    """The column of each thing."""
    return {place: at for at, column in enumerate(chain.columns) for place in column if isinstance(place, str)}


def _middle(before: list[Place], above: dict[Place, int]) -> float:
    known = [above[place] for place in before if place in above]
    return sum(known) / len(known) if known else float(len(above))


def _ranks(network: nx.DiGraph[str]) -> dict[str, int]:
    """How many steps lie before each thing, at most; things that replace each other in a circle stand in one column."""
    import networkx as nx  # noqa: PLC0415 - slow to import

    condensed = nx.condensation(network)
    ranks: dict[int, int] = {}
    for part in nx.topological_sort(condensed):
        ranks[part] = max((ranks[earlier] + 1 for earlier in condensed.predecessors(part)), default=0)
    return {thing: ranks[part] for thing, part in condensed.graph["mapping"].items()}
