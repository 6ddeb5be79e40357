"""Encoding: an extraction becomes exactly the graph that the vocabulary describes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode
from rdflib import Graph
from rdflib.compare import graph_diff, isomorphic

from extract.model import Claim, Date, Document, Entity, Extraction, Locator, Role, Span, Unresolved
from graph.encoding import linked_claims
from graph.errors import GraphError
from graph.identity import claim_iri, document_iri, entity_iri, local_name
from graph.linking import link
from graph.making import make
from graph.runs import Run
from graph.views import as_rdflib
from ontology.terms import AKG, AKGID, Factuality, Kind, Level, Property

GOLDEN = Path(__file__).parent / "golden" / "graph_sample.ttl"
RUN = Run("0.1.0", "ja_ginza 5.3.0", datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC), datetime(2025, 1, 2, 3, 5, tzinfo=UTC))
TEXT = "2024年7月28日、東京で日米2プラス2が開かれた。DICASはS&TFから改称された。局長級の会合が予定されている。先日の合意。"
DAY = Date("2024-07-28", date(2024, 7, 28), date(2024, 7, 28))
SPRING = Date("2024-21", date(2024, 3, 1), date(2024, 5, 31))


def at(words, text=TEXT):
    return Span(text.index(words), text.index(words) + len(words))


def says(s, p, o, words, factuality=Factuality.ACTUAL, rule="sample", confidence=0.9, **more):
    return Claim(s, p, o, factuality, tuple(at(w) for w in words.split("|")), rule, confidence, **more)


SAMPLE = Extraction(
    Document("sample 1.txt", TEXT, "見本", "2024-08", "sidecar", "https://example.org/1", "某研究所", "某"),
    (
        Entity(
            "scc",
            Kind.FORUM,
            "日米安全保障協議委員会",
            ("SCC", "日米2プラス2"),
            ("2+2",),
            "Security Consultative Committee",
            True,
        ),
        Entity("dicas", Kind.FORUM, "防衛産業協力フォーラム", ("DICAS",)),
        Entity("stf", Kind.FORUM, "システム・技術フォーラム", ("S&TF",)),
        Entity("m1", Kind.MEETING, "日米2プラス2", forum="scc", on=DAY),
        Entity("tokyo", Kind.PLACE, "東京", authority=True, label_en="Tokyo"),
    ),
    (),
    (
        says("m1", Property.MEETING_OF, "scc", "日米2プラス2が開かれた"),
        says("m1", Property.HELD_ON, DAY, "2024年7月28日|日米2プラス2が開かれた"),
        says("m1", Property.HELD_IN, "tokyo", "東京で日米2プラス2", confidence=1),
        says("dicas", Property.RENAMED_FROM, "stf", "DICASはS&TFから改称された"),
        says("dicas", Property.COUNTERPART_OF, "stf", "DICASはS&TF", valid_from=SPRING, valid_until=DAY),
        says("dicas", Property.LEVEL, Level.DIRECTOR_GENERAL, "局長級の会合が予定", Factuality.PLANNED, attributed_to="scc"),
        says("m1", Property.HELD_IN, "tokyo", "東京", rule="weaker", confidence=0.5),
    ),
    (Unresolved(at("先日"), "先日", "no date says which day"),),
)


def test_the_sample_is_encoded_as_the_golden_graph():
    built, golden = as_rdflib(make([SAMPLE], run=RUN).store), Graph().parse(GOLDEN)
    _both, missing, added = graph_diff(golden, built)
    assert (set(missing), set(added)) == (set(), set())
    assert isomorphic(golden, built)


def objects(store, subject, predicate):
    return {q.object for q in store.quads_for_pattern(subject, NamedNode(predicate), None, None)}


def one_claim(factuality=Factuality.ACTUAL, predicate=Property.REPLACES, obj="b", **more):
    entities = (Entity("a", Kind.FORUM, "甲"), Entity("b", Kind.FORUM, "乙"))
    claim = Claim("a", predicate, obj, factuality, (Span(0, 2),), "r", **more)
    return Extraction(Document("d.txt", "甲は乙に代わる。"), entities, (), (claim,))


@pytest.mark.parametrize("factuality", list(Factuality))
def test_only_what_is_said_as_done_stands_as_fact(factuality):
    extraction = one_claim(factuality)
    store = make([extraction], run=RUN).store
    assert (objects(store, entity_iri("甲"), AKG + "replaces") == {entity_iri("乙")}) == (factuality is Factuality.ACTUAL)
    (claim,) = linked_claims(extraction, link([extraction]))
    assert objects(store, claim_iri("d.txt", claim), AKG + "factuality") == {NamedNode(AKG + factuality)}


DATES = {
    "2024-07-28": ("http://www.w3.org/2001/XMLSchema#date", "2024-07-28", "2024-07-28"),
    "2024-07": ("http://www.w3.org/2001/XMLSchema#gYearMonth", "2024-07-01", "2024-07-31"),
    "2024": ("http://www.w3.org/2001/XMLSchema#gYear", "2024-01-01", "2024-12-31"),
    "2024-04/2025-03": ("http://id.loc.gov/datatypes/edtf/EDTF", "2024-04-01", "2025-03-31"),
    "197X": ("http://id.loc.gov/datatypes/edtf/EDTF", "1970-01-01", "1979-12-31"),
    "2024/..": ("http://id.loc.gov/datatypes/edtf/EDTF", "2024-01-01", None),
}


@pytest.mark.parametrize(("edtf", "expected"), DATES.items(), ids=DATES)
def test_dates_are_typed_by_their_precision(edtf, expected):
    datatype, earliest, latest = expected
    on = Date(edtf, date.fromisoformat(earliest), latest and date.fromisoformat(latest))
    extraction = one_claim(predicate=Property.ESTABLISHED_ON, obj=on)
    store = make([extraction], run=RUN).store
    (claim,) = linked_claims(extraction, link([extraction]))
    iri, day = claim_iri("d.txt", claim), NamedNode("http://www.w3.org/2001/XMLSchema#date")
    assert objects(store, entity_iri("甲"), AKG + "establishedOn") == {Literal(edtf, datatype=NamedNode(datatype))}
    assert objects(store, iri, AKG + "earliest") == {Literal(earliest, datatype=day)}
    assert objects(store, iri, AKG + "latest") == ({Literal(latest, datatype=day)} if latest else set())


def test_the_same_fact_twice_is_one_claim_with_both_quotes():
    once = one_claim().claims[0]
    weaker = Claim("a", Property.REPLACES, "b", Factuality.ACTUAL, (Span(3, 5),), "s", 0.4)
    denied = Claim("a", Property.REPLACES, "b", Factuality.NEGATED, (Span(3, 5),), "s", 0.4)
    base = one_claim()
    extraction = Extraction(base.document, base.entities, (), (weaker, once, denied))
    merged = linked_claims(extraction, link([extraction]))
    assert [(c.factuality, c.evidence, c.rule, c.confidence) for c in merged] == [
        (Factuality.ACTUAL, (Span(0, 2), Span(3, 5)), "r", 1.0),
        (Factuality.NEGATED, (Span(3, 5),), "s", 0.4),
    ]


def test_a_claim_keeps_its_iri_when_the_words_change():
    before, after = one_claim(), one_claim()
    after = Extraction(Document("d.txt", "序。" + before.document.text), after.entities, (), after.claims)
    iris = [
        {q.subject for q in make([e], run=RUN).store.quads_for_pattern(None, NamedNode(AKG + "factuality"), None)}
        for e in (before, after)
    ]
    assert iris[0] == iris[1]


HOSTILE = [
    'a"b\'c', "甲\n乙\r\n丙", "\u202e甲\u200f乙", "<script>alert(1)</script>", "a>b<c", "{a}|^`\\", "100%", "%zz", "甲/乙#丙?丁", "..", ".",
    "「」", "\x00\x07", "\ud800甲", "a b\u3000c", "\ufffe\uffff", "\ue000", "甲" * 500, "@prefix", '""" .', "𠮷野家", "e\u0301", "",
]  # fmt: skip


