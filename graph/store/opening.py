"""A store open for reading: the present graph, held against being swept away while it is read."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Self

from pyoxigraph import Store

from graph.errors import GraphError
from graph.store.generation import damaged, files_of
from graph.store.layout import Layout
from graph.store.ledger import never_finished, opened

_TRIES = 5  # each of them fails only where a build ended meanwhile


class OpenStore:
    """The graph that was the present one when it was opened; it stays as it is while builds go on.

    `graph` is the pyoxigraph store, read-only; `number` says which graph it is. To be closed, or used as a context.
    """

    def __init__(self, directory: Path) -> None:
        self.layout = Layout(directory)
        self._held = ExitStack()
        self.number = 0
        self.graph = self._open()

    def close(self) -> None:
        """Let go of the graph; what was read from it stays good."""
        del self.graph
        self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _open(self) -> Store:
        self.layout.require()
        for _ in range(_TRIES):
            number, files = self._present()
            try:
                directory = self._held.enter_context(self.layout.reading(number))
                if files_of(directory) != files:
                    raise damaged(directory, "files are missing or cut off")
                self.number = number
                return Store.read_only(str(directory))
            except FileNotFoundError:
                continue
            except (OSError, RuntimeError) as error:
                raise damaged(self.layout.graph(number), error) from error
        raise GraphError("the graph that the ledger names is not there", where=str(self.layout), todo="Run its build again.")

    def _present(self) -> tuple[int, dict[str, int]]:
        with opened(self.layout.ledger) as ledger:
            if ledger.present is None:
                raise never_finished(self.layout.directory)
            return ledger.present, ledger.files or {}
