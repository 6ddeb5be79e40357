"""The forms that leave the graph: in order, complete, and harmless to what opens them."""

from __future__ import annotations

import csv
import json
from io import BytesIO
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pyoxigraph import CanonicalizationAlgorithm, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse
from pyoxigraph import Dataset as OxDataset
from rdflib import RDFS, Dataset, Graph, URIRef

from graph import files
from graph.errors import GraphError
from graph.exporting.graphml import token
from graph.exporting.table import as_was, harmless
from graph.exporting.turtle import write_turtle
from graph.files import read, write
from graph.identity import entity_iri
from ontology.files import context, vocabulary
from ontology.terms import AKG, AKGID, CONTEXT_IRI, ONTOLOGY_IRI, PREFIXES, Factuality, Kind, Level

GOLDEN = Path(__file__).parent / "golden" / "graph_sample.ttl"
SCHEMA = Path(__file__).parent / "cases" / "graphml.xsd"
LABEL = NamedNode(PREFIXES["skos"] + "prefLabel")
DOCUMENT = NamedNode(AKGID + "document/d.txt")
PREFIX = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
SYNTAXES = (".ttl", ".nt", ".rdf", ".trig", ".nq", ".jsonld")
TWO_GRAPHS = """
akgid:b a akg:Forum ; skos:prefLabel "乙"@ja .
akgid:a a akg:Forum ; skos:prefLabel "甲"@ja .
<https://w3id.org/alliancekg/id/document/d.txt> { akgid:a skos:altLabel "丙"@ja . akgid:claim1 a akg:Claim . }
<https://w3id.org/alliancekg/id/document/c.txt> { akgid:a skos:prefLabel "甲"@ja . }
"""


def stored(trig):
    store = Store()
    store.load(PREFIX + trig, RdfFormat.TRIG)
    return store


def written(store, path, **options):
    write(store, path, **options)
    return path.read_text(encoding="utf-8")


def test_trig_keeps_graphs_and_things_together(tmp_path):
    told = written(stored(TWO_GRAPHS), tmp_path / "g.trig").split("\n\n", 1)[1]
    assert told == (
        'akgid:a a akg:Forum ;\n\tskos:prefLabel "甲"@ja .\n\n'
        'akgid:b a akg:Forum ;\n\tskos:prefLabel "乙"@ja .\n\n'
        'document:c.txt {\n\takgid:a skos:prefLabel "甲"@ja .\n}\n\n'
        'document:d.txt {\n\takgid:a skos:altLabel "丙"@ja .\n\n\takgid:claim1 a akg:Claim .\n}\n'
    )


def test_turtle_says_what_several_graphs_say_once(tmp_path):
    told = written(stored(TWO_GRAPHS), tmp_path / "g.ttl").split("\n\n")
    assert told[1] == 'akgid:a a akg:Forum ;\n\tskos:prefLabel "甲"@ja ;\n\tskos:altLabel "丙"@ja .'
    assert [thing.split()[0] for thing in told[1:]] == ["akgid:a", "akgid:b", "akgid:claim1"]
    prefixes = told[0].splitlines()
    assert prefixes == sorted(prefixes)
    assert {f"@prefix {name}: <{iri}> ." for name, iri in PREFIXES.items()} < set(prefixes)


TERMS = {
    "akgid:日米-1.5_x": "akgid:日米-1.5_x",
    f"<{AKGID}claim/0a>": "claim:0a",
    f"<{AKGID}meeting/scc/2024>": f"<{AKGID}meeting/scc/2024>",
    f"<{AKGID}D.C.>": f"<{AKGID}D.C.>",
    f"<{AKGID}-a>": f"<{AKGID}-a>",
    f"<{AKGID}>": f"<{AKGID}>",
    f"<{AKGID}a%20b>": f"<{AKGID}a%20b>",
    f"<{AKGID}a\u200f>": f"<{AKGID}a\u200f>",
    "007": "7",
    "-1.50": "-1.5",
    "true": "true",
    '"1"^^xsd:decimal': '"1"^^xsd:decimal',
    '"x"^^xsd:integer': '"x"^^xsd:integer',
    '"2024~"^^edtf:EDTF': '"2024~"^^edtf:EDTF',
    r'"\"\\\n"@ja': r'"\"\\\n"@ja',
}


