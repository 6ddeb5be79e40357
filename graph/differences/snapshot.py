"""What a graph says, as values that compare: claims, documents, things, facts and decisions.

All named graphs count as one. What a graph of another maker may lack is left empty; a claim without subject, property or
object is none. Runs, builds and the rules that made a claim are left out: they say nothing about the world.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from graph.identity import term_iri
from ontology.terms import AKG, PARENT, PREFIXES, Kind, Property, lineage

Term = NamedNode | BlankNode | Literal | Triple
_Links = Mapping[Term, tuple[Term, ...]]
HELD = "HeldBack"  # the status of a claim that breaks a shape


def _known(prefix: str, *parts: str) -> tuple[NamedNode, ...]:
    return tuple(NamedNode(PREFIXES[prefix] + part) for part in parts)


_TYPE, *_SAID = _known("rdf", "type", "subject", "predicate", "object")
_HELD_SAID = _known("akg", "heldSubject", "heldPredicate", "heldObject")
_PREFERRED, _OTHER = _known("skos", "prefLabel", "altLabel")
_DERIVED, _ATTRIBUTED, _AT = _known("prov", "wasDerivedFrom", "wasAttributedTo", "endedAtTime")
_IDENTIFIER, *_METADATA = _known("dcterms", "identifier", "title", "issued", "source", "publisher", "creator")
(_TEXT,), (_WHY,) = _known("schema", "text"), _known("rdfs", "comment")


@dataclass(frozen=True, slots=True, order=True)
class Quoted:
    """A piece of evidence: its offsets in the text of the document, and the characters there."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim. `predicate` and `factuality` are local names; `status` is Accepted, Rejected, HeldBack or empty.

    `document` is an IRI, None where no evidence names one. Dates are as written, empty where there is none.
    """

    iri: Term
    document: Term | None
    subject: Term
    predicate: str
    object: Term
    factuality: str
    valid_from: str
    valid_until: str
    attributed_to: Term | None
    confidence: str
    status: str
    evidence: tuple[Quoted, ...]

    @property
    def quotes(self) -> tuple[str, ...]:
        return tuple(one.quote for one in self.evidence)


@dataclass(frozen=True, slots=True)
class Told:
    """A document: what it is called, its text, and the rest that is known about it (title, date, source …) by local names."""

    iri: Term
    identifier: str
    text: str
    metadata: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        return dict(self.metadata).get("title", self.identifier)


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity: its most specific class, its labels by language, and all its names, the labels among them."""

    iri: Term
    kind: str
    labels: tuple[tuple[str, str], ...]
    names: tuple[str, ...]

    @property
    def top(self) -> str:
        """Its top class; things of different ones are different things."""
        return lineage(Kind(self.kind))[-1].value


@dataclass(frozen=True, slots=True)
class Fact:
    """A bare triple; `predicate` is a local name."""

    subject: Term
    predicate: str
    object: Term


