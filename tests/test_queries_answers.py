"""The forms of an answer."""

from __future__ import annotations

import csv
import io
import json
import sys

import pyoxigraph as ox
import pytest
from lxml import html
from markdown_it import MarkdownIt

from queries.answers import Answer, plain
from queries.asking import _joined, ask, query
from queries.engine import Embedded
from queries.errors import QueryError

GRAPH = """
    document a 2024
    Forum new = <b>新</b> | NEW
    Forum old = 旧,"協議"
    a: new replaces old
    a: new hasMember old Planned
"""
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture
def answer(tell) -> Answer:
    return ask(Embedded(tell(GRAPH)), "which-forum-replaced-which")


@pytest.mark.parametrize(
    "cell",
    [
        "a|b",
        "*強調* _下線_ `code`",
        "<script>alert(1)</script>",
        "[名](javascript:x)",
        "&amp; &lt;",
        "\\|",
        "一行\n二行",
        "http://a.example/",
        "~~x~~ #1 $y$",
    ],
)
def test_markdown_shows_what_the_table_does(cell: str) -> None:
    made = Answer(("one", "two"), ((cell, "後"),))
    page = html.fromstring(MarkdownIt("commonmark").enable("table").render(made.to_markdown()))
    rows = [[td.text_content() for td in tr.iter("th", "td")] for tr in page.iter("tr")]
    assert rows == [["one", "two"], [" ".join(cell.split()), "後"]]
    assert not [element.tag for element in page.iter() if element.tag in {"a", "em", "strong", "code", "script", "s"}]


def test_rows_are_plain_values_with_names_and_iris(answer: Answer) -> None:
    assert json.loads(json.dumps(answer.rows)) == answer.rows
    row = answer.rows[0]
    assert (row["new"], row["old"], row["factuality"], row["document"], row["established"]) == (
        "<b>新</b>",
        '旧,"協議"',
        "Actual",
        "「a」",
        [],
    )
    assert row["new_iri"] == "https://w3id.org/alliancekg/id/new"
    assert tuple(row) == answer.columns


@pytest.mark.parametrize(
    ("lang", "verdict", "why"),
    [
        ("ja", "検証で保留", ["Dateに反する", "Placeに反する"]),
        ("en", "held back by validation", ["breaks Date", "breaks Place"]),
    ],
)
def test_a_table_says_fixed_words_and_reasons_in_the_language_of_the_reader(
    tell, lang: str, verdict: str, why: list[str]
) -> None:
    answer = ask(Embedded(tell(f"{GRAPH} a: new establishedOn 1960 held=Date,Place")), "rejected", lang=lang)
    assert [(row["verdict"], row["why"]) for row in answer.rows] == [("held", why)]
    headings, rows = answer.table()
    assert dict(zip(answer.shown, rows[0], strict=True))["verdict"] == verdict
    assert not headings[0].isascii() or lang == "en"


def test_a_reason_that_is_said_in_another_language_alone_is_not_lost(tell) -> None:
    graph = tell(f"{GRAPH} a: new establishedOn 1960 held=Date")
    reason = ox.NamedNode("https://w3id.org/alliancekg/ontology#reason")
    held = next(graph.quads_for_pattern(None, reason, None)).subject
    graph.add(ox.Quad(held, reason, ox.Literal("More", language="en")))
    assert ask(Embedded(graph), "rejected").rows[0]["why"] == ["Dateに反する", "More", "breaks Date"]


def test_json(answer: Answer) -> None:
    assert json.loads(answer.to_json()) == {"columns": list(answer.columns), "rows": answer.rows}
    assert "新" in answer.to_json()


def test_csv_comes_back(answer: Answer) -> None:
    found = list(csv.DictReader(io.StringIO(answer.to_csv())))
    assert found[0]["old"] == '旧,"協議"'
    assert found[0]["date"] == ""


def test_html_is_escaped(answer: Answer) -> None:
    page = answer._repr_html_()
    assert "&lt;b&gt;新&lt;/b&gt; (NEW)" in page
    assert "<b>" not in page
    assert "claim" not in page


