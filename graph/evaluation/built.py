"""The graph under evaluation, read once: its claims, its things by name, and in which documents each stands.

All named graphs count as one. What a graph of another maker may lack (identifiers, mentions, quotes) is left
empty; a claim without subject, property or object is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from graph.identity import term_iri
from graph.names import normalised
from ontology.terms import AKG, PARENT, PREFIXES, Factuality, Kind

Term = NamedNode | BlankNode | Literal | Triple
_Links = Mapping[Term, tuple[Term, ...]]
_T = TypeVar("_T", Factuality, Kind)


def _known(prefix: str, *parts: str) -> tuple[NamedNode, ...]:
    return tuple(NamedNode(PREFIXES[prefix] + part) for part in parts)


_TYPE, _SUBJECT, _PREDICATE, _OBJECT = _known("rdf", "type", "subject", "predicate", "object")
_PREFERRED, _OTHER = _known("skos", "prefLabel", "altLabel")
(_DERIVED,), (_IDENTIFIER,), (_MENTIONS,) = (
    _known("prov", "wasDerivedFrom"),
    _known("dcterms", "identifier"),
    _known("schema", "mentions"),
)


@dataclass(frozen=True, slots=True)
class BuiltClaim:
    """A claim of the graph. `predicate` is a local name; `documents` are identifiers, `quotes` in the order of the text."""

    iri: Term
    subject: Term
    predicate: str
    object: Term
    factuality: Factuality | None
    documents: frozenset[str]
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """A graph by its claims and names. `names` are as compared; `held` are dates; `places` says in which documents a thing stands."""

    claims: tuple[BuiltClaim, ...]
    documents: tuple[str, ...]
    names: Mapping[Term, frozenset[str]]
    labels: Mapping[Term, str]
    kinds: Mapping[Term, frozenset[Kind]]
    held: Mapping[Term, frozenset[str]]
    forums: Mapping[Term, frozenset[Term]]
    places: Mapping[Term, frozenset[str]]

    def kind(self, node: Term) -> Kind | None:
        """The most specific class of a thing."""
        kinds = self.kinds.get(node, frozenset())
        return min(kinds - {PARENT.get(kind) for kind in kinds}, default=None)

    def show(self, term: Term) -> str:
        """A thing by its Japanese label, a level by its name, a date as it is written."""
        if isinstance(term, Literal):
            return term.value
        return self.labels.get(term) or (term.value.removeprefix(AKG) if isinstance(term, NamedNode) else str(term))


def index(store: Store) -> Index:
    """Read a graph for evaluation."""
    types = _links(store, _TYPE)
    identifiers = {node: _text(found[0]) for node, found in _links(store, _IDENTIFIER).items()}
    claims = tuple(_claims(store, types, identifiers))
    document = term_iri("Document")
    stated = {identifiers.get(node, _text(node)) for node, found in types.items() if document in found}
    preferred, other = _links(store, _PREFERRED), _links(store, _OTHER)
    return Index(
        claims=claims,
        documents=tuple(sorted(stated.union(*(claim.documents for claim in claims)))),
        names={
            node: frozenset(normalised(_text(name)) for name in (*preferred.get(node, ()), *other.get(node, ())))
            for node in preferred.keys() | other.keys()
        },
        labels={node: _text(min(found, key=_japanese_first)) for node, found in preferred.items()},
        kinds={node: kinds for node, found in types.items() if (kinds := frozenset(_members(found, Kind)))},
        held={node: frozenset(map(_text, dates)) for node, dates in _stated(store, claims, "heldOn").items()},
        forums={node: frozenset(forums) for node, forums in _stated(store, claims, "meetingOf").items()},
        places=_places(store, claims, identifiers),
    )


def _claims(store: Store, types: _Links, identifiers: Mapping[Term, str]) -> Iterable[BuiltClaim]:
    claim_class = term_iri("Claim")
    subjects, predicates, objects = (_links(store, part) for part in (_SUBJECT, _PREDICATE, _OBJECT))
    factualities, derived = _links(store, term_iri("factuality")), _links(store, _DERIVED)
    documents, quotes, starts = (_links(store, term_iri(part)) for part in ("inDocument", "quote", "start"))
    for iri in sorted((node for node, found in types.items() if claim_class in found), key=str):
        if not (iri in subjects and iri in predicates and iri in objects):
            continue
        evidence = derived.get(iri, ())
        quoted = sorted((_offset(starts.get(one, ())), _text(quote)) for one in evidence for quote in quotes.get(one, ()))
        yield BuiltClaim(
            iri=iri,
            subject=subjects[iri][0],
            predicate=_text(predicates[iri][0]).removeprefix(AKG),
            object=objects[iri][0],
            factuality=next(iter(_members(factualities.get(iri, ()), Factuality)), None),
            documents=frozenset(identifiers.get(doc, _text(doc)) for one in evidence for doc in documents.get(one, ())),
            quotes=tuple(quote for _, quote in quoted),
        )


def _places(store: Store, claims: Iterable[BuiltClaim], identifiers: Mapping[Term, str]) -> Mapping[Term, frozenset[str]]:
    """Where a thing is mentioned, or is spoken of by a claim."""
    places: dict[Term, set[str]] = defaultdict(set)
    for document, mentioned in _links(store, _MENTIONS).items():
        for node in mentioned:
            places[node].add(identifiers.get(document, _text(document)))
    for claim in claims:
        places[claim.subject] |= claim.documents
        places[claim.object] |= claim.documents
    return {node: frozenset(documents) for node, documents in places.items() if documents}


def _stated(store: Store, claims: Iterable[BuiltClaim], predicate: str) -> Mapping[Term, set[Term]]:
    """The objects that claims of any standing, or plain triples, give to each subject."""
    found: dict[Term, set[Term]] = defaultdict(set)
    for claim in claims:
        if claim.predicate == predicate:
            found[claim.subject].add(claim.object)
    for node, objects in _links(store, term_iri(predicate)).items():
        found[node].update(objects)
    return found


def _links(store: Store, predicate: NamedNode) -> _Links:
    """The objects of a property by subject, each once and in a fixed order, over all named graphs."""
    found: dict[Term, set[Term]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, predicate, None, None):
        found[quad.subject].add(quad.object)
    return {node: tuple(sorted(objects, key=str)) for node, objects in found.items()}


def _members(terms: Iterable[Term], of: type[_T]) -> Iterable[_T]:
    """The terms of the vocabulary among them that belong to a closed set."""
    local = (term.value.removeprefix(AKG) for term in terms if isinstance(term, NamedNode) and term.value.startswith(AKG))
    return (of(name) for name in local if name in set(of))


def _japanese_first(label: Term) -> tuple[bool, str]:
    return (not (isinstance(label, Literal) and label.language == "ja"), str(label))


def _offset(starts: tuple[Term, ...]) -> int:
    said = _text(starts[0]) if starts else ""
    return int(said) if said.isdecimal() else 0


def _text(term: Term) -> str:
    return str(term) if isinstance(term, Triple) else term.value
