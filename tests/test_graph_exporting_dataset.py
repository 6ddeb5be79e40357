"""Nanopublications and the dataset's description: each claim by itself, and what all of them come to."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store

from graph.errors import GraphError
from graph.exporting.dataset import DATASET, described
from graph.exporting.nanopublications import nanopublications
from graph.files import Content, check_writable, read, write
from graph.identity import term_iri
from ontology.terms import AKG, AKGID, PREFIXES, Factuality, Property

GOLDEN = Path(__file__).parent / "golden" / "graph_sample.ttl"
PREFIX = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
GRAPHS = ("Head", "assertion", "provenance", "pubinfo")
STANDING = """
akgid:a a akg:Forum, akg:Institution ; skos:prefLabel "甲"@ja, "A"@en . akgid:b a akg:Forum, akg:Institution ; skos:prefLabel "乙"@ja .
akgid:run a prov:Activity ; prov:wasAssociatedWith akgid:us . akgid:us a prov:SoftwareAgent .
akgid:d a akg:Document ; dcterms:title "文書" ; schema:text "the whole text" ; schema:mentions akgid:a .
akgid:e akg:inDocument akgid:d ; akg:quote "words" .
"""


def claims(*told):
    """A store in which a replaces b by claims of these standings and review statuses."""
    store = Store()
    text = PREFIX + STANDING
    for place, (factuality, status) in enumerate(told):
        text += f"""akgid:c{place} a akg:Claim ; rdf:subject akgid:a ; rdf:predicate akg:replaces ; rdf:object akgid:b ;
            akg:factuality akg:{factuality} ; akg:validFrom "1990"^^xsd:gYear ; akg:confidence 0.5 ;
            prov:wasDerivedFrom akgid:e ; prov:wasGeneratedBy akgid:run ."""
        if status:
            text += f"""akgid:c{place} akg:reviewStatus akg:{status} .
                akgid:decision{place} a akg:Decision ; akg:decides akgid:c{place} ; akg:verdict akg:{status} ; akg:reviewer "人" ."""
    store.load(text, RdfFormat.TURTLE)
    return store


def published(store):
    found = Store()
    for graph, things in nanopublications(store):
        found.extend(Quad(t.subject, t.predicate, t.object, graph) for thing in things for t in thing)
    return found


def graph_of(store, part):
    return next(graph for graph in store.named_graphs() if graph.value.endswith(f"#{part}"))


FACT = (NamedNode(AKGID + "a"), NamedNode(AKG + "replaces"), NamedNode(AKGID + "b"))


@pytest.mark.parametrize("factuality", Factuality)
def test_only_what_is_said_as_done_is_asserted_bare(factuality):
    store = published(claims((factuality, "")))
    assertion = graph_of(store, "assertion")
    assert (Quad(*FACT, assertion) in store) == (factuality is Factuality.ACTUAL)
    assert {quad.graph_name for quad in store.quads_for_pattern(*FACT, None)} <= {assertion}
    (standing,) = store.quads_for_pattern(None, term_iri("factuality"), None, None)
    assert (standing.object, standing.graph_name) == (term_iri(factuality), assertion)
    assert next(store.quads_for_pattern(None, term_iri("validFrom"), None, assertion), None)


def test_rejected_claims_are_not_published_and_accepted_ones_say_by_whom():
    assert list(nanopublications(claims(("Actual", "Rejected")))) == []
    store = published(claims(("Actual", "Accepted"), ("Planned", "Rejected")))
    assert len(list(store.named_graphs())) == len(GRAPHS)
    (reviewer,) = store.quads_for_pattern(None, term_iri("reviewer"), None, None)
    assert reviewer.graph_name == graph_of(store, "provenance")


def test_nanopublications_are_well_formed():
    """As the guidelines have it: four graphs for each, the head names the three others, nothing stands outside of them."""
    store = published(read(GOLDEN))
    np, type_ = PREFIXES["np"], NamedNode(PREFIXES["rdf"] + "type")
    heads = list(store.quads_for_pattern(None, type_, NamedNode(np + "Nanopublication"), None))
    assert len(heads) == 7
    assert not list(store.quads_for_pattern(None, None, None, DefaultGraph()))
    named = set()
    for head in heads:
        links = {
            q.predicate.value.removeprefix(np): q.object
            for q in store.quads_for_pattern(head.subject, None, None, head.graph_name)
        }
        assertion, provenance, info = (links[link] for link in ("hasAssertion", "hasProvenance", "hasPublicationInfo"))
        named |= {head.graph_name, assertion, provenance, info}
        assert list(store.quads_for_pattern(None, None, None, assertion))
        assert list(store.quads_for_pattern(assertion, None, None, provenance))
        created = NamedNode(PREFIXES["dcterms"] + "created")
        assert [q.object.value for q in store.quads_for_pattern(head.subject, created, None, info)] == ["2025-01-02T03:05:00Z"]
    assert named == set(store.named_graphs())
    assert len(named) == 4 * len(heads)


def test_a_nanopublication_holds_the_words_but_not_the_whole_text():
    store = published(claims(("Actual", "")))
    told = {quad.object.value for quad in store.quads_for_pattern(None, None, None, graph_of(store, "provenance"))}
    assert {"words", "文書"} <= told
    assert "the whole text" not in told


def test_all_claims_are_had_back_from_nanopublications(tmp_path):
    write(read(GOLDEN), tmp_path / "n.trig", content=Content.NANOPUB)
    claim = NamedNode(AKG + "Claim")
    type_ = NamedNode(PREFIXES["rdf"] + "type")
    again, golden = read(tmp_path / "n.trig"), read(GOLDEN)
    for (iri,) in {(quad.subject,) for quad in golden.quads_for_pattern(None, type_, claim, None)}:
        told = {quad.triple for quad in again.quads_for_pattern(iri, None, None, None)}
        assert told == {quad.triple for quad in golden.quads_for_pattern(iri, None, None, None)}
    for prop in Property:
        facts = {quad.triple for quad in golden.quads_for_pattern(None, term_iri(prop), None, None)}
        assert {quad.triple for quad in again.quads_for_pattern(None, term_iri(prop), None, None)} == facts - MIRRORED


MIRRORED = {
    quad.triple
    for quad in read(GOLDEN).quads_for_pattern(None, term_iri(Property.COUNTERPART_OF), None, None)
    if quad.subject == NamedNode(AKGID + "システム技術フォーラム")
}


# The description


def description(store):
    found = Store()
    found.extend(Quad(t.subject, t.predicate, t.object) for _, things in described(store) for thing in things for t in thing)
    return found


def count(store, pattern):
    (row,) = store.query(PREFIX + f"SELECT ?n WHERE {{ {pattern} }}")
    return int(row["n"].value)


NUMBERS = {
    "akgid:dataset void:triples ?n": "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "akgid:dataset void:distinctSubjects ?n": "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }",
    "akgid:dataset void:distinctObjects ?n": "SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE { ?s ?p ?o }",
    "akgid:dataset void:entities ?n": "SELECT (5 AS ?n) WHERE {}",
    "?part void:class akg:Forum ; void:entities ?n": "SELECT (COUNT(*) AS ?n) WHERE { ?s a akg:Forum }",
    "?part void:property prov:wasDerivedFrom ; void:triples ?n": "SELECT (COUNT(*) AS ?n) WHERE { ?s prov:wasDerivedFrom ?o }",
    "?part dcterms:subject akg:Actual ; void:entities ?n": "SELECT (COUNT(*) AS ?n) WHERE { ?s akg:factuality akg:Actual }",
}


@pytest.mark.parametrize("pattern", NUMBERS)
@pytest.mark.parametrize("doubled", [False, True], ids=["one graph", "a graph twice"])
def test_the_numbers_are_those_of_the_graph(pattern, doubled):
    store = read(GOLDEN)
    (row,) = store.query(PREFIX + NUMBERS[pattern])
    if doubled:
        store.extend([Quad(q.subject, q.predicate, q.object, NamedNode(AKGID + "document/d")) for q in store])
    assert count(description(store), pattern) == int(row["n"].value)


def test_the_description_says_what_it_is_and_where_it_is_from():
    told = description(read(GOLDEN))

    def ask(pattern):
        return bool(told.query(PREFIX + f"ASK {{ {pattern} }}"))

    assert ask("akgid:dataset a void:Dataset, dcat:Dataset ; dcterms:conformsTo <https://w3id.org/alliancekg/ontology>")
    assert ask('akgid:dataset dcterms:modified "2025-01-02T03:05:00Z"^^xsd:dateTime ; void:vocabulary akg:, skos:, prov:')
    assert ask('akgid:dataset dcterms:temporal [ dcat:startDate "2024-07-28"^^xsd:date ; dcat:endDate "2024-07-28"^^xsd:date ]')
    assert ask("akgid:dataset prov:wasDerivedFrom <https://w3id.org/alliancekg/id/document/sample%201.txt>")
    assert ask("akgid:dataset prov:wasGeneratedBy <https://w3id.org/alliancekg/id/run/dd8a07d02c2554727e4fb4c2>")
    assert not ask("?s void:vocabulary sh:")


def test_an_empty_graph_is_described_as_such():
    assert count(description(Store()), "akgid:dataset void:triples ?n") == 0


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".rdf", ".trig", ".nq", ".jsonld"])
def test_the_description_in_every_syntax(tmp_path, suffix):
    write(read(GOLDEN), tmp_path / f"v{suffix}", content=Content.VOID)
    assert set(read(tmp_path / f"v{suffix}")) == set(description(read(GOLDEN)))
    assert (DATASET, NamedNode(PREFIXES["void"] + "triples")) in {
        (q.subject, q.predicate) for q in read(tmp_path / f"v{suffix}")
    }


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("g.ttl", {"content": Content.NANOPUB}, "a .ttl file cannot hold nanopublications. Writable are .nq, .trig, .jsonld"),
        ("g.csv", {"content": Content.VOID}, "a .csv file cannot hold the description of a graph"),
        ("g.xls", {"content": Content.VOID}, "the suffix .xls is no graph format"),
        ("g.ttl", {"bom": True}, "a byte order mark is for .csv files alone"),
    ],
)
def test_what_a_file_cannot_hold_is_told(tmp_path, name, options, message):
    with pytest.raises(GraphError, match=message):
        check_writable(tmp_path / name, **options)
