"""Every question on a small graph told for it: its rows, its empty answer, and hostile parameters."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from queries.asking import ask, text_of
from queries.catalogue import ParameterType, catalogue, question
from queries.engine import Embedded
from queries.errors import QueryError

PEOPLE_AND_PLACES = """
    document a 2024-06
    document b 2025
    document undated
    Forum scc = 日米安全保障協議委員会 | SCC | ~2プラス2 | en:Security Consultative Committee
    Forum stf = システム・技術フォーラム | S&TF
    Forum dicas = 日米防衛産業協力フォーラム | DICAS | en:DICAS Forum
    Forum sdc = 防衛協力小委員会 | SDC
    Guidelines g78 = 78指針
    Guidelines g97 = 97指針
    Guidelines g15 = 15指針
    Guidelines g30 = 30指針
    Guidelines g0 = 前史
    Forum council = 協議会
    Partnership alliance = 同盟
    Programme sm1 = SM-1
    Programme sm2 = SM-2
    Programme sm4 = SM-4
    Treaty treaty = 日米安全保障条約
    Law law = 周辺事態法
    Programme gpi = GPI
    Programme sm3 = SM-3ブロックIIA
    Meeting m1 = 2プラス2(2024年7月28日)
    Meeting m2 = 2プラス2(1997年9月23日)
    Post minister = 外務大臣
    Post secretary = 国務長官
    Person kamikawa = 上川陽子
    State japan = 日本
    State us = 米国
    Place tokyo = 東京
    Topic deterrence = 拡大抑止
