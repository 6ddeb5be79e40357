"""Our files in the hands of independent tools: N3.js, jsonld.js, Jena, Virtuoso, networkx. What is hostile in names survives each."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest
from foreign_readers import Jena, Node, jena_missing, missing
from pyoxigraph import Literal, NamedNode, Quad
from virtuoso_server import Virtuoso

from graph.exporting.ordering import as_one
from graph.files import Content, read, write
from graph.identity import entity_iri
from ontology.terms import AKG, AKGID, PREFIXES

pytestmark = pytest.mark.slow

GOLDEN = Path(__file__).parent / "golden" / "graph_sample.ttl"
NAMES = (
    "a\"b'c\\d\\u0041",
    "甲\n乙\r\n丙\r丁\t",
    "\u202e甲\u200f\u2067乙\u2069",
    "<script>]]>&amp;<!--",
    "甲\u2028乙\u0085丙\u00a0",
    "\"\"\" . '''",
    "𠮷野家か\u3099",
    "=1+1",
    "@en ^^<x> _:b {}",
    " ",
)
THINGS = ("日米「安保」", "𠮷野", "a b/c?d#e%f", "ﾊﾝｶｸ~-_.+", "عربي\u200f", "D.C.", 'O\'Neill ("x")')
SYNTAXES = {  # suffix: what N3.js and riot call it
    ".ttl": ("text/turtle", "ttl"),
    ".nt": ("application/n-triples", "nt"),
    ".nq": ("application/n-quads", "nq"),
    ".trig": ("application/trig", "trig"),
}


@pytest.fixture(scope="module")
def store():
    """What a kept store looks like at its worst: named graphs, hostile names and IRIs, every datatype."""
    made = read(GOLDEN)
    text = PREFIXES["schema"] + "text"
    for place, thing in enumerate(THINGS):
        document = NamedNode(f"{AKGID}document/日米 {place}.txt".replace(" ", "%20"))
        iri = entity_iri(thing)
        made.add(Quad(iri, NamedNode(PREFIXES["rdf"] + "type"), NamedNode(AKG + "Forum")))
        for name in NAMES:
            made.add(Quad(iri, NamedNode(PREFIXES["skos"] + "altLabel"), Literal(name, language="ja")))
            made.add(Quad(document, NamedNode(text), Literal(name), document))
        made.add(
            Quad(iri, NamedNode(AKG + "quote"), Literal(str(place), datatype=NamedNode(PREFIXES["xsd"] + "integer")), document)
        )
        made.add(
            Quad(iri, NamedNode(AKG + "heldOn"), Literal("2024~/..", datatype=NamedNode(PREFIXES["edtf"] + "EDTF")), document)
        )
    return made


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    if word := missing("node", "npm"):
        pytest.skip(word)
    tool = Node(tmp_path_factory.mktemp("node"))
    if tool.failure:
        pytest.skip(tool.failure)
    return tool


@pytest.fixture(scope="module")
def jena(tmp_path_factory):
    if word := jena_missing():
        pytest.skip(word)
    return Jena(tmp_path_factory.mktemp("jena"))


def written(store, path, content=Content.GRAPH):
    """The file, and the quads that it is to hold."""
    write(store, path, content=content)
    if content is Content.GRAPH and path.suffix in {".ttl", ".nt", ".rdf"}:
        return {Quad(t.subject, t.predicate, t.object) for _, things in as_one(store) for thing in things for t in thing}
    return set(read(path)) if content is not Content.GRAPH else set(store)


@pytest.mark.parametrize("suffix", SYNTAXES)
def test_n3_js_reads_the_same(node, store, tmp_path, suffix):
    wanted = written(store, tmp_path / f"g{suffix}")
    assert node.n3(tmp_path / f"g{suffix}", SYNTAXES[suffix][0]) == wanted


@pytest.mark.parametrize("content", [Content.NANOPUB, Content.VOID])
def test_n3_js_reads_nanopublications_and_descriptions(node, store, tmp_path, content):
    wanted = written(store, tmp_path / "g.trig", content)
    assert node.n3(tmp_path / "g.trig", "application/trig") == wanted


@pytest.mark.parametrize("content", Content)
def test_jsonld_js_reads_the_same_without_network(node, store, tmp_path, content):
    wanted = written(store, tmp_path / "g.jsonld", content)
    assert node.json_ld(tmp_path / "g.jsonld") == wanted


# Debian has no implementation of the interface that riot reads JSON-LD 1.1 through; jsonld.js reads that.
RIOT = {**{suffix: syntax for suffix, (_, syntax) in SYNTAXES.items()}, ".rdf": "rdfxml", ".jsonld": "jsonld10"}


@pytest.mark.parametrize(("suffix", "syntax"), RIOT.items())
def test_jena_reads_the_same(jena, store, tmp_path, suffix, syntax):
    wanted = written(store, tmp_path / f"g{suffix}")
    assert jena.read(tmp_path / f"g{suffix}", syntax) == wanted


def test_jena_reads_nanopublications(jena, store, tmp_path):
    wanted = written(store, tmp_path / "n.trig", Content.NANOPUB)
    assert jena.read(tmp_path / "n.trig", "trig") == wanted


@pytest.mark.parametrize("suffix", [".ttl", ".nt"])
def test_virtuoso_keeps_the_names(virtuoso: Virtuoso, store, tmp_path, suffix):
    graph = "https://example.org/日本"
    wanted = {(q.subject.value, q.object.value) for q in written(store, tmp_path / f"g{suffix}") if is_name(q.predicate)}
    virtuoso.load((tmp_path / f"g{suffix}").read_bytes(), graph)
    query = f"SELECT ?thing ?name {{ GRAPH <{graph}> {{ ?thing <{PREFIXES['skos']}altLabel> ?name }} }}"
    rows = json.loads(virtuoso.ask(query, "application/sparql-results+json"))["results"]["bindings"]
    assert {(row["thing"]["value"], row["name"]["value"]) for row in rows} == wanted
    counted = json.loads(
        virtuoso.ask(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", "application/sparql-results+json")
    )
    assert int(counted["results"]["bindings"][0]["n"]["value"]) == len(written(store, tmp_path / f"g{suffix}"))


def is_name(predicate):
    return predicate.value == PREFIXES["skos"] + "altLabel"


def test_networkx_keeps_the_names(store, tmp_path):
    write(store, tmp_path / "g.graphml")
    network = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    names = {told["iri"]: told.get("names") for _, told in network.nodes(data=True)}
    for thing in THINGS:
        assert names[entity_iri(thing).value] == "; ".join(sorted(NAMES))


def test_what_tools_read_is_the_same_graph_again(store, tmp_path):
    """By the way of every format that holds all, one after the other."""
    now = store
    for place, suffix in enumerate((".trig", ".jsonld", ".nq", ".trig")):
        write(now, tmp_path / f"{place}{suffix}")
        now = read(tmp_path / f"{place}{suffix}")
    assert set(now) == set(store)
    assert (tmp_path / "0.trig").read_bytes() == (tmp_path / "3.trig").read_bytes()
