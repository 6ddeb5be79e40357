"""A remote SPARQL endpoint as an engine, through SPARQLWrapper."""

from __future__ import annotations

import pyoxigraph as ox

from queries.address import address
from queries.credentials import Credentials
from queries.engine import Result, kind, refuse_update
from queries.errors import EndpointError, QueryError
from queries.protocol import query_request
from queries.transport import MAX_ANSWER, Patience, Received, Transport

_GRAPHS = frozenset({"CONSTRUCT", "DESCRIBE"})
_CUT = "X-SPARQL-MaxRows"  # Virtuoso's word that there are more rows than it sends


class Remote:
    """An engine at a URL. `timeout` is in seconds, for the connection and for each part of an answer; `limit` in bytes.

    A query that fails in a way that may pass is sent again, as `patience` has it. Raises EndpointError where the URL is none.
    """

    def __init__(
        self,
        url: str,
        *,
        credentials: Credentials | None = None,
        timeout: int = 60,
        limit: int = MAX_ANSWER,
        patience: Patience | None = None,
    ) -> None:
        self._transport = Transport(address(url), credentials=credentials, timeout=timeout, limit=limit, patience=patience)

    def run(self, sparql: str) -> Result:
        refuse_update(sparql)
        word, to = kind(sparql), self._transport.address
        try:
            request = query_request(to.url, sparql, word)
        except UnicodeEncodeError as error:
            raise QueryError("the query holds characters that are none", todo="Write it in UTF-8.") from error
        received = self._transport.send(request, "query")
        if rows := received.headers.get(_CUT):
            raise EndpointError(
                f"the endpoint gives no more than {rows} rows, and may have more", where=to.shown, todo="Ask for less."
            )
        try:
            return _graph(received) if word in _GRAPHS else _table(received, truth=word == "ASK")
        except (SyntaxError, ValueError) as error:
            raise EndpointError(
                "the answer is not what SPARQL 1.1 promises", where=to.shown, todo="Is the address a SPARQL endpoint?"
            ) from error


def _table(received: Received, *, truth: bool) -> Result:
    told = ox.QueryResultsFormat.from_media_type(received.headers.get("Content-Type", ""))
    found = ox.parse_query_results(received.body, told or ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return Result(truth=bool(found))
    rows = tuple(tuple(solution) for solution in found)
    if truth:  # Virtuoso gives no row for no, and for yes one with a 1
        return Result(truth=any(isinstance(cell, ox.Literal) and cell.value in {"1", "true"} for row in rows for cell in row))
    return Result(tuple(v.value for v in found.variables), rows)


def _graph(received: Received) -> Result:
    told = ox.RdfFormat.from_media_type(received.headers.get("Content-Type", ""))
    return Result(triples=tuple(quad.triple for quad in ox.parse(received.body, told or ox.RdfFormat.TURTLE)))
