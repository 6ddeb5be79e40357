"""The network: things and what is said between them, typed, dated, within a scope; its measures and paths."""

from __future__ import annotations

import networkx as nx
import pytest
from pyoxigraph import RdfFormat, Store

from graph.errors import GraphError
from graph.networks import measures
from graph.networks.making import to_networkx
from graph.networks.measures import centrality, communities, shared_members, simple
from graph.networks.paths import paths
from graph.networks.snapshots import scope
from graph.networks.viewing import View
from ontology.terms import AKGID, PREFIXES, Kind

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

# Two documents about a committee, its working group, and a forum that shares members with it.
TOLD = """
    document old 1990-05
    document new 2024
    document undated
    Forum scc = 日米安全保障協議委員会 | SCC
    Forum sdc = 日米防衛協力小委員会 | SDC
    Forum edd = 拡大抑止協議 | EDD
    Forum lone = 独立協議
    Post fm = 外務大臣
    Post dm = 防衛大臣
    State us = 米国
    State jp = 日本
    old: scc establishedOn 1960
    old: scc hasMember us until=1989
    old: scc hasMember fm
    new: scc hasMember fm from=1990
    new: sdc partOf scc
    new: sdc establishedOn 1976-07
    new: sdc endedOn 2014-03-31
    new: edd hasMember fm
    new: edd hasMember us from=2010
    undated: edd hasMember jp
    undated: scc hasMember jp
    new: edd establishedOn 2010
    new: edd counterpartOf scc
    new: scc chairedBy dm Planned
    new: edd chairedBy dm verdict=Rejected
"""


def network_of(store: Store, **parameters: object) -> nx.MultiDiGraph:
    return to_networkx(View(store, scope(**parameters)))


def edges_of(store: Store, **parameters: object) -> set[str]:
    found = network_of(store, **parameters).edges(keys=True)
    return {f"{one.removeprefix(AKGID)} {key} {other.removeprefix(AKGID)}" for one, other, key in found}


@pytest.fixture
def network():
    store = Store()
    store.load(PREFIX + DATA, RdfFormat.TURTLE)
    return network_of(store)


@pytest.fixture
def told(tell):
    return tell(TOLD)


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
    dates = ("property", "valid_from", "date", "year", "earliest", "latest", "weight", "claims")
    found = [(s, o, {name: told[name] for name in dates if name in told}) for s, o, told in network.edges(data=True)]
    assert found == [
        (
            a,
            b,
            {
                "property": "partOf",
                "valid_from": "1990",
                "year": 1990,
                "earliest": "1990-01-01",
                "weight": 1,
                "claims": (AKGID + "c1",),
            },
        ),
        (a, b, {"property": "replaces", "weight": 1, "claims": ()}),
        (
            meeting,
            a,
            {
                "property": "meetingOf",
                "date": "2024",
                "year": 2024,
                "earliest": "2024-01-01",
                "latest": "2024-12-31",
                "weight": 1,
                "claims": (),
            },
        ),
    ]


def test_an_empty_graph_is_an_empty_network():
    network = network_of(Store())
    assert len(network) == 0
    assert (centrality(network), communities(network), len(shared_members(network))) == ([], [], 0)


def test_an_edge_carries_its_words(told):
    edge = network_of(told)[AKGID + "scc"][AKGID + "fm"]["hasMember"]
    assert edge["quotes"] == ("scc hasMember fm from=1990", "scc hasMember fm")
    assert edge["documents"] == ("「new」", "「old」")
    assert [piece.source.issued for piece in edge["evidence"]] == ["2024", "1990-05"]
    assert (edge["label"], edge["label_en"], edge["factuality"], edge["weight"]) == ("構成員", "has member", "Actual", 2)


def test_what_is_planned_comes_on_request_and_is_marked(told):
    assert not any("chairedBy" in edge for edge in edges_of(told))
    assert edges_of(told, factuality="Planned") == {"scc chairedBy/Planned dm"}
    both = network_of(told, factuality=["Actual", "Planned"])
    assert both[AKGID + "scc"][AKGID + "dm"]["chairedBy/Planned"]["factuality"] == "Planned"
    assert edges_of(told, factuality=["Actual", "Planned"]) == edges_of(told) | {"scc chairedBy/Planned dm"}


def test_a_symmetric_relation_has_its_words_both_ways(told):
    network = network_of(told)
    there, back = (network[AKGID + s][AKGID + o]["counterpartOf"] for s, o in (("edd", "scc"), ("scc", "edd")))
    assert there["claims"] == back["claims"] != ()


@pytest.mark.parametrize(
    ("on", "members"),
    [
        ("1959", set()),
        ("1985", {"scc hasMember us", "scc hasMember fm", "scc hasMember jp", "sdc partOf scc"}),
        ("1989-12-31", {"scc hasMember us", "scc hasMember fm", "scc hasMember jp", "sdc partOf scc"}),
        ("1990", {"scc hasMember fm", "scc hasMember jp", "sdc partOf scc"}),
        ("1976-06", {"scc hasMember us", "scc hasMember fm", "scc hasMember jp"}),
        ("2014", {"scc hasMember fm", "scc hasMember jp", "sdc partOf scc"}),
        ("2014-04", {"scc hasMember fm", "scc hasMember jp"}),
    ],
)
def test_on_gives_what_held_on_that_day(told, on, members):
    assert {edge for edge in edges_of(told, on=on) if "edd" not in edge} == members


