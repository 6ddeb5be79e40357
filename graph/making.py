"""Everything in memory: all that documents say, through the gate, each in the graph that `graphs` gives it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import Quad, Store

from extract.model import Claim, Extraction
from graph.cycles import Link, Support, cycles, without
from graph.describing import encode_entity
from graph.encoding import encode_extraction, facts, linked_claims
from graph.findings import Finding
from graph.gate import NO_CYCLE, Passed, gate
from graph.graphs import BUILDS, FACTS, HELD, within
from graph.held import encode_held
from graph.identity import document_iri
from graph.linking import Linking, link
from graph.runs import Run, encode_run
from graph.said import Said
from ontology.terms import SUPER_PROPERTY, Factuality

CHAINS = frozenset(NO_CYCLE) | {narrow for narrow, wide in SUPER_PROPERTY.items() if wide in NO_CYCLE}


@dataclass(frozen=True, slots=True)
class Made:
    """A graph in memory, and what is in it: documents, things, claims by standing, claims held back; `left_out` says what else is not."""

    store: Store
    documents: int
    entities: int
    claims: Mapping[str, int]
    held: int
    left_out: tuple[Finding, ...]


def make(extractions: Sequence[Extraction], *, run: Run, linking: Linking | None = None) -> Made:
    """The graph of all extractions. `linking` is found out where it is not given.

    Raises GraphError where an extraction contradicts itself or its document.
    """
    linked = link(extractions) if linking is None else linking
    passed = list(gate(said_of(extractions, linked, run)))
    barred = cycles(supports(chain.from_iterable(links(one.said.claims).items() for one in passed)))
    passed = [without(one, barred) for one in passed]
    described = {entity.key: entity for one in passed for entity in one.said.entities}
    store = Store()
    store.bulk_extend(
        chain(
            within(BUILDS, encode_run(run)),
            chain.from_iterable(within(FACTS, encode_entity(described[key])) for key in sorted(described)),
            chain.from_iterable(map(quads, passed)),
            chain.from_iterable(within(FACTS, facts(one.said.claims)) for one in passed),
        )
    )
    return Made(
        store,
        len(passed),
        len(described),
        Counter(claim.factuality.value for one in passed for claim in one.said.claims),
        sum(len(one.held) for one in passed),
        tuple(finding for one in passed for finding in one.left_out),
    )


def said_of(extractions: Iterable[Extraction], linking: Linking, run: Run) -> Iterator[Said]:
    """What each document says, linked, with the things that it mentions."""
    entities = {entity.key: entity for entity in linking.entities}
    for extraction in extractions:
        identifier = extraction.document.identifier
        keys = sorted({linking.keys[identifier, entity.key] for entity in extraction.entities})
        yield Said(extraction, linked_claims(extraction, linking), tuple(entities[key] for key in keys), run)


def quads(passed: Passed) -> Iterator[Quad]:
    """What a document says, and what of it is held back; the facts that it makes are another matter."""
    said, document = passed.said, passed.said.extraction.document
    mentioned = [entity.key for entity in said.entities]
    yield from within(document_iri(said.identifier), encode_extraction(said.extraction, said.claims, mentioned, run=said.run))
    yield from within(HELD, encode_held(passed.held, document, said.run))


def links(claims: Iterable[Claim]) -> dict[Link, float]:
    """The facts among the claims of a document that join into chains, with the confidence of the surest claim."""
    found: dict[Link, float] = {}
    for claim in claims:
        if claim.predicate in CHAINS and claim.factuality is Factuality.ACTUAL and type(claim.object) is str:
            fact = (claim.subject, claim.predicate, claim.object)
            found[fact] = max(claim.confidence, found.get(fact, 0))
    return found


def supports(found: Iterable[tuple[Link, float]]) -> dict[Link, Support]:
    """The support of each fact, one pair for each document that says it."""
    summed: dict[Link, Support] = {}
    for fact, confidence in found:
        before = summed.get(fact, Support(0, 0))
        summed[fact] = Support(before.documents + 1, max(confidence, before.confidence))
    return summed
