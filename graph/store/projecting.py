"""From the ledger to the graph: what has to change there, and nothing else.

What a document's graph is made of (its reading, how its names are linked, the classes of what it names, the decisions on
it) has a digest. Documents whose digest changed are encoded anew; entities whose description changed are described anew; a fact comes
or goes with the first or last document whose claims make it. The outcome is that of encoding everything.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

from extract.model import Claim, Entity
from graph.encoding import encode_extraction, facts, linked_claims
from graph.graphs import BUILDS, within
from graph.identity import document_iri
from graph.linking import Linking
from graph.runs import Run, encode_run
from graph.store.generation import Generation, as_text
from graph.store.ledger import Ledger

ENCODING = "1"  # to be raised when the same reading is encoded differently
_AT_ONCE = 50  # documents that are validated and encoded together
_BROKEN = "broken"  # in the manifest: links that close a chain, and so are no facts


@dataclass(frozen=True, slots=True)
class Stale:
    """What of the graph is no longer true: documents, with the digest to be; entities; keys of those that are gone."""

    documents: Mapping[str, str]
    entities: Sequence[Entity]
    gone: frozenset[str]
    everything: bool = False  # the graph is to be made afresh


def find_stale(ledger: Ledger, linking: Linking, *, afresh: bool = False) -> Stale:
    """Compare what the ledger holds with what the present graph was made of; `afresh` takes it as made of nothing."""
    digests = {entity.key: _digest(_told(entity)) for entity in linking.entities}
    made_of = _made_of(ledger, linking)
    if afresh:
        return Stale(made_of, linking.entities, frozenset(), everything=True)
    kept = ledger.documents()
    known = ledger.entities()
    return Stale(
        documents={identifier: digest for identifier, digest in made_of.items() if kept[identifier].encoded != digest},
        entities=[entity for entity in linking.entities if known.get(entity.key) != digests[entity.key]],
        gone=frozenset(known) - frozenset(digests),
    )


def project(ledger: Ledger, into: Generation, stale: Stale, linking: Linking, *, removed: Collection[str], run: Run) -> None:
    """Bring the graph up to date with the ledger, and note in the ledger what the graph is made of."""
    projection = _Projection(ledger, into, linking, run)
    for identifier in removed:
        projection.remove(identifier)
    projection.encode(stale.documents)
    projection.mend_chains()
    if stale.everything:
        into.add_facts(ledger.facts())
    else:
        projection.settle_facts()
    into.describe(stale.entities, stale.gone)
    gone = ledger.entities() if stale.everything else stale.gone
    ledger.put_entities({entity.key: _digest(_told(entity)) for entity in stale.entities}, gone)
    into.add(within(BUILDS, encode_run(run)))


class _Projection:
    """One bringing up to date: the facts that it touched are settled at its end."""

    def __init__(self, ledger: Ledger, into: Generation, linking: Linking, run: Run) -> None:
        self.ledger, self.into, self.linking, self.run = ledger, into, linking, run
        self.touched: set[str] = set()
        self.broken: frozenset[str] = frozenset(json.loads(ledger.noted(_BROKEN) or "[]"))

    def remove(self, identifier: str) -> None:
        self.into.remove_document(identifier)
        self.touched |= self.ledger.facts_of(identifier)
        self.ledger.set_facts(identifier, ())
        self.ledger.set_links(identifier, {})

    def encode(self, documents: Mapping[str, str]) -> None:
        self.into.settle()
        for identifier in documents:
            self.into.remove_document(identifier)
        for some in _batches(documents):
            for identifier in some:
                self._encode(identifier, documents[identifier])

    def _encode(self, identifier: str, digest: str) -> None:
        extraction = self.ledger.reading(identifier)
        claims = linked_claims(extraction, self.linking)
        triples = encode_extraction(extraction, claims, linking=self.linking, run=self.run)
        self.into.add(within(document_iri(identifier), triples))
        self._stand(identifier, claims)
        self.ledger.set_encoded(identifier, digest, Counter(claim.factuality.value for claim in claims), 0)

    def _stand(self, identifier: str, claims: Iterable[Claim]) -> None:
        """Note the facts of a document."""
        made = {as_text(triple) for triple in facts(claims)} - self.broken
        self.touched |= made ^ self.ledger.facts_of(identifier)
        self.ledger.set_facts(identifier, made)

    def mend_chains(self) -> None:
        """Take out of the facts what closes a chain over several documents, and put back what no longer does."""

    def settle_facts(self) -> None:
        """A fact stands while any document's claims make it."""
        standing = self.ledger.facts_among(self.touched)
        self.into.remove_facts(self.touched - standing)
        self.into.add_facts(standing)


def _made_of(ledger: Ledger, linking: Linking) -> dict[str, str]:
    """For each document a digest of all that its graph is made of."""
    kinds = {entity.key: entity.kind.value for entity in linking.entities}
    kept = ledger.documents()
    parts: dict[str, list[str]] = {identifier: [ENCODING, one.reading] for identifier, one in kept.items()}
    for (identifier, local), key in linking.keys.items():
        parts[identifier] += (local, key, kinds[key])
    return {identifier: _digest(told) for identifier, told in parts.items()}


def _told(entity: Entity) -> list[str | None]:
    on = entity.on
    names = [*entity.names, "", *entity.shared_names]
    return [entity.key, entity.kind, entity.label, entity.label_en, entity.forum, on.edtf if on else None, *names]


def _digest(parts: Sequence[str | None]) -> str:
    return sha256(json.dumps(parts).encode()).hexdigest()[:32]


def _batches(identifiers: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(identifiers)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
