"""Decisions as RDF, and what they make of the claims of a document.

Source: docs/store.md, "The graphs". Decisions, the standing that they give to claims, and the claims that they put in the place of
others stand in a graph of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from extract.model import Claim, Document
from graph import literals
from graph.encoding import encode_claim
from graph.errors import GraphError
from graph.identity import claim_iri, document_iri, term_iri
from graph.reviewing.correcting import Names, corrected
from graph.reviewing.decisions import Decision
from graph.reviewing.matching import Lapse, match
from ontology.terms import PREFIXES, Verdict

_RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_ACTIVITY, _AT, _USED = (NamedNode(PREFIXES["prov"] + part) for part in ("Activity", "endedAtTime", "used"))
_WHY = NamedNode(PREFIXES["rdfs"] + "comment")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A document after review: what stands in the graph of decisions, the claims that may make facts, what applies no longer."""

    triples: tuple[Triple, ...]
    claims: tuple[Claim, ...]
    lapsed: tuple[tuple[Decision, Lapse], ...]


def review(document: Document, claims: Sequence[Claim], decisions: Iterable[Decision], names: Names) -> Reviewed:
    """Apply the decisions on a document, in the order in which they were made, to its linked claims.

    A decision that applies no longer is told too, with the IRI that its claim had.
    """
    matches = match(decisions, document, claims, names.entities)
    standing = matches.standing
    triples: list[Triple] = []
    lapsed = list(matches.lapsed)
    stays = {claim_iri(document.identifier, claim): claim for claim in claims if not _rejected(standing.get(claim))}
    there = {claim_iri(document.identifier, claim) for claim in claims}
    for decision, _ in matches.lapsed:
        triples += encode_decision(decision, NamedNode(decision.claim))
    for decision, claim in matches.applied:
        iri = claim_iri(document.identifier, claim)
        placed, holds = decision.corrected_to, standing[claim] is decision
        if decision.verdict is Verdict.CORRECTED and holds:
            try:
                other = corrected(claim, decision.correction, names)
            except GraphError:
                lapsed.append((decision, Lapse.CORRECTION))
            else:
                instead = claim_iri(document.identifier, other)
                placed = instead.value
                if instead not in there and instead not in stays:
                    triples += encode_claim(document, other, NamedNode(decision.iri))
                    triples.append(Triple(instead, term_iri("reviewStatus"), term_iri(Verdict.ACCEPTED)))
                    stays[instead] = other
        triples += encode_decision(decision, iri, placed)
        if holds:
            status = Verdict.REJECTED if decision.rejects else Verdict.ACCEPTED
            triples.append(Triple(iri, term_iri("reviewStatus"), term_iri(status)))
    return Reviewed(tuple(triples), tuple(stays.values()), tuple(lapsed))


def encode_decision(decision: Decision, claim: NamedNode, corrected_to: str = "") -> Iterator[Triple]:
    """The decision as a prov:Activity about a claim, for which the reviewer read its document."""
    iri = NamedNode(decision.iri)
    yield Triple(iri, _RDF_TYPE, term_iri("Decision"))
    yield Triple(iri, _RDF_TYPE, _ACTIVITY)
    yield Triple(iri, _USED, document_iri(decision.binding.document))
    yield Triple(iri, term_iri("decides"), claim)
    yield Triple(iri, term_iri("verdict"), term_iri(decision.verdict))
    yield Triple(iri, term_iri("reviewer"), literals.words(decision.who))
    yield Triple(iri, _AT, literals.moment(decision.when))
    if decision.why:
        yield Triple(iri, _WHY, literals.words(decision.why))
    if placed := corrected_to or decision.corrected_to:
        yield Triple(iri, term_iri("correctedTo"), NamedNode(placed))


def _rejected(decision: Decision | None) -> bool:
    return decision is not None and decision.rejects
