"""Two graphs compared by what they say.

A claim is told by what its IRI is made of (graph/identity.py): its document, its triple, its standing, its limits in time
and who says it. Things that only go by another IRI count as the same.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from pyoxigraph import Store

from graph.differences.moves import Correspondence, Move, moved, renamed_documents
from graph.differences.pairing import Alignment, Candidate, pairs
from graph.differences.snapshot import Decided, Fact, Snapshot, Stated, Term, Thing, Told, snapshot
from ontology.terms import SIGNATURES, Property

_T = TypeVar("_T")
_Keyed = Mapping[Hashable, Stated]
# What of a claim can differ, in the order in which it is told. `place` is where the quotes stand.
CLAIM_FIELDS = (
    "subject", "predicate", "object", "factuality", "valid_from", "valid_until", "attributed_to", "status", "confidence", "quotes",
    "place",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changed(Generic[_T]):
    """One thing as it was and as it is, and the names of the fields that differ."""

    before: _T
    after: _T
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes(Generic[_T]):
    """What came, what went, and what is there but differs."""

    added: tuple[_T, ...] = ()
    gone: tuple[_T, ...] = ()
    changed: tuple[Changed[_T], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.changed)


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between what two graphs say; false where nothing does. `before` and `after` are what they say."""

    before: Snapshot
    after: Snapshot
    claims: Changes[Stated]
    documents: Changes[Told]
    things: Changes[Thing]
    moves: tuple[Move, ...]
    facts: Changes[Fact]
    decisions: Changes[Decided]

    def __bool__(self) -> bool:
        return bool(self.claims or self.documents or self.things or self.moves or self.facts or self.decisions)


def compare(before: Store, after: Store) -> Difference:
    """What differs from one graph to another, in time linear in their size but for sorting."""
    old, new = snapshot(before), snapshot(after)
    moves, renamed = moved(old, new), renamed_documents(old.documents, new.documents)
    same = Correspondence([*((m.before, m.after) for m in moves), *((one.iri, other.iri) for one, other in renamed)])
    return Difference(
        before=old,
        after=new,
        claims=_claims(old, new, same),
        documents=_documents(old.documents, new.documents, same),
        things=_things(old.things, new.things, same),
        moves=moves,
        facts=_facts(old.facts, new.facts, same),
        decisions=_both(_by_iri(old.decisions.values(), same), _by_iri(new.decisions.values(), same), _decision_fields),
    )


def _claims(old: Snapshot, new: Snapshot, same: Correspondence) -> Changes[Stated]:
    earlier, later = _folded(old.claims, same), _folded(new.claims, same)
    kept = [(earlier[key], later[key]) for key in earlier.keys() & later.keys()]
    aligned = _alignments(old.documents, new.documents, same)
    gone = [_candidate(said, same, aligned, new=False) for key, said in earlier.items() if key not in later]
    come = [_candidate(said, same, aligned, new=True) for key, said in later.items() if key not in earlier]
    paired = list(pairs(gone, come))
    told = {id(claim) for pair in paired for claim in pair}
    differing = (Changed(one, other, _claim_fields(one, other, same)) for one, other in (*kept, *paired))
    return Changes(
        added=tuple(sorted((c.claim for c in come if id(c.claim) not in told), key=in_text)),
        gone=tuple(sorted((c.claim for c in gone if id(c.claim) not in told), key=in_text)),
        changed=tuple(sorted((change for change in differing if change.fields), key=lambda change: in_text(change.after))),
    )


def in_text(claim: Stated) -> tuple[object, ...]:
    """The order of claims: by document, by place in it, then by IRI."""
    return str(claim.document), claim.evidence, str(claim.iri)


def _folded(claims: Iterable[Stated], same: Correspondence) -> _Keyed:
    """The claims by what they say. Two that say the same of things that are one by now count as one, with the evidence of both."""
    found: dict[Hashable, Stated] = {}
    for claim in claims:
        key = (
            _of(same, claim.document), same.of(claim.subject), claim.predicate, same.of(claim.object), claim.factuality,
            claim.valid_from, claim.valid_until, _of(same, claim.attributed_to),
        )  # fmt: skip
        other = found.get(key)
        found[key] = claim if other is None else _joined(other, claim)
    return found


def _joined(one: Stated, other: Stated) -> Stated:
    surer = max(one, other, key=lambda claim: (_number(claim.confidence), claim.status))
    return replace(surer, evidence=tuple(sorted({*one.evidence, *other.evidence})))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _alignments(old: Mapping[Term, Told], new: Mapping[Term, Told], same: Correspondence) -> Mapping[Term | None, Alignment]:
    texts = {same.of(iri): told.text for iri, told in new.items()}
    return {
        same.of(iri): Alignment.between(told.text, texts[same.of(iri)])
        for iri, told in old.items()
        if texts.get(same.of(iri), told.text) != told.text
    }


