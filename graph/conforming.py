"""Whether what one document says keeps to the shapes beyond doubt, at a tenth of what a full check by pySHACL costs.

The shapes are read from their files and checked over plain dictionaries. The answer is "surely" or "perhaps not": whatever
seems wrong here, or is of a kind that is not understood here, is for pySHACL to judge, which alone makes findings.

Source: SHACL (W3C 2017), sections 2 to 5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TypeAlias

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, Triple, Variable

from graph.constraints import OF_LITERAL, OF_TERM, Check, Constraint, any_of, each, within, without
from graph.triples_index import SH, TYPE, Index, Nodes, Term, UnknownError, about, members, to_path
from ontology.files import shapes as shipped
from ontology.terms import PREFIXES

Targets: TypeAlias = Callable[[Index], Iterable[Term]]

_SUBCLASS = NamedNode(PREFIXES["rdfs"] + "subClassOf")
_SAID_ELSEWHERE = {"path", "message", "targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "prefixes"}


def surely(triples: Iterable[Triple]) -> bool:
    """Whether these triples, as a graph of their own, keep to all shapes of the vocabulary; False where that is not certain."""
    try:
        rules = _rules()
    except UnknownError:
        return False
    index = Index(triples)
    if _SUBCLASS in index:
        return False  # what is of a class could then follow from another
    return all(check(index, focus) for targets, check in rules.shapes for focus in targets(index)) and rules.select_nothing(
        index
    )


class _Rules:
    """The shapes as functions, and the queries of those that are written in SPARQL."""

    def __init__(self, graph: Store) -> None:
        self.graph = graph
        self.shapes: list[tuple[Targets, Check]] = []
        self.queries: list[tuple[NamedNode, str]] = []
        kinds = (NamedNode(SH + "NodeShape"), NamedNode(SH + "PropertyShape"))
        prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
        for kind in kinds:
            for quad in graph.quads_for_pattern(None, TYPE, kind):
                shape = quad.subject
                if query := self._query(shape):
                    self.queries += [(node, prefixes + query) for node in self._target_nodes(shape)]
                else:
                    self.shapes += [(targets, self.check(shape)) for targets in self._targets(shape)]

    def select_nothing(self, index: Index) -> bool:
        """Whether no query of a shape finds anything."""
        store = Store()
        store.bulk_extend(Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in index.triples)
        found: Iterable[object] = (store.query(query, substitutions={Variable("this"): node}) for node, query in self.queries)
        return not any(isinstance(solutions, QuerySolutions) and any(True for _ in solutions) for solutions in found)

    def check(self, shape: Term) -> Check:
        """A shape as a function of a focus node."""
        told = self._told(shape)
        values = to_path(self.graph, told["path"][0]) if "path" in told else None
        parts = [part for name, given in told.items() if name not in _SAID_ELSEWHERE for part in self._parts(name, given)]

        def holds(index: Index, focus: Term) -> bool:
            reached = {focus} if values is None else values(index, focus)
            return all(part(index, focus, reached) for part in parts)

        return holds

    def _parts(self, name: str, given: Sequence[Term]) -> Iterable[Constraint]:
        """What one parameter of a shape asks of the values, once for each value that the parameter has."""
        if name in OF_LITERAL:
            return [OF_LITERAL[name](one.value) for one in given if isinstance(one, Literal)]
        if name in OF_TERM:
            return [OF_TERM[name](one) for one in given]
        if name in {"property", "node"}:
            return [each(self.check(one)) for one in given]
        if name == "in":
            return [within(frozenset(members(self.graph, one))) for one in given]
        if name == "or":
            return [each(any_of([self.check(way) for way in members(self.graph, one)])) for one in given]
        if name == "not":
            return [without(self._exactly_in(one)) for one in given]
        raise UnknownError(name)

    def _exactly_in(self, shape: Term) -> Nodes:
        """The members of a shape that is a list of terms and no more: that no value is one of them can be told for sure."""
        told = self._told(shape)
        if told.keys() != {"in"}:
            raise UnknownError("not")
        return set(members(self.graph, told["in"][0]))

    def _told(self, shape: Term) -> dict[str, list[Term]]:
        told: dict[str, list[Term]] = {}
        for quad in about(self.graph, shape):
            if quad.predicate == TYPE:
                continue
            name = quad.predicate.value
            told.setdefault(name.removeprefix(SH) if name.startswith(SH) else name, []).append(quad.object)
        return told

    def _targets(self, shape: Term) -> Iterable[Targets]:
        told = self._told(shape)
        nodes = self._target_nodes(shape)
        yield lambda _index: nodes
        for one in told.get("targetClass", ()):
            yield lambda index, one=one: index.subjects(TYPE, one)  # type: ignore[misc]
        for at, name in enumerate(("targetSubjectsOf", "targetObjectsOf")):
            for one in told.get(name, ()):
                yield lambda index, one=one, at=at: index.ends(one)[at]  # type: ignore[misc]

    def _target_nodes(self, shape: Term) -> list[NamedNode]:
        return [node for node in self._told(shape).get("targetNode", ()) if isinstance(node, NamedNode)]

    def _query(self, shape: Term) -> str | None:
        told = self._told(shape)
        if "sparql" not in told:
            return None
        select = self._told(told["sparql"][0]).get("select", ())
        if told.keys() - _SAID_ELSEWHERE != {"sparql"} or len(told["sparql"]) != 1 or len(select) != 1:
            raise UnknownError("sparql")
        if told.keys() & {"path", "targetClass", "targetSubjectsOf", "targetObjectsOf"}:
            raise UnknownError("sparql")
        return str(select[0].value)  # type: ignore[union-attr]


@cache
def _rules() -> _Rules:
    """The shapes of the vocabulary, read once. Raises UnknownError where they say what is not understood here."""
    graph = Store()
    for path in shipped():
        graph.bulk_load(path=str(path), format=RdfFormat.TURTLE)
    return _Rules(graph)
