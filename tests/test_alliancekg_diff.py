"""`alliancekg diff` by its exit code and its words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.cells import cell_len
from stores_made import Plain

from alliancekg.cli import run
from alliancekg.keeping import keep
from alliancekg.knowledge_graph import KnowledgeGraph, open_graph

BEFORE = """
    document a 2024-06
    Forum dicas = 日米防衛産業協力・取得・維持整備定期協議 | DICAS
    Forum stf = システム・技術フォーラム | S&TF
    a: dicas replaces stf Planned
    a: dicas establishedOn 2024
"""
AFTER = BEFORE.replace("stf Planned", "stf")


@pytest.fixture
def files(tmp_path: Path, tell) -> tuple[str, str]:
    for name, telling in (("a", BEFORE), ("b", AFTER)):
        KnowledgeGraph(tell(telling)).save(tmp_path / f"{name}.ttl")
    return str(tmp_path / "a.ttl"), str(tmp_path / "b.ttl")


@pytest.fixture
def call(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("COLUMNS", raising=False)

    def called(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        printed = capfdbinary.readouterr()
        return code, printed.out.decode(), printed.err.decode()

    return called


def test_what_was_planned_and_is_done_is_told_so(call, files) -> None:
    code, out, err = call("diff", *files)
    assert (code, err) == (1, "")
    assert "確度: 予定 → 事実" in out
    assert out.splitlines()[-1].startswith("主張 ~1")
    _, out, _ = call("diff", *files, "--lang", "en")
    assert "factuality: planned → actual" in out


def test_no_difference_is_said_with_exit_code_0(call, files) -> None:
    for form in ("text", "json", "csv", "patch"):
        assert call("diff", files[0], files[0], "--format", form)[0] == 0
    assert call("diff", files[0], files[0])[1] == "違いはない\n"


def test_the_forms_for_programs(call, files) -> None:
    code, out, _ = call("diff", *files, "--format", "json")
    assert (code, json.loads(out)["claims"]["changed"][0]["fields"]) == (1, ["factuality", "quotes"])
    code, out, _ = call("diff", *files, "--format", "csv")
    assert (code, out.splitlines()[0].split(",")[:3]) == (1, ["change", "kind", "document"])
    code, out, _ = call("diff", *files, "--format", "patch")
    assert (code, out.splitlines()[-1]) == (1, "TC .")


@pytest.mark.parametrize("width", [40, 80])
def test_lines_fit_their_width_and_lose_nothing(call, files, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    _, out, _ = call("diff", *files)
    assert max(cell_len(line) for line in out.splitlines()) <= width
    assert "日米防衛産業協力・取得・維持整備定期協議" in "".join(line.strip() for line in out.splitlines())


def test_what_cannot_be_compared_is_one_line_and_exit_code_2(call, files, tmp_path: Path) -> None:
    code, _, err = call("diff", files[0], str(tmp_path / "none.ttl"))
    assert (code, len(err.splitlines())) == (2, 1)


def test_in_python(files) -> None:
    before, after = map(open_graph, files)
    assert before.diff(after).claims.changed
    assert not before.diff(before)
    assert bytes(before.patch(after)).startswith(b"H id ")


def test_stores_and_their_builds(call, tmp_path: Path) -> None:
    documents, store = tmp_path / "documents", tmp_path / "store"
    documents.mkdir()
    (documents / "a.txt").write_text("甲 replaces 乙\n", encoding="utf-8")
    keep([documents], store, extractor=Plain())
    open_graph(store).save(tmp_path / "before.ttl")
    (documents / "a.txt").write_text("甲 replaces 丙\n", encoding="utf-8")
    keep([documents], store, extractor=Plain())
    code, out, _ = call("diff", str(tmp_path / "before.ttl"), str(store))
    assert (code, "目的語: 乙 → 丙" in out) == (1, True)
    assert call("diff", f"{store}@2", str(store))[0] == 0
    code, _, err = call("diff", f"{store}@1", str(store))
    assert (code, "the graph of build 1 is not there" in err) == (2, True)
