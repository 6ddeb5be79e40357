"""Whole graphs put, merged and dropped by users. Source: SPARQL 1.1 Graph Store HTTP Protocol (W3C 2013), sections 5.3 to 5.5."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from queries.serving.errors import RefusedError
from queries.serving.ports import Session

MULTIPART = "multipart/form-data"
FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
}


@dataclass(frozen=True, slots=True)
class Upload:
    """Triples for a graph ("" is the default graph), in pieces of a media type each; `replace` what is there, or merge.

    With `if_there` only where the graph is there, or only where it is not.
    """

    graph: str
    pieces: tuple[tuple[str, bytes], ...]
    replace: bool
    if_there: bool | None = None

    def complete(self, fetch: object) -> Upload:  # noqa: ARG002 - it needs nobody
        return self

    def apply(self, session: Session) -> bool:
        """Raises RefusedError where a piece is malformed."""
        graph, there = _named(self.graph), _is_there(session, self.graph)
        _expect(self.if_there, there)
        if isinstance(graph, ox.NamedNode):
            session.refuse_graph(graph)
        quads = [
            ox.Quad(triple.subject, triple.predicate, triple.object, graph)
            for media, piece in self.pieces
            for triple in self._parsed(media, piece)
        ]

        def change(store: ox.Store) -> None:
            if self.replace:
                store.clear_graph(graph)
            store.extend(quads)

        session.change(change)
        return not there

    def _parsed(self, media: str, piece: bytes) -> list[ox.Quad]:
        try:
            return list(
                ox.parse(piece, FORMATS[media], base_iri=self.graph or None, without_named_graphs=True, rename_blank_nodes=True)
            )
        except (SyntaxError, ValueError) as error:
            raise RefusedError(400, f"the graph is malformed: {' '.join(str(error).split())[:200]}") from error


@dataclass(frozen=True, slots=True)
class Drop:
    """A graph to be no more; `if_there` as above."""

    graph: str
    if_there: bool | None = None

    def complete(self, fetch: object) -> Drop:  # noqa: ARG002 - it needs nobody
        return self

    def apply(self, session: Session) -> bool:
        """Raises RefusedError (404) where there is none."""
        graph = _named(self.graph)
        if isinstance(graph, ox.NamedNode):
            session.refuse_graph(graph)
        _expect(self.if_there, _is_there(session, self.graph))
        if not _is_there(session, self.graph):
            raise RefusedError(404, "there is no graph of this name", where=self.graph)
        session.change(lambda store: store.remove_graph(graph))
        return False


def _named(graph: str) -> ox.NamedNode | ox.DefaultGraph:
    return ox.NamedNode(graph) if graph else ox.DefaultGraph()


def _is_there(session: Session, graph: str) -> bool:
    """The default graph always is."""
    return not graph or session.own.contains_named_graph(ox.NamedNode(graph))


def _expect(wanted: bool | None, there: bool) -> None:
    """Raises RefusedError (412) where a graph is there, or is not, against what the client expects."""
    if wanted is not None and wanted is not there:
        raise RefusedError(412, "the graph is there already" if there else "there is no graph of this name")
