"""Measures and paths through the public API: tables with names and quotes."""

from __future__ import annotations

import pytest

import alliancekg as akg
from graph.networks import measures

TOLD = """
    document d 2024
    Forum scc = 日米安全保障協議委員会 | SCC | en:Security Consultative Committee
    Forum sdc = 日米防衛協力小委員会 | SDC
    Forum edd = 日米拡大抑止協議 | EDD
    State us = 米国
    Post fm = 外務大臣
    d: sdc partOf scc from=1976
    d: scc hasMember us
    d: scc hasMember fm
    d: edd hasMember us
    d: edd hasMember fm Planned
"""


@pytest.fixture
def kg(tell) -> akg.KnowledgeGraph:
    return akg.KnowledgeGraph(tell(TOLD))


def test_the_most_central_forum_comes_first(kg):
    answer = kg.centrality()
    assert [row["thing"] for row in answer.rows] == ["日米安全保障協議委員会", "日米拡大抑止協議", "日米防衛協力小委員会"]
    assert answer.table()[0] == ("名称", "隣接", "媒介中心性", "近接中心性")
    assert kg.centrality("State", lang="en").table() == (
        ("name", "neighbours", "betweenness", "closeness"),
        [("米国", "2", "0.5", "0.666667")],
    )


def test_a_table_says_that_figures_are_estimated(kg, monkeypatch):
    assert not any("estimated" in heading for heading in kg.centrality(lang="en").headings)
    monkeypatch.setattr(measures, "_EXACT", 0)
    monkeypatch.setattr(measures, "_SAMPLE", 1)
    answer = kg.centrality(lang="en")
    assert [heading for heading in answer.headings if "(estimated)" in heading] == [
        "betweenness (estimated)",
        "closeness (estimated)",
    ]
    assert "betweenness" in answer.columns


def test_communities_list_their_things(kg):
    assert sum(row["size"] for row in kg.communities().rows) == 5
    assert {name for row in kg.communities().rows for name in row["members"]} >= {"米国", "日米拡大抑止協議"}


def test_a_path_is_a_table_with_quotes(kg):
    assert kg.paths("EDD", "SCC").rows == []
    answer = kg.paths("EDD", "SDC", states=True)
    assert [
        (row["step"], row["subject"], row["property"], row["object"], row["date"], row["quote"]) for row in answer.rows
    ] == [
        (1, "日米拡大抑止協議", "構成員", "米国", "", "edd hasMember us"),
        (2, "日米安全保障協議委員会", "構成員", "米国", "", "scc hasMember us"),
        (3, "日米防衛協力小委員会", "上位組織", "日米安全保障協議委員会", "1976", "sdc partOf scc from=1976"),
    ]
    planned = kg.paths("EDD", "SCC", factuality=["Actual", "Planned"])
    assert [row["factuality"] for row in planned.rows] == ["Planned", "Actual"]
    assert [row["document"] for row in planned.rows] == [["「d」"], ["「d」"]]


def test_shared_members_of_a_snapshot(kg):
    assert kg.shared_members().number_of_edges() == 1
    assert kg.shared_members(as_of="2023").number_of_edges() == 0


def test_what_cannot_be_asked_is_said(kg):
    with pytest.raises(akg.GraphError, match="Known are Institution"):
        kg.centrality("forum")
    with pytest.raises(akg.QueryError, match="XYZ"):
        kg.paths("XYZ", "SCC")
