"""`alliancekg push`, and who commands are to a remote store: by their exit codes, their words, and what the store was sent."""

from __future__ import annotations

import base64
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from scripted_server import Asked, Reply, Server, serving
from stores_made import made

from alliancekg import cli_push
from alliancekg.cli import run
from alliancekg.knowledge_graph import open_store
from extract.model import Claim, Document, Entity, Extraction, Span
from ontology.terms import Factuality, Kind, Property
from queries.transport import Patience

TRIG = """
    <urn:kg/日本> <urn:kg/name> "「同盟」\\n\\"x\\""@ja , "\\u200Fעברית" .
    <urn:kg/文書> { <urn:kg/c1> <urn:kg/quote> "a\\\\b" . }
"""
SECRET = "hunter2-秘密"
NAMES = ("ALLIANCEKG_USER", "ALLIANCEKG_PASSWORD", "ALLIANCEKG_BEARER")
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "g.trig"
    path.write_text(TRIG, encoding="utf-8")
    return path


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as one:
        yield one


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setattr(cli_push, "PATIENCE", Patience(tries=2, sleep=lambda _: None))
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)

    def called(*arguments: str, **environment: str) -> tuple[int, str, str]:
        with monkeypatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            code = run(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return called


def written(path: Path) -> set[ox.Quad]:
    return set(ox.parse(path=path))


@pytest.mark.parametrize("option", ["--endpoint", "--graph-store"])
def test_a_graph_is_pushed(call: Call, graph: Path, server: Server, option: str) -> None:
    assert call("push", "--graph", str(graph), option, server.url) == (0, f"{server.url}: 3 triples in 2 graphs\n", "")
    assert set(server.store) == written(graph)


def test_a_store_is_pushed_graph_by_graph(call: Call, server: Server, tmp_path: Path) -> None:
    forums = (Entity("new", Kind.FORUM, "新協議"), Entity("old", Kind.FORUM, "旧協議"))
    claim = Claim("new", Property.REPLACES, "old", Factuality.ACTUAL, (Span(0, 8),), "made")
    store = made(tmp_path / "store", Extraction(Document("文書.txt", "新協議は旧協議に代わる。"), forums, (), (claim,)))
    assert call("push", "--store", f"{store}/", "--endpoint", server.url)[0] == 0
    with open_store(store) as opened:
        assert set(server.store) == set(opened.store)
    assert len({quad.graph_name for quad in server.store}) > 1
    assert (tmp_path / "store.push.json").exists()
    asked = ("ask", "which-forum-replaced-which", "--format", "csv")
    assert call(*asked, "--endpoint", server.url) == call(*asked, "--store", str(store))


def test_a_push_goes_on_and_says_so(call: Call, graph: Path, server: Server) -> None:
    arguments = ("push", "--graph", str(graph), "--graph-store", server.url, "--into", "urn:kg", "--replace")
    server.replies.extend([Reply(204, applied=True), Reply(507)])
    code, _, err = call(*arguments)
    assert (code, err.count("\n")) == (2, 1)
    assert "answered 507" in err
    code, out, _ = call(*arguments)
    assert (code, out) == (0, f"{server.url}: 3 triples in 2 graphs; 1 of 2 batches were there from before\n")
    assert {str(quad.graph_name) for quad in server.store} == {"<urn:kg>", "<urn:kg/文書>"}
    assert (graph.parent / "g.trig.push.json").exists()


def test_graphs_that_are_no_more_are_removed(call: Call, graph: Path, server: Server, tmp_path: Path) -> None:
    arguments = ("push", "--graph", str(graph), "--endpoint", server.url, "--state", str(tmp_path / "s.json"), "--replace")
    assert call(*arguments)[0] == 0
    graph.write_text("<urn:s> <urn:p> 1 .", encoding="utf-8")
    assert call(*arguments)[1].endswith("1 triples in 1 graphs; 1 graphs that are no more were removed\n")
    assert set(server.store) == written(graph)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["g.trig", "s.json"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--endpoint", "{url}"], "Say which graph"),
        (["--graph", "{graph}", "--store", "s", "--endpoint", "{url}"], "Say which graph"),
        (["--store", "none", "--endpoint", "{url}"], "there is no store"),
        (["--graph", "{graph}"], "either --endpoint URL or --graph-store URL"),
        (["--graph", "{graph}", "--endpoint", "{url}", "--graph-store", "{url}"], "either --endpoint URL or --graph-store URL"),
        (["--graph", "none.ttl", "--endpoint", "{url}"], "no such file"),
        (["--graph", "{graph}", "--endpoint", f"http://kg:{SECRET}@h/"], "holds a user or password"),
        (["--graph", "{graph}", "--endpoint", "file:///etc"], "is no endpoint"),
        (["--graph", "{graph}", "--endpoint", "{url}", "--into", "no iri"], "cannot name a graph"),
        (["--graph", "{graph}", "--endpoint", "{url}", "--state", "/nowhere/s.json"], "cannot be kept"),
        (["--graph", "{graph}", "--endpoint", "http://127.0.0.1:9/"], "cannot reach the endpoint"),
        (["--graph", "{graph}", "--endpoint", "{url}", "--batch-size", "0"], "batch-size"),
    ],
)
def test_what_cannot_be_done_is_one_line(call: Call, graph: Path, server: Server, arguments: list[str], complaint: str) -> None:
    code, out, err = call("push", *(a.format(url=server.url, graph=graph) for a in arguments))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert complaint in err
    assert SECRET not in err
    assert server.seen == []


