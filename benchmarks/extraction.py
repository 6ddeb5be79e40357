"""Building a store from texts, beside GiNZA's default pipeline over the same texts, in one process and in two.

A user without this library would run `spacy.load("ja_ginza")` and start from there: no claims come of that, yet it takes its time.
What is timed is all of a build, from the files to the store, the model being loaded on both sides. Each round has texts of its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from alliancekg.keeping import keep
from alliancekg.reading import Extracts, entries_of
from benchmarks.harness import Contender, DifferingError, Measured, compare
from benchmarks.scale import QUICK, Scale
from benchmarks.texts import write
from extract.documents import load_document
from extract.model import Document, Extraction
from extract.parallel import THREADS, ParallelExtractor
from extract.pipeline import Extractor

if TYPE_CHECKING:
    from spacy.language import Language

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"  # texts of others, where they are there
PARAGRAPHS = 6  # of a generated document: some 1,100 characters
JOBS = 2


def run(scale: Scale) -> Iterator[Measured]:
    os.environ.update(dict.fromkeys(THREADS, "1"))  # one process is one processor's work on both sides
    each = -(-scale.documents // scale.rounds)
    with TemporaryDirectory() as directory:
        place = Path(directory)
        for number in range(scale.rounds):
            write(place / f"round {number}", each, paragraphs=PARAGRAPHS, first=number * each)
        rounds = [sorted((place / f"round {number}").glob("*.txt")) for number in range(scale.rounds)]
        yield from _measure(f"{each * scale.rounds} generated documents", rounds)
        if scale != QUICK and (corpus := sorted(CORPUS.glob("*.txt"))):
            yield from _measure(f"{len(corpus)} documents of the corpus", [corpus] * min(scale.rounds, 3))


def _measure(what: str, rounds: Sequence[Sequence[Path]]) -> Iterator[Measured]:
    """Round by round, each over its own documents, put together into one row for each kind of time."""
    found = [list(_round(what, paths)) for paths in rounds]
    for same in zip(*found, strict=True):
        samples = {name: [one.samples[name][0] for one in same] for name in same[0].samples}
        yield replace(same[0], samples=samples, notes={"characters": [one.notes["characters"] for one in same]})


def _round(what: str, paths: Sequence[Path]) -> Iterator[Measured]:
    one, several = _Builder(paths, _reader(1)), _Builder(paths, _reader(JOBS))
    yield from compare(
        "extraction",
        what,
        [
            Contender("build", one.build),
            Contender(f"build, {JOBS} processes", several.build),
            Contender("ja_ginza", lambda: _ginza(paths)),
        ],
        rounds=1,
        notes={"characters": sum(len(path.read_text(encoding="utf-8")) for path in paths)},
    )
    if one.readings != several.readings:
        raise DifferingError(f"{what}: one process and {JOBS} read different things")


class _Builder:
    """Builds a store of documents, and remembers what it read in them."""

    def __init__(self, paths: Sequence[Path], extractor: Extracts) -> None:
        self.paths, self.extractor = paths, extractor
        self.readings: list[Extraction] = []

    def build(self) -> object:
        """How many things there are, and how many claims of each standing."""
        self.readings = []
        with TemporaryDirectory() as store:
            summary = keep(self.paths, Path(store) / "store", extractor=self)
        return summary.entities, summary.claims

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for reading in self.extractor.extract(documents):
            self.readings.append(reading)
            yield reading


@cache
def _reader(jobs: int) -> Extracts:
    """What reads documents; in one process its model is loaded here, several load theirs whenever they start."""
    entries = entries_of(None)
    extractor: Extracts = ParallelExtractor(entries, jobs=jobs) if jobs > 1 else Extractor(entries)
    next(extractor.extract([Document("first", "日米両政府は協定に署名した。")]))
    return extractor


@cache
def _model() -> Language:
    """GiNZA as its documentation says to load it."""
    import spacy  # noqa: PLC0415 - it takes a second

    return spacy.load("ja_ginza")


def _ginza(paths: Sequence[Path]) -> None:
    """Paragraph by paragraph, which is faster than whole documents."""
    texts = [line for path in paths for line in load_document(path).text.splitlines() if line.strip()]
    for _ in _model().pipe(texts):
        pass