@pytest.mark.parametrize("term", TERMS)
def test_turtle_shortens_what_needs_no_escaping(tmp_path, term):
    store = stored(f"akgid:s akg:partOf {term} .")
    assert written(store, tmp_path / "g.ttl").split("\n\n")[1] == f"akgid:s akg:partOf {TERMS[term]} .\n"
    assert set(read(tmp_path / "g.ttl")) == set(store)


@given(st.text(), st.text(st.characters(exclude_categories=["Cs"])))
def test_turtle_is_read_again_whatever_stands_in_it(key, text):
    triple = Triple(entity_iri(key), LABEL, Literal(text, language="ja"))
    out = BytesIO()
    write_turtle([(DefaultGraph(), [(triple,)]), (entity_iri(key), [(triple,)])], out)
    assert list(parse(out.getvalue(), RdfFormat.TRIG)) == [Quad(*triple), Quad(*triple, entity_iri(key))]


@pytest.mark.parametrize("suffix", [*SYNTAXES, ".graphml", ".csv"])
def test_every_format_is_the_same_whatever_order_the_triples_came_in(tmp_path, suffix):
    shuffled = Store()
    shuffled.extend(sorted(stored(TWO_GRAPHS), key=lambda quad: hash(str(quad))))
    assert written(shuffled, tmp_path / f"1{suffix}") == written(stored(TWO_GRAPHS), tmp_path / f"2{suffix}")


BLANK = 'akgid:a akg:partOf [ skos:prefLabel "甲"@ja ], [ skos:prefLabel "乙"@ja ; akg:partOf [ skos:prefLabel "丙"@ja ] ] .'


@pytest.mark.parametrize("suffix", SYNTAXES)
def test_blank_nodes_are_the_same_from_reading_to_reading(tmp_path, suffix):
    assert written(stored(BLANK), tmp_path / f"1{suffix}") == written(stored(BLANK), tmp_path / f"2{suffix}")
    assert canonical(read(tmp_path / f"1{suffix}")) == canonical(stored(BLANK))


@pytest.mark.parametrize("suffix", SYNTAXES)
def test_a_graph_is_written_while_it_is_read(suffix):
    """Before the last of many things is told, the first have been written, so that none of them need be kept."""
    told, when_written = [], []

    class File(BytesIO):
        def write(self, data):
            when_written.append(len(told))
            return super().write(data)

        def writelines(self, lines):
            for line in lines:
                self.write(line)

    def many():
        for n in range(5000):
            told.append(n)
            yield (Triple(entity_iri(str(n)), LABEL, Literal("甲" * 20, language="ja")),)

    files._WRITERS[suffix]([(DefaultGraph(), many())], File())
    assert min(when_written) < 1000
    assert len(when_written) > 5


@pytest.mark.parametrize("suffix", [*SYNTAXES, ".graphml", ".csv"])
def test_nothing_can_be_written(tmp_path, suffix):
    write(Store(), tmp_path / f"g{suffix}")
    if suffix in SYNTAXES:
        assert len(read(tmp_path / f"g{suffix}")) == 0


# JSON-LD


def test_json_ld_is_compact(tmp_path):
    write(read(GOLDEN), tmp_path / "g.jsonld")
    told = json.loads((tmp_path / "g.jsonld").read_text(encoding="utf-8"))
    assert told["@context"] == context()
    nodes = {node["id"]: node for node in told["@graph"]}
    assert nodes["akgid:scc"] == {
        "id": "akgid:scc",
        "type": ["Forum", "Institution"],
        "prefLabel": {"en": "Security Consultative Committee", "ja": "日米安全保障協議委員会"},
        "altLabel": {"en": "SCC", "ja": "日米2プラス2"},
        "ambiguousLabel": {"ja": "2+2"},
    }
    assert nodes["akgid:meeting/scc/2024-07-28"]["heldOn"] == "2024-07-28"
    claim = nodes["akgid:claim/391c650a61a202c5c129d5ac"]
    assert (claim["predicate"], claim["factuality"], claim["confidence"]) == ("counterpartOf", "Actual", "0.9")
    assert claim["validFrom"] == {"@type": "edtf:EDTF", "@value": "2024-21"}
    assert nodes["akgid:evidence/0ff8d7c832f7d762c8b525f5"]["start"] == 14


