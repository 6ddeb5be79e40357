"""What a request may cost."""

from __future__ import annotations

from dataclasses import dataclass, replace

MB = 1_000_000
HEADERS = 16 * 1024  # bytes of a request before its body


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, rows and bytes of one request, how many run at once, and how many may wait for their turn.

    A request has `query` bytes at most, `body` bytes if it comes with the token. `memory` is what a process of the pool may take beyond what it starts with; `patience` how long a request waits for its turn,
    and how long its body may take to arrive.
    """

    seconds: float = 30
    rows: int = 1_000_000
    answer: int = 256 * MB
    query: int = 1 * MB
    body: int = 16 * MB
    memory: int = 2_000 * MB
    workers: int = 4
    waiting: int = 32
    patience: float = 20

    def for_anybody(self) -> Limits:
        """Those for who may not write."""
        return replace(self, body=min(self.query, self.body))


DEFAULT = Limits()