def _candidate(claim: Stated, same: Correspondence, aligned: Mapping[Term | None, Alignment], *, new: bool) -> Candidate:
    document = _of(same, claim.document)
    alignment = aligned.get(document)
    spans = [(one.start, one.end) for one in claim.evidence]
    places = spans if alignment is None else [alignment.placed(start, end, new=new) for start, end in spans]
    return Candidate(claim, document, same.of(claim.subject), same.of(claim.object), tuple(places))


def _claim_fields(one: Stated, other: Stated, same: Correspondence) -> tuple[str, ...]:
    """What differs, in the order of CLAIM_FIELDS. Where the quotes stand is told only of quotes that stayed."""
    differs = {
        "subject": same.of(one.subject) != same.of(other.subject),
        "object": same.of(one.object) != same.of(other.object),
        "attributed_to": _of(same, one.attributed_to) != _of(same, other.attributed_to),
        "place": one.quotes == other.quotes and one.evidence != other.evidence,
    }
    return tuple(
        field for field in CLAIM_FIELDS if differs.get(field, field != "place" and getattr(one, field) != getattr(other, field))
    )


def _of(same: Correspondence, term: Term | None) -> Term | None:
    return None if term is None else same.of(term)


def _documents(old: Mapping[Term, Told], new: Mapping[Term, Told], same: Correspondence) -> Changes[Told]:
    def fields(one: Told, other: Told) -> tuple[str, ...]:
        mine, theirs = dict(one.metadata), dict(other.metadata)
        known = sorted(name for name in mine.keys() | theirs.keys() if mine.get(name) != theirs.get(name))
        return tuple(
            name
            for name, differs in (("identifier", one.identifier != other.identifier), ("text", one.text != other.text))
            if differs
        ) + tuple(known)

    return _both(_by_iri(old.values(), same), _by_iri(new.values(), same), fields)


def _things(old: Mapping[Term, Thing], new: Mapping[Term, Thing], same: Correspondence) -> Changes[Thing]:
    """Things that came or went, and those of the same IRI that are called or classed otherwise."""
    there, here = {same.of(iri) for iri in old}, {same.of(iri) for iri in new}
    both = ((old[iri], new[iri]) for iri in sorted(old.keys() & new.keys(), key=str))
    differing = (Changed(one, other, _differing(one, other, ("kind", "labels", "names"))) for one, other in both)
    return Changes(
        added=tuple(thing for iri, thing in _sorted(new) if same.of(iri) not in there),
        gone=tuple(thing for iri, thing in _sorted(old) if same.of(iri) not in here),
        changed=tuple(change for change in differing if change.fields),
    )


def _sorted(things: Mapping[Term, Thing]) -> Iterable[tuple[Term, Thing]]:
    return sorted(things.items(), key=lambda item: str(item[0]))


def _differing(one: object, other: object, fields: Iterable[str]) -> tuple[str, ...]:
    return tuple(field for field in fields if getattr(one, field) != getattr(other, field))


def _decision_fields(one: Decided, other: Decided) -> tuple[str, ...]:
    return _differing(one, other, ("verdict", "who", "when", "why", "claim", "corrected_to"))


def _facts(old: frozenset[Fact], new: frozenset[Fact], same: Correspondence) -> Changes[Fact]:
    """Facts by what they say; one of a symmetric property, which stands both ways round, once."""

    def said(facts: frozenset[Fact]) -> dict[Hashable, Fact]:
        found: dict[Hashable, Fact] = {}
        for fact in sorted(facts, key=_fact_order):
            ends = (same.of(fact.subject), same.of(fact.object))
            symmetric = SIGNATURES[Property(fact.predicate)].symmetric
            found.setdefault((fact.predicate, frozenset(ends) if symmetric else ends), fact)
        return found

    there, here = said(old), said(new)
    return Changes(
        added=tuple(fact for key, fact in here.items() if key not in there),
        gone=tuple(fact for key, fact in there.items() if key not in here),
    )


def _fact_order(fact: Fact) -> tuple[str, str, str]:
    return str(fact.subject), fact.predicate, str(fact.object)


_I = TypeVar("_I", Told, Decided)


def _by_iri(found: Iterable[_I], same: Correspondence) -> Mapping[Term, _I]:
    return {same.of(one.iri): one for one in sorted(found, key=lambda one: str(one.iri))}


def _both(old: Mapping[Term, _I], new: Mapping[Term, _I], fields: Callable[[_I, _I], tuple[str, ...]]) -> Changes[_I]:
    """What is told by its IRI."""
    differing = (Changed(one, new[iri], fields(one, new[iri])) for iri, one in old.items() if iri in new)
    return Changes(
        added=tuple(one for iri, one in new.items() if iri not in old),
        gone=tuple(one for iri, one in old.items() if iri not in new),
        changed=tuple(change for change in differing if change.fields),
    )
