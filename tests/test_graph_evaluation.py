"""Evaluation: tiny graphs against gold with figures worked out by hand, and every gold line that must be refused."""

from __future__ import annotations

import importlib.util
import json
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import Claim, Date, Document, Entity, Extraction, Span
from graph.encoding import encode
from graph.evaluation.figures import Dates, EntityTally, MissKind, Tally
from graph.evaluation.gold import Gold, GoldError, MeetingOn, Names, On, read
from graph.evaluation.matching import Match, match_date, same_day
from graph.evaluation.scoring import evaluate
from graph.files import write
from graph.runs import Run
from ontology.terms import Factuality, Kind, Level, Property

ROOT = Path(__file__).parent.parent
SCORER = ROOT.parent / "shared" / "eval" / "score.py"
OWN_GOLD = sorted((ROOT / "tests" / "cases" / "gold").glob("*.jsonl"))


def entity(kind, *names):
    return {"kind": "entity", "type": kind, "names": list(names)}


def fact(s, p, o, f="Actual", quote="と言う"):
    as_node = [[n] if isinstance(n, str) else n for n in (s, o)]
    return {"kind": "claim", "s": as_node[0], "p": p, "o": as_node[1], "f": f, "quote": quote}


def on(day, *names):
    return {"meeting": list(names), "on": day}


def dated(edtf):
    return {"date": edtf}


@pytest.fixture
def gold(tmp_path: Path):
    def written(**files) -> tuple[Gold, ...]:
        paths = []
        for name, lines in files.items():
            paths.append(tmp_path / f"{name}.jsonl")
            paths[-1].write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
        return read(paths)

    return written


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


GOOD = {"kind": "claim", "s": ["甲"], "p": "establishedOn", "o": {"date": "2010"}, "f": "Actual", "quote": "と言う"}
REFUSED = {
    "no JSON": ("{", "not JSON"),
    "no object": ("[1]", "no JSON object"),
    "no kind": ("{}", "kind None is unknown"),
    "an unknown kind": ('{"kind": "fact"}', "kind 'fact' is unknown"),
    "an unknown key": (GOOD | {"note": "x"}, "key 'note' is unknown"),
    "a key too few": ({k: v for k, v in GOOD.items() if k != "s"}, "key 's' is missing"),
    "no quote": ({k: v for k, v in GOOD.items() if k != "quote"}, "key 'quote' is missing"),
    "an empty quote": (GOOD | {"quote": " "}, "quote is empty"),
    "a quote that is no text": (GOOD | {"quote": 1}, "quote is empty"),
    "an unknown property": (GOOD | {"p": "foundedOn"}, "'foundedOn', which the vocabulary does not have"),
    "a property that is no text": (GOOD | {"p": ["x"]}, "which the vocabulary does not have"),
    "an unknown factuality": (GOOD | {"f": "Sure"}, "'Sure', which the vocabulary does not have"),
    "an unknown class": (entity("Club", "甲"), "'Club', which the vocabulary does not have"),
    "no names": (entity("Forum"), "no list of names"),
    "a name alone": ({"kind": "entity", "type": "Forum", "names": "甲"}, "no list of names"),
    "a name that is no text": ({"kind": "entity", "type": "Forum", "names": ["甲", 1]}, "no name"),
    "a name without letters": (entity("Forum", "「」"), "no name"),
    "an entity with a quote": (entity("Forum", "甲") | {"quote": "x"}, "key 'quote' is unknown"),
    "no date": (GOOD | {"o": ["2010"]}, "object of establishedOn is a date"),
    "a date too many": (GOOD | {"p": "replaces"}, "object of replaces is no date"),
    "a date that is none": (GOOD | {"o": {"date": "2010年"}}, "this is no date"),
    "a month that is none": (GOOD | {"o": {"date": "2010-13"}}, "no month 13"),
    "a date as a number": (GOOD | {"o": {"date": [2010]}}, "no date"),
    "more than a date": (GOOD | {"o": {"date": "2010", "on": "2010"}}, "key 'on' is unknown"),
    "a limit that is none": (GOOD | {"from": "then"}, "'from': 'then': this is no date"),
    "a meeting without a date": (GOOD | {"s": {"meeting": ["甲"]}}, "key 'on' is missing"),
    "a meeting of a bad date": (GOOD | {"s": on("x", "甲")}, "'on': 'x': this is no date"),
    "a node that is none": (GOOD | {"s": 1}, "'s' is no list of names"),
    "an unknown level": (GOOD | {"p": "level", "o": ["閣僚級"]}, "閣僚級 is no level"),
}


