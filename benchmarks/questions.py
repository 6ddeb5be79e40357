"""(4) Every question of the library on the embedded store, beside pyoxigraph on the same SPARQL, and rdflib in memory.

`ask` is all that a user waits for: names looked up, the query, the names of what was found. `engine` is the query alone. rdflib is asked of
a hundred thousand triples at most, and left out where it takes longer than the scale's `patience`; at more than a million, which are
measured where they are asked for, every engine is given up after `most` seconds.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import rdflib

from alliancekg.knowledge_graph import open_store
from benchmarks.asked import parameters
from benchmarks.harness import Contender, Measured, compare, peak
from benchmarks.scale import Scale
from benchmarks.stores import store_of
from queries.asking import ask, text_of
from queries.catalogue import catalogue
from queries.engine import Engine

MOST_FOR_RDFLIB, MOST_SURE = 100_000, 1_500_000  # triples; generated graphs have a few more than they are to have
MEMORY_OF = "implementing"  # the question whose memory is measured: rdflib answers it soon
Asked = tuple[str, Mapping[str, str]]
LONG = 2.0  # seconds: a question that takes them is asked in three rounds


def run(scale: Scale) -> Iterator[Measured]:
    for triples in scale.triples:
        with open_store(store_of(triples)) as graph:
            memory = _in_rdflib(graph.store) if triples <= MOST_FOR_RDFLIB else None
            asked = parameters(graph.store)
            first = (MEMORY_OF, asked[MEMORY_OF][0])
            yield _memory(store_of(triples), first, text_of(graph.engine, *first), memory)
            for question in catalogue():
                for given in asked[question.slug]:
                    yield from _question(graph.store, graph.engine, memory, question.slug, given, scale)


def _memory(directory: Path, asked: Asked, sparql: str, memory: rdflib.Graph | None) -> Measured:
    """What it takes to open the graph and to answer one question."""
    used = {"ask": [peak(_asked_once, directory, *asked)[0]]}
    if memory is not None:
        with TemporaryDirectory() as place:
            memory.serialize(Path(place) / "graph.nt", format="nt", encoding="utf-8")
            used["rdflib"] = [peak(_rdflib_once, place, sparql)[0]]
    used["pyoxigraph"] = [peak(_raw_once, directory, sparql)[0]]
    return Measured("questions", f"{asked[0]}, {directory.name}, peak memory", "MB", used)


def _asked_once(directory: Path, slug: str, given: Mapping[str, str]) -> None:
    with open_store(directory) as graph:
        ask(graph.engine, slug, given)


def _rdflib_once(place: str, sparql: str) -> int:
    return len(_of_rdflib(rdflib.Graph().parse(Path(place) / "graph.nt", format="nt"), sparql))


def _raw_once(directory: Path, sparql: str) -> int:
    with open_store(directory) as graph:
        return len(_raw(graph.store, sparql))


def _question(
    store: ox.Store, engine: Engine, memory: rdflib.Graph | None, slug: str, given: Mapping[str, str], scale: Scale
) -> Iterator[Measured]:
    sparql = text_of(engine, slug, given)
    raw = partial(_raw, store, sparql)
    what = f"{slug}{' ' if given else ''}{' '.join(given)}, {len(store)} triples"
    if len(store) > MOST_SURE and not _in_time(raw, scale.most):
        yield Measured("questions", f"{what}, given up", "s and more", {"pyoxigraph": [scale.most]})
        return
    began = time.perf_counter()
    rows = sum(raw().values())
    took = time.perf_counter() - began
    repeat = max(1, min(20, round(scale.turn / took)))
    contenders = [
        Contender("ask", lambda: _nothing(ask(engine, slug, given))),
        Contender("engine", lambda: _counted(engine.run(sparql).rows)),
    ]
    if memory is not None and _in_time(partial(_of_rdflib, memory, sparql), scale.patience):
        contenders.append(Contender("rdflib", partial(_of_rdflib, memory, sparql)))
    contenders.append(Contender("pyoxigraph", raw))
    elapsed, processor = compare(
        "questions",
        f"{what}, {rows} rows",
        contenders,
        rounds=scale.rounds if took < LONG else min(3, scale.rounds),
        repeat=repeat,
        notes={"slug": slug, "rows": rows},
    )
    yield processor
    yield elapsed


def _nothing(_answer: object) -> None:
    """An answer has other columns than a result."""


def _counted(rows: object) -> Counter[tuple[str | None, ...]]:
    """The rows as text, however ordered."""
    return Counter(tuple(None if cell is None else cell.value for cell in row) for row in rows)  # type: ignore[attr-defined]


def _raw(store: ox.Store, sparql: str) -> Counter[tuple[str | None, ...]]:
    return _counted(store.query(sparql, use_default_graph_as_union=True))


def _of_rdflib(memory: rdflib.Graph, sparql: str) -> Counter[tuple[str | None, ...]]:
    return Counter(tuple(None if cell is None else str(cell) for cell in row) for row in memory.query(sparql))  # type: ignore[union-attr]


def _in_rdflib(store: ox.Store) -> rdflib.Graph:
    """All graphs as one, in rdflib's own memory. Literals stay as they are written."""
    rdflib.NORMALIZE_LITERALS = False
    lines = "".join(f"{triple} .\n" for triple in {quad.triple for quad in store})
    return rdflib.Graph().parse(data=lines, format="nt")


def _in_time(run: Callable[[], object], seconds: float) -> bool:
    """Whether it ends in so many seconds: tried in a process of its own, which can be ended wherever it is."""
    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    process.join(seconds)
    late = process.is_alive()
    process.kill()
    process.join()
    if not late and process.exitcode:
        raise RuntimeError("it could not be answered")
    return not late
