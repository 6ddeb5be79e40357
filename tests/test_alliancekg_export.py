"""`alliancekg export`: a graph in another format, by the suffix."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import alliancekg as akg
from alliancekg.cli import run

GOLDEN = Path(__file__).parent / "golden" / "graph_sample.ttl"


@pytest.fixture
def graph(tmp_path):
    return Path(shutil.copy(GOLDEN, tmp_path / "graph.ttl"))


def test_a_graph_is_written_in_another_format_and_back(graph, tmp_path):
    assert run(["export", "--graph", str(graph), "-o", str(tmp_path / "g.jsonld")]) == 0
    assert run(["export", "--graph", str(tmp_path / "g.jsonld"), "-o", str(tmp_path / "again.ttl")]) == 0
    assert (tmp_path / "again.ttl").read_bytes() == GOLDEN.read_bytes()


def test_a_table_begins_with_a_byte_order_mark_on_request(graph, tmp_path):
    for arguments, first in ((["--bom"], b"\xef\xbb\xbf"), ([], b"doc")):
        assert run(["export", "--graph", str(graph), "-o", str(tmp_path / "g.csv"), *arguments]) == 0
        assert (tmp_path / "g.csv").read_bytes()[:3] == first


def test_python_saves_the_same(graph, tmp_path):
    run(["export", "--graph", str(graph), "-o", str(tmp_path / "g.csv"), "--bom"])
    akg.open(graph).save(tmp_path / "p.csv", bom=True)
    assert (tmp_path / "g.csv").read_bytes() == (tmp_path / "p.csv").read_bytes()


@pytest.mark.parametrize(("name", "content"), [("n.trig", "nanopub"), ("v.ttl", "void")])
def test_what_a_suffix_does_not_tell(graph, tmp_path, name, content):
    assert run(["export", "--graph", str(graph), "-o", str(tmp_path / name), "--format", content]) == 0
    akg.open(graph).save(tmp_path / f"p_{name}", content=content)
    assert (tmp_path / name).read_bytes() == (tmp_path / f"p_{name}").read_bytes() != graph.read_bytes()


def test_python_refuses_a_content_that_it_does_not_know(graph, tmp_path):
    with pytest.raises(akg.GraphError, match=r"graphs are not written as 'nanopubs'\. Contents: graph, nanopub, void"):
        akg.open(graph).save(tmp_path / "n.trig", content="nanopubs")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "{}/g.ttl"], "Say which graph"),
        (["--graph", "{}/no.ttl", "-o", "{}/g.ttl"], "there is no such file"),
        (["--graph", "{}/graph.ttl", "-o", "{}/g.xls"], "the suffix .xls is no graph format"),
        (["--graph", "{}/graph.ttl", "-o", "{}/g.ttl", "--format", "nanopub"], "a .ttl file cannot hold nanopublications"),
        (["--graph", "{}/graph.ttl", "-o", "{}/no/g.ttl"], "there is no directory"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(graph, tmp_path, capsys, arguments, said):
    assert run(["export", *(argument.format(tmp_path) for argument in arguments)]) == 2
    message = capsys.readouterr().err
    assert said in message
    assert message.count("\n") == 1
