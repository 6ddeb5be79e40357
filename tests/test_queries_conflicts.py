"""What contradicts what, what is a development, and what agrees: pairs of claims told one by one."""

from __future__ import annotations

from time import process_time

import pyoxigraph as ox
import pytest

from queries.asking import ask
from queries.engine import Embedded

THINGS = """
    document a 2023
    document b 2025-06
    document undated
    Forum scc = 日米安全保障協議委員会
    Forum sdc = 防衛協力小委員会
    Command jjoc = 統合作戦司令部
    Treaty treaty = 条約
    Law law = 法律
    Guidelines g97 = 97指針
    Programme gpi = GPI
    Programme sm3 = SM-3
    Meeting m1 = 会合一
    Meeting m2 = 会合二
    Occurrence exercise = 演習
    Post minister = 大臣
    State us = 米国
    Place tokyo = 東京
    Place yokota = 横田
"""
CONFLICT, DEVELOPMENT = "conflict", "development"

# One claim, the other, and what they are to each other
PAIRS = [
    # dates of what happens once
    ("a: scc establishedOn 1960", "b: scc establishedOn 1961-01-19", CONFLICT),
    ("a: scc establishedOn 1960-01-19", "a: scc establishedOn 1960-01-20", CONFLICT),  # a document that contradicts itself
    ("a: scc establishedOn 1960", "b: scc establishedOn 1960-01-19", None),
    ("a: scc establishedOn 2024-04", "b: scc establishedOn 2024-04-10", None),
    ("a: scc establishedOn 2024-04/2025-03", "b: scc establishedOn 2025-03-24", None),
    ("a: scc establishedOn 2024-04/2025-03", "b: scc establishedOn 2025-04", CONFLICT),
    ("a: scc establishedOn 1960", "b: sdc establishedOn 1976", None),
    ("a: scc establishedOn 1960", "b: scc endedOn 1976", None),
    ("a: scc endedOn 1960", "b: scc endedOn 1976", CONFLICT),
    ("a: treaty signedOn 1960", "b: treaty signedOn 1951", CONFLICT),
    ("a: treaty effectiveOn 1960", "b: treaty effectiveOn 1951", CONFLICT),
    ("a: treaty publishedOn 1960", "b: treaty publishedOn 1951", CONFLICT),
    ("a: g97 adoptedOn 1997-09-23", "b: g97 adoptedOn 1997-09-24", CONFLICT),
    ("a: law adoptedOn 1998-04-28", "b: law adoptedOn 1999-05-24", None),  # by the cabinet, then by parliament
    ("a: law effectiveOn 1998-04-28", "b: law effectiveOn 1999-05-24", CONFLICT),
    ("a: m1 heldOn 2024-07-28", "b: m1 heldOn 2024-07-29", CONFLICT),
    ("a: m1 heldOn 2024-07-28/2024-07-29", "b: m1 heldOn 2024-07-29", None),
    ("a: gpi startedOn 2023", "b: gpi startedOn 2024", CONFLICT),
    ("a: exercise heldOn 2022", "b: exercise heldOn 2024", None),  # it comes round
    # values that a thing has one at a time
    ("a: scc level MinisterialLevel", "b: scc level DirectorLevel", CONFLICT),
    ("a: scc level MinisterialLevel", "b: scc level MinisterialLevel", None),
    ("a: scc level MinisterialLevel", "a: scc level DirectorLevel", None),
    ("a: scc level DirectorLevel until=1990-12", "b: scc level MinisterialLevel from=1990-12-26", None),
    ("a: scc level DirectorLevel until=1991", "b: scc level MinisterialLevel from=1990", CONFLICT),
    ("a: scc level DirectorLevel", "b: scc level MinisterialLevel from=2024", None),  # a is of 2023
    ("a: scc level DirectorLevel", "b: scc level MinisterialLevel from=2020", CONFLICT),
    ("undated: scc level DirectorLevel", "b: scc level MinisterialLevel from=2024", CONFLICT),
    ("a: scc level DirectorLevel until=../..", "b: scc level MinisterialLevel from=2024", CONFLICT),
    ("a: jjoc locatedIn tokyo", "b: jjoc locatedIn yokota", CONFLICT),
    ("a: jjoc locatedIn tokyo", "b: jjoc locatedIn us", None),
    ("a: sdc establishedBy m1", "b: sdc establishedBy m2", CONFLICT),
    ("a: sdc establishedBy m1", "b: sdc establishedBy scc", None),
    ("a: sdc establishedBy scc", "b: sdc establishedBy jjoc", CONFLICT),
    ("a: scc chairedBy minister", "b: scc chairedBy us", None),
    ("a: scc hasMember minister", "b: scc hasMember us", None),
    ("a: sdc partOf scc", "b: sdc partOf jjoc", None),
    # said and denied
    ("a: scc hasMember us", "b: scc hasMember us Negated", CONFLICT),
    ("a: scc hasMember us Negated", "a: scc hasMember us", CONFLICT),
    ("a: scc level MinisterialLevel", "a: scc level MinisterialLevel Negated", CONFLICT),
    ("a: scc hasMember us", "b: scc hasMember minister Negated", None),
    ("a: scc hasMember us until=1990-12", "b: scc hasMember us Negated from=1990-12-26", None),
    ("a: scc establishedOn 1960-01-19", "b: scc establishedOn 1960 Negated", CONFLICT),
    ("a: scc establishedOn 1960", "b: scc establishedOn 1960-01-19 Negated", None),  # on another day of that year
    ("a: jjoc renamedFrom scc", "b: jjoc renamedFrom scc Negated", None),  # beside which replaces is said
    # one way and the other way round
    ("a: sdc replaces scc", "b: scc replaces sdc", CONFLICT),
    ("a: sdc replaces scc", "b: scc replaces sdc Planned", None),
    ("a: sdc partOf scc", "a: scc partOf sdc", CONFLICT),
    ("a: g97 revises treaty", "a: treaty revises g97", CONFLICT),
    ("a: gpi buildsOn sm3", "b: sm3 buildsOn gpi", CONFLICT),
    ("a: sdc counterpartOf scc", "b: scc counterpartOf sdc", None),
    # plans and what came of them
    ("a: jjoc establishedOn 2024-04/2025-03 Planned", "b: jjoc establishedOn 2025-03-24", DEVELOPMENT),
    ("a: jjoc establishedOn 2024 Planned", "b: jjoc establishedOn 2025-03-24", DEVELOPMENT),
    ("a: jjoc establishedOn 2024 Proposed", "b: jjoc establishedOn 2025-03-24", DEVELOPMENT),
    ("a: jjoc establishedOn 2024 Possible", "undated: jjoc establishedOn 2025-03-24", DEVELOPMENT),
    ("a: jjoc establishedOn 2024 Planned", "a: jjoc establishedOn 2025-03-24", DEVELOPMENT),
    ("b: jjoc establishedOn 2026 Planned", "a: jjoc establishedOn 2025-03-24", None),  # said again, later than it was done
    ("a: jjoc establishedOn 2025 Planned", "b: jjoc establishedOn 2025", None),  # it came as planned
    ("a: jjoc establishedOn 2025 Planned", "b: jjoc establishedOn 2025 Negated", DEVELOPMENT),
    ("a: jjoc partOf scc Planned", "b: jjoc partOf scc Negated", DEVELOPMENT),
    ("b: jjoc partOf scc Planned", "a: jjoc partOf scc Negated", None),
    ("a: jjoc locatedIn tokyo Planned", "b: jjoc locatedIn yokota", DEVELOPMENT),
    ("a: jjoc locatedIn tokyo Planned", "b: jjoc locatedIn yokota from=2024", DEVELOPMENT),
    ("a: jjoc locatedIn tokyo Planned from=2030", "b: jjoc locatedIn yokota", None),  # its time has not come
    ("a: jjoc establishedOn 2024 Planned", "b: jjoc establishedOn 2026 Planned", DEVELOPMENT),
    ("a: jjoc establishedOn 2024 Planned", "b: jjoc establishedOn 2024-12 Planned", None),
    ("a: jjoc establishedOn 2024 Planned", "undated: jjoc establishedOn 2026 Planned", None),
    ("a: jjoc establishedOn 2024 Planned", "a: jjoc establishedOn 2026 Proposed", None),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "kind"), PAIRS, ids=[f"{one} / {other}" for one, other, _ in PAIRS])
