"""RDF formats, written the same way every time by the library's serialisers from sorted triples."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import BinaryIO

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from graph.names import fit_for_xml
from graph.views import as_one
from ontology.terms import AKG, AKGID, PREFIXES

# The order within one thing: what it is, what it is called, what a claim says, then everything else by name.
_FIRST = {
    iri: str(place)
    for place, iri in enumerate(
        (
            *(PREFIXES["rdf"] + part for part in ("type", "subject", "predicate", "object")),
            *(PREFIXES["skos"] + part for part in ("prefLabel", "altLabel")),
            *(AKG + part for part in ("ambiguousLabel", "inDocument", "quote", "factuality")),
        )
    )
}
# The order of things: entities first, then meetings, documents, and what documents say.
_SECTIONS = {
    section: str(place)
    for place, section in enumerate(("meeting", "document", "claim", "evidence", "unresolved", "run", "software"), start=1)
}
_NEITHER = "last"


def write_rdf(store: Store, out: BinaryIO, form: RdfFormat) -> None:
    """Write all triples (with their graphs, where the format has such), sorted, in UTF-8."""
    if form.supports_datasets:
        serialize(sorted(store, key=_quad_order), out, form, prefixes=PREFIXES)
        return
    ordered = sorted((quad.triple for quad in as_one(store)), key=_order)
    if form == RdfFormat.TURTLE:
        _write_turtle(ordered, out)
    elif form == RdfFormat.RDF_XML:
        _write_xml(ordered, out)
    else:
        serialize(ordered, out, form)


def _write_turtle(ordered: Iterable[Triple], out: BinaryIO) -> None:
    """Turtle with an empty line before each thing. Line ends within literals are escaped, so a line that starts with no tab starts a thing."""
    whole = BytesIO()
    serialize(ordered, whole, RdfFormat.TURTLE, prefixes=PREFIXES)
    whole.seek(0)
    for place, line in enumerate(whole):
        if place and not line.startswith((b"\t", b"@prefix ")):
            out.write(b"\n")
        out.write(line)


def _write_xml(ordered: Iterable[Triple], out: BinaryIO) -> None:
    """RDF/XML, characters that XML lacks replaced. The serialiser leaves carriage returns bare, which XML parsers read as line feeds."""
    whole = BytesIO()
    serialize(map(_for_xml, ordered), whole, RdfFormat.RDF_XML, prefixes=PREFIXES)
    out.write(whole.getvalue().replace(b"\r", b"&#xD;"))


def _for_xml(triple: Triple) -> Triple:
    told = triple.object
    if not isinstance(told, Literal) or (value := fit_for_xml(told.value)) == told.value:
        return triple
    replaced = Literal(value, language=told.language) if told.language else Literal(value, datatype=told.datatype)
    return Triple(triple.subject, triple.predicate, replaced)


def _order(triple: Triple) -> tuple[str, str, str, str, str]:
    subject, predicate = triple.subject, triple.predicate.value
    name = subject.value if isinstance(subject, NamedNode | BlankNode) else str(subject)
    return (_section(name), name, _FIRST.get(predicate, _NEITHER), predicate, str(triple.object))


def _quad_order(quad: Quad) -> tuple[str, tuple[str, str, str, str, str]]:
    return (str(quad.graph_name) if isinstance(quad.graph_name, NamedNode | BlankNode) else "", _order(quad.triple))


def _section(iri: str) -> str:
    """Where among the things it comes: entities, meetings, documents, then what is said of them, then foreign things."""
    if not iri.startswith(AKGID):
        return _NEITHER
    return _SECTIONS.get(iri[len(AKGID) :].partition("/")[0], "0")
