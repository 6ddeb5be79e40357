"""JSON-LD by the published context, which stands in the file itself, so that reading it takes no network.

A node for each thing with short keys, labels by language, plain values where the context tells their type. What the
context does not foresee is written out: a key with its prefix, a value with its datatype. Nothing is used that JSON-LD
1.0 does not have. Source: JSON-LD 1.1 (W3C 2020), sections 4.1 (context), 4.2.3 (type coercion), 4.6.2 (language maps).
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Triple

from graph.errors import GraphError
from graph.exporting.ordering import Part, Thing
from ontology.files import context
from ontology.terms import PREFIXES

_RDF_TYPE = PREFIXES["rdf"] + "type"
_XSD = PREFIXES["xsd"]
_SAFE_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")  # what JavaScript's numbers hold exactly, in canonical form
_INDENT = 1

Json = dict[str, Any]


def write_jsonld(parts: Iterable[Part], out: BinaryIO) -> None:
    """The things of the default graph, and each named graph as a node with its things. Raises GraphError."""
    terms = context()
    words = _Words(terms)
    out.write(b'{\n"@context": ' + _text(terms) + b',\n"@graph": [\n')
    comma = b""
    for graph, things in parts:
        if named := not isinstance(graph, DefaultGraph):
            out.write(comma + b'{"id": ' + _text(words.identifier(graph)) + b', "@graph": [\n')
            comma = b""
        for thing in things:
            out.write(comma + _text(words.node(thing)))
            comma = b",\n"
        if named:
            out.write(b"\n]}")
            comma = b",\n"
    out.write(b"\n]\n}\n")


def _text(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=_INDENT).encode()


@dataclass(frozen=True, slots=True)
class _Term:
    """What the context says of a key: to what type its plain values belong, whether it takes labels by language."""

    name: str
    type: str = ""
    by_language: bool = False


class _Words:
    """The context read the other way: IRIs to keys, terms to values."""

    def __init__(self, terms: Json) -> None:
        self._terms = terms
        self._prefixes = {name: iri for name, iri in PREFIXES.items() if terms.get(name) == iri}
        self._by_iri = {term[0]: _Term(name, *term[1:]) for name, said in terms.items() if (term := self._defined(said))}

    def node(self, thing: Thing) -> Json:
        """A thing with all that is said of it."""
        subject = thing[0].subject
        told: Json = {"id": self.identifier(subject)}
        values: dict[str, list[Any]] = defaultdict(list)
        labels: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for triple in thing:
            predicate, value = triple.predicate.value, triple.object
            term = self._by_iri.get(predicate)
            if predicate == _RDF_TYPE and isinstance(value, NamedNode):
                told.setdefault("type", []).append(self.key(value.value))
            elif term and term.by_language and isinstance(value, Literal) and value.language:
                labels[term.name][value.language].append(value.value)
                told.setdefault(term.name, labels[term.name])
            else:
                key, kind = (term.name, term.type) if term and not term.by_language else (self.reference(predicate), "")
                values[key].append(self._value(value, kind))
                told[key] = values[key]
        return {key: _unwrapped(value) for key, value in told.items()}

    def key(self, iri: str) -> str:
        """A class, property or standing by its short name, else with a prefix, else whole."""
        term = self._by_iri.get(iri)
        return term.name if term else self.reference(iri)

    def reference(self, iri: str) -> str:
        """An IRI with a prefix where one fits, else whole."""
        for prefix, start in self._prefixes.items():
            if iri.startswith(start) and not iri.startswith("//", len(start)):
                return f"{prefix}:{iri[len(start) :]}"
        scheme, _, rest = iri.partition(":")
        if scheme in self._terms and not rest.startswith("//"):
            raise GraphError(f"the IRI {iri} would be read as {scheme}: of the context", todo="Export Turtle instead.")
        return iri

    def _defined(self, said: str | Json) -> tuple[str, str, bool] | None:
        """The IRI that a term stands for, its type and whether it takes labels by language; none for keywords and prefixes."""
        if isinstance(said, str):
            said = {"@id": said}
        prefix, colon, local = said["@id"].partition(":")
        if prefix not in PREFIXES or not colon:
            return None
        kind = said.get("@type", "")
        if kind and not kind.startswith("@"):
            kind = _XSD + kind.removeprefix("xsd:")
        return PREFIXES[prefix] + local, kind, said.get("@container") == "@language"

    def identifier(self, subject: NamedNode | BlankNode | Triple) -> str:
        if isinstance(subject, BlankNode):
            return str(subject)
        if isinstance(subject, NamedNode):
            return self.reference(subject.value)
        raise GraphError("JSON-LD has no place for statements about triples", todo="Export Turtle instead.")

    def _value(self, term: NamedNode | BlankNode | Literal | Triple, kind: str) -> Any:  # noqa: ANN401 - any JSON
        if isinstance(term, Literal):
            return self._literal(term, kind)
        if kind == "@vocab" and isinstance(term, NamedNode):
            return self.key(term.value)
        name = self.identifier(term)
        return name if kind in {"@id", "@vocab"} else {"id": name}

    def _literal(self, literal: Literal, kind: str) -> Any:  # noqa: ANN401 - any JSON
        value, datatype = literal.value, literal.datatype.value
        if literal.language:
            return {"@language": literal.language, "@value": value}
        if datatype == kind:
            return value
        if datatype == _XSD + "string":
            return {"@value": value} if kind else value
        if not kind and datatype == _XSD + "integer" and _SAFE_INTEGER.fullmatch(value):
            return int(value)
        return {"@type": self.key(datatype), "@value": value}


def _unwrapped(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """A list of one as that one, in each language too."""
    if isinstance(value, list) and len(value) == 1:
        return value[0]
    return {tag: _unwrapped(names) for tag, names in value.items()} if isinstance(value, defaultdict) else value
