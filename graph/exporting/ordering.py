"""The order in which a graph is written: things in sections, the statements of a thing together, the same every time.

Only the names of the things are held in memory; what is said of each is looked up when its turn comes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, DefaultGraph, NamedNode, Store, Triple

from ontology.terms import AKG, AKGID, PREFIXES

Thing = tuple[Triple, ...]  # all statements about one subject, in order
Subject = NamedNode | BlankNode
Graph = NamedNode | BlankNode | DefaultGraph
Part = tuple[Graph, Iterable[Thing]]  # what one graph holds

# The order within one thing: what it is, what it is called, what a claim says, then everything else by name.
_FIRST = {
    iri: place
    for place, iri in enumerate(
        (
            *(PREFIXES["rdf"] + part for part in ("type", "subject", "predicate", "object")),
            *(PREFIXES["skos"] + part for part in ("prefLabel", "altLabel")),
            *(AKG + part for part in ("ambiguousLabel", "inDocument", "quote", "factuality")),
        )
    )
}
# The order of things: entities first, then meetings, documents, what documents say, and how all of it came about.
KINDS = ("meeting", "document", "claim", "held", "evidence", "unresolved", "decision", "build", "run", "software")
_SECTIONS = {kind: place for place, kind in enumerate(KINDS, start=1)}
_NEITHER = 99
_HAS_BLANK_NODES = "ASK { ?s ?p ?o FILTER (isBlank(?s) || isBlank(?o)) }"


def with_stable_names(store: Store) -> Store:
    """The store itself, or where it has blank nodes a copy in memory that names them by what is said of them.

    Readers name them anew every time; graphs of our own making have none. Source: RDF Dataset Canonicalization (W3C 2024).
    """
    if not store.query(_HAS_BLANK_NODES, use_default_graph_as_union=True):
        return store
    dataset = Dataset(store)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    renamed = Store()
    renamed.bulk_extend(dataset)
    return renamed


def as_one(store: Store) -> Iterator[Part]:
    """Everything in the store as one graph: a thing that several named graphs speak of comes once."""
    yield DefaultGraph(), _things(store, None)


def apart(store: Store) -> Iterator[Part]:
    """Everything in the store graph by graph, the default graph first."""
    for graph in (DefaultGraph(), *sorted(store.named_graphs(), key=str)):
        yield graph, _things(store, graph)


def in_order(triples: Iterable[Triple]) -> Thing:
    """The statements about a thing in order."""
    return tuple(sorted(triples, key=_order))


def grouped(triples: Iterable[Triple]) -> list[Thing]:
    """Triples that are not in a store, by thing, each once."""
    about: dict[Subject, set[Triple]] = defaultdict(set)
    for triple in triples:
        if isinstance(triple.subject, NamedNode | BlankNode):
            about[triple.subject].add(triple)
    return [in_order(about[subject]) for subject in sorted(about, key=_place)]


def _things(store: Store, graph: Graph | None) -> Iterator[Thing]:
    """The things of a graph, or of all graphs as one."""
    for subject in _subjects(store, graph):
        yield in_order({quad.triple for quad in store.quads_for_pattern(subject, None, None, graph)})


def _subjects(store: Store, graph: Graph | None) -> list[Subject]:
    found = {quad.subject for quad in store.quads_for_pattern(None, None, None, graph)}
    return sorted((s for s in found if isinstance(s, NamedNode | BlankNode)), key=_place)


def _place(subject: Subject) -> tuple[int, str]:
    """Where among the things it comes: entities, meetings, documents, then what is said of them, then foreign things."""
    iri = subject.value
    if not iri.startswith(AKGID):
        return (_NEITHER, iri)
    return (_SECTIONS.get(iri[len(AKGID) :].partition("/")[0], 0), iri)


def _order(triple: Triple) -> tuple[int, str, str]:
    predicate = triple.predicate.value
    return (_FIRST.get(predicate, _NEITHER), predicate, str(triple.object))
