"""SPARQL updates on what users wrote: taken apart into operations, each carried out where it belongs.

Operations without a pattern see what users wrote alone, so that `DROP ALL` drops that; those with one (WHERE) match all that the
store holds. Which quads may come and go is for the store to say. Source: SPARQL 1.1 Update (W3C 2013), section 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import pyoxigraph as ox

from queries.serving.errors import RefusedError
from queries.serving.federating import Fetch, gathered
from queries.serving.ports import Session
from queries.serving.refusing import refuse_foreign
from queries.serving.worker import explained
from queries.tokens import Token, tokens

_GRAPH_MANAGEMENT = frozenset({"CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"})
_MARK = ox.NamedNode("urn:alliancekg:mark")


@dataclass(frozen=True, slots=True)
class Update:
    """An update with the dataset that the request names beside it. Goes by pickle to the process that writes."""

    text: str
    base: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    def complete(self, fetch: Fetch) -> Update:
        """The same with what other servers say in place of SERVICE and LOAD. Raises RefusedError."""
        return replace(self, text=gathered(self.text, self.base, fetch))

    def apply(self, session: Session) -> bool:
        """Carry out all operations. Raises RefusedError where the text is no update or asks for what is not done here."""
        found = tokens(self.text)
        refuse_foreign(found)
        operations = list(_operations(self.text, found))
        for operation in operations:
            self._parse(operation)
        for operation in operations:
            self._carry_out(operation, session)
        return False

    def _parse(self, operation: _Operation) -> None:
        """Have an operation parsed before any is carried out. Raises RefusedError."""
        with explained(operation.text), suppress(RuntimeError):  # there is nothing in that store to clear or drop
            ox.Store().update(operation.text, base_iri=self.base)

    def _carry_out(self, operation: _Operation, session: Session) -> None:
        first, second = operation.words[0], operation.words[1] if len(operation.words) > 1 else ""
        if first in _GRAPH_MANAGEMENT:
            for graph in self._graphs(operation):
                session.refuse_graph(graph)
            session.change(lambda store: self._run(store, operation.text))
        elif second == "DATA":
            if first == "DELETE":
                session.refuse_removal(self._quads(operation))
            session.change(lambda store: self._run(store, operation.text))
        else:
            text = operation.text_using(self._using()) if self.default_graphs or self.named_graphs else operation.text
            session.change_by_all(lambda store: self._run(store, text))

    def _run(self, store: ox.Store, text: str) -> None:
        try:
            store.update(text, base_iri=self.base)
        except RuntimeError as error:  # a graph that is not there, or is there already
            raise RefusedError(400, " ".join(str(error).split())[:300]) from error

    def _using(self) -> str:
        using = [f"USING {ox.NamedNode(iri)}" for iri in self.default_graphs]
        return " ".join([*using, *(f"USING NAMED {ox.NamedNode(iri)}" for iri in self.named_graphs)])

    def _quads(self, operation: _Operation) -> list[ox.Quad]:
        """What a DELETE DATA names."""
        there = ox.Store()
        data = operation.tokens[0]
        there.update(operation.prologue + "INSERT" + operation.source[data.end : operation.end], base_iri=self.base)
        return list(there)

    def _graphs(self, operation: _Operation) -> Iterator[ox.NamedNode]:
        """The graphs that an operation names, as the library reads their names."""
        for token in operation.tokens:
            if token.kind in {"iri", "name"}:
                there = ox.Store()
                there.update(
                    f"{operation.prologue}INSERT DATA {{ GRAPH {token.text} {{ {_MARK} {_MARK} {_MARK} }} }}",
                    base_iri=self.base,
                )
                yield from (graph for graph in there.named_graphs() if isinstance(graph, ox.NamedNode))


@dataclass(frozen=True, slots=True)
class _Operation:
    """One operation: its tokens, the prologues before it, and the text that it stands in."""

    source: str
    prologue: str
    tokens: Sequence[Token]

    @property
    def words(self) -> list[str]:
        return [token.word for token in self.tokens[:2]]

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def text(self) -> str:
        return self.prologue + self.source[self.tokens[0].start : self.end]

    def text_using(self, using: str) -> str:
        """The same over a dataset. Raises RefusedError where it names one itself."""
        top = [token for token in self.tokens if token.depth == 0]
        if any(token.word in {"USING", "WITH"} for token in top):
            raise RefusedError(400, "the dataset is named by the request and by the update", todo="Name it by one of them.")
        where = next((token for token in top if token.word == "WHERE"), None)
        if where is None:
            raise RefusedError(400, "the update has no WHERE", todo="Write it with WHERE, or without a dataset.")
        start = self.tokens[0].start
        if self.words == ["DELETE", "WHERE"]:  # takes no USING: what it deletes is what it matches
            pattern = self.source[where.end : self.end]
            return f"{self.prologue}DELETE {pattern} {using} WHERE {pattern}"
        return f"{self.prologue}{self.source[start : where.start]} {using} {self.source[where.start : self.end]}"


def _operations(text: str, found: Sequence[Token]) -> Iterator[_Operation]:
    """The operations of an update, which stand apart by semicolons; prologues hold for all that follows."""
    prologue, at = "", 0
    while at < len(found):
        if found[at].word in {"PREFIX", "BASE"}:
            length = 3 if found[at].word == "PREFIX" else 2
            prologue += text[found[at].start : found[at + length - 1].end] + "\n"
            at += length
            continue
        end = next(
            (place for place in range(at, len(found)) if found[place].text == ";" and found[place].depth == 0), len(found)
        )
        if end > at:
            yield _Operation(text, prologue, found[at:end])
        at = end + 1