"""

# slug, parameters, what the documents say, the rows in English without their quotes
CASES = [
    (
        "which-forum-replaced-which", {},
        ["a: dicas replaces stf", "a: dicas establishedOn 2024-06", "a: sdc replaces scc Proposed", "a: g97 replaces g78"],
        ["DICAS Forum|システム・技術フォーラム||2024-06|Actual|「a」", "防衛協力小委員会|Security Consultative Committee|||Proposed|「a」"],
    ),
    (
        "which-forum-replaced-which", {"as-of": "2024"},
        ["a: dicas replaces stf from=2024-06-10", "b: sdc replaces stf", "undated: sdc replaces scc"],
        ["DICAS Forum|システム・技術フォーラム|2024-06-10||Actual|「a」"],
    ),
    (
        "guidelines-history", {},
        ["a: g97 adoptedOn 1997-09-23", "a: g97 revises g78", "b: g97 adoptedBy scc", "a: g78 adoptedOn 1978", "a: g78 draftedBy sdc Possible"],
        [
            "78指針|1978||||Actual|「a」",
            "78指針|||防衛協力小委員会||Possible|「a」",
            "97指針|1997-09-23|||78指針|Actual|「a」",
            "97指針||Security Consultative Committee|||Actual|「b」",
        ],
    ),
    (
        "agreements-timeline", {"from": "1960-02", "until": "1990"},
        ["a: g78 adoptedOn 1978-11-27", "a: treaty signedOn 1960", "a: g97 adoptedOn 1997", "b: treaty effectiveOn 1960-06-23", "a: law effectiveOn 1989/1991"],
        ["日米安全保障条約|signedOn|1960|Actual|「a」", "日米安全保障条約|effectiveOn|1960-06-23|Actual|「b」",
         "78指針|adoptedOn|1978-11-27|Actual|「a」", "周辺事態法|effectiveOn|1989/1991|Actual|「a」"],
    ),
    (
        "profile", {"entity": "ＳＣＣ"},
        ["a: scc establishedOn 1960", "a: m1 meetingOf scc Planned", "a: stf establishedOn 1980", "b: scc hasMember secretary from=1990-12"],
        ["Security Consultative Committee|establishedOn|1960|||Actual|「a」",
         "Security Consultative Committee|hasMember|国務長官|1990-12||Actual|「b」",
         "2プラス2(2024年7月28日)|meetingOf|Security Consultative Committee|||Planned|「a」"],
    ),
    (
        "evidence-for", {"entity": "2プラス2", "property": "akg:establishedOn"},
        ["a: scc establishedOn 1960", "a: scc level MinisterialLevel"],
        ["Security Consultative Committee|establishedOn|1960|Actual|「a」|3000|3022||0.9"],
    ),
    (
        "meetings-of", {"forum": "2プラス2"},
        ["a: m1 meetingOf scc", "a: m1 heldOn 2024-07-28", "a: m1 heldIn tokyo", "a: m1 hasParticipant kamikawa", "b: m1 hasParticipant minister",
         "a: m1 resultedIn dicas Planned", "a: m2 meetingOf scc", "a: m2 heldOn 1997-09-23", "b: m2 resultedIn g97"],
        ["2プラス2(1997年9月23日)|1997-09-23|||97指針|Actual|「a」; 「b」",
         "2プラス2(2024年7月28日)|2024-07-28|東京|上川陽子; 外務大臣||Actual|「a」; 「b」",
         "2プラス2(2024年7月28日)||||DICAS Forum|Planned|「a」"],
    ),
    ("aliases", {"entity": "SCC"}, ["a: scc establishedOn 1960"],
     ["Security Consultative Committee|preferred", "日米安全保障協議委員会|preferred", "SCC|alternative", "2プラス2|shared"]),
    ("facts-from", {"document": "a.txt"}, ["a: stf establishedOn 1980 Negated", "b: scc establishedOn 1960", "a: g97 revises g78"],
     ["システム・技術フォーラム|establishedOn|1980|||Negated||「a」", "97指針|revises|78指針|||Actual||「a」"]),
    ("established-between", {"from": "1970", "until": "1980"},
     ["a: stf establishedOn 1980", "a: stf establishedBy scc", "a: sdc establishedOn 1976 Possible", "a: scc establishedOn 1960", "b: sdc establishedBy scc"],
     ["防衛協力小委員会|1976||Possible|「a」", "システム・技術フォーラム|1980|Security Consultative Committee|Actual|「a」"]),
    ("members-at", {"forum": "SCC", "on": "1985"},
     ["a: scc hasMember minister", "a: scc hasMember us until=1990-12", "a: scc hasMember secretary from=1990-12", "a: scc hasMember japan from=1985-07", "a: scc hasMember kamikawa until=1984"],
     ["日本|1985-07||Actual|「a」", "外務大臣|||Actual|「a」", "米国||1990-12|Actual|「a」"]),
    ("members-at", {"forum": "SCC", "on": "1985"},
     ["a: scc hasMember minister", "a: scc hasMember secretary", "b: scc hasMember secretary from=1990-12", "b: scc hasMember japan from=2007 Planned", "a: scc hasMember japan"],
     ["日本|||Actual|「a」", "外務大臣|||Actual|「a」"]),
    ("members-at", {"forum": "SCC", "on": "1985", "as-of": "2024"},
     ["a: scc hasMember secretary", "b: scc hasMember secretary from=1990-12"],
     ["国務長官|||Actual|「a」"]),
    ("members-at", {"forum": "SCC", "on": "1995"},
     ["a: scc hasMember secretary", "b: scc hasMember secretary from=1990-12"],
     ["国務長官|1990-12||Actual|「b」"]),
    ("planned", {}, ["a: dicas establishedOn 2025 Planned", "a: stf establishedOn 1980"], ["DICAS Forum|establishedOn|2025|Planned|「a」"]),
    ("proposals", {}, ["a: gpi developedBy us Proposed by=japan", "b: gpi buildsOn sm3 Proposed", "a: scc establishedOn 1960"],
     ["日本|GPI|developedBy|米国|Proposed|「a」", "|GPI|buildsOn|SM-3ブロックIIA|Proposed|「b」"]),
    ("proposals", {"document": "「b」"}, ["a: gpi developedBy us Proposed", "b: gpi buildsOn sm3 Proposed"],
     ["|GPI|buildsOn|SM-3ブロックIIA|Proposed|「b」"]),
    ("unresolved", {}, ["a? 昨年 : no date of publication", "b? 同協定 : two agreements fit"],
     ["no date of publication|「a」", "two agreements fit|「b」"]),
    ("who-decided", {"entity": "97指針"}, ["a: g97 adoptedBy scc", "a: sdc establishedBy scc"],
     ["97指針|adoptedBy|Security Consultative Committee|Actual|「a」"]),
    ("implementing", {"agreement": "97指針"}, ["a: law implements g97", "a: law implements g78"], ["周辺事態法|97指針|Actual|「a」"]),
    ("parties-of", {"agreement": "日米安全保障条約"}, ["a: treaty hasParty japan", "a: treaty hasParty us", "a: g97 hasParty us"],
     ["日本|日米安全保障条約|Actual|「a」", "米国|日米安全保障条約|Actual|「a」"]),
    ("counterparts", {}, ["a: minister counterpartOf secretary"], ["外務大臣|国務長官|Actual|「a」"]),
    ("counterparts", {"entity": "国務長官"}, ["a: minister counterpartOf secretary", "a: sdc counterpartOf stf"], ["外務大臣|国務長官|Actual|「a」"]),
    ("programmes-of", {"state": "日本"}, ["a: gpi developedBy japan", "a: gpi developedBy us", "b: gpi buildsOn sm3", "a: sm3 developedBy us"],
     ["GPI|日本; 米国|SM-3ブロックIIA|Actual|「a」; 「b」"]),
    ("covering", {"topic": "拡大抑止"}, ["a: scc covers deterrence", "a: g97 covers deterrence Proposed"],
     ["97指針|拡大抑止|Proposed|「a」", "Security Consultative Committee|拡大抑止|Actual|「a」"]),
    ("forums-by-level", {}, ["a: sdc level WorkingLevel", "a: scc level MinisterialLevel from=2024", "a: m1 level SummitLevel"],
     ["MinisterialLevel|Security Consultative Committee|2024||Actual|「a」", "WorkingLevel|防衛協力小委員会|||Actual|「a」"]),
    ("attended", {"person": "上川陽子"}, ["a: m1 hasParticipant kamikawa", "a: m1 heldOn 2024-07-28", "a: m2 hasParticipant minister"],
     ["2プラス2(2024年7月28日)|2024-07-28|上川陽子||Actual|「a」"]),
    ("outcomes-of", {"forum": "SCC", "on": "1997"},
     ["a: m2 meetingOf scc", "a: m2 heldOn 1997-09-23", "a: m2 resultedIn g97", "a: m1 meetingOf scc", "a: m1 heldOn 2024-07-28", "a: m1 resultedIn dicas"],
     ["2プラス2(1997年9月23日)|97指針|Actual|「a」"]),
    ("happened-in", {"year": "1997"}, ["a: m2 heldOn 1997-09-23", "a: g97 adoptedOn 1997", "a: stf startedOn 1990/1999", "a: g78 adoptedOn 1978"],
     ["システム・技術フォーラム|startedOn|1990/1999|Actual|「a」", "97指針|adoptedOn|1997|Actual|「a」", "2プラス2(1997年9月23日)|heldOn|1997-09-23|Actual|「a」"]),
    ("components-of", {"entity": "SCC"},
     ["a: sdc partOf scc", "a: stf partOf sdc Planned", "b: dicas partOf stf", "b: scc partOf alliance", "a: dicas partOf scc Negated"],
     ["DICAS Forum|Security Consultative Committee|Negated|「a」", "防衛協力小委員会|Security Consultative Committee|Actual|「a」",
      "システム・技術フォーラム|防衛協力小委員会|Planned|「a」", "DICAS Forum|システム・技術フォーラム|Actual|「b」"]),
    ("revision-chain", {"agreement": "15指針"},
     ["a: g97 revises g78", "b: g15 revises g97", "a: g78 revises g0 Possible", "b: g30 revises g15 Proposed"],
     ["15指針|97指針|Actual|「b」", "97指針|78指針|Actual|「a」", "78指針|前史|Possible|「a」"]),
    ("succession-chain", {"entity": "S&TF"},
     ["b: dicas replaces stf from=2024-06-10", "a: stf replaces scc", "a: scc replaces sdc", "b: alliance replaces dicas Planned", "a: sdc replaces council Possible"],
     ["predecessor|防衛協力小委員会|協議会||Possible|「a」", "predecessor|Security Consultative Committee|防衛協力小委員会||Actual|「a」",
      "predecessor|システム・技術フォーラム|Security Consultative Committee||Actual|「a」",
      "successor|DICAS Forum|システム・技術フォーラム|2024-06-10|Actual|「b」", "successor|同盟|DICAS Forum||Planned|「b」"]),
    ("programme-lineage", {"programme": "GPI"},
     ["a: gpi buildsOn sm3", "b: sm3 buildsOn sm2", "b: sm2 buildsOn sm1 Possible", "a: sm4 buildsOn gpi"],
     ["GPI|SM-3ブロックIIA|Actual|「a」", "SM-3ブロックIIA|SM-2|Actual|「b」", "SM-2|SM-1|Possible|「b」"]),
    ("shared-members", {},
     ["a: scc hasMember japan", "b: scc hasMember japan", "b: sdc hasMember japan Planned", "a: sdc hasMember us", "a: scc hasMember us Negated", "a: sdc hasMember minister", "a: stf hasMember minister"],
     ["Security Consultative Committee|防衛協力小委員会|日本|Actual|「a」|2|Planned|「b」|1",
      "防衛協力小委員会|システム・技術フォーラム|外務大臣|Actual|「a」|1|Actual|「a」|1"]),
    ("conflicts", {},
     ["a: scc establishedOn 1960", "b: scc establishedOn 1961", "a: stf establishedOn 1980-09 Planned", "b: stf establishedOn 1980-09-02", "a: scc level SummitLevel", "b: scc level MinisterialLevel",
      "a: scc hasMember us", "a: scc hasMember us Negated", "a: sdc replaces stf", "b: stf replaces sdc"],
     ["conflict|Security Consultative Committee|establishedOn|1960|Actual|「a」|1961|Actual|「b」",
      "conflict|Security Consultative Committee|hasMember|米国|Actual|「a」|米国|Negated|「a」",
      "conflict|Security Consultative Committee|level|MinisterialLevel|Actual|「b」|SummitLevel|Actual|「a」",
      "conflict|防衛協力小委員会|replaces|システム・技術フォーラム|Actual|「a」|防衛協力小委員会|Actual|「b」",
      "development|システム・技術フォーラム|establishedOn|1980-09|Planned|「a」|1980-09-02|Actual|「b」"]),
    ("rejected", {},
     ["a: stf establishedOn 1980 Possible held=Date", "a: scc establishedOn 1960 verdict=Rejected", "b: g97 revises g78 verdict=Corrected", "b: scc level MinisterialLevel verdict=Accepted", "a: sdc partOf scc"],
     ["97指針|revises|78指針|corrected|誤読|査読者|2025-01-02T12:04:05+09:00|Actual|「b」",
      "システム・技術フォーラム|establishedOn|1980|held|breaks Date|Date|2025-01-01T12:00:00+09:00|Possible|「a」",
      "Security Consultative Committee|establishedOn|1960|rejected|誤読|査読者|2025-01-02T12:04:05+09:00|Actual|「a」"]),
]  # fmt: skip
# Questions whose rows show every claim that they look at
AGAIN = {
    "agreements-timeline", "components-of", "conflicts", "counterparts", "covering", "evidence-for", "facts-from", "forums-by-level", "happened-in", "implementing",
    "members-at", "parties-of", "planned", "profile", "programme-lineage", "proposals", "rejected", "revision-chain", "succession-chain", "who-decided",
}  # fmt: skip
NEEDED = {"entity": "SCC", "forum": "SCC", "document": "a.txt", "on": "1985", "agreement": "97指針", "state": "日本", "topic": "拡大抑止", "person": "上川陽子", "year": "1997", "programme": "GPI"}  # fmt: skip
HOSTILE = [
    '"} ; DROP ALL #',
    "x> <y",
    "' OR 1=1 --",
    "}} UNION { ?s ?p ?o",
    "\\",
    '"""',
    "\n#",
    "?s",
    "UNDEF",
    "\ud800",
    "\x00",
    "＞",
]


