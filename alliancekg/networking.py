"""Measures of the network and paths in it as answers: tables with names, and the words that say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from graph.errors import GraphError
from graph.networks.making import to_networkx
from graph.networks.measures import centrality, communities, is_estimated
from graph.networks.paths import THROUGH, Way, paths
from graph.networks.viewing import Edge, View
from graph.networks.wording import called
from ontology.terms import Kind
from queries.answers import Answer, Value
from queries.engine import Engine
from queries.entities import resolve
from queries.labels import labels

_HEADINGS = {
    "thing": ("名称", "name"),
    "neighbours": ("隣接", "neighbours"),
    "betweenness": ("媒介中心性", "betweenness"),
    "closeness": ("近接中心性", "closeness"),
    "community": ("群", "community"),
    "size": ("大きさ", "size"),
    "members": ("成員", "things in it"),
    "path": ("経路", "path"),
    "step": ("段", "step"),
    "subject": ("主語", "subject"),
    "property": ("関係", "relation"),
    "object": ("目的語", "object"),
    "date": ("日付", "date"),
    "factuality": ("確度", "factuality"),
    "quote": ("原文", "quote"),
    "document": ("文書", "document"),
}


def kind_called(name: str) -> Kind:
    """A class by its name in the vocabulary. Raises GraphError where there is none of that name."""
    try:
        return Kind(name)
    except ValueError as error:
        raise GraphError(f"{name!r} is no class", where="kind", todo=f"Known are {', '.join(Kind)}.") from error


def central(view: View, engine: Engine, kind: str, lang: str) -> Answer:
    """The things of a class, the most central first. Where figures are estimated, the headings of a table say so."""
    network = to_networkx(view)
    found = centrality(network, kind_called(kind))
    names = labels(engine, [one.thing for one in found], lang)
    rows = [(names[one.thing], one.thing, one.neighbours, one.betweenness, one.closeness) for one in found]
    answer = _answer(("thing", "thing_iri", "neighbours", "betweenness", "closeness"), rows, lang)
    if not is_estimated(network):
        return answer
    *exact, between, close = answer.headings
    said = "(estimated)" if lang == "en" else "(推計)"
    return replace(answer, headings=(*exact, f"{between} {said}", f"{close} {said}"))


def grouped(view: View, engine: Engine, lang: str) -> Answer:
    """The communities of the network, the largest first."""
    found = communities(to_networkx(view))
    names = labels(engine, [thing for group in found for thing in group], lang)
    rows: list[tuple[Value, ...]] = [
        (at, len(group), [*(names[thing] for thing in group)], list(group)) for at, group in enumerate(found, start=1)
    ]
    return _answer(("community", "size", "members", "members_iri"), rows, lang)


def connections(view: View, engine: Engine, ends: tuple[str, str], *, limit: int, states: bool, lang: str) -> Answer:
    """The shortest paths between two things, a row for each claim along them."""
    one, other = (resolve(engine, name, where=where).value for name, where in zip(ends, ("one", "other"), strict=True))
    ways = paths(view, one, other, limit=limit, through=frozenset(Kind) if states else THROUGH)
    things = {thing for way in ways for steps in way for thing in (steps[0].source, steps[0].target)}
    names = labels(engine, things, lang)
    rows = [
        (at, number, names[edge.source], called(edge.property, lang), names[edge.target], *said, edge.source, edge.target)
        for at, way in enumerate(ways, start=1)
        for number, edge in _numbered(way)
        for said in _said(edge)
    ]
    columns = ("path", "step", "subject", "property", "object", "date", "factuality", "quote", "document", "claim")
    return _answer((*columns, "subject_iri", "object_iri"), rows, lang)


def _numbered(way: Way) -> Iterable[tuple[int, Edge]]:
    return ((number, step.edge) for number, steps in enumerate(way, start=1) for step in steps)


def _said(edge: Edge) -> list[tuple[Value, ...]]:
    """For each claim its date, standing, words, documents and IRI; without a claim the fact alone."""
    standing = edge.factuality.value
    date = str(edge.attributes.get("date", ""))
    if not edge.statements:
        return [(date, standing, "", [], "")]
    return [
        (
            "–".join(dict.fromkeys(filter(None, (one.valid_from, one.valid_until)))) or date,
            standing,
            " … ".join(dict.fromkeys(piece.quote for piece in one.evidence)),
            list(dict.fromkeys(piece.source.title for piece in one.evidence)),
            one.claim,
        )
        for one in edge.statements
    ]


def _answer(columns: Sequence[str], rows: Iterable[Sequence[Value]], lang: str) -> Answer:
    shown = tuple(name for name in columns if name in _HEADINGS)
    headings = tuple(_HEADINGS[name][lang == "en"] for name in shown)
    return Answer(tuple(columns), tuple(map(tuple, rows)), headings=headings, shown=shown)
