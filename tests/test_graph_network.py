"""The network: entities and facts, typed and dated, for networkx."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, Store

from graph.network import to_networkx
from ontology.terms import AKGID, PREFIXES

PREFIX = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
DATA = """
akgid:a a akg:Forum, akg:Institution ; skos:prefLabel "甲"@ja, "A"@en ; skos:altLabel "丙"@ja, "乙"@ja ;
  akg:establishedOn "2010"^^xsd:gYear, "2011"^^xsd:gYear ; akg:level akg:WorkingLevel ; akg:replaces akgid:b ; akg:partOf akgid:b ; akg:hasMember akgid:x .
akgid:b a akg:Institution ; skos:prefLabel "B"@en .
<https://w3id.org/alliancekg/id/meeting/a/2024> a akg:Meeting ; skos:prefLabel "会合"@ja ; akg:meetingOf akgid:a ; akg:heldOn "2024"^^xsd:gYear .
akgid:c1 a akg:Claim ; rdf:subject akgid:a ; rdf:predicate akg:partOf ; rdf:object akgid:b ; akg:factuality akg:Actual ; akg:validFrom "1990"^^xsd:gYear .
akgid:c2 a akg:Claim ; rdf:subject akgid:a ; rdf:predicate akg:partOf ; rdf:object akgid:b ; akg:factuality akg:Planned ; akg:validUntil "2050"^^xsd:gYear .
akgid:c4 a akg:Claim ; rdf:subject akgid:a ; rdf:predicate akg:partOf ; rdf:object akgid:b ; akg:factuality akg:Actual ; akg:validFrom "1890"^^xsd:gYear ; akg:reviewStatus akg:Rejected .
akgid:c3 a akg:Claim ; rdf:subject akgid:b ; rdf:predicate akg:partOf ; rdf:object akgid:a ; akg:factuality akg:Planned .
"""


@pytest.fixture
def network():
    store = Store()
    store.load(PREFIX + DATA, RdfFormat.TURTLE)
    return to_networkx(store)


def test_nodes_are_the_entities(network):
    assert list(network) == [AKGID + name for name in ("a", "b", "meeting/a/2024")]
    assert network.nodes[AKGID + "a"] == {
        "label": "甲",
        "label_en": "A",
        "names": "丙; 乙",
        "type": "Forum",
        "types": "Forum; Institution",
        "establishedOn": "2010; 2011",
        "level": "WorkingLevel",
        "year": 2010,
    }
    assert network.nodes[AKGID + "b"]["label"] == "B"


def test_edges_are_the_facts_with_their_dates(network):
    a, b, meeting = network
    assert sorted(network.edges(keys=True, data=True)) == [
        (a, b, "partOf", {"property": "partOf", "claims": 1, "valid_from": "1990", "year": 1990}),
        (a, b, "replaces", {"property": "replaces", "claims": 0}),
        (meeting, a, "meetingOf", {"property": "meetingOf", "claims": 0, "date": "2024", "year": 2024}),
    ]


def test_an_empty_graph_is_an_empty_network():
    assert len(to_networkx(Store())) == 0