def test_a_pair_is_told_once_and_what_it_is(tell, one: str, other: str, kind: str | None) -> None:
    for says in ((one, other), (other, one)):
        rows = ask(Embedded(tell(THINGS + "\n".join(says))), "conflicts").rows
        assert [row["kind"] for row in rows] == [kind] * (kind is not None)
        for row in rows:
            sides = {(row["quote"], row["document"]), (row["other_quote"], row["other_document"])}
            assert sides == {(line.partition(": ")[2], f"「{line.partition(':')[0]}」") for line in says}


@pytest.mark.parametrize(
    ("standing", "kinds"), [("", []), ("Possible", []), ("Negated", [CONFLICT, CONFLICT]), ("verdict=Rejected", [CONFLICT])]
)
def test_values_that_one_document_gives_together_are_set_against_each_other_in_none(
    tell, standing: str, kinds: list[str]
) -> None:
    says = ["a: jjoc locatedIn tokyo", f"a: jjoc locatedIn yokota {standing}", "b: jjoc locatedIn yokota"]
    assert [row["kind"] for row in ask(Embedded(tell(THINGS + "\n".join(says))), "conflicts").rows] == kinds


def test_conflicts_come_before_developments(tell) -> None:
    says = ["a: gpi startedOn 2024 Planned", "b: gpi startedOn 2025", "a: sm3 startedOn 1999", "b: sm3 startedOn 2006"]
    assert [row["kind"] for row in ask(Embedded(tell(THINGS + "\n".join(says))), "conflicts").rows] == [CONFLICT, DEVELOPMENT]


