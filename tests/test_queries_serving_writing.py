"""Writing through the endpoint: who may, what stays protected, and that builds keep what was written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient
from stores_made import content, made, plain

from alliancekg.serving import StoreGate, StoreGraphs
from extract.model import Document
from graph.identity import document_iri
from graph.store.collection import writing
from ontology.terms import AKG, AKGID
from queries.serving.app import application
from queries.serving.limits import Limits
from queries.serving.writer import Writing

TOKEN = "a token 鍵"
BEARER = {"Authorization": f"Bearer {TOKEN}".encode()}
TURTLE = {**BEARER, "Content-Type": "text/turtle"}
UPDATE = {**BEARER, "Content-Type": "application/sparql-update"}
DOCUMENT = document_iri("a.txt").value
BUILDS = AKGID + "graph/builds"


def document(name: str, text: str) -> Document:
    return Document(name, text, published="2025")


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = "甲 replaces 乙\n甲 establishedOn 2024-04-10\n"
    return made(tmp_path_factory.mktemp("written") / "store", plain(document("a.txt", text)))


@pytest.fixture(scope="module")
def served(directory: Path) -> Iterator[TestClient]:
    limits = Limits(seconds=20, body=10_000, workers=1)
    with TestClient(application(StoreGraphs(directory), limits, Writing(StoreGate(directory), TOKEN))) as there:
        yield there


@pytest.fixture
def client(served: TestClient) -> TestClient:
    """Over a store to which no user has written."""
    assert update(served, "DROP ALL") == 204
    return served


def update(client: TestClient, text: str, **dataset: str) -> int:
    answer = client.post("/sparql", content=text.encode(), headers=UPDATE, params=dataset)
    assert "Traceback" not in answer.text
    return int(answer.status_code)


def asked(client: TestClient, pattern: str) -> bool:
    return bool(client.get("/sparql", params={"query": f"PREFIX : <urn:x:> ASK {{ {pattern} }}"}).json()["boolean"])


@pytest.mark.parametrize(
    "authorization",
    [b"", b"Bearer", b"Bearer wrong", b"Bearer  ", b"Basic YTpi", f"Bearer {TOKEN}x".encode(), b"Bearer \xff\xfe"],
)
def test_without_the_token_nothing_is_written(client: TestClient, directory: Path, authorization: bytes) -> None:
    before = content(directory)
    headers = {"Authorization": authorization, "Content-Type": "text/turtle"}
    for method, path in (("PUT", "/store?graph=urn:x:g"), ("POST", "/store"), ("DELETE", "/store?default")):
        answer = client.request(method, path, content=b"<urn:a> <urn:b> 1 .", headers=headers)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    answer = client.post("/sparql", data={"update": "CLEAR ALL"}, headers={"Authorization": authorization})
    assert answer.status_code == 401
    assert content(directory) == before


@pytest.mark.parametrize(
    "text",
    [
        f"INSERT DATA {{ GRAPH <{DOCUMENT}> {{ <urn:a> <urn:b> 1 }} }}",
        f"PREFIX g: <{AKGID}graph/> INSERT DATA {{ GRAPH g:decisions {{ <urn:a> <urn:b> 1 }} }}",
        f"CLEAR GRAPH <{DOCUMENT}>",
        f"DROP SILENT GRAPH <{BUILDS}>",
        f"PREFIX g: <{AKGID}graph/> MOVE g:builds TO <urn:x:g>",
        f"COPY <urn:x:g> TO <{DOCUMENT}>",
        f"DELETE WHERE {{ GRAPH <{DOCUMENT}> {{ ?s ?p ?o }} }}",
        "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
        "DELETE WHERE { ?s ?p ?o }",
        f"DELETE {{ ?s <{AKG}replaces> ?o }} WHERE {{ ?s <{AKG}replaces> ?o }}",
        f"INSERT {{ GRAPH ?g {{ ?s <urn:b> 1 }} }} WHERE {{ GRAPH ?g {{ ?s a <{AKG}Claim> }} }}",
        f"INSERT DATA {{ <urn:a> <urn:b> 1 }} ; DELETE WHERE {{ GRAPH <{BUILDS}> {{ ?s ?p ?o }} }}",
        f"WITH <{DOCUMENT}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        "LOAD <http://127.0.0.1:1/>",
        "INSERT { <urn:a> <urn:b> ?x } WHERE { SERVICE <http://127.0.0.1:1/> { ?x ?y ?z } }",
    ],
)
def test_what_builds_made_is_protected(client: TestClient, directory: Path, text: str) -> None:
    before = content(directory)
    assert update(client, text) == 403
    assert content(directory) == before


def test_a_fact_cannot_be_deleted_as_data(client: TestClient, directory: Path) -> None:
    fact = next(f for f in content(directory) if f"<{AKG}replaces>" in f and "claim" not in f)
    assert update(client, f"DELETE DATA {{ {fact} }}") == 403
    assert update(client, "DELETE DATA { <urn:a> <urn:b> 1 }") == 204, "what is not there need not go"


@pytest.mark.parametrize("path", [f"/store?graph={BUILDS}", f"/store?graph={AKGID}document/new.txt"])
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_graphs_of_builds_are_not_put_merged_or_dropped(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, path, content=b"<urn:a> <urn:b> 1 .", headers=TURTLE).status_code == 403


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("INSERT DATA { :a :b 1 ; :c 'a;b' . GRAPH :g { :a :b :c } }", ":a :b 1 ; :c 'a;b' . GRAPH :g { :a :b :c }"),
        ("INSERT DATA { :a :b 1 } ; ; DELETE DATA { :a :b 1 } ;", "FILTER NOT EXISTS { :a :b 1 }"),
        ("INSERT DATA { GRAPH :g { :a :b 1 } } ; CLEAR ALL", "FILTER NOT EXISTS { :a :b 1 }"),
        ("INSERT DATA { GRAPH :g { :a :b 1 } } ; DROP DEFAULT", "GRAPH :g { :a :b 1 }"),
        (
            "INSERT DATA { GRAPH :g { :a :b 1 } } ; MOVE :g TO :h",
            "GRAPH :h { :a :b 1 } FILTER NOT EXISTS { GRAPH :g { ?s ?p ?o } }",
        ),
        ("INSERT DATA { GRAPH :g { :a :b 1 } } ; COPY :g TO DEFAULT", "GRAPH :g { :a :b 1 } :a :b 1"),
        (
            "INSERT DATA { :a :b 1 } ; DELETE { ?s :b 1 } INSERT { ?s :b 2 } WHERE { ?s :b 1 }",
            ":a :b 2 FILTER NOT EXISTS { :a :b 1 }",
        ),
        ("INSERT { GRAPH :g { ?s :new ?s } } WHERE { ?s a akg:Forum }", "GRAPH :g { ?s :new ?s }"),
        ("INSERT DATA { GRAPH :g { :a :b 1 } } ; DELETE WHERE { GRAPH :g { ?s :b ?o } }", "FILTER NOT EXISTS { :a :b 1 }"),
        (
            "INSERT DATA { GRAPH :g { :a :b 1 } } ; WITH :g DELETE { ?s :b 1 } WHERE { ?s :b 1 }",
            "FILTER NOT EXISTS { :a :b 1 }",
        ),
        (
            "PREFIX y: <urn:y:> INSERT DATA { y:a y:b 1 } ; PREFIX z: <urn:y:> DELETE DATA { z:a y:b 1 }",
            "FILTER NOT EXISTS { <urn:y:a> ?p 1 }",
        ),
        ("INSERT DATA { :a :b '} ; DROP ALL #' } # } ; DROP ALL", ":a :b '} ; DROP ALL #'"),
        ("CREATE GRAPH :g", "FILTER NOT EXISTS { GRAPH :g { ?s ?p ?o } }"),
    ],
)
def test_updates(client: TestClient, text: str, holds: str) -> None:
    assert update(client, f"PREFIX : <urn:x:> PREFIX akg: <{AKG}> {text}") == 204
    assert asked(client, holds)


@pytest.mark.parametrize(
    "text",
    [
        "CLEAR XYZ",
        "SELECT * {}",
        "INSERT DATA { ?s <urn:b> 1 }",
        "INSERT DATA { <urn:a> <urn:b> 1 } ; nonsense",
        "CLEAR GRAPH <urn:x:none>",
    ],
)
def test_a_malformed_update_does_nothing(client: TestClient, directory: Path, text: str) -> None:
    before = content(directory)
    assert update(client, text) == 400
    assert content(directory) == before


def test_the_dataset_of_a_request_says_what_is_matched(client: TestClient) -> None:
    assert update(client, "INSERT DATA { GRAPH <urn:x:g> { <urn:a> <urn:b> 1 } GRAPH <urn:x:h> { <urn:a> <urn:b> 2 } }") == 204
    move = "DELETE { GRAPH <urn:x:g> { ?s ?p ?o } } INSERT { <urn:c> ?p ?o } WHERE { ?s ?p ?o }"
    assert update(client, move, **{"using-graph-uri": "urn:x:g"}) == 204
    assert asked(
        client, "<urn:c> <urn:b> 1 FILTER NOT EXISTS { <urn:c> <urn:b> 2 } FILTER NOT EXISTS { GRAPH <urn:x:g> { ?s ?p ?o } }"
    )
    assert update(client, "DELETE WHERE { <urn:c> ?p ?o }", **{"using-graph-uri": "urn:x:h"}) == 204
    assert asked(client, "<urn:c> <urn:b> 1")
    for text in (
        "WITH <urn:x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } USING <urn:x:g> WHERE { ?s ?p ?o }",
    ):
        assert update(client, text, **{"using-named-graph-uri": "urn:x:g"}) == 400


def test_a_graph_is_put_merged_read_and_dropped(client: TestClient) -> None:
    there = "/store/mine/1.ttl"
    assert client.put(there, content=b"<> <urn:b> _:x .", headers=TURTLE).status_code == 201
    form = {
        "one": ("1.ttl", b"<urn:a> <urn:b> _:x .", "text/turtle"),
        "two": ("2.nt", b'<urn:a> <urn:b> "c" .', "application/n-triples"),
    }
    assert client.post(there, files=form, headers=BEARER).status_code == 204
    read = list(ox.parse(client.get(there, headers={"Accept": "application/n-triples"}).content, ox.RdfFormat.N_TRIPLES))
    assert len(read) == 3, "blank nodes of two files are two"
    assert {q.subject for q in read} == {ox.NamedNode("http://testserver/store/mine/1.ttl"), ox.NamedNode("urn:a")}
    assert client.get("/store", params={"graph": "http://testserver/store/mine/1.ttl"}).status_code == 200
    assert client.delete(there, headers=BEARER).status_code == 204
    assert client.get(there).status_code == 404
    assert client.delete(there, headers=BEARER).status_code == 404


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        (TURTLE, b"<urn:a> <urn:b> .", 400),
        (TURTLE, b"<urn:a> <urn:b> '\xff' .", 400),
        ({**BEARER, "Content-Type": "text/turtle; charset=Shift_JIS"}, b"", 415),
        ({**BEARER, "Content-Type": "text/csv"}, b"a,b", 415),
        ({**BEARER, "Content-Type": "application/n-quads"}, b"<urn:a> <urn:b> 'c' <urn:g> .", 400),
        (
            {**BEARER, "Content-Type": "application/ld+json"},
            b'{"@context": "http://127.0.0.1:1/c", "@id": "urn:a", "b": 1}',
            400,
        ),
        ({**TURTLE, "Content-Encoding": "gzip"}, b"", 415),
        ({**BEARER, "Content-Type": "multipart/form-data"}, b"x", 400),
        ({**BEARER, "Content-Type": "multipart/form-data; boundary=x"}, b"--x\r\nbroken", 400),
        (TURTLE, b"#" * 10_001, 413),
    ],
)
def test_graphs_that_are_not_taken(client: TestClient, headers, body: bytes, status: int) -> None:
    assert client.put("/store?graph=urn:x:g", content=body, headers=headers).status_code == status
    assert client.get("/store?graph=urn:x:g").status_code == 404


@pytest.mark.parametrize(
    ("method", "there", "header", "status"),
    [
        ("PUT", False, {"If-None-Match": "*"}, 201),
        ("PUT", True, {"If-None-Match": "*"}, 412),
        ("PUT", True, {"If-Match": "*"}, 204),
        ("PUT", False, {"If-Match": "*"}, 412),
        ("POST", False, {"If-Match": "*"}, 412),
        ("DELETE", False, {"If-Match": "*"}, 412),
        ("DELETE", True, {"If-Match": "*"}, 204),
        ("PUT", True, {"If-Match": 'W/"1-a"'}, 412),
        ("PUT", True, {"If-None-Match": '"other"'}, 204),
    ],
)
def test_changes_on_condition(client: TestClient, method: str, there: bool, header: dict[str, str], status: int) -> None:
    path = "/store?graph=urn:x:condition"
    if there:
        assert client.put(path, content=b"<urn:a> <urn:b> 1 .", headers=TURTLE).status_code == 201
    answer = client.request(method, path, content=b"<urn:a> <urn:b> 2 .", headers={**TURTLE, **header})
    assert answer.status_code == status
    if status == 412:
        assert client.get(path).status_code == (200 if there else 404)


def test_a_graph_without_a_name_is_given_one(client: TestClient) -> None:
    answer = client.post("/store", content=b"<> <urn:b> 1 .", headers=TURTLE)
    assert answer.status_code == 201
    assert client.get(answer.headers["location"]).status_code == 200
    assert client.put("/store", content=b"", headers=TURTLE).status_code == 400


def test_what_users_wrote_outlasts_builds(client: TestClient, directory: Path) -> None:
    forum = f"<{AKGID}甲>"
    assert update(client, f"INSERT DATA {{ <urn:a> <urn:b> _:x . GRAPH <urn:x:g> {{ <urn:a> <urn:b> {forum} }} }}") == 204
    written = {line for line in content(directory) if "<urn:b>" in line}
    made(directory, plain(document("b.txt", "丙 replaces 甲\n")))
    assert {line for line in content(directory) if "<urn:b>" in line} == written
    with writing(directory) as collection:
        collection._ledger.note("files", "{}")  # as if the graph had been lost: it is made afresh
    made(directory, plain(document("c.txt", "丁 replaces 甲\n")))
    assert {line for line in content(directory) if "<urn:b>" in line} == written
    assert update(client, "DROP ALL") == 204
    assert not {line for line in content(directory) if "<urn:b>" in line}


def test_a_fact_that_a_user_wrote_before_stays_when_the_user_takes_it_back(client: TestClient, directory: Path) -> None:
    made(directory, plain(document("b.txt", "丙 replaces 甲\n")))
    fact = next(f for f in content(directory) if f"<{AKG}replaces>" in f and "claim" not in f and "丙" in f)
    with writing(directory) as collection:
        collection._ledger.add_write([fact], [], ended="2026-01-01T00:00:00+00:00", author="x", graphs=[])
    assert update(client, "DROP ALL") == 204
    assert fact in content(directory)


def test_who_wrote_what_when_is_recorded(client: TestClient) -> None:
    answer = client.put(
        "/store?graph=urn:x:whose", content=b"<urn:a> <urn:b> 1 .", headers={**TURTLE, "From": 'x" > <script>@example.org'}
    )
    assert answer.status_code == 201
    query = """PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX schema: <https://schema.org/>
        SELECT ?who ?when { ?write prov:generated <urn:x:whose> ; prov:endedAtTime ?when ; prov:wasAssociatedWith/schema:name ?who }"""
    (row,) = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert row["who"]["value"] == 'x" > <script>@example.org'


def test_what_breaks_a_shape_is_refused(client: TestClient, directory: Path) -> None:
    before = content(directory)
    assert update(client, f"INSERT DATA {{ <urn:a> a <{AKG}Claim> }}") == 422
    assert content(directory) == before


def test_a_store_that_another_writes_to_is_busy(client: TestClient, directory: Path) -> None:
    with writing(directory):
        answer = client.delete("/store?default", headers=BEARER)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert client.delete("/store?default", headers=BEARER).status_code == 204


def test_a_store_that_is_not_there_is_made(tmp_path: Path) -> None:
    gate = StoreGate(tmp_path / "new")
    gate.prepare()
    gate.prepare()
    with TestClient(application(StoreGraphs(gate.directory), Limits(workers=1), Writing(gate, TOKEN))) as client:
        assert update(client, "INSERT DATA { <urn:a> <urn:b> 1 }") == 204
        assert asked(client, "<urn:a> <urn:b> 1")
