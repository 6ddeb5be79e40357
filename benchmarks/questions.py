"""(4) Every question of the library on the embedded store, beside pyoxigraph on the same SPARQL, and rdflib in memory.

`ask` is all that a user waits for: names looked up, the query, the names of what was found. `engine` is the query alone. rdflib is asked at
the smallest size, and left out where it takes longer than the scale's `patience`.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import pyoxigraph as ox
import rdflib

from alliancekg.knowledge_graph import open_store
from benchmarks.asked import parameters
from benchmarks.harness import Contender, Measured, compare
from benchmarks.scale import Scale
from benchmarks.stores import store_of
from queries.asking import ask, text_of
from queries.catalogue import catalogue
from queries.engine import Engine


def run(scale: Scale) -> Iterator[Measured]:
    for triples in scale.triples:
        with open_store(store_of(triples)) as graph:
            memory = _in_rdflib(graph.store) if triples == min(scale.triples) else None
            asked = parameters(graph.store)
            for question in catalogue():
                for given in asked[question.slug]:
                    yield from _question(graph.store, graph.engine, memory, question.slug, given, scale)


def _question(
    store: ox.Store, engine: Engine, memory: rdflib.Graph | None, slug: str, given: Mapping[str, str], scale: Scale
) -> Iterator[Measured]:
    sparql = text_of(engine, slug, given)
    raw = partial(_raw, store, sparql)
    began = time.perf_counter()
    rows = sum(raw().values())
    repeat = max(1, min(20, round(scale.turn / (time.perf_counter() - began))))
    contenders = [
        Contender("ask", lambda: _nothing(ask(engine, slug, given))),
        Contender("engine", lambda: _counted(engine.run(sparql).rows)),
    ]
    if memory is not None and _in_time(partial(_of_rdflib, memory, sparql), scale.patience):
        contenders.append(Contender("rdflib", partial(_of_rdflib, memory, sparql)))
    contenders.append(Contender("pyoxigraph", raw))
    what = f"{slug}{' ' if given else ''}{' '.join(given)}, {len(store)} triples, {rows} rows"
    elapsed, processor = compare(
        "questions", what, contenders, rounds=scale.rounds, repeat=repeat, notes={"slug": slug, "rows": rows}
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
        raise RuntimeError("rdflib could not answer it")
    return not late
