"""The process in which queries run: it takes one job after another and gives back bytes.

What a query does to it (a crash, all of its time, all of its memory) costs that query alone.
"""

from __future__ import annotations

import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Protocol

import pyoxigraph as ox

from queries.errors import QueryError
from queries.malformed import explain
from queries.serving.errors import RefusedError
from queries.serving.isolation import end_with_parent, no_network
from queries.serving.limits import Limits
from queries.serving.ports import Graphs, Opened

_PIECE = 64 * 1024


class Job(Protocol):
    """Something to be answered from the graph; goes by pickle."""

    def run(self, store: ox.Store, out: Out) -> None:
        """Write the answer. Raises RefusedError or QueryError where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Head:
    """What comes before the bytes: the state of the store that they are about."""

    state: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is no answer, or no more of it."""

    status: int
    what: str
    where: str = ""
    todo: str = ""

    def error(self) -> RefusedError:
        return RefusedError(self.status, self.what, where=self.where, todo=self.todo)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something of another server: what is at an address, or its answer to a query."""

    url: str
    accept: str
    query: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the other server said."""

    media: str
    body: bytes


Message = Head | bytes | Failed | Wanted | bool | None  # None: it is all there


def fetch(way: Connection, wanted: Wanted) -> Fetched:
    """Ask the process at the other end to ask another server. Raises RefusedError."""
    way.send(wanted)
    said: Fetched | Failed = way.recv()
    if isinstance(said, Failed):
        raise said.error()
    return said


class Out:
    """Takes the bytes of an answer and passes them on in pieces, as a binary file would.

    Nothing is passed on before a piece is full, so that what goes wrong early has a status of its own.
    """

    def __init__(self, way: Connection, state: str, limits: Limits) -> None:
        self._way, self._state, self._limits = way, state, limits
        self._waiting = bytearray()
        self._begun = False
        self._written = 0

    def write(self, some: bytes) -> int:
        """Raises RefusedError where the answer grows too long."""
        self._written += len(some)
        if self._written > self._limits.answer:
            raise RefusedError(
                400, f"the answer has more than {self._limits.answer:,} bytes", todo="Ask for less, or by LIMIT and OFFSET."
            )
        self._waiting += some
        if len(self._waiting) >= _PIECE:
            self._pass_on()
        return len(some)

    def flush(self) -> None:
        """Nothing to do: a piece goes when it is full."""

    def fetch(self, wanted: Wanted) -> Fetched:
        """What another server says. Raises RefusedError."""
        return fetch(self._way, wanted)

    @property
    def rows(self) -> int:
        """The most rows that an answer may have."""
        return self._limits.rows

    def close(self) -> None:
        self._pass_on()
        self._way.send(None)

    def _pass_on(self) -> None:
        if not self._begun:
            self._way.send(Head(self._state))
            self._begun = True
        if self._waiting:
            self._way.send(bytes(self._waiting))
            self._waiting.clear()


def main(way: Connection, graphs: Graphs, limits: Limits) -> None:
    """Answer jobs until there are none."""
    settle_in()
    opened = graphs.open()
    bound_memory(limits.memory)  # behind what the threads of the store have set aside
    way.send(None)
    while True:
        try:
            job: Job = way.recv()
        except EOFError:
            return
        if graphs.present() != opened.name:
            opened.close()
            opened = graphs.open()
        _answer(job, opened, way, limits)


def _answer(job: Job, opened: Opened, way: Connection, limits: Limits) -> None:
    out = Out(way, opened.name, limits)
    with failing(way):
        job.run(opened.graph, out)
        out.close()


@contextmanager
def failing(way: Connection) -> Iterator[None]:
    """Say to the other end why there is no answer."""
    try:
        yield
    except RefusedError as error:
        way.send(Failed(error.status, error.what, error.where, error.todo))
    except QueryError as error:
        way.send(Failed(400, error.what, error.where, error.todo))
    except BrokenPipeError:
        sys.exit()
    except (OSError, RuntimeError, ValueError) as error:
        way.send(Failed(400, " ".join(f"it could not be run: {error}".split())[:300]))


@contextmanager
def explained(sparql: str) -> Iterator[None]:
    """Says of a query that cannot be parsed where it goes wrong. Raises RefusedError."""
    try:
        yield
    except SyntaxError as error:
        raise RefusedError(400, explain(error, sparql)) from error


def settle_in() -> None:
    """Leave signals to whoever started this process, end with it, and reach nobody.

    A service manager tells all processes at once to end; what is under way is to be finished nevertheless.
    """
    end_with_parent()
    no_network()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.SIG_IGN)


def bound_memory(most: int) -> None:
    """Let this process take so many bytes more than it has, and leave no dump of it if it wants more."""
    with open("/proc/self/statm", encoding="ascii") as told:  # noqa: PTH123 - no file of anybody's
        used = int(told.read().split()[0]) * resource.getpagesize()
    for kind, bound in ((resource.RLIMIT_AS, used + most), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))
