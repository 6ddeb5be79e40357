"""What is held back, as triples that no query takes for what is said.

Its parts have words of their own (`akg:heldSubject` …); its evidence is described beside it, so that the graph of what is
held back can be read by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from extract.model import Claim, Document
from graph.encoding import encode_evidence, encode_standing, encode_value
from graph.findings import Finding, expanded
from graph.identity import entity_iri, held_iri, term_iri
from graph.runs import Run
from ontology.terms import PREFIXES

_RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_GENERATED = NamedNode(PREFIXES["prov"] + "wasGeneratedBy")
_HELD_BACK, _REASON, _SHAPE = (term_iri(name) for name in ("HeldBack", "reason", "shape"))
_SUBJECT, _PREDICATE, _OBJECT = (term_iri(name) for name in ("heldSubject", "heldPredicate", "heldObject"))


@dataclass(frozen=True, slots=True)
class Held:
    """A claim, linked, that breaks shapes: what `document` (its identifier) seems to say, and what was found."""

    document: str
    claim: Claim
    findings: tuple[Finding, ...]


def encode_held(held: Iterable[Held], document: Document, run: Run) -> Iterator[Triple]:
    """The claims of one document that are held back, each with its reasons in both languages and its words."""
    for one in held:
        yield from _encode(one, document, run)


def _encode(held: Held, document: Document, run: Run) -> Iterator[Triple]:
    claim = held.claim
    iri = held_iri(document.identifier, claim)
    yield Triple(iri, _RDF_TYPE, _HELD_BACK)
    yield Triple(iri, _SUBJECT, entity_iri(claim.subject))
    yield Triple(iri, _PREDICATE, term_iri(claim.predicate))
    yield Triple(iri, _OBJECT, encode_value(claim))
    yield from encode_standing(iri, claim)
    yield Triple(iri, _GENERATED, run.iri)
    for finding in held.findings:
        yield Triple(iri, _SHAPE, NamedNode(expanded(finding.shape)))
        for reason, language in ((finding.message_en, "en"), (finding.message_ja, "ja")):
            if reason:
                yield Triple(iri, _REASON, Literal(reason, language=language))
    yield from encode_evidence(iri, document, claim)
