"""From the ledger to the graph: what has to change there, and nothing else.

What a document's graph is made of (its reading, how its names are linked, the classes of what it names, the decisions on
it) has a digest. Documents whose digest changed are encoded anew; entities whose description changed are described anew; a fact comes
or goes with the first or last document whose claims make it. The outcome is that of encoding everything.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
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
from graph.store.ledger import Kept, Ledger

ENCODING = "1"  # to be raised when the same reading is encoded differently


class Target:
    """What the graph is to be: how the ledger's documents are linked, what was decided about them, and a digest of all of it."""

    def __init__(self, ledger: Ledger, linking: Linking) -> None:
        self.linking = linking
        self.decisions = Decisions(ledger, linking)
        self.entities = {entity.key: _digest(_told(entity)) for entity in linking.entities}
        self.documents = self._made_of(ledger.documents())

    def _made_of(self, kept: Mapping[str, Kept]) -> dict[str, str]:
        """For each document a digest of all that its graph is made of."""
        kinds = {entity.key: entity.kind.value for entity in self.linking.entities}
        parts: dict[str, list[str]] = {identifier: [ENCODING, one.reading] for identifier, one in kept.items()}
        decided = self.decisions.by_document.keys()
        for (identifier, local), key in self.linking.keys.items():
            parts[identifier] += (local, key, kinds[key])
            if identifier in decided:  # by these the decisions find their claims
                parts[identifier].append(self.entities[key])
        for identifier in decided & parts.keys():
            parts[identifier] += self.decisions.made_of(identifier)
        return {identifier: _digest(told) for identifier, told in parts.items()}


@dataclass(frozen=True, slots=True)
class Stale:
    """What of the graph is no longer true: documents, with the digest to be; entities; keys of those that are gone."""

    documents: Mapping[str, str]
    entities: Sequence[Entity]
    gone: AbstractSet[str]
    everything: bool = False  # the graph is to be made afresh


def find_stale(ledger: Ledger, target: Target) -> Stale:
    """Compare what the graph is to be with what the present one was made of, which the ledger notes."""
    kept, known = ledger.documents(), ledger.entities()
    return Stale(
        documents={identifier: to_be for identifier, to_be in target.documents.items() if kept[identifier].encoded != to_be},
        entities=[entity for entity in target.linking.entities if known.get(entity.key) != target.entities[entity.key]],
        gone=known.keys() - target.entities.keys(),
    )


def everything(ledger: Ledger, target: Target) -> Stale:
    """All is stale: there is no present graph, or not one worth changing."""
    gone = ledger.entities().keys() - target.entities.keys()
    return Stale(target.documents, target.linking.entities, gone, everything=True)


def project(
    ledger: Ledger, into: Generation, stale: Stale, target: Target, *, removed: Collection[str], run: Run
) -> list[Finding]:
    """Bring the graph up to date with the ledger, and note in the ledger what the graph is made of.

    Returns what the gate left out beside claims, which it holds back.
    """
    projection = _Projection(ledger, into, target, run)
    projection.remove(removed)
    projection.encode(stale.documents)
    if stale.everything:
        into.add_facts(ledger.facts())
    else:
        projection.settle_facts()
    dropped = ledger.dropped()
    into.describe([entity for entity in stale.entities if entity.key not in dropped], stale.gone | dropped)
    ledger.put_entities({entity.key: target.entities[entity.key] for entity in stale.entities}, stale.gone)
    into.add(within(BUILDS, encode_run(run)))
    return projection.left_out


class _Projection:
    """One bringing up to date: the facts that it touched are settled at its end."""

    def __init__(self, ledger: Ledger, into: Generation, target: Target, run: Run) -> None:
        self.ledger, self.into, self.target, self.run = ledger, into, target, run
        self.touched: set[str] = set()
        self.left_out: list[Finding] = []
        self.barred = cycles(ledger.supports())

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
        linking, decisions = self.target.linking, self.target.decisions
        for identifier in documents:
            self.into.remove_document(identifier)
        extractions = map(self.ledger.reading, documents)
        for passed in gate(said_of(extractions, linking, self.run)):
            identifier = passed.said.identifier
            document = passed.said.extraction.document
            self.ledger.set_links(identifier, links(decisions.review(document, passed.said.claims).claims))
            standing = without(passed, self.barred)
            reviewed = decisions.review(document, standing.said.claims)
            self.into.add(quads(standing))
            self.into.add_decisions(reviewed.triples)
            made = {as_text(triple) for triple in facts(self._may_stand(reviewed.claims))}
            self.touched |= made ^ self.ledger.facts_of(identifier)
            self.ledger.set_facts(identifier, made)
            named = {linking.keys[identifier, entity.key] for entity in passed.said.extraction.entities}
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


def _told(entity: Entity) -> list[str | None]:
    on = entity.on
    names = [*entity.names, "", *entity.shared_names]
    return [entity.key, entity.kind, entity.label, entity.label_en, entity.forum, on.edtf if on else None, *names]


def _digest(parts: Sequence[str | None]) -> str:
    return sha256(json.dumps(parts).encode()).hexdigest()[:32]
