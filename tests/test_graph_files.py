"""Files: every format comes back as it went out, and nothing is ever half written."""

from __future__ import annotations

import csv
import stat
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store
from rdflib import Graph
from rdflib.compare import isomorphic

from graph import files
from graph.errors import GraphError
from graph.exporting.table import COLUMNS
from graph.files import READABLE, check_writable, read, write
from graph.identity import entity_iri
from graph.views import as_one, as_rdflib, from_rdflib
from ontology.terms import AKGID, PREFIXES

GOLDEN = Path(__file__).parent / "golden" / "graph_sample.ttl"
LABEL = NamedNode(PREFIXES["skos"] + "altLabel")
HOSTILE = [
    "a\"b'c",
    "a\\b",
    "甲\n乙",
    "甲\r\n乙",
    "\u202e甲\u200f",
    "<script>]]>&amp;",
    "甲\u2028乙\u0085丙",
    '""" .',
    "𠮷",
    "=1+1",
    "甲;乙,丙\t丁",
]


def hostile():
    store = Store()
    for place, label in enumerate(HOSTILE):
        for tag in ("ja", "en"):
            store.add(Quad(entity_iri(f"日米{place}"), LABEL, Literal(label, language=tag)))
    return store


def sample():
    return read(GOLDEN)


@pytest.mark.parametrize("make", [sample, hostile], ids=["sample", "hostile"])
@pytest.mark.parametrize("suffix", READABLE)
def test_what_is_written_is_read_again(tmp_path, suffix, make):
    store, path = make(), tmp_path / f"graph{suffix}"
    write(store, path)
    assert set(read(path)) == set(store)


@pytest.mark.parametrize("make", [sample, hostile], ids=["sample", "hostile"])
@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".rdf", ".jsonld"])
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # by rdflib's own JSON-LD parser
def test_another_library_reads_the_same(tmp_path, suffix, make):
    path = tmp_path / f"graph{suffix}"
    write(make(), path)
    form = {".rdf": "xml", ".jsonld": "json-ld", ".nt": "nt", ".ttl": "turtle"}[suffix]
    # Compared as stores: rdflib rewrites the lexical form of some literals on the way.
    assert set(from_rdflib(Graph().parse(path, format=form))) == set(from_rdflib(as_rdflib(make())))


@pytest.mark.parametrize("suffix", [".trig", ".nq", ".jsonld"])
def test_named_graphs_keep_their_names(tmp_path, suffix):
    store = sample()
    store.add(Quad(entity_iri("甲"), LABEL, Literal("乙"), NamedNode(AKGID + "document/d.txt")))
    write(store, tmp_path / f"graph{suffix}")
    assert set(read(tmp_path / f"graph{suffix}")) == set(store)


def test_turtle_holds_all_graphs_as_one(tmp_path):
    store = sample()
    store.add(Quad(entity_iri("甲"), LABEL, Literal("乙"), NamedNode(AKGID + "document/d.txt")))
    write(store, tmp_path / "graph.ttl")
    assert set(read(tmp_path / "graph.ttl")) == set(as_one(store))
    assert len(as_rdflib(store)) == len(store)


BUILD = "import sys, pathlib; from graph.files import read, write; write(read(pathlib.Path(sys.argv[1])), pathlib.Path(sys.argv[2]))"


def test_turtle_is_the_same_byte_for_byte(tmp_path):
    """In this process and in others with other hash seeds, whatever order the triples came in."""
    write(sample(), tmp_path / "0.ttl")
    shuffled = Store()
    shuffled.extend(sorted(sample(), key=hash))
    write(shuffled, tmp_path / "1.ttl")
    for place in (2, 3):
        subprocess.run(
            [sys.executable, "-c", BUILD, GOLDEN, tmp_path / f"{place}.ttl"], check=True, cwd=Path(files.__file__).parents[1]
        )
    assert {(tmp_path / f"{place}.ttl").read_bytes() for place in range(4)} == {GOLDEN.read_bytes()}


def test_turtle_keeps_a_things_facts_together():
    subjects = [block.split()[0] for block in GOLDEN.read_text(encoding="utf-8").split("\n\n")[1:]]
    assert len(subjects) == len(set(subjects)) == len({q.subject for q in sample()})


