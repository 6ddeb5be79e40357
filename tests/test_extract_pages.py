"""Sentences that a page or a footnote breaks: their claims are made, and each piece of the evidence is exact."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from extract.documents import load_document
from extract.model import Document, Extraction, Role
from graph.making import make
from graph.runs import Run

pytestmark = pytest.mark.model

HEADS = ("同盟研究　第7号", "協議の枠組みの歩み")
PAGES = (
    (
        "1 はじまり\n\n　日米安全保障協議委員会（SCC）は1960年に設置され、外務大臣¹が議\n"
        "長を務めた。1976年、日米安全保障協議委員会の下に防衛協力小委"
    ),
    (
        "員会（SDC）が設置された。SDCは2年の作業の末に文書をまとめ、1978\n"
        "年11月27日、SCCは「日米防衛協力のための指針」を了承した²。2015年"
    ),
    "11月3日には、同盟調整メカニズム（ACM）が設置され、平時からの調整\nを担うことになった。",
)
NOTES = (
    "¹ 米側は駐日大使であった。",
    "² 山田太郎『同盟の制度』（同盟社、2010年）、\n　12頁。",
    "³ 運用は同日に始まった。",
)
TEXT = "\f".join(
    f"{HEADS[number % 2]}\n\n{page}\n\n{note}\n\n－ {number + 21} －\n"
    for number, (page, note) in enumerate(zip(PAGES, NOTES, strict=True))
)
SPLIT = [
    ("防衛協力小委員会", "establishedOn", "1976", [1, 2]),
    ("同盟調整メカニズム", "establishedOn", "2015-11-03", [2, 3]),
]


def told(extraction: Extraction) -> dict[tuple[str, str, str], tuple[object, ...]]:
    labels = {entity.key: entity.label for entity in extraction.entities}
    return {
        (labels[claim.subject], claim.predicate.value, str(labels.get(str(claim.object), claim.object))): claim.evidence
        for claim in extraction.claims
    }


@pytest.fixture(scope="module")
def paged(extractor) -> Extraction:
    return extractor.extract_one(Document("a.txt", TEXT))


@pytest.mark.parametrize(("subject", "predicate", "value", "pages"), SPLIT)
def test_a_split_sentence_makes_its_claim_with_a_piece_on_each_page(paged, subject, predicate, value, pages) -> None:
    claims = told(paged)
    (evidence,) = [found for (s, p, o), found in claims.items() if (p, o) == (predicate, value) and s.endswith(subject)]
    where = {locator.span: locator for locator in paged.locators}
    assert [where[span].page for span in evidence] == pages
    assert len({where[span].paragraph for span in evidence}) == 1
    words = "".join(span.of(TEXT).replace("\n", "") for span in evidence)
    assert not any(head in words for head in (*HEADS, "－", "山田", "大使"))


def test_every_evidence_in_the_graph_is_exact(paged) -> None:
    now = datetime(2025, 1, 2, tzinfo=UTC)
    store = make([paged], run=Run("0", None, now, now)).store
    rows = list(
        store.query(
            """PREFIX akg: <https://w3id.org/alliancekg/ontology#> PREFIX schema: <https://schema.org/>
            SELECT ?quote ?start ?end ?page ?role WHERE {
              ?e a akg:Evidence ; akg:quote ?quote ; akg:start ?start ; akg:end ?end ; akg:pageStart ?page ; akg:textRole ?role }""",
            use_default_graph_as_union=True,
        )
    )
    spans = {span for claim in paged.claims for span in claim.evidence}
    assert len(rows) == len(spans)
    assert spans <= {locator.span for locator in paged.locators}
    for row in rows:
        start, end = int(row["start"].value), int(row["end"].value)
        assert TEXT[start:end] == row["quote"].value
        assert int(row["page"].value) == TEXT[:start].count("\f") + 1


COMMENTED = (
    "日米の協議\n\n　2024年7月28日、日米安全保障協議委員会が東京で開かれた。両国は新しい司令部の設置を歓迎した。\n\n"
    "（国際部・山田太郎）\n\nこの記事へのコメント\n\n名無しさん 2024/08/01\nクアッドは2007年に設立されたと思う。\n返信\n"
    "AUKUSは2021年9月に設立された。\n"
)


def test_comments_are_silent_unless_asked_for(extractor) -> None:
    from extract.pipeline import Extractor
    from ontology.authority import load

    document = Document("b.txt", COMMENTED)
    silent = told(extractor.extract_one(document))
    heard = extractor_with = Extractor(load(None), nlp=extractor.nlp, include=[Role.COMMENT]).extract_one(document)
    assert not any(subject == "AUKUS" for subject, _, _ in silent)
    assert ("AUKUS", "establishedOn", "2021-09") in told(heard)
    roles = {locator.role for locator in extractor_with.locators}
    assert Role.COMMENT in roles


def shared() -> Path | None:
    """The corpus that is not ours to keep here, where it lies beside the project."""
    return next((up / "shared" / "corpus" for up in Path(__file__).parents if (up / "shared" / "corpus").is_dir()), None)


@pytest.fixture(scope="module")
def corpus(extractor) -> list[Extraction]:
    folder = shared()
    if folder is None:
        pytest.skip("the shared corpus is not here")
    return [extractor.extract_one(load_document(path)) for path in sorted(folder.glob("*.txt"))]


def test_the_paper_yields_its_claims_across_its_pages(corpus) -> None:
    paper = corpus[2]
    text = paper.document.text
    claims = told(paper)
    committee, subcommittee = "日米安全保障協議委員会", "日米防衛協力小委員会"
    assert {
        (subcommittee, "establishedOn", "1976"),
        (committee, "hasParticipant", "太平洋軍司令官"),
        (committee, "establishedOn", "1960"),  # from footnote 8, about what calls it
        (committee, "hasMember", "国防長官"),
    } <= set(claims)
    several = [claim.evidence for claim in paper.claims if len(claim.evidence) > 1]
    assert len(several) >= 5
    assert all(span.of(text).strip() == span.of(text) and "\n\n" not in span.of(text) for spans in several for span in spans)


def test_the_paper_reads_whole_sentences_over_its_pages(corpus) -> None:
    from extract.reading import read_sentences

    sentences = read_sentences(corpus[2].document)
    (war_game,) = [s for s in sentences if "三矢研究" in s.text]
    assert war_game.role is Role.BODY
    assert war_game.text.endswith("。")
    assert len(war_game.text) > 150
    (planning,) = [s for s in sentences if "CJOEP" in s.text and len(s.source(0, len(s.text))) == 2]
    assert planning.index < war_game.index
    assert planning.text.endswith("いた。")


def test_the_readers_of_the_essay_are_not_heard(corpus) -> None:
    essay = corpus[0]
    text = essay.document.text
    first = text.rindex("\n", 0, text.index("返信削除") - 1)  # the paragraph before the first comment's button
    assert essay.claims
    assert not [claim for claim in essay.claims if any(span.end > first for span in claim.evidence)]
