"""A graph cut into batches that a remote store takes one by one: always the same ones, so that a push can go on where it was.

Graphs come in the order of their names, triples within a graph in the order of N-Triples. Bounded in bytes, as stores bound a request,
and in triples, as some parse an update by recursion (Virtuoso 7 gives up at 5,000).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from queries.errors import QueryError

BATCH_BYTES = 200_000
BATCH_TRIPLES = 2_000
DEFAULT = ""  # the name of the graph without a name


@dataclass(frozen=True, slots=True)
class Piece:
    """Triples of one graph, each a line of N-Triples. `first` where nothing of that graph comes before."""

    graph: str
    first: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """What is sent in one request. `size` is the number of bytes of its lines."""

    pieces: tuple[Piece, ...]
    size: int

    @property
    def triples(self) -> int:
        return sum(len(piece.lines) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Outline:
    """What all batches are together: the names of the graphs, sorted, and a digest of all that is sent."""

    graphs: tuple[str, ...]
    batches: int
    triples: int
    size: int
    digest: str


class Cut:
    """A graph that is cut. `into` is the IRI of the graph that takes the default graph; `alone` keeps each graph to batches of its own.

    Raises QueryError where `into` is no IRI.
    """

    def __init__(
        self, graph: ox.Store | Iterable[ox.Quad], *, into: str = "", alone: bool = False, size: int = BATCH_BYTES
    ) -> None:
        self._store = graph if isinstance(graph, ox.Store) else _stored(graph)
        self._into, self._alone, self._size = _name(into), alone, size

    def batches(self) -> Iterator[Batch]:
        """The batches, made as they are asked for; one graph at a time is in memory.

        Raises QueryError where a triple cannot be sent: one with a blank node, which would be another one each time,
        or one that is no RDF 1.1.
        """
        pieces: list[Piece] = []
        size = triples = 0
        for graph, sources in self._targets():
            lines: list[str] = []
            first = True
            for line in self._lines(sources):
                more = len(line.encode()) + 1
                if triples and (size + more > self._size or triples >= BATCH_TRIPLES):
                    if lines:
                        pieces.append(Piece(graph, first, tuple(lines)))
                        first, lines = False, []
                    yield Batch(tuple(pieces), size)
                    pieces, size, triples = [], 0, 0
                lines.append(line)
                size, triples = size + more, triples + 1
            pieces.append(Piece(graph, first, tuple(lines)))
            if self._alone:
                yield Batch(tuple(pieces), size)
                pieces, size, triples = [], 0, 0
        if pieces:
            yield Batch(tuple(pieces), size)

    def outline(self) -> Outline:
        """What the batches will be. Raises QueryError as `batches`, before anything is sent."""
        digest = hashlib.sha256()
        count = triples = size = 0
        for batch in self.batches():
            for piece in batch.pieces:
                _check(piece)
                digest.update(repr((piece.graph, piece.first, piece.lines)).encode("utf-8", "surrogatepass"))
            digest.update(b"\n")
            count, triples, size = count + 1, triples + batch.triples, size + batch.size
        graphs = tuple(graph for graph, _ in self._targets())
        return Outline(graphs, count, triples, size, digest.hexdigest())

    def _targets(self) -> list[tuple[str, list[ox.NamedNode | ox.DefaultGraph]]]:
        """Graphs as they are to be called, each with those of the store that go into it."""
        targets: dict[str, list[ox.NamedNode | ox.DefaultGraph]] = {}
        if next(self._store.quads_for_pattern(None, None, None, ox.DefaultGraph()), None):
            targets[self._into] = [ox.DefaultGraph()]
        for graph in self._store.named_graphs():
            if isinstance(graph, ox.BlankNode):
                raise _unsendable(str(graph), "a graph without a name")
            if next(
                self._store.quads_for_pattern(None, None, None, graph), None
            ):  # pyoxigraph keeps names of graphs that are empty
                targets.setdefault(graph.value, []).append(graph)
        return sorted(targets.items())

    def _lines(self, sources: list[ox.NamedNode | ox.DefaultGraph]) -> list[str]:
        lines = set()
        for source in sources:
            for quad in self._store.quads_for_pattern(None, None, None, source):
                if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
                    raise _unsendable(str(quad.triple), "a blank node, which would be another one at every push")
                if isinstance(quad.object, ox.Triple):
                    raise _unsendable(str(quad.triple), "a triple within a triple, which SPARQL 1.1 does not know")
                lines.add(f"{quad.triple} .")
        return sorted(lines)


def _stored(quads: Iterable[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(quads)
    return store


def _name(into: str) -> str:
    if not into:
        return DEFAULT
    try:
        return ox.NamedNode(into).value
    except ValueError as error:
        raise QueryError(f"{into!r} cannot name a graph: {error}", todo="Give an IRI, as in urn:my-graph.") from error


def _check(piece: Piece) -> None:
    """What was read leniently may hold an IRI that ends early. The library says so when it reads its own lines strictly."""
    try:
        for _ in ox.parse("\n".join(piece.lines), ox.RdfFormat.N_TRIPLES):
            pass
        _name(piece.graph)
    except SyntaxError as error:
        raise _unsendable(piece.graph or "the default graph", f"what is no RDF 1.1: {error.msg}") from error


def _unsendable(where: str, what: str) -> QueryError:
    shown = where if len(where) <= 120 else where[:119] + "…"
    return QueryError(f"{shown} holds {what}", todo="Give it an IRI.")
