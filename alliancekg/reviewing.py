"""A reviewer at a store: its claims, and decisions that are on disk as soon as they are made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode, Store

from alliancekg.reading import this_run
from extract.model import Claim, Extraction
from graph.encoding import linked_claims
from graph.errors import GraphError
from graph.identity import claim_iri, term_iri
from graph.reviewing.correcting import Names
from graph.reviewing.decisions import Decision
from graph.reviewing.encoding import review
from graph.reviewing.items import Choice, Item, Order, Ruling, chosen, items
from graph.reviewing.matching import Lapse
from graph.store.collection import Change, Collection, writing
from graph.store.layout import Layout
from graph.store.opening import OpenStore
from ontology.terms import PREFIXES

_RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")


class ReviewRoom:
    """The claims of a store and the decisions on them, in the hands of one reviewer.

    `record` and `take` raise GraphError where a ruling makes no decision, or the disk is full.
    """

    def __init__(self, store: Collection, graph: Store, reviewer: str) -> None:
        self._store, self._reviewer = store, reviewer
        self._standing = {quad.subject for quad in graph.quads_for_pattern(None, _RDF_TYPE, term_iri("Claim"), None)}
        self._linking = store.linking()
        self._names = Names(self._linking.entities)

    def items(self, choice: Choice = Choice(), order: Order = Order.TEXT) -> tuple[Item, ...]:  # noqa: B008 - it never changes
        """The claims that are wanted, with the decisions that hold for them."""
        decisions = self._store.decisions()
        wanted = (one for one in self._store.documents() if not choice.documents or one in choice.documents)
        return chosen(chain.from_iterable(self._items(one, decisions.get(one, ())) for one in wanted), choice, order)

    def record(self, ruling: Ruling) -> Decision:
        """Keep a ruling as a decision of the reviewer; it is on disk when this returns."""
        (decision,) = self.take([ruling])
        return decision

    def take(self, rulings: Sequence[Ruling]) -> tuple[Decision, ...]:
        """Keep all of the rulings or none."""
        now = datetime.now(UTC)
        decisions = tuple(ruling.decided(self._reviewer, now) for ruling in rulings)
        self._store.keep_decisions(decisions)
        return decisions

    def withdraw(self, decision: Decision) -> None:
        """Forget a decision, as if it had not been made."""
        self._store.withdraw_decision(decision)

    def lapsed(self) -> tuple[tuple[Decision, Lapse], ...]:
        """The decisions that do not apply any more, with the reason."""
        there = self._store.documents()
        found: list[tuple[Decision, Lapse]] = []
        for identifier, decisions in sorted(self._store.decisions().items()):
            if identifier in there:
                extraction, claims = self._read(identifier)
                found += review(extraction.document, claims, decisions, self._names).lapsed
            else:
                found += ((decision, Lapse.NO_DOCUMENT) for decision in decisions)
        return tuple(found)

    def _items(self, identifier: str, decisions: Sequence[Decision]) -> tuple[Item, ...]:
        extraction, claims = self._read(identifier)
        return items(extraction.document, claims, decisions, self._names)

    def _read(self, identifier: str) -> tuple[Extraction, list[Claim]]:
        """A document with the claims of it that came through the gate: what is held back is no claim."""
        extraction = self._store.reading(identifier)
        claims = linked_claims(extraction, self._linking)
        return extraction, [claim for claim in claims if claim_iri(identifier, claim) in self._standing]


@contextmanager
def reviewing(directory: Path, reviewer: str) -> Iterator[ReviewRoom]:
    """The room of a store, for one reviewer alone; the graph is brought up to date when the reviewer leaves, however that is.

    Raises GraphError where there is no store, or another process writes to it.
    """
    if not Layout(directory).exists:
        raise GraphError("there is no store", where=str(directory), todo="Make one with `alliancekg build --store`.")
    with writing(directory) as store:
        store.change(Change(), run=this_run())
        try:
            with OpenStore(directory) as opened_store:
                room = ReviewRoom(store, opened_store.graph, reviewer)
            yield room
        finally:
            store.change(Change(), run=this_run())
