"""What the store says of single things, for exports that go from one thing to the next."""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from ontology.terms import PREFIXES

Term = NamedNode | BlankNode | Literal | Triple

_WHOLE_TEXT = NamedNode(PREFIXES["schema"] + "text")
_REMEMBERED = 20_000  # things; runs, documents and entities are asked for again and again


class Lookup:
    """The statements about things in all graphs of a store, the whole text of a document apart."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.about = lru_cache(maxsize=_REMEMBERED)(self._about)

    def _about(self, thing: Term) -> tuple[Triple, ...]:
        if not isinstance(thing, NamedNode | BlankNode):
            return ()
        told = {quad.triple for quad in self._store.quads_for_pattern(thing, None, None, None)}
        return tuple(triple for triple in told if triple.predicate != _WHOLE_TEXT)

    def values(self, thing: Term, predicate: NamedNode) -> list[Term]:
        """What the property of the thing holds, in no order."""
        return [triple.object for triple in self.about(thing) if triple.predicate == predicate]

    def with_value(self, predicate: NamedNode, value: Term) -> set[Term]:
        """The things whose property holds the value."""
        return {quad.subject for quad in self._store.quads_for_pattern(None, predicate, value, None)}