@pytest.mark.parametrize(
    ("as_of", "edges"),
    [
        ("1990-04", set()),
        ("1990-05-30", set()),  # issued some day in May
        ("1990-05", {"scc hasMember us", "scc hasMember fm"}),
        ("2023", {"scc hasMember us", "scc hasMember fm"}),
    ],
)
def test_as_of_gives_what_documents_said_by_then(told, as_of, edges):
    assert edges_of(told, as_of=as_of) == edges


def test_as_of_leaves_out_dates_said_later(told):
    late = network_of(told, as_of="2024")
    assert late.nodes[AKGID + "sdc"]["establishedOn"] == "1976-07"
    assert AKGID + "jp" not in late  # what no dated document says
    early = network_of(told, as_of="2000")
    assert set(early) == {AKGID + key for key in ("scc", "us", "fm")}
    assert early[AKGID + "scc"][AKGID + "fm"]["hasMember"]["quotes"] == ("scc hasMember fm",)


def test_both_times_together(told):
    assert edges_of(told, on="1990", as_of="2000") == {"scc hasMember fm"}


@pytest.mark.parametrize(
    "parameters", [{"on": "yesterday"}, {"as_of": "2024-13"}, {"factuality": "planned"}, {"factuality": ["Actual", ""]}]
)
def test_what_is_no_date_or_standing_is_refused(told, parameters):
    with pytest.raises(GraphError, match=next(iter(parameters))):
        network_of(told, **parameters)


def test_centrality_is_that_of_the_class_asked_for(told):
    found = centrality(network_of(told), Kind.FORUM)
    assert [(one.thing.removeprefix(AKGID), one.neighbours) for one in found] == [
        ("scc", 5),
        ("edd", 4),
        ("sdc", 1),
        ("lone", 0),
    ]
    # Of the 21 pairs of the seven others: sdc with each of four, and half of the ways between each two of the three shared members.
    assert found[0].betweenness == pytest.approx((4 + 3 * 0.5) / 21, abs=1e-5)


def test_centrality_of_a_large_network_is_estimated_alike_in_every_run(told, monkeypatch):
    exact = centrality(network_of(told), Kind.FORUM)
    monkeypatch.setattr(measures, "_EXACT", 3)
    monkeypatch.setattr(measures, "_SAMPLE", 4)
    estimated = centrality(network_of(told), Kind.FORUM)
    assert estimated == centrality(network_of(told), Kind.FORUM)
    assert {one.thing: one.betweenness for one in estimated} != {one.thing: one.betweenness for one in exact}
    assert {one.thing: one.closeness for one in estimated} != {one.thing: one.closeness for one in exact}
    assert {one.thing: one.neighbours for one in estimated} == {one.thing: one.neighbours for one in exact}


def test_an_estimate_from_all_things_is_exact(told, monkeypatch):
    exact = centrality(network_of(told), Kind.FORUM)
    monkeypatch.setattr(measures, "_EXACT", 3)
    monkeypatch.setattr(measures, "_SAMPLE", len(simple(network_of(told))))
    assert centrality(network_of(told), Kind.FORUM) == exact


def test_communities_are_the_same_from_run_to_run(told):
    network = network_of(told)
    backwards = nx.MultiDiGraph()
    backwards.add_nodes_from(reversed(list(network.nodes(data=True))))
    backwards.add_edges_from(reversed(list(network.edges(keys=True, data=True))))
    assert communities(network) == communities(backwards)
    assert {thing for group in communities(network) for thing in group} == {n for n in network if simple(network)[n]}


def test_shared_members_are_a_projection(told):
    found = shared_members(network_of(told))
    ((one, other, shared),) = found.edges(data=True)
    assert (one, other) == (AKGID + "edd", AKGID + "scc")
    assert shared["members"] == tuple(AKGID + key for key in ("fm", "jp", "us"))
    assert shared["weight"] == 3
    assert len(shared["quotes"]) == len(shared["claims"]) == 7
    assert shared_members(network_of(told, on="2015")).edges[one, other]["weight"] == 2


def test_paths_have_the_claims_along_them(told):
    ((first, second),) = paths(View(told), AKGID + "sdc", AKGID + "edd")
    assert [
        (step.forward, step.edge.property, step.edge.statements[0].evidence[0].quote) for step in (first[0], second[0])
    ] == [
        (True, "partOf", "sdc partOf scc"),
        (False, "counterpartOf", "edd counterpartOf scc"),
    ]
    assert {step.forward for step in second} == {True, False}


@pytest.mark.parametrize(("one", "other"), [("sdc", "lone"), ("sdc", "sdc"), ("sdc", "nothing")])
def test_where_nothing_leads_there_is_no_path(told, one, other):
    assert paths(View(told), AKGID + one, AKGID + other) == []


def test_paths_lead_over_states_only_when_asked(tell):
    store = tell("""
        document d
        Forum a = 甲
        Forum b = 乙
        State us = 米国
        d: a hasMember us
        d: b hasMember us
    """)
    assert paths(View(store), AKGID + "a", AKGID + "b") == []
    assert len(paths(View(store), AKGID + "a", AKGID + "b", through=frozenset(Kind))[0]) == 2
