"""Attacks on a running server, one by one: what each meets, and that others are answered all the same.

The names stand in the table of docs/serve.md, which says no more than is tried here.
"""

from __future__ import annotations

import gzip
import http.client
import re
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from served import TOKEN, Served, serving
from stores_made import made, plain

from extract.model import Document
from graph.identity import document_iri

pytestmark = pytest.mark.slow
SECONDS = 3  # for a query
HOSTILE = "<script>alert(1)</script>"
DOCUMENT = quote(document_iri("a.txt").value)
BEARER = {"Authorization": f"Bearer {TOKEN}"}
WRONG = {"Authorization": "Bearer wrong"}
QUERY, UPDATE, TURTLE = (
    {"Content-Type": media} for media in ("application/sparql-query", "application/sparql-update", "text/turtle")
)
PAGE = {"Accept": "text/html"}
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:"><rdf:Description rdf:about="urn:a"><e:b>&j;</e:b></rdf:Description></rdf:RDF>'
)
XXE = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:"><rdf:Description rdf:about="urn:a"><e:b>&a;</e:b></rdf:Description></rdf:RDF>'
BOMB = gzip.compress(b"#" * 50_000_000)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = "".join(f"甲{i} replaces 乙{i}\n" for i in range(60)) + f"{HOSTILE} replaces 甲1\n"
    return made(tmp_path_factory.mktemp("attacked") / "store", plain(Document("a.txt", text, title=HOSTILE, published="2025")))


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Served]:
    with serving(
        store, "--writable", "--timeout", str(SECONDS), "--workers", "2", "--max-memory", "500", "--max-body", "2"
    ) as one:
        yield one
        assert one.process.poll() is None, "it outlived every attack"
        assert "Traceback" not in "".join(one.said)


@pytest.fixture(autouse=True)
def _goes_on(server: Served) -> Iterator[None]:
    """Whatever was tried: a moment later a small query is answered at once, and nothing has been written."""
    yield
    for left in reversed(range(10)):
        started = time.monotonic()
        status, _, body = send(server, "GET", asked("ASK { <urn:evil> ?p ?o }"))
        if status == 200 and time.monotonic() - started < 2:
            assert b"false" in body
            return
        assert left, "it does not recover"
        time.sleep(1)


def asked(query: str, **more: str) -> str:
    return f"/sparql?{urlencode({'query': query, **more})}"


