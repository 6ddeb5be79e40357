"""The lines behind the figures: what the graph misses, and what the gold does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.evaluation.built import BuiltClaim, Index
from graph.evaluation.comparing import Comparison
from graph.evaluation.figures import Miss, MissKind, Spurious
from graph.evaluation.matching import Match


def entity_misses(built: Index, comparison: Comparison) -> Iterator[Miss]:
    """Gold entities that are not found, or found as something else or as several things."""
    for one in comparison.entities:
        said = Miss(MissKind.ENTITY, one.side.gold.name, one.entity.line, one.entity.kind.value, str(one.entity.names))
        shown = ", ".join(sorted(f"{built.show(node)} ({built.kind(node) or 'none'})" for node in one.nodes))
        if not one.nodes:
            yield said
        elif not one.typed:
            yield said.but(MissKind.CLASS, shown)
        if len(one.nodes) > 1:
            yield said.but(MissKind.SPLIT, shown)


def claim_misses(built: Index, comparison: Comparison) -> Iterator[Miss]:
    """Gold claims that are not found, or found with a coarser date or another standing."""
    for one in comparison.claims:
        claim = one.claim
        said = Miss(
            MissKind.CLAIM, one.side.gold.name, claim.line, claim.predicate.value, str(claim.subject), str(claim.object),
            claim.factuality, claim.quote,
        )  # fmt: skip
        if not one.hits:
            others = {built.show(made.object) for made in comparison.misdated(one)}
            yield said.but(MissKind.CLAIM, ", ".join(sorted(others)))
            continue
        best, fits = one.hits[0]
        if fits is Match.COARSER:
            yield said.but(MissKind.DATE, built.show(best.object))
        if best.factuality is not claim.factuality:
            yield said.but(MissKind.FACTUALITY, best.factuality.value if best.factuality else "none")


def spurious(built: Index, claims: Iterable[BuiltClaim]) -> tuple[Spurious, ...]:
    """Claims of the graph as they are shown, by document and property."""
    shown = (
        Spurious(
            ", ".join(sorted(claim.documents)), claim.predicate, built.show(claim.subject), built.show(claim.object),
            claim.factuality, " … ".join(claim.quotes),
        )
        for claim in claims
    )  # fmt: skip
    return tuple(sorted(shown, key=lambda one: (one.documents, one.what, one.subject, one.object, one.quote)))
