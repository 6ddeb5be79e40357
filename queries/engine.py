"""What runs a query: the protocol of an engine, and the embedded one over pyoxigraph.

An engine answers in pyoxigraph's terms, whichever it is, so that all that follows is written once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox

from queries.errors import QueryError
from queries.malformed import explain
from queries.tokens import has_dataset, tokens

Cell = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None


@dataclass(frozen=True, slots=True)
class Result:
    """What an engine gives back: a table (SELECT), a truth value (ASK) or triples (CONSTRUCT, DESCRIBE).

    A table has `variables` and `rows` of terms in their order, None where a variable is unbound.
    """

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    truth: bool | None = None
    triples: tuple[ox.Triple, ...] | None = None


class Engine(Protocol):
    """Anything that answers SPARQL 1.1 queries."""

    def run(self, sparql: str) -> Result:
        """The result of one query.

        Raises QueryError where it is malformed, an update, or could not be run.
        """
        ...


_SKIPPED = re.compile(r"\s+|#[^\n]*|(?:BASE\s*<[^>]*>|PREFIX\s+[^\s:]*:\s*<[^>]*>)", re.IGNORECASE)
_FIRST_WORD = re.compile(r"[A-Za-z]+")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})


def refuse_update(sparql: str) -> None:
    """Raises QueryError where the text is a SPARQL update: an engine here only reads."""
    word = kind(sparql)
    if word in _UPDATES:
        raise QueryError(f"{word} is an update, and queries only read", todo="Write a SELECT, ASK, CONSTRUCT or DESCRIBE.")


def kind(sparql: str) -> str:
    r"""The word in capitals that says what a query or update is, empty where there is none.

    >>> kind("PREFIX drop: <urn:drop#> # ASK\nselect * { ?s drop:x ?o }")
    'SELECT'
    """
    at = 0
    while match := _SKIPPED.match(sparql, at):
        at = match.end()
    word = _FIRST_WORD.match(sparql, at)
    return word[0].upper() if word else ""


class Embedded:
    """An engine over triples in this process, in memory or on disk.

    All graphs are read as one, but for a query that says by FROM and FROM NAMED which it is about (SPARQL 1.1 Query, section 13.2).
    """

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def run(self, sparql: str) -> Result:
        refuse_update(sparql)
        try:
            found = self._store.query(sparql, use_default_graph_as_union=not has_dataset(tokens(sparql)))
            if isinstance(found, ox.QueryBoolean):
                return Result(truth=bool(found))
            if isinstance(found, ox.QueryTriples):
                return Result(triples=tuple(found))
            variables = tuple(v.value for v in found.variables)
            return Result(variables, tuple(tuple(solution) for solution in found))
        except SyntaxError as error:
            raise QueryError(explain(error, sparql)) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"the query could not be run: {_one_line(error)}") from error


def _one_line(error: Exception) -> str:
    """The parser's message, which lists every character that it would take, cut to what a person reads."""
    text = " ".join(str(error).split())
    return text if len(text) <= 160 else text[:159] + "…"
