"""The vocabulary: valid OWL 2, and the same as the constants of `ontology.terms`."""

from __future__ import annotations

import owlrl
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from ontology import files
from ontology.terms import (
    AKG,
    ONTOLOGY_IRI,
    PARENT,
    PREFIXES,
    SIGNATURES,
    SUPER_PROPERTY,
    Factuality,
    Kind,
    Level,
    Property,
    Verdict,
    lineage,
)

akg = Namespace(AKG)
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")  # how owlrl tells of an inconsistency
OTHER_CLASSES = (
    "Claim", "Evidence", "Document", "Unresolved", "Level", "Factuality", "HeldBack", "Decision", "Verdict", "Build",
)  # fmt: skip
OTHER_PROPERTIES = (
    "factuality", "validFrom", "validUntil", "earliest", "latest", "confidence", "rule",
    "inDocument", "quote", "start", "end", "reason", "pageStart", "pageEnd", "section", "paragraph", "textRole", "ambiguousLabel", "abbreviation",
    "heldSubject", "heldPredicate", "heldObject", "shape", "decides", "verdict", "reviewer", "correctedTo", "reviewStatus",
)  # fmt: skip
TERMS = [
    *map(str, Kind),
    *OTHER_CLASSES,
    *map(str, Property),
    *OTHER_PROPERTIES,
    *map(str, Level),
    *map(str, Factuality),
    *map(str, Verdict),
]


def read() -> Graph:
    graph = Graph()
    for path in files.vocabulary():
        graph.parse(path)
    return graph


@pytest.fixture(scope="module")
def graph() -> Graph:
    return read()


def members(graph: Graph, node: Node | None) -> set[str]:
    """The local names of a class, or of those in its union."""
    listed = graph.value(node, OWL.unionOf)
    return {str(one).removeprefix(AKG) for one in (Collection(graph, listed) if listed is not None else [node])}


def test_every_term_of_ours_is_listed_here(graph: Graph) -> None:
    spoken_of = {node for triple in graph for node in triple if isinstance(node, URIRef) and node.startswith(AKG)}
    assert {str(node).removeprefix(AKG) for node in spoken_of} == set(TERMS)
    assert (URIRef(ONTOLOGY_IRI), RDF.type, OWL.Ontology) in graph


@pytest.mark.parametrize("term", TERMS)
def test_labels_and_definitions_in_both_languages(graph: Graph, term: str) -> None:
    for predicate in (RDFS.label, SKOS.definition):
        texts = list(graph.objects(akg[term], predicate))
        assert sorted(str(text.language) for text in texts) == ["en", "ja"]
        assert all(texts)


@pytest.mark.parametrize("term", [*map(str, Kind), *OTHER_CLASSES, *map(str, Property), *OTHER_PROPERTIES])
def test_every_term_specialises_a_well_known_one(graph: Graph, term: str) -> None:
    above = set(graph.transitive_objects(akg[term], RDFS.subClassOf)) | set(
        graph.transitive_objects(akg[term], RDFS.subPropertyOf)
    )
    known = tuple(iri for prefix, iri in PREFIXES.items() if prefix not in {"akg", "akgid", "owl", "rdfs", "xsd"})
    assert [iri for iri in above if str(iri).startswith(known)]


@pytest.mark.parametrize("kind", Kind)
def test_classes_form_the_tree_of_the_constants(graph: Graph, kind: Kind) -> None:
    assert (akg[kind], RDF.type, OWL.Class) in graph
    above = {str(iri).removeprefix(AKG) for iri in graph.objects(akg[kind], RDFS.subClassOf) if str(iri).startswith(AKG)}
    assert above == ({PARENT[kind]} if kind in PARENT else set())


