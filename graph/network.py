"""The graph as a network: entities as nodes, what stands as fact between them as edges.

For networkx, and for Gephi by way of GraphML.
"""

from __future__ import annotations

from collections import defaultdict
from typing import BinaryIO

import networkx as nx
from pyoxigraph import Literal, NamedNode, Store

from graph.identity import term_iri
from graph.names import fit_for_xml
from ontology.terms import AKG, PREFIXES, SIGNATURES, Factuality, Kind, Property, lineage

_RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_SUBJECT, _PREDICATE, _OBJECT = (NamedNode(PREFIXES["rdf"] + part) for part in ("subject", "predicate", "object"))
_LABELS = {NamedNode(PREFIXES["skos"] + "prefLabel"): "label", NamedNode(PREFIXES["skos"] + "altLabel"): "names"}
_PREDICATES = {term_iri(prop).value: prop for prop in Property}
_VALUES = [prop for prop, signature in SIGNATURES.items() if signature.takes_date or signature.takes_level]
# By what an edge is dated: the validity of its claims, and the day of a meeting at either end.
_VALIDITY = {term_iri("validFrom"): "valid_from", term_iri("validUntil"): "valid_until"}
_SEPARATOR = "; "


def to_networkx(store: Store) -> nx.MultiDiGraph[str]:
    """The entities and the facts among them, planned and denied ones left out.

    Nodes are IRIs, with `label` (Japanese where known), `label_en`, `names`, `type` (the most specific
    class), `types`, and under the property's name each date and level (`establishedOn`: "2010"). Edges
    have the property as key and attribute `property`, `valid_from` and `valid_until` where claims limit
    them, and `date` where an end of the edge is a dated meeting. Several values are joined by "; ".
    """
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri, kinds in sorted(_kinds(store).items()):
        network.add_node(iri, **_described(store, NamedNode(iri), kinds))
    validity = _validity(store)
    facts = sorted(
        (source, prop, target)
        for prop in Property
        for source, target in _edges(store, prop)
        if source in network and target in network
    )
    for source, prop, target in facts:
        dates = {network.nodes[end]["heldOn"] for end in (source, target) if "heldOn" in network.nodes[end]}
        attributes = validity.get((source, prop, target), {}) | ({"date": _SEPARATOR.join(sorted(dates))} if dates else {})
        network.add_edge(source, target, key=prop.value, property=prop.value, **attributes)
    return network


def write_graphml(store: Store, out: BinaryIO) -> None:
    """The network as GraphML, characters that XML lacks replaced."""
    network = to_networkx(store)
    for attributes in (*(data for _, data in network.nodes(data=True)), *(data for *_, data in network.edges(data=True))):
        attributes.update({name: fit_for_xml(value) for name, value in attributes.items()})
    nx.write_graphml_xml(network, out, named_key_ids=True)


def _kinds(store: Store) -> dict[str, list[Kind]]:
    found: dict[str, list[Kind]] = defaultdict(list)
    for kind in Kind:
        for quad in store.quads_for_pattern(None, _RDF_TYPE, term_iri(kind), None):
            if isinstance(quad.subject, NamedNode) and kind not in found[quad.subject.value]:
                found[quad.subject.value].append(kind)
    return found


def _described(store: Store, iri: NamedNode, kinds: list[Kind]) -> dict[str, str]:
    said: dict[str, set[str]] = defaultdict(set)
    for predicate, attribute in _LABELS.items():
        for label in _literals(store, iri, predicate):
            said["label_en" if attribute == "label" and label.language == "en" else attribute].add(label.value)
    for prop in _VALUES:
        for quad in store.quads_for_pattern(iri, term_iri(prop), None, None):
            told = quad.object
            if isinstance(told, Literal | NamedNode):
                said[prop.value].add(told.value.removeprefix(AKG))
    attributes = {name: _SEPARATOR.join(sorted(values)) for name, values in said.items()}
    attributes.setdefault("label", attributes.get("label_en", iri.value))
    closest = max(kinds, key=lambda kind: len(lineage(kind)))
    return attributes | {"type": closest.value, "types": _SEPARATOR.join(sorted(kinds))}


def _literals(store: Store, subject: NamedNode, predicate: NamedNode) -> list[Literal]:
    return [q.object for q in store.quads_for_pattern(subject, predicate, None, None) if isinstance(q.object, Literal)]


def _edges(store: Store, prop: Property) -> set[tuple[str, str]]:
    return {
        (quad.subject.value, quad.object.value)
        for quad in store.quads_for_pattern(None, term_iri(prop), None, None)
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
    }


def _validity(store: Store) -> dict[tuple[str, Property, str], dict[str, str]]:
    """The limits in time that claims set to the facts that they make, by subject, property and object."""
    found: dict[tuple[str, Property, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for predicate, attribute in _VALIDITY.items():
        for quad in store.quads_for_pattern(None, predicate, None, None):
            claim = quad.subject
            limit = quad.object
            if not isinstance(claim, NamedNode) or not isinstance(limit, Literal) or not _is_actual(store, claim):
                continue
            ends = [_value(store, claim, part) for part in (_SUBJECT, _PREDICATE, _OBJECT)]
            if ends[1] in _PREDICATES:
                found[ends[0], _PREDICATES[ends[1]], ends[2]][attribute].add(limit.value)
    return {fact: {name: _SEPARATOR.join(sorted(dates)) for name, dates in said.items()} for fact, said in found.items()}


def _is_actual(store: Store, claim: NamedNode) -> bool:
    actual = store.quads_for_pattern(claim, term_iri("factuality"), term_iri(Factuality.ACTUAL), None)
    return next(actual, None) is not None


def _value(store: Store, subject: NamedNode, predicate: NamedNode) -> str:
    quad = next(store.quads_for_pattern(subject, predicate, None, None), None)
    return quad.object.value if quad is not None and isinstance(quad.object, NamedNode | Literal) else ""
