"""What one more document costs a store of a thousand, against that document alone; and a build where nothing has changed.

    python benchmarks/adding_one.py [DOCUMENTS] [ROUNDS]

The thousand are made of the readings of `examples/`, half of their names varied from document to document. Each figure is of a
whole process, alternating with the one that it is compared with; processor time (user and system) as well as elapsed time.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from alliancekg.extracting import extractor_here
from alliancekg.keeping import keep
from alliancekg.reading import entries_of
from extract.documents import load_document
from extract.model import Document, Extraction

EXAMPLES = Path(__file__).parent.parent / "examples"
BUILD = [sys.executable, "-c", "import sys; from alliancekg.cli import main; main()", "build"]


class Copied:
    """Readings of the examples in the place of those of the documents, in turn, with other names."""

    def __init__(self) -> None:
        documents = [load_document(path) for path in sorted(EXAMPLES.glob("*.txt"))]
        self.readings = list(extractor_here(entries_of(None), (), lambda _characters: None).extract(documents))
        self.random = random.Random(1)

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for document in documents:
            at = int(Path(document.identifier).stem)
            reading = self.readings[at % len(self.readings)]
            varied = tuple(
                entity if entity.authority or self.random.random() < 0.5 else replace(entity, label=f"{entity.label}{at % 50}")
                for entity in reading.entities
            )
            yield replace(reading, document=document, entities=varied)


def measured(arguments: list[str]) -> tuple[float, float]:
    """Seconds elapsed, and of the processor, that a build takes."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run([*BUILD, *arguments], check=True, capture_output=True)
    elapsed, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return elapsed, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(count: int = 1000, rounds: int = 5) -> None:
    """Print the table."""
    with TemporaryDirectory() as directory:
        place = Path(directory)
        documents, store = place / "documents", place / "store"
        documents.mkdir()
        copied = Copied()
        for at in range(count):
            (documents / f"{at}.txt").write_text(copied.readings[at % len(copied.readings)].document.text, encoding="utf-8")
        keep([documents], store, extractor=copied)
        text = (EXAMPLES / "guidelines_chapter.txt").read_text(encoding="utf-8")
        figures: dict[str, list[tuple[float, float]]] = {"alone": [], "added": [], "nothing": []}
        for at in range(rounds):
            one = place / f"one-{at}.txt"
            one.write_text(f"{at}。\n{text}", encoding="utf-8")
            figures["alone"].append(measured([str(one), "--store", str(place / f"alone-{at}")]))
            figures["added"].append(measured([str(one), "--store", str(store)]))
            figures["nothing"].append(measured([str(documents), "--store", str(store)]))
    show(figures, count)


def show(figures: dict[str, list[tuple[float, float]]], count: int) -> None:
    """Medians in seconds, least and most in brackets; the ratio is that of the medians."""
    told: list[tuple[str, Callable[[tuple[float, float]], float]]] = [
        ("elapsed", lambda f: f[0]),
        ("processor", lambda f: f[1]),
    ]
    for name, of in told:
        values = {what: sorted(map(of, found)) for what, found in figures.items()}
        said = ", ".join(f"{what} {median(found):.2f} s ({found[0]:.2f}–{found[-1]:.2f})" for what, found in values.items())
        print(f"{count} documents, {name}: {said}; added / alone {median(values['added']) / median(values['alone']):.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