def test_a_development_runs_from_the_plan_to_what_came_of_it(tell) -> None:
    says = ["a: gpi startedOn 2025", "a: gpi startedOn 2024 Planned"]
    row = ask(Embedded(tell(THINGS + "\n".join(says))), "conflicts").rows[0]
    assert (row["value"], row["factuality"], row["other_value"], row["other_factuality"]) == (
        "2024",
        "Planned",
        "2025",
        "Actual",
    )


def test_claims_of_one_thing_in_many_documents_are_paired_with_those_that_differ_alone(tell) -> None:
    documents = "\n".join(f"document d{i} 2020" for i in range(9))
    says = [f"d{i}: scc establishedOn {'1961' if i == 4 else '1960'}" for i in range(9)]
    rows = ask(Embedded(tell("\n".join([THINGS, documents, *says]))), "conflicts").rows
    assert len(rows) == 8
    assert {row["other_document"] for row in rows} == {"「d4」"}


def test_with_as_of_both_documents_must_have_been_issued(tell) -> None:
    graph = Embedded(tell(f"{THINGS}\na: scc establishedOn 1960\nb: scc establishedOn 1961"))
    assert [len(ask(graph, "conflicts", {"as-of": day})) for day in ("2022", "2025-05", "2025-06")] == [0, 0, 1]


@pytest.mark.parametrize("rejected", [0, 1])
def test_neither_side_may_have_been_rejected(tell, rejected: int) -> None:
    says = ["a: scc establishedOn 1960", "b: scc establishedOn 1961"]
    says[rejected] += " verdict=Rejected"
    assert ask(Embedded(tell(THINGS + "\n".join(says))), "conflicts").rows == []


def test_the_claims_behind_are_those_of_both_sides(tell) -> None:
    graph = Embedded(tell(f"{THINGS}\na: scc establishedOn 1960\nb: scc establishedOn 1961"))
    turtle = ask(graph, "conflicts").to_turtle()
    store = ox.Store()
    store.load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    assert len(ask(Embedded(store), "conflicts")) == 1


@pytest.mark.slow
def test_a_large_graph_is_answered_in_less_than_a_second(tell) -> None:
    """100,000 triples, of one thing 400 claims: no product of all claims with all others."""
    documents = [f"document d{i} {1990 + i % 35}" for i in range(200)]
    forums = [f"Forum f{i} = 協議{i}" for i in range(700)]
    dates = (
        "establishedOn 1960",
        "establishedOn 1960-01",
        "hasMember us",
        "partOf scc",
        "level MinisterialLevel",
        "locatedIn tokyo",
    )
    says = [f"d{i % 200}: f{i % 700 if i % 20 else 0} {dates[i % 6]}" for i in range(9000)]
    graph = tell("\n".join([THINGS, *documents, *forums, *says, "a: f1 establishedOn 1999", "b: f1 locatedIn yokota"]))
    assert len(graph) > 100_000
    began = process_time()
    rows = ask(Embedded(graph), "conflicts").rows
    assert process_time() - began < 1, process_time() - began
    assert {row["property"] for row in rows} == {"establishedOn", "locatedIn"}


@pytest.mark.parametrize(
    "later",
    [
        "b: scc locatedIn tokyo\nb: scc locatedIn yokota",  # one document that gives both
        "b: sdc partOf jjoc",
    ],
)
def test_with_as_of_what_reconciles_two_claims_must_have_been_issued_too(tell, later) -> None:
    told = "document early 2022\na: scc locatedIn tokyo\nearly: scc locatedIn yokota\na: scc establishedBy sdc\nearly: scc establishedBy jjoc\n"
    then = len(ask(Embedded(tell(THINGS + told)), "conflicts"))
    graph = Embedded(tell(THINGS + told + later))
    assert then == 2
    assert [len(ask(graph, "conflicts", {"as-of": day})) for day in ("2024", "2025-06")] == [then, then - 1]
