"""The RDF syntaxes but JSON-LD, written the same way every time by the library's serialisers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import BinaryIO

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from graph.exporting.ordering import Part, Thing
from graph.names import fit_for_xml
from ontology.terms import ONTOLOGY_IRI, PREFIXES


def write_turtle(parts: Iterable[Part], out: BinaryIO) -> None:
    """Turtle, or TriG where graphs have names: prefixes by name, an empty line before each thing and graph."""
    out.writelines(sorted(_HEADER))
    for graph, things in parts:
        if isinstance(graph, DefaultGraph):
            out.writelines(b"\n" + _turtle(thing) for thing in things)
        else:
            out.write(f"\n{graph} {{\n".encode())
            for place, thing in enumerate(things):
                out.write(b"\n" if place else b"")
                out.writelines(b"\t" + line for line in _turtle(thing).splitlines(keepends=True))
            out.write(b"}\n")


def write_n_triples(parts: Iterable[Part], out: BinaryIO) -> None:
    serialize(_triples(parts), out, RdfFormat.N_TRIPLES)


def write_n_quads(parts: Iterable[Part], out: BinaryIO) -> None:
    serialize(_quads(parts), out, RdfFormat.N_QUADS)


def write_xml(parts: Iterable[Part], out: BinaryIO) -> None:
    """RDF/XML, characters that XML lacks replaced."""
    serialize(map(_for_xml, _triples(parts)), _CarriageReturns(out), RdfFormat.RDF_XML, prefixes=PREFIXES)


def _serialised(thing: Thing) -> bytes:
    turtle = serialize(thing, format=RdfFormat.TURTLE, prefixes=PREFIXES)
    assert turtle is not None  # as no file is given to write to
    return turtle


_ANYTHING = NamedNode(ONTOLOGY_IRI)
_HEADER = [
    line
    for line in _serialised((Triple(_ANYTHING, _ANYTHING, _ANYTHING),)).splitlines(keepends=True)
    if line.startswith(b"@prefix ")
]
_HEADER_LENGTH = sum(map(len, _HEADER))


class _CarriageReturns(BytesIO):
    """Writes on to a file. The serialiser leaves carriage returns bare, which XML parsers read as line feeds."""

    def __init__(self, out: BinaryIO) -> None:
        super().__init__()
        self._out = out

    def write(self, data: bytes, /) -> int:  # type: ignore[override] # the serialiser gives bytes
        self._out.write(data.replace(b"\r", b"&#xD;"))
        return len(data)


def _turtle(thing: Thing) -> bytes:
    """Turtle without the prefixes. Line ends within literals are escaped, so that no line starts inside of one."""
    return _serialised(thing)[_HEADER_LENGTH:]


def _triples(parts: Iterable[Part]) -> Iterator[Triple]:
    return (triple for _graph, things in parts for thing in things for triple in thing)


def _quads(parts: Iterable[Part]) -> Iterator[Quad]:
    for graph, things in parts:
        for thing in things:
            for triple in thing:
                yield Quad(triple.subject, triple.predicate, triple.object, graph)


def _for_xml(triple: Triple) -> Triple:
    told = triple.object
    if not isinstance(told, Literal) or (value := fit_for_xml(told.value)) == told.value:
        return triple
    replaced = Literal(value, language=told.language) if told.language else Literal(value, datatype=told.datatype)
    return Triple(triple.subject, triple.predicate, replaced)
