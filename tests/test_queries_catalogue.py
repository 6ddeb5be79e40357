"""Headers are read strictly, and every question of the library is whole."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from ontology.errors import DataFileError
from queries.catalogue import AS_OF, catalogue, question, read
from queries.errors import QueryError
from queries.header import parse

GOOD = """#+ title:
#+   ja: 題
#+   en: title
#+ description:
#+   ja: 説明
#+   en: description
#+ example:
#+   ja: alliancekg ask x
#+   en: alliancekg ask x
#+ parameters:
#+   entity:
#+     type: entity
#+     required: true
#+     kinds: Forum, Agreement
#+     ja: 対象
#+     en: thing
#+ columns:
#+   thing:
#+     type: thing
#+     ja: 対象
#+     en: thing
#+     words:
#+       one:
#+         ja: 一
#+         en: one
SELECT DISTINCT ?thing ?quote ?start WHERE {
  VALUES ?as_of_next { UNDEF }
  VALUES ?entity { UNDEF }
}
"""


def test_a_good_header() -> None:
    found = read("x.rq", GOOD)
    assert (found.slug, found.title.in_("ja"), found.title.in_("en")) == ("x", "題", "title")
    assert [(p.name, p.required, p.kinds) for p in found.parameters] == [
        ("entity", True, ("Forum", "Agreement")),
        (AS_OF.name, False, ()),
    ]
    assert [(c.name, c.several) for c in found.columns] == [("thing", False), ("quote", True)]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("#+ title:", "#+ titel:", "unknown key 'titel'"),
        ("#+   en: title\n", "", "x.rq, title: .*Japanese .* English"),
        ("#+     required: true", "#+     require: true", "parameter entity: unknown key 'require'"),
        ("#+     required: true", "#+     required: yes", "'yes' is neither true nor false"),
        ("#+     type: entity", "#+     type: thing", "unknown value 'thing'.*entity, date"),
        ("#+     type: thing", "#+     type: entity", "column thing: unknown value 'entity'"),
        ("kinds: Forum, Agreement", "kinds: Forums", "unknown value 'Forums'"),
        ("#+     required: true", "#+     required: true\n#+     walks: revises", "'walks' and 'reaches' go together"),
        (
            "#+     required: true",
            "#+     required: true\n#+     walks: ^leads\n#+     reaches: thing",
            "unknown value 'leads'",
        ),
        ("#+     required: true", "#+     required: true\n#+     walks: revises\n#+     reaches: thing", "'thing'.* slots"),
        ("#+     kinds: Forum", "#+     limit: 3", "unknown key 'limit'"),
        ("#+         en: one\n", "", "column thing, word one: .*Japanese .* English"),
        ("#+         ja: 一", "#+         ja: 一\n#+         fr: un", "column thing, word one: unknown key 'fr'"),
        ("#+   ja: 題", "#+   ja 題", "line 2 .* no 'key: value'"),
        ("#+   ja: 題", "#+   ja: 題\n#+   ja: 題", "'ja' stands twice"),
        ("#+ title:", "#+ title: x", "both a value and keys below"),
        ("#+ title:", "#+   first:\n#+ title:", "indented without a key above"),
        ("VALUES ?entity { UNDEF }", "", "parameters .*entity.* slots"),
        ("VALUES ?as_of_next { UNDEF }", "", "as_of"),
        ("?thing ?quote", "?thing ?other", "columns without description: \\['other'\\]"),
        ("?thing ?quote", "?quote", "not selected: \\['thing'\\]"),
        ("SELECT DISTINCT ?thing ?quote ?start", "SELECT *", "no SELECT that names its columns"),
    ],
)
def test_a_header_that_is_wrong_is_refused_with_file_and_key(old: str, new: str, complaint: str) -> None:
    assert old in GOOD
    with pytest.raises(DataFileError, match=complaint) as refused:
        read("x.rq", GOOD.replace(old, new, 1))
    assert "x.rq" in str(refused.value)


def test_the_header_ends_where_the_query_begins() -> None:
    assert parse("#+ a: 1\nASK {}\n#+ b: 2", "x")["b"].value == ""


@pytest.mark.parametrize(
    ("slug", "suggestion"),
    [
        ("which-forum-replaced", "which-forum-replaced-which"),
        ("meeting-of", "meetings-of"),
        ("Profile", "profile"),
        ("xyzzy", "alliancekg questions"),
    ],
)
def test_an_unknown_question_suggests_the_nearest(slug: str, suggestion: str) -> None:
    with pytest.raises(QueryError, match=suggestion):
        question(slug)


@pytest.mark.parametrize("slug", [q.slug for q in catalogue()])
def test_the_file_runs_as_it_stands(slug: str) -> None:
    asked = question(slug)
    found = ox.Store().query(asked.sparql)
    assert list(found) == []
    assert [c.name for c in asked.columns] == [v.value for v in found.variables if v.value in {c.name for c in asked.columns}]


@pytest.mark.parametrize("slug", [q.slug for q in catalogue()])
def test_the_example_is_a_call_of_this_question_with_what_it_needs(slug: str) -> None:
    asked = question(slug)
    for example in (asked.example.ja, asked.example.en):
        assert example.startswith(f"alliancekg ask {slug}")
        given = set(re.findall(r" ([\w-]+)=", example))
        assert {p.name for p in asked.parameters if p.required} <= given <= {p.name for p in asked.parameters}


@pytest.mark.parametrize("slug", [q.slug for q in catalogue()])
def test_texts_are_in_the_language_that_they_claim(slug: str) -> None:
    asked = question(slug)
    wordings = [asked.title, asked.description, *(p.wording for p in asked.parameters), *(c.wording for c in asked.columns)]
    assert all(not w.ja.isascii() and w.en.isascii() for w in wordings)


def test_claims_show_where_they_come_from() -> None:
    without = {q.slug for q in catalogue() if not {"factuality", "quote", "document", "claim"} <= {c.name for c in q.columns}}
    assert without == {"aliases", "unresolved"}