def engine(tell, says) -> Embedded:
    return Embedded(tell(PEOPLE_AND_PLACES + "\n".join(says)))


@pytest.mark.parametrize(("slug", "parameters", "says", "expected"), CASES, ids=[f"{c[0]}-{i}" for i, c in enumerate(CASES)])
def test_rows(tell, slug, parameters, says, expected) -> None:
    answer = ask(engine(tell, says), slug, parameters, lang="en")
    without_quotes = [name for name in answer.shown if not name.endswith("quote")]
    found = []
    for row in answer.rows:
        cells = ["; ".join(v) if isinstance(v, list) else "" if v is None else str(v) for v in (row[n] for n in without_quotes)]
        found.append("|".join(cells))
    assert found == expected


@pytest.mark.parametrize(("slug", "parameters", "says", "expected"), CASES, ids=[f"{c[0]}-{i}" for i, c in enumerate(CASES)])
def test_quotes_are_the_words_of_the_documents(tell, slug, parameters, says, expected) -> None:
    answer = ask(engine(tell, says), slug, parameters)
    quotes = [quote for row in answer.rows if "quote" in row for quote in str(row["quote"]).split(" … ")]
    assert all(any(quote and quote in line for line in says) for quote in quotes)
    assert bool(quotes) == (slug != "aliases")


