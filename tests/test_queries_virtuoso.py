"""A graph pushed into a real Virtuoso, and the library's questions asked there: the answers are those of the embedded engine."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from test_queries_questions import CASES, PEOPLE_AND_PLACES
from virtuoso_server import PATIENCE, Virtuoso, unsteady

from alliancekg.building import run
from ontology.terms import AKG, AKGID
from queries.address import address
from queries.asking import ask
from queries.batches import BATCH_TRIPLES
from queries.catalogue import catalogue
from queries.credentials import Credentials
from queries.engine import Embedded
from queries.errors import EndpointError, QueryError
from queries.pushing import GraphStore, Target, Update, push
from queries.remote import Remote
from queries.transport import Transport

pytestmark = pytest.mark.slow
EXAMPLES = Path(__file__).parent.parent / "examples"


def update(virtuoso: Virtuoso) -> Update:
    return Update(transport(virtuoso, virtuoso.update))


def graph_store(virtuoso: Virtuoso) -> GraphStore:
    return GraphStore(transport(virtuoso, virtuoso.graph_store))


def transport(virtuoso: Virtuoso, url: str) -> Transport:
    return Transport(address(url), credentials=Credentials(virtuoso.user, virtuoso.password))


def compare(virtuoso: Virtuoso, store: ox.Store, slug: str, parameters: dict[str, str]) -> int:
    """How many rows both engines give, which must be the same ones."""
    ours = ask(Embedded(store), slug, parameters, lang="en")
    with unsteady(slug):
        theirs = ask(Remote(virtuoso.query, timeout=PATIENCE), slug, parameters, lang="en")
        assert sorted(map(str, theirs.rows)) == sorted(map(str, ours.rows))
    return len(ours)


@pytest.mark.parametrize(("slug", "parameters", "told", "rows"), CASES)
def test_a_question_of_the_library(virtuoso: Virtuoso, tell, slug, parameters, told, rows) -> None:
    store = tell("\n".join((PEOPLE_AND_PLACES, *told)))
    push(store, update(virtuoso), into="urn:kg")
    assert compare(virtuoso, store, slug, parameters) == len(rows)


@pytest.mark.model
def test_the_questions_on_the_demo(virtuoso: Virtuoso, extractor: object) -> None:
    """Each question as its example has it, where the examples know what it names."""
    store = run([EXAMPLES], extractor=extractor).store
    push(store, update(virtuoso), into="urn:kg")
    asked = 0
    for question in catalogue():
        words = shlex.split(question.example.in_("ja"))[3:]
        parameters = dict(word.split("=", 1) for word in words if "=" in word)
        try:
            ask(Embedded(store), question.slug, parameters)
        except QueryError:
            continue  # the demo knows nothing of that name
        asked += compare(virtuoso, store, question.slug, parameters) > 0
    assert asked > 15


HOSTILE = [
    '「同盟」の "調整"',
    "a\nb\r\n\tc",
    "\u200fעברית\u200e العربية",
    "\\u0041 \\",
    "<b>&amp;'",
    "} } ; DROP ALL #",
    "𠮷野家 e\u0301",
]
ASKED = [
    ("which-forum-replaced-which", {}),
    ("established-between", {"from": "2024", "until": "2025"}),
    ("facts-from", {"document": "「a」"}),
    ("evidence-for", {"entity": "旧協議"}),
    *(("evidence-for", {"entity": name}) for name in HOSTILE),
    *(("profile", {"entity": name}) for name in HOSTILE),
]  # fmt: skip


@pytest.fixture
def hostile(tell) -> ox.Store:
    """Two documents in graphs of their own, names and places in them hostile, and what the things are in the default graph."""
    things = [f"Forum k{number} = NAME{number}" for number in range(len(HOSTILE))]
    claims = [f"{'ab'[n % 2]}: k{n} replaces old\n{'ab'[n % 2]}: k{n} establishedOn 2024-0{n + 1}" for n in range(len(HOSTILE))]
    whole = ox.Store()
    for quad in tell("\n".join(["document a 2024-06", "document b 2025", "Forum old = 旧協議", *things, *claims])):
        subject, predicate, told = quad.subject, quad.predicate, quad.object
        if isinstance(told, ox.Literal) and told.value.startswith("NAME"):
            told = ox.Literal(HOSTILE[int(told.value[4:])], language="ja")
        number = subject.value.rpartition("/")[2]
        of_claim = number.isdigit() and (int(number) - 3 - len(HOSTILE)) // 2
        graph = ox.NamedNode(f"{AKGID}document/文書/{of_claim % 2}") if number.isdigit() else ox.DefaultGraph()
        whole.add(ox.Quad(subject, predicate, told, graph))
        if predicate.value == AKG + "quote":
            places = {
                "section": HOSTILE[of_claim],
                "pageStart": 3,
                "pageEnd": 3 + of_claim % 2,
                "paragraph": 4,
                "textRole": "note",
            }
            whole.extend(ox.Quad(subject, ox.NamedNode(AKG + name), ox.Literal(value), graph) for name, value in places.items())
    return whole


def test_hostile_names_in_graphs_of_their_own(virtuoso: Virtuoso, hostile: ox.Store) -> None:
    push(hostile, update(virtuoso), into="urn:kg", batch_bytes=2000)
    assert virtuoso.graphs() == (f"{AKGID}document/文書/0", f"{AKGID}document/文書/1", "urn:kg")
    assert all(compare(virtuoso, hostile, slug, parameters) for slug, parameters in ASKED)


def held(virtuoso: Virtuoso) -> set[ox.Quad]:
    """What Virtuoso has, graph by graph."""
    quads = set()
    for name in virtuoso.graphs():
        graph = ox.NamedNode(name)
        found = Remote(virtuoso.query).run(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}").triples
        quads |= {ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in found or ()}
    return quads


def named(store: ox.Store, default: str) -> set[ox.Quad]:
    """The quads of a store with a name for its default graph."""
    graph = ox.NamedNode(default)
    return {
        ox.Quad(q.subject, q.predicate, q.object, graph if isinstance(q.graph_name, ox.DefaultGraph) else q.graph_name)
        for q in store
    }


@pytest.mark.parametrize("way", [update, graph_store])
def test_a_graph_arrives_as_it_is_and_is_replaced(
    virtuoso: Virtuoso, hostile: ox.Store, tell, tmp_path: Path, way: Callable[[Virtuoso], Target]
) -> None:
    state = tmp_path / "state.json"
    theirs = tell("Forum theirs = 他")
    push(theirs, way(virtuoso), into="urn:theirs")
    for _ in range(2):  # the second time by the answer to the first challenge, and onto itself
        push(hostile, way(virtuoso), into="urn:kg", batch_bytes=2000, state=state)
        assert held(virtuoso) == named(hostile, "urn:kg") | named(theirs, "urn:theirs")
    less = tell("Forum old = 旧協議")
    assert push(less, way(virtuoso), into="urn:kg", replace=True, state=state).dropped == 2
    assert held(virtuoso) == named(less, "urn:kg") | named(theirs, "urn:theirs")


@pytest.mark.parametrize("way", [update, graph_store])
def test_what_virtuoso_lacks_is_said(virtuoso: Virtuoso, tell, way: Callable[[Virtuoso], Target]) -> None:
    with pytest.raises(EndpointError, match="say with --into"):
        push(tell("Forum old = 旧協議"), way(virtuoso))


@pytest.mark.parametrize(
    ("password", "complaint"), [("wrong", "does not take these credentials"), ("", "asks for credentials")]
)
def test_strangers_may_not_push(virtuoso: Virtuoso, tell, password: str, complaint: str) -> None:
    credentials = Credentials(virtuoso.user, password) if password else None
    stranger = Update(Transport(address(virtuoso.update), credentials=credentials))
    with pytest.raises(EndpointError, match=complaint):
        push(tell("Forum old = 旧協議"), stranger, into="urn:kg")
    with pytest.raises(EndpointError, match="permission"):
        push(tell("Forum old = 旧協議"), Update(Transport(address(virtuoso.query))), into="urn:kg")
    assert virtuoso.graphs() == ()


def test_a_batch_as_large_as_batches_get(virtuoso: Virtuoso) -> None:
    """Virtuoso parses an update by recursion, and gives up at some 5,000 triples."""
    store = ox.Store()
    store.extend(ox.Quad(ox.NamedNode(f"urn:s{n}"), ox.NamedNode("urn:p"), ox.Literal(n)) for n in range(BATCH_TRIPLES))
    assert push(store, update(virtuoso), into="urn:kg", batch_bytes=10**9).batches == 1
    assert len(held(virtuoso)) == BATCH_TRIPLES
