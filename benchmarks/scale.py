"""How large a run is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """`triples` of the generated graphs, `documents` of the collections that are built, `clients` and `requests` of the endpoint."""

    rounds: int
    triples: tuple[int, ...]
    documents: int
    clients: tuple[int, ...]
    requests: int


FULL = Scale(rounds=5, triples=(100_000, 1_000_000, 10_000_000), documents=1000, clients=(1, 8, 32), requests=400)
QUICK = Scale(rounds=2, triples=(3_000,), documents=6, clients=(1, 2), requests=6)  # whether it works, no more
