"""From a job to a response: streamed, with a tag by which clients and caches need not fetch it twice."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections.abc import Mapping
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from queries.serving.errors import RefusedError
from queries.serving.pool import Pool, Running
from queries.serving.worker import Job

_log = logging.getLogger(__name__)


class Streamed(StreamingResponse):
    """An answer as it comes from its process, which is given back in the end, however that comes.

    What goes wrong when the answer has begun breaks the connection off, so that nobody takes a part for the whole; so does a
    client that does not take it in the time that a query has.
    """

    def __init__(self, running: Running, *, content_type: str, headers: Mapping[str, str]) -> None:
        super().__init__(running, headers={**headers, "Content-Type": content_type})
        self._running, self._seconds = running, running.seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with asyncio.timeout(self._seconds):
                await super().__call__(scope, receive, send)
        except* (RefusedError, TimeoutError) as errors:
            _log.info("an answer was broken off: %s", errors.exceptions[0])
        finally:
            await self._running.close()


def client_of(request: Request) -> str:
    """Who asks: the address, of IPv6 the network, in which one client has as many as it likes."""
    host = request.client.host if request.client else ""
    try:
        return str(ipaddress.IPv6Network((host, 64), strict=False)) if ":" in host else host
    except ValueError:
        return host


async def respond(request: Request, pool: Pool, job: Job, *, content_type: str, lasting: bool = True) -> Response:
    """The answer to a job. One that is `lasting` has a tag (ETag), good as long as the store stays as it is.

    Raises RefusedError where there is no answer.
    """
    headers = {"Vary": "Accept"}
    if not lasting:
        running = await _run(request, pool, job)
        return Streamed(running, content_type=content_type, headers={**headers, "Cache-Control": "no-store"})
    headers["Cache-Control"] = "no-cache"  # may be kept, but is asked after every time
    asked = sha256(f"{job!r} {content_type}".encode()).hexdigest()[:24]
    if same := _known(request, tag := f'W/"{pool.mark}-{pool.graphs.present()}-{asked}"'):
        return Response(status_code=304, headers={**headers, "ETag": same or tag})
    running = await _run(request, pool, job)
    return Streamed(running, content_type=content_type, headers={**headers, "ETag": f'W/"{pool.mark}-{running.state}-{asked}"'})


async def _run(request: Request, pool: Pool, job: Job) -> Running:
    """The job under way, given up when the client goes away. Raises RefusedError."""
    running = asyncio.ensure_future(pool.run(job, client_of(request)))
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({running, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        gone.cancel()
        if not running.done():
            running.cancel()
    try:
        return await running
    except asyncio.CancelledError:
        raise RefusedError(400, "the client went away") from None


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _known(request: Request, tag: str) -> str:
    """The tag, if the client says that it has what bears it (RFC 9110, section 13.1.2, by weak comparison); else nothing."""
    given = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    return tag if request.method in {"GET", "HEAD"} and ("*" in given or tag.removeprefix("W/") in given) else ""


# Headers that belong to a status. Whoever sent half a body is not asked for the other half.
STATUS_HEADERS = {
    401: {"WWW-Authenticate": "Bearer"},
    408: {"Connection": "close"},
    413: {"Connection": "close"},
    503: {"Retry-After": "5"},
}