@pytest.mark.parametrize(("line", "complaint"), REFUSED.values(), ids=list(REFUSED))
def test_a_bad_line_is_named(tmp_path: Path, line: str | dict, complaint: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{json.dumps(GOOD)}\n\n{line if isinstance(line, str) else json.dumps(line)}\n", encoding="utf-8")
    with pytest.raises(GoldError) as refused:
        read([path])
    assert complaint in str(refused.value)
    assert str(refused.value).startswith(f"{path}:3: ")
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "complaint"), [(None, "cannot be read"), (b"\x93\xfa\x96\x7b", "not UTF-8"), (b"\n \n", "no line of gold")]
)
def test_a_bad_file_is_named(tmp_path: Path, content: bytes | None, complaint: str) -> None:
    path = tmp_path / "a.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(GoldError, match=complaint) as refused:
        read([path])
    assert str(path) in str(refused.value)


def test_gold_is_read(gold, tmp_path: Path) -> None:
    limits = {"from": "1990", "until": "1995-03"}
    (one,) = gold(
        a=[entity("Forum", "甲", "乙"), fact(on("2024-07", "甲"), "level", "DirectorLevel", "Planned") | limits, GOOD]
    )
    assert one.name == "a"
    assert (one.entities[0].kind, one.entities[0].names, one.entities[0].line) == (Kind.FORUM, Names(("甲", "乙")), 1)
    planned, founded = one.claims
    assert (planned.subject, planned.predicate, planned.factuality) == (
        MeetingOn(("甲",), "2024-07"),
        Property.LEVEL,
        "Planned",
    )
    assert (planned.valid_from, planned.valid_until, planned.line, founded.object) == ("1990", "1995-03", 2, On("2010"))
    path = tmp_path / "a.jsonl"
    assert len(read([path, tmp_path / "." / "a.jsonl"])) == 1


@pytest.mark.parametrize("path", OWN_GOLD, ids=lambda p: p.stem)
def test_our_own_gold_can_be_read(path: Path) -> None:
    (gold,) = read([path])
    assert gold.claims
    assert gold.entities


# --- agreement with the reference scorer, where it is at hand ---

TEXT = "甲は乙に代わる。" * 20
NAMES = {
    Kind.FORUM: ("日米安全保障協議委員会", "日米拡大抑止協議", "防衛産業協力フォーラム"),
    Kind.AGREEMENT: ("国家防衛戦略に関する共同文書", "防衛戦略に関する共同文書"),
    Kind.PERSON: ("上川陽子", "木原稔"),
    Kind.POST: ("外務事務次官", "防衛大臣"),
    Kind.TOPIC: ("拡大抑止の強化", "宇宙"),
    Kind.STATE: ("米国", "日本"),
}
WORDS = [
    *(name for names in NAMES.values() for name in names),
    "上川",
    "事務次官",
    "拡大抑止",
    "SCC",
    "会議",
    "防衛戦略に関する共同文書案",
]
EDTF = ["2010", "2010-02", "2010-02-03", "2010-02-03/2010-02-05", "2011"]
PROPERTIES = [
    Property.ESTABLISHED_ON, Property.HELD_ON, Property.ADOPTED_BY, Property.ESTABLISHED_BY, Property.COUNTERPART_OF,
    Property.COVERS, Property.HOLDS_POST, Property.LEVEL, Property.MEETING_OF,
]  # fmt: skip
DATED = (Property.ESTABLISHED_ON, Property.HELD_ON)