def send(server: Served, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b"",
         source: str = "127.0.0.1", timeout: float = 90) -> tuple[int, http.client.HTTPMessage, bytes]:  # fmt: skip
    """The answer to a request whose path is sent as it stands."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=timeout, source_address=(source, 0))
    with closing(connection):
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()


def raw(server: Served, data: bytes, timeout: float = 40) -> bytes:
    """What comes back until the server hangs up."""
    found = b""
    with socket.create_connection((server.host, server.port), timeout=timeout) as there, suppress(ConnectionError):
        there.sendall(data)
        while piece := there.recv(65536):
            found += piece
    return found


DEEP, LONG = 100_000, 20_000
PATH = "(<urn:a>|!<urn:a>)"
CROSS = " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(9))
DOUBLING = "BIND('xxxxxxxxxx' AS ?v0) " + " ".join(f"BIND(CONCAT(?v{i}, ?v{i}) AS ?v{i + 1})" for i in range(40))
# What is tried, how, and what it meets: one of these statuses.
ATTACKS = [
    ("update without a token", "POST", "/sparql", UPDATE, b"INSERT DATA { <urn:evil> <urn:b> 1 }", {401}),
    ("update without a token", "POST", "/sparql", {}, b"update=CLEAR+ALL", {415}),
    ("update without a token", "GET", "/sparql?update=CLEAR%20ALL", BEARER, b"", {400}),
    ("update without a token", "GET", asked("INSERT DATA { <urn:evil> <urn:b> 1 }"), BEARER, b"", {400}),
    ("update with a wrong token", "POST", "/sparql", UPDATE | WRONG, b"INSERT DATA { <urn:evil> <urn:b> 1 }", {401}),
    ("update with a wrong token", "PUT", "/store?graph=urn:evil", TURTLE | WRONG, b"<urn:evil> <urn:b> 1 .", {401}),
    ("update with a wrong token", "DELETE", f"/store?graph={DOCUMENT}", WRONG, b"", {401}),
    ("changing what documents say", "PUT", f"/store?graph={DOCUMENT}", TURTLE | BEARER, b"<urn:evil> <urn:b> 1 .", {403}),
    ("changing what documents say", "POST", "/sparql", UPDATE | BEARER, b"DELETE WHERE { ?s ?p ?o }", {403}),
    *(("path traversal", "GET", path, {}, b"", {400, 404, 406}) for path in (
        "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/id/../../../etc/passwd", "/id/..%2f..%2f..%2fetc%2fpasswd",
        "/store/..%2f..%2fetc%2fpasswd", "/questions/..%2f..%2f..%2fetc%2fpasswd", "/style.css/../../etc/passwd", "//etc/passwd",
        "/store?graph=file:///etc/passwd", "/questions/profile%00.rq?entity=a")),
    ("path traversal", "POST", "/sparql", UPDATE | BEARER, b"LOAD <file:///etc/passwd>", {403}),
    ("path traversal", "GET", asked("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"), {}, b"", {200}),
    *(("XSS by a parameter", "GET", path, PAGE, b"", {200, 400, 404}) for path in (
        f"/search?q={quote(HOSTILE)}", f"/questions/profile?entity={quote(HOSTILE)}", f"/questions/profile?{quote(HOSTILE)}=1",
        f"/query?query={quote(HOSTILE)}", f"/query?example={quote(HOSTILE)}", f"/id/{quote(HOSTILE)}", f"/{quote(HOSTILE)}",
        f"/?lang={quote(HOSTILE)}", f"/questions/{quote(HOSTILE)}", '/search?q="%20onmouseover="alert(1)')),
    ("XSS by a label, title or quote", "GET", "/id/document/a.txt", PAGE, b"", {200}),
    ("XSS by a label, title or quote", "GET", f"/search?q={quote('script')}", PAGE, b"", {200}),
    ("XSS by a label, title or quote", "GET", "/questions/facts-from?document=a.txt", PAGE, b"", {200}),
    ("XSS by a label, title or quote", "GET", f"/query?query={quote('SELECT * { ?s ?p ?o }')}", PAGE, b"", {200}),
    ("header injection", "GET", "/search?q=%0d%0aX-Evil:%201", {}, b"", {200}),
    ("header injection", "GET", "/id/a%0d%0aX-Evil:%201", {}, b"", {404}),
    ("header injection", "PUT", "/store/a%0d%0aX-Evil:%201", TURTLE | BEARER, b"", {404}),
    ("header injection", "POST", "/store%0d%0aX-Evil:%201", TURTLE | BEARER, b"", {404, 405}),
    ("header injection", "GET", asked("ASK {}"), {"Accept": "text/csv\x0bX-Evil: 1"}, b"", {400}),
    ("oversized body", "POST", "/sparql", QUERY, b"#" * 1_500_000, {413}),
    ("oversized body", "POST", "/sparql", UPDATE | BEARER, b"#" * 2_500_000, {413}),
    ("oversized body", "PUT", "/store?graph=urn:evil", TURTLE | BEARER, b"#" * 2_500_000, {413}),
    ("oversized body", "POST", "/sparql", QUERY | {"Content-Length": "99999999999"}, b"ASK {}", {413}),
    ("too many parameters", "GET", "/sparql?" + "a&" * 5000, {}, b"", {400}),
    ("zip bomb", "POST", "/sparql", QUERY | {"Content-Encoding": "gzip"}, BOMB, {415}),
    ("zip bomb", "PUT", "/store?graph=urn:evil", TURTLE | BEARER | {"Content-Encoding": "gzip"}, BOMB, {415}),
    ("zip bomb", "PUT", "/store?graph=urn:evil", BEARER | {"Content-Type": "application/zip"}, BOMB, {415}),
    ("entities in RDF/XML", "PUT", "/store?graph=urn:evil", BEARER | {"Content-Type": "application/rdf+xml"}, LAUGHS, {400, 500, 504}),
    ("entities in RDF/XML", "PUT", "/store?graph=urn:evil", BEARER | {"Content-Type": "application/rdf+xml"}, XXE, {400}),
    ("broken UTF-8", "GET", "/sparql?query=ASK%20%7B%7D%20%23%FF%FE", {}, b"", {400}),
    ("broken UTF-8", "POST", "/sparql", QUERY, b"ASK {} #\xff\xfe", {400}),
    ("broken UTF-8", "GET", "/id/%FF%FE", PAGE, b"", {404}),
    ("broken UTF-8", "GET", "/search?q=%ED%A0%80", {}, b"", {400}),
    ("broken UTF-8", "PUT", "/store?graph=urn:evil", TURTLE | BEARER, b"<urn:evil> <urn:b> '\xff' .", {400}),
    ("an encoded IRI decoded twice", "GET", "/id/%E7%94%B21", {}, b"", {200}),
    ("an encoded IRI decoded twice", "GET", "/id/%25E7%2594%25B21", {}, b"", {404}),
    ("an encoded IRI decoded twice", "GET", f"/store?graph={quote(DOCUMENT)}", {}, b"", {404, 400}),
    *(("deeply nested query", "POST", "/sparql", QUERY, query.encode(), {200, 400, 500, 504}) for query in (
        "ASK " + "{" * DEEP + "}" * DEEP, "ASK { FILTER(" + "(" * DEEP + "1" + ")" * DEEP + ") }", "ASK { ?a " + "(" * DEEP + "<urn:a>" + ")" * DEEP + " ?b }",
        "ASK { FILTER(" + "!" * DEEP + "true) }", "ASK { FILTER(1" + "+1" * LONG + " = 2) }", "ASK { ?a <urn:a>" + "/<urn:a>" * LONG + " ?b }",
        "ASK { ?a " + "^" * LONG + "<urn:a> ?b }", "ASK { {}" + " UNION {}" * LONG + " }", "ASK {" + " OPTIONAL { ?a ?b ?c }" * 2000 + " }",
        "ASK { ?a ?b " + "[ ?c " * DEEP + "1" + " ]" * DEEP + " }", "SELECT * { VALUES ?x { " + "<< " * LONG + " } }",
        "ASK " + "{ SELECT * " * 190 + "{}" + " }" * 190)),
    *(("catastrophic property path", "GET", asked(query), {}, b"", {200, 400, 500, 504}) for query in (
        f"SELECT (COUNT(*) AS ?n) {{ ?a {PATH}* ?b . ?b {PATH}* ?c . ?c {PATH}* ?d . ?d {PATH}* ?e }}",
        f"SELECT (COUNT(*) AS ?n) {{ ?a (({PATH}+)*/({PATH}?)*)+ ?b . ?c (({PATH}|^{PATH})*)* ?d }}")),
    *(("cross product", "GET", asked(query), {}, b"", {500, 504}) for query in (
        f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}", f"SELECT * {{ {CROSS} }} ORDER BY ?c0 ?c1 ?c2", f"SELECT DISTINCT * {{ {CROSS} }}")),
    ("text that doubles", "GET", asked(f"SELECT (STRLEN(?v40) AS ?n) {{ {DOUBLING} }}"), {}, b"", {200, 400, 500, 504}),
    *(("regex bomb", "GET", asked(query), {}, b"", {200, 400, 504}) for query in (
        "SELECT * { BIND('" + "a" * 5000 + "!' AS ?x) FILTER(REGEX(?x, '^(a+)+$')) }",
        "SELECT * { FILTER(REGEX('aaaaaaaaaa', '((((a{100}){100}){100}){100})')) }",
        "SELECT * { FILTER(REGEX('aaaaaaaaaa', '" + "(a|" * 150 + "a" + ")*" * 150 + "')) }",
        "SELECT (REPLACE('" + "a" * 3000 + "', '(.*)*(.*)*(.*)*', '$1$1$1$1') AS ?x) {}")),
    ("regex bomb", "GET", "/sparql?query=ASK%7B%7D", {"Accept": "a/b;c=\"" + "\\a" * 5000}, b"", {406}),
    ("regex bomb", "POST", "/sparql", QUERY, b"ASK { " + b'"a\\' * 200_000, {400}),
    ("another method", "TRACE", "/sparql", {}, b"", {405}),
    ("another method", "GET", "/sparql", {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Key": "eA==", "Sec-WebSocket-Version": "13"}, b"", {200}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("attack", "method", "path", "headers", "body", "met"), ATTACKS, ids=[f"{one[0]} {at}" for at, one in enumerate(ATTACKS)]
)
def test_one_request(
    server: Served, attack: str, method: str, path: str, headers: dict[str, str], body: bytes, met: set[int]
) -> None:
    started = time.monotonic()
    try:
        status, told, said = send(server, method, path, headers, body)
    except (http.client.IncompleteRead, ConnectionError):  # broken off: with its body unread, or in the midst of its answer
        status, told, said = (413 if "oversized" in attack else 504), http.client.HTTPMessage(), b""
    assert status in met, said[:300]
    assert time.monotonic() - started < SECONDS + 20
    assert "x-evil" not in told
    assert told.get("X-Content-Type-Options", "nosniff") == "nosniff"
    for never in (b"root:", HOSTILE.encode(), b'" onmouseover="', b"Traceback"):
        assert never not in said


@pytest.mark.parametrize("query", [
    "SELECT * { SERVICE <http://HERE/> { ?s ?p ?o } }", "SELECT * { SERVICE SILENT <http://HERE/> { ?s ?p ?o } }",
    "SELECT * { BIND(<http://HERE/> AS ?x) SERVICE ?x { ?s ?p ?o } }", "SELECT * { ?s ?p trueSERVICE<http://HERE/> { ?a ?b ?c } }",
    "PREFIX : <http://HERE/> SELECT * { SERVICE:x { ?s ?p ?o } }", "SELECT * FROM <http://HERE/> { ?s ?p ?o }",
    "LOAD <http://HERE/>", "LOAD SILENT <http://HERE/> INTO GRAPH <urn:evil>", "INSERT { ?s ?p ?o } WHERE { SERVICE <http://HERE/> { ?s ?p ?o } }",
    '{"@context": "http://HERE/c", "@id": "urn:evil", "b": 1}',
])  # fmt: skip
def test_requests_forged_by_the_server(server: Served, query: str) -> None:
    """SSRF: whatever is tried, nobody is connected to."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(0.5)
        text = query.replace("HERE", f"127.0.0.1:{other.getsockname()[1]}").encode()
        if text.startswith(b"{"):
            status, _, _ = send(server, "PUT", "/store?graph=urn:evil", BEARER | {"Content-Type": "application/ld+json"}, text)
        else:
            media = UPDATE if query.startswith(("LOAD", "INSERT")) else QUERY
            status, _, _ = send(server, "POST", "/sparql", media | BEARER, text)
        assert status in ({200} if "FROM" in query else {400, 403})
        with pytest.raises(TimeoutError):
            other.accept()


