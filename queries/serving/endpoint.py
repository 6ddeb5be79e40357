"""`/sparql` and `/store`: what is read of a request, what is written, and by whose leave."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from queries.serving import graph_store, sparql
from queries.serving.describing import describe_service
from queries.serving.errors import RefusedError
from queries.serving.limits import Limits
from queries.serving.media import GRAPHS, negotiate
from queries.serving.pages.viewing import PAGE
from queries.serving.pool import Pool
from queries.serving.updates import Update
from queries.serving.writer import Writer, Writing

READING, WRITING = ("GET", "HEAD"), ("PUT", "POST", "DELETE")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The two protocols over a pool of processes that read, and a process that writes where the server may be written to."""

    pool: Pool
    limits: Limits
    writing: Writing | None = None
    writer: Writer | None = None

    @property
    def store_methods(self) -> tuple[str, ...]:
        """What `/store` takes."""
        return READING if self.writing is None else READING + WRITING

    async def sparql(self, request: Request) -> Response:
        """A query, an update, or nothing: then the service describes itself, to programs. Raises RefusedError."""
        may_write = self.writing is not None and self.writing.is_by_writer(request)
        asked = await sparql.operation_of(request, self.limits if may_write else self.limits.for_anybody())
        if asked is None and negotiate(request.headers.get("accept"), (*GRAPHS, PAGE)) is PAGE:
            return RedirectResponse("/query", 303)  # people are led to where they can write one
        if asked is None:
            return describe_service(request, sparql.base_of(request), writable=self.writing is not None)
        if not asked.is_update:
            return await sparql.answer_query(request, self.pool, asked)
        writer = self._authorised(request)
        await writer.write(request, Update(asked.text, sparql.base_of(request), asked.default_graphs, asked.named_graphs))
        return Response(status_code=204)

    async def store(self, request: Request) -> Response:
        """A graph read or changed. Raises RefusedError."""
        if request.method in READING:
            return await graph_store.answer_graph(request, self.pool)
        return await graph_store.change_graph(request, self._authorised(request), self.limits)

    def _authorised(self, request: Request) -> Writer:
        """The way to write. Raises RefusedError where there is none, or not for this client."""
        if self.writing is None or self.writer is None:
            raise RefusedError(403, "this server only reads", todo="Start it with --writable to write.")
        self.writing.authorise(request)
        return self.writer
