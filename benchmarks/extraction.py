"""(1) and (2) Building a store from texts, beside GiNZA's default pipeline over the same texts, in one process and in two.

A user without this library would run `spacy.load("ja_ginza")` and start from there: no claims come of that, yet it takes its time.
What is timed is all of a build, from the files to the store, and the reading alone, the model being loaded on all sides. Each round has
texts of its own. Two processes are to be judged by the time that passes, on a machine that does nothing else.
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
from benchmarks import texts
from benchmarks.harness import Contender, DifferingError, Measured, compare, peak
from benchmarks.scale import QUICK, Scale
from extract.documents import load_document
from extract.model import Document, Extraction
from extract.parallel import AHEAD, THREADS, ParallelExtractor
from extract.pipeline import Extractor

if TYPE_CHECKING:
    from spacy.language import Language

SENTENCE = "日米両政府は協定に署名した。"
CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"  # texts of others, where they are there
PARAGRAPHS = 6  # of a generated document: some 1,100 characters
JOBS = 2
MANY = f"{JOBS} processes"
WARM = "warm "  # how the documents are called that are read before it counts


def run(scale: Scale) -> Iterator[Measured]:
    os.environ.update(dict.fromkeys(THREADS, "1"))  # one process is one processor's work on both sides
    each = -(-scale.documents // scale.rounds)
    with TemporaryDirectory() as directory:
        place = Path(directory)
        for number in range(scale.rounds):
            texts.write(place / f"round {number}", each, paragraphs=PARAGRAPHS, first=number * each)
        rounds = [sorted((place / f"round {number}").glob("*.txt")) for number in range(scale.rounds)]
        yield from _measure(f"{each * scale.rounds} generated documents", rounds)
        used = {"build": [peak(_built, rounds[0])[0]], "ja_ginza": [peak(_ginza, rounds[0])[0]]}
        yield Measured("extraction", f"{each} generated documents, peak memory, model included", "MB", used)
        if scale != QUICK and (corpus := sorted(CORPUS.glob("*.txt"))):
            yield from _measure(f"{len(corpus)} documents of the corpus", [corpus] * min(scale.rounds, 3))


def _measure(what: str, rounds: Sequence[Sequence[Path]]) -> Iterator[Measured]:
    """Round by round, each over its own documents, put together into one row for each kind of time."""
    found = [list(_round(what, paths)) for paths in rounds]
    for same in zip(*found, strict=True):
        samples = {name: [one.samples[name][0] for one in same] for name in same[0].samples}
        yield replace(same[0], samples=samples, notes={"characters": [one.notes["characters"] for one in same]})


def _round(what: str, paths: Sequence[Path]) -> Iterator[Measured]:
    warm = Warm(JOBS)
    one, several, alone, both = (_Builder(paths, extractor) for extractor in (reader(), warm, reader(), warm))
    elapsed, processor = compare(
        "extraction",
        what,
        [
            Contender("build", one.build),
            Contender(f"build, {MANY}", several.build, warm.load),
            Contender("reading alone", alone.read),
            Contender(f"reading alone, {MANY}", both.read, warm.load),
            Contender("ja_ginza", lambda: _ginza(paths)),
        ],
        rounds=1,
        notes={"characters": sum(len(path.read_text(encoding="utf-8")) for path in paths)},
    )
    yield elapsed
    # What processes had of the processor is known when they end, with the loading of their models.
    yield replace(processor, samples={name: taken for name, taken in processor.samples.items() if MANY not in name})
    if not one.readings == several.readings == alone.readings == both.readings:
        raise DifferingError(f"{what}: one process and {JOBS} read different things")


def _built(paths: Sequence[Path]) -> object:
    return _Builder(paths, reader()).build()


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

    def read(self) -> None:
        self.readings = []
        for _ in self.extract(load_document(path) for path in self.paths):
            pass

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for reading in self.extractor.extract(documents):
            self.readings.append(reading)
            yield reading


class Warm:
    """Several processes that have loaded their models, of which each has read something, before any document is given to them."""

    def __init__(self, jobs: int) -> None:
        self.ahead = jobs * AHEAD
        self.extractor = ParallelExtractor(entries_of(None), jobs=jobs)
        self.given: Iterable[Document] = ()
        self.readings: Iterator[Extraction] = iter(())

    def load(self) -> None:
        self.readings = self.extractor.extract(self._documents())
        for _ in range(self.ahead):
            next(self.readings)

    def _documents(self) -> Iterator[Document]:
        """As many to warm up on as are under way at once, and as many short ones: so none is asked for that is to be timed."""
        yield from (Document(f"{WARM}{number}", texts.document(-1 - number)) for number in range(self.ahead))
        yield from (Document(f"{WARM}short {number}", SENTENCE) for number in range(self.ahead))
        yield from self.given

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        self.given = documents
        return (reading for reading in self.readings if not reading.document.identifier.startswith(WARM))


@cache
def reader() -> Extracts:
    """What reads documents in this process, its model loaded."""
    extractor = Extractor(entries_of(None))
    next(extractor.extract([Document("first", SENTENCE)]))
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