@pytest.mark.parametrize(("slug", "parameters", "says", "expected"), CASES, ids=[f"{c[0]}-{i}" for i, c in enumerate(CASES)])
def test_what_a_reviewer_rejected_counts_as_not_said(tell, slug, parameters, says, expected) -> None:
    if slug == "rejected":  # which is about them
        return
    told = ask(engine(tell, says), slug, parameters)
    changed = 0
    for at, line in enumerate(says):
        without = ask(engine(tell, [*says[:at], "document nothing", *says[at + 1 :]]), slug, parameters)
        if _is_claim(line):
            rejected = ask(engine(tell, [*says[:at], f"{line} verdict=Rejected", *says[at + 1 :]]), slug, parameters)
            assert rejected.rows == without.rows, line
        changed += without.rows != told.rows
    assert changed or slug == "aliases"  # which needs no claim


@pytest.mark.parametrize(
    ("slug", "parameters", "says"),
    [
        *(case[:3] for case in CASES if case[0] != "aliases"),  # which looks into texts
        ("meetings-of", {"forum": "SCC"}, ["b: m1 meetingOf scc", "a: m1 heldOn 2024-07-28", "a: m1 heldIn tokyo"]),
        ("outcomes-of", {"forum": "SCC"}, ["b: m1 meetingOf scc", "a: m1 resultedIn g97"]),
        ("outcomes-of", {"forum": "SCC", "on": "2024"}, ["a: m1 meetingOf scc", "b: m1 heldOn 2024-07-28", "a: m1 resultedIn g97"]),
        ("programmes-of", {"state": "日本"}, ["undated: gpi developedBy japan", "a: gpi developedBy us", "a: gpi buildsOn sm3"]),
    ],
)  # fmt: skip
def test_as_of_a_day_later_documents_might_as_well_not_exist(tell, slug, parameters, says) -> None:
    later = [line if line.startswith(("a:", "a?", "document ")) else "document nothing" for line in says]
    known, then = (ask(engine(tell, told), slug, parameters | {"as-of": "2024"}) for told in (says, later))
    assert known.rows == then.rows == ask(engine(tell, later), slug, parameters).rows


