"""`alliancekg evaluate` and `akg.evaluate`: what is printed, and what cannot be done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import alliancekg as akg
from alliancekg.cli import run

GRAPH = """
    document a 2024-06
    Forum dicas = 日米防衛産業協力・取得・維持整備定期協議 | DICAS
    Forum stf = システム・技術フォーラム | S&TF
    a: dicas replaces stf
    a: stf replaces dicas
    a: dicas establishedOn 2024 Planned
"""
GOLD = [
    {"kind": "entity", "type": "Forum", "names": ["DICAS"]},
    {"kind": "claim", "s": ["DICAS"], "p": "replaces", "o": ["S&TF"], "f": "Actual", "quote": "DICASがS&TFに代わる"},
    {"kind": "claim", "s": ["S&TF"], "p": "establishedOn", "o": {"date": "1980"}, "f": "Actual", "quote": "[1980]年に設けた"},
]


@pytest.fixture
def graph(tmp_path: Path, tell) -> str:
    path = tmp_path / "g.ttl"
    akg.KnowledgeGraph(tell(GRAPH)).save(path)
    return str(path)


@pytest.fixture
def gold(tmp_path: Path) -> str:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in GOLD), encoding="utf-8")
    return str(path)


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "160")

    def called(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return called


def cells(out: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in out.splitlines() if line.startswith("│")]


def test_the_tables(call, graph: str, gold: str) -> None:
    code, out, err = call("evaluate", graph, gold)
    assert (code, err) == (0, "")
    rows = cells(out)
    assert ["replaces", "1", "1", "0", "1.000", "2", "1", "0.500", "0.667"] in rows
    assert ["all", "2", "1", "0", "0.500", "3", "1", "0.333", "0.400"] in rows
    assert ["Forum", "1", "1", "1", "0", "1.000", "2", "1", "0.500", "0.667"] in rows
    assert ["Actual", "1", "0", "0", "0", "0"] in rows
    assert ["all", "0", "0", "0", "1"] in rows
    assert "3 of 3 claims of the graph" in out
    assert "[1980]年に設けた" not in out
    assert "stf replaces dicas" not in out


def test_misses_and_spurious_with_their_quotes(call, graph: str, gold: str) -> None:
    _, missed, _ = call("evaluate", graph, gold, "--misses")
    assert ["a:3", "claim", "S&TF establishedOn 1980 [Actual]", "", "[1980]年に設けた"] in cells(missed)
    assert "stf replaces dicas" not in missed
    _, spurious, _ = call("evaluate", graph, gold, "--spurious")
    assert [row[-1] for row in cells(spurious) if row[:2] == ["a.txt", "claim"]] == [
        "dicas establishedOn 2024 Planned",
        "stf replaces dicas",
    ]
    assert "[1980]年に設けた" not in spurious


def test_json(call, graph: str, gold: str) -> None:
    code, out, err = call("evaluate", graph, gold, "--format", "json")
    told = json.loads(out)
    assert (code, err, told["claims"]["recall"], told["claims"]["precision"]) == (0, "", 0.5, 0.3333)
    assert told["misses"][0]["quote"] == "[1980]年に設けた"
    assert json.loads(call("evaluate", graph, gold, "--format", "json", "--whole")[1])["scope"]["whole"] == ["a"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["{graph}"], "GOLD"),
        (["none.ttl", "{gold}"], "none.ttl: there is no such file"),
        (["{graph}", "none.jsonl"], "none.jsonl: the gold cannot be read"),
        (["{graph}", "{bad}"], "bad.jsonl:2: this is not JSON"),
        (["{graph}", "{gold}", "--format", "csv"], "csv"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_code_2(call, graph: str, gold: str, tmp_path: Path, arguments, complaint) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text(json.dumps(GOLD[0]) + "\n{kind\n")
    code, out, err = call("evaluate", *(a.format(graph=graph, gold=gold, bad=bad) for a in arguments))
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert complaint in err


def test_in_python(graph: str, gold: str, tell) -> None:
    for given in (graph, Path(graph), akg.open(graph)):
        for files in (gold, Path(gold), [gold]):
            result = akg.evaluate(given, files)
            assert (result.recall, result.precision, result.f1) == (1 / 2, 1 / 3, 0.4)
    assert json.loads(result.to_json())["claims"]["f1"] == 0.4
    with pytest.raises(akg.GraphError, match=r"none\.jsonl"):
        akg.evaluate(graph, "none.jsonl")
