"""The spaCy components, in a pipeline that a user of spacy.load would make."""

from __future__ import annotations

import pytest
import spacy

TEXT = "2024年7月に日米安全保障協議委員会が開かれた。日豪円滑化協定も議論された。"


@pytest.fixture(scope="module")
def nlp():
    made = spacy.load("ja_ginza", exclude=["ner", "compound_splitter", "bunsetu_recognizer"])
    made.add_pipe("alliancekg_sentences", before="parser")
    made.add_pipe("alliancekg_mentions", before="parser", config={"merge": True})
    return made


@pytest.mark.model
def test_mentions_are_spans_with_class_and_key(nlp):
    doc = nlp(TEXT)
    found = [(s.text, s.label_, s.kb_id_) for s in doc.spans["alliancekg"]]
    assert found == [("日米安全保障協議委員会", "Forum", "scc"), ("日豪円滑化協定", "Treaty", "japan-australia-raa")]


@pytest.mark.model
def test_merged_names_are_one_token_each_and_sentences_are_ours(nlp):
    doc = nlp(TEXT)
    assert "日米安全保障協議委員会" in [t.text for t in doc]
    assert [s.text for s in doc.sents] == ["2024年7月に日米安全保障協議委員会が開かれた。", "日豪円滑化協定も議論された。"]
