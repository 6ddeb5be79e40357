"""The library on every engine: in memory, on disk with a graph for each document, rdflib and Virtuoso give the same answers."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from test_queries_questions import CASES, PEOPLE_AND_PLACES
from virtuoso_server import PATIENCE, Virtuoso, unsteady

from ontology.terms import AKG, AKGID, PREFIXES
from queries.asking import ask, text_of
from queries.catalogue import catalogue
from queries.engine import Cell, Embedded
from queries.remote import Remote

IN_DOCUMENT = ox.NamedNode(AKG + "inDocument")
DERIVED = ox.NamedNode(PREFIXES["prov"] + "wasDerivedFrom")
AS_OF = {"as-of": "2024"}
# Chains that a later document goes on with, and through a plan: what as-of must not walk
ON_THE_WAY = [
    ("revision-chain", {"agreement": "15指針"}, ["b: g15 revises g97", "a: g97 revises g78", "a: g15 revises g78 Planned", "a: g78 revises g0"]),
    ("revision-chain", {"agreement": "15指針"}, ["a: g15 revises g97", "b: g97 revises g78", "a: g78 revises g0"]),
    ("succession-chain", {"entity": "S&TF"}, ["a: dicas replaces stf", "b: scc replaces dicas", "a: sdc replaces scc", "a: stf replaces council Planned", "a: council replaces alliance"]),
    ("components-of", {"entity": "SCC"}, ["a: sdc partOf scc", "b: stf partOf sdc", "a: dicas partOf stf", "b: council partOf scc Planned", "a: alliance partOf council"]),
    ("programme-lineage", {"programme": "GPI"}, ["b: gpi buildsOn sm3", "a: gpi buildsOn sm2", "a: sm2 buildsOn sm1", "a: sm3 buildsOn sm4"]),
    ("meetings-of", {"forum": "SCC"}, ["b: m1 meetingOf scc", "a: m1 heldOn 2024-07-28", "a: m2 meetingOf scc", "a: m2 heldIn tokyo", "b: m2 heldOn 1997"]),
    ("outcomes-of", {"forum": "SCC", "on": "2024"}, ["a: m1 meetingOf scc", "b: m1 heldOn 2024-07-28", "a: m1 resultedIn g97", "a: m2 meetingOf scc", "a: m2 heldOn 2024-01", "a: m2 resultedIn g15"]),
    ("facts-from", {"document": "b.txt"}, ["a: g15 revises g97", "b: g97 revises g78"]),
    ("programmes-of", {"state": "日本"}, ["undated: gpi developedBy japan", "a: gpi developedBy us", "a: sm3 developedBy japan", "a: sm3 buildsOn sm2"]),
]  # fmt: skip
ASKED = [
    *(case[:3] for case in CASES),
    *((slug, parameters | AS_OF, says) for slug, parameters, says, _ in CASES),
    *((slug, parameters | AS_OF, says) for slug, parameters, says in ON_THE_WAY),
]
ALL = pytest.mark.parametrize(("slug", "parameters", "says"), ASKED, ids=[f"{a[0]}-{i}" for i, a in enumerate(ASKED)])
Rows = list[tuple[str | None, ...]]


@pytest.fixture
def told(tell, says) -> ox.Store:
    return tell(PEOPLE_AND_PLACES + "\n".join(says))


def apart(store: ox.Store) -> list[ox.Quad]:
    """Each document with its claims and their evidence in a graph of its own, facts and things in the default graph."""
    document = {q.subject: q.object for q in store.quads_for_pattern(None, IN_DOCUMENT, None)}
    for quad in list(store.quads_for_pattern(None, DERIVED, None)):
        document[quad.subject] = document[quad.object]
    titled = {q.subject: q.subject for q in store if q.subject.value.startswith(f"{AKGID}document/")}
    graphs = document | titled
    return [ox.Quad(q.subject, q.predicate, q.object, graphs.get(q.subject, ox.DefaultGraph())) for q in store]


def plain(rows: tuple[tuple[Cell, ...], ...]) -> Rows:
    """Rows as text, to compare."""
    return [tuple(cell if cell is None else cell.value for cell in row) for row in rows]


def test_every_question_is_asked() -> None:
    assert {slug for slug, _, _ in ASKED} == {q.slug for q in catalogue()}


def test_what_is_told_stands_in_graphs_of_its_own(tell) -> None:
    quads = apart(
        tell("document a 2020\ndocument b 2021\nForum n = 新\nForum o = 旧\na: n replaces o\nb: n establishedOn 2020")
    )
    graphs = {q.graph_name for q in quads}
    assert graphs == {ox.DefaultGraph(), ox.NamedNode(f"{AKGID}document/a"), ox.NamedNode(f"{AKGID}document/b")}
    facts = [q for q in quads if q.subject == ox.NamedNode(f"{AKGID}n") and q.predicate.value.startswith(AKG)]
    assert {q.graph_name for q in facts} == {ox.DefaultGraph()}


@ALL
def test_rdflib_and_graphs_of_their_own(told: ox.Store, slug: str, parameters: dict[str, str]) -> None:
    engine = Embedded(told)
    sparql = text_of(engine, slug, parameters)
    ours = plain(engine.run(sparql).rows)
    graph = rdflib.Graph()
    graph.parse(data=ox.serialize((q.triple for q in told), format=ox.RdfFormat.N_TRIPLES), format="nt")
    assert [tuple(cell if cell is None else str(cell) for cell in row) for row in graph.query(sparql)] == ours
    separate = ox.Store()
    separate.extend(apart(told))
    assert plain(Embedded(separate).run(sparql).rows) == ours


def test_on_disk_with_a_graph_for_each_document(tell, tmp_path: Path) -> None:
    """All that is told anywhere in one store, so that it need be written once."""
    told = tell(PEOPLE_AND_PLACES + "\n".join(dict.fromkeys(line for _, _, says in ASKED for line in says)))
    on_disk = ox.Store(str(tmp_path / "graph"))
    on_disk.extend(apart(told))
    answered = set()
    for slug, parameters, _ in ASKED:
        sparql = text_of(Embedded(told), slug, parameters)
        rows = plain(Embedded(told).run(sparql).rows)
        assert plain(Embedded(on_disk).run(sparql).rows) == rows, slug
        if rows:
            answered.add(slug)
    assert answered == {q.slug for q in catalogue()}


@pytest.mark.slow
@ALL
def test_virtuoso(virtuoso: Virtuoso, told: ox.Store, slug: str, parameters: dict[str, str]) -> None:
    graphs: dict[str, list[ox.Triple]] = {}
    for quad in apart(told):
        graphs.setdefault(getattr(quad.graph_name, "value", "urn:facts"), []).append(quad.triple)
    for name, triples in graphs.items():
        virtuoso.load(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), name)
    ours = ask(Embedded(told), slug, parameters).rows
    with unsteady(slug):
        theirs = ask(Remote(virtuoso.query, timeout=PATIENCE), slug, parameters).rows
        assert sorted(map(str, theirs)) == sorted(map(str, ours))
