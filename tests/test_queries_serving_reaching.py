"""Other servers asked for queries: only those named, at addresses that may be reached, and what they say joined with the rest."""

from __future__ import annotations

import gzip
import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from served import TOKEN
from starlette.testclient import TestClient
from stores_made import made, plain

from alliancekg.serving import StoreGate, StoreGraphs
from extract.model import Document
from queries.serving.app import application
from queries.serving.errors import RefusedError
from queries.serving.limits import Limits
from queries.serving.reaching import Reach
from queries.serving.worker import Wanted
from queries.serving.writer import Writing

ROWS = [{"x": {"type": "uri", "value": "urn:x:1"}, "n": {"type": "literal", "value": 'a "quote" } SERVICE'}},
        {"x": {"type": "bnode", "value": "b"}}, {"x": {"type": "uri", "value": "urn:x:2"}}]  # fmt: skip
TABLE = json.dumps({"head": {"vars": ["x", "n"]}, "results": {"bindings": ROWS}}).encode()
JSON = "application/sparql-results+json"


class Other(BaseHTTPRequestHandler):
    """Another server: its path says what it does."""

    asked: list[tuple[str, str, dict[str, str]]] = []  # noqa: RUF012 - one list for all requests

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.asked.append((self.path, parse_qs(body).get("query", [""])[0], dict(self.headers)))
        match urlsplit(self.path).path:
            case "/sparql":
                self._answer(200, JSON, TABLE)
            case "/graph":
                self._answer(200, "text/turtle", b"<> <urn:b> _:x . _:x <urn:c> 'd' .")
            case "/away":
                self._answer(307, "text/plain", b"", Location="http://169.254.169.254/latest/meta-data")
            case "/port":
                self._answer(307, "text/plain", b"", Location=f"http://localhost:{self.server.server_port + 1}/sparql")
            case "/moved":
                self._answer(307, "text/plain", b"", Location="/sparql")
            case "/round":
                self._answer(307, "text/plain", b"", Location="/round")
            case "/gzip":
                self._answer(200, JSON, gzip.compress(TABLE), **{"Content-Encoding": "gzip"})
            case "/large":
                self._answer(200, JSON, TABLE + b" " * 200_000)
            case "/html":
                self._answer(200, "text/html", b"<html>")
            case _:
                self._answer(500, "text/plain", b"no")

    do_POST = do_GET  # noqa: N815 - the name that the library calls

    def _answer(self, status: int, media: str, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": media, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None: ...


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Other) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[TestClient]:
    store = made(tmp_path_factory.mktemp("reaching") / "s", plain(Document("a.txt", "甲 replaces 乙", published="2025")))
    limits = Limits(workers=1, seconds=5, body=100_000)
    writing = Writing(StoreGate(store), TOKEN)
    with TestClient(application(StoreGraphs(store), limits, writing, services=(f"localhost:{port}",))) as there:
        yield there


def answered(client: TestClient, query: str, port: int) -> tuple[int, object]:
    answer = client.get("/sparql", params={"query": query.replace("HERE", f"http://localhost:{port}")})
    if answer.status_code != 200:
        return answer.status_code, answer.text
    assert "etag" not in answer.headers
    return 200, [{name: cell["value"] for name, cell in row.items()} for row in answer.json()["results"]["bindings"]]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT ?x ?n { SERVICE <HERE/sparql> { ?x ?p ?n } VALUES ?x { <urn:x:1> } }",
         [{"x": "urn:x:1", "n": 'a "quote" } SERVICE'}]),
        ("PREFIX o: <HERE/> SELECT ?x { SERVICE o:sparql { ?x ?p ?n } FILTER(?x = <urn:x:2>) }", [{"x": "urn:x:2"}]),
        ("BASE <HERE/here/> SELECT ?x { SERVICE SILENT <../moved> { ?x ?p ?n } FILTER(?x = <urn:x:2>) }", [{"x": "urn:x:2"}]),
        ("SELECT (COUNT(DISTINCT ?x) AS ?n) { SERVICE <HERE/sparql> { ?x ?p ?y } }", [{"n": "3"}]),
        ("SELECT ?a { BIND(1 AS ?a) SERVICE SILENT <HERE/broken> { ?x ?p ?n } }", [{"a": "1"}]),
        ("SELECT ?a { BIND(1 AS ?a) SERVICE SILENT <HERE/away> { ?x ?p ?n } }", [{"a": "1"}]),
    ],
)  # fmt: skip
def test_what_another_server_says_is_joined_with_the_rest(client: TestClient, port: int, query: str, rows: object) -> None:
    assert answered(client, query, port) == (200, rows)


