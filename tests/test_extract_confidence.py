"""How sure a claim is: less where a fact is not said in its own clause, least where nothing names what it is of."""

from __future__ import annotations

import pytest

from extract.model import Document
from extract.relations.discourse.draft import CERTAIN, LIKELY, SUPPLIED
from ontology.terms import Property

TEXTS = [
    ("日豪円滑化協定は2022年1月に署名された。", Property.SIGNED_ON, CERTAIN),
    ("日豪円滑化協定は2022年1月に署名され、翌年8月に発効した。", Property.EFFECTIVE_ON, LIKELY),
    ("日豪円滑化協定が合意された。同協定は2023年8月に発効した。", Property.EFFECTIVE_ON, LIKELY),
    ("2022年1月、日豪円滑化協定が合意された。同月、海洋監視条約が発効した。", Property.EFFECTIVE_ON, LIKELY),
    ("日豪円滑化協定が国会で承認された。2023年8月に発効した。", Property.EFFECTIVE_ON, SUPPLIED),
    ("日豪円滑化協定の2023年8月の発効を歓迎した。", Property.EFFECTIVE_ON, LIKELY),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "predicate", "confidence"), TEXTS)
def test_what_its_own_clause_does_not_say_is_less_sure(extractor, text, predicate, confidence):
    claims = extractor.extract_one(Document("confidence.txt", text)).claims
    assert [c.confidence for c in claims if c.predicate is predicate] == [confidence]
