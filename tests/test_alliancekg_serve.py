"""The endpoint as a process: the W3C's tests, what costs too much, what nobody is asked, and how it ends."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import threading
import time
import zlib
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest
from served import TOKEN, Served, serving
from stores_made import made, plain

from extract.model import Document

SUITE = Path(__file__).parent.parent.parent / "shared" / "eval" / "sparql_protocol.py"
ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(9)) + " }"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = "".join(f"甲{i} replaces 乙{i}\n" for i in range(40))
    return made(tmp_path_factory.mktemp("served") / "store", plain(Document("a.txt", text, published="2025")))


def get(server: Served, query: str, timeout: float = 60) -> tuple[int, bytes]:
    with closing(http.client.HTTPConnection(server.host, server.port, timeout=timeout)) as connection:
        connection.request("GET", f"/sparql?{urlencode({'query': query})}")
        answer = connection.getresponse()
        return answer.status, answer.read()


@pytest.mark.skipif(not SUITE.is_file(), reason="the W3C's protocol tests are not beside the repository")
def test_the_protocol_tests_of_the_w3c(tmp_path: Path) -> None:
    with serving(tmp_path / "new", "--writable") as server:
        command = [sys.executable, str(SUITE), f"{server.host}:{server.port}", "--token", TOKEN]
        done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
    assert [line.split()[-1] for line in done.stdout.splitlines()] == ["34/34", "9/9", "4/4"], done.stdout + done.stderr


def test_a_query_that_takes_too_long_is_ended_and_slows_nobody(store: Path) -> None:
    with serving(store, "--timeout", "3", "--workers", "2") as server:
        answers: list[tuple[int, bytes]] = []
        threads = [threading.Thread(target=lambda: answers.append(get(server, ENDLESS))) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [status for status, _ in answers] == [504] * 3
        assert b"more than 3 seconds" in answers[0][1]
        started = time.monotonic()
        assert get(server, "ASK {}")[0] == 200
        assert time.monotonic() - started < 3


def test_a_full_queue_is_said_at_once(store: Path) -> None:
    with serving(store, "--timeout", "4", "--workers", "1", "--queue", "2") as server:
        statuses: list[int] = []
        threads = [threading.Thread(target=lambda: statuses.append(get(server, ENDLESS)[0])) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert set(statuses) == {503, 504}
        assert statuses.count(503) >= 9
        assert get(server, "ASK {}")[0] == 200


def test_a_query_that_crashes_or_eats_memory_costs_itself_alone(store: Path) -> None:
    rows = " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(4))
    with serving(store, "--workers", "1", "--max-memory", "1000", "--timeout", "60") as server:
        status, told = get(server, f"SELECT * {{ {rows} }} ORDER BY ?c0 ?c1 ?c2 ?c3")
        assert status == 500
        assert b"memory" in told
        assert get(server, "ASK {}")[0] == 200


def test_an_answer_that_grows_too_long_is_broken_off(store: Path) -> None:
    with serving(store, "--max-answer", "1", "--workers", "1") as server:
        with pytest.raises(http.client.IncompleteRead):
            get(server, "SELECT * { ?a ?b ?c . ?d ?e ?f }")
        assert get(server, "ASK {}")[0] == 200
    assert "Traceback" not in "".join(server.said)


@pytest.mark.parametrize(
    "query", ["SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}", "SELECT * {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}"]
)
def test_nobody_is_asked(store: Path, query: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, serving(store, "--workers", "1") as server:
        other.settimeout(1)
        assert get(server, query.format(f"http://127.0.0.1:{other.getsockname()[1]}/"))[0] == 403
        with pytest.raises(TimeoutError):
            other.accept()


def test_the_processes_cannot_open_sockets() -> None:
    code = """
import pyoxigraph as ox
from queries.serving.isolation import no_network
assert no_network()
for query in ("SELECT * { SERVICE <http://127.0.0.1:%d/> { ?s ?p ?o } }", "SELECT * { SERVICE <http://localhost:%d/> { ?s ?p ?o } }"):
    try:
        list(ox.Store().query(query % PORT))
    except OSError:
        pass
    else:
        raise SystemExit("it was asked")