UNFORESEEN = """
akgid:a skos:prefLabel "no language", "ja"@ja, "ja-Kana"@ja-Kana ; akg:quote "tagged"@en, "plain", "7"^^xsd:integer, "007"^^xsd:integer,
    "12345678901234567890"^^xsd:integer, "x"^^<https://example.org/type>, true, 1.5e0 ;
  akg:partOf "text", <https://example.org/b>, _:c ; akg:factuality <https://example.org/odd>, "Actual" ; akg:heldOn "2024", "2024-01-01"^^xsd:date ;
  akg:confidence 0.5, "0.5" ; <https://example.org/#p> <urn:x:y>, "a", akgid:a ; a <https://example.org/Class>, akg:Forum, "literal" ;
  schema:text \"\"\"a"b\\\\c
  \\r\\n\\u0001\\u2028\\u202E</script>\"\"\" .
_:c akg:partOf akgid:a .
<urn:x:y> akg:partOf <https://w3id.org/alliancekg/id///x> .
<https://example.org/g> { <https://example.org/g> akg:partOf _:d . _:d akg:quote "in a graph" . }
"""


def test_json_ld_holds_what_the_context_does_not_foresee(tmp_path):
    store = stored(UNFORESEEN)
    write(store, tmp_path / "g.jsonld")
    assert canonical(read(tmp_path / "g.jsonld")) == canonical(store)


def canonical(store):
    """The quads, blank nodes named by what is said of them."""
    dataset = OxDataset(store)
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return set(dataset)


@pytest.mark.filterwarnings("ignore:(ConjunctiveGraph|Dataset.default_context) is deprecated:DeprecationWarning")
def test_json_ld_of_named_graphs_is_read_by_another_library(tmp_path):
    write(stored(TWO_GRAPHS), tmp_path / "g.jsonld")
    dataset = Dataset()
    dataset.parse(data=(tmp_path / "g.jsonld").read_text(encoding="utf-8"), format="json-ld")
    assert {str(g.identifier): len(g) for g in dataset.graphs()} == {
        "urn:x-rdflib:default": 4,
        DOCUMENT.value: 2,
        AKGID + "document/c.txt": 1,
    }


def test_an_iri_that_json_ld_would_read_as_another_is_refused(tmp_path):
    with pytest.raises(GraphError, match="would be read as time:"):
        write(stored("akgid:a akg:partOf <time:is:up> ."), tmp_path / "g.jsonld")


def test_the_context_has_every_term_of_the_vocabulary():
    terms = {said if isinstance(said, str) else said["@id"] for said in context().values()}
    declared = Graph().parse(vocabulary()[0])
    named = {str(s).removeprefix(AKG) for s in declared.subjects() if str(s).startswith(AKG)}
    of_code = {*Kind, *Level, *Factuality}
    assert {f"akg:{name}" for name in named | of_code} - terms == set(), "to be added to ontology/context.jsonld"
    assert {name: context()[name] for name in PREFIXES} == PREFIXES
    assert (URIRef(ONTOLOGY_IRI), RDFS.seeAlso, URIRef(CONTEXT_IRI)) in declared


# GraphML


