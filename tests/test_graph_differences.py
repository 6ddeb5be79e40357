"""Differences: what changed is told as what changed, and the patch makes one graph of the other."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pyoxigraph as ox
import pytest
from claims_told import (
    DICAS,
    JAPAN,
    MEMBER,
    PLAN,
    SCC,
    TEXT,
    THINGS,
    claim_of,
    decided,
    document,
    graph,
    n,
    on,
    says,
)
from graphs_made import ungated

from extract.model import Document, Entity, Extraction, Span
from graph.differences import Changes, compare, lines, patch, summary, to_csv, to_json
from graph.differences.pairing import Alignment
from graph.runs import Run
from ontology.terms import AKGID, Factuality, Kind, Property

SUCCEEDS = says("dicas", Property.REPLACES, "stf", "DICASはS&TFに代わる")
CLAIMS = (PLAN, SUCCEEDS, MEMBER)
ACTUAL_PLAN = replace(PLAN, factuality=Factuality.ACTUAL)


def told(*before_and_after):
    before, after = (graph(*(one if isinstance(one, tuple) else (one,))) for one in before_and_after)
    return compare(before, after)


def counts(found: Changes) -> tuple[int, int, int]:
    return len(found.added), len(found.gone), len(found.changed)


def text_of(difference, lang="ja") -> list[str]:
    return [f"{'  ' * line.indent}{line.text}" for line in lines(difference, lang)]


def test_nothing_differs_from_itself_whoever_read_it_and_when() -> None:
    again = ungated([document(*CLAIMS)], Run("0.2.0", "another model"))
    assert not compare(graph(document(*CLAIMS)), again)
    assert text_of(compare(graph(document(*CLAIMS)), again)) == ["違いはない"]
    assert patch(graph(document(*CLAIMS)), again)


def moved_text(words):
    """The claims in the text with something before it."""
    by = len(words)
    return tuple(replace(c, evidence=tuple(Span(s.start + by, s.end + by) for s in c.evidence)) for c in CLAIMS)


CHANGES = {
    "factuality": ((ACTUAL_PLAN, SUCCEEDS, MEMBER), ("factuality",)),
    "date": ((replace(PLAN, object=on("2025")), SUCCEEDS, MEMBER), ("object",)),
    "date and factuality": ((replace(ACTUAL_PLAN, object=on("2025")), SUCCEEDS, MEMBER), ("object", "factuality")),
    "validity": ((PLAN, replace(SUCCEEDS, valid_from=on("2024")), MEMBER), ("valid_from",)),
    "said by": ((PLAN, replace(SUCCEEDS, attributed_to="japan"), MEMBER), ("attributed_to",)),
    "object": ((PLAN, SUCCEEDS, replace(MEMBER, object="us")), ("object",)),
    "subject": ((PLAN, SUCCEEDS, replace(MEMBER, subject="dicas")), ("subject",)),
    "property": ((PLAN, replace(SUCCEEDS, predicate=Property.PART_OF), MEMBER), ("predicate",)),
    "confidence": ((PLAN, replace(SUCCEEDS, confidence=0.5), MEMBER), ("confidence",)),
    "quote": ((PLAN, SUCCEEDS, replace(MEMBER, evidence=(at := (Span(TEXT.index("SCCは毎年"), TEXT.index("日本が") + 7),)))), ("quotes",)),
    "the same date in other words": ((replace(ACTUAL_PLAN, evidence=(Span(0, 5),), object=on("2023")), SUCCEEDS, MEMBER), ("object", "factuality", "quotes")),
}  # fmt: skip


@pytest.mark.parametrize(("after", "fields"), CHANGES.values(), ids=CHANGES)
def test_a_claim_that_says_nearly_the_same_is_changed_not_gone_and_added(after, fields) -> None:
    difference = told(document(*CLAIMS), document(*after))
    assert counts(difference.claims) == (0, 0, 1)
    assert difference.claims.changed[0].fields == fields
    assert difference.moves == ()


def test_other_claims_are_gone_and_added() -> None:
    other = says("us", Property.COUNTERPART_OF, "japan", "毎年開かれ")
    difference = told(document(*CLAIMS), document(PLAN, SUCCEEDS, other))
    assert counts(difference.claims) == (1, 1, 0)


def test_two_claims_of_one_quote_are_paired_each_once() -> None:
    before = (MEMBER, replace(MEMBER, object="us"))
    difference = told(document(*before), document(*before, replace(MEMBER, object="dicas")))
    assert counts(difference.claims) == (1, 0, 0)
    difference = told(document(*before), document(replace(MEMBER, object="stf"), replace(MEMBER, object="dicas")))
    assert counts(difference.claims) == (0, 0, 2)


def test_what_only_moved_in_the_text_is_counted_in_one_line() -> None:
    difference = told(document(*CLAIMS), document(*moved_text("序文。"), text="序文。" + TEXT))
    assert {change.fields for change in difference.claims.changed} == {("place",)}
    assert counts(difference.claims) == (0, 0, 3)
    assert text_of(difference) == [
        "文書 a.txt",
        "  ~ 本文: 変更",
        "  ~ 3 件の主張は本文中の位置だけが変わった",
        "主張 ~3、文書 ~1",
    ]


def test_a_sentence_rewritten_is_the_same_claim_changed() -> None:
    text = TEXT.replace("DICASはS&TFに代わる", "新たな協議体であるDICASがS&TFの役割を引き継いだ")
    shift = len(text) - len(TEXT)
    new = says("dicas", Property.REPLACES, "us", "DICASがS&TFの役割を引き継いだ", text=text)
    member = replace(MEMBER, evidence=tuple(Span(s.start + shift, s.end + shift) for s in MEMBER.evidence))
    difference = told(document(*CLAIMS), document(PLAN, new, member, text=text))
    assert counts(difference.claims) == (0, 0, 2)
    assert {change.fields for change in difference.claims.changed} == {("object", "quotes"), ("place",)}


def test_a_thing_that_goes_by_another_iri_is_told_once() -> None:
    known = (replace(DICAS, key="dicas-forum", authority=True), *THINGS[1:])
    after = document(replace(PLAN, subject="dicas-forum"), replace(SUCCEEDS, subject="dicas-forum"), MEMBER, things=known)
    difference = told(document(*CLAIMS), after)
    assert counts(difference.claims) == (0, 0, 0)
    assert not difference.facts
    assert [(m.how.value, m.before.value, m.after.value) for m in difference.moves] == [
        ("renamed", AKGID + "防衛産業協力フォーラム", AKGID + "dicas-forum")
    ]
    assert text_of(difference)[-2] == f"  改名: {AKGID}防衛産業協力フォーラム → {AKGID}dicas-forum"
    assert text_of(difference)[-1] == "IRIが変わったもの 1"


def two_things(label: str, other: str):
    """Two documents, each of which names a forum by a label of its own."""
    first = Extraction(
        Document("a.txt", TEXT), (replace(DICAS, label=label, names=()), JAPAN), (), (replace(MEMBER, subject="dicas"),)
    )
    second = Extraction(
        Document("b.txt", TEXT), (replace(DICAS, label=other, names=()), JAPAN), (), (replace(MEMBER, subject="dicas"),)
    )
    return first, second


def test_things_merged_and_split_are_told_as_such() -> None:
    apart = two_things("防衛産業協力フォーラム", "DICAS")
    joined = tuple(replace(e, entities=(replace(DICAS, key="dicas"), JAPAN)) for e in apart)
    difference = told(apart, joined)
    assert [(m.how.value, m.before.value.removeprefix(AKGID), m.after.value.removeprefix(AKGID)) for m in difference.moves] == [
        ("merged", "DICAS", "防衛産業協力フォーラム")
    ]
    assert not difference.claims
    back = told(joined, apart)
    assert [m.how.value for m in back.moves] == ["split"]
    assert not back.claims


def test_a_meeting_whose_date_became_exact_is_the_same_meeting() -> None:
    def meeting(edtf):
        when = on(edtf)
        things = (Entity("m", Kind.MEETING, "日米2プラス2", forum="scc", on=when), SCC, JAPAN)
        return document(
            says("m", Property.MEETING_OF, "scc", "SCCは毎年開かれ"),
            says("m", Property.HELD_ON, when, "毎年開かれ"),
            says("m", Property.HAS_PARTICIPANT, "japan", "日本が参加する"),
            things=things,
        )

    difference = told(meeting("2024"), meeting("2024-07"))
    assert [m.how.value for m in difference.moves] == ["renamed"]
    assert [change.fields for change in difference.claims.changed] == [("object",)]
    assert counts(difference.claims) == (0, 0, 1)


def test_documents_that_come_go_and_change() -> None:
    before = (
        document(*CLAIMS),
        document(MEMBER, identifier="b.txt", text=TEXT + "乙"),
        document(identifier="c.txt", text="丙"),
    )
    after = (document(*CLAIMS, title="題"), document(identifier="c2.txt", text="丙"), document(identifier="d.txt", text="丁"))
    difference = told(before, after)
    assert [one.identifier for one in difference.documents.added] == ["d.txt"]
    assert [one.identifier for one in difference.documents.gone] == ["b.txt"]
    assert [(c.after.identifier, "title" in c.fields, "identifier" in c.fields) for c in difference.documents.changed] == [
        ("a.txt", True, False),
        ("c2.txt", True, True),
    ]
    assert counts(difference.claims) == (0, 1, 0)


def test_a_document_of_another_name_keeps_its_claims() -> None:
    difference = told(document(*CLAIMS), document(*CLAIMS, identifier="renamed.txt"))
    assert not difference.claims
    assert [c.fields[0] for c in difference.documents.changed] == ["identifier"]


def test_facts_come_and_vanish_and_symmetric_ones_count_once() -> None:
    counterpart = says("dicas", Property.COUNTERPART_OF, "stf", "DICASはS&TF")
    difference = told(document(*CLAIMS), document(ACTUAL_PLAN, counterpart, MEMBER))
    assert sorted(f.predicate for f in difference.facts.added) == ["counterpartOf", "establishedOn"]
    assert [f.predicate for f in difference.facts.gone] == ["replaces"]


def test_decisions_and_their_claims_are_told() -> None:
    plain = graph(document(*CLAIMS))
    difference = compare(plain, decided(graph(document(*CLAIMS)), "Rejected", "誤読"))
    assert [one.why for one in difference.decisions.added] == ["誤読"]
    assert [change.fields for change in difference.claims.changed] == [("status",)]
    assert any(
        "防衛産業協力フォーラム ― 前身 ― システム・技術フォーラム" in line and "誤読" in line
        for line in text_of(difference)[-3:]
    )
    difference = compare(
        decided(graph(document(*CLAIMS)), "Rejected", "誤読"), decided(graph(document(*CLAIMS)), "Accepted", "")
    )
    assert [change.fields for change in difference.decisions.changed] == [("verdict", "why")]


def test_a_claim_that_is_held_back_now_is_changed() -> None:
    store = graph(document(*CLAIMS))
    claim = claim_of(store, "hasMember")
    for quad in list(store.quads_for_pattern(claim, None, None, None)):
        store.remove(quad)
        held = {"subject": "heldSubject", "predicate": "heldPredicate", "object": "heldObject"}
        local = quad.predicate.value.rpartition("#")[2]
        predicate = n(f"akg:{held[local]}") if local in held else quad.predicate
        if local != "type":
            store.add(ox.Quad(claim, predicate, quad.object, ox.NamedNode(AKGID + "graph/held")))
    store.add(ox.Quad(claim, n("rdf:type"), n("akg:HeldBack"), ox.NamedNode(AKGID + "graph/held")))
    difference = compare(graph(document(*CLAIMS)), store)
    assert counts(difference.claims) == (0, 0, 1)
    assert difference.claims.changed[0].fields == ("status",)


def test_the_report_reads_well_in_both_languages() -> None:
    difference = told(document(*CLAIMS), document(ACTUAL_PLAN, SUCCEEDS))
    assert text_of(difference) == [
        "文書 a.txt",
        "  − 日米安全保障協議委員会 ― 構成員 ― 日本 [事実]",
        "      「日本が参加する」",
        "  ~ 防衛産業協力フォーラム ― 設置日 ― 2024 [事実]",
        "      確度: 予定 → 事実",
        "      「DICASは2024年に設置される予定である」",
        "成り立つ事実",
        "  − 日米安全保障協議委員会 ― 構成員 ― 日本",
        "  + 防衛産業協力フォーラム ― 設置日 ― 2024",
        "主張 −1 ~1、成り立つ事実 +1 −1",
    ]
    assert summary(difference, "en") == "claims −1 ~1, facts +1 −1"
    assert "  − Security Consultative Committee ― has member ― 日本 [actual]" in text_of(difference, "en")


def test_json_and_csv_have_everything() -> None:
    difference = told(document(*CLAIMS), document(ACTUAL_PLAN, SUCCEEDS))
    found = json.loads(to_json(difference, "ja"))
    assert found["claims"]["changed"][0]["fields"] == ["factuality"]
    assert found["claims"]["changed"][0]["before"]["factuality"] == "Planned"
    assert found["claims"]["gone"][0]["evidence"][0]["quote"] == "日本が参加する"
    rows = list(csv.DictReader(io.StringIO(to_csv(difference, "ja"))))
    assert [(row["change"], row["kind"], row["field"], row["before"], row["after"]) for row in rows][:2] == [
        ("gone", "claim", "", "", ""),
        ("changed", "claim", "factuality", "予定", "事実"),
    ]


def test_a_document_cannot_put_a_formula_into_a_spreadsheet() -> None:
    text = "=HYPERLINK(1)と述べた"
    difference = told(document(), document(says("scc", Property.HAS_MEMBER, "japan", text, text=text), text=text))
    row = next(row for row in csv.DictReader(io.StringIO(to_csv(difference, "ja"))) if row["kind"] == "claim")
    assert row["quote"] == "'" + text


@pytest.mark.parametrize(
    ("old", "new", "span", "expected"),
    [
        ("abcdef", "abXXXcdef", (0, 2), (0, 2)),
        ("abcdef", "abXXXcdef", (3, 5), (6, 8)),
        ("abcdef", "abcdef", (3, 5), (3, 5)),
        ("ab1cd", "ab234cd", (2, 3), (2, 5)),
        ("ab1cd", "ab234cd", (1, 4), (1, 6)),
    ],
)
def test_texts_are_laid_over_each_other(old, new, span, expected) -> None:
    alignment = Alignment.between(old, new)
    assert alignment.placed(*span, new=False) == expected


def test_hostile_names_stay_on_their_line() -> None:
    name = "[b]甲\n乙\u202e\ud800\"'"
    things = (replace(DICAS, label=name), *THINGS[1:])
    difference = told(document(*CLAIMS), document(*CLAIMS, things=things))
    assert difference.moves
    assert bytes(patch(graph(document(*CLAIMS)), graph(document(*CLAIMS, things=things)))).endswith(b"TC .\n")
