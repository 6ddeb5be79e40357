"""A store as the endpoint sees it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from alliancekg.reading import this_run
from graph.errors import GraphError
from graph.store.collection import Change as Build
from graph.store.collection import writing
from graph.store.layout import Layout
from graph.store.ledger import opened
from graph.store.opening import OpenStore
from graph.store.user_graphs import ProtectedError, ShapeError, UserGraphs
from queries.serving.errors import RefusedError
from queries.serving.ports import Change


class _Generation:
    """The present graph of a store, open."""

    def __init__(self, store: OpenStore) -> None:
        self._store = store

    @property
    def name(self) -> str:
        return str(self._store.number)

    @property
    def graph(self) -> ox.Store:
        return self._store.graph

    def close(self) -> None:
        self._store.close()


@dataclass(frozen=True)
class StoreGraphs:
    """The graphs of the store in a directory."""

    directory: Path

    def open(self) -> _Generation:
        return _Generation(OpenStore(self.directory))

    def present(self) -> str:
        with opened(Layout(self.directory).ledger) as ledger:
            return str(ledger.present)


@dataclass(frozen=True)
class StoreGate:
    """The way into the store in a directory, for what users write."""

    directory: Path

    def prepare(self) -> None:
        """Make the store where there is none. Raises GraphError."""
        if not Layout(self.directory).exists:
            with writing(self.directory) as collection:
                collection.change(Build(), run=this_run())

    def write(self, change: Change, author: str) -> bool:
        """Carry out a change; whether it made a graph. Raises RefusedError."""
        made = False

        def carry_out(users: UserGraphs) -> None:
            nonlocal made
            made = change.apply(users)

        try:
            with writing(self.directory) as collection:
                collection.write(carry_out, author=author)
        except GraphError as error:
            status = 403 if isinstance(error, ProtectedError) else 422 if isinstance(error, ShapeError) else 503
            raise RefusedError(status, error.what, where=error.where, todo=error.todo) from error
        return made
