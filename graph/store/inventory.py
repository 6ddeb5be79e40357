"""What is in a store, in figures, and whether it is whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import GraphError
from graph.store.generation import damaged
from graph.store.layout import Layout
from graph.store.ledger import opened
from graph.store.opening import OpenStore
from graph.store.schema import FORMAT


@dataclass(frozen=True, slots=True)
class BuildDone:
    """One build: ISO 8601 times, the documents (identifiers) that it read and that it took out."""

    number: int
    started: str
    ended: str
    put: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a store holds. `claims` counts by standing, `size` is in bytes, `software` is the version of the last build."""

    format: int
    software: str
    documents: int
    entities: int
    claims: Mapping[str, int]
    facts: int
    held: int
    decisions: int
    triples: int
    size: int
    builds: tuple[BuildDone, ...]


def inventory(directory: Path) -> Inventory:
    """The figures of a store. Raises GraphError where there is none, or it is damaged."""
    with OpenStore(directory) as store, opened(store.layout.ledger) as ledger:
        documents, entities = ledger.counts()
        return Inventory(
            format=FORMAT,
            software=ledger.noted("software") or "",
            documents=documents,
            entities=entities,
            claims=ledger.claims(),
            facts=ledger.count_facts(),
            held=ledger.count_held(),
            decisions=len(ledger.decisions()),
            triples=len(store.graph),
            size=store.layout.size(),
            builds=tuple(
                BuildDone(number, started, ended, tuple(done["put"]), tuple(done["removed"]))
                for number, started, ended, done in ledger.builds()
            ),
        )


def damage(directory: Path) -> list[str]:
    """What is wrong with the files of a store, all of which are read; nothing where they are whole.

    Raises GraphError where the ledger is so damaged that it cannot be opened, or there is none.
    """
    layout = Layout(directory)
    layout.require()
    with opened(layout.ledger) as ledger:
        found = [f"{layout.ledger}: {what}" for what in ledger.damage()]
    try:
        with OpenStore(directory) as store:
            for _quad in store.graph:
                pass
    except RuntimeError as error:
        found.append(str(damaged(layout.graph(0).parent, error)))
    except GraphError as error:
        found.append(str(error))
    return found
