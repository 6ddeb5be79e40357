"""Circles of succession and of revision, over all documents: which facts may not stand.

Each fact may be said by a document that is right; that A replaces B and B replaces A cannot both be. The fact that the
fewest documents say gives way, among these the least sure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from graph.findings import VIOLATION, Finding, shortened
from graph.gate import NO_CYCLE, Passed, hold
from graph.identity import entity_iri, term_iri
from ontology.terms import SUPER_PROPERTY, Factuality, Property

Link = tuple[str, Property, str]  # a fact: the linked key of its subject, its property, the linked key of its object
_Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Support:
    """In how many documents claims make a fact, and how sure the surest of them is."""

    documents: int
    confidence: float


def cycles(facts: Mapping[Link, Support]) -> dict[Link, Finding]:
    """The facts that may not stand, so that no succession and no revision runs in a circle, each with the reason.

    Only `replaces` and `revises` count; with a fact of `replaces` goes that of `renamedFrom`. As long as there is a circle,
    the fact least supported gives way of all those that lie on circles together; all of them where several are equally
    supported. The outcome depends on the set of facts alone. Source: strongly connected components (Tarjan 1972).
    """
    barred = {
        (subject, prop, told): _finding(subject, prop, told)
        for prop in NO_CYCLE
        for subject, told in _weakest({(s, o): support for (s, p, o), support in facts.items() if p is prop})
    }
    for subject, prop, told in facts:
        if (wide := SUPER_PROPERTY.get(prop)) and (finding := barred.get((subject, wide, told))):
            barred[subject, prop, told] = finding
    return barred


def without(passed: Passed, barred: Mapping[Link, Finding]) -> Passed:
    """What passed the gate, the claims held back that say as done what may not stand as a fact."""
    found = {
        claim: (barred[link],)
        for claim in passed.said.claims
        if claim.factuality is Factuality.ACTUAL and type(claim.object) is str
        if (link := (claim.subject, claim.predicate, claim.object)) in barred
    }
    return hold(passed, found) if found else passed


def _weakest(edges: Mapping[_Edge, Support]) -> set[_Edge]:
    """The edges to take away until no circle is left."""
    gone: set[_Edge] = set()
    left = set(edges)
    while True:
        circles = _circles(left)
        if not circles:
            return gone
        for circle in circles:
            least = min(_rank(edges[edge]) for edge in circle)
            gone.update(edge for edge in circle if _rank(edges[edge]) == least)
        left -= gone


def _circles(edges: Collection[_Edge]) -> list[list[_Edge]]:
    """The edges that lie on circles, those together that share any."""
    import networkx as nx  # noqa: PLC0415 - most builds have none

    component: dict[str, int] = {}
    for number, nodes in enumerate(nx.strongly_connected_components(nx.DiGraph(list(edges)))):
        component.update(dict.fromkeys(nodes, number))
    inside: dict[int, list[_Edge]] = defaultdict(list)
    for source, target in edges:
        if component[source] == component[target]:
            inside[component[source]].append((source, target))
    return list(inside.values())


def _rank(support: Support) -> tuple[int, float]:
    return support.documents, support.confidence


def _finding(subject: str, prop: Property, told: str) -> Finding:
    focus, path, value = (shortened(iri.value) for iri in (entity_iri(subject), term_iri(prop), entity_iri(told)))
    message_ja, message_en = _messages(prop)
    return Finding(VIOLATION, focus, path, value, NO_CYCLE[prop], message_ja, message_en)


@cache
def _messages(prop: Property) -> tuple[str, str]:
    """What the shape says, in Japanese and English."""
    from graph.validation import messages  # noqa: PLC0415 - it loads rdflib

    return messages(NO_CYCLE[prop])