def test_two_hundred_of_the_worst_at_once(server: Served) -> None:
    queries = [path for name, _, path, *_ in ATTACKS if name in {"catastrophic property path", "cross product"}]
    with ThreadPoolExecutor(200) as many:
        answers = list(many.map(lambda at: _sent_or_broken_off(server, queries[at % len(queries)]), range(200)))
    assert {status for status, _, _ in answers} <= {200, 400, 500, 503, 504}
    busy = [headers for status, headers, _ in answers if status == 503]
    assert len(busy) > 100, "a queue of 32 has no room for all"
    assert all(headers["Retry-After"] == "5" for headers in busy)


def _sent_or_broken_off(server: Served, path: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    """As above; an answer that had begun when its time was over counts as 504."""
    try:
        return send(server, "GET", path)
    except http.client.IncompleteRead:
        return 504, http.client.HTTPMessage(), b""


def test_a_neighbour_is_answered_while_one_asks_the_worst(server: Served) -> None:
    """Fairness: the small queries of one client beside forty of the worst of another."""
    worst = next(path for name, _, path, *_ in ATTACKS if name == "cross product")
    alone = [_timed(server, "127.0.0.2") for _ in range(5)]
    stop = threading.Event()

    def keep_asking() -> None:
        while not stop.is_set():
            if _sent_or_broken_off(server, worst)[0] == 503:
                stop.wait(0.2)

    threads = [threading.Thread(target=keep_asking) for _ in range(40)]
    for thread in threads:
        thread.start()
    try:
        time.sleep(1)
        beside = [_timed(server, "127.0.0.2") for _ in range(20)]
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert sorted(beside)[10] < 10 * sorted(alone)[2] + 0.2, (alone, beside)
    assert max(beside) < SECONDS, "it waited for a query of the other's to end"


def _timed(server: Served, source: str) -> float:
    started = time.monotonic()
    status, _, _ = send(server, "GET", asked("SELECT * { ?s ?p ?o } LIMIT 10"), source=source)
    assert status == 200
    return time.monotonic() - started


def test_who_asks_and_goes_away_leaves_nothing_running(server: Served) -> None:
    for _ in range(20):
        with socket.create_connection((server.host, server.port)) as there:
            worst = next(path for name, _, path, *_ in ATTACKS if name == "cross product")
            there.sendall(f"GET {worst} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    started = time.monotonic()
    assert send(server, "GET", asked("ASK {}"))[0] == 200
    assert time.monotonic() - started < 20, "twenty times the time of a query is more than what is left to do"


@pytest.mark.parametrize("begun", [b"", b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"], ids=["first", "second"])
def test_slow_headers(server: Served, begun: bytes) -> None:
    """Slow loris: a byte a second, on a new connection and on one that was good before."""
    there = [socket.create_connection((server.host, server.port), timeout=1) for _ in range(100)]
    for one in there:
        one.sendall(begun + b"GET /health HTTP/1.1\r\nX-Slow: ")
    started, left = time.monotonic(), set(there)
    while left and time.monotonic() - started < 40:
        assert send(server, "GET", "/health")[0] == 200
        time.sleep(1)
        for one in list(left):
            try:
                one.sendall(b"a")
            except OSError:
                left.discard(one)
    for one in there:
        one.close()
    assert not left
    assert time.monotonic() - started < 30


def test_a_slow_body(server: Served) -> None:
    with socket.create_connection((server.host, server.port), timeout=60) as there:
        there.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 1000\r\n\r\n"
        )
        for _ in range(25):
            with suppress(OSError):
                there.sendall(b"#")
            time.sleep(1)
        assert there.recv(1000).split(b" ")[1] == b"408"


def test_who_does_not_read(server: Served) -> None:
    """All places taken by clients that do not take their answers: they are given back when a query's time is over."""
    large = asked("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 900000")
    there = []
    for at in range(4):
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.bind((f"127.0.0.{at + 3}", 0))
        one.connect((server.host, server.port))
        one.sendall(f"GET {large} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        there.append(one)
    started = time.monotonic()
    assert send(server, "GET", asked("ASK {}"))[0] == 200
    assert time.monotonic() - started < 25, "not taking anything, they are hung up on after thirty seconds"
    for one in there:
        one.close()


def test_more_connections_than_one_client_may_have(server: Served) -> None:
    there = [socket.create_connection((server.host, server.port), timeout=5) for _ in range(260)]
    assert send(server, "GET", "/health", source="127.0.0.9")[0] == 200, "others get through"
    refused = there[-1].recv(1000)
    assert refused.startswith(b"HTTP/1.1 503 ")
    assert b"Retry-After" in refused
    for one in there:
        one.close()


def test_pipelining(server: Served) -> None:
    """Requests that come before the answers of those before: each answered, in their order."""
    paths = ["/health", asked("ASK {}"), "/nothing", asked("SELECT (1 AS ?one) {}"), "/ready"] * 20
    said = raw(server, b"".join(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode() for path in paths)
               + b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")  # fmt: skip
    assert re.findall(rb"HTTP/1.1 (\d+)", said) == [b"200", b"200", b"404", b"200", b"200"] * 20 + [b"200"]


@pytest.mark.parametrize("headers", [
    "Content-Length: 5\r\nTransfer-Encoding: chunked", "Content-Length: 5\r\nContent-Length: 6", "Transfer-Encoding: chunked, identity",
    "Transfer-Encoding : chunked", "Content-Length: +5", "X-Folded: a\r\n b\x00", "X: a\rX-Evil: 1", "X" * 70_000 + ": 1",
    "\r\n".join(f"X-{n}: 1" for n in range(20_000)),
], ids=range(9))  # fmt: skip
def test_smuggled_and_oversized_headers(server: Served, headers: str) -> None:
    inner = "0\r\n\r\nGET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"
    said = raw(server, f"POST /sparql HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\n{inner}".encode())
    statuses = re.findall(rb"HTTP/1.1 (\d+)", said)
    assert statuses in ([b"400"], [b"431"], [b"501"], []), said[:300]


def test_endless_chunks(server: Served) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\n"
    said = raw(server, head + (b"10000\r\n" + b"#" * 65536 + b"\r\n") * 100)
    assert said[:12] in {b"HTTP/1.1 413", b""}, "refused, or hung up on while it still sends"


def test_the_documentation_names_each_attack() -> None:
    told = (Path(__file__).parent.parent / "docs" / "serve.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| ([a-zA-Z][^|]*?) +\|", told.partition("## Attacks")[2].partition("\n## ")[0], re.MULTILINE))
    assert {attack for attack, *_ in ATTACKS} <= named
