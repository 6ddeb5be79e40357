"""Time expressions: tables of cases, of negatives, of roles, and the rules' own examples."""

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract.dates import parse_edtf, read_dates
from extract.dates.recognition import recognise
from extract.dates.rules import FILE, load_rules
from extract.model import Anchor, Bound, Role, Sentence, Timex
from extract.rules import read_rules
from ontology.errors import DataFileError

CASES = Path(__file__).parent / "cases"
PUBLISHED = {"cases": "2024-08-09", "undated": None, "year_only": "2024"}
MARKS = {Bound.AT: "", Bound.FROM: " >", Bound.UNTIL: " <"}


def sentence(text: str, index: int = 0, role: Role = Role.BODY, paragraph: int = 0, **more: object) -> Sentence:
    return Sentence(index, text, tuple(range(len(text))), tuple(range(1, len(text) + 1)), role, paragraph, **more)  # type: ignore[arg-type]


def document(text: str) -> list[Sentence]:
    """Paragraphs end at ||, sentences at | or 。"""
    pieces = [(p, s) for p, paragraph in enumerate(text.split("||")) for s in re.split(r"[|。]", paragraph)]
    return [sentence(s, index, paragraph=p) for index, (p, s) in enumerate(pieces)]


def read(text: str, published: str | None = "2024-08-09") -> list[Timex]:
    known = parse_edtf(published) if published else None
    return [timex for found in read_dates(document(text), published=known) for timex in found]


def shown(timex: Timex) -> str:
    return f"{timex.text} = {timex.date or '?'}{MARKS[timex.bound]}"


def table() -> Iterator[tuple[str, str | None, list[str]]]:
    for group in tomllib.loads((CASES / "dates.toml").read_text(encoding="utf-8")).values():
        for kind, rows in group.items():
            yield from ((text, PUBLISHED[kind], expected) for text, *expected in rows)


@pytest.mark.parametrize(("text", "published", "expected"), list(table()))
def test_case(text: str, published: str | None, expected: list[str]) -> None:
    assert [shown(timex) for timex in read(text, published)] == expected


def test_there_are_enough_cases() -> None:
    assert len(list(table())) >= 300


@pytest.mark.parametrize("text", tomllib.loads((CASES / "dates_negatives.toml").read_text(encoding="utf-8"))["texts"])
def test_negative(text: str) -> None:
    assert [shown(timex) for timex in read(text)] == []


RULES = [(section, rule) for section, rules in read_rules(FILE).items() for rule in rules]


@pytest.mark.parametrize("rule", [pytest.param(rule, id=f"{section}-{rule['id']}") for section, rule in RULES])
def test_rule_example_and_counterexample(rule: dict[str, object]) -> None:
    assert [str(timex.date or "?") for timex in read(str(rule["example"]))] == rule["expects"]
    assert read(str(rule["counterexample"])) == []


def test_rule_ids_are_unique() -> None:
    ids = [f"{section}.{rule['id']}" for section, rule in RULES]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [("words", None, "lacks the key 'words'"), ("colour", "red", "unknown key 'colour'")],
)
def test_loader_refuses_a_wrong_key(monkeypatch: pytest.MonkeyPatch, key: str, value: str | None, said: str) -> None:
    tables = read_rules(FILE)
    rule = tables["about"][0]
    tables["about"][0] = {k: v for k, v in rule.items() if k != key} if value is None else {**rule, key: value}
    monkeypatch.setattr("extract.dates.rules.read_rules", lambda _: tables)
    with pytest.raises(DataFileError, match=said):
        load_rules.__wrapped__()


ANCHORS = [
    ("2024年7月28日に開いた", [Anchor.EXPLICIT]),
    ("1990年8月に侵攻し、11月に決議した", [Anchor.EXPLICIT, Anchor.SENTENCE]),
    ("1975年に始めた|同年8月に終えた", [Anchor.EXPLICIT, Anchor.DISCOURSE]),
    ("1997年に始めた|9月23日に終えた", [Anchor.EXPLICIT, Anchor.DISCOURSE]),
    ("昨年4月に始めた", [Anchor.DOCUMENT]),
    ("7月28日に始めた", [Anchor.DOCUMENT]),
    ("昨年4月に始め、同年6月に終えた", [Anchor.DOCUMENT, Anchor.SENTENCE]),
]


@pytest.mark.parametrize(("text", "anchors"), ANCHORS)
def test_anchor(text: str, anchors: list[Anchor]) -> None:
    assert [timex.anchor for timex in read(text)] == anchors


