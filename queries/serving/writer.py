"""The one process that writes: it carries out one change after another, each within its time, and nothing is lost if it is killed."""

from __future__ import annotations

import asyncio
import hmac
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection

from starlette.requests import Request

from queries.serving.errors import RefusedError
from queries.serving.limits import MB, Limits
from queries.serving.pool import GoneError, Worker
from queries.serving.ports import Change, Gate
from queries.serving.reaching import Reach
from queries.serving.responding import client_of
from queries.serving.turns import Turns
from queries.serving.worker import Failed, bound_memory, failing, fetch, settle_in

_THREADS = 1_000 * MB  # what those of a store set aside when it is opened, which each change does


@dataclass(frozen=True, slots=True)
class Writing:
    """That the store may be written to: through what, and by whom."""

    gate: Gate
    token: str

    def is_by_writer(self, request: Request) -> bool:
        """Whether a request comes with the token. Source: RFC 6750, section 2.1."""
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode("latin-1"), self.token.encode())

    def authorise(self, request: Request) -> None:
        """Raises RefusedError (401) for a request without the token."""
        if not self.is_by_writer(request):
            raise RefusedError(401, "writing needs the token", todo="Send the header 'Authorization: Bearer TOKEN'.")


def main(way: Connection, gate: Gate, limits: Limits) -> None:
    """Carry out changes until there are none."""
    settle_in()
    bound_memory(limits.memory + _THREADS)
    way.send(None)
    while True:
        try:
            change, author = way.recv()
        except EOFError:
            return
        with failing(way):
            way.send(gate.write(change.complete(partial(fetch, way)), author))


class Writer:
    """The process that writes, and whose turn it is."""

    def __init__(self, gate: Gate, limits: Limits, reach: Reach) -> None:
        self._gate, self._limits, self._reach = gate, limits, reach
        self._turns = Turns(1, limits.waiting, limits.patience)
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._worker: Worker | None = None

    async def stop(self) -> None:
        """Let what is being written come to its end."""
        loop = asyncio.get_running_loop()
        if self._worker is not None:
            await loop.run_in_executor(self._threads, self._worker.end)
        self._threads.shutdown(wait=False)

    async def write(self, request: Request, change: Change) -> bool:
        """Carry out a change; whether it made a new graph. Raises RefusedError."""
        client = client_of(request)
        author = " ".join(request.headers.get("from", "").split())[:200] or f"whoever holds the token, at {client}"
        await self._turns.take(client)
        # A client that goes away does not stop what it began.
        return await asyncio.shield(self._written(change, author, client))

    async def _written(self, change: Change, author: str, client: str) -> bool:
        loop = asyncio.get_running_loop()
        try:
            answer = await loop.run_in_executor(self._threads, self._ask, change, author)
        finally:
            self._turns.give_back(client)
        if isinstance(answer, Failed):
            raise answer.error()
        return bool(answer)

    def _ask(self, change: Change, author: str) -> object:
        if self._worker is None:
            self._worker = Worker(main, self._gate, self._limits, self._reach)
        worker, seconds = self._worker, self._limits.seconds
        timer = threading.Timer(seconds, worker.kill)
        timer.start()
        try:
            return worker.ask((change, author))
        except GoneError:
            late, self._worker = worker.killed, None
            worker.end()
            if late:
                return Failed(
                    504, f"the change takes more than {seconds:g} seconds; nothing was changed", "", "Send less at a time."
                )
            return Failed(500, "the change brought its process down; nothing was changed", "", "Send less at a time.")
        finally:
            timer.cancel()
