"""What goes with every response: headers for safety, and a line in the log that holds no secret."""

from __future__ import annotations

import json
import logging
import time
from datetime import UTC, datetime

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from queries.serving.limits import HEADERS
from queries.serving.metrics import Metrics

access = logging.getLogger("queries.serving.access")
_SAFE = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class Surroundings:
    """Headers that a response does not have itself, and the access log: JSON, a line for each request.

    Requests that proxies may take for other ones, or with too long a head, go no further.

    Neither queries nor parameters nor tokens are logged, only the path.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, told = time.monotonic(), {"status": 0, "bytes": 0}

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                told["status"] = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in _SAFE.items():
                    headers.setdefault(name, value)
            else:
                told["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            await (_refused(scope) or self._app)(scope, receive, sent)
        finally:
            self._metrics.note(scope["method"], told["status"], time.monotonic() - started)
            client = scope.get("client")
            line = {
                "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "client": client[0] if client else "",
                "method": scope["method"],
                "path": scope["path"],
                **told,
                "ms": round((time.monotonic() - started) * 1000, 1),
            }
            access.info("%s", json.dumps(line))


def _refused(scope: Scope) -> Response | None:
    """What a request meets whose head cannot be taken, else nothing. Source: RFC 9112, section 6.3; RFC 6585 (431)."""
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    close = {"Connection": "close"}
    if {b"transfer-encoding", b"content-length"} <= {name for name, _ in headers}:
        return PlainTextResponse("the request says twice how long it is\n", 400, close)
    size = (
        sum(len(name) + len(value) for name, value in headers) + len(scope.get("raw_path") or b"") + len(scope["query_string"])
    )
    if size > HEADERS:
        return PlainTextResponse(f"the head of the request has more than {HEADERS:,} bytes\n", 431, close)
    return None
