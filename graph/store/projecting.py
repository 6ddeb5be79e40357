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

from extract.model import Claim, Entity
from graph.cycles import cycles, without
from graph.encoding import facts
from graph.findings import Finding
from graph.gate import gate
from graph.graphs import BUILDS, within
from graph.linking import Linking
from graph.making import links, quads, said_of
from graph.runs import Run, encode_run
from graph.store.deciding import Decisions
from graph.store.generation import Generation, as_text
from graph.store.ledger import Ledger

ENCODING = "1"  # to be raised when the same reading is encoded differently


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


def project(
    ledger: Ledger, into: Generation, stale: Stale, linking: Linking, *, removed: Collection[str], run: Run
) -> list[Finding]:
    """Bring the graph up to date with the ledger, and note in the ledger what the graph is made of.

    Returns what the gate left out beside claims, which it holds back.
    """
    projection = _Projection(ledger, into, linking, run)
    projection.remove(removed)
    projection.encode(stale.documents)
    if stale.everything:
        into.add_facts(ledger.facts())
    else:
        projection.settle_facts()
    dropped = ledger.dropped()
    into.describe([entity for entity in stale.entities if entity.key not in dropped], stale.gone | dropped)
    gone = ledger.entities() if stale.everything else stale.gone
    ledger.put_entities({entity.key: _digest(_told(entity)) for entity in stale.entities}, gone)
    into.add(within(BUILDS, encode_run(run)))
    return projection.left_out


class _Projection:
    """One bringing up to date: the facts that it touched are settled at its end."""

    def __init__(self, ledger: Ledger, into: Generation, linking: Linking, run: Run) -> None:
        self.ledger, self.into, self.linking, self.run = ledger, into, linking, run
        self.touched: set[str] = set()
        self.left_out: list[Finding] = []
        self.barred = cycles(ledger.supports())
        self.decisions = Decisions(ledger, linking)

    def remove(self, identifiers: Collection[str]) -> None:
        for identifier in identifiers:
            self.into.remove_document(identifier)
            self.touched |= self.ledger.facts_of(identifier)
            self.ledger.forget_encoded(identifier)

    def encode(self, documents: Mapping[str, str]) -> None:
        """Encode documents anew, then those with facts that close a circle now, or no longer do."""
        self._encode(documents)
        before, self.barred = self.barred, cycles(self.ledger.supports())
        differing = before.keys() ^ self.barred.keys()
        if concerned := {name for fact in differing for name in self.ledger.documents_with_link(fact)}:
            kept = self.ledger.documents()
            self.into.settle()
            self._encode({identifier: kept[identifier].encoded for identifier in sorted(concerned)})

    def _encode(self, documents: Mapping[str, str]) -> None:
        for identifier in documents:
            self.into.remove_document(identifier)
        extractions = map(self.ledger.reading, documents)
        for passed in gate(said_of(extractions, self.linking, self.run)):
            identifier = passed.said.identifier
            document = passed.said.extraction.document
            self.ledger.set_links(identifier, links(self.decisions.review(document, passed.said.claims).claims))
            standing = without(passed, self.barred)
            reviewed = self.decisions.review(document, standing.said.claims)
            self.into.add(quads(standing))
            self.into.add_decisions(reviewed.triples)
            made = {as_text(triple) for triple in facts(self._may_stand(reviewed.claims))}
            self.touched |= made ^ self.ledger.facts_of(identifier)
            self.ledger.set_facts(identifier, made)
            named = {self.linking.keys[identifier, entity.key] for entity in passed.said.extraction.entities}
            self.ledger.set_dropped(identifier, named - {entity.key for entity in passed.said.entities})
            counts = Counter(claim.factuality.value for claim in standing.said.claims)
            self.ledger.set_encoded(identifier, documents[identifier], counts, len(standing.held))
            self.left_out += passed.left_out

    def _may_stand(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """Those that close no circle: what a reviewer put in has not been through the gate."""
        return (c for c in claims if type(c.object) is not str or (c.subject, c.predicate, c.object) not in self.barred)

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
    decisions = Decisions(ledger, linking)
    told = {entity.key: _digest(_told(entity)) for entity in linking.entities} if decisions.by_document else {}
    for (identifier, local), key in linking.keys.items():
        parts[identifier] += (local, key, kinds[key])
        if identifier in decisions.by_document:  # by these the decisions find their claims
            parts[identifier].append(told[key])
    for identifier in decisions.by_document.keys() & parts.keys():
        parts[identifier] += decisions.made_of(identifier)
    return {identifier: _digest(told) for identifier, told in parts.items()}


def _told(entity: Entity) -> list[str | None]:
    on = entity.on
    names = [*entity.names, "", *entity.shared_names]
    return [entity.key, entity.kind, entity.label, entity.label_en, entity.forum, on.edtf if on else None, *names]


def _digest(parts: Sequence[str | None]) -> str:
    return sha256(json.dumps(parts).encode()).hexdigest()[:32]