"""
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(0.5)
        subprocess.run([sys.executable, "-c", code.replace("PORT", str(other.getsockname()[1]))], check=True, timeout=60)
        with pytest.raises(TimeoutError):
            other.accept()


def test_who_sends_nothing_is_hung_up_on(store: Path) -> None:
    with serving(store, "--workers", "1") as server, socket.create_connection((server.host, server.port)) as slow:
        slow.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        slow.settimeout(30)
        while slow.recv(1000):
            pass  # what it says before it hangs up, if anything
        assert get(server, "ASK {}")[0] == 200


def test_headers_have_an_end(store: Path) -> None:
    with serving(store, "--workers", "1") as server:
        with closing(http.client.HTTPConnection(server.host, server.port, timeout=30)) as connection, suppress(OSError):
            connection.request("GET", "/health", headers={"X-Long": "x" * 500_000})
            assert connection.getresponse().status in {400, 431}
        assert get(server, "ASK {}")[0] == 200


def test_what_is_under_way_is_finished_when_the_server_is_ended(store: Path) -> None:
    with serving(store, "--workers", "1") as server:
        assert get(server, "ASK {}")[0] == 200
        answers: list[tuple[int, bytes]] = []
        thread = threading.Thread(target=lambda: answers.append(get(server, "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 200000")))
        thread.start()
        time.sleep(0.5)
        server.process.terminate()
        thread.join()
        assert server.process.wait(30) == 0
    assert len(json.loads(answers[0][1])["results"]["bindings"]) == 200_000


def test_the_token_may_stand_in_a_file_and_requests_in_a_log_without_it(tmp_path: Path) -> None:
    token, log = tmp_path / "token", tmp_path / "access.jsonl"
    token.write_text("from a file\nand no more\n")
    token.chmod(0o644)
    options = ("--writable", "--token-file", str(token), "--access-log", str(log), "--workers", "1")
    with serving(tmp_path / "new", *options) as server:
        statuses = []
        for given in ("from a file", TOKEN, "and no more"):
            with closing(http.client.HTTPConnection(server.host, server.port, timeout=30)) as connection:
                headers = {"Authorization": f"Bearer {given}", "Content-Type": "text/turtle", "From": "hidden@example.org"}
                connection.request("PUT", "/store?graph=urn:x:hidden", b"<urn:hidden> <urn:b> 1 .", headers)
                statuses.append(connection.getresponse().status)
    assert statuses == [201, 401, 401]
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line["status"] for line in lines] == statuses
    assert {"time", "client", "method", "path", "status", "bytes", "ms"} == lines[0].keys()
    assert lines[0]["path"] == "/store"
    assert "hidden" not in log.read_text()
    assert token.read_text().split("\n")[0] not in log.read_text()
    assert any("can be read by other users" in line for line in server.said)


def _kept(parent: int) -> int:
    """MB that the server and its processes keep for themselves."""
    kept = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):
            said = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
            if parent in {int(said["Pid"]), int(said["PPid"])} and "RssAnon" in said:
                kept += int(said["RssAnon"].split()[0]) // 1024
    return kept


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_large_answer_passes_through_and_is_held_nowhere(store: Path, encoding: str) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 150000"
    with serving(store, "--workers", "1", "--timeout", "200") as server:
        assert get(server, "ASK {}")[0] == 200
        before, most, size = _kept(server.process.pid), 0, 0
        with closing(http.client.HTTPConnection(server.host, server.port, timeout=200)) as connection:
            connection.request("GET", f"/sparql?{urlencode({'query': query})}", headers={"Accept-Encoding": encoding})
            answer = connection.getresponse()
            assert answer.headers.get("Content-Encoding", "identity") == encoding
            unpack = zlib.decompressobj(31) if encoding == "gzip" else None
            looked = 0
            while piece := answer.read(65536):
                size += len(unpack.decompress(piece) if unpack else piece)
                if size - looked > 5_000_000:
                    looked, most = size, max(most, _kept(server.process.pid))
    assert size > 50_000_000
    assert most - before < 25, "MB, of more than fifty that went by"
