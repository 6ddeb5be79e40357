"""Every command by its exit code and its words; the edge of the command line."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from alliancekg.cli import run
from alliancekg.knowledge_graph import KnowledgeGraph
from queries.catalogue import catalogue

GRAPH = """
    document a 2024-06
    Forum dicas = 日米防衛産業協力・取得・維持整備定期協議 | DICAS | en:DICAS Forum
    Forum stf = システム・技術フォーラム | S&TF
    Forum scc = 日米安全保障協議委員会 | SCC | ~2プラス2
    Forum aus = 日豪外務・防衛閣僚協議 | ~2プラス2
    a: dicas replaces stf
    a: scc establishedOn 2025 Planned
"""
ALL = "SELECT ?s ?o WHERE { ?s <https://w3id.org/alliancekg/ontology#replaces> ?o }"


@pytest.fixture
def graph(tmp_path: Path, tell) -> str:
    path = tmp_path / "g.ttl"
    KnowledgeGraph(tell(GRAPH)).save(path)
    return str(path)


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("COLUMNS", raising=False)

    def called(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return called


def test_ask_shows_who_replaced_whom_with_the_words(call, graph: str) -> None:
    code, out, err = call("ask", "which-forum-replaced-which", "--graph", graph)
    assert (code, err) == (0, "1 row\n")
    for wanted in ("新しい組織", "日米防衛産業協力", "(DICAS)", "システム・技術フォー", "Actual", "replaces stf", "「a」"):
        assert wanted in out
    assert "\x1b" not in out


def test_ask_in_english(call, graph: str) -> None:
    _, out, _ = call("ask", "which-forum-replaced-which", "--graph", graph, "--lang", "en")
    assert "DICAS Forum" in out
    assert "factuality" in out


def test_what_is_planned_says_so_in_every_form(call, graph: str) -> None:
    for form in ("table", "json", "csv", "ttl"):
        code, out, _ = call("ask", "profile", "entity=SCC", "--graph", graph, "--format", form)
        assert (code, "Planned" in out) == (0, True)


def test_ask_as_json_and_csv(call, graph: str) -> None:
    _, out, _ = call("ask", "which-forum-replaced-which", "--graph", graph, "--format", "json")
    assert json.loads(out)["rows"][0]["new"] == "日米防衛産業協力・取得・維持整備定期協議"
    _, out, _ = call("ask", "which-forum-replaced-which", "--graph", graph, "--format", "csv")
    assert next(csv.DictReader(io.StringIO(out)))["factuality"] == "Actual"


def test_nothing_found_is_no_failure(call, graph: str) -> None:
    code, out, err = call("ask", "guidelines-history", "--graph", graph, "--format", "json")
    assert (code, json.loads(out)["rows"], err) == (0, [], "")


@pytest.mark.parametrize("width", [40, 80, 200])
def test_tables_fit_their_width_and_lose_nothing(call, graph: str, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    from rich.cells import cell_len

    monkeypatch.setenv("COLUMNS", str(width))
    _, out, _ = call(
        "query",
        "-e",
        ALL.replace("?s ?o", '?s ("日米安全保障協議委員会と日米防衛協力小委員会と[b]角括弧[/b]" AS ?name)'),
        "--graph",
        graph,
    )
    assert max(cell_len(line) for line in out.splitlines()) <= width
    assert "…" not in out
    for letter in "日米安全保障協議委員会小角括弧[b]":
        assert letter in out


@pytest.mark.parametrize(("width", "listed"), [(60, True), (300, False)])
def test_rows_with_more_columns_than_fit_are_lists(
    call, graph: str, monkeypatch: pytest.MonkeyPatch, width: int, listed: bool
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    _, out, _ = call("ask", "evidence-for", "entity=DICAS", "--graph", graph, "--lang", "en")
    rows = [[cell.strip() for cell in line.strip("│").split("│")] for line in out.splitlines() if line.startswith("│")]
    assert all(len(row) == 2 for row in rows) is listed
    assert any(row[0] == "quote" for row in rows) is listed


def test_query_from_a_file_and_from_the_line(call, graph: str, tmp_path: Path) -> None:
    file = tmp_path / "q.rq"
    file.write_text("\ufeff" + ALL, encoding="utf-8")
    from_file, from_line = (call("query", *how, "--graph", graph, "--format", "json") for how in ((str(file),), ("-e", ALL)))
    assert from_file == from_line
    assert json.loads(from_line[1])["rows"] == [
        {"s": "https://w3id.org/alliancekg/id/dicas", "o": "https://w3id.org/alliancekg/id/stf"}
    ]


def test_query_construct_as_turtle(call, graph: str) -> None:
    code, out, _ = call(
        "query",
        "-e",
        "CONSTRUCT WHERE { ?s <https://w3id.org/alliancekg/ontology#replaces> ?o }",
        "--graph",
        graph,
        "--format",
        "ttl",
    )
    assert code == 0
    assert "akgid:dicas akg:replaces akgid:stf" in out


def test_questions_lists_all_with_their_parameters(call) -> None:
    code, out, _ = call("questions", "--format", "json")
    assert code == 0
    listed = {row["question"]: row["parameters"] for row in json.loads(out)["rows"]}
    assert set(listed) == {q.slug for q in catalogue()}
    assert listed["members-at"] == "forum=ENTITY on=DATE"
    assert listed["agreements-timeline"] == "[from=DATE] [until=DATE]"
    assert "as-of=DATE" in call("questions")[1]


def test_questions_shows_one_and_its_sparql(call) -> None:
    _, out, _ = call("questions", "meetings-of", "--lang", "en")
    assert "Meetings of a forum" in out
    _, out, _ = call("questions", "meetings-of", "--sparql")
    assert out == next(q.sparql for q in catalogue() if q.slug == "meetings-of")


REFUSED = [
    (["ask", "which-forum-replaced", "--graph", "{graph}"], "Did you mean which-forum-replaced-which"),
    (["ask", "profile", "--graph", "{graph}"], "needs entity"),
    (["ask", "profile", "entity=SCD", "--graph", "{graph}"], "nothing is called 'SCD'. Did you mean SCC"),
    (["ask", "profile", "entity=2プラス2", "--graph", "{graph}"], "could be"),
    (["ask", "profile", "SCC", "--graph", "{graph}"], "Write NAME=VALUE"),
    (["ask", "profile", "entity=SCC", "entity=EDD", "--graph", "{graph}"], "given twice"),
    (["ask", "planned", "as-of=soon", "--graph", "{graph}"], "is no date"),
    (["ask", "planned"], "--graph FILE, --store DIR or --endpoint URL"),
    (
        ["ask", "planned", "--graph", "{graph}", "--endpoint", "http://127.0.0.1:9/"],
        "--graph FILE, --store DIR or --endpoint URL",
    ),
    (["ask", "planned", "--graph", "none.ttl"], "none.ttl: there is no such file"),
    (["ask", "planned", "--graph", "{folder}"], "{folder}"),
    (["ask", "planned", "--graph", "{broken}"], "not valid"),
    (["ask", "planned", "--endpoint", "http://127.0.0.1:9/", "--timeout", "1"], "cannot reach the endpoint"),
    (["ask", "planned", "--endpoint", "file:///etc/passwd"], "is no endpoint"),
    (["ask", "planned", "--graph", "{graph}", "--format", "xml"], "xml"),
    (["query", "-e", "SELECT * WHERE { ?s", "--graph", "{graph}"], "the SPARQL is malformed"),
    (["query", "-e", "DROP ALL", "--graph", "{graph}"], "DROP is an update"),
    (["query", "-e", "ASK {}", "--graph", "{graph}", "--format", "ttl"], "no graph"),
    (["query", "--graph", "{graph}"], "a file with a query or -e"),
    (["query", "none.rq", "--graph", "{graph}"], "none.rq: cannot read the query"),
    (["query", "{binary}", "--graph", "{graph}"], "not UTF-8"),
    (["questions", "nothing-like-it-at-all"], "unknown question"),
    (["questions", "--sparql"], "questions SLUG --sparql"),
    (["validate", "none.ttl"], "none.ttl"),
    (["validate", "{broken}"], "not valid"),
    (["validate", "{folder}"], "{folder}"),
    (["nothing"], "nothing"),
    (["ask"], "QUESTION"),
]


@pytest.mark.parametrize(("arguments", "complaint"), REFUSED, ids=[" ".join(a)[:40] for a, _ in REFUSED])
def test_what_cannot_be_done_is_one_line_and_code_2(
    call, graph: str, tmp_path: Path, arguments: list[str], complaint: str
) -> None:
    (tmp_path / "broken.ttl").write_text("<a> <b")
    (tmp_path / "binary.rq").write_bytes(b"\x93\xfa\x96\x7b")
    (tmp_path / "folder.ttl").mkdir()
    places = {
        "graph": graph,
        "folder": str(tmp_path / "folder.ttl"),
        "broken": str(tmp_path / "broken.ttl"),
        "binary": str(tmp_path / "binary.rq"),
    }
    code, out, err = call(*(a.format(**places) if a.startswith("{") else a for a in arguments))
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert complaint.format(**places) in err if "{" in complaint else complaint in err
    assert err.startswith("alliancekg: ")


def test_validate_tells_by_its_exit_code(call, graph: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from graph import validation

    finding = validation.Finding("Violation", "akgid:scc", "akg:earliest", "x", "akg:Shape", "日付がない", "there is no date")
    for report, code, word in (
        (validation.Report(True), 0, "適合している"),
        (validation.Report(False, (finding,)), 1, "日付がない"),
    ):
        monkeypatch.setattr(validation, "validate", lambda store, report=report: report)
        assert (call("validate", graph)[0], word in call("validate", graph)[1]) == (code, True)
        assert json.loads(call("validate", graph, "--format", "json")[1])["conforms"] is (code == 0)
    assert "there is no date" in call("validate", graph, "--lang", "en")[1]


def test_a_mistake_of_ours_is_one_line_too_and_v_shows_where(call, graph: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.delenv("ALLIANCEKG_DEBUG", raising=False)
    monkeypatch.setattr("alliancekg.cli_questions.answer_to", fails)
    code, _, err = call("ask", "planned", "--graph", graph)
    assert (code, len(err.splitlines())) == (2, 1)
    assert "ZeroDivisionError: oops" in err
    assert "Traceback" in call("-v", "ask", "planned", "--graph", graph)[2]
    monkeypatch.setenv("ALLIANCEKG_DEBUG", "1")
    assert "Traceback" in call("ask", "planned", "--graph", graph)[2]


def test_interrupted_is_130_without_a_traceback(call, graph: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("alliancekg.cli_questions.answer_to", interrupted)
    code, _, err = call("ask", "planned", "--graph", graph)
    assert (code, err.strip()) == (130, "")


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_reader_who_leaves_early_is_no_failure(form: str) -> None:
    code = f"import sys; from alliancekg.cli import main; main(['questions', '--format', '{form}'])"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.close()
        assert running.stderr is not None
        assert running.stderr.read() == b""
        assert running.wait() == 0


def test_help_of_every_command(call) -> None:
    code, out, _ = call("--help")
    assert code == 0
    for command in ("build", "validate", "questions", "ask", "query"):
        assert command in out
        assert call(command, "--help")[0] == 0


def test_without_a_command_the_help_is_shown_line_by_line(call) -> None:
    code, out, err = call()
    assert (code, out) == (2, "")
    assert "Commands:" in err.splitlines()


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("改称さ\nれた", "改称された"), ("Joint\n  Staff", "Joint Staff"), ("2023年\r\n11月", "2023年11月"), ("a\x1b[31mb", "a\ufffd[31mb"),
        ("全角\u3000空白", "全角\u3000空白"), ("\u202eabc", "\ufffdabc"),
    ],
)  # fmt: skip
def test_cells_are_one_line_and_move_no_cursor(cell: str, shown: str) -> None:
    from alliancekg.cli_output import _harmless

    assert _harmless(cell) == shown
