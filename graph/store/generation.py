"""The next graph while it is made: the present one's files linked into a new directory, then changed there.

Source: RocksDB checkpoints (hard links), through `Store.backup`; what the present graph's readers see never changes.
"""

from __future__ import annotations

import errno
import os
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from extract.model import Entity
from graph.describing import DESCRIPTIVE, encode_entity
from graph.errors import DISK_FULL, GraphError
from graph.graphs import BUILDS, DECISIONS, FACTS, HELD, within
from graph.identity import document_iri, entity_iri, term_iri
from ontology.terms import PREFIXES

_IN = term_iri("inDocument")
_DERIVED, _USED = (NamedNode(PREFIXES["prov"] + how) for how in ("wasDerivedFrom", "used"))
_DECIDES, _CORRECTED_TO = term_iri("decides"), term_iri("correctedTo")
_FEW = 20_000  # quads that are added in one transaction; more are written to files of their own
_MANY = 100_000  # quads that are kept in memory


class Generation:
    """A graph that is being made; nobody reads it yet."""

    def __init__(self, store: Store, *, fresh: bool = False) -> None:
        self.store, self._fresh = store, fresh
        self._waiting: list[Quad] = []

    def close(self) -> None:
        """Put all of it on disk and let go of the files, which then stay as they are."""
        self.settle()
        if self._fresh:
            self.store.optimize()  # a read then looks into one file, not into each that was written on the way
        self.store.flush()
        del self.store

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads, however many; they are there after `settle`."""
        self._waiting += quads
        if len(self._waiting) > _MANY:
            self.settle()

    def settle(self) -> None:
        """Write what waits to be added."""
        (self.store.extend if len(self._waiting) < _FEW else self.store.bulk_extend)(self._waiting)
        self._waiting = []

    def remove_document(self, identifier: str) -> None:
        """Remove what a document says, what of it is held back, and what was decided about it; not its facts (`remove_facts`).

        What waits to be added is not removed, here and below.
        """
        iri = document_iri(identifier)
        self.store.remove_graph(iri)
        for evidence in list(self._subjects(_IN, iri, HELD)):
            for held in list(self._subjects(_DERIVED, evidence, HELD)):
                self._remove_thing(held, HELD)
            self._remove_thing(evidence, HELD)
        for decision in list(self._subjects(_USED, iri, DECISIONS)):
            for about in (_DECIDES, _CORRECTED_TO):
                for quad in list(self.store.quads_for_pattern(decision, about, None, DECISIONS)):
                    self._remove_thing(quad.object, DECISIONS)  # type: ignore[arg-type] # a claim has an IRI
            self._remove_thing(decision, DECISIONS)
        for evidence in list(self._subjects(_IN, iri, DECISIONS)):
            self._remove_thing(evidence, DECISIONS)

    def add_decisions(self, triples: Iterable[Triple]) -> None:
        """What reviewers decided about a document; `remove_document` takes it away again."""
        self.add(within(DECISIONS, triples))

    def describe(self, entities: Iterable[Entity], gone: Iterable[str]) -> None:
        """Describe entities anew, and those no more (linked keys) that are gone. Facts about them stay."""
        described = list(entities)
        for key in (*gone, *(entity.key for entity in described)):
            self._undescribe(key)
        self.add(chain.from_iterable(within(FACTS, encode_entity(entity)) for entity in described))

    def add_builds(self, triples: Iterable[Triple]) -> None:
        self.add(within(BUILDS, triples))

    def add_facts(self, triples: Iterable[str]) -> None:
        self.add(_quads(triples))

    def remove_facts(self, triples: Iterable[str]) -> None:
        for quad in _quads(triples):
            self.store.remove(quad)

    def _undescribe(self, key: str) -> None:
        iri = entity_iri(key)
        for predicate in DESCRIPTIVE:
            for quad in list(self.store.quads_for_pattern(iri, predicate, None, FACTS)):
                self.store.remove(quad)

    def _subjects(self, predicate: NamedNode, told: NamedNode, graph: NamedNode) -> Iterator[NamedNode]:
        return (quad.subject for quad in self.store.quads_for_pattern(None, predicate, told, graph))  # type: ignore[misc]

    def _remove_thing(self, iri: NamedNode, graph: NamedNode) -> None:
        for quad in list(self.store.quads_for_pattern(iri, None, None, graph)):
            self.store.remove(quad)


@contextmanager
def generation(directory: Path, *, after: Path | None) -> Iterator[Generation]:
    """A new graph in `directory`, empty or with all that the graph `after` holds; on disk when the context ends well.

    Raises GraphError where the disk is full or the graph that it comes after is damaged.
    """
    try:
        if after is None:
            directory.mkdir(parents=True)
        else:
            Store.read_only(str(after)).backup(str(directory))
        into = Generation(Store(str(directory)), fresh=after is None)
        try:
            yield into
        except BaseException as error:
            traceback.clear_frames(error.__traceback__)  # their variables would hold the files open, which are to be swept away
            del into.store
            raise
        into.close()
    except OSError as error:
        raise _explained(error, directory) from error
    except RuntimeError as error:  # what RocksDB says of blocks that are not what was written
        raise damaged(after or directory, error) from error


def _explained(error: OSError, directory: Path) -> GraphError:
    said = " ".join(str(error).split())
    if error.errno == errno.ENOSPC or os.strerror(errno.ENOSPC) in said:
        return GraphError(DISK_FULL, where=str(directory), todo="Make room and run it again.")
    return GraphError(f"the graph cannot be written: {error.strerror or said}", where=str(directory))


def damaged(directory: Path, how: Exception | str) -> GraphError:
    """Why a graph cannot be read, and what to do: the ledger has all of which it was made."""
    said = " ".join(str(how).split())
    todo = "Remove this directory and run `alliancekg build --store` once more: it is made anew from the ledger."
    return GraphError(f"the graph is damaged: {said}", where=str(directory), todo=todo)


def files_of(directory: Path) -> dict[str, int]:
    """The files of a graph that are never written to again, with their sizes in bytes."""
    return {path.name: path.stat().st_size for path in sorted(directory.glob("*.sst"))}


def as_text(triple: Triple) -> str:
    """A triple as N-Triples, which the ledger keeps of facts."""
    return f"{triple.subject} {triple.predicate} {triple.object}"


def _quads(triples: Iterable[str]) -> Iterator[Quad]:
    text = "".join(f"{triple} .\n" for triple in triples)
    return (Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in parse(text, RdfFormat.N_TRIPLES))
