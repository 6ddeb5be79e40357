"""A graph cut into batches and pushed: all of it arrives, as it is, however often something breaks on the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import DROPPED, Reply, Server, serving

from ontology.terms import AKGID
from queries.address import address
from queries.batches import BATCH_TRIPLES, Cut
from queries.errors import EndpointError, QueryError
from queries.pushing import GraphStore, Pushed, Target, Update, push
from queries.transport import Patience, Transport

HOSTILE = [
    "「同盟」",
    'say "x"',
    "a\nb\r\n",
    "\u200fעברית\u200e",
    "\\u0041 \\",
    "'''",
    "<b>&amp;",
    "} } ; DROP ALL #",
    "\x00\x01\ufffe",
    "𠮷",
    "",
]


def iri(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"urn:kg/{name}")


def store_of(**graphs: list[str]) -> ox.Store:
    """A store with one triple for each text, in graphs of these names; `default` is the one without a name."""
    store = ox.Store()
    for name, texts in graphs.items():
        graph = ox.DefaultGraph() if name == "default" else iri(name)
        store.extend(ox.Quad(iri("日本"), iri(f"p{n}"), ox.Literal(text, language="ja"), graph) for n, text in enumerate(texts))
    return store


def quads(store: ox.Store) -> set[ox.Quad]:
    return set(store)


def graphs(store: ox.Store) -> set[str]:
    return {str(quad.graph_name) for quad in store}


def target(kind: type[Update | GraphStore], server: Server, *, tries: int = 1) -> Target:
    return kind(Transport(address(server.url), patience=Patience(tries=tries, sleep=lambda _: None)))


WAYS = pytest.mark.parametrize("way", [Update, GraphStore])

# --- cutting ------------------------------------------------------------------------------------------------------------

literals = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(ox.Literal)
names = st.sampled_from([ox.DefaultGraph(), iri("a"), iri("b/文書"), iri("c")])
any_quads = st.lists(
    st.builds(ox.Quad, st.sampled_from([iri("s"), iri("日本")]), st.just(iri("p")), literals, names), max_size=30
)


@given(any_quads, st.integers(1, 400), st.booleans())
def test_batches_hold_every_triple_once_and_keep_to_their_size(written: list[ox.Quad], size: int, alone: bool) -> None:
    cut = Cut(iter(written), alone=alone, size=size)
    batches = list(cut.batches())
    found = [
        ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(piece.graph) if piece.graph else ox.DefaultGraph())
        for batch in batches
        for piece in batch.pieces
        for q in ox.parse("\n".join(piece.lines), ox.RdfFormat.N_TRIPLES)
    ]
    assert len(found) == len(set(found))
    assert set(found) == set(written)
    assert all(batch.size <= size or batch.triples == 1 for batch in batches)
    assert all(piece.lines for batch in batches for piece in batch.pieces)
    assert not alone or all(len(batch.pieces) == 1 for batch in batches)
    opened = [piece.graph for batch in batches for piece in batch.pieces if piece.first]
    assert sorted(opened) == sorted({piece.graph for batch in batches for piece in batch.pieces})

    outline, again = cut.outline(), Cut(reversed(written), alone=alone, size=size)
    assert list(again.batches()) == batches
    assert again.outline() == outline
    assert (outline.batches, outline.triples) == (len(batches), len(found))
    assert outline.size == sum(batch.size for batch in batches)
    assert set(outline.graphs) == set(opened)


def test_no_batch_has_more_triples_than_stores_can_parse() -> None:
    batches = list(Cut(store_of(default=["値"] * (2 * BATCH_TRIPLES + 1)), size=10**9).batches())
    assert [batch.triples for batch in batches] == [BATCH_TRIPLES, BATCH_TRIPLES, 1]


def test_what_changes_what_is_sent_changes_the_digest() -> None:
    stores = [store_of(default=["a"]), store_of(default=["b"]), store_of(a=["a"]), store_of(default=["a", "b"])]
    digests = {Cut(store, into=into).outline().digest for store in stores for into in ("", "urn:x")}
    assert len(digests) == 7  # the graph that has a name does not care for `into`


def lenient(turtle: str) -> ox.Store:
    store = ox.Store()
    store.load(turtle.encode(), ox.RdfFormat.TRIG, lenient=True)
    return store


@pytest.mark.parametrize(
    ("held", "complaint"),
    [
        ("_:b <urn:p> 1 .", "blank node"),
        ("<urn:s> <urn:p> [] .", "blank node"),
        ("_:g { <urn:s> <urn:p> 1 }", "without a name"),
        ("<urn:s> <urn:p> <<( <urn:a> <urn:b> 1 )>> .", "triple within a triple"),
        ("<urn:s> <urn:p> <urn:x\\u003E\\u0020}DROP> .", "no RDF 1.1"),
        ("<urn:g\\u003E> { <urn:s> <urn:p> 1 }", "cannot name a graph"),
    ],
)
@WAYS
def test_what_cannot_be_sent_is_said_before_anything_is(way: type, held: str, complaint: str) -> None:
    with serving() as server:
        with pytest.raises(QueryError, match=complaint) as refused:
            push(lenient("<urn:fine> <urn:p> 1 . " + held), target(way, server), batch_bytes=1)
        assert server.seen == []
        assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize("into", ["no iri", "urn:x> {} ; DROP ALL #", "relative"])
def test_into_must_be_an_iri(into: str) -> None:
    with pytest.raises(QueryError, match="cannot name a graph"):
        Cut(ox.Store(), into=into)


# --- pushing ------------------------------------------------------------------------------------------------------------

TEXTS = store_of(default=HOSTILE, a=HOSTILE, b=["x"], 文書=HOSTILE)


@WAYS
@pytest.mark.parametrize("size", [1, 300, 10_000])
def test_everything_arrives_as_it_is(way: type, size: int) -> None:
    with serving() as server:
        done = push(TEXTS, target(way, server), batch_bytes=size)
        assert quads(server.store) == quads(TEXTS)
        assert (done.triples, done.graphs, done.resumed) == (len(TEXTS), 4, 0)
        assert len(server.seen) == done.batches
        push(iter(TEXTS), target(way, server), batch_bytes=size)
        assert quads(server.store) == quads(TEXTS)


@WAYS
def test_the_default_graph_is_called_as_asked(way: type) -> None:
    with serving() as server:
        push(TEXTS, target(way, server), into="urn:kg/b", batch_bytes=100, replace=True)
        expected = {
            ox.Quad(q.subject, q.predicate, q.object, iri("b") if q.graph_name == ox.DefaultGraph() else q.graph_name)
            for q in TEXTS
        }
        assert quads(server.store) == expected


@WAYS
def test_adding_leaves_what_is_there(way: type) -> None:
    with serving(store_of(default=["old"], a=["old"], theirs=["theirs"])) as server:
        before = quads(server.store)
        push(TEXTS, target(way, server))
        assert quads(server.store) == before | quads(TEXTS)


@WAYS
def test_replacing_leaves_what_is_not_ours(way: type, tmp_path: Path) -> None:
    theirs = store_of(theirs=["theirs"])
    with serving(store_of(default=["old"], a=["old"], theirs=["theirs"])) as server:
        state = tmp_path / "state.json"
        push(store_of(default=["1"], a=["1"], 消=["1"]), target(way, server), replace=True, state=state)
        done = push(store_of(default=["2"], a=["2"], new=["2"]), target(way, server), replace=True, state=state, batch_bytes=1)
        assert quads(server.store) == quads(store_of(default=["2"], a=["2"], new=["2"])) | quads(theirs)
        assert done.dropped == 1
        server.store.clear_graph(iri("new"))  # someone else has dropped it meanwhile
        push(store_of(a=["3"]), target(way, server), replace=True, state=state)
        assert quads(server.store) == quads(store_of(a=["3"])) | quads(theirs)


@WAYS
def test_an_empty_graph_is_pushed(way: type) -> None:
    with serving(store_of(a=["theirs"])) as server:
        assert push(ox.Store(), target(way, server), replace=True) == Pushed(0, 0, 0, 0, 0)
        assert server.seen == []


@WAYS
@pytest.mark.parametrize("reply", [Reply(503), DROPPED, Reply(503, applied=True), Reply(dropped=True, applied=True)])
@pytest.mark.parametrize("replace", [True, False])
def test_what_passes_costs_nothing(way: type, reply: Reply, replace: bool) -> None:
    """A store may or may not have done what it did not answer."""
    with serving() as server:
        whole = push(TEXTS, target(way, server), batch_bytes=200).batches
        for broken in range(whole):
            server.store.clear()
            server.seen.clear()
            server.replies.extend([Reply(204, applied=True)] * broken + [reply, reply])
            push(TEXTS, target(way, server, tries=3), batch_bytes=200, replace=replace)
            assert quads(server.store) == quads(TEXTS)
            assert len(server.seen) == whole + 2


# --- going on ------------------------------------------------------------------------------------------------------------


def interrupted(server: Server, state: Path, way: type, after: int, **options: object) -> None:
    server.replies.extend([Reply(204, applied=True)] * after + [Reply(507)])
    with pytest.raises(EndpointError, match="507"):
        push(TEXTS, target(way, server), batch_bytes=200, state=state, **options)
    server.seen.clear()


@WAYS
@pytest.mark.parametrize("replace", [True, False])
@pytest.mark.parametrize("after", [0, 1, 5])
def test_a_push_goes_on_where_it_was(way: type, replace: bool, after: int, tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with serving() as server:
        interrupted(server, state, way, after, replace=replace)
        done = push(TEXTS, target(way, server), batch_bytes=200, state=state, replace=replace)
        assert done.resumed == after
        assert len(server.seen) == done.batches - after
        assert quads(server.store) == quads(TEXTS)
        server.store.clear()
        again = push(TEXTS, target(way, server), batch_bytes=200, state=state, replace=replace)
        assert again.resumed == 0  # one that has ended is begun anew: who knows what happened to the store since
        assert quads(server.store) == quads(TEXTS)


@WAYS
@pytest.mark.parametrize(
    "change",
    [
        lambda store, options: options.update(batch_bytes=150),
        lambda store, options: options.update(replace=True),
        lambda store, options: options.update(into="urn:kg/x"),
        lambda store, options: store.add(ox.Quad(iri("s"), iri("p"), iri("o"))),
    ],
)
def test_another_push_begins_anew(way: type, change: Callable[[ox.Store, dict[str, object]], None], tmp_path: Path) -> None:
    state, store, options = tmp_path / "state.json", ox.Store(), {"batch_bytes": 200}
    store.extend(TEXTS)
    with serving() as server:
        interrupted(server, state, way, 3)
        change(store, options)
        assert push(store, target(way, server), state=state, **options).resumed == 0


def test_another_address_begins_anew(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with serving() as server, serving() as other:
        interrupted(server, state, Update, 3)
        assert push(TEXTS, target(Update, other), batch_bytes=200, state=state).resumed == 0
        assert push(TEXTS, target(Update, server), batch_bytes=200, state=state).resumed == 3
        assert quads(server.store) == quads(other.store) == quads(TEXTS)


def test_graphs_of_a_push_that_never_ended_are_replaced_too(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with serving() as server:
        interrupted(server, state, GraphStore, 7)
        assert "<urn:kg/a>" in graphs(server.store)
        push(store_of(b=["new"]), target(GraphStore, server), state=state, replace=True)
        assert quads(server.store) == quads(store_of(b=["new"]))


def test_the_state_tells_no_secrets(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with serving() as server:
        way = Update(Transport(address(f"{server.url}?apikey=hunter2")))
        push(TEXTS, way, state=state)
    assert "hunter2" not in state.read_text(encoding="utf-8")
    assert server.url in state.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"alliancekg-push": 2, "pushes": {}}', '{"alliancekg-push": 1, "pushes": []}', "\udcff"]
)
def test_a_state_file_that_is_none_is_refused_and_left_alone(text: str, tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    state.write_bytes(text.encode("utf-8", "surrogateescape"))
    with serving() as server, pytest.raises(QueryError, match="no state of a push"):
        push(TEXTS, target(Update, server), state=state)
    assert server.seen == []
    assert state.read_bytes() == text.encode("utf-8", "surrogateescape")


@pytest.mark.parametrize("entry", [[], {"graphs": 1}, {"done": "x"}, {"graphs": ["a"], "done": None}])
def test_a_broken_entry_is_refused(entry: object, tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with serving() as server:
        push(TEXTS, target(Update, server), state=state)
        held = json.loads(state.read_text(encoding="utf-8"))
        held["pushes"] = dict.fromkeys(held["pushes"], entry)
        state.write_text(json.dumps(held), encoding="utf-8")
        with pytest.raises(QueryError, match="no state of a push"):
            push(TEXTS, target(Update, server), state=state)


def test_a_state_that_cannot_be_kept_is_said_before_anything_is_sent(tmp_path: Path) -> None:
    with serving() as server, pytest.raises(QueryError, match="cannot be kept"):
        push(TEXTS, target(Update, server), state=tmp_path / "nowhere" / "state.json")
    assert server.seen == []


def test_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []
    with serving() as server:
        push(TEXTS, target(Update, server), batch_bytes=200, watch=lambda done, whole: told.append((done, whole)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]
    assert len({whole for _, whole in told}) == 1


@pytest.mark.parametrize(("name", "hinted"), [("default", True), ("a", False)])
@pytest.mark.parametrize("status", [400, 500])
def test_a_store_without_a_default_graph_brings_a_hint(name: str, hinted: bool, status: int) -> None:
    with serving() as server:
        server.replies.append(Reply(status, {}, b"No plain default graph"))
        with pytest.raises(EndpointError, match="No plain default graph") as refused:
            push(store_of(**{name: ["x"]}), target(Update, server))
    assert ("--into" in str(refused.value)) is hinted


@pytest.mark.parametrize(("graph", "hinted"), [(f"{AKGID}graph/builds", True), ("https://example.org/mine", False)])
def test_graphs_that_a_store_of_ours_keeps_to_its_builds_bring_a_hint(graph: str, hinted: bool) -> None:
    quad = ox.Quad(iri("日本"), iri("p"), ox.Literal("x"), ox.NamedNode(graph))
    with serving() as server:
        server.replies.append(Reply(403, {}, b"this graph is made by builds"))
        with pytest.raises(EndpointError, match="made by builds") as refused:
            push([quad], target(Update, server))
    assert ("--into" in str(refused.value)) is hinted
