"""From what the user typed to terms: every parameter checked, then bound to the slots of its question."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from ontology.terms import PREFIXES, Property
from queries.binding import Term, bind, hinted, slots
from queries.catalogue import Parameter, ParameterType, Question
from queries.dates import days
from queries.engine import Embedded, Engine
from queries.entities import nearest, resolve
from queries.errors import QueryError
from queries.walking import reached

_DATE = ox.NamedNode(PREFIXES["xsd"] + "date")
_DOCUMENTS = """
PREFIX akg: <https://w3id.org/alliancekg/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?document ?name WHERE {
  { VALUES ?name { UNDEF } ?document dcterms:identifier ?name } UNION { VALUES ?name { UNDEF } ?document dcterms:title ?name }
}
"""


def given(question: Question, values: Mapping[str, str]) -> dict[str, str]:
    """The values by the parameters' names, defaults filled in. `as_of` and `from_` are taken for `as-of` and `from`.

    Raises QueryError where a parameter is unknown, empty, given twice, or required and missing.
    """
    known = {p.name: p for p in question.parameters}
    found = {name: p.default for name, p in known.items() if p.default}
    seen: set[str] = set()
    for written, value in values.items():
        name = written.rstrip("_").replace("_", "-")
        if name not in known:
            raise QueryError(f"{question.slug} has no parameter {written!r}", todo=f"It takes {', '.join(known)}.")
        if name in seen:
            raise QueryError(f"the parameter {name!r} is given twice", where=question.slug)
        if not value.strip():
            raise QueryError(f"the parameter {name!r} is empty", where=question.slug)
        seen.add(name)
        found[name] = value.strip()
    missing = [p for p in question.parameters if p.required and p.name not in found]
    if missing:
        example = f"Example: {question.example.en}"
        raise QueryError(f"{question.slug} needs {' and '.join(p.name for p in missing)}", todo=example)
    return found


def bound(engine: Engine, question: Question, values: Mapping[str, str]) -> str:
    """The text of the question with the given values in its slots, ready for the engine; the hints in it are for the embedded one.

    Raises QueryError where a value is not what its parameter takes.
    """
    parameters = {p.name: p for p in question.parameters}
    bindings: dict[str, list[Term]] = {}
    wanted = slots(question.sparql)
    for name, value in given(question, values).items():
        for slot, term in _terms(engine, parameters[name], value).items():
            if slot in wanted:
                bindings[slot] = [term]
    for parameter in question.parameters:
        start, as_of_next = (next(iter(bindings.get(slot, ())), None) for slot in (parameter.name, "as_of_next"))
        if parameter.reaches and isinstance(start, ox.NamedNode) and isinstance(as_of_next, ox.Literal):
            bindings[parameter.reaches] = list(reached(engine, start, parameter.walks, as_of_next))
    text = bind(question.sparql, bindings)
    return hinted(text) if isinstance(engine, Embedded) else text


def _terms(engine: Engine, parameter: Parameter, value: str) -> dict[str, Term]:
    """The terms that one parameter stands for, by slot: a date fills the slots of its first, last and following day."""
    slot = parameter.name.replace("-", "_")
    if not _is_text(value):
        raise QueryError("the value is no text", where=parameter.name, todo="Write it in UTF-8.")
    match parameter.type:
        case ParameterType.ENTITY:
            return {slot: resolve(engine, value, where=parameter.name, kinds=parameter.kinds)}
        case ParameterType.DATE:
            span = days(value, parameter.name)
            return {
                f"{slot}_earliest": ox.Literal(span.first.isoformat(), datatype=_DATE),
                f"{slot}_latest": ox.Literal(span.last.isoformat(), datatype=_DATE),
                f"{slot}_next": ox.Literal(span.next),
            }
        case ParameterType.DOCUMENT:
            return {slot: _document(engine, value, parameter.name)}
        case ParameterType.PROPERTY:
            return {slot: ox.NamedNode(PREFIXES["akg"] + _property(value, parameter.name))}
        case ParameterType.TEXT:
            return {slot: ox.Literal(value)}


def _is_text(value: str) -> bool:
    """Whether it can stand in UTF-8: undecodable bytes of a command line arrive as lone surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in value)


def _property(value: str, where: str) -> Property:
    local = value.removeprefix("akg:").removeprefix(PREFIXES["akg"])
    if local in set(Property):
        return Property(local)
    near = nearest(local, Property)
    raise QueryError(
        f"the vocabulary has no property {value!r}", where=where, todo=f"Did you mean {' or '.join(near)}?" if near else ""
    )


def documents(engine: Engine, name: str | None = None) -> list[tuple[str, str]]:
    """The documents of a graph, or those of that name: IRI with file name, and IRI with title."""
    wanted = [] if name is None else [ox.Literal(name), *(ox.Literal(name, language=lang) for lang in ("ja", "en"))]
    return [
        (node.value, found.value)
        for node, found in engine.run(bind(_DOCUMENTS, {"name": wanted})).rows
        if isinstance(node, ox.NamedNode) and isinstance(found, ox.Literal)
    ]


def _document(engine: Engine, value: str, where: str) -> ox.NamedNode:
    found = sorted({iri for iri, _ in documents(engine, value)})
    if not found:  # an IRI, or a name in a language of its own
        names = documents(engine)
        found = sorted({iri for iri, name in names if value in {name, iri}})
    if len(found) == 1:
        return ox.NamedNode(found[0])
    if found:
        raise QueryError(f"{len(found)} documents are called {value!r}", where=where, todo="Give the file name.")
    near = nearest(value, (name for _, name in names))
    raise QueryError(f"no document is called {value!r}", where=where, todo=f"Did you mean {' or '.join(near)}?" if near else "")