@pytest.mark.parametrize("prop", Property)
def test_properties_join_what_the_constants_say(graph: Graph, prop: Property) -> None:
    signature, iri = SIGNATURES[prop], akg[prop]
    types = set(graph.objects(iri, RDF.type))
    assert (OWL.DatatypeProperty if signature.takes_date else OWL.ObjectProperty) in types
    assert (OWL.SymmetricProperty in types) is signature.symmetric
    assert members(graph, graph.value(iri, RDFS.domain)) == set(signature.domain)
    if signature.takes_date:
        assert graph.value(iri, RDFS.range) == RDFS.Literal
    else:
        assert members(graph, graph.value(iri, RDFS.range)) == ({"Level"} if signature.takes_level else set(signature.range))
    wider = {one for one in graph.objects(iri, RDFS.subPropertyOf) if str(one).startswith(AKG)}
    assert wider == ({akg[SUPER_PROPERTY[prop]]} if prop in SUPER_PROPERTY else set())


@pytest.mark.parametrize(("values", "cls"), [(Level, "Level"), (Factuality, "Factuality"), (Verdict, "Verdict")])
def test_closed_sets_are_individuals(graph: Graph, values: type[Level | Factuality | Verdict], cls: str) -> None:
    assert set(graph.subjects(RDF.type, akg[cls])) == {akg[value] for value in values}
    listed = [set(Collection(graph, node)) for node in graph.objects(None, OWL.distinctMembers)]
    assert {akg[value] for value in values} in listed


def test_the_classes_at_the_top_exclude_one_another(graph: Graph) -> None:
    (listed,) = [Collection(graph, graph.value(node, OWL.members)) for node in graph.subjects(RDF.type, OWL.AllDisjointClasses)]
    assert set(listed) == {akg[kind] for kind in Kind if len(lineage(kind)) == 1}


def test_terms_of_others_are_declared(graph: Graph) -> None:
    above = set(graph.objects(None, RDFS.subClassOf)) | set(graph.objects(None, RDFS.subPropertyOf))
    assert not [iri for iri in above if (iri, RDF.type, None) not in graph]


@pytest.mark.parametrize(
    ("data", "inconsistent"),
    [
        ("", False),
        (
            """akgid:a a akg:Forum ; akg:establishedOn "2024"^^xsd:gYear ; akg:counterpartOf akgid:b ; akg:replaces akgid:c .
            akgid:b a akg:Command . akgid:c a akg:Forum . akgid:t a akg:Treaty .
            akgid:m akg:meetingOf akgid:a ; akg:resultedIn akgid:t .""",
            False,
        ),
        ('akgid:a a akg:Forum ; akg:signedOn "2024-01-01"^^xsd:date .', True),  # only agreements are signed
        ("akgid:m akg:meetingOf akgid:p . akgid:p a akg:Place .", True),
        ("akgid:x a akg:Person, akg:Post .", True),
        ("akgid:c akg:factuality akg:Actual, akg:Planned .", True),
    ],
)
def test_owl_rl_closure(data: str, inconsistent: bool) -> None:
    graph = read()
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    graph.parse(data=prefixes + data, format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert bool(list(graph.objects(None, ERROR))) is inconsistent


def test_what_is_held_back_is_inferred_to_be_no_claim() -> None:
    graph = read()
    graph.add((akg.x, RDF.type, akg.HeldBack))
    for said, value in ((akg.heldSubject, akg.s), (akg.factuality, akg.Actual), (akg.shape, akg.t)):
        graph.add((akg.x, said, value))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert (akg.x, RDF.type, URIRef(PREFIXES["prov"] + "Entity")) in graph
    assert (akg.x, RDF.type, akg.Claim) not in graph


def test_what_the_closure_adds() -> None:
    graph = read()
    graph.add((akg.x, akg.renamedFrom, akg.y))
    graph.add((akg.x, akg.counterpartOf, akg.z))
    graph.add((akg.x, RDF.type, akg.Forum))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert (akg.x, akg.replaces, akg.y) in graph
    assert (akg.z, akg.counterpartOf, akg.x) in graph
    assert (akg.x, RDF.type, URIRef(PREFIXES["org"] + "Organization")) in graph
