"""Which graphs of a store builds made, and which users wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from ontology.terms import AKGID
from queries.engine import Cell

_BUILT = (AKGID + "graph/", AKGID + "document/")
_MOST = 5000  # triples of a thing that are looked at: no page says more of one


def is_users(graph: object) -> bool:
    """Whether a graph is one that users wrote. What they add to the default graph cannot be told from the rest."""
    return isinstance(graph, ox.NamedNode) and not graph.value.startswith(_BUILT)


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a thing in so many triples: by builds (and in the default graph), and by users with the graph that says so."""

    own: tuple[tuple[Cell, Cell], ...]
    users: tuple[tuple[Cell, Cell, ox.NamedNode], ...]


def told_of(store: ox.Store, thing: ox.NamedNode) -> Told:
    """The triples of a thing, each once."""
    quads = list(islice(store.quads_for_pattern(thing, None, None, None), _MOST))
    own = dict.fromkeys((quad.predicate, quad.object) for quad in quads if not is_users(quad.graph_name))
    users = dict.fromkeys(
        (quad.predicate, quad.object, quad.graph_name)
        for quad in quads
        if isinstance(quad.graph_name, ox.NamedNode) and is_users(quad.graph_name) and (quad.predicate, quad.object) not in own
    )
    return Told(tuple(own), tuple(users))


def triples_of(store: ox.Store, graph: ox.NamedNode) -> Iterator[ox.Triple]:
    """What a graph says; nothing where there is none of this name."""
    return (quad.triple for quad in store.quads_for_pattern(None, None, None, graph))