def test_tables_show_what_people_need(answer: Answer) -> None:
    headings, rows = answer.table()
    assert headings == ("新しい組織", "古い組織", "交代の日付", "新組織の設置(同じ文書による)", "確度", "原文", "文書")
    assert rows[0][0] == "<b>新</b> (NEW)"


def test_turtle_of_a_question_is_its_claims_with_evidence(answer: Answer) -> None:
    store = ox.Store()
    store.load(answer.to_turtle().encode(), ox.RdfFormat.TURTLE)
    found = Embedded(store)
    assert len(found.run("SELECT ?c { ?c a <https://w3id.org/alliancekg/ontology#Claim> }").rows) == 1
    assert ask(found, "which-forum-replaced-which") == answer
    assert query(found, "SELECT ?q { ?e <https://w3id.org/alliancekg/ontology#quote> ?q }").rows == [{"q": "new replaces old"}]
    assert "schema.org/text" not in answer.to_turtle()
    assert answer.to_turtle() == answer.to_turtle()


def test_pandas(answer: Answer) -> None:
    frame = answer.to_pandas()
    assert list(frame.columns) == list(answer.columns)
    assert frame.iloc[0]["factuality"] == "Actual"


def test_pandas_missing_says_what_to_install(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(QueryError, match="pip install"):
        answer.to_pandas()


def test_ask_and_construct(tell) -> None:
    engine = Embedded(tell(GRAPH))
    yes = query(engine, "ASK { ?s ?p ?o }")
    assert (yes.rows, yes.to_json()) == ([{"answer": True}], '{"boolean": true}')
    graph = query(engine, "CONSTRUCT { ?s <urn:p> ?o } WHERE { ?s <https://w3id.org/alliancekg/ontology#replaces> ?o }")
    assert [row["predicate"] for row in graph.rows] == ["urn:p"]
    assert "urn:p" in graph.to_turtle()
    assert json.loads(graph.to_json())
    with pytest.raises(QueryError, match="no graph"):
        yes.to_turtle()


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (None, None), (ox.NamedNode("urn:x"), "urn:x"), (ox.BlankNode("b"), "_:b"), (ox.Literal("x", language="ja"), "x"),
        (ox.Literal("3", datatype=ox.NamedNode(XSD + "integer")), 3), (ox.Literal("x", datatype=ox.NamedNode(XSD + "integer")), "x"),
        (ox.Literal("0.9", datatype=ox.NamedNode(XSD + "decimal")), 0.9), (ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean")), True),
        (ox.Literal("2024", datatype=ox.NamedNode(XSD + "gYear")), "2024"),
    ],
)  # fmt: skip
def test_plain(term: ox.NamedNode | ox.Literal | None, value: object) -> None:
    assert plain(term) == value


def test_evidence_in_two_pieces_is_one_row_in_the_order_of_the_text(tell) -> None:
    store = tell(GRAPH)
    second, akg = ox.NamedNode("urn:e2"), "https://w3id.org/alliancekg/ontology#"
    claim = ox.NamedNode("https://w3id.org/alliancekg/id/claim/3")
    store.add(ox.Quad(claim, ox.NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom"), second))
    store.add(ox.Quad(second, ox.NamedNode(akg + "quote"), ox.Literal("earlier")))
    store.add(ox.Quad(second, ox.NamedNode(akg + "start"), ox.Literal(7)))
    store.add(ox.Quad(second, ox.NamedNode(akg + "inDocument"), ox.NamedNode("https://w3id.org/alliancekg/id/document/a")))
    rows = ask(Embedded(store), "which-forum-replaced-which").rows
    assert [row["quote"] for row in rows] == ["earlier … new replaces old"]


def test_a_quote_within_another_is_not_repeated() -> None:
    assert _joined(["了承した", "SCCが了承した。", "別の文"]) == "SCCが了承した。 … 別の文"
