"""The public names, what importing them costs, and whether the rooms are ours."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import alliancekg as akg
from alliancekg.rooms import ROOMS, check

HEAVY = ("spacy", "ginza", "rdflib", "pyshacl", "networkx", "pandas", "SPARQLWrapper", "pyoxigraph")


def test_all_is_what_the_contract_says() -> None:
    assert set(akg.__all__) == {
        "AllianceKGError", "Answer", "DataFileError", "DocumentError", "GraphError", "KnowledgeGraph", "Limits", "LoadOptions", "QueryError", "UnsureError", "__version__", "build", "evaluate", "open",
    }  # fmt: skip


@pytest.mark.parametrize("name", akg.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(akg, name)
    assert name in dir(akg)


def test_what_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        akg.opne  # noqa: B018


def test_the_version_is_that_of_the_package() -> None:
    assert akg.__version__ == version("alliancekg")


@pytest.mark.parametrize("name", ["DataFileError", "DocumentError", "GraphError", "QueryError", "UnsureError"])
def test_the_errors_are_one_tree(name: str) -> None:
    assert issubclass(getattr(akg, name), akg.AllianceKGError)


@pytest.mark.parametrize(
    "action",
    [
        "import alliancekg",
        "from alliancekg.cli import run; run(['--help'])",
        "from alliancekg.cli import run; run(['--version'])",
    ],
)
def test_starting_imports_nothing_heavy(action: str) -> None:
    code = f"import sys; {action}; print('loaded:', [m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded: []"


def test_no_model_and_no_language_library_is_loaded_to_answer(tmp_path: Path, tell) -> None:
    graph = tmp_path / "g.ttl"
    akg.KnowledgeGraph(tell("Forum scc = 協議委員会 | SCC")).save(graph)
    code = f"import sys; from alliancekg.cli import run; run(['ask', 'planned', '--graph', {str(graph)!r}]); print([m for m in ('spacy', 'ginza', 'pyshacl') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_rooms_stand_beside_the_package() -> None:
    assert check() is None


@pytest.mark.parametrize("room", ROOMS)
def test_an_intruder_is_named(tmp_path: Path, room: str) -> None:
    (tmp_path / room).mkdir()
    (tmp_path / room / "__init__.py").write_text("")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); sys.meta_path.sort(key=lambda f: 'editable' in str(f)); from alliancekg.cli import run; sys.exit(run(['questions']))"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert str(tmp_path / room) in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_graph_in_hand(tmp_path: Path, tell) -> None:
    graph = akg.KnowledgeGraph(tell("document a 2024\nForum new = 新 | NEW\nForum old = 旧\na: new replaces old"))
    assert graph.ask("which-forum-replaced-which").rows[0]["new"] == "新"
    assert graph.ask("profile", entity="NEW", as_of="2023").rows == []
    assert graph.query("ASK { ?s ?p ?o }").truth is True
    assert len(graph.to_rdflib()) == len(graph)
    assert graph.to_networkx().number_of_edges() == 1
    graph.save(tmp_path / "g.ttl")
    again = akg.open(tmp_path / "g.ttl")
    assert len(again) == len(graph)
    assert "triples" in repr(again)


def test_opening_what_is_not_there() -> None:
    with pytest.raises(akg.GraphError, match=r"none\.ttl"):
        akg.open("none.ttl")