def test_denied_meetings_are_no_meetings_of_a_forum_on_a_day(tell) -> None:
    says = ["a: m1 meetingOf scc", "a: m1 heldOn 2024-07-28 Negated", "a: m1 resultedIn g97"]
    assert ask(engine(tell, says), "outcomes-of", {"forum": "SCC", "on": "2024"}).rows == []
    assert len(ask(engine(tell, says), "outcomes-of", {"forum": "SCC"})) == 1


def test_a_thing_dated_twice_is_told_once_and_by_its_first_day(tell) -> None:
    says = [
        "a: g97 adoptedOn 1997-09-23",
        "a: g97 adoptedOn 1977 Possible",
        "b: g97 adoptedBy scc",
        "a: g78 adoptedOn 1978-11-27",
    ]
    sparql = text_of(engine(tell, says), "guidelines-history")
    assert len(engine(tell, says).run(sparql).rows) == len(says)
    assert [row["guideline"] for row in ask(engine(tell, says), "guidelines-history").rows] == ["97指針"] * 3 + ["78指針"]


def _is_claim(line: str) -> bool:
    return line.partition(" ")[0].endswith(":")


@pytest.mark.parametrize("slug", [q.slug for q in catalogue()])
def test_each_claim_that_a_question_looks_at_may_have_been_rejected(slug) -> None:
    sparql = question(slug).sparql
    for claim in set(re.findall(r"(\?\w+) (?:a akg:Claim ; )?rdf:(?:subject|predicate|object)", sparql)):
        assert f"FILTER NOT EXISTS {{ {claim} akg:reviewStatus akg:Rejected }}" in sparql, claim


