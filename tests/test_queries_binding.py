"""Slots take terms and nothing else, whatever the user's characters are."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.binding import bind, hinted, slots
from queries.catalogue import catalogue, question

ECHO = "SELECT ?value WHERE { VALUES ?value { UNDEF } }"
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT)
def test_any_text_comes_back_from_a_slot_as_it_went_in(text: str) -> None:
    bound = bind(ECHO, {"value": [ox.Literal(text)]})
    assert [row["value"].value for row in ox.Store().query(bound)] == [text]


@settings(deadline=None)  # rdflib makes its parser when it is first asked
@given(TEXT.filter(lambda text: "\x00" not in text and "\\u" not in text.lower()))  # rdflib 7 takes \\\\u0041 for an escape
def test_rdflib_reads_the_same_text_from_a_slot(text: str) -> None:
    bound = bind(ECHO, {"value": [ox.Literal(text)]})
    assert [str(row[0]) for row in rdflib.Graph().query(bound)] == [text]


@given(TEXT)
def test_an_iri_that_could_end_itself_is_never_made(text: str) -> None:
    try:
        term = ox.NamedNode("https://example.org/" + text)
    except ValueError:
        return
    assert [row["value"] for row in ox.Store().query(bind(ECHO, {"value": [term]}))] == [term]


def test_a_value_that_looks_like_a_slot_stays_a_value() -> None:
    query = "SELECT * { VALUES ?a { UNDEF } VALUES ?b { UNDEF } }"
    bound = bind(query, {"a": [ox.Literal("VALUES ?b { UNDEF }")], "b": [ox.Literal("x")]})
    assert [(row["a"].value, row["b"].value) for row in ox.Store().query(bound)] == [("VALUES ?b { UNDEF }", "x")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [(ECHO, ("value",)), ("VALUES ?a { UNDEF } VALUES ?b { UNDEF } VALUES ?a { UNDEF }", ("a", "b")), ("VALUES ?a { 1 }", ())],
)
def test_slots(query: str, expected: tuple[str, ...]) -> None:
    assert slots(query) == expected


def test_without_a_value_the_slot_is_left_out() -> None:
    query = "SELECT * {\n  VALUES ?s { UNDEF }\n  ?s ?p ?o\n}"
    assert bind(query, {}) == bind(query, {"s": []}) == "SELECT * {\n  ?s ?p ?o\n}"


def test_every_occurrence_is_bound() -> None:
    assert bind("VALUES ?a { UNDEF } VALUES ?a { UNDEF }", {"a": [ox.Literal("x")]}).count('"x"') == 2


def test_a_name_without_a_slot_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="other"):
        bind(ECHO, {"other": [ox.Literal("x")]})


@pytest.mark.parametrize("slug", [q.slug for q in catalogue() if "# embedded:" in q.sparql])
def test_hints_are_for_the_embedded_engine_alone_and_the_text_is_a_query_without_them(slug: str) -> None:
    sparql = question(slug).sparql
    assert "# embedded:" not in hinted(sparql)
    for text in (sparql, hinted(sparql)):
        ox.Store().query(text)