@dataclass(frozen=True, slots=True)
class Decided:
    """What a reviewer decided about a claim; `verdict` is a local name."""

    iri: Term
    claim: Term | None
    verdict: str
    who: str
    when: str
    why: str
    corrected_to: Term | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that a graph says."""

    claims: tuple[Stated, ...]
    documents: Mapping[Term, Told]
    things: Mapping[Term, Thing]
    facts: frozenset[Fact]
    decisions: Mapping[Term, Decided]


def snapshot(store: Store) -> Snapshot:
    """Read a graph, in time linear in its size."""
    reviewed = _links(store, term_iri("reviewStatus"))
    claims = {node: local_name_of(_first(reviewed.get(node))) for node in _instances(store, "Claim")}
    held = dict.fromkeys(_instances(store, "HeldBack"), HELD)
    said = (*_stated(store, claims, _SAID), *_stated(store, held, _HELD_SAID))
    return Snapshot(
        claims=tuple(sorted(said, key=lambda claim: str(claim.iri))),
        documents={told.iri: told for told in _documents(store)},
        things={thing.iri: thing for thing in _things(store)},
        facts=frozenset(Fact(q.subject, p.value, q.object) for p in Property for q in _quads(store, term_iri(p))),
        decisions={one.iri: one for one in _decisions(store)},
    )


def local_name_of(term: Term | None) -> str:
    """A term of the vocabulary by its local name, another by its IRI."""
    return _text(term).removeprefix(AKG)


def _stated(store: Store, statuses: Mapping[Term, str], said: Iterable[NamedNode]) -> Iterator[Stated]:
    subjects, predicates, objects = (_links(store, part) for part in said)
    factualities, confidences, starting, ending = (
        _links(store, term_iri(part)) for part in ("factuality", "confidence", "validFrom", "validUntil")
    )
    derived, attributed = _links(store, _DERIVED), _links(store, _ATTRIBUTED)
    documents, quotes, starts, ends = (_links(store, term_iri(part)) for part in ("inDocument", "quote", "start", "end"))
    for iri, status in statuses.items():
        if not (iri in subjects and iri in predicates and iri in objects):
            continue
        evidence = derived.get(iri, ())
        pieces = (
            Quoted(_offset(starts.get(one)), _offset(ends.get(one)), _text(quote))
            for one in evidence
            for quote in quotes.get(one, ())
        )
        yield Stated(
            iri=iri,
            document=min((doc for one in evidence for doc in documents.get(one, ())), key=str, default=None),
            subject=subjects[iri][0],
            predicate=local_name_of(predicates[iri][0]),
            object=objects[iri][0],
            factuality=local_name_of(_first(factualities.get(iri))),
            valid_from=_text(_first(starting.get(iri))),
            valid_until=_text(_first(ending.get(iri))),
            attributed_to=_first(attributed.get(iri)),
            confidence=_text(_first(confidences.get(iri))),
            status=status,
            evidence=tuple(sorted(pieces)),
        )


def _documents(store: Store) -> Iterator[Told]:
    identifiers, texts = _links(store, _IDENTIFIER), _links(store, _TEXT)
    metadata = {local_part(part): _links(store, part) for part in _METADATA}
    for iri in _instances(store, "Document"):
        known = ((name, _text(_first(found.get(iri)))) for name, found in metadata.items())
        identifier = _text(_first(identifiers.get(iri))) or _text(iri)
        yield Told(iri, identifier, _text(_first(texts.get(iri))), tuple((name, value) for name, value in known if value))


def _things(store: Store) -> Iterator[Thing]:
    kinds: dict[Term, set[str]] = defaultdict(set)
    for kind in Kind:
        for iri in _instances(store, kind.value):
            kinds[iri].add(kind.value)
    preferred, other = _links(store, _PREFERRED), _links(store, _OTHER)
    for iri, found in kinds.items():
        closest = min(found - {PARENT[Kind(kind)].value for kind in found if Kind(kind) in PARENT})
        labels = preferred.get(iri, ())
        tagged = {(label.language or "", label.value) for label in labels if isinstance(label, Literal)}
        names = {_text(name) for name in (*labels, *other.get(iri, ()))}
        yield Thing(iri, closest, tuple(sorted(tagged)), tuple(sorted(names)))


def _decisions(store: Store) -> Iterator[Decided]:
    claims, verdicts, reviewers, corrected = (
        _links(store, term_iri(part)) for part in ("decides", "verdict", "reviewer", "correctedTo")
    )
    times, reasons = _links(store, _AT), _links(store, _WHY)
    for iri in _instances(store, "Decision"):
        yield Decided(
            iri=iri,
            claim=_first(claims.get(iri)),
            verdict=local_name_of(_first(verdicts.get(iri))),
            who=_text(_first(reviewers.get(iri))),
            when=_text(_first(times.get(iri))),
            why=_text(_first(reasons.get(iri))),
            corrected_to=_first(corrected.get(iri)),
        )


def local_part(iri: NamedNode) -> str:
    """What stands after the last `#` or `/`."""
    return iri.value.replace("#", "/").rpartition("/")[2]


def _quads(store: Store, predicate: NamedNode, told: NamedNode | None = None) -> Iterator[Quad]:
    """Over all graphs."""
    return store.quads_for_pattern(None, predicate, told, None)


def _instances(store: Store, kind: str) -> tuple[Term, ...]:
    """Each once, though several graphs may say so."""
    return tuple({quad.subject: None for quad in _quads(store, _TYPE, term_iri(kind))})


def _links(store: Store, predicate: NamedNode) -> _Links:
    """The objects of a property by subject, each once and in a fixed order."""
    found: dict[Term, set[Term]] = defaultdict(set)
    for quad in _quads(store, predicate):
        found[quad.subject].add(quad.object)
    return {node: tuple(objects) if len(objects) == 1 else tuple(sorted(objects, key=str)) for node, objects in found.items()}


def _first(terms: tuple[Term, ...] | None) -> Term | None:
    return terms[0] if terms else None


def _offset(starts: tuple[Term, ...] | None) -> int:
    said = _text(_first(starts))
    return int(said) if said.isdecimal() else 0


def _text(term: Term | None) -> str:
    if term is None:
        return ""
    return str(term) if isinstance(term, Triple) else term.value
