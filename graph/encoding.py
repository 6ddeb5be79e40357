"""Claims to triples.

The working form is pyoxigraph's: triples that a `Store` takes in by the hundred thousand a second, in
memory or on disk, that its serialisers escape, and over which oxrdflib gives rdflib's API. What only one document says
(`encode_extraction`), what the entities are (`encode_entity`) and what stands as fact (`facts`) are
separate, as they stand in separate graphs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, Triple

from extract.model import Claim, Date, Document, Extraction, Span, Unresolved
from graph import literals
from graph.describing import encode_document
from graph.errors import GraphError
from graph.identity import claim_iri, document_iri, entity_iri, evidence_iri, identity, term_iri, unresolved_iri
from graph.linking import Linking
from graph.runs import Run
from ontology.terms import PREFIXES, SIGNATURES, SUPER_PROPERTY, Factuality, Level

_RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_STATEMENT = NamedNode(PREFIXES["rdf"] + "Statement")
_SUBJECT, _PREDICATE, _OBJECT = (NamedNode(PREFIXES["rdf"] + part) for part in ("subject", "predicate", "object"))
_DERIVED, _GENERATED, _ATTRIBUTED = (
    NamedNode(PREFIXES["prov"] + how) for how in ("wasDerivedFrom", "wasGeneratedBy", "wasAttributedTo")
)
_CLAIM, _EVIDENCE, _UNRESOLVED = term_iri("Claim"), term_iri("Evidence"), term_iri("Unresolved")
_FACTUALITY, _CONFIDENCE, _RULE = term_iri("factuality"), term_iri("confidence"), term_iri("rule")
_FROM, _UNTIL = term_iri("validFrom"), term_iri("validUntil")
_EARLIEST, _LATEST = term_iri("earliest"), term_iri("latest")
_IN, _QUOTE, _START, _END, _REASON = (term_iri(part) for part in ("inDocument", "quote", "start", "end", "reason"))
_PAGE, _LAST_PAGE, _SECTION, _PARAGRAPH, _ROLE = (
    term_iri(part) for part in ("pageStart", "pageEnd", "section", "paragraph", "textRole")
)
_ABOVE = " › "  # between the headings of a section, the outermost first


def linked_claims(extraction: Extraction, linking: Linking) -> tuple[Claim, ...]:
    """The claims of one document with linked keys, each fact of one standing once, in the order of the text.

    What is said several times is one claim with the evidence of each and the rule and confidence of the
    surest; beside a claim of a narrower property (renamedFrom) stands the claim of the wider one (replaces).
    """
    identifier = extraction.document.identifier
    said: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in extraction.claims:
        narrow = linking.claim(identifier, claim)
        said[identity(narrow)].append(narrow)
        if (wider := SUPER_PROPERTY.get(narrow.predicate)) is not None:
            wide = replace(narrow, predicate=wider)
            said[identity(wide)].append(wide)
    return tuple(sorted(map(_merged, said.values()), key=lambda claim: claim.evidence))


def facts(claims: Iterable[Claim]) -> Iterator[Triple]:
    """The bare triples of claims that are said as done; of a symmetric property in both directions."""
    for claim in claims:
        if claim.factuality is Factuality.ACTUAL:
            subject, predicate, told = entity_iri(claim.subject), term_iri(claim.predicate), encode_value(claim)
            yield Triple(subject, predicate, told)
            if SIGNATURES[claim.predicate].symmetric and isinstance(told, NamedNode):
                yield Triple(told, predicate, subject)


def encode_extraction(
    extraction: Extraction, claims: Collection[Claim], mentioned: Iterable[str] = (), *, run: Run
) -> Iterator[Triple]:
    """What one document alone says: itself, what it mentions (linked keys), its claims (linked ones), what it leaves open.

    Raises GraphError where a claim has no evidence, or evidence lies outside the text.
    """
    document = extraction.document
    yield from encode_document(document, mentioned)
    for claim in claims:
        yield from encode_claim(document, claim, run.iri)
    for item in extraction.unresolved:
        yield from _encode_unresolved(document, item, run.iri)
    yield from _located(extraction, claims)


def _merged(claims: Sequence[Claim]) -> Claim:
    surest = min(claims, key=lambda claim: (-claim.confidence, claim.evidence, claim.rule))
    return replace(surest, evidence=tuple(sorted({span for claim in claims for span in claim.evidence})))


def encode_claim(document: Document, claim: Claim, run: NamedNode) -> Iterator[Triple]:
    """The claim (a linked one) with its evidence; `run` is the activity that made it."""
    iri = claim_iri(document.identifier, claim)
    yield Triple(iri, _RDF_TYPE, _CLAIM)
    yield Triple(iri, _RDF_TYPE, _STATEMENT)
    yield Triple(iri, _SUBJECT, entity_iri(claim.subject))
    yield Triple(iri, _PREDICATE, term_iri(claim.predicate))
    yield Triple(iri, _OBJECT, encode_value(claim))
    yield Triple(iri, _GENERATED, run)
    yield from encode_standing(iri, claim)
    yield from encode_evidence(iri, document, claim)


def encode_standing(iri: NamedNode, claim: Claim) -> Iterator[Triple]:
    """How a claim is said: as done or planned, by whom, how surely, for which time."""
    yield Triple(iri, _FACTUALITY, term_iri(claim.factuality))
    yield Triple(iri, _CONFIDENCE, literals.confidence(claim.confidence))
    yield Triple(iri, _RULE, Literal(claim.rule))
    if claim.attributed_to:
        yield Triple(iri, _ATTRIBUTED, entity_iri(claim.attributed_to))
    if claim.valid_from:
        yield Triple(iri, _FROM, literals.dated(claim.valid_from))
    if claim.valid_until:
        yield Triple(iri, _UNTIL, literals.dated(claim.valid_until))
    if isinstance(claim.object, Date):
        if claim.object.earliest:
            yield Triple(iri, _EARLIEST, literals.day(claim.object.earliest))
        if claim.object.latest:
            yield Triple(iri, _LATEST, literals.day(claim.object.latest))


def encode_evidence(iri: NamedNode, document: Document, claim: Claim) -> Iterator[Triple]:
    """The words that say it. Raises GraphError where a claim has none."""
    if not claim.evidence:
        raise GraphError("a claim has no evidence", where=f"{document.identifier}, rule {claim.rule}")
    for span in claim.evidence:
        evidence = evidence_iri(document.identifier, span)
        yield Triple(iri, _DERIVED, evidence)
        yield Triple(evidence, _RDF_TYPE, _EVIDENCE)
        yield from _quoted(evidence, document, span)


def _encode_unresolved(document: Document, item: Unresolved, run: NamedNode) -> Iterator[Triple]:
    iri = unresolved_iri(document.identifier, item.span, item.reason)
    yield Triple(iri, _RDF_TYPE, _UNRESOLVED)
    yield Triple(iri, _REASON, literals.words(item.reason))
    yield Triple(iri, _GENERATED, run)
    yield from _quoted(iri, document, item.span)


def _quoted(iri: NamedNode, document: Document, span: Span) -> Iterator[Triple]:
    """Where in the document, and the exact characters there."""
    if not 0 <= span.start < span.end <= len(document.text):
        raise GraphError(f"nothing stands at {span.start}–{span.end} of the text", where=document.identifier)
    yield Triple(iri, _IN, document_iri(document.identifier))
    yield Triple(iri, _QUOTE, literals.words(span.of(document.text)))
    yield Triple(iri, _START, literals.number(span.start))
    yield Triple(iri, _END, literals.number(span.end))


def _located(extraction: Extraction, claims: Iterable[Claim]) -> Iterator[Triple]:
    """Where the evidence of the claims, and what is unresolved, is found: its page, section, paragraph and role."""
    identifier = extraction.document.identifier
    at: dict[Span, list[NamedNode]] = defaultdict(list)
    for span in {span for claim in claims for span in claim.evidence}:
        at[span].append(evidence_iri(identifier, span))
    for item in extraction.unresolved:
        at[item.span].append(unresolved_iri(identifier, item.span, item.reason))
    for locator in extraction.locators:
        for iri in at.get(locator.span, ()):
            yield Triple(iri, _PARAGRAPH, literals.number(locator.paragraph))
            yield Triple(iri, _ROLE, Literal(locator.role.value))
            if locator.section:
                yield Triple(iri, _SECTION, literals.words(_ABOVE.join(locator.section)))
            if locator.page is not None and locator.last_page is not None:
                yield Triple(iri, _PAGE, literals.number(locator.page))
                yield Triple(iri, _LAST_PAGE, literals.number(locator.last_page))


def encode_value(claim: Claim) -> NamedNode | Literal:
    """The object of a claim: a thing, a level or a date."""
    match claim.object:
        case Date():
            return literals.dated(claim.object)
        case Level():
            return term_iri(claim.object)
        case _:
            return entity_iri(claim.object)
