"""What each stage of a build costs for one document, and what a document takes on disk: for sums about many machines (docs/scale.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from alliancekg.extracting import extractor_here
from alliancekg.keeping import keep
from alliancekg.reading import entries_of
from benchmarks import texts
from benchmarks.harness import Measured, processor_seconds
from benchmarks.scale import Scale
from extract.documents import load_document
from extract.model import Document, Extraction
from graph.linking import link


class Again:
    """Gives readings that were made before."""

    def __init__(self, readings: Iterable[Extraction]) -> None:
        self._readings = {reading.document.identifier: reading for reading in readings}

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        return (self._readings[document.identifier] for document in documents)


def run(scale: Scale) -> Iterator[Measured]:
    """Each round has documents of its own; the reading is what the others are compared with."""
    count = max(scale.documents // scale.rounds, 2)
    extractor = extractor_here(entries_of(None), (), lambda _characters: None)
    list(extractor.extract([Document("warm.txt", texts.document(-1))]))
    spent: dict[str, list[float]] = defaultdict(list)
    sizes: dict[str, float] = {}

    @contextmanager
    def timed(stage: str) -> Iterator[None]:
        used = processor_seconds()
        yield
        spent[stage].append(1000 * (processor_seconds() - used) / count)

    for number in range(scale.rounds):
        with TemporaryDirectory() as directory:
            place, store = Path(directory) / "documents", Path(directory) / "store"
            paths = texts.write(place, count, first=number * count)
            with timed("load"):
                documents = [load_document(path) for path in paths]
            with timed("read"):
                readings = list(extractor.extract(documents))
            with timed("link"):
                link(readings)
            with timed("keep"):
                keep([place], store, extractor=Again(readings))
            sizes = {
                "characters": sum(len(document.text) for document in documents) / count,
                "claims": sum(len(reading.claims) for reading in readings) / count,
                "ledger_bytes": (store / "ledger.sqlite").stat().st_size / count,
                "graph_bytes": sum(file.stat().st_size for file in (store / "graphs").rglob("*.sst")) / count,
            }
    order = ("load", "link", "keep", "read")
    yield Measured("stages", f"one document of {count}", "ms of the processor", {stage: spent[stage] for stage in order}, sizes)
