"""`/sparql`: queries and updates. Source: SPARQL 1.1 Protocol (W3C 2013), section 2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from queries.engine import kind
from queries.serving.errors import RefusedError
from queries.serving.jobs import Query
from queries.serving.limits import Limits
from queries.serving.media import GRAPHS, RESULTS, TRUTH, Offer, negotiate
from queries.serving.pool import Pool
from queries.serving.reading import FORM, Fields, address_fields, body_of, fields_of, media_of, text_of
from queries.serving.refusing import may_change
from queries.serving.responding import respond

QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
_DATASET = frozenset({"default-graph-uri", "named-graph-uri"})
_OFFERS: Mapping[str, Sequence[Offer]] = {"SELECT": RESULTS, "ASK": TRUTH, "CONSTRUCT": GRAPHS, "DESCRIBE": GRAPHS}


@dataclass(frozen=True, slots=True)
class Operation:
    """What a request asks for: a query or an update, and the dataset that it names beside it."""

    text: str
    is_update: bool
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


async def operation_of(request: Request, limits: Limits) -> Operation | None:
    """What a request asks for, None where it asks for nothing: then it wants to know what there is.

    Raises RefusedError where it is no request of the protocol.
    """
    fields = address_fields(request)
    if request.method in {"GET", "HEAD"}:
        if "update" in fields:
            raise RefusedError(400, "an update by GET", todo="Send it by POST.")
        if fields.one("query") is None and _DATASET.isdisjoint(name for name, _ in fields.pairs):
            return None
        return _operation(fields, fields)
    media, parameters = media_of(request)
    body = await body_of(request, limits)
    text = text_of(body, parameters)
    if media == FORM:
        form = fields_of(text)
        return _operation(form, Fields([*form.pairs, *fields.pairs]))
    if media == QUERY:
        return _operation(Fields([("query", text)]), fields)
    if media == UPDATE:
        return _operation(Fields([("update", text)]), fields)
    raise RefusedError(415, f"a body of {media or 'no media type'} is not taken", todo=f"Send {FORM}, {QUERY} or {UPDATE}.")


def _operation(said: Fields, beside: Fields) -> Operation:
    query, update = said.one("query"), said.one("update")
    if (query is None) == (update is None):
        raise RefusedError(400, "the request has neither one query nor one update", todo="Send query=… or update=….")
    if update is not None:
        return Operation(update, True, _iris(beside, "using-graph-uri"), _iris(beside, "using-named-graph-uri"))
    return Operation(query or "", False, _iris(beside, "default-graph-uri"), _iris(beside, "named-graph-uri"))


def _iris(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(iri(value) for value in fields.all(name))


def base_of(request: Request) -> str:
    """What relative IRIs are relative to: the address of the endpoint."""
    return str(request.url.replace(query=""))


def iri(value: str) -> str:
    """An absolute IRI as it is. Raises RefusedError where it is none."""
    try:
        return ox.NamedNode(value).value
    except ValueError as error:
        raise RefusedError(400, f"{value[:80]!r} is no absolute IRI") from error


def offers_for(text: str) -> Sequence[Offer]:
    """The formats that the answer to a query can have. Raises RefusedError where it is none."""
    word = kind(text)
    if word not in _OFFERS:
        what = f"{word} is an update" if word in _UPDATES else "this is no query"
        raise RefusedError(400, what, todo="Write a SELECT, ASK, CONSTRUCT or DESCRIBE.")
    return _OFFERS[word]


async def answer_query(request: Request, pool: Pool, asked: Operation) -> Response:
    """The answer to a query. Raises RefusedError."""
    offer = negotiate(request.headers.get("accept"), offers_for(asked.text))
    assert offer.format is not None
    job = Query(
        asked.text,
        base_of(request),
        offer.format.media_type.partition(";")[0],
        asked.default_graphs,
        asked.named_graphs,
    )
    return await respond(request, pool, job, content_type=offer.content_type, lasting=not may_change(asked.text))
