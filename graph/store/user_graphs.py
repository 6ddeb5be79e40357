"""What users write themselves, beside what documents say: graphs of their own, and triples in the default graph.

The ledger keeps it, so that every graph that is made holds it again. What a build makes (graphs of documents, decisions, held-back
claims, builds, facts and descriptions) is out of its reach.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from graph import literals
from graph.errors import GraphError
from graph.findings import VIOLATION
from graph.identity import local_name
from ontology.terms import AKG, AKGID, PREFIXES

_RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_RESERVED = (AKGID + "graph/", AKGID + "document/")


class ProtectedError(GraphError):
    """What a build has made was to be changed by hand."""


class ShapeError(GraphError):
    """What a user adds breaks a shape."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a change came to, as N-Quads without the dot."""

    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)

    def graphs(self) -> list[NamedNode]:
        """The named graphs that it changed."""
        named = {quad.graph_name for quad in quads_of(self.added | self.removed)}
        return sorted((graph for graph in named if isinstance(graph, NamedNode)), key=str)


class UserGraphs:
    """The quads of users while they are changed: in a store of their own, which forgets nothing that others made.

    `whole` is the next graph of the store, which nobody reads yet.
    """

    def __init__(self, quads: Iterable[str], whole: Store, facts: Callable[[Iterable[str]], Collection[str]]) -> None:
        self._own, self._whole, self._facts = Store(), whole, facts
        self._own.extend(quads_of(quads))
        self._before = self._mirrored = lines(self._own)

    @property
    def own(self) -> Store:
        """The quads of users alone."""
        return self._own

    def change(self, how: Callable[[Store], None]) -> None:
        """Change them by what does not look at anything else. Raises ProtectedError."""
        how(self._own)
        self._check()

    def change_by_all(self, how: Callable[[Store], None]) -> None:
        """Change them by what looks at all that the store holds; costs a pass over it. Raises ProtectedError."""
        self.settle()
        before = lines(self._whole)
        how(self._whole)
        after = lines(self._whole)
        if before - after - self._mirrored:
            raise ProtectedError("this would remove what documents say", todo="Change the documents, or review their claims.")
        for quad in quads_of(before - after):
            self._own.remove(quad)
        self._whole.extend(quads_of(self._facts(before - after)))  # a document says by now what a user wrote
        self._own.extend(quads_of(after - before))
        self._mirrored = lines(self._own)
        self._check()

    def refuse_removal(self, quads: Iterable[Quad]) -> None:
        """Raises ProtectedError where one of them is there, and no user's."""
        for quad in quads:
            if quad in self._whole and quad not in self._own:
                raise ProtectedError("this would remove what documents say", where=str(quad)[:200])

    def refuse_graph(self, graph: NamedNode) -> None:
        """Raises ProtectedError where a graph is no user's to change."""
        if graph.value.startswith(_RESERVED):
            raise ProtectedError("this graph is made by builds, and not to be written to", where=graph.value)

    def settle(self) -> Written:
        """Put into the whole what has changed; all changes since the beginning."""
        now = lines(self._own)
        there = {line for line, quad in _with_quads(now - self._mirrored) if quad in self._whole}
        for quad in quads_of(there):
            self._own.remove(quad)  # nothing to be kept of it: it is there anyway
        now -= there
        self._whole.extend(quads_of(now - self._mirrored))
        gone = self._mirrored - now
        for quad in quads_of(gone - set(self._facts(gone))):
            self._whole.remove(quad)
        self._mirrored = now
        kept = set(self._own.named_graphs())
        for graph in self._whole.named_graphs():
            if isinstance(graph, NamedNode) and not graph.value.startswith(_RESERVED) and graph not in kept:
                self._whole.remove_graph(graph)
        return Written(frozenset(now - self._before), frozenset(self._before - now))

    def _check(self) -> None:
        for graph in self._own.named_graphs():
            if isinstance(graph, NamedNode):
                self.refuse_graph(graph)


def lines(store: Store) -> set[str]:
    """The quads of a store, each as N-Quads without the dot."""
    text = (store.dump(format=RdfFormat.N_QUADS) or b"").decode()
    return {line.removesuffix(" .") for line in text.split("\n") if line}


def quads_of(written: Iterable[str]) -> Iterator[Quad]:
    """The quads again, with the names of their blank nodes."""
    return iter(parse("".join(f"{line} .\n" for line in written), RdfFormat.N_QUADS))


def _with_quads(written: Iterable[str]) -> Iterator[tuple[str, Quad]]:
    ordered = list(written)
    return zip(ordered, quads_of(ordered), strict=True)


def check_shapes(written: Written, whole: Store) -> None:
    """Check what is added in words of our vocabulary, together with what is told of all that it names.

    Raises ShapeError where it breaks a shape.
    """
    added = list(quads_of(written.added))
    focus = {quad.subject for quad in added if isinstance(quad.subject, NamedNode) and _is_ours(quad)}
    if not focus:
        return
    from graph.validation import validate  # noqa: PLC0415 - pySHACL loads rdflib

    around = Store()
    around.extend(added)
    for term in {*focus, *(quad.object for quad in added if isinstance(quad.object, NamedNode))}:
        around.extend(whole.quads_for_pattern(term, None, None, DefaultGraph()))
        around.extend(quad for quad in whole.quads_for_pattern(term, _RDF_TYPE, None))
    for finding in validate(around, focus={node.value for node in focus}).results:
        if finding.severity == VIOLATION:
            raise ShapeError("this breaks a shape of the vocabulary", where=finding.focus, todo=finding.line())


def _is_ours(quad: Quad) -> bool:
    told = quad.object if quad.predicate == _RDF_TYPE else quad.predicate
    return isinstance(told, NamedNode) and told.value.startswith(AKG)


def encode_write(number: int, when: datetime, by: str, graphs: Iterable[NamedNode]) -> Iterator[Triple]:
    """A write as a prov:Activity: who, when, and the graphs that it changed."""
    iri, agent = NamedNode(f"{AKGID}write/{number}"), NamedNode(f"{AKGID}user/{local_name(by)}")
    yield Triple(iri, _RDF_TYPE, _prov("Activity"))
    yield Triple(iri, _prov("endedAtTime"), literals.moment(when))
    yield Triple(iri, _prov("wasAssociatedWith"), agent)
    yield Triple(agent, _RDF_TYPE, _prov("Agent"))
    yield Triple(agent, NamedNode(PREFIXES["schema"] + "name"), literals.words(by))
    for graph in graphs:
        yield Triple(iri, _prov("generated"), graph)


def _prov(local: str) -> NamedNode:
    return NamedNode(PREFIXES["prov"] + local)
