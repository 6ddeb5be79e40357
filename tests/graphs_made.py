"""Graphs of extractions made without the gate, for tests that are not about shapes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pyoxigraph import Store

from extract.model import Extraction
from graph.describing import encode_entity
from graph.encoding import encode_extraction, facts, linked_claims
from graph.graphs import BUILDS, FACTS, within
from graph.identity import claim_iri, document_iri
from graph.linking import link
from graph.runs import Run, encode_run


def ungated(extractions: Sequence[Extraction], run: Run, rejected: Collection[str] = ()) -> Store:
    """The graph of the extractions; claims whose IRIs are `rejected` make no fact."""
    linking, store = link(extractions), Store()
    store.extend(within(BUILDS, encode_run(run)))
    for entity in linking.entities:
        store.extend(within(FACTS, encode_entity(entity)))
    for extraction in extractions:
        identifier = extraction.document.identifier
        claims = linked_claims(extraction, linking)
        store.extend(within(document_iri(identifier), encode_extraction(extraction, claims, run=run)))
        store.extend(within(FACTS, facts(c for c in claims if claim_iri(identifier, c).value not in rejected)))
    return store