def test_a_bar_on_a_terminal_alone(call: Call, graph: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(cli_push.Progress, "update", lambda _self, _task, **given: told.append(given))
    assert call("push", "--graph", str(graph), "--endpoint", server.url)[0] == 0
    assert [given["completed"] for given in told] == [given["total"] for given in told]


def guarded(asked: Asked) -> Reply | None:
    """Takes the user kg by Basic, or a token."""
    signed = {"Bearer t0k3n", "Basic " + base64.b64encode(f"kg:{SECRET}".encode()).decode()}
    return (
        None
        if asked.headers.get("Authorization") in signed
        else Reply(401, {"WWW-Authenticate": 'Basic realm="kg"'}, SECRET.encode())
    )


COMMANDS = [("push", "--graph", "{graph}"), ("query", "-e", "ASK {{ ?s ?p ?o }}"), ("ask", "planned")]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({"ALLIANCEKG_USER": "kg", "ALLIANCEKG_PASSWORD": SECRET}, ""),
        ({"ALLIANCEKG_BEARER": "t0k3n"}, ""),
        ({}, "asks for credentials. Set ALLIANCEKG_USER"),
        ({"ALLIANCEKG_USER": "kg", "ALLIANCEKG_PASSWORD": f"{SECRET}x"}, "does not take these credentials"),
        ({"ALLIANCEKG_USER": "kg"}, "only one is set"),
        ({"ALLIANCEKG_BEARER": SECRET}, "that no token has"),
    ],
)
def test_every_command_signs_and_none_shows_what_with(
    call: Call,
    graph: Path,
    server: Server,
    tmp_path: Path,
    command: tuple[str, ...],
    environment: dict[str, str],
    complaint: str,
) -> None:
    server.guard = guarded
    log = tmp_path / "log.txt"
    arguments = [part.format(graph=graph) for part in command]
    code, out, err = call("-v", "--log-file", str(log), *arguments, "--endpoint", server.url, **environment)
    assert code == (2 if complaint else 0)
    assert complaint in err
    shown = out + err + log.read_text(encoding="utf-8") + "".join(path.read_text() for path in tmp_path.glob("*.push.json"))
    assert not any(secret in shown for secret in (SECRET, "t0k3n", base64.b64encode(f"kg:{SECRET}".encode()).decode()))


def test_credentials_in_the_clear_bring_a_warning(call: Call, graph: Path) -> None:
    """No host of the reserved name `invalid` is ever reached (RFC 6761)."""
    arguments = ("push", "--graph", str(graph), "--endpoint", "http://store.invalid/sparql", "--timeout", "1")
    assert "warning" not in call(*arguments)[2]
    _, _, err = call(*arguments, ALLIANCEKG_BEARER="t0k3n")
    assert "warning: http://store.invalid/sparql is plain http" in err
    assert "t0k3n" not in err


@pytest.mark.slow
@pytest.mark.parametrize("option", ["--endpoint", "--graph-store"])
def test_a_push_that_is_killed_goes_on(tmp_path: Path, server: Server, option: str) -> None:
    """Killed at random moments until it ends: nothing is lost, nothing is sent twice but what was under way."""
    store = ox.Store()
    literals = (ox.Literal(f"値 {n} " + "同盟" * 50) for n in range(400))
    store.extend(
        ox.Quad(ox.NamedNode(f"urn:s{n}"), ox.NamedNode("urn:p"), told, ox.NamedNode(f"urn:g{n % 3}"))
        for n, told in enumerate(literals)
    )
    graph = tmp_path / "g.nq"
    store.dump(graph, ox.RdfFormat.N_QUADS)
    batches = [Reply(204, applied=True, after=0.02)] * 2000
    server.replies.extend(batches)
    command = [
        sys.executable,
        "-c",
        "from alliancekg.cli import main; main()",
        "push",
        "--graph",
        str(graph),
        option,
        server.url,
    ]
    kills, chance = 0, random.Random(5)
    while True:
        process = subprocess.Popen(
            [*command, "--batch-size", "1", "--replace"], env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        seen, end = len(server.seen), time.monotonic() + 60
        while process.poll() is None and len(server.seen) < seen + 30 and time.monotonic() < end:
            time.sleep(0.005)
        time.sleep(chance.random() * 0.05)
        process.send_signal(signal.SIGKILL)
        out, err = process.communicate()
        if process.returncode != -signal.SIGKILL:
            break
        kills += 1
    assert (process.returncode, err) == (0, b"")
    assert kills > 3
    assert b"were there from before" in out
    assert set(server.store) == set(store)
    sent = [asked.body for asked in server.seen]
    assert len(sent) - len(set(sent)) <= kills
