"""Evaluation: tiny graphs against gold with figures worked out by hand."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from gold_lines import dated, entity, fact, on

from graph.evaluation.figures import Dates, EntityTally, MissKind, Tally
from graph.evaluation.matching import Match, match_date, same_day
from graph.evaluation.scoring import evaluate
from ontology.terms import Factuality, Kind, Property

THINGS = """
    document a 2024
    Forum scc = 日米安全保障協議委員会 | SCC
    Forum edd = 日米拡大抑止協議 | EDD
    Forum dicas = 防衛産業協力フォーラム
    Agreement plan = 国家防衛戦略に関する共同文書
    Agreement draft = 国家防衛戦略に関する共同文書案
    Person kamikawa = 上川陽子
    Post minister = 外務事務次官
    Topic nuclear = 拡大抑止の強化
    State us = 米国
    Meeting m1 = 日米2プラス2(2024年7月28日)
    Meeting m2 = 日米首脳会談(2024年4月10日)
    a: m1 meetingOf scc
    a: m1 heldOn 2024-07-28
    a: m2 heldOn 2024-04-10/2024-04-11
"""
# What the graph says, what the gold says, and how the one fits the other: e(xact), c(oarser), or not at all.
MATCHES = {
    "any name will do": ("edd replaces scc", fact(["×", "EDD"], "replaces", ["SCC"]), "e"),
    "width and case": ("edd replaces scc", fact("ｅｄｄ", "replaces", "「ＳＣＣ」"), "e"),
    "another direction": ("edd replaces scc", fact("SCC", "replaces", "EDD"), ""),
    "another property": ("edd partOf scc", fact("EDD", "replaces", "SCC"), ""),
    "counterparts both ways": ("edd counterpartOf scc", fact("SCC", "counterpartOf", "EDD"), "e"),
    "the same date": ("edd establishedOn 2010", fact("EDD", "establishedOn", dated("2010")), "e"),
    "a coarser date": ("edd establishedOn 2010", fact("EDD", "establishedOn", dated("2010-02")), "c"),
    "a finer date": ("edd establishedOn 2010-02", fact("EDD", "establishedOn", dated("2010")), ""),
    "another date": ("edd establishedOn 2011", fact("EDD", "establishedOn", dated("2010")), ""),
    "a period by its first day": ("m2 heldOn 2024-04-10", fact(on("2024-04-10", "日米首脳会談"), "heldOn", dated("2024-04-10/2024-04-12")), "e"),
    "a level": ("edd level MinisterialLevel", fact("EDD", "level", "MinisterialLevel"), "e"),
    "another level": ("edd level MinisterialLevel", fact("EDD", "level", "DirectorLevel"), ""),
    "a surname": ("kamikawa holdsPost minister", fact("上川", "holdsPost", "外務事務次官"), "e"),
    "a given name": ("kamikawa holdsPost minister", fact("陽子", "holdsPost", "外務事務次官"), ""),
    "a post without its ministry": ("kamikawa holdsPost minister", fact("上川陽子", "holdsPost", "事務次官"), "e"),
    "a post cut too short": ("kamikawa holdsPost minister", fact("上川陽子", "holdsPost", "次官"), ""),
    "a post by its beginning": ("kamikawa holdsPost minister", fact("上川陽子", "holdsPost", "外務事務"), ""),
    "a descriptive name": ("plan hasParty us", fact("防衛戦略に関する共同文書", "hasParty", "米国"), "e"),
    "a descriptive name, mostly other": ("plan hasParty us", fact("国家防衛戦略に関", "hasParty", "米国"), ""),
    "a similar name beside the name itself": ("draft hasParty us", fact("国家防衛戦略に関する共同文書", "hasParty", "米国"), ""),
    "a topic cut otherwise": ("edd covers nuclear", fact("EDD", "covers", "拡大抑止"), "e"),
    "another topic": ("edd covers nuclear", fact("EDD", "covers", "宇宙"), ""),
    "a meeting by its forum": ("m1 hasParticipant us", fact(on("2024-07-28", "SCC"), "hasParticipant", "米国"), "e"),
    "a meeting by its kind": ("m2 hasParticipant us", fact(on("2024-04-10", "日米首脳会談"), "hasParticipant", "米国"), "e"),
    "a meeting by its month": ("m1 hasParticipant us", fact(on("2024-07", "SCC"), "hasParticipant", "米国"), "e"),
    "a meeting of another day": ("m1 hasParticipant us", fact(on("2024-07-29", "SCC"), "hasParticipant", "米国"), ""),
    "a meeting of another forum": ("m1 hasParticipant us", fact(on("2024-07-28", "EDD"), "hasParticipant", "米国"), ""),
    "a body for its meeting": ("edd establishedBy scc", fact("EDD", "establishedBy", on("2024-07-28", "SCC")), "e"),
    "a meeting for its body": ("edd establishedBy m1", fact("EDD", "establishedBy", "SCC"), "e"),
    "but not as a result": ("m1 resultedIn edd", fact("SCC", "resultedIn", "EDD"), ""),
    "nor as another property's object": ("edd basedOn m1", fact("EDD", "basedOn", "SCC"), ""),
}  # fmt: skip


@pytest.mark.parametrize(("said", "line", "fits"), MATCHES.values(), ids=list(MATCHES))
def test_what_fits(tell, gold, said: str, line: dict, fits: str) -> None:
    result = evaluate(tell(f"{THINGS}\n a: {said}"), gold(a=[line]))
    assert (result.claims.gold, result.claims.found, result.claims.coarser) == (1, fits == "e", fits == "c")
    right = any(one.quote == said for one in result.spurious)
    assert right == (not fits and said.split()[1] == line["p"])


DAYS = [
    ("2024", "2024", Match.EXACT, True),
    ("2024-06-09/2024-06-11", "2024-06-09", Match.EXACT, True),
    ("2024", "2024-04/2025-03", Match.COARSER, False),
    ("2024-04-10", "2024-04", None, True),
    ("2024-04", "2024-04-10", Match.COARSER, False),
    ("2024-04-10", "2024-04-11", None, False),
    ("20", "2024-04-11", Match.COARSER, False),
]


@pytest.mark.parametrize(("built", "wanted", "fits", "meets"), DAYS)
def test_dates(built: str, wanted: str, fits: Match | None, meets: bool) -> None:
    assert (match_date(built, wanted), same_day(built, wanted)) == (fits, meets)


TWO = """
    document a 2024
    document b 2024
    document c 2024
    Forum scc = 日米安全保障協議委員会 | SCC
    Forum edd = 日米拡大抑止協議 | EDD
    Command jjoc = 統合作戦司令部
    a: edd establishedOn 2010
    a: edd partOf scc Planned
    a: edd level DirectorLevel
    a: jjoc renamedFrom scc
    b: jjoc establishedOn 2026
    b: jjoc partOf scc
    b: jjoc partOf scc Proposed
    c: edd partOf jjoc
