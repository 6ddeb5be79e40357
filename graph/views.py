"""One graph seen in other ways: all named graphs as one, as rdflib's, from rdflib's.

Source of the conversion: oxrdflib, a store plug-in for rdflib over pyoxigraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from oxrdflib import OxigraphStore
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, Triple
from rdflib import XSD, Graph, Literal
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from ontology.terms import PREFIXES

_Pattern = tuple[Any, Any, Any]  # of rdflib terms, None where anything will do


class _PlainStrings(OxigraphStore):
    """oxrdflib's store, plain strings given as rdflib has them when it parses: `Literal("a")`, without the datatype xsd:string."""

    def triples(self, triple_pattern: _Pattern, context: Graph | None = None) -> Iterator[Any]:
        for (subject, predicate, told), contexts in super().triples(triple_pattern, context):
            plain = Literal(str(told)) if isinstance(told, Literal) and told.datatype == XSD.string else told
            yield (subject, predicate, plain), contexts


class _Unchanging(_PlainStrings):
    """A store counted once. oxrdflib counts anew whenever a graph is asked whether it is empty, and pySHACL asks for every result."""

    _size: int | None = None

    def __len__(self, context: Graph | None = None) -> int:
        if self._size is None:
            self._size = super().__len__(context)
        return self._size


def triples(store: Store) -> Iterator[Triple]:
    """The triples of all graphs of the store; one that stands in several graphs comes several times."""
    return (quad.triple for quad in store)


def as_one(store: Store) -> Store:
    """The store itself if it holds a default graph alone, else a copy in memory with all in the default graph."""
    if next(iter(store.named_graphs()), None) is None:
        return store
    flat = Store()
    flat.bulk_extend(Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in triples(store))
    return flat


def as_rdflib(store: Store, *, unchanging: bool = False) -> Graph:
    """Look at the store through rdflib's API, named graphs merged. Without named graphs what is changed here changes the store.

    `unchanging` promises that nobody changes the store while the view is in use, and makes it faster.
    """
    backing = (_Unchanging if unchanging else _PlainStrings)(store=as_one(store))
    graph = Graph(store=backing, identifier=DATASET_DEFAULT_GRAPH_ID, bind_namespaces="none")
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    return graph


def from_rdflib(graph: Graph) -> Store:
    """The triples of an rdflib graph in a store of our own."""
    store = Store()
    store.bulk_load(graph.serialize(format="nt", encoding="utf-8"), RdfFormat.N_TRIPLES)
    return store
