"""How large a run is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """`triples` of the generated graphs, `documents` that are read in all rounds together, `clients` and `requests` of the endpoint.

    `collection` is how many documents the store has that is brought up to date, `growing` how many those have whose memory is compared.
    `patience` is how many seconds rdflib may take for a question, `most` how many any engine may at sizes that are asked for by name,
    `turn` how many a turn of a quick contender is to last at least.
    """

    rounds: int
    triples: tuple[int, ...]
    documents: int
    collection: int
    growing: tuple[int, ...]
    clients: tuple[int, ...]
    requests: int
    patience: float
    most: float
    turn: float


# Some half an hour on a machine that has nothing else to do.
FULL = Scale(
    rounds=5,
    triples=(100_000, 1_000_000),
    documents=250,
    collection=1000,
    growing=(300, 3000),
    clients=(1, 8, 32),
    requests=400,
    patience=3,
    most=120,
    turn=0.05,
)
# Whether it works, no more.
QUICK = Scale(
    rounds=1,
    triples=(10_000,),
    documents=6,
    collection=6,
    growing=(2, 6),
    clients=(1, 2),
    requests=6,
    patience=0.05,
    most=10,
    turn=0,
)
