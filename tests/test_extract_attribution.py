"""Who says what a document only passes on."""

from __future__ import annotations

import pytest

from extract.model import Document
from ontology.terms import Factuality, Property

SAYINGS = [
    ("アナンド国防相は、日加砕氷艦協定が2026年3月に署名されたと明らかにした。", "アナンド", Factuality.ACTUAL),
    ("ハリス氏は「2026年3月に日加砕氷艦協定に署名すべきだ」と主張した。", "ハリス", Factuality.PROPOSED),
    ("日加砕氷艦協定は2026年3月に署名された。アナンド国防相は満足だと述べた。", None, Factuality.ACTUAL),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "speaker", "factuality"), SAYINGS)
def test_a_claim_names_who_says_it(extractor, text: str, speaker: str | None, factuality: Factuality) -> None:
    extraction = extractor.extract_one(Document("saying.txt", text, None, "2027-01-10"))
    labels = {entity.key: entity.label for entity in extraction.entities}
    (signed,) = (claim for claim in extraction.claims if claim.predicate is Property.SIGNED_ON)
    assert (labels.get(signed.attributed_to or ""), signed.factuality) == (speaker, factuality)
