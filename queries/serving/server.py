"""The web server: uvicorn, with bounds on connections, headers and the time that they take to arrive."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from queries.serving.errors import RefusedError

_HEADERS = 16 * 1024  # bytes of a request before its body
_CONNECTIONS = 500
_BACKLOG = 256
_IDLE = 10  # seconds between two requests of a connection
_HEADERS_WITHIN = 10.0  # seconds for the first request to arrive, but for its body
_GRACE = 10  # seconds that requests under way have when the server is stopped


class Patient(H11Protocol):
    """A connection that is closed where nobody asks anything in time: uvicorn waits for ever for the first headers."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._hurry = self.loop.call_later(_HEADERS_WITHIN, self._close_if_silent)

    def connection_lost(self, exc: Exception | None) -> None:
        self._hurry.cancel()
        super().connection_lost(exc)

    def _close_if_silent(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.close()


def run(app: ASGIApp, host: str, port: int, *, started: Callable[[str], None]) -> None:
    """Serve until a signal ends it. Calls `started` with the address once it listens. Raises RefusedError where it cannot listen."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=Patient,
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=_CONNECTIONS,
        backlog=_BACKLOG,
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=_GRACE,
        h11_max_incomplete_event_size=_HEADERS,
    )
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    with _listening(host, port) as listener:
        bound, taken = listener.getsockname()[:2]
        started(f"http://{f'[{bound}]' if ':' in bound else bound}:{taken}")
        uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listener = socket.socket(family, kind, proto)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)  # whoever comes early waits
    except OSError as error:
        raise RefusedError(
            500, f"cannot listen at {host}:{port}: {error.strerror}", todo="Give another --host or --port."
        ) from error
    return listener
