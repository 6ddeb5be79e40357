"""The application: which path is answered by what."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import wraps

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from queries.errors import QueryError
from queries.serving.describing import describe_dataset
from queries.serving.endpoint import READING, Endpoint
from queries.serving.limits import Limits
from queries.serving.metrics import Metrics
from queries.serving.openapi import describe_interface, list_interfaces
from queries.serving.pages.routes import POSTED
from queries.serving.pages.routes import ROUTES as PAGES
from queries.serving.pages.viewing import refusal
from queries.serving.pool import Pool
from queries.serving.ports import Graphs
from queries.serving.reaching import Reach
from queries.serving.surroundings import Surroundings
from queries.serving.writer import Writer, Writing

Handler = Callable[[Request, Pool], Awaitable[Response]]


def application(
    graphs: Graphs,
    limits: Limits,
    writing: Writing | None = None,
    *,
    services: Iterable[str] = (),
    origins: Sequence[str] = ("*",),
) -> Starlette:
    """The endpoint over the graphs of a store, which may be written to if `writing` says how.

    Queries may ask the `services` (hosts, with a port where it is not that of the scheme); pages of the `origins` may ask here.
    """
    reach = Reach(frozenset(map(str.lower, services)), limits.body, limits.seconds)
    metrics, writer = Metrics(), Writer(writing.gate, limits, reach) if writing is not None else None
    endpoint = Endpoint(Pool(graphs, limits, reach), limits, writing, writer)
    return Starlette(
        routes=_routes(endpoint, metrics),
        middleware=_middleware(endpoint, metrics, origins),
        exception_handlers={QueryError: refusal, HTTPException: refusal},
        lifespan=_lifespan(endpoint),
    )


def _routes(endpoint: Endpoint, metrics: Metrics) -> list[Route]:
    def over(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        @wraps(handler)
        async def handle(request: Request) -> Response:
            return await handler(request, endpoint.pool)

        return handle

    async def measured(_request: Request, pool: Pool) -> Response:
        """Figures for Prometheus."""
        return metrics.response(pool)

    reading: dict[str, Handler] = {
        **PAGES,
        "/.well-known/void": describe_dataset,
        "/.well-known/api-catalog": list_interfaces,
        "/openapi.json": describe_interface,
        "/metrics": measured,
        "/health": _health,
        "/ready": _ready,
    }
    return [
        Route("/sparql", endpoint.sparql, methods=[*READING, "POST"]),
        Route("/store", endpoint.store, methods=endpoint.store_methods),
        Route("/store/{rest:path}", endpoint.store, methods=endpoint.store_methods),
        *(Route(path, over(handler), methods=[*READING, *["POST"] * (path in POSTED)]) for path, handler in reading.items()),
    ]


def _middleware(endpoint: Endpoint, metrics: Metrics, origins: Sequence[str]) -> list[Middleware]:
    return [
        Middleware(Surroundings, metrics=metrics),
        Middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=sorted({*endpoint.store_methods, "POST"}),
            allow_headers=["Accept", "Authorization", "Content-Type", "From", "If-Match", "If-None-Match"],
            expose_headers=["ETag", "Location", "Retry-After"],
        ),
        Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
    ]


def _lifespan(endpoint: Endpoint) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await endpoint.pool.start()
        yield
        await endpoint.pool.stop()
        if endpoint.writer is not None:
            await endpoint.writer.stop()

    return lifespan


async def _health(_request: Request, _pool: Pool) -> Response:
    """Whether the server runs."""
    return PlainTextResponse("ok\n")


async def _ready(_request: Request, pool: Pool) -> Response:
    """Whether it can answer queries."""
    return PlainTextResponse("ready\n") if pool.ready else PlainTextResponse("not ready\n", status_code=503)
