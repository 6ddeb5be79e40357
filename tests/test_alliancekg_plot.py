"""`alliancekg plot` and the pictures of a graph in hand."""

from __future__ import annotations

from pathlib import Path

import pytest

import alliancekg as akg
from alliancekg.cli import run

TOLD = """
    document d 2024
    Forum scc = 日米安全保障協議委員会 | SCC | en:Security Consultative Committee
    Forum st = システム・技術フォーラム | S&TF
    Forum dicas = 日米防衛産業協力・取得・維持整備定期協議 | DICAS
    State us = 米国
    d: scc establishedOn 1960
    d: st establishedOn 1980
    d: dicas replaces st from=2024
    d: scc hasMember us
"""


@pytest.fixture
def kg(tell) -> akg.KnowledgeGraph:
    return akg.KnowledgeGraph(tell(TOLD))


@pytest.fixture
def graph(kg, tmp_path: Path) -> str:
    kg.save(tmp_path / "g.ttl")
    return str(tmp_path / "g.ttl")


@pytest.mark.parametrize(
    "arguments",
    [
        ["timeline"],
        ["timeline", "SCC", "--kind", "Forum", "--as-of", "2024", "--limit", "1"],
        ["succession", "S&TF"],
        ["succession", "--factuality", "Actual", "--lang", "en"],
        ["network", "SCC", "--depth", "1", "--relation", "hasMember", "--on", "1985"],
        ["network"],
    ],
)
@pytest.mark.parametrize("suffix", ["svg", "png", "html"])
def test_plot_writes_a_file(graph, tmp_path, arguments, suffix) -> None:
    out = tmp_path / f"p.{suffix}"
    assert run(["plot", *arguments, "--graph", graph, "-o", str(out)]) == 0
    assert out.stat().st_size > 1000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["timeline", "-o", "p.pdf"], ".svg, .png, .html"),
        (["timeline", "XYZ", "-o", "p.svg"], "XYZ"),
        (["timeline", "--kind", "Forums", "-o", "p.svg"], "Known are"),
        (["network", "--relation", "member", "-o", "p.svg"], "member"),
        (["succession", "--as-of", "someday", "-o", "p.svg"], "no date"),
        (["network", "--on", "1985-13", "-o", "p.svg"], "no date"),
        (["network", "-o", "none/p.svg"], "none/p.svg"),
    ],
)
def test_a_mistake_is_one_line(graph, capsys, monkeypatch, tmp_path, arguments, said) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["plot", *arguments, "--graph", graph]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert len(told.splitlines()) == 1
    assert "mistake of ours" not in told


def test_pictures_show_themselves_with_their_sources(kg) -> None:
    picture = kg.succession("DICAS")
    assert picture.title == "継承と改定: DICAS"
    assert picture.rows == (
        (
            "日米防衛産業協力・取得・維持整備定期協議 (DICAS)",
            "前身",
            "システム・技術フォーラム (S&TF)",
            "2024",
            "事実",
            "dicas replaces st from=2024",
            "「d」",
        ),
    )
    assert "<svg" not in picture._repr_html_()  # an image of its own, so that two do not share identifiers
    assert "S&amp;TF" in picture._repr_html_()
    assert len(kg.timeline(lang="en").rows) == 3
    assert kg.network("SCC", as_of="2000").rows == ()


@pytest.mark.parametrize("draw", ["timeline", "succession", "network"])
def test_a_picture_of_nothing_is_refused(kg, draw) -> None:
    with pytest.raises(akg.GraphError, match="limit"):
        getattr(kg, draw)(limit=0)
