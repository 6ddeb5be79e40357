"""Turtle and TriG that people can read, and that every tool reads alike.

The library's serialiser shortens each IRI that starts as a prefix does, and escapes by a backslash what then may not
stand bare (the slashes in akgid:meeting/scc/2024). Virtuoso takes the backslash for a part of the name, and rdflib some.
So an IRI is shortened here only where nothing needs escaping, and the kinds of things have prefixes of their own. All
other terms are written by the library.
Source: RDF 1.1 Turtle (W3C 2014), section 6.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import BinaryIO

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Triple

from graph.exporting.ordering import KINDS, Part, Thing
from ontology.terms import AKGID, PREFIXES

_PREFIXES = PREFIXES | {kind: f"{AKGID}{kind}/" for kind in (*KINDS, "graph")}
# The longest first, so that a claim is claim: and not akgid:.
_STARTS = sorted(((start, prefix) for prefix, start in _PREFIXES.items()), key=lambda known: -len(known[0]))
_LETTERS = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\U00010000-\U000effff"
_BARE_NAME = re.compile(rf"[{_LETTERS}0-9_](?:[-.{_LETTERS}0-9_]*[-{_LETTERS}0-9_])?")
_BARE_VALUE = {
    PREFIXES["xsd"] + "integer": re.compile(r"[+-]?[0-9]+"),
    PREFIXES["xsd"] + "decimal": re.compile(r"[+-]?[0-9]+\.[0-9]+"),
    PREFIXES["xsd"] + "boolean": re.compile(r"true|false"),
}
_STRING = PREFIXES["xsd"] + "string"
_TYPE = PREFIXES["rdf"] + "type"


def write_turtle(parts: Iterable[Part], out: BinaryIO) -> None:
    """Turtle, or TriG where graphs have names: prefixes by name, an empty line before each thing and graph."""
    out.writelines(f"@prefix {prefix}: <{start}> .\n".encode() for prefix, start in sorted(_PREFIXES.items()))
    for graph, things in parts:
        if isinstance(graph, DefaultGraph):
            out.writelines(f"\n{_said(thing)}".encode() for thing in things)
        else:
            out.write(f"\n{_term(graph)} {{\n".encode())
            out.writelines((("\n" if place else "") + _said(thing, "\t")).encode() for place, thing in enumerate(things))
            out.write(b"}\n")


def _said(thing: Thing, indent: str = "") -> str:
    """The statements about a thing; no line break stands within a term."""
    told = f" ;\n{indent}\t".join(_statements(thing))
    return f"{indent}{_term(thing[0].subject)} {told} .\n"


def _statements(thing: Thing) -> Iterator[str]:
    for predicate, triples in groupby(thing, key=lambda triple: triple.predicate):
        verb = "a" if predicate.value == _TYPE else _name(predicate)
        yield f"{verb} {', '.join(_term(triple.object) for triple in triples)}"


def _term(term: NamedNode | BlankNode | Literal | Triple) -> str:
    match term:
        case NamedNode():
            return _name(term)
        case Literal():
            return _literal(term)
        case _:
            return str(term)


@lru_cache(maxsize=10_000)
def _name(iri: NamedNode) -> str:
    for start, prefix in _STARTS:
        if iri.value.startswith(start) and _BARE_NAME.fullmatch(iri.value, len(start)):
            return f"{prefix}:{iri.value[len(start) :]}"
    return str(iri)


def _literal(literal: Literal) -> str:
    datatype = literal.datatype.value
    if literal.language or datatype == _STRING:
        return str(literal)
    bare = _BARE_VALUE.get(datatype)
    if bare and bare.fullmatch(literal.value):
        return literal.value
    return f"{Literal(literal.value)}^^{_name(literal.datatype)}"
