"""The RDF syntaxes that the library's serialisers write as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import BinaryIO

from pyoxigraph import Literal, Quad, RdfFormat, Triple, serialize

from graph.exporting.ordering import Part
from graph.names import fit_for_xml
from ontology.terms import PREFIXES


def write_n_triples(parts: Iterable[Part], out: BinaryIO) -> None:
    serialize(_triples(parts), out, RdfFormat.N_TRIPLES)


def write_n_quads(parts: Iterable[Part], out: BinaryIO) -> None:
    serialize(_quads(parts), out, RdfFormat.N_QUADS)


def write_xml(parts: Iterable[Part], out: BinaryIO) -> None:
    """RDF/XML, characters that XML lacks replaced."""
    serialize(map(_for_xml, _triples(parts)), _CarriageReturns(out), RdfFormat.RDF_XML, prefixes=PREFIXES)


class _CarriageReturns(BytesIO):
    """Writes on to a file. The serialiser leaves carriage returns bare, which XML parsers read as line feeds."""

    def __init__(self, out: BinaryIO) -> None:
        super().__init__()
        self._out = out

    def write(self, data: bytes, /) -> int:  # type: ignore[override] # the serialiser gives bytes
        self._out.write(data.replace(b"\r", b"&#xD;"))
        return len(data)


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