MALFORMED = {
    "missing.ttl": (None, "there is no such file"),
    "graph.xyz": ("", "the suffix .xyz is no graph format"),
    "graph": ("", "a graph file needs a suffix"),
    "broken.ttl": ("akgid:a akg:b", "this is not valid Turtle"),
    "broken.nt": ("<a> <b> .", "this is not valid N-Triples"),
    "broken.rdf": ("<rdf:RDF>", "this is not valid RDF/XML"),
    "broken.jsonld": ("{", "this is not valid JSON-LD"),
    "claims.csv": ("a,b", "the suffix .csv is no graph format"),
}


@pytest.mark.parametrize(("name", "content"), [(n, c) for n, (c, _) in MALFORMED.items()], ids=MALFORMED)
def test_what_cannot_be_read_is_told_in_one_line(tmp_path, name, content):
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(GraphError) as caught:
        read(path)
    message = str(caught.value)
    assert MALFORMED[name][1] in message
    assert message.startswith(str(path))
    assert "\n" not in message


def test_a_directory_is_no_graph(tmp_path):
    (tmp_path / "d.ttl").mkdir()
    with pytest.raises(GraphError, match="directory"):
        read(tmp_path / "d.ttl")


@pytest.mark.parametrize(
    ("name", "message"),
    [("graph.xyz", "no graph format"), ("no/such/graph.ttl", "there is no directory"), ("d.ttl", "no regular file")],
)
def test_what_cannot_be_written_is_told_before(tmp_path, name, message):
    (tmp_path / "d.ttl").mkdir()
    with pytest.raises(GraphError, match=message):
        check_writable(tmp_path / name)
    with pytest.raises(GraphError, match=message):
        write(sample(), tmp_path / name)


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt(), ValueError("bad")])
def test_an_existing_file_survives_a_failing_write(tmp_path, monkeypatch, failure):
    path = tmp_path / "graph.ttl"
    path.write_text("precious", encoding="utf-8")

    def fail(_parts, out):
        out.write(b"half")
        raise failure

    monkeypatch.setitem(files._WRITERS, ".ttl", fail)
    expected = GraphError if isinstance(failure, OSError) else type(failure)
    with pytest.raises(expected):
        write(sample(), path)
    assert path.read_text(encoding="utf-8") == "precious"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link_and_a_mode_stays_a_mode(tmp_path):
    target, link = tmp_path / "target.ttl", tmp_path / "link.ttl"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    write(sample(), link)
    assert link.is_symlink()
    assert target.read_bytes() == GOLDEN.read_bytes()
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_claims_as_a_table(tmp_path):
    write(sample(), tmp_path / "claims.csv")
    with (tmp_path / "claims.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 9  # seven claims, two of them with two pieces of evidence
    text = next(str(q.object.value) for q in sample().quads_for_pattern(None, NamedNode(PREFIXES["schema"] + "text"), None))
    assert all(text[int(row["start"]) : int(row["end"])] == row["quote"] for row in rows)
    planned = next(row for row in rows if row["factuality"] == "Planned")
    assert (planned["subject"], planned["property"], planned["object"]) == (
        "防衛産業協力フォーラム",
        "level",
        "DirectorGeneralLevel",
    )


def test_graphml_opens_in_networkx(tmp_path):
    store = sample()
    store.add(Quad(entity_iri("scc"), LABEL, Literal("甲\x00乙<&>", language="ja")))
    write(store, tmp_path / "graph.graphml")
    network = nx.read_graphml(tmp_path / "graph.graphml")
    assert network.nodes["scc"]["iri"] == AKGID + "scc"
    assert network.nodes["scc"]["label"] == "日米安全保障協議委員会"
    assert network.nodes["scc"]["names"].endswith("甲\ufffd乙<&>")
    assert {data["property"] for *_, data in network.edges(data=True)} == {
        "counterpartOf",
        "heldIn",
        "meetingOf",
        "renamedFrom",
        "replaces",
    }


def test_characters_that_xml_lacks_are_replaced_there_alone(tmp_path):
    store = Store()
    store.add(Quad(entity_iri("甲"), LABEL, Literal("a\x0cb\x00c")))
    write(store, tmp_path / "graph.rdf")
    write(store, tmp_path / "graph.ttl")
    assert [q.object.value for q in read(tmp_path / "graph.rdf")] == ["a\ufffdb\ufffdc"]
    assert [q.object.value for q in read(tmp_path / "graph.ttl")] == ["a\x0cb\x00c"]


def test_to_rdflib_and_back():
    assert set(from_rdflib(as_rdflib(sample()))) == set(sample())
    assert isomorphic(as_rdflib(sample()), Graph().parse(GOLDEN))
