"""Stores of generated documents, made once and kept under build/: as `alliancekg build --store` makes them, but for the reading."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from benchmarks.documents import documents
from graph.runs import Run
from graph.store.collection import Change, Outcome, writing
from graph.store.ledger import Kept
from graph.store.projecting import ENCODING
from graph.store.wire import digest_of

KEPT = Path("build/benchmarks")
_PER_DOCUMENT = 357  # triples


def store_of(triples: int, *, kept: Path = KEPT) -> Path:
    """The store of about so many triples; it is made where it is not there."""
    directory = kept / f"generated-{triples}-{ENCODING}"
    if not directory.exists():
        making = directory.with_suffix(".making")
        shutil.rmtree(making, ignore_errors=True)
        making.parent.mkdir(parents=True, exist_ok=True)
        make(making, max(2, triples // _PER_DOCUMENT))
        making.rename(directory)
    return directory


def make(directory: Path, count: int) -> Outcome:
    """Put so many documents into a store, as a build does with what it has read."""
    with writing(directory) as collection:
        kept = []
        for reading in documents(count):
            identifier, content = reading.document.identifier, digest_of(reading.document)
            collection.keep_reading(content, reading)
            kept.append(Kept(identifier, f"/generated/{identifier}", content, content))
        return collection.change(Change(put=kept, fingerprint=json.dumps("generated")), run=Run("generated", "none"))
