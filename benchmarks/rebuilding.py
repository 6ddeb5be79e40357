"""(3) A store brought up to date where nothing or little has changed, beside one built from scratch; and the memory of each.

The model is loaded beforehand: what is timed is all else, from the files to the store. The graph that comes of a change has to be the
one that a build from scratch makes.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from alliancekg.keeping import keep
from alliancekg.knowledge_graph import open_store
from alliancekg.reading import Extracts
from alliancekg.summaries import Summary
from benchmarks import texts
from benchmarks.extraction import reader
from benchmarks.harness import Contender, DifferingError, Measured, compare, peak
from benchmarks.scale import Scale
from graph.graphs import BUILDS

PARAGRAPHS = 2  # of a document: a collection is large by its number of documents here
MORE = 10**6  # numbers from here on are of documents that the collection has not


class Collected:
    """A directory of documents and the stores that are made of it. `reader` reads them."""

    def __init__(self, place: Path, size: int, extractor: Extracts) -> None:
        self.documents, self.store, self.afresh = place / "documents", place / "store", place / "afresh"
        self.extractor, self.numbers = extractor, count(MORE)
        self.paths = texts.write(self.documents, size, paragraphs=PARAGRAPHS)
        self.changed = self.paths[size // 2]
        self.said = self.changed.read_text(encoding="utf-8")

    def keep(self, paths: Iterable[Path], store: Path, *, prune: bool = False) -> Summary:
        return keep([*paths], store, extractor=self.extractor, prune=prune)

    def as_it_was(self) -> None:
        """One document says something else than it will; the store knows that."""
        self.changed.write_text(f"{self.said}\n日米両政府は、1999年に協定に署名した。\n", encoding="utf-8")
        self.keep([self.documents], self.store, prune=True)
        self.changed.write_text(self.said, encoding="utf-8")

    def up_to_date(self) -> None:
        self.changed.write_text(self.said, encoding="utf-8")
        self.keep([self.documents], self.store, prune=True)

    def without(self) -> None:
        """Nothing is left of an earlier build from scratch."""
        shutil.rmtree(self.afresh, ignore_errors=True)

    def update(self) -> object:
        return _told(self.keep([self.documents], self.store))

    def build(self) -> object:
        return _told(self.keep([self.documents], self.afresh))

    def another(self) -> Path:
        """One more document, another each time."""
        return texts.write(self.documents.parent / "more", 1, paragraphs=PARAGRAPHS, first=next(self.numbers))[0]


def run(scale: Scale) -> Iterator[Measured]:
    with TemporaryDirectory() as directory:
        held = Collected(Path(directory), scale.collection, reader())
        held.up_to_date()
        held.build()
        rounds, what = min(3, scale.rounds), f"{scale.collection} documents"
        contenders = [
            Contender("nothing changed", held.update, held.up_to_date),
            Contender("one document changed", held.update, held.as_it_was),
            Contender("from scratch", held.build, held.without),
        ]
        yield from compare("rebuilding", what, contenders, rounds=rounds)
        held.as_it_was()
        held.update()
        _assert_same(held.store, held.afresh)
        yield from compare("rebuilding", f"one more document than {what}", _adding(held), rounds=scale.rounds)
        held.up_to_date()
        places = (str(held.documents), str(held.store))
        used = {
            "nothing changed": [peak(_built, *places)[0]],
            "one document changed": [_peak_of_change(held, places)],
            "from scratch": [peak(_built, places[0], f"{directory}/anew")[0]],
        }
        yield Measured("rebuilding", f"{what}, peak memory, with the model where something is read", "MB", used)


def _adding(held: Collected) -> list[Contender]:
    """One more document into the store, beside that one into a store of its own."""
    alone = held.documents.parent / "alone"
    return [
        Contender("into the store", lambda: _nothing(held.keep([held.another()], held.store)), held.up_to_date),
        Contender("by itself", lambda: _nothing(held.keep([held.another()], alone)), partial(shutil.rmtree, alone, True)),
    ]


def _nothing(_summary: Summary) -> None:
    """Two documents differ."""


def _told(summary: Summary) -> object:
    return summary.entities, summary.claims


def _assert_same(one: Path, other: Path) -> None:
    """That two stores hold the same but for what is told of the builds."""
    with open_store(one) as first, open_store(other) as second:
        left, right = ({str(quad) for quad in graph.store if quad.graph_name != BUILDS} for graph in (first, second))
    if left != right:
        raise DifferingError(f"a store that was changed and one made afresh differ, as in {sorted(left ^ right)[:2]}")


def _peak_of_change(held: Collected, places: tuple[str, str]) -> float:
    held.as_it_was()
    return peak(_built, *places)[0]


def _built(documents: str, store: str) -> object:
    return _told(keep([Path(documents)], Path(store)))  # loads the model where there is something to read
