"""What lies where in the directory of a store, who may write, and which graphs are still being read.

Locks are advisory ones of the operating system (flock): they vanish with the process that holds them, however it ends.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import GraphError

LEDGER = "ledger.sqlite"
_LOCK = "lock"
_GRAPHS = "graphs"
_IN_USE = ".in-use"


class Layout:
    """The paths of a store. Nothing is created before `writing`."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.ledger = directory / LEDGER

    def __str__(self) -> str:
        return str(self.directory)

    @property
    def exists(self) -> bool:
        return self.ledger.is_file()

    def require(self) -> None:
        """Raises GraphError where there is no store."""
        if not self.exists:
            raise GraphError("there is no store", where=str(self), todo="Make one with `alliancekg build --store`.")

    def graph(self, number: int) -> Path:
        return self.directory / _GRAPHS / str(number)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only one who writes, as long as the context lasts. Creates the directory.

        Raises GraphError where another process writes, or the directory cannot be made or is something else.
        """
        self._make()
        with (self.directory / _LOCK).open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise GraphError(
                    "another process is writing to this store", where=str(self), todo="Wait until it has ended."
                ) from error
            yield

    @contextmanager
    def reading(self, number: int) -> Iterator[Path]:
        """The directory of a graph, kept from being swept away as long as the context lasts.

        Raises FileNotFoundError where it is gone: then the ledger names another one by now.
        """
        directory = self.graph(number)
        with _shared(directory.with_suffix(_IN_USE)):
            if not directory.is_dir():
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(directory))
            yield directory

    def sweep(self, present: int | None) -> None:
        """Remove every graph but the present one, unless somebody still reads it. Only who writes may sweep."""
        for directory in self._graphs():
            if directory.name != str(present) and directory.is_dir():
                mark = directory.with_suffix(_IN_USE)
                with mark.open("a") as lock:
                    try:
                        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    except OSError:
                        continue
                    shutil.rmtree(directory)
                    mark.unlink(missing_ok=True)

    def size(self) -> int:
        """Bytes on disk; a file that two graphs share counts once."""
        seen: dict[tuple[int, int], int] = {}
        for root, _directories, files in os.walk(self.directory):
            for name in files:
                try:
                    status = os.stat(os.path.join(root, name))  # noqa: PTH116, PTH118 - a walk over many files
                except FileNotFoundError:
                    continue  # swept away meanwhile
                seen[status.st_dev, status.st_ino] = status.st_size
        return sum(seen.values())

    def next_number(self, present: int | None) -> int:
        """A number that no graph has borne, so that a reader never takes one graph for another."""
        borne = [int(path.name) for path in self._graphs() if path.name.isdigit()]
        return max([present or 0, *borne]) + 1

    def _graphs(self) -> list[Path]:
        graphs = self.directory / _GRAPHS
        return sorted(graphs.iterdir()) if graphs.is_dir() else []

    def _make(self) -> None:
        where = str(self)
        if self.directory.exists() and not self.directory.is_dir():
            raise GraphError("this is a file, and a store is a directory", where=where, todo="Give another name.")
        if self.directory.is_dir() and not self.exists and not self._started():
            raise GraphError("this directory is no store and not empty", where=where, todo="Give a new or an empty directory.")
        try:
            (self.directory / _GRAPHS).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise GraphError(f"the directory cannot be made: {error.strerror}", where=where) from error

    def _started(self) -> bool:
        """Whether nothing lies there but what a store that was just being made leaves behind."""
        ours = {_LOCK, _GRAPHS, *(LEDGER + end for end in ("", "-journal", "-wal", "-shm"))}
        return all(path.name in ours for path in self.directory.iterdir())


@contextmanager
def _shared(path: Path) -> Iterator[None]:
    try:
        lock = path.open("a")
    except OSError:  # a store that may only be read: nobody who could sweep it away writes here either
        yield
        return
    with lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield
