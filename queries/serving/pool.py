"""The processes in which jobs run, and an end to each in time.

A process that is too slow, or that a job brought down, is killed and replaced; nothing else ends a query that runs.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from secrets import token_hex

from queries.serving.errors import RefusedError
from queries.serving.limits import Limits
from queries.serving.ports import Change, Gate, Graphs
from queries.serving.reaching import Reach
from queries.serving.turns import Turns
from queries.serving.worker import Failed, Head, Job, Message, Wanted, main

_log = logging.getLogger(__name__)
_spawn = multiprocessing.get_context("spawn")  # a fork would take threads and open connections of the server with it
_START = 60.0  # seconds that starting a process may take


class GoneError(Exception):
    """The process ended without an answer."""


class Worker:
    """A process that does what it is asked, one thing after another. All methods but `kill` wait, and are called in threads.

    `main` is what runs in it: it says None when it is ready.
    """

    def __init__(self, main: Callable[..., None], source: Graphs | Gate, limits: Limits, reach: Reach) -> None:
        self._reach = reach
        self._way, theirs = _spawn.Pipe()
        self._process = _spawn.Process(target=main, args=(theirs, source, limits), daemon=True)
        self._process.start()
        theirs.close()
        self.killed = False
        if not self._way.poll(_START):
            self.end()
            raise GoneError("a process for queries does not start")
        self.receive()

    def ask(self, job: Job | tuple[Change, str]) -> Message:
        """Give it a job; what it says first."""
        try:
            self._way.send(job)
        except OSError as error:
            raise GoneError("the process is gone") from error
        return self.receive()

    def receive(self) -> Message:
        """What it says next, but for what it wants of other servers. Raises GoneError where the process ended."""
        try:
            message: Message = self._way.recv()
            while isinstance(message, Wanted):
                self._way.send(self._reach.answer(message))
                message = self._way.recv()
        except (EOFError, OSError) as error:
            raise GoneError("the process is gone") from error
        return message

    def kill(self) -> None:
        """End it, whatever it does; whoever waits for it learns so."""
        self.killed = True
        self._process.kill()

    def end(self) -> None:
        self.kill()
        self._process.join()
        self._way.close()


class Running:
    """A job that is being answered: its bytes are there to be iterated over, once. To be closed, whatever happens."""

    def __init__(self, pool: Pool, worker: Worker, client: str) -> None:
        self._pool, self._worker, self._client = pool, worker, client
        self._timer = asyncio.get_running_loop().call_later(pool.limits.seconds, worker.kill)
        self._done = self._closed = False
        self.state, self.seconds = "", pool.limits.seconds

    async def begin(self, job: Job) -> None:
        """Raises RefusedError where there is no answer, or none in time."""
        first = await self._hear(self._worker.ask, job)
        if isinstance(first, Failed):
            self._done = True
            raise first.error()
        assert isinstance(first, Head)
        self.state = first.state

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            message = await self._hear(self._worker.receive)
            if isinstance(message, bytes):
                yield message
                continue
            self._done = True
            if isinstance(message, Failed):
                raise message.error()
            return

    async def close(self) -> None:
        """Give the process back, or have it replaced where it is not at the end of its job."""
        if not self._closed:
            self._closed = True
            self._timer.cancel()
            await asyncio.shield(self._pool.take_back(self._worker, self._client, sound=self._done and not self._worker.killed))

    async def _hear(self, ask: Callable[..., Message], *arguments: Job) -> Message:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool.threads, ask, *arguments)
        except GoneError as error:
            if self._worker.killed:
                seconds = self._pool.limits.seconds
                raise RefusedError(
                    504, f"the query takes more than {seconds:g} seconds", todo="Ask for less at a time."
                ) from error
            raise RefusedError(
                500, "the query brought its process down, most likely by its memory", todo="Ask for less."
            ) from error


class Pool:
    """The processes and who has which. To be started and stopped within an event loop."""

    def __init__(self, graphs: Graphs, limits: Limits, reach: Reach) -> None:
        self.limits, self.graphs, self._reach = limits, graphs, reach
        self.turns = Turns(limits.workers, limits.waiting, limits.patience)
        self.threads = ThreadPoolExecutor(2 * limits.workers + 2, thread_name_prefix="pool")
        self.replaced = 0
        self.mark = token_hex(4)  # of this run: another store may come to the same state by number
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self._ready = False

    async def start(self) -> None:
        """Raises GoneError where no process can be started."""
        self._idle = list(await asyncio.gather(*(self._new() for _ in range(self.limits.workers))))
        self._ready = True

    async def stop(self) -> None:
        """End all processes, whatever they do."""
        self._ready = False
        while self._all:
            self._all.pop().end()
        self.threads.shutdown(wait=False)

    @property
    def ready(self) -> bool:
        return self._ready

    async def run(self, job: Job, client: str) -> Running:
        """A job under way. Raises RefusedError where it has no answer, or no process is free in time."""
        await self.turns.take(client)
        running = Running(self, self._idle.pop(), client)
        try:
            await running.begin(job)
        except BaseException:
            await running.close()
            raise
        return running

    async def read(self, job: Job, client: str) -> bytes:
        """The whole answer of a job."""
        running = await self.run(job, client)
        try:
            return b"".join([piece async for piece in running])
        finally:
            await running.close()

    async def take_back(self, worker: Worker, client: str, *, sound: bool) -> None:
        if not sound:
            self.replaced += 1
            worker.kill()
            if not self._ready:
                return
            self._all.discard(worker)
            await asyncio.get_running_loop().run_in_executor(self.threads, worker.end)
            worker = await self._new()
        self._idle.append(worker)
        self.turns.give_back(client)

    async def _new(self) -> Worker:
        """Raises GoneError where none can be started at the beginning; later on it is tried until one can."""
        while True:
            try:
                made = await asyncio.get_running_loop().run_in_executor(
                    self.threads, Worker, main, self.graphs, self.limits, self._reach
                )
            except GoneError:
                if not self._ready:
                    raise
                _log.exception("a process for queries does not start")
                await asyncio.sleep(1)
            else:
                self._all.add(made)
                return made
