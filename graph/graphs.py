"""The named graphs: what stands where. What a document says stands in the graph that bears the document's IRI."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from ontology.terms import AKGID

FACTS = DefaultGraph()  # bare triples, and the descriptions of entities
DECISIONS = NamedNode(AKGID + "graph/decisions")  # what reviewers decided
HELD = NamedNode(AKGID + "graph/held")  # claims that break a shape
BUILDS = NamedNode(AKGID + "graph/builds")  # builds, and the runs of the extraction


def within(graph: NamedNode | DefaultGraph, triples: Iterable[Triple]) -> Iterator[Quad]:
    """The triples as quads of a graph."""
    return (Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)
