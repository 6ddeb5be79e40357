"""What the server can be asked, as an OpenAPI description made of its routes, the catalogue, and the tables that the routes read.

Source: OpenAPI Specification 3.1.1; RFC 9727 (`/.well-known/api-catalog`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from queries.catalogue import Column, ColumnType, Parameter, ParameterType, Question, catalogue
from queries.serving import library
from queries.serving.media import ANSWERS, GRAPHS, RESULTS, THINGS, Offer
from queries.serving.pool import Pool
from queries.serving.reading import FORM
from queries.serving.sparql import QUERY, UPDATE
from queries.serving.uploads import FORMATS, MULTIPART

Json = dict[str, Any]
_TEXT: Json = {"type": "string"}
_IRI: Json = {"type": "string", "format": "iri"}
_DATE = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
_READ = (400, 406, 503)
_ASKED = (400, 406, 500, 503, 504)  # what a process for queries was asked
_WRITTEN = (400, 401, 403, 408, 412, 413, 415, 422, 500, 503, 504)
_REST = "{rest:path}"


@dataclass(frozen=True, slots=True)
class _Path:
    """What there is to say of a path beside its methods and what its handler says of itself."""

    answers: Sequence[Offer]
    schema: Mapping[str, Json]
    parameters: Sequence[Json] = ()
    refused: Sequence[int] = _READ


def _query(name: str, about: str, schema: Json, *, required: bool = False) -> Json:
    return {"name": name, "in": "query", "required": required, "description": about, "schema": schema}


def _several(name: str, about: str) -> Json:
    return _query(name, about, {"type": "array", "items": _IRI})


_GRAPH = (
    _query("graph", "the IRI of a graph", _IRI),
    {**_query("default", "the default graph", _TEXT), "allowEmptyValue": True},
)
_ASKING = (
    _query("query", "a SPARQL 1.1 query; without it the service describes itself", _TEXT),
    _several("default-graph-uri", "graphs that are read as the default graph"),
    _several("named-graph-uri", "graphs that the query can name"),
)
_FOUND: Json = {
    "type": "object",
    "required": ["query", "total", "results"],
    "properties": {"query": _TEXT, "total": {"type": "integer"}, "results": {"type": "array", "items": {"type": "object"}}},
}
_LOCAL: Json = {"name": "rest", "in": "path", "required": True, "description": "the rest of an address", "schema": _TEXT}
_LISTED: Json = {"type": "object", "required": ["questions"], "properties": {"questions": {"type": "array"}}}
_PLAIN = (Offer("text/plain", None, ""),)

_PATHS: Mapping[str, _Path] = {
    "/sparql": _Path((*RESULTS, *GRAPHS), {}, _ASKING, (*_ASKED, 403, 408, 413, 415)),
    "/store": _Path(GRAPHS, {}, _GRAPH, (*_ASKED, 404)),
    f"/store/{_REST}": _Path(GRAPHS, {}, (_LOCAL,), (*_ASKED, 404)),
    "/questions": _Path(ANSWERS[:1], {"application/json": _LISTED}),
    "/search": _Path(
        ANSWERS[:1],
        {"application/json": _FOUND},
        [one.described() for one in (library.WORDS, library.LANG, library.LIMIT)],
        _ASKED,
    ),
    f"/id/{_REST}": _Path(THINGS, {}, (_LOCAL, library.LANG.described()), (*_ASKED, 404)),
    "/ontology": _Path(THINGS[:1], {}, (library.LANG.described(),)),
    "/context.jsonld": _Path((Offer("application/ld+json", None, ""),), {}),
    "/.well-known/void": _Path(GRAPHS, {}, (), _ASKED),
    "/openapi.json": _Path((Offer("application/json", None, ""),), {}),
    "/.well-known/api-catalog": _Path((Offer("application/linkset+json", None, ""),), {}),
    "/health": _Path(_PLAIN, {}),
    "/ready": _Path(_PLAIN, {}),
    "/metrics": _Path(_PLAIN, {}),
}


async def describe_interface(request: Request, _pool: Pool) -> Response:
    """What can be asked, as OpenAPI."""
    return JSONResponse(description(request.app.routes))


async def list_interfaces(request: Request, _pool: Pool) -> Response:
    """Where the descriptions are found, as a linkset."""
    site = str(request.url.replace(path="", query="", fragment=""))
    links = {
        "anchor": f"{site}/",
        "service-desc": [{"href": f"{site}/openapi.json", "type": "application/json"}],
        "describedby": [{"href": f"{site}/.well-known/void", "type": "text/turtle"}],
        "status": [{"href": f"{site}/health"}],
    }
    return JSONResponse({"linkset": [links]}, media_type="application/linkset+json")


def description(routes: Sequence[BaseRoute]) -> Json:
    """The description of these routes, so far as they are for programs."""
    paths: dict[str, Json] = {}
    known = [route for route in routes if isinstance(route, Route)]
    writable = any("PUT" in (route.methods or ()) for route in known)
    for route in known:
        if route.path in _PATHS:
            paths[route.path.replace(":path", "")] = dict(_operations(route, _PATHS[route.path], writable=writable))
        elif route.path == "/questions/{slug}":
            paths |= {f"/questions/{one.slug}": {"get": _question(one)} for one in catalogue()}
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "alliancekg",
            "version": version("alliancekg"),
            "summary": "A knowledge graph of alliances: SPARQL, graphs by name, questions and a search.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}} if writable else {},
            "schemas": {"Problem": _PROBLEM},
        },
    }


def _operations(route: Route, path: _Path, *, writable: bool) -> Iterator[tuple[str, Json]]:
    told = " ".join((route.endpoint.__doc__ or "").split()).removesuffix("Raises RefusedError.").strip()
    for method in sorted((route.methods or set()) - {"HEAD"}):
        operation: Json = {"operationId": f"{method.lower()}{route.path.partition('{')[0].replace('/', '_')}", "summary": told}
        if method == "GET":
            yield "get", {**operation, "parameters": list(path.parameters), "responses": _answered(path)}
        else:
            yield method.lower(), operation | _sent(route.path, method, path, writable=writable)


def _sent(path: str, method: str, read: _Path, *, writable: bool) -> Json:
    """What a method that has a body takes and gives."""
    if path == "/sparql":
        bodies: Json = {QUERY: {"schema": _TEXT}, FORM: {"schema": {"type": "object", "properties": {"query": _TEXT}}}}
        if writable:
            bodies |= {UPDATE: {"schema": _TEXT}}
        return {
            "parameters": list(read.parameters[1:]),
            "requestBody": {"required": True, "content": bodies},
            "security": [{}, *[{"token": []}] * writable],
            "responses": _answered(read) | {"204": {"description": "The update is done"}} | _refused((401, 422)),
        }
    operation: Json = {
        "parameters": list(read.parameters),
        "security": [{"token": []}],
        "responses": {
            "201": {"description": "There is a new graph"},
            "204": {"description": "The graph is changed"},
            **_refused((*_WRITTEN, 404)),
        },
    }
    if method != "DELETE":
        bodies = {media: {"schema": {}} for media in FORMATS} | {MULTIPART: {"schema": {"type": "object"}}}
        operation["requestBody"] = {"required": True, "content": bodies}
    return operation


def _question(asked: Question) -> Json:
    rows: Json = {
        "type": "object",
        "required": ["columns", "rows"],
        "properties": {
            "columns": {"type": "array", "items": _TEXT},
            "rows": {
                "type": "array",
                "items": {"type": "object", "properties": {one.name: _cell(one) for one in asked.columns}},
            },
        },
    }
    parameters = [*map(_parameter, asked.parameters), library.LANG.described(), library.FORMAT.described()]
    return {
        "operationId": f"question_{asked.slug.replace('-', '_')}",
        "summary": asked.title.en,
        "description": asked.description.en,
        "parameters": parameters,
        "responses": _answered(_Path(ANSWERS, {"application/json": rows}, refused=_ASKED)),
    }


def _parameter(one: Parameter) -> Json:
    schema: Json = {"type": "string", "pattern": r"\S"}
    if one.type is ParameterType.DATE:
        schema = {"type": "string", "pattern": rf"^{_DATE}(/{_DATE})?$"}
    if one.default:
        schema["default"] = one.default
    return _query(one.name, one.wording.en, schema, required=one.required)


def _cell(column: Column) -> Json:
    one = {ColumnType.NUMBER: ["number", "null"], ColumnType.VALUE: ["string", "number", "boolean", "null"]}
    types = one.get(column.type, ["string", "null"])
    schema: Json = {"type": [*types, "array"] if column.several else types}
    return {**schema, "description": column.wording.en}


_PROBLEM: Json = {
    "type": "object",
    "required": ["title", "status", "detail"],
    "properties": {"title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT},
}
_TOLD: Json = {
    "text/plain": {"schema": _TEXT},
    "text/html": {"schema": _TEXT},
    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
}


def _answered(path: _Path) -> Json:
    content = {offer.media: {"schema": path.schema.get(offer.media, {})} for offer in path.answers}
    return {
        "200": {"description": "The answer", "content": content},
        "303": {"description": "To a browser: the page where queries are written"},
        "304": {"description": "The client has it already (If-None-Match)"},
        **_refused(path.refused),
    }


def _refused(statuses: Sequence[int]) -> Json:
    return {str(status): {"description": HTTPStatus(status).phrase, "content": _TOLD} for status in sorted(statuses)}
