"""`alliancekg export`: a graph in another format, by the suffix."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from stores_made import made

import alliancekg as akg
from alliancekg.cli import run
from extract.model import Claim, Document, Entity, Extraction, Span
from graph.files import read
from graph.identity import term_iri
from ontology.terms import Factuality, Kind, Property

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


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A store of two documents: one says that a body replaced another, the other that it is planned to."""
    entities = (Entity("a", Kind.FORUM, '甲"乙\n丙'), Entity("b", Kind.FORUM, "=\u202e丁"))
    said = (
        Extraction(
            Document(f"{factuality}.txt", f"-{factuality}"),
            entities,
            (),
            (Claim("a", Property.REPLACES, "b", factuality, (Span(0, 4),), "made", 0.9),),
        )
        for factuality in (Factuality.ACTUAL, Factuality.PLANNED)
    )
    return made(tmp_path_factory.mktemp("kept") / "store", *said)


@pytest.mark.parametrize("suffix", [".trig", ".nq", ".jsonld"])
def test_a_store_keeps_its_graphs(kept, tmp_path, suffix):
    assert run(["export", "--store", str(kept), "-o", str(tmp_path / f"g{suffix}")]) == 0
    with akg.open(kept) as opened:
        assert set(read(tmp_path / f"g{suffix}")) == set(opened.store)
    assert len(list(read(tmp_path / f"g{suffix}").named_graphs())) >= 3


def test_a_store_as_one_graph_as_a_table_and_as_nanopublications(kept, tmp_path):
    for name, options in {"g.ttl": [], "g.csv": [], "n.trig": ["--format", "nanopub"], "v.ttl": ["--format", "void"]}.items():
        assert run(["export", "--store", str(kept), "-o", str(tmp_path / name), *options]) == 0
    with akg.open(kept) as opened:
        assert {quad.triple for quad in read(tmp_path / "g.ttl")} == {quad.triple for quad in opened.store}
    with (tmp_path / "g.csv").open(encoding="utf-8", newline="") as lines:
        rows = [(row["document"], row["subject"], row["object"], row["quote"]) for row in csv.DictReader(lines)]
    assert rows == [(f"{f}.txt", '甲"乙\n丙', "'=\u202e丁", f"'-{f[:3]}") for f in ("Actual", "Planned")]
    facts = list(read(tmp_path / "n.trig").quads_for_pattern(None, term_iri(Property.REPLACES), None, None))
    assert [str(fact.graph_name).endswith("#assertion>") for fact in facts] == [True]


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
