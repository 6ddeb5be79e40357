"""A few thousand triples in dictionaries, walked along SHACL's property paths without an RDF library in between.

Source: SHACL (W3C 2017), section 2.3.1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from ontology.terms import PREFIXES

SH = PREFIXES["sh"]
RDF = PREFIXES["rdf"]
TYPE = NamedNode(RDF + "type")
Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Nodes: TypeAlias = set[Term]


class Index:
    """Triples by subject and property, and by property and object."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._out: dict[Term, dict[NamedNode, Nodes]] = {}
        self._into: dict[NamedNode, dict[Term, Nodes]] = {}
        self.triples = list(triples)
        for triple in self.triples:
            subject, predicate, told = triple
            self._out.setdefault(subject, {}).setdefault(predicate, set()).add(told)
            self._into.setdefault(predicate, {}).setdefault(told, set()).add(subject)

    def objects(self, subject: Term, predicate: NamedNode) -> Nodes:
        return self._out.get(subject, {}).get(predicate, set())

    def subjects(self, predicate: NamedNode, told: Term) -> Nodes:
        return self._into.get(predicate, {}).get(told, set())

    def ends(self, predicate: NamedNode) -> tuple[Nodes, Nodes]:
        """All subjects and all objects of a property."""
        into = self._into.get(predicate, {})
        return set().union(*into.values()), set(into)

    def __contains__(self, predicate: object) -> bool:
        return predicate in self._into


Path: TypeAlias = Callable[[Index, Term], Nodes]


class UnknownError(Exception):
    """A shape says what is not understood here."""


def to_path(shapes: Store, node: Term) -> Path:
    """What leads from a node to the values of a path. Raises UnknownError for a path of another kind."""
    if isinstance(node, NamedNode):
        return lambda index, focus: index.objects(focus, node)
    told = {quad.predicate.value: quad.object for quad in about(shapes, node)}
    if RDF + "first" in told:
        return _sequence([to_path(shapes, step) for step in members(shapes, node)])
    kind, inner = next(iter(told.items()), ("", node))
    if kind == SH + "inversePath" and isinstance(inner, NamedNode):
        return lambda index, focus: index.subjects(inner, focus)
    if kind == SH + "alternativePath":
        ways = [to_path(shapes, way) for way in members(shapes, inner)]
        return lambda index, focus: set().union(*(way(index, focus) for way in ways))
    if kind == SH + "zeroOrOnePath":
        step = to_path(shapes, inner)
        return lambda index, focus: {focus, *step(index, focus)}
    if kind == SH + "oneOrMorePath":
        return _closure(to_path(shapes, inner))
    raise UnknownError(kind)


def about(shapes: Store, node: Term) -> Iterable[Quad]:
    """What a graph of shapes says of a node."""
    if not isinstance(node, NamedNode | BlankNode):
        raise UnknownError(str(node))
    return shapes.quads_for_pattern(node, None, None)


def members(shapes: Store, head: Term) -> Sequence[Term]:
    """The members of an RDF list."""
    found: list[Term] = []
    while head != NamedNode(RDF + "nil"):
        told = {quad.predicate.value: quad.object for quad in about(shapes, head)}
        if told.keys() != {RDF + "first", RDF + "rest"}:
            raise UnknownError("a list that is none")
        found.append(told[RDF + "first"])
        head = told[RDF + "rest"]
    return found


def _sequence(steps: Sequence[Path]) -> Path:
    def walk(index: Index, focus: Term) -> Nodes:
        reached: Nodes = {focus}
        for step in steps:
            reached = set().union(*(step(index, node) for node in reached))
        return reached

    return walk


def _closure(step: Path) -> Path:
    def walk(index: Index, focus: Term) -> Nodes:
        reached: Nodes = set()
        new = step(index, focus)
        while new:
            reached |= new
            new = set().union(*(step(index, node) for node in new)) - reached
        return reached

    return walk
