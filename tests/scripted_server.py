"""A SPARQL store in the test process that does as it is told: answers properly over a pyoxigraph store, after the replies of a script.

`server.replies` are taken one by one, and when there are none left the store answers: queries, updates, and the Graph Store Protocol
at any path. `server.seen` is what was asked.
"""

from __future__ import annotations

import socket
import struct
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox


@dataclass(frozen=True)
class Reply:
    """What is answered in the place of the store. With `promised`, more bytes are announced than come; `dropped` answers nothing."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    promised: int = 0
    dropped: bool = False
    applied: bool = False  # whether the store does what it was asked before that
    after: float = 0  # seconds of silence


DROPPED = Reply(dropped=True)


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: Message
    body: bytes


class Server:
    """`url` is that of the endpoint. `guard` may refuse a request with a reply, before the script has its turn."""

    def __init__(self, url: str, store: ox.Store) -> None:
        self.url, self.store = url, store
        self.replies: deque[Reply] = deque()
        self.seen: list[Asked] = []
        self.guard = lambda _asked: None

    def answer(self, asked: Asked) -> Reply:
        self.seen.append(asked)
        if refused := self.guard(asked):
            return refused
        reply = self.replies.popleft() if self.replies else None
        if reply is None or reply.applied:
            done = self._done(asked)
        return done if reply is None else reply

    def _done(self, asked: Asked) -> Reply:
        parameters = parse_qs(urlsplit(asked.path).query, keep_blank_values=True)
        if asked.headers.get("Content-Type", "").startswith("application/sparql-update"):
            self.store.update(asked.body.decode())
            return Reply(204)
        if asked.headers.get("Content-Type") == "application/x-www-form-urlencoded":
            return self._queried(parse_qs(asked.body.decode())["query"][0])
        name = ox.NamedNode(parameters["graph"][0]) if "graph" in parameters else ox.DefaultGraph()
        if asked.method in {"PUT", "DELETE"}:
            existed = next(self.store.quads_for_pattern(None, None, None, name), None)
            self.store.clear_graph(name)
            if asked.method == "DELETE" and not existed:
                return Reply(404)
        if asked.method in {"PUT", "POST"}:
            self.store.load(asked.body, ox.RdfFormat.TURTLE, to_graph=name)
        return Reply(204)

    def _queried(self, query: str) -> Reply:
        found = self.store.query(query, use_default_graph_as_union=True)
        if isinstance(found, ox.QueryTriples):
            return Reply(200, {"Content-Type": "text/turtle"}, ox.serialize(found, format=ox.RdfFormat.TURTLE) or b"")
        body = found.serialize(format=ox.QueryResultsFormat.JSON)
        return Reply(200, {"Content-Type": "application/sparql-results+json"}, body or b"")


class _Handler(BaseHTTPRequestHandler):
    spoken_for: Server

    def _any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        reply = self.spoken_for.answer(Asked(self.command, self.path, self.headers, body))
        threading.Event().wait(reply.after)
        if reply.dropped:
            linger = struct.pack("ii", 1, 0)  # so that the connection is reset
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.close_connection = True
            self.connection.close()
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != 204:
            self.send_header("Content-Length", str(len(reply.body) + reply.promised))
        self.end_headers()
        self.wfile.write(reply.body)

    do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815 - http.server calls them so

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        return

    def finish(self) -> None:
        try:
            super().finish()
        except (OSError, ValueError):  # whoever asked is gone, or was dropped
            self.connection.close()


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some tests are about."""


@contextmanager
def serving(store: ox.Store | None = None) -> Iterator[Server]:
    """A server on a free port of the loopback interface, stopped in the end."""
    handler = type("Handler", (_Handler,), {})
    with _Quiet(("127.0.0.1", 0), handler) as http:
        http.daemon_threads = True
        server = Server(f"http://127.0.0.1:{http.server_port}/sparql", store if store is not None else ox.Store())
        handler.spoken_for = server
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()
