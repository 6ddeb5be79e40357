"""Connections with an end: of those that say nothing, say it slowly, do not listen, or are too many."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from uvicorn.protocols.http.h11_impl import H11Protocol

IDLE = 10  # seconds between two requests of a connection, and for the next to arrive but for its body
_LISTEN = 30.0  # seconds within which a client has to take some of what it is sent
_MOST, _MOST_OF_ONE = 500, 250  # connections
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\nContent-Type: text/plain\r\n"
    b"Content-Length: 38\r\n\r\nthere are too many connections to it.\n"
)


class Patient(H11Protocol):
    """A connection that is closed where nobody asks anything in time, or takes what it asked for.

    uvicorn waits for ever for headers that have begun, for bodies that nobody wants any more, and for who does not read.
    """

    _hurry: asyncio.TimerHandle | None = None
    _unheard: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self._too_many():
            transport.write(_FULL)
            transport.close()
            return
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._hurry, self._unheard):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unheard = self._after(_LISTEN, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._unheard is not None:
            self._unheard.cancel()

    def _too_many(self) -> bool:
        one = sum(other.client is not None and self.client is not None and other.client[0] == self.client[0]
                  for other in self.connections if isinstance(other, Patient))  # fmt: skip
        return one > _MOST_OF_ONE or len(self.connections) > _MOST

    def _watch(self) -> None:
        """Let time run as long as no request is being answered."""
        if self.cycle is not None and not self.cycle.response_complete:
            if self._hurry is not None:
                self._hurry.cancel()
                self._hurry = None
        elif self._hurry is None:
            self._hurry = self._after(IDLE, self._close_if_idle)

    def _close_if_idle(self) -> None:
        self._hurry = None
        if (self.cycle is None or self.cycle.response_complete) and not self.transport.is_closing():
            self.transport.close()

    def _after(self, seconds: float, do: Callable[[], None]) -> asyncio.TimerHandle:
        return self.loop.call_later(seconds, do)
