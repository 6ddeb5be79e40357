"""The graph as a network: entities as nodes, what stands as fact between them as edges.

For networkx, and for Gephi by way of GraphML (`graph.exporting.graphml`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Store

from graph.identity import term_iri
from ontology.terms import AKG, PREFIXES, SIGNATURES, Factuality, Kind, Property, lineage

if TYPE_CHECKING:
    import networkx as nx

Attributes = dict[str, str | int]

_RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_SUBJECT, _PREDICATE, _OBJECT = (NamedNode(PREFIXES["rdf"] + part) for part in ("subject", "predicate", "object"))
_LABELS = {NamedNode(PREFIXES["skos"] + "prefLabel"): "label", NamedNode(PREFIXES["skos"] + "altLabel"): "names"}
_PREDICATES = {term_iri(prop).value: prop for prop in Property}
_DATES = [prop for prop, signature in SIGNATURES.items() if signature.takes_date]
_VALUES = [prop for prop, signature in SIGNATURES.items() if signature.takes_date or signature.takes_level]
# By what an edge is dated: the validity of its claims, and the day of a meeting at either end.
_VALIDITY = {term_iri("validFrom"): "valid_from", term_iri("validUntil"): "valid_until"}
_SEPARATOR = "; "
_YEAR = re.compile(r"-?\d{4,}")


@dataclass(frozen=True, slots=True)
class Node:
    """An entity: its IRI and what is known of it."""

    iri: str
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class Edge:
    """A fact between two entities, by their IRIs."""

    source: str
    property: Property
    target: str
    attributes: Attributes


@dataclass(slots=True)
class _Said:
    """What claims say of one fact."""

    claims: int = 0
    limits: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def to_networkx(store: Store) -> nx.MultiDiGraph[str]:
    """The entities and the facts among them, planned and denied ones left out.

    Nodes are IRIs with the attributes that `nodes` tells; edges have the property as key, and those that `edges` tells.
    """
    import networkx as nx  # noqa: PLC0415 - slow to import

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in nodes(store):
        network.add_node(node.iri, **node.attributes)
    for edge in edges(store):
        network.add_edge(edge.source, edge.target, key=edge.property.value, **edge.attributes)
    return network


def nodes(store: Store) -> Iterator[Node]:
    """The entities in the order of their IRIs.

    Each has `label` (Japanese where known), `label_en`, `names`, `type` (the most specific class), `types`, under the
    property's name each date and level (`establishedOn`: "2010"), several joined by "; ", and `year`, the first of its dates.
    """
    for iri, kinds in sorted(_kinds(store).items()):
        yield Node(iri, _described(store, NamedNode(iri), kinds))


def edges(store: Store) -> Iterator[Edge]:
    """The facts among the entities, by source, property and target.

    Each has `property`, `claims` (how many say it), `valid_from` and `valid_until` where claims limit it, `date` where an
    end of it is a dated meeting, and `year`, the first of these.
    """
    kinds = _kinds(store)
    said = _said(store)
    facts = sorted(
        (source, prop, target)
        for prop in Property
        for source, target in _facts(store, prop)
        if source in kinds and target in kinds
    )
    for source, prop, target in facts:
        about = said.get((source, prop, target), _Said())
        dates = {held for end in (source, target) for held in _values(store, NamedNode(end), Property.HELD_ON)}
        told = {**about.limits, **({"date": dates} if dates else {})}
        attributes: Attributes = {"property": prop.value, "claims": about.claims}
        attributes |= {name: _SEPARATOR.join(sorted(values)) for name, values in told.items()}
        yield Edge(source, prop, target, attributes | _year(value for values in told.values() for value in values))


def _kinds(store: Store) -> dict[str, list[Kind]]:
    found: dict[str, list[Kind]] = defaultdict(list)
    for kind in Kind:
        for quad in store.quads_for_pattern(None, _RDF_TYPE, term_iri(kind), None):
            if isinstance(quad.subject, NamedNode) and kind not in found[quad.subject.value]:
                found[quad.subject.value].append(kind)
    return found


def _described(store: Store, iri: NamedNode, kinds: list[Kind]) -> Attributes:
    said: dict[str, set[str]] = defaultdict(set)
    for predicate, attribute in _LABELS.items():
        for label in _literals(store, iri, predicate):
            said["label_en" if attribute == "label" and label.language == "en" else attribute].add(label.value)
    for prop in _VALUES:
        if values := _values(store, iri, prop):
            said[prop.value] = values
    attributes: Attributes = {name: _SEPARATOR.join(sorted(values)) for name, values in said.items()}
    attributes.setdefault("label", attributes.get("label_en", iri.value))
    closest = max(kinds, key=lambda kind: len(lineage(kind)))
    attributes |= {"type": closest.value, "types": _SEPARATOR.join(sorted(kinds))}
    return attributes | _year(value for prop in _DATES for value in said.get(prop.value, ()))


def _year(dates: Iterator[str]) -> Attributes:
    """The first year that the dates name, as an attribute, so that Gephi can filter and rank by it."""
    years = [int(found[0]) for on in dates if (found := _YEAR.match(on))]
    return {"year": min(years)} if years else {}


def _literals(store: Store, subject: NamedNode, predicate: NamedNode) -> list[Literal]:
    return [q.object for q in store.quads_for_pattern(subject, predicate, None, None) if isinstance(q.object, Literal)]


def _values(store: Store, subject: NamedNode, prop: Property) -> set[str]:
    told = (quad.object for quad in store.quads_for_pattern(subject, term_iri(prop), None, None))
    return {term.value.removeprefix(AKG) for term in told if isinstance(term, Literal | NamedNode)}


def _facts(store: Store, prop: Property) -> set[tuple[str, str]]:
    return {
        (quad.subject.value, quad.object.value)
        for quad in store.quads_for_pattern(None, term_iri(prop), None, None)
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
    }


def _said(store: Store) -> dict[tuple[str, Property, str], _Said]:
    """How many claims make each fact, and what limits in time they set, by subject, property and object."""
    found: dict[tuple[str, Property, str], _Said] = defaultdict(_Said)
    for claim in _making_facts(store):
        ends = [_value(store, claim, part) for part in (_SUBJECT, _PREDICATE, _OBJECT)]
        if ends[1] not in _PREDICATES:
            continue
        about = found[ends[0], _PREDICATES[ends[1]], ends[2]]
        about.claims += 1
        for predicate, attribute in _VALIDITY.items():
            for limit in _literals(store, claim, predicate):
                about.limits[attribute].add(limit.value)
    return found


def _making_facts(store: Store) -> set[NamedNode]:
    """The claims that make facts: said as done, and not rejected by a reviewer."""

    def with_status(prop: str, value: str) -> set[NamedNode]:
        quads = store.quads_for_pattern(None, term_iri(prop), term_iri(value), None)
        return {quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}

    return with_status("factuality", Factuality.ACTUAL) - with_status("reviewStatus", "Rejected")


def _value(store: Store, subject: NamedNode, predicate: NamedNode) -> str:
    quad = next(store.quads_for_pattern(subject, predicate, None, None), None)
    return quad.object.value if quad is not None and isinstance(quad.object, NamedNode | Literal) else ""