def test_the_other_server_is_asked_for_the_pattern_alone_and_told_no_secret(client: TestClient, port: int) -> None:
    Other.asked.clear()
    query = f"PREFIX p: <urn:p:> SELECT * {{ ?mine p:secret ?x SERVICE <http://localhost:{port}/sparql> {{ ?x p:of ?n }} }}"
    client.get("/sparql", params={"query": query}, headers={"Authorization": f"Bearer {TOKEN}", "Cookie": "a=b"})
    ((path, asked, headers),) = Other.asked
    assert path == "/sparql"
    assert "{ ?x p:of ?n }" in asked
    assert "PREFIX p: <urn:p:>" in asked
    assert "secret" not in asked
    assert not {"Authorization", "Cookie"} & headers.keys()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT * { SERVICE <HERE/broken> { ?x ?p ?n } }", 502),
        ("SELECT * { SERVICE <HERE/away> { ?x ?p ?n } }", 502),
        ("SELECT * { SERVICE <HERE/port> { ?x ?p ?n } }", 502),
        ("SELECT * { SERVICE <HERE/round> { ?x ?p ?n } }", 502),
        ("SELECT * { SERVICE <HERE/gzip> { ?x ?p ?n } }", 502),
        ("SELECT * { SERVICE <HERE/large> { ?x ?p ?n } }", 502),
        ("SELECT * { SERVICE <HERE/html> { ?x ?p ?n } }", 502),
        ("SELECT * { SERVICE SILENT <http://localhost:1/> { ?x ?p ?n } }", 403),
        ("SELECT * { SERVICE SILENT <http://127.0.0.1/> { ?x ?p ?n } }", 403),
        ("SELECT * { SERVICE <http://localhost/> { ?x ?p ?n } }", 403),
        ("SELECT * { SERVICE <file:///etc/passwd> { ?x ?p ?n } }", 403),
        ("SELECT * { SERVICE <HERE@example.org/> { ?x ?p ?n } }", 403),
        ("SELECT * { SERVICE <http://user@localhost:PORT/> { ?x ?p ?n } }", 403),
        ("SELECT * { SERVICE ?s { ?x ?p ?n } }", 403),
        ("SELECT * { SERVICE <HERE/sparql> { SERVICE <HERE/sparql> { ?x ?p ?n } } }", 403),
        ("SELECT * { ?x ?p trueSERVICE<HERE/sparql> { ?x ?p ?n } }", 403),
        ("SELECT * { FILTER(?a<1)SERVICE:x#>\n{ ?s ?p ?o } }", 400),  # to the parser, too, it is an IRI
        ("SELECT * {" + " SERVICE <HERE/sparql> { ?x ?p ?n }" * 11 + " }", 400),
    ],
)
def test_what_is_not_asked_or_has_no_answer(client: TestClient, port: int, query: str, status: int) -> None:
    got, told = answered(client, query.replace("PORT", str(port)), port)
    assert got == status, told


def test_graphs_of_others_are_loaded_through_the_same_gate(client: TestClient, port: int) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
    for text, status in (
        (f"LOAD <http://localhost:{port}/graph>", 204),
        (f"PREFIX l: <http://localhost:{port}/> LOAD SILENT l:graph INTO GRAPH <urn:g> ; LOAD SILENT l:broken", 204),
        (f"LOAD <http://localhost:{port}/broken>", 502),
        (f"LOAD <http://localhost:{port}/html>", 502),
        ("LOAD SILENT <http://localhost:1/graph>", 403),
        ("LOAD <file:///etc/passwd>", 403),
        (f"LOAD <http://localhost:{port}/graph> INTO GRAPH <https://w3id.org/alliancekg/id/graph/builds>", 403),
    ):
        assert client.post("/sparql", content=text.encode(), headers=headers).status_code == status, text
    pattern = f"<http://localhost:{port}/graph> <urn:b> ?x . ?x <urn:c> 'd'"
    for query in (f"ASK {{ {pattern} }}", f"ASK {{ GRAPH <urn:g> {{ {pattern} }} }}"):
        assert client.get("/sparql", params={"query": query}).json()["boolean"] is True


@pytest.mark.parametrize(
    ("hosts", "url", "resolved"),
    [
        (("internal.example",), "http://internal.example/", "10.1.2.3"),
        (("internal.example",), "http://internal.example/", "127.0.0.1"),
        (("internal.example",), "http://internal.example/", "169.254.169.254"),
        (("internal.example",), "http://internal.example/", "::1"),
        (("internal.example",), "http://internal.example/", "::ffff:192.168.0.1"),
        (("internal.example",), "http://internal.example/", "fd00::1"),
        (("internal.example", "10.9.9.9"), "http://internal.example/", "10.1.2.3"),
        (("internal.example",), "http://internal.example:22/", "93.184.216.34"),
        (("internal.example",), "gopher://internal.example/", "93.184.216.34"),
        (("internal.example",), "http://internal.example.evil.example/", "93.184.216.34"),
        (("internal.example",), "http://2130706433/", "127.0.0.1"),
    ],
)
def test_a_name_that_leads_within_is_not_followed(monkeypatch: pytest.MonkeyPatch, hosts, url: str, resolved: str) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: [(2, 1, 6, "", (resolved, 80))])
    monkeypatch.setattr(socket, "create_connection", lambda *_a, **_k: pytest.fail("it was connected to"))
    with pytest.raises(RefusedError) as refused:
        Reach(frozenset(hosts)).fetch(Wanted(url, JSON, "ASK {}"))
    assert refused.value.status == 403


def test_a_name_within_is_followed_to_an_address_that_is_named_too(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _host, *a, **k: real("127.0.0.1", *a, **k))
    reach = Reach(frozenset({f"internal.example:{port}", "127.0.0.1"}))
    assert reach.fetch(Wanted(f"http://internal.example:{port}/sparql", JSON, "ASK {}")).body == TABLE
