"""The terms of the vocabulary, from the ontology: in both languages, with what they join, what they specialise, and an example."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from ontology import files
from ontology.terms import AKG, PREFIXES, Factuality, Kind, Level, Property, Verdict
from reference_pages.examples import Example, examples

_RDF, _RDFS, _OWL, _SKOS = (PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "skos"))
_LABEL, _DEFINITION, _COMMENT = _RDFS + "label", _SKOS + "definition", _RDFS + "comment"
_UP = (_RDFS + "subClassOf", _RDFS + "subPropertyOf")


@dataclass(frozen=True, slots=True)
class Term:
    """One term with its words by language; `joins` is its domain and range, empty for what is no property."""

    name: str
    label: dict[str, str]
    definition: dict[str, str]
    comment: dict[str, str]
    specialises: tuple[str, ...]
    joins: tuple[tuple[str, ...], tuple[str, ...]]
    is_class: bool


def terms() -> tuple[Term, ...]:
    """Every term of the vocabulary, in the order of its file."""
    graph, order = ox.Store(), dict[str, None]()
    for path in files.vocabulary():
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            graph.add(quad)
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(AKG):
                order.setdefault(quad.subject.value)
    return tuple(_term(graph, ox.NamedNode(iri)) for iri in order)


def vocabulary() -> str:
    """Markdown: a section for each group of terms, with one for each term in it."""
    left, found = {term.name: term for term in terms()}, examples()
    groups: list[tuple[str, list[Term]]] = []
    for title, names in (
        ("Classes of things · ものの種類", Kind),
        ("Properties of things · ものの性質", Property),
        ("Levels · 級", ("Level", *Level)),
        ("Standings · 確度", ("Factuality", *Factuality)),
        ("Verdicts of reviewers · 査読者の判定", ("Verdict", *Verdict)),
    ):
        groups.append((title, [left.pop(name) for name in names]))
    groups.append(("Claims, evidence, decisions · 主張・根拠・判断", [t for t in left.values() if t.is_class]))
    groups.append(("Properties of these, and of names · その性質と名称", [t for t in left.values() if not t.is_class]))
    lines = (line for title, members in groups for line in (f"## {title}", "", *_sections(members, found)))
    return "\n".join(lines)


def _sections(members: list[Term], found: dict[str, Example]) -> Iterator[str]:
    for term in members:
        yield from (f"({_anchor(term.name)})=", f"### `akg:{term.name}`", "")
        yield from (f"**{term.label['en']}** · {term.label['ja']}", "")
        yield from (term.definition["en"], "", term.definition["ja"], "")
        if term.comment:
            yield from (term.comment["en"], "", term.comment["ja"], "")
        if any(term.joins):
            yield f"- from {_listed(term.joins[0], 'or')} to {_listed(term.joins[1], 'or')}"
        if term.specialises:
            yield f"- specialises {_listed(term.specialises, 'and')}"
        yield from ("", *found[term.name].lines(), "")


def _anchor(name: str) -> str:
    """Where the term stands on the page; classes and properties that differ in one capital alone are apart."""
    return f"{'class' if name[0].isupper() else 'property'}-{name}"


def _listed(names: tuple[str, ...], joined: str) -> str:
    linked = (
        f"[`{name}`](#{_anchor(name.removeprefix('akg:'))})" if name.startswith("akg:") else f"`{name}`" for name in names
    )
    return f" {joined} ".join(linked) or "anything"


def _term(graph: ox.Store, term: ox.NamedNode) -> Term:
    types = {t.value for t in _values(graph, term, _RDF + "type") if isinstance(t, ox.NamedNode)}
    up = sorted(_short(t.value) for way in _UP for t in _values(graph, term, way) if isinstance(t, ox.NamedNode))
    domain, range_ = (tuple(_members(graph, term, _RDFS + way)) for way in ("domain", "range"))
    literal = tuple(t.value for t in _values(graph, term, _RDFS + "range") if isinstance(t, ox.NamedNode)) == (
        _RDFS + "Literal",
    )
    return Term(
        name=term.value.removeprefix(AKG),
        label=_words(graph, term, _LABEL),
        definition=_words(graph, term, _DEFINITION),
        comment=_words(graph, term, _COMMENT),
        specialises=tuple(up),
        joins=(domain, ("a date or text",) if literal else range_),
        is_class=_OWL + "Class" in types,
    )


def _values(graph: ox.Store, subject: ox.NamedNode | ox.BlankNode, predicate: str) -> list[object]:
    return [quad.object for quad in graph.quads_for_pattern(subject, ox.NamedNode(predicate), None)]


def _words(graph: ox.Store, term: ox.NamedNode, predicate: str) -> dict[str, str]:
    return {v.language or "": v.value for v in _values(graph, term, predicate) if isinstance(v, ox.Literal)}


def _members(graph: ox.Store, term: ox.NamedNode, predicate: str) -> Iterator[str]:
    """The classes named, those of a union one by one in their order."""
    for value in _values(graph, term, predicate):
        if isinstance(value, ox.NamedNode):
            yield _short(value.value)
        elif isinstance(value, ox.BlankNode):
            [rest] = _values(graph, value, _OWL + "unionOf")
            while isinstance(rest, ox.BlankNode):
                [first], [rest] = _values(graph, rest, _RDF + "first"), _values(graph, rest, _RDF + "rest")
                assert isinstance(first, ox.NamedNode)
                yield _short(first.value)


def _short(iri: str) -> str:
    fitting = [prefix for prefix, space in PREFIXES.items() if iri.startswith(space)]
    return f"{fitting[0]}:{iri.removeprefix(PREFIXES[fitting[0]])}" if fitting else iri