REASONS = [
    ("昨年4月に", None, "the document's date, which is not known"),
    ("先月に", "2024", "not known to the month"),
    ("同年8月に", "2024", "an earlier date"),
    ("2024年(令和5年)に", None, "differ"),
    ("97年9月に", None, "which century"),
    ("策定の2年後に", "2024-08-09", "an event"),
    ("2024年6月31日に", None, "no day 2024-6-31"),
    ("先日", "2024-08-09", "lately"),
]


@pytest.mark.parametrize(("text", "published", "reason"), REASONS)
def test_unresolved_says_why(text: str, published: str | None, reason: str) -> None:
    (timex,) = read(text, published)
    assert timex.date is None
    assert reason in (timex.reason or "")


def dates(*sentences: Sentence, published: str | None = "2024") -> list[list[str]]:
    known = parse_edtf(published) if published else None
    return [[str(t.date or "?") for t in found] for found in read_dates(sentences, published=known)]


@pytest.mark.parametrize("role", [Role.FOOTNOTE, Role.TABLE, Role.BIBLIOGRAPHY, Role.TITLE, Role.PROFILE, Role.BOILERPLATE])
def test_other_roles_do_not_move_the_body(role: Role) -> None:
    body = sentence("1975年に質問があった", 0)
    other = sentence("1960年に設置された", 1, role, paragraph=1)
    assert dates(body, other, sentence("翌年に設置された", 2, paragraph=2)) == [["1975"], ["1960"], ["1976"]]


def test_footnote_looks_back_to_where_it_is_called() -> None:
    body = sentence("1975年に質問があり、1978年に合意した", 0)
    note = sentence("同年8月のこと", 1, Role.FOOTNOTE, 1, introduced_by=0, call_at=10)
    assert dates(body, note) == [["1975", "1978"], ["1975-08"]]


def test_profile_is_a_story_of_its_own() -> None:
    lines = [
        sentence("1997年に改定した", 0),
        sentence("1988年卒業", 1, Role.PROFILE, 1),
        sentence("同年入隊", 2, Role.PROFILE, 2),
    ]
    assert dates(*lines)[1:] == [["1988"], ["1988"]]


def test_heading_dates_its_section() -> None:
    heading = sentence("2023年の動き", 0, Role.HEADING)
    first = sentence("1月13日に会談した", 1, paragraph=1, section=("2023年の動き",))
    later = sentence("翌年4月に会談した", 2, paragraph=2, section=("2023年の動き",))
    after = sentence("7月に会談した", 3, paragraph=3, section=("課題",))
    found = dates(heading, first, later, after, published="2024-08-09")
    assert found == [["2023"], ["2023-01-13"], ["2024-04"], ["2024-07"]]


def test_a_date_in_brackets_in_a_heading_serves_only_where_nothing_else_does() -> None:
    opening = sentence("同年9月に了承した", 1, paragraph=1, section=("指針(1997年)",))
    told = sentence("1975年に質問があった", 0)
    assert dates(opening) == [["1997-09"]]
    assert dates(told, opening) == [["1975"], ["1975-09"]]


def test_items_stand_in_the_year_of_the_sentence_that_introduces_them() -> None:
    lead = sentence("2022年の会合は次のとおり", 0)
    items = [
        sentence("1月7日 2プラス2", 1, Role.ITEM, 1, introduced_by=0),
        sentence("5月23日 首脳会談", 2, Role.ITEM, 2, introduced_by=0),
    ]
    assert dates(lead, *items, published="2024-08-09") == [["2022"], ["2022-01-07"], ["2022-05-23"]]


def test_nothing_lives_on_from_one_document_to_the_next() -> None:
    assert dates(sentence("1975年に質問があった")) == [["1975"]]
    assert dates(sentence("翌年に設置された")) == [["?"]]


HOSTILE = [
    "1",
    "年",
    "一",
    "(",
    "1年",
    "同年",
    "1月から",
    "「(",
    "2024年",
    "(2024年",
    "十",
    "1、",
    "2024年(令和",
    "その約",
    " ",
    "昭和",
]
HOSTILE += [
    "9日、",
    "千九百",
    "1~",
    "2024/",
    "令和6年(2024年)",
    "先週",
    "'9",
    "2024年7月28日(",
    "昨年",
    "数",
    "元",
    "May ",
    "第1",
    "年末",
    "半年前",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text_alone(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    began = time.process_time()
    recognise(text)
    assert time.process_time() - began < 20  # seconds; what grows with the square takes many minutes


@pytest.mark.parametrize("piece", ["同年", "(2024年", "「2024年7月、", "1月から", "翌日"])
def test_time_to_anchor_grows_with_the_text_alone(piece: str) -> None:
    began = time.process_time()
    read_dates([sentence((piece * 40_000)[:40_000])], published=parse_edtf("2024-08-09"))
    assert time.process_time() - began < 30
