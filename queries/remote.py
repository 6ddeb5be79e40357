"""A remote SPARQL endpoint as an engine, through SPARQLWrapper.

Source: SPARQL 1.1 Protocol (W3C 2013), section 2.1: query via POST with URL-encoded parameters,
which has no limit on the length of a query and reaches every store.
"""

from __future__ import annotations

import http.client
import urllib.error
from urllib.parse import urlsplit

import pyoxigraph as ox
from SPARQLWrapper import JSON, N3, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from queries.engine import Result, refuse_update
from queries.errors import QueryError

_GRAPHS = frozenset({"CONSTRUCT", "DESCRIBE"})


class Remote:
    """An engine at a URL. `timeout` is in seconds, for the connection and for each read."""

    def __init__(self, url: str, *, timeout: int = 60) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise QueryError(f"{url!r} is no endpoint", todo="Give an http:// or https:// address.")
        self._url, self._timeout = url, timeout

    def run(self, sparql: str) -> Result:
        refuse_update(sparql)
        wrapper = SPARQLWrapper(self._url, agent="alliancekg")
        wrapper.setQuery(sparql)
        wrapper.setMethod(POST)
        wrapper.setTimeout(self._timeout)
        graph = wrapper.queryType in _GRAPHS
        wrapper.setReturnFormat(N3 if graph else JSON)
        body = self._fetch(wrapper)
        try:
            return _graph(body) if graph else _table(body)
        except (SyntaxError, ValueError) as error:
            raise QueryError(
                "the answer is not what SPARQL 1.1 promises", where=self._url, todo="Is the address a SPARQL endpoint?"
            ) from error

    def _fetch(self, wrapper: SPARQLWrapper) -> bytes:
        try:
            with wrapper.query().response as response:
                body: bytes = response.read()
        except SPARQLWrapperException as error:
            if isinstance(error.__context__, urllib.error.HTTPError):
                error.__context__.close()
            raise QueryError(f"the endpoint refused the query: {_reason(error)}", where=self._url) from error
        except TimeoutError as error:
            raise QueryError(f"no answer within {self._timeout} seconds", where=self._url, todo="Ask for less.") from error
        except urllib.error.HTTPError as error:
            error.close()
            raise QueryError(f"the endpoint answered {error.code} {error.reason}", where=self._url) from error
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", error)
            raise QueryError(f"cannot reach the endpoint: {reason}", where=self._url, todo="Is it running?") from error
        return body


def _table(body: bytes) -> Result:
    found = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return Result(truth=bool(found))
    return Result(tuple(v.value for v in found.variables), tuple(tuple(solution) for solution in found))


def _graph(body: bytes) -> Result:
    return Result(triples=tuple(quad.triple for quad in ox.parse(body, ox.RdfFormat.TURTLE)))


def _reason(error: SPARQLWrapperException) -> str:
    """What the server said, without the preamble of the library, on one line."""
    said = " ".join(str(error).split("Response:")[-1].replace("\\n", " ").split())
    said = said.strip("b'\" ")
    return said if len(said) <= 200 else said[:199] + "…"
