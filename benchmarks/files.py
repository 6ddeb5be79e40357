"""(6) A graph read from a file and written to one, beside rdflib, in N-Triples and Turtle; and the memory of reading."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import rdflib
from pyoxigraph import DefaultGraph, Quad, Store

from benchmarks.harness import Contender, Measured, compare, peak
from benchmarks.scale import Scale
from benchmarks.stores import store_of
from graph.files import read, write
from graph.store.opening import OpenStore

_FORMATS = {".nt": "nt", ".ttl": "turtle"}


def run(scale: Scale) -> Iterator[Measured]:
    size, rounds = scale.triples[0], min(3, scale.rounds)
    with TemporaryDirectory() as directory:
        path = Path(directory) / "graph.nt"
        with OpenStore(store_of(size)) as store:
            one = Store()
            one.bulk_extend(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in store.graph)
        write(one, path)
        theirs = rdflib.Graph().parse(path, format="nt")
        for suffix, name in _FORMATS.items():
            path, what = path.with_suffix(suffix), f"{suffix}, {len(one)} triples"
            writing = [
                Contender("alliancekg", partial(write, one, path)),
                Contender("rdflib", partial(_written, theirs, path.with_name(f"theirs{suffix}"), name)),
            ]
            yield from compare("files", f"write {what}", writing, rounds=rounds)
            reading = [
                Contender("alliancekg", partial(_read, str(path))),
                Contender("rdflib", partial(_parsed, str(path), name)),
            ]
            yield from compare("files", f"read {what}", reading, rounds=rounds)
            used = {"alliancekg": [peak(_read, str(path))[0]], "rdflib": [peak(_parsed, str(path), name)[0]]}
            yield Measured("files", f"read {what}, peak memory", "MB", used)


def _written(graph: rdflib.Graph, path: Path, name: str) -> None:
    graph.serialize(path, format=name, encoding="utf-8")


def _read(path: str) -> int:
    return len(read(Path(path)))


def _parsed(path: str, name: str) -> int:
    return len(rdflib.Graph().parse(path, format=name))
