"""Things as nodes and what is said between them as edges, within a scope."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Store

from graph.identity import term_iri
from graph.networks.snapshots import Scope
from graph.networks.statements import Statement, both_ways, statements
from ontology.terms import AKG, PREFIXES, SIGNATURES, Factuality, Kind, Property, lineage

Attributes = dict[str, str | int]
Dates = dict[Property, set[str]]

_RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_MENTIONS = NamedNode(PREFIXES["schema"] + "mentions")
_LABELS = {NamedNode(PREFIXES["skos"] + "prefLabel"): "label", NamedNode(PREFIXES["skos"] + "altLabel"): "names"}
_DATES = [prop for prop, signature in SIGNATURES.items() if signature.takes_date]
_VALUES = [prop for prop, signature in SIGNATURES.items() if signature.takes_date or signature.takes_level]
SEPARATOR = "; "
_YEAR = re.compile(r"-?\d{4,}")


@dataclass(frozen=True, slots=True)
class Node:
    """A thing: its IRI and what is known of it."""

    iri: str
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class Edge:
    """What is said, with one standing, between two things (by their IRIs), and the statements that say it."""

    source: str
    property: Property
    target: str
    factuality: Factuality
    statements: tuple[Statement, ...]
    attributes: Attributes


@dataclass
class View:
    """A graph within a scope; what is read of it is kept."""

    store: Store
    scope: Scope = field(default_factory=Scope)

    def nodes(self) -> Iterator[Node]:
        """The things in the order of their IRIs.

        Each has `label` (Japanese where known), `label_en`, `names`, `type` (the most specific class), `types`, under the
        property's name each date and level (`establishedOn`: "2010"), several joined by "; ", and `year`, the first of its dates.
        """
        for iri in sorted(self.there):
            yield Node(iri, self._described(NamedNode(iri)))

    def edges(self) -> Iterator[Edge]:
        """What is said among the things, by source, property, target and standing.

        Each has `property`, `claims` (how many say it), `valid_from` and `valid_until` where claims limit it, `date` where an
        end of it is a dated meeting or occurrence, and `year`, the first of these.
        """
        for (source, prop, target, standing), told in sorted(self._said.items(), key=lambda item: item[0]):
            limits: dict[str, set[str]] = defaultdict(set)
            for one in told:
                for name, limit in (("valid_from", one.valid_from), ("valid_until", one.valid_until)):
                    if limit:
                        limits[name].add(limit)
            held = {on for end in (source, target) for on in self.values(end).get(Property.HELD_ON, ())}
            if held:
                limits["date"] = held
            attributes: Attributes = {"property": prop.value, "claims": len(told)}
            attributes |= {name: SEPARATOR.join(sorted(values)) for name, values in sorted(limits.items())}
            yield Edge(
                source, prop, target, standing, tuple(told), attributes | _year(on for some in limits.values() for on in some)
            )

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """The most specific class of each thing of the graph, whatever the scope."""
        return {iri: max(kinds, key=lambda kind: len(lineage(kind))) for iri, kinds in self._all_kinds.items()}

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The statements of documents that count, of any standing and time."""
        return tuple(kept for one in statements(self.store) if (kept := self.scope.known(one)) is not None)

    @cached_property
    def there(self) -> frozenset[str]:
        """The things that documents which count speak of, and that are there on the day."""
        spoken_of: Iterable[str] = self.kinds
        if self.scope.as_of is not None:
            spoken_of = self._mentioned()
        return frozenset(iri for iri in spoken_of if iri in self.kinds and self.scope.is_there(self.values(iri)))

    def values(self, iri: str) -> Dates:
        """The dates and levels of a thing that stand as facts, as written."""
        return self._values.get(iri, {})

    @cached_property
    def _all_kinds(self) -> dict[str, list[Kind]]:
        found: dict[str, list[Kind]] = defaultdict(list)
        for kind in Kind:
            for quad in self.store.quads_for_pattern(None, _RDF_TYPE, term_iri(kind), None):
                if isinstance(quad.subject, NamedNode) and kind not in found[quad.subject.value]:
                    found[quad.subject.value].append(kind)
        return found

    def _mentioned(self) -> set[str]:
        sources = {evidence.source.iri for one in self.statements for evidence in one.evidence}
        found = {end for one in self.statements for end in (one.subject, one.object)}
        for source in sources:
            for quad in self.store.quads_for_pattern(NamedNode(source), _MENTIONS, None, None):
                if isinstance(quad.object, NamedNode):
                    found.add(quad.object.value)
        return found

    @cached_property
    def _values(self) -> dict[str, Dates]:
        found: dict[str, Dates] = defaultdict(lambda: defaultdict(set))
        for subject, prop, value in self._facts(_VALUES):
            found[subject][prop].add(value)
        return found

    @cached_property
    def _said(self) -> dict[tuple[str, Property, str, Factuality], list[Statement]]:
        """The edges, each with the statements that hold."""
        told: dict[tuple[str, Property, str, Factuality], list[Statement]] = defaultdict(list)
        for one in both_ways(self.statements):
            told[*one.fact, one.factuality].append(one)
        if Factuality.ACTUAL in self.scope.factuality:
            among_things = [prop for prop in Property if prop not in _VALUES]
            for fact in self._facts(among_things):
                told.setdefault((*fact, Factuality.ACTUAL), [])
        there, scope = self.there, self.scope
        return {
            key: holding
            for key, said in told.items()
            if key[3] in scope.factuality and key[0] in there and key[2] in there
            # A fact that no claim says bears no limits.
            if (holding := [one for one in said if scope.holds(one)]) or not said
        }

    def _facts(self, properties: Iterable[Property]) -> set[tuple[str, Property, str]]:
        """What stands as fact: bare triples, or where documents are chosen what these say as done."""
        if self.scope.as_of is not None:
            among = set(properties)
            told = both_ways(self.statements)
            return {one.fact for one in told if one.predicate in among and one.factuality is Factuality.ACTUAL}
        return {
            (quad.subject.value, prop, quad.object.value.removeprefix(AKG))
            for prop in properties
            for quad in self.store.quads_for_pattern(None, term_iri(prop), None, None)
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal)
        }

    def _described(self, iri: NamedNode) -> Attributes:
        said: dict[str, set[str]] = defaultdict(set)
        for predicate, attribute in _LABELS.items():
            for quad in self.store.quads_for_pattern(iri, predicate, None, None):
                if isinstance(quad.object, Literal):
                    english = attribute == "label" and quad.object.language == "en"
                    said["label_en" if english else attribute].add(quad.object.value)
        attributes: Attributes = {name: SEPARATOR.join(sorted(values)) for name, values in said.items()}
        dates = self.values(iri.value)
        attributes |= {prop.value: SEPARATOR.join(sorted(dates[prop])) for prop in _VALUES if dates.get(prop)}
        attributes.setdefault("label", attributes.get("label_en", iri.value))
        attributes |= {"type": self.kinds[iri.value].value, "types": SEPARATOR.join(sorted(self._all_kinds[iri.value]))}
        return attributes | _year(on for prop in _DATES for on in dates.get(prop, ()))


def _year(dates: Iterable[str]) -> Attributes:
    """The first year that the dates name, as an attribute, so that Gephi can filter and rank by it."""
    years = [int(found[0]) for on in dates if (found := _YEAR.match(on))]
    return {"year": min(years)} if years else {}
