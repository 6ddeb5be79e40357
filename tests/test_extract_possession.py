"""What relational nouns, copulas, brackets and the fields of notices say, sentence by sentence."""

from __future__ import annotations

import pytest

from extract.model import Document

TOLD = [
    ("AUKUSの参加国:オーストラリア、英国、米国", {"aukus hasMember australia", "aukus hasMember united-states"}),
    ("AUKUS(豪英米)は2021年9月に発足した。", {"aukus hasMember australia", "aukus hasMember united-kingdom"}),
    ("FPDAは、英国、マレーシア、シンガポールの3か国がメンバーである。", {"fpda hasMember malaysia"}),
    ("米軍を主体とする多国籍軍が編成された。", {"multinational-force hasMember us-forces"}),
    ("SDCの上部機関であるSCCは、1960年に発足した。", {"sdc partOf scc"}),
    ("インドはNATOの加盟国ではない。", {"nato hasMember india Negated"}),
    ("日本はAUKUSの一員となるべきだ。", {"aukus hasMember japan Proposed"}),
    ("NATOの本部は1952年から1966年までパリにあり、1967年にブリュッセルへ移った。", {"nato locatedIn paris 1952/1966"}),
    ("インド太平洋軍は統合軍である。ハワイに司令部を置き、広い地域を担当する。", {"indo-pacific-command locatedIn hawaii"}),
    ("SSC(局長級)は2023年に開かれた。", {"ssc level DirectorGeneralLevel"}),
    ("NATOの初代事務総長はイスメイである。", {"イスメイ holdsPost nato-secretary-general"}),
    ("カート・キャンベルは国務副長官である。", {"カートキャンベル holdsPost deputy-secretary-of-state"}),
    ("SSCの主な議題は拡大抑止と宇宙協力である。", {"ssc covers extended-deterrence", "ssc covers space-cooperation"}),
    (
        "第1回日豪宇宙安全保障協議\n日時 2021年3月9日\n場所 キャンベラ\n",
        {
            "meeting/日豪宇宙安全保障協議/2021-03-09 heldOn 2021-03-09",
            "meeting/日豪宇宙安全保障協議/2021-03-09 heldIn canberra",
        },
    ),
]
NOT_TOLD = [
    ("演習の参加国は日本と米国である。", "hasMember"),
    ("議論の中心は日本である。", "hasMember"),
    ("NATOは東京に窓口を置いた。", "locatedIn"),
    ("もし日本がNATOの加盟国であれば、状況は違っただろう。", "hasMember"),
    ("事務総長はローテーションである。", "holdsPost"),
    ("徳地秀士は元防衛審議官である。", "holdsPost"),
    ("日豪サイバー対話の議長は局長級である。", "level"),
    ("SSCの議題は未定である。", "covers"),
    ("日豪サイバー対話は、若手職員を対象とする研修を支援する。", "covers"),
]


def said(extractor, text):
    """Each claim in the short forms in which a table may name it."""
    for c in extractor.extract_one(Document("told.txt", text, published="2024-08-09")).claims:
        plain = f"{c.subject} {c.predicate.value} {c.object}"
        if c.factuality == "Actual":
            yield plain
        yield f"{plain} {c.factuality.value}"
        yield f"{plain} {c.valid_from}/{c.valid_until}"


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_sentence_tells(extractor, text, expected):
    assert expected <= set(said(extractor, text))


@pytest.mark.model
@pytest.mark.parametrize(("text", "property_"), NOT_TOLD)
def test_sentence_does_not_tell(extractor, text, property_):
    assert not [s for s in said(extractor, text) if f" {property_} " in s]