@pytest.mark.parametrize("label", HOSTILE, ids=ascii)
def test_hostile_labels_stay_labels(label):
    extraction = Extraction(Document(label or "x", label or "x"), (Entity("k", Kind.FORUM, label, (label + "甲",)),))
    built = as_rdflib(make([extraction], run=RUN).store)
    again = Graph().parse(data=built.serialize(format="turtle"), format="turtle")
    assert isomorphic(built, again)


@given(st.text())
def test_any_label_makes_an_iri_of_its_own_segment(label):
    name = local_name(label)
    assert name.strip(".")
    assert not set(name) & set(' /?#<>"{}|\\^`')
    assert entity_iri(name).value == AKGID + name


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_documents_have_two_iris(one, other):
    if "\ufffd" not in one + other:
        assert (document_iri(one) == document_iri(other)) == (one == other)


@pytest.mark.parametrize(
    ("label", "iri"),
    [
        ("日米拡大抑止協議", "日米拡大抑止協議"),
        ("システム・技術フォーラム", "システム技術フォーラム"),
        ("Extended Deterrence Dialogue", "Extended_Deterrence_Dialogue"),
        ("S&TF", "S%26TF"),
        ("ＳＭ－３", "SM-3"),
        ("日米「2＋2」", "日米2+2"),
    ],
)
def test_iris_can_be_read(label, iri):
    assert entity_iri(local_name(label)).value == AKGID + iri


