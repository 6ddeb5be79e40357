"""The notebooks run from a clean kernel, show what they speak of, and hold nothing that changes from run to run."""

from __future__ import annotations

import ast
import json
import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest

HOME = Path(__file__).parent.parent
NOTEBOOKS = sorted((HOME / "notebooks").glob("*.ipynb"))
# What of the output shows that the notebook did what it is about.
SHOWN = {
    "1_first_steps": ["太平洋軍は、2018年4月30日にインド太平洋軍に改称された", "succession-chain entity=", "True"],
    "2_sparql": ["Forum", "1951-09-08", "Planned"],
    "3_timelines": ["data:image/svg+xml", "に代わる"],
    "4_networks": ["data:image/svg+xml", "媒介中心性", "予定", "2024"],
    "5_sources": ["2018-04-30", "data:image/svg+xml", "適合 / conforms"],
}


def cells(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return found


def test_there_are_five() -> None:
    assert [path.stem for path in NOTEBOOKS] == list(SHOWN)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_nothing_in_it_changes_from_run_to_run(path: Path) -> None:
    nbformat.validate(nbformat.read(path, as_version=4))
    for cell in cells(path):
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
    assert not re.search(r'(?<![.\w/:])(/[a-z]+/|[A-Z]:\\)|"~', "".join("".join(c["source"]) for c in cells(path) if code(c)))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_speaks_both_languages(path: Path) -> None:
    for cell in cells(path):
        if not code(cell):
            text = "".join(cell["source"])
            assert re.search(r"[ぁ-ん]", text) or text.startswith("## "), text
            assert re.search(r"[A-Za-z]{4}", text), text


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_uses_the_public_interface_alone(path: Path) -> None:
    tree = ast.parse("\n".join("".join(cell["source"]) for cell in cells(path) if code(cell)))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported == {"alliancekg"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr.startswith("_")]


def code(cell: dict[str, Any]) -> bool:
    return cell["cell_type"] == "code"


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_from_a_clean_kernel(path: Path, tmp_path: Path) -> None:
    from nbclient import NotebookClient

    shutil.copytree(HOME / "examples", tmp_path / "examples")
    (tmp_path / "notebooks").mkdir()
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": tmp_path / "notebooks"}}
    ).execute()
    said = ""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            assert output.get("name") != "stderr", output["text"]
            said += "".join(output.get("data", {}).values()) + output.get("text", "")
    assert [words for words in SHOWN[path.stem] if words not in said] == []
    assert "object at 0x" not in said
