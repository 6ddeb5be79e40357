"""Several documents checked in one graph, each as if it were alone.

Each call of pySHACL costs the same once. So that nothing that one document says makes another pass or fail, every IRI
of our own is told apart by the document, the terms of the vocabulary alone being shared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from pyoxigraph import NamedNode, Quad, Store, Triple

from graph.conforming import surely
from graph.findings import VIOLATION, Finding, shortened
from graph.said import Said, claims_at_fault
from ontology.terms import AKGID

_APART = "urn:alliancekg:apart:"
_OF = re.compile(rf"{_APART}(\d+):(.*)", re.DOTALL)
_Term = TypeVar("_Term")


def violations(said: Sequence[Said]) -> list[tuple[Finding, ...]]:
    """What is wrong with each document; those that surely keep to the shapes are not asked about any further."""
    found: list[tuple[Finding, ...]] = [() for _ in said]
    unsure = [at for at, one in enumerate(said) if not surely(one.triples())]
    if unsure:
        for at, findings in zip(unsure, judged([said[at] for at in unsure]), strict=True):
            found[at] = findings
    return found


def judged(said: Sequence[Said]) -> list[tuple[Finding, ...]]:
    """The same as pySHACL finds it. Where a finding does not tell of which document it is, each is checked alone."""
    from graph.validation import validate  # noqa: PLC0415 - pySHACL loads rdflib

    store = Store()
    for number, one in enumerate(said):
        store.bulk_extend(_apart(number, one.triples()))
    found: list[set[Finding]] = [set() for _ in said]
    for finding in validate(store).results:
        if finding.severity != VIOLATION:
            continue
        told, real = _as_it_is(finding)
        owners = _owners(told, real, said)
        if not owners:
            return [judged([one])[0] for one in said]
        for owner in owners:
            found[owner].add(real)
    return [tuple(sorted(findings)) for findings in found]


def _owners(number: int | None, finding: Finding, said: Sequence[Said]) -> Sequence[int]:
    """Whose a finding is; one about a property and a literal is of all that claim so."""
    if len(said) == 1:
        return [0]
    if number is not None:
        return [number]
    return [at for at, one in enumerate(said) if claims_at_fault(one, finding)]


def _apart(number: int, triples: Iterable[Triple]) -> Iterator[Quad]:
    names: dict[str, NamedNode] = {}

    def own(term: _Term) -> _Term | NamedNode:
        if not isinstance(term, NamedNode) or not term.value.startswith(AKGID):
            return term
        if term.value not in names:
            names[term.value] = NamedNode(f"{_APART}{number}:{term.value}")
        return names[term.value]

    for triple in triples:
        yield Quad(own(triple.subject), triple.predicate, own(triple.object))


def _as_it_is(finding: Finding) -> tuple[int | None, Finding]:
    """Of which document the finding is, None where it does not tell, and the finding with the IRIs as they are."""
    focus, value = _OF.fullmatch(finding.focus), _OF.fullmatch(finding.value)
    told = focus or value
    real = replace(
        finding,
        focus=shortened(focus[2]) if focus else finding.focus,
        value=shortened(value[2]) if value else finding.value,
    )
    return int(told[1]) if told else None, real
