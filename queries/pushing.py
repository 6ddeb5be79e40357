"""A graph into a remote store, batch by batch: by SPARQL 1.1 Update, or by the Graph Store Protocol.

Each batch can be sent again without harm, for triples are a set: after a dropped connection nobody knows whether the store had it.

Sources: SPARQL 1.1 Update (W3C 2013), 3.1.1 and 3.2.1; SPARQL 1.1 Graph Store HTTP Protocol (W3C 2013), 4.1 and 5.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import quote
from urllib.request import Request

import pyoxigraph as ox

from ontology.terms import AKGID
from queries.batches import BATCH_BYTES, DEFAULT, Batch, Cut, Outline
from queries.errors import EndpointError
from queries.protocol import update_request
from queries.push_state import Progress, StateFile
from queries.transport import Patience, Transport

_log = logging.getLogger(__name__)

PATIENCE = Patience(tries=8, first=1.0, longest=60.0)  # about two minutes: a store may start again meanwhile
Watch = Callable[[int, int], None]


class Target(Protocol):
    """A way to put batches into a store."""

    transport: Transport
    alone: bool  # whether each graph needs batches of its own

    def put(self, batch: Batch, *, replace: bool) -> None:
        """Put the triples of the batch where they belong, with `replace` in the place of what the graphs held that begin in it."""
        ...

    def drop(self, graph: str) -> None:
        """Take a graph away, if it is there."""
        ...


class Update:
    """By SPARQL 1.1 Update, several graphs at once."""

    alone = False

    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    def put(self, batch: Batch, *, replace: bool) -> None:
        cleared = [f"CLEAR SILENT {_reference(piece.graph)} ;\n" for piece in batch.pieces if replace and piece.first]
        blocks = "\n".join(_block(piece.graph, "\n".join(piece.lines)) for piece in batch.pieces)
        self._send("".join(cleared) + f"INSERT DATA {{\n{blocks}\n}}")

    def drop(self, graph: str) -> None:
        self._send(f"DROP SILENT {_reference(graph)}")

    def _send(self, update: str) -> None:
        self.transport.send(update_request(self.transport.address.url, update), "update")


class GraphStore:
    """By the Graph Store Protocol: a graph's first batch by PUT if it replaces what is there, else by POST."""

    alone = True

    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    def put(self, batch: Batch, *, replace: bool) -> None:
        for piece in batch.pieces:  # there is one, see `alone`
            body = "".join(f"{line}\n" for line in piece.lines).encode()
            headers = {"Content-Type": "text/turtle", "Accept": "*/*", "User-Agent": "alliancekg"}  # N-Triples is Turtle
            method = "PUT" if replace and piece.first else "POST"
            self._send(Request(self._url(piece.graph), body, headers, method=method), "graph")  # noqa: S310 - an Address is http(s)

    def drop(self, graph: str) -> None:
        try:
            self._send(Request(self._url(graph), method="DELETE"), "removal")  # noqa: S310 - an Address is http(s)
        except EndpointError as error:
            if error.status != 404:  # it is gone already
                raise

    def _url(self, graph: str) -> str:
        url = self.transport.address.url
        return f"{url}{'&' if '?' in url else '?'}" + (f"graph={quote(graph, safe='')}" if graph != DEFAULT else "default")

    def _send(self, request: Request, what: str) -> None:
        self.transport.send(request, what)


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did. `resumed` is how many batches an earlier one had done, `dropped` how many graphs it took away."""

    triples: int
    graphs: int
    batches: int
    resumed: int
    dropped: int


def push(
    graph: ox.Store | Iterable[ox.Quad],
    target: Target,
    *,
    into: str = "",
    replace: bool = False,
    batch_bytes: int = BATCH_BYTES,
    state: Path | None = None,
    watch: Watch = lambda _done, _whole: None,
) -> Pushed:
    """Put a graph into a remote store; named graphs keep their names, and the default graph is called `into` there, if anything.

    With `replace` the graphs hold nothing else afterwards, and those that an earlier push put there (as the file `state` has it)
    and that are no longer part of the graph are gone. The file also tells where a push that was interrupted goes on. `watch` is told
    the bytes done and those of the whole. Raises QueryError where the graph cannot be sent or the file not be kept,
    EndpointError where the store fails or refuses.
    """
    cut = Cut(graph, into=into, alone=target.alone, size=batch_bytes)
    outline = cut.outline()
    file = StateFile(state, target.transport.address)
    before = file.read()
    digest = _digest(outline, target, replace=replace)
    resumed = before.done if before.digest == digest else 0
    if resumed:
        _log.info("going on behind batch %d of %d, as %s has it", resumed, outline.batches, state)
    there, sent = set(before.graphs), 0
    file.write(Progress(before.graphs, digest, resumed))  # where it cannot be kept, that is known before anything is sent
    for number, batch in enumerate(cut.batches(), start=1):
        if number > resumed:
            _put(target, batch, replace=replace)
            there.update(piece.graph for piece in batch.pieces)
            file.write(Progress(tuple(sorted(there)), digest, number))
        sent += batch.size
        watch(sent, outline.size)
    gone = sorted(there - set(outline.graphs)) if replace else []
    for name in gone:
        target.drop(name)
    file.write(Progress(tuple(sorted(there - set(gone)))))
    return Pushed(outline.triples, len(outline.graphs), outline.batches, resumed, len(gone))


def _put(target: Target, batch: Batch, *, replace: bool) -> None:
    try:
        target.put(batch, replace=replace)
    except EndpointError as error:
        if error.status in {400, 500} and any(piece.graph == DEFAULT for piece in batch.pieces):
            todo = "If the store has no default graph, say with --into which one is to take it."
            raise EndpointError(error.what, where=error.where, todo=todo, status=error.status) from error
        if error.status == 403 and any(piece.graph.startswith(AKGID) for piece in batch.pieces):
            todo = (
                "A store of alliancekg makes these graphs itself: 'export' to FILE.ttl, and 'push --graph FILE.ttl --into IRI'."
            )
            raise EndpointError(error.what, where=error.where, todo=todo, status=error.status) from error
        raise


def _digest(outline: Outline, target: Target, *, replace: bool) -> str:
    """Of what is sent and how: a push that is another one in either begins anew."""
    return hashlib.sha256(f"{type(target).__name__} {replace} {outline.digest}".encode()).hexdigest()


def _reference(graph: str) -> str:
    return f"GRAPH {ox.NamedNode(graph)}" if graph != DEFAULT else "DEFAULT"


def _block(graph: str, triples: str) -> str:
    return f"GRAPH {ox.NamedNode(graph)} {{\n{triples}\n}}" if graph != DEFAULT else triples
