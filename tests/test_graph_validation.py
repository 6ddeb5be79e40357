"""Validation: what SHACL finds comes back as plain values, in both languages."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from graph.files import read
from graph.findings import Finding
from graph.validation import validate
from ontology.errors import DataFileError
from ontology.terms import AKG, AKGID, PREFIXES

PREFIX = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
GOLDEN = Path(__file__).parent / "golden" / "graph_sample.ttl"
SHAPES = """
akg:ForumShape a sh:NodeShape ; sh:targetClass akg:Forum ;
  sh:property [ sh:path skos:prefLabel ; sh:minCount 1 ; sh:message "名前がない"@ja , "it has no name"@en ] ;
  sh:property [ sh:path akg:partOf ; sh:class akg:Institution ; sh:message "機関ではない"@ja , "it is no institution"@en ] ;
  sh:property [ sh:path [ sh:inversePath akg:meetingOf ] ; sh:maxCount 1 ; sh:message "会合が多い"@ja , "too many meetings"@en ] ;
  sh:property [ sh:path ( akg:locatedIn skos:prefLabel ) ; sh:maxCount 1 ; sh:severity sh:Warning ; sh:message "two places"@en ] .
"""
GOOD = 'akgid:a a akg:Forum ; skos:prefLabel "甲"@ja ; akg:partOf akgid:b . akgid:b a akg:Institution .'
NAMELESS = Finding("Violation", "akgid:a", "skos:prefLabel", "", "akg:ForumShape", "名前がない", "it has no name")
BAD = {
    "nothing wrong": (GOOD, ()),
    "no name": ("akgid:a a akg:Forum .", (NAMELESS,)),
    "a wrong class": (
        GOOD.replace("akgid:b a akg:Institution", "akgid:b a akg:Place"),
        (Finding("Violation", "akgid:a", "akg:partOf", "akgid:b", "akg:ForumShape", "機関ではない", "it is no institution"),),
    ),
    "an inverse path": (
        GOOD + " akgid:m akg:meetingOf akgid:a . akgid:n akg:meetingOf akgid:a .",
        (Finding("Violation", "akgid:a", "^akg:meetingOf", "", "akg:ForumShape", "会合が多い", "too many meetings"),),
    ),
    "a warning": (
        GOOD + ' akgid:a akg:locatedIn akgid:p . akgid:p skos:prefLabel "P"@en , "Q"@ja .',
        (Finding("Warning", "akgid:a", "akg:locatedIn/skos:prefLabel", "", "akg:ForumShape", "", "two places"),),
    ),
}


@pytest.fixture
def shapes(tmp_path):
    (tmp_path / "shapes.ttl").write_text(PREFIX + SHAPES, encoding="utf-8")
    return [tmp_path / "shapes.ttl"]


def graph(turtle):
    store = Store()
    store.load(PREFIX + turtle, RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize(("turtle", "expected"), BAD.values(), ids=BAD)
def test_findings(shapes, turtle, expected):
    report = validate(graph(turtle), shapes=shapes)
    assert report.results == expected
    assert report.conforms == all(finding.severity == "Warning" for finding in expected)


def test_messages_of_constraints_in_sparql_keep_their_languages():
    store = graph('akgid:a a akg:State, akg:Place ; skos:prefLabel "甲"@ja .')
    (finding,) = validate(store).results
    assert (finding.message_ja, finding.message_en) == (
        "最上位のクラスは一つだけ。",
        "A thing belongs to one class at the top.",
    )


def test_validation_leaves_the_graph_alone(shapes):
    store = graph(GOOD)
    before = set(store)
    validate(store, shapes=shapes)
    assert set(store) == before


def test_only_the_focus_is_checked(shapes):
    store = graph("akgid:a a akg:Forum . akgid:c a akg:Forum .")
    assert len(validate(store, shapes=shapes).results) == 2
    assert validate(store, shapes=shapes, focus=[AKGID + "a"]).results == (NAMELESS,)
    assert validate(store, shapes=shapes, focus=[]).conforms


def test_named_graphs_are_checked_as_one(shapes):
    store = Store()
    store.extend(Quad(q.subject, q.predicate, q.object, NamedNode(f"x:{i}")) for i, q in enumerate(graph(GOOD)))
    assert validate(store, shapes=shapes).conforms


def test_the_report_as_lines_and_json(shapes):
    report = validate(graph("akgid:a a akg:Forum ."), shapes=shapes)
    assert report.lines() == ("Violation: it has no name (akgid:a skos:prefLabel)",)
    assert report.lines("ja") == ("Violation: 名前がない (akgid:a skos:prefLabel)",)
    told = json.loads(report.to_json())
    assert (told["conforms"], told["results"][0]["message_ja"]) == (False, "名前がない")


def test_cost_grows_with_findings_not_with_their_square(shapes):
    def seconds(size):
        store = graph(" ".join(f"akgid:f{i} a akg:Forum ." for i in range(size)))
        start = perf_counter()
        assert len(validate(store, shapes=shapes).results) == size
        return perf_counter() - start

    seconds(10)
    assert seconds(1600) < 9 * seconds(400)


@pytest.mark.parametrize("content", [None, "akg:x a"])
def test_wrong_shapes_are_named(tmp_path, content):
    path = tmp_path / "mine.ttl"
    if content:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(DataFileError, match=r"mine\.ttl"):
        validate(graph(GOOD), shapes=[path])


def test_the_sample_keeps_to_the_shapes_of_the_vocabulary():
    assert validate(read(GOLDEN)).lines() == ()


def test_a_claim_without_evidence_breaks_the_shapes_of_the_vocabulary():
    store = read(GOLDEN)
    for quad in list(store.quads_for_pattern(None, NamedNode(PREFIXES["prov"] + "wasDerivedFrom"), None)):
        store.remove(quad)
    report = validate(store)
    claims = {quad.subject.value for quad in store.quads_for_pattern(None, NamedNode(AKG + "factuality"), None)}
    assert not report.conforms
    assert {finding.focus.replace("akgid:", AKGID) for finding in report.results} == claims
