"""The application: which path is answered by what."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from queries.errors import QueryError
from queries.serving import graph_store, sparql
from queries.serving.describing import describe_dataset, describe_service
from queries.serving.errors import RefusedError
from queries.serving.limits import Limits
from queries.serving.metrics import Metrics
from queries.serving.pages.routes import POSTED, ROUTES
from queries.serving.pages.viewing import refusal
from queries.serving.pool import Pool
from queries.serving.ports import Graphs
from queries.serving.surroundings import Surroundings
from queries.serving.updates import Update
from queries.serving.writer import Writer, Writing

_READING, _WRITING = ["GET", "HEAD"], ["PUT", "POST", "DELETE"]
Handler = Callable[[Request, Pool], Awaitable[Response]]


def application(graphs: Graphs, limits: Limits, writing: Writing | None = None) -> Starlette:
    """The endpoint over the graphs of a store, which may be written to if `writing` says how."""
    pool = Pool(graphs, limits)
    metrics, writable = Metrics(), writing is not None
    writer = Writer(writing.gate, limits) if writing is not None else None

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await pool.start()
        yield
        await pool.stop()
        if writer is not None:
            await writer.stop()

    def with_pool(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def handle(request: Request) -> Response:
            return await handler(request, pool)

        return handle

    async def on_sparql(request: Request) -> Response:
        asked = await sparql.operation_of(request, limits)
        if asked is None:
            return describe_service(request, sparql.base_of(request), writable=writable)
        if not asked.is_update:
            return await sparql.answer_query(request, pool, asked)
        if writing is None or writer is None:
            raise RefusedError(403, "this server only reads", todo="Start it with --writable to write.")
        writing.authorise(request)
        await writer.write(request, Update(asked.text, sparql.base_of(request), asked.default_graphs, asked.named_graphs))
        return Response(status_code=204)

    async def on_store(request: Request) -> Response:
        if request.method in _READING:
            return await graph_store.answer_graph(request, pool)
        assert writing is not None
        assert writer is not None
        writing.authorise(request)
        return await graph_store.change_graph(request, writer, limits)

    return Starlette(
        routes=[
            Route("/sparql", on_sparql, methods=[*_READING, "POST"]),
            Route("/store", on_store, methods=_READING + _WRITING * writable),
            Route("/store/{rest:path}", on_store, methods=_READING + _WRITING * writable),
            *(
                Route(path, with_pool(handler), methods=[*_READING, *["POST"] * (path in POSTED)])
                for path, handler in ROUTES.items()
            ),
            Route("/.well-known/void", with_pool(describe_dataset), methods=_READING),
            Route("/metrics", lambda _request: metrics.response(pool), methods=_READING),
            Route("/health", _health, methods=_READING),
            Route("/ready", with_pool(_ready), methods=_READING),
        ],
        middleware=[
            Middleware(Surroundings, metrics=metrics),
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "HEAD", "POST", *_WRITING * writable],
                allow_headers=["Accept", "Authorization", "Content-Type", "From", "If-None-Match"],
                expose_headers=["ETag", "Location", "Retry-After"],
            ),
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
        ],
        exception_handlers={QueryError: refusal, HTTPException: refusal},
        lifespan=lifespan,
    )


def _health(_request: Request) -> Response:
    return PlainTextResponse("ok\n")


async def _ready(_request: Request, pool: Pool) -> Response:
    return PlainTextResponse("ready\n") if pool.ready else PlainTextResponse("not ready\n", status_code=503)
