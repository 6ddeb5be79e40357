"""The gate: what breaks a shape is held back before it comes into the graph.

What one document says is checked as a graph of its own: the document, its claims with their evidence, the facts that
they make, the things that it mentions. The outcome depends on that document and on how its things are linked and
described, and is the same whichever documents are checked together.

Circles of succession and revision are let through here: which fact closes one is known only over all documents
(`graph.cycles`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extract.model import Claim
from graph.apart import violations
from graph.errors import GraphError
from graph.findings import Finding
from graph.held import Held
from graph.identity import held_iri, identity
from graph.said import Said, claims_at_fault, claims_naming, entities_at_fault, is_about_document, unresolved_at_fault
from ontology.terms import AKGSH, SUPER_PROPERTY, Property

NO_CYCLE = {Property.REPLACES: AKGSH + "ReplacesNoCycle", Property.REVISES: AKGSH + "RevisesNoCycle"}
_CYCLES = frozenset(NO_CYCLE.values())
_MOST_TRIPLES = 50_000  # in one check, so that it needs little memory


@dataclass(frozen=True, slots=True)
class Passed:
    """What of a document may stand in the graph, and what may not.

    `said` is what the caller gave without what breaks a shape: claims, what is unresolved, entities, the date of issue.
    An entity that is not in it may be described only if it is in that of another document. `held` are the claims that are not
    in it, in the order of the text; `left_out` says what else is not, and why.
    """

    said: Said
    held: tuple[Held, ...] = ()
    left_out: tuple[Finding, ...] = ()


def gate(said: Iterable[Said]) -> Iterator[Passed]:
    """Check each document by the shapes of the vocabulary, in the order given; what comes out keeps to them.

    With a claim of renamedFrom its twin of replaces is held back, and the other way round; with one of a symmetric
    property go its facts in both directions. Raises GraphError where a document contradicts itself, or what breaks a shape
    cannot be left out.
    """
    batch: list[Said] = []
    size = 0
    for one in said:
        if batch and size + len(one) > _MOST_TRIPLES:
            yield from _settled(batch)
            batch, size = [], 0
        batch.append(one)
        size += len(one)
    yield from _settled(batch)


def _settled(batch: Sequence[Said]) -> list[Passed]:
    """Check, leave out what breaks a shape, check again what is left of those documents, until nothing does."""
    passed = [Passed(one) for one in batch]
    unsure = list(range(len(passed)))
    while unsure:
        found = dict(zip(unsure, violations([passed[at].said for at in unsure]), strict=True))
        wrong = {at: here for at, findings in found.items() if (here := [f for f in findings if f.shape not in _CYCLES])}
        passed = [_less(one, wrong[at]) if at in wrong else one for at, one in enumerate(passed)]
        unsure = list(wrong)
    return passed


def _less(passed: Passed, findings: Collection[Finding]) -> Passed:
    """The document without what the findings are about: the least that the most exact of them name.

    What a fact breaks, the claim that makes it breaks as well, so that findings that only name the thing are heeded once
    none is more exact.
    """
    for leave_out in (_exactly, _all_that_name, _things, _all_claims, _date_of_issue):
        if (less := leave_out(passed, findings)) is not None:
            return less
    raise GraphError(
        f"the document breaks a shape and cannot be without it: {min(findings).line()}", where=passed.said.identifier
    )


def _exactly(passed: Passed, findings: Collection[Finding]) -> Passed | None:
    """Without the claims, and what is unresolved, that findings are about."""
    less = _hold(passed, findings, claims_at_fault)
    open_, out = passed.said.extraction.unresolved, []
    for finding in findings:
        if at_fault := unresolved_at_fault(passed.said, finding):
            open_ = tuple(item for item in open_ if item not in at_fault)
            out.append(finding)
    if not out:
        return less
    less = less or passed
    said = replace(less.said, extraction=replace(less.said.extraction, unresolved=open_))
    return replace(less, said=said, left_out=_sorted(less.left_out, out))


def _all_that_name(passed: Passed, findings: Collection[Finding]) -> Passed | None:
    """Without the claims that name a thing that findings are about."""
    return _hold(passed, findings, claims_naming)


def _things(passed: Passed, findings: Collection[Finding]) -> Passed | None:
    """Without the things themselves, which no claim names any more."""
    at_fault = {entity.key: finding for finding in findings for entity in entities_at_fault(passed.said, finding)}
    if not at_fault:
        return None
    said = replace(passed.said, entities=tuple(e for e in passed.said.entities if e.key not in at_fault))
    about = [f for f in findings if entities_at_fault(passed.said, f)]
    return replace(passed, said=said, left_out=_sorted(passed.left_out, about))


def _all_claims(passed: Passed, findings: Collection[Finding]) -> Passed | None:
    """Without any claim, where the document is wrong, or what is wrong cannot be told."""
    return _hold(passed, findings, lambda said, _finding: said.claims)


def _date_of_issue(passed: Passed, findings: Collection[Finding]) -> Passed | None:
    """Without its date of issue, the one thing that is told of a document and need not be."""
    about = [f for f in findings if is_about_document(passed.said, f) and f.path == "dcterms:issued"]
    if not about:
        return None
    extraction = passed.said.extraction
    said = replace(passed.said, extraction=replace(extraction, document=replace(extraction.document, published=None)))
    return replace(passed, said=said, left_out=_sorted(passed.left_out, about))


def _hold(passed: Passed, findings: Iterable[Finding], at_fault: Callable[[Said, Finding], Collection[Claim]]) -> Passed | None:
    """Without the claims at fault, each kept with what was found; None if there are none."""
    found: dict[Claim, set[Finding]] = defaultdict(set)
    for finding in findings:
        for claim in at_fault(passed.said, finding):
            found[claim].add(finding)
    return hold(passed, found) if found else None


def hold(passed: Passed, found: Mapping[Claim, Collection[Finding]]) -> Passed:
    """Hold back claims, each for what was found, and their twins of the wider or narrower property."""
    said = passed.said
    by_twin: dict[tuple[object, ...], set[Finding]] = defaultdict(set)
    for claim, findings in found.items():
        by_twin[_twins(claim)].update(findings)
    held = [
        Held(said.identifier, claim, tuple(sorted(by_twin[_twins(claim)]))) for claim in said.claims if _twins(claim) in by_twin
    ]
    rest = tuple(claim for claim in said.claims if _twins(claim) not in by_twin)
    return replace(passed, said=replace(said, claims=rest), held=tuple(sorted((*passed.held, *held), key=_place)))


def _place(held: Held) -> tuple[object, ...]:
    """Where in the text, claims of the same words in an order of their own."""
    return held.claim.evidence, held.claim.predicate, held_iri(held.document, held.claim).value


def _twins(claim: Claim) -> tuple[object, ...]:
    """What a claim has in common with that of the wider property that is made from it."""
    return identity(replace(claim, predicate=SUPER_PROPERTY.get(claim.predicate, claim.predicate)))


def _sorted(one: Iterable[Finding], other: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted({*one, *other}))
