"""What the endpoint needs of a store; whoever starts it says where that comes from. All of it goes to other processes by pickle."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

import pyoxigraph as ox


class Opened(Protocol):
    """A graph open for reading; it stays as it is until it is closed."""

    @property
    def name(self) -> str:
        """Says which state of the store it is."""
        ...

    @property
    def graph(self) -> ox.Store: ...

    def close(self) -> None: ...


class Graphs(Protocol):
    """Where the graph comes from."""

    def open(self) -> Opened:
        """The present graph."""
        ...

    def present(self) -> str:
        """The `name` that `open` would give."""
        ...


class Session(Protocol):
    """What users wrote, while it is changed. Its methods refuse what would change anything else."""

    @property
    def own(self) -> ox.Store:
        """The quads of users alone."""
        ...

    def change(self, how: Callable[[ox.Store], None]) -> None:
        """Change them by what does not look at anything else."""
        ...

    def change_by_all(self, how: Callable[[ox.Store], None]) -> None:
        """Change them by what looks at all that the store holds."""
        ...

    def refuse_removal(self, quads: Iterable[ox.Quad]) -> None:
        """Refuse if one of them is there, and no user's."""
        ...

    def refuse_graph(self, graph: ox.NamedNode) -> None:
        """Refuse if a graph is no user's to change."""
        ...


class Change(Protocol):
    """Something to be changed in what users wrote."""

    def complete(self, fetch: Callable[[Any], Any]) -> Change:
        """The change with what it needs of other servers, which `fetch` asks. Raises RefusedError."""
        ...

    def apply(self, session: Session) -> bool:
        """Carry it out; whether it made a graph that was not there. Raises RefusedError."""
        ...


class Gate(Protocol):
    """The way into the store."""

    def write(self, change: Change, author: str) -> bool:
        """Carry out a change: it is on disk when this returns what `apply` gave. Raises RefusedError."""
        ...