@pytest.mark.parametrize(
    ("slug", "parameters", "says"),
    [case[:3] for case in CASES if case[0] in AGAIN],
    ids=[case[0] for case in CASES if case[0] in AGAIN],
)
def test_the_graph_behind_an_answer_gives_it_again(tell, slug, parameters, says) -> None:
    answer = ask(engine(tell, says), slug, parameters)
    behind = ox.Store()
    behind.load(answer.to_turtle().encode(), format=ox.RdfFormat.TURTLE)
    assert ask(Embedded(behind), slug, parameters).rows == answer.rows


def test_every_question_has_a_case() -> None:
    assert {case[0] for case in CASES} == {q.slug for q in catalogue()}


@pytest.mark.parametrize("slug", [q.slug for q in catalogue()])
def test_nothing_said_nothing_answered(tell, slug) -> None:
    parameters = {p.name: NEEDED[p.name] for p in question(slug).parameters if p.required}
    answer = ask(engine(tell, []), slug, parameters)
    assert answer.rows == [] or slug == "aliases"
    assert set(answer.shown) <= set(answer.columns)


@pytest.mark.parametrize("slug", [q.slug for q in catalogue()])
def test_before_all_documents_nothing_was_said(tell, slug) -> None:
    parameters = {p.name: NEEDED[p.name] for p in question(slug).parameters if p.required} | {"as-of": "1900"}
    says = [line for case in CASES if case[0] == slug for line in case[2]]
    assert ask(engine(tell, says), slug, parameters).rows == []


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("slug", [q.slug for q in catalogue()])
def test_hostile_parameters_are_refused_and_change_nothing(tell, slug, value) -> None:
    embedded = engine(tell, ["a: scc establishedOn 1960"])
    before = embedded.run("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    for parameter in question(slug).parameters:
        needed = {p.name: NEEDED[p.name] for p in question(slug).parameters if p.required}
        assert parameter.type is not ParameterType.TEXT
        with pytest.raises(QueryError) as refused:
            ask(embedded, slug, needed | {parameter.name: value})
        assert len(str(refused.value).splitlines()) == 1
    assert embedded.run("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == before


@pytest.mark.parametrize(
    ("as_of", "issued", "known"),
    [
        ("2024-06-30", "2024-06", True), ("2024-06-29", "2024-06", False), ("2024", "2024", True), ("2024-12-30", "2024", False),
        ("2024-06", "2024-06-30", True), ("2024-06", "2024-07-01", False), ("2025-03", "2024-04/2025-03", True), ("2025-02", "2024-04/2025-03", False),
    ],
)  # fmt: skip
def test_as_of_needs_the_whole_time_of_issue_to_have_passed(tell, as_of, issued, known) -> None:
    graph = tell(f"document d {issued}\nForum n = 新 | N\nForum o = 旧\nd: n replaces o")
    assert bool(ask(Embedded(graph), "which-forum-replaced-which", {"as-of": as_of}).rows) is known
