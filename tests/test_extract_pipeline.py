"""The stages together: what leaves the room holds together."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.documents import load_document
from ontology.terms import Kind

EXAMPLES = Path(__file__).parent.parent / "examples"
DOCUMENTS = sorted(p for p in EXAMPLES.iterdir() if p.suffix in {".txt", ".md"})


@pytest.mark.model
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.stem)
def test_claims_speak_of_entities_and_quote_the_document(extractor, path: Path) -> None:
    extraction = extractor.extract_one(load_document(path))
    things = {entity.key for entity in extraction.entities}
    spoken = {key for claim in extraction.claims for key in (claim.subject, claim.object) if type(key) is str}
    assert extraction.claims
    assert spoken <= things
    assert {mention.key for mention in extraction.mentions} <= things
    assert all(span.of(extraction.document.text).strip() for claim in extraction.claims for span in claim.evidence)
    assert {e.key for e in extraction.entities if e.kind is Kind.MEETING} <= spoken, "a meeting of which nothing is said"