def test_graphml_is_valid_and_typed(tmp_path):
    store = read(GOLDEN)
    hostile = 'a"b<c>&\r\n\x01\u202e\U00020bb7'
    store.add(Quad(entity_iri("𠮷/a b%"), NamedNode(PREFIXES["rdf"] + "type"), NamedNode(AKG + "Forum")))
    store.add(Quad(entity_iri("𠮷/a b%"), NamedNode(PREFIXES["skos"] + "prefLabel"), Literal(hostile, language="ja")))
    write(store, tmp_path / "g.graphml")
    etree.XMLSchema(file=str(SCHEMA)).assertValid(etree.parse(tmp_path / "g.graphml"))
    network = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    nodes = {told["iri"]: told for _, told in network.nodes(data=True)}
    assert nodes[entity_iri("𠮷/a b%").value]["label"] == hostile.replace("\x01", "\ufffd")
    assert nodes[AKGID + "meeting/scc/2024-07-28"]["year"] == 2024
    edge = next(told for *_, told in network.edges(data=True) if told["property"] == "heldIn")
    assert (edge["label"], edge["weight"], edge["claims"], edge["date"]) == ("heldIn", 1.0, 1, "2024-07-28")


def test_graphml_has_an_identifier_for_each_edge(tmp_path):
    write(read(GOLDEN), tmp_path / "g.graphml")
    edges = etree.parse(tmp_path / "g.graphml").findall("{*}graph/{*}edge")
    assert len({edge.get("id") for edge in edges}) == len(edges) == 6


@given(st.lists(st.text(min_size=1), min_size=2, unique=True))
def test_tokens_are_told_apart(names):
    assert len({token(AKGID + name) for name in names}) == len(names)


# CSV


@given(st.text())
def test_no_cell_is_a_formula_and_each_can_be_had_back(text):
    assert harmless(text)[:1] not in set("=+-@\t\r\n＝＋－＠")
    assert as_was(harmless(text)) == text


def test_a_table_with_a_byte_order_mark_and_without_formulas(tmp_path):
    store = stored("""
        <https://w3id.org/alliancekg/id/document/d> a akg:Document ; dcterms:identifier "=cmd|' /C calc'!A0.txt" .
        akgid:a skos:prefLabel "+甲"@ja .
        akgid:e akg:inDocument <https://w3id.org/alliancekg/id/document/d> ; akg:quote "-1, \\"2\\"\\r\\n3" ; akg:start 0 ; akg:end 9 .
        akgid:c a akg:Claim ; rdf:subject akgid:a ; rdf:predicate akg:partOf ; rdf:object akgid:b ; akg:factuality akg:Actual ;
          akg:reviewStatus akg:Rejected ; prov:wasDerivedFrom akgid:e .
        """)
    for bom in (True, False):
        write(store, tmp_path / "c.csv", bom=bom)
        assert (tmp_path / "c.csv").read_bytes().startswith(b"\xef\xbb\xbfdocument," if bom else b"document,")
    with (tmp_path / "c.csv").open(encoding="utf-8", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert row["document"] == "'=cmd|' /C calc'!A0.txt"
    assert (row["subject"], row["quote"], row["review_status"]) == ("'+甲", '\'-1, "2"\r\n3', "Rejected")
    assert as_was(row["quote"]) == '-1, "2"\r\n3'


def test_the_table_is_in_the_order_of_documents_and_of_their_text(tmp_path):
    claim = "akgid:c{n} a akg:Claim ; rdf:subject akgid:a ; rdf:predicate akg:partOf ; rdf:object akgid:b ; akg:factuality akg:Actual ; prov:wasDerivedFrom akgid:e{n} ."
    evidence = "akgid:e{n} akg:inDocument <{d}> ; akg:quote 'q{n}' ; akg:start {s} ; akg:end 99 ."
    document = "<{d}> a akg:Document ; dcterms:identifier '{name}' ."
    trig = [document.format(d="urn:d1", name="b.txt"), document.format(d="urn:d2", name="a.txt")]
    for n, (d, s) in enumerate((("urn:d1", 10), ("urn:d1", 9), ("urn:d2", 50))):
        trig += [f"<{d}> {{ {claim.format(n=n)} {evidence.format(n=n, d=d, s=s)} }}"]
    write(stored("\n".join(trig)), tmp_path / "c.csv")
    with (tmp_path / "c.csv").open(encoding="utf-8", newline="") as lines:
        assert [row["quote"] for row in csv.DictReader(lines)] == ["q2", "q1", "q0"]