"""
FIRST = [
    entity("Forum", "日米拡大抑止協議"),
    entity("Forum", "DICAS"),
    entity("Command", "SCC"),
    fact("EDD", "establishedOn", dated("2010-02-01")),
    fact("EDD", "partOf", "SCC", quote="SCCの下にEDDを置く"),
    fact("統合作戦司令部", "partOf", "SCC", quote="他の文書が言う"),
]
SECOND = [
    entity("Forum", "SCC"),
    fact("統合作戦司令部", "establishedOn", dated("2025")),
    fact("統合作戦司令部", "partOf", "SCC"),
]


def test_the_figures_by_document(tell, gold) -> None:
    result = evaluate(tell(TWO), gold(a=FIRST, b=SECOND))
    assert result.by_property == {
        Property.ESTABLISHED_ON: Tally(gold=2, found=0, built=2, right=1, coarser=1),
        Property.PART_OF: Tally(gold=3, found=2, built=3, right=3),
    }
    assert result.claims == Tally(gold=5, found=2, built=5, right=4, coarser=1) == result.claims_without_covers
    assert (result.recall, result.precision) == (0.4, 0.8)
    assert result.f1 == pytest.approx(2 * 0.4 * 0.8 / 1.2)
    assert result.claims.recall_with_coarser_dates == 0.6
    assert result.dates == Dates(exact=0, coarser=1, wrong=1, missing=0)
    assert result.by_class == {
        Kind.FORUM: EntityTally(gold=3, found=2, built=3, right=3, typed=2),
        Kind.COMMAND: EntityTally(gold=1, found=1, built=2, right=0, typed=0),
    }
    assert [one.subject for one in result.spurious_entities] == ["統合作戦司令部", "統合作戦司令部"]
    assert result.factuality[Factuality.ACTUAL] == {**dict.fromkeys(Factuality, 0), Factuality.ACTUAL: 2, Factuality.PLANNED: 1}
    assert result.factuality_accuracy == 2 / 3
    assert [(one.documents, one.quote) for one in result.spurious] == [("b.txt", "jjoc establishedOn 2026")]
    assert {one.quote for one in result.misjudged} == {"edd partOf scc Planned", "jjoc partOf scc Proposed"}


def test_what_is_missed(tell, gold) -> None:
    result = evaluate(tell(TWO), gold(a=FIRST, b=SECOND))
    assert [(m.kind, m.gold, m.line, m.built) for m in result.misses] == [
        (MissKind.ENTITY, "a", 2, ""),
        (MissKind.CLASS, "a", 3, "日米安全保障協議委員会 (Forum)"),
        (MissKind.DATE, "a", 4, "2010"),
        (MissKind.FACTUALITY, "a", 5, "Planned"),
        (MissKind.CLAIM, "a", 6, ""),
        (MissKind.CLAIM, "b", 2, "2026"),
    ]
    assert [m.quote for m in result.misses if m.line == 6] == ["他の文書が言う"]


def test_the_scope_is_said(tell, gold) -> None:
    result = evaluate(tell(TWO), gold(a=FIRST, b=SECOND))
    assert (result.scope.documents, result.scope.whole) == (("a.txt", "b.txt"), ())
    assert (result.scope.built, result.scope.elsewhere, result.scope.unused) == (8, 1, {"level": 1, "renamedFrom": 1})
    assert "5 of 8 claims" in " ".join(result.notes())
    assert "1 level, 1 renamedFrom" in " ".join(result.notes())


def test_the_whole_graph(tell, gold) -> None:
    result = evaluate(tell(TWO), gold(a=FIRST, b=SECOND), whole=True)
    assert result.claims == Tally(gold=5, found=3, built=5, right=4, coarser=1)
    assert result.scope.whole == ("a", "b")


# The gold files, and which of them meet all of the graph, and which documents they judge.
PAIRINGS = [
    ({"a": FIRST}, (), ("a.txt",)),
    ({"x": FIRST}, ("x",), ("a.txt", "b.txt", "c.txt")),
    ({"a": FIRST, "x": SECOND}, ("x",), ("a.txt",)),
    ({"a.txt": FIRST}, (), ("a.txt",)),
]


@pytest.mark.parametrize(("files", "whole", "judged"), PAIRINGS)
def test_gold_is_paired_by_name(tell, gold, files: dict, whole: tuple, judged: tuple) -> None:
    result = evaluate(tell(TWO), gold(**files))
    assert (result.scope.whole, result.scope.documents) == (whole, judged)


def test_gold_of_no_document_does_not_judge_the_others(tell, gold) -> None:
    """The claims of a are right by the gold of a alone."""
    result = evaluate(tell(TWO), gold(a=[fact("EDD", "partOf", "EDD")], x=[fact("EDD", "partOf", "SCC")]))
    assert result.by_property[Property.PART_OF] == Tally(gold=2, found=1, built=1, right=0)


def test_one_document_is_all_of_the_graph(tell, gold) -> None:
    result = evaluate(tell("document a\nForum x = 甲\nForum y = 乙\na: x replaces y"), gold(z=[fact("甲", "replaces", "乙")]))
    assert (result.precision, result.recall, result.f1, result.scope.whole) == (1, 1, 1, ("z",))


def test_a_split_thing_and_the_best_of_several_claims(tell, gold) -> None:
    store = tell("""
        document a
        Forum one = 甲 | 甲会
        Forum two = 甲
        Forum other = 乙
        a: one establishedOn 2010
        a: one establishedOn 2010-02 Possible
        a: two establishedOn 2010-02
        a: one establishedOn 2010-02 Planned
    """)
    result = evaluate(store, gold(a=[entity("Forum", "甲"), fact("甲", "establishedOn", dated("2010-02"))]))
    assert result.entities == EntityTally(gold=1, found=1, built=2, right=2, typed=1, split=1)
    assert result.misses[0].built == "甲 (Forum), 甲 (Forum)"
    assert result.dates == Dates(exact=1)
    assert result.factuality_accuracy == 1
    assert (result.precision, len(result.misjudged)) == (1, 2)


def test_a_date_that_another_line_has_is_not_wrong(tell, gold) -> None:
    store = tell("document a\nForum x = 甲\na: x endedOn 2010\na: x establishedOn 2011\na: x establishedOn 2012")
    lines = [fact("甲", p, dated(edtf)) for p, edtf in (("endedOn", "2010"), ("endedOn", "2009"), ("establishedOn", "2010"))]
    assert evaluate(store, gold(a=lines)).dates == Dates(exact=1, wrong=1, missing=1)


def test_a_thing_counts_by_its_most_specific_class(tell, gold) -> None:
    store = tell("document a\nTreaty x = 甲\na: x signedOn 1960")
    result = evaluate(store, gold(a=[entity("Treaty", "甲"), entity("Agreement", "乙")]))
    assert {kind: tally.built for kind, tally in result.by_class.items()} == {Kind.TREATY: 1, Kind.AGREEMENT: 0}
    assert evaluate(store, gold(a=[entity("Agreement", "甲")])).entities.typed == 1


def test_a_thing_of_another_document_is_out_of_view(tell, gold) -> None:
    store = tell(
        "document a\ndocument b\nForum x = 甲\nForum y = 乙\nForum z = 丙\na: x establishedOn 1990\nb: y establishedOn 1990"
    )
    lines = [entity("Forum", "甲"), entity("Forum", "乙"), entity("Forum", "丙")]
    assert [miss.subject for miss in evaluate(store, gold(a=lines)).misses] == ["乙"]
    assert evaluate(store, gold(a=lines), whole=True).misses == ()


def test_what_cannot_be_counted_is_none(tell, gold) -> None:
    only_entities = evaluate(tell("document a\nForum x = 甲"), gold(a=[entity("Forum", "甲")]))
    assert (only_entities.precision, only_entities.recall, only_entities.f1) == (None, None, None)
    assert only_entities.property_table()[1] == []
    empty = evaluate(tell(""), gold(a=[fact("甲", "replaces", "乙")]))
    assert (empty.precision, empty.recall, empty.f1, empty.factuality_accuracy) == (None, 0, 0, None)
    assert json.loads(empty.to_json())["claims"]["precision"] is None
    assert empty.property_table()[1][0] == ("replaces", "1", "0", "0", "0.000", "0", "0", "–", "0.000")


def test_named_graphs_count_as_one(tell, gold) -> None:
    """What stands in two graphs is one claim; what is spread over graphs is put together."""
    store = ox.Store()
    for at, quad in enumerate(tell(TWO)):
        for name in {f"urn:{at % 2}", "urn:0"}:
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(name)))
    assert evaluate(store, gold(a=FIRST, b=SECOND)) == evaluate(tell(TWO), gold(a=FIRST, b=SECOND))


def test_a_graph_of_another_maker_may_lack_much(gold) -> None:
    """No documents, no quotes, no standing, and a claim without an object, which is none."""
    store = ox.Store()
    store.load(
        """
        @prefix akg: <https://w3id.org/alliancekg/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        <urn:x> skos:prefLabel "甲" ; a akg:Forum . <urn:y> skos:altLabel "乙" .
        [] a akg:Claim ; rdf:subject <urn:x> ; rdf:predicate akg:replaces ; rdf:object <urn:y> .
        [] a akg:Claim ; rdf:subject <urn:x> ; rdf:predicate akg:replaces .
        [] a akg:Claim ; rdf:subject <urn:y> ; rdf:predicate akg:replaces ; rdf:object <urn:x> .
        """,
        ox.RdfFormat.TURTLE,
    )
    result = evaluate(store, gold(a=[entity("Forum", "甲"), fact("甲", "replaces", "乙")]))
    assert (result.claims, result.entities.precision) == (Tally(gold=1, found=1, built=2, right=1), 1)
    assert result.factuality[Factuality.ACTUAL][None] == 1
    assert result.factuality_table()[0][-1] == "none"
    assert [(one.subject, one.object, one.quote) for one in result.spurious] == [("urn:y", "甲", "")]
    assert json.loads(result.to_json())["factuality"]["matrix"]["Actual"]["none"] == 1


def test_json_holds_all(tell, gold) -> None:
    told = json.loads(evaluate(tell(TWO), gold(a=FIRST, b=SECOND)).to_json())
    assert told["claims"] | {"without_covers": None} == {
        "precision": 0.8, "recall": 0.4, "f1": 0.5333, "recall_with_coarser_dates": 0.6,
        "gold": 5, "found": 2, "built": 5, "right": 4, "coarser": 1, "without_covers": None,
    }  # fmt: skip
    assert told["entities"]["type_accuracy"] == 0.6667
    assert told["by_property"]["partOf"]["recall"] == 0.6667
    assert told["factuality"]["matrix"]["Actual"]["Planned"] == 1
    assert told["dates"] == {"exact": 0, "coarser": 1, "wrong": 1, "missing": 0}
    assert told["spurious"][0]["quote"] == "jjoc establishedOn 2026"
    assert {"misses", "misjudged", "spurious_entities"} <= told.keys()
    assert told["scope"]["unused"] == {"level": 1, "renamedFrom": 1}
