"""What one document says, linked, and what of it a finding is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import Literal, NamedNode, Triple

from extract.model import Claim, Entity, Extraction, Unresolved
from graph.describing import encode_entity
from graph.encoding import encode_extraction, encode_value, facts
from graph.findings import Finding, shortened
from graph.identity import claim_iri, document_iri, entity_iri, evidence_iri, unresolved_iri
from graph.runs import Run, encode_run


@dataclass(frozen=True, slots=True)
class Said:
    """One document's extraction, its `claims` (`encoding.linked_claims`) and all that it mentions, both with linked keys."""

    extraction: Extraction
    claims: tuple[Claim, ...]
    entities: tuple[Entity, ...]
    run: Run

    @property
    def identifier(self) -> str:
        return self.extraction.document.identifier

    def __len__(self) -> int:
        """About how many triples it makes."""
        return 25 + 15 * len(self.claims) + 5 * len(self.entities) + 8 * len(self.extraction.unresolved)

    def triples(self) -> Iterator[Triple]:
        """All that stands in the graph because of the document, apart from what it mentions, which has no shape."""
        return chain(
            encode_run(self.run),
            chain.from_iterable(map(encode_entity, self.entities)),
            encode_extraction(self.extraction, self.claims, run=self.run),
            facts(self.claims),
        )


def claims_at_fault(said: Said, finding: Finding) -> list[Claim]:
    """The claims that a finding is about exactly: its focus is the claim, its evidence, or its property with a value of it."""
    return [
        claim for claim in said.claims if finding.focus in _nodes(said.identifier, claim) or _is_used_so(said, claim, finding)
    ]


def claims_naming(said: Said, finding: Finding) -> list[Claim]:
    """The claims with the thing that a finding is about: its focus, or its value where a property is the focus."""
    keys = {entity.key for entity in entities_at_fault(said, finding)}
    return [claim for claim in said.claims if not keys.isdisjoint((claim.subject, claim.object, claim.attributed_to))]


def entities_at_fault(said: Said, finding: Finding) -> list[Entity]:
    return [e for e in said.entities if shortened(entity_iri(e.key).value) in (finding.focus, finding.value)]


def unresolved_at_fault(said: Said, finding: Finding) -> list[Unresolved]:
    return [
        item
        for item in said.extraction.unresolved
        if shortened(unresolved_iri(said.identifier, item.span, item.reason).value) == finding.focus
    ]


def is_about_document(said: Said, finding: Finding) -> bool:
    return finding.focus == shortened(document_iri(said.identifier).value)


def _nodes(identifier: str, claim: Claim) -> set[str]:
    evidence = (evidence_iri(identifier, span) for span in claim.evidence)
    return {shortened(iri.value) for iri in (claim_iri(identifier, claim), *evidence)}


def _is_used_so(said: Said, claim: Claim, finding: Finding) -> bool:
    """Whether the claim has the property that is the focus, and the value: at the end that the path leads to, or itself."""
    if finding.focus != f"akg:{claim.predicate}":
        return False
    node: NamedNode | Literal
    if finding.path.endswith("rdf:subject"):
        node = entity_iri(claim.subject)
    elif finding.path.endswith("rdf:object"):
        node = encode_value(claim)
    else:
        node = claim_iri(said.identifier, claim)
    return shortened(node.value) == finding.value