def test_an_authority_key_that_is_no_iri_is_made_safe():
    assert entity_iri("a b>c%20%zz").value == AKGID + "a%20b%3Ec%20%25zz"


def test_quotes_keep_every_character():
    text = "甲\x0cは\r\n乙\u202eに\ud800代わる。"
    base = one_claim()
    extraction = Extraction(
        Document("d.txt", text), base.entities, (), (Claim("a", Property.REPLACES, "b", Factuality.ACTUAL, (Span(0, 9),), "r"),)
    )
    store = make([extraction], run=RUN).store
    (quote,) = (q.object.value for q in store.quads_for_pattern(None, NamedNode(AKG + "quote"), None))
    (whole,) = objects(store, document_iri("d.txt"), "https://schema.org/text")
    assert quote == "甲\x0cは\r\n乙\u202eに\ufffd"
    assert whole.value[0:9] == quote


BROKEN = {
    "no such entity": (one_claim(obj="zz"), "'zz', which is no entity"),
    "no evidence": (Extraction(one_claim().document, one_claim().entities, (), (Claim("a", Property.REPLACES, "b", Factuality.ACTUAL, (), "r"),)), "no evidence"),
    "a span outside": (Extraction(one_claim().document, one_claim().entities, (), (Claim("a", Property.REPLACES, "b", Factuality.ACTUAL, (Span(5, 99),), "r"),)), "nothing stands at 5–99"),
}  # fmt: skip


@pytest.mark.parametrize(("extraction", "message"), BROKEN.values(), ids=BROKEN)
def test_an_extraction_that_contradicts_itself(extraction, message):
    with pytest.raises(GraphError, match=message):
        make([extraction], run=RUN)


def test_a_run_without_times_is_always_the_same():
    assert Run("1.0").iri == Run("1.0").iri != Run("1.1").iri


def test_twenty_documents_take_seconds():
    text = "甲は乙に代わる。" * 200
    entities = tuple(Entity(f"k{i}", Kind.FORUM, f"第{i}委員会") for i in range(50))
    claims = tuple(
        Claim(f"k{i % 50}", Property.HAS_MEMBER, f"k{(i * 7 + 1 + i // 50) % 50}", Factuality.ACTUAL, (Span(i, i + 8),), "r")
        for i in range(100)
    )
    documents = [Extraction(Document(f"{i}.txt", text), entities, (), claims) for i in range(20)]
    start = process_time()
    store = make(documents, run=RUN).store
    assert len(store) > 20 * 100 * 10
    assert process_time() - start < 15


@pytest.mark.parametrize("code", [0xE0100, 0xE0FFF, 0xF0000, 0x1FFFE, 0x2FFFF, 0x10FFFF])
def test_code_points_that_no_iri_may_hold_are_encoded(code):
    iri = document_iri(chr(code)).value
    assert iri.startswith(AKGID + "document/%"), iri


def test_evidence_tells_its_page_section_paragraph_and_role():
    base = one_claim()
    span = base.claims[0].evidence[0]
    places = (Locator(span, 5, Role.FOOTNOTE, ("制度", "その後"), 2, 3),)
    extraction = Extraction(base.document, base.entities, (), base.claims, (), places)
    store = make([extraction], run=RUN).store
    (evidence,) = {quad.subject for quad in store.quads_for_pattern(None, NamedNode(AKG + "quote"), None)}
    said = {
        name: [quad.object.value for quad in store.quads_for_pattern(evidence, NamedNode(AKG + name), None)]
        for name in ("pageStart", "pageEnd", "section", "paragraph", "textRole")
    }
    assert said == {
        "pageStart": ["2"],
        "pageEnd": ["3"],
        "section": ["制度 › その後"],
        "paragraph": ["5"],
        "textRole": ["footnote"],
    }
    bare = make([base], run=RUN).store
    assert not list(bare.quads_for_pattern(None, NamedNode(AKG + "paragraph"), None))
