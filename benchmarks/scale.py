"""How large a run is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """`triples` of the generated graphs, `documents` of the collections that are built, `clients` and `requests` of the endpoint.

    `patience` is how many seconds rdflib may take for a question, `turn` how many a turn of a quick contender is to last at least.
    """

    rounds: int
    triples: tuple[int, ...]
    documents: int
    clients: tuple[int, ...]
    requests: int
    patience: float
    turn: float


FULL = Scale(
    rounds=5, triples=(100_000, 1_000_000, 10_000_000), documents=1000, clients=(1, 8, 32), requests=400, patience=10, turn=0.05
)
# Whether it works, no more.
QUICK = Scale(rounds=1, triples=(10_000,), documents=6, clients=(1, 2), requests=6, patience=0.05, turn=0)
