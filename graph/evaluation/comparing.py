"""Each gold line beside what of the graph may be the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from pyoxigraph import Literal

from graph.evaluation.built import BuiltClaim, Index, Term
from graph.evaluation.gold import Gold, GoldClaim, GoldEntity, On
from graph.evaluation.matching import Match, View

Hits = Sequence[tuple[BuiltClaim, Match]]


@dataclass(frozen=True, slots=True)
class Side:
    """A gold file, what it is compared with, and whether that can tell what of the graph is right."""

    gold: Gold
    view: View
    judges: bool


@dataclass(frozen=True, slots=True)
class ComparedClaim:
    """A gold claim, and the claims of the graph that say it, the best of them first."""

    side: Side
    claim: GoldClaim
    hits: Hits


@dataclass(frozen=True, slots=True)
class ComparedEntity:
    """A gold entity, and the things of the graph that bear its names; `typed` if one of them has its class."""

    side: Side
    entity: GoldEntity
    nodes: frozenset[Term]
    typed: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """All gold beside a graph.

    `judged` are the documents whose claims the gold can call right or wrong; None are all, where no gold file is
    named after one. `touched` are the claims of the graph that some gold line has. `whole` are the gold files
    that were compared with all of the graph.
    """

    claims: tuple[ComparedClaim, ...]
    entities: tuple[ComparedEntity, ...]
    judged: frozenset[str] | None
    touched: frozenset[Term]
    whole: tuple[str, ...]

    def misdated(self, one: ComparedClaim) -> list[BuiltClaim]:
        """For a gold date that is not found: claims that give the thing another one, which the gold does not have at all."""
        if one.hits or not isinstance(one.claim.object, On):
            return []
        subjects = one.side.view.nodes(one.claim.subject)
        return [
            made
            for made in one.side.view.claims.get(one.claim.predicate, ())
            if made.iri not in self.touched and isinstance(made.object, Literal) and made.subject in subjects
        ]


def compare(built: Index, golds: Sequence[Gold], *, whole: bool) -> Comparison:
    """Lay gold beside a graph; what `whole` does stands at `scoring.evaluate`."""
    sides, judged = _sides(built, golds, whole=whole)
    claims = tuple(ComparedClaim(side, claim, _hits(side.view, claim)) for side in sides for claim in side.gold.claims)
    return Comparison(
        claims=claims,
        entities=tuple(_entity(built, side, entity) for side in sides for entity in side.gold.entities),
        judged=judged,
        touched=frozenset(hit.iri for one in claims for hit, _ in one.hits),
        whole=tuple(side.gold.name for side in sides if side.view.documents is None),
    )


def _entity(built: Index, side: Side, entity: GoldEntity) -> ComparedEntity:
    nodes = side.view.nodes(entity.names)
    return ComparedEntity(side, entity, nodes, any(entity.kind in built.kinds.get(node, ()) for node in nodes))


def _sides(built: Index, golds: Sequence[Gold], *, whole: bool) -> tuple[list[Side], frozenset[str] | None]:
    own = [frozenset(doc for doc in built.documents if _is_of(gold, doc)) for gold in golds]
    judged = frozenset().union(*own) or None
    everything = View(built)
    parted = not whole and len(built.documents) > 1
    sides = [
        Side(gold, View(built, mine) if parted and mine else everything, whole or bool(mine) or judged is None)
        for gold, mine in zip(golds, own, strict=True)
    ]
    return sides, judged


def _is_of(gold: Gold, document: str) -> bool:
    """Whether X.jsonl is the gold of the document: X.txt, or X itself. File systems write one name in several ways."""
    name = unicodedata.normalize("NFC", gold.name)
    return unicodedata.normalize("NFC", document) == name or unicodedata.normalize("NFC", PurePath(document).stem) == name


def _hits(view: View, claim: GoldClaim) -> Hits:
    """Exact dates before coarser ones, then the right standing before another."""
    found = [(one, fits) for one in view.claims.get(claim.predicate, ()) if (fits := view.match(one, claim)) is not None]
    return sorted(found, key=lambda hit: (hit[1] is not Match.EXACT, hit[0].factuality is not claim.factuality))
