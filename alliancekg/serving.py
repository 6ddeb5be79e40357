"""A store as the endpoint sees it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.store.layout import Layout
from graph.store.ledger import opened
from graph.store.opening import OpenStore


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
