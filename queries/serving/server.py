"""The web server: uvicorn, stopped without breaking anything off."""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp

from queries.serving.connections import IDLE, Patient
from queries.serving.errors import RefusedError
from queries.serving.limits import HEADERS

_BACKLOG = 256


def run(
    app: ASGIApp, host: str, port: int, *, started: Callable[[str], None], grace: float = 30, proxies: tuple[str, ...] = ()
) -> None:
    """Serve until a signal ends it, then for `grace` seconds what is under way.

    Calls `started` with the address once it listens; believes the `proxies` whom they ask for. Raises RefusedError where it
    cannot listen.
    """
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
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        backlog=_BACKLOG,
        timeout_keep_alive=IDLE,
        timeout_graceful_shutdown=max(1, round(grace)),
        h11_max_incomplete_event_size=HEADERS,
    )
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # what clients do wrong is no warning
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, _ended)  # uvicorn raises what ended it once more when all is done
    with _listening(host, port) as listener:
        bound, taken = listener.getsockname()[:2]
        started(f"http://{f'[{bound}]' if ':' in bound else bound}:{taken}")
        server = uvicorn.Server(config)
        with suppress(SystemExit):  # which says nothing
            server.run(sockets=[listener])
    if not server.started:
        raise RefusedError(500, "the processes for queries do not start", todo="Give more --max-memory, or fewer --workers.")


def _ended(_number: int, _frame: object) -> None:
    """Nothing is left to do: the process ends with status 0."""


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