def a_date(edtf):
    return Date(edtf, date(2010, 1, 1), date(2012, 1, 1))


def an_extraction(name, claims):
    things = [
        Entity(label, kind, label, ("SCC",) * (label == "日米安全保障協議委員会")) for kind in NAMES for label in NAMES[kind]
    ]
    things += [
        Entity("m1", Kind.MEETING, "日米2プラス2", forum="日米安全保障協議委員会", on=a_date("2010-02-03")),
        Entity("m2", Kind.MEETING, "日米首脳会談", on=a_date("2010-02-03/2010-02-05")),
    ]
    made = [Claim(*claim, (Span(at, at + 2),), "r") for at, claim in enumerate(claims)]
    return Extraction(Document(f"{name}.txt", TEXT), tuple(things), (), tuple(made))


SUBJECTS = [*(name for names in NAMES.values() for name in names), "m1", "m2"]
SOME_CLAIMS = st.lists(
    st.sampled_from(PROPERTIES).flatmap(
        lambda p: st.tuples(
            st.sampled_from(SUBJECTS),
            st.just(p),
            st.sampled_from([a_date(e) for e in EDTF] if p in DATED else [*Level][:2] if p is Property.LEVEL else SUBJECTS),
            st.sampled_from(Factuality),
        )
    ),
    max_size=12,
)
A_THING = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=2),
    st.builds(on, st.sampled_from(EDTF), st.sampled_from(["日米2プラス2", "SCC", "日米首脳会談"])),
)
SOME_GOLD = st.lists(
    st.one_of(
        st.builds(entity, st.sampled_from([k.value for k in NAMES]), st.sampled_from(WORDS)),
        st.sampled_from(PROPERTIES).flatmap(
            lambda p: st.builds(
                fact,
                A_THING,
                st.just(p.value),
                st.builds(dated, st.sampled_from(EDTF))
                if p in DATED
                else st.sampled_from([["MinisterialLevel"], ["SummitLevel"]])
                if p is Property.LEVEL
                else A_THING,
                st.sampled_from([f.value for f in Factuality]),
            )
        ),
    ),
    min_size=1,
    max_size=25,
)


@pytest.fixture(scope="module")
def reference():
    if not SCORER.is_file():
        pytest.skip("the reference scorer is not at hand")
    spec = importlib.util.spec_from_file_location("reference_scorer", SCORER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@settings(deadline=None)
@given(first=SOME_CLAIMS, second=SOME_CLAIMS, lines=SOME_GOLD)
def test_recall_is_that_of_the_reference(reference, tmp_path_factory, first, second, lines) -> None:
    folder = tmp_path_factory.mktemp("agreement")
    store = encode([an_extraction("a", first), an_extraction("b", second)], run=Run("0", None))
    write(store, folder / "g.ttl")
    (folder / "a.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
    ours = evaluate(store, read([folder / "a.jsonl"]), whole=True)
    theirs = reference.score(reference.Built(folder / "g.ttl"), lines)
    assert {p.value: (t.gold, t.found, t.coarser) for p, t in ours.by_property.items()} == {
        p: (t["gold"], t["found"], t["coarser"]) for p, t in theirs["claim"].items()
    }
    entities, standing = theirs["entity"], theirs["factuality"]
    assert (ours.entities.gold, ours.entities.found, ours.entities.typed, ours.entities.split) == tuple(
        entities[key] for key in ("gold", "found", "typed", "split")
    )
    right = sum(row[gold] for gold, row in ours.factuality.items())
    assert (right, ours.claims.found + ours.claims.coarser) == (standing["right"], standing["right"] + standing["wrong"])
