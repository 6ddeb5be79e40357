"""The application: which path is answered by what."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from queries.errors import QueryError
from queries.serving import graph_store, library, sparql
from queries.serving.errors import RefusedError
from queries.serving.limits import Limits
from queries.serving.pool import Pool
from queries.serving.responding import refusal
from queries.serving.surroundings import Surroundings
from queries.serving.worker import Graphs

_READING = ["GET", "HEAD"]
Handler = Callable[[Request, Pool], Awaitable[Response]]


def application(graphs: Graphs, limits: Limits) -> Starlette:
    """The endpoint over the graphs of a store."""
    pool = Pool(graphs, limits)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await pool.start()
        yield
        await pool.stop()

    def with_pool(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def handle(request: Request) -> Response:
            return await handler(request, pool)

        return handle

    return Starlette(
        routes=[
            Route("/sparql", with_pool(_sparql), methods=[*_READING, "POST"]),
            Route("/store", with_pool(graph_store.answer_graph), methods=_READING),
            Route("/store/{rest:path}", with_pool(graph_store.answer_graph), methods=_READING),
            Route("/questions", library.list_questions, methods=_READING),
            Route("/questions/{slug}", with_pool(library.answer_question), methods=_READING),
            Route("/search", with_pool(library.search), methods=_READING),
            Route("/health", _health, methods=_READING),
            Route("/ready", with_pool(_ready), methods=_READING),
        ],
        middleware=[
            Middleware(Surroundings),
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "HEAD", "POST"],
                allow_headers=["Accept", "Content-Type", "If-None-Match"],
                expose_headers=["ETag", "Retry-After"],
            ),
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
        ],
        exception_handlers={QueryError: refusal},
        lifespan=lifespan,
    )


async def _sparql(request: Request, pool: Pool) -> Response:
    asked = await sparql.operation_of(request, pool)
    if asked is None:
        raise RefusedError(400, "the request has no query", todo="Add ?query=….")
    if asked.is_update:
        raise RefusedError(403, "this server only reads", todo="Start it with --writable to write.")
    return await sparql.answer_query(request, pool, asked)


def _health(_request: Request) -> Response:
    return PlainTextResponse("ok\n")


async def _ready(_request: Request, pool: Pool) -> Response:
    return PlainTextResponse("ready\n") if pool.ready else PlainTextResponse("not ready\n", status_code=503)
