"""Counting: each gold line against the graph, each claim and thing of the graph against the gold.

Recall is that of gold: a line is found where the graph says it, dates to the same precision, whatever the standing.
Precision is that of the graph, for what the gold can judge: claims of documents that have gold and of properties
that the gold uses, things in each of those documents and of classes that the gold's entities have. There a claim
is right where the gold says it, be it with a finer date. It takes the gold to be complete.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Store

from graph.evaluation.built import BuiltClaim, Index, Term, index
from graph.evaluation.comparing import Comparison, compare
from graph.evaluation.figures import Dates, EntityTally, Scope, Spurious, Tally
from graph.evaluation.findings import claim_misses, entity_misses, spurious
from graph.evaluation.gold import Gold, On
from graph.evaluation.matching import Match
from graph.evaluation.report import Evaluation
from ontology.terms import Factuality, Kind, Property


def evaluate(store: Store, golds: Sequence[Gold], *, whole: bool = False) -> Evaluation:
    """Compare a graph with gold.

    The gold of a file is compared with the document of that name, where the graph holds several documents and that
    is among them, else with all of the graph. With `whole` every file is compared with all of it.
    """
    built = index(store)
    comparison = compare(built, golds, whole=whole)
    claims = _judge_claims(built, comparison)
    things = _judge_things(built, comparison)
    return Evaluation(
        by_property=_by_property(comparison, claims),
        by_class=_by_class(comparison, things),
        factuality=_matrix(comparison),
        dates=_dates(comparison),
        misses=(*entity_misses(built, comparison), *claim_misses(built, comparison)),
        spurious=spurious(built, claims.spurious),
        spurious_entities=tuple(
            Spurious(thing.document, thing.kind.value, built.show(thing.node)) for thing in things if not thing.right
        ),
        misjudged=spurious(built, claims.misjudged),
        scope=Scope(
            documents=tuple(sorted(built.documents if comparison.judged is None else comparison.judged)),
            whole=comparison.whole,
            built=len(built.claims),
            elsewhere=claims.elsewhere,
            unused=claims.unused,
        ),
    )


@dataclass(frozen=True, slots=True)
class _Claims:
    """The claims of the graph that the gold can judge: right or spurious. The misjudged are right but for their standing."""

    right: tuple[BuiltClaim, ...]
    spurious: tuple[BuiltClaim, ...]
    misjudged: tuple[BuiltClaim, ...]
    elsewhere: int
    unused: Mapping[str, int]


def _judge_claims(built: Index, comparison: Comparison) -> _Claims:
    standings: dict[Term, set[Factuality]] = defaultdict(set)
    for one in comparison.claims:
        for hit, _ in one.hits if one.side.judges else ():
            standings[hit.iri].add(one.claim.factuality)
    used = {one.claim.predicate for one in comparison.claims}
    here = [claim for claim in built.claims if comparison.judged is None or claim.documents & comparison.judged]
    right = tuple(claim for claim in here if claim.iri in standings)
    return _Claims(
        right=right,
        spurious=tuple(claim for claim in here if claim.predicate in used and claim.iri not in standings),
        misjudged=tuple(claim for claim in right if claim.factuality not in standings[claim.iri]),
        elsewhere=len(built.claims) - len(here),
        unused=dict(Counter(claim.predicate for claim in here if claim.predicate not in used)),
    )


@dataclass(frozen=True, slots=True)
class _Thing:
    """A thing of the graph in one document that the gold can judge."""

    document: str
    node: Term
    kind: Kind
    right: bool


def _judge_things(built: Index, comparison: Comparison) -> list[_Thing]:
    named: set[tuple[str, Term]] = set()
    for one in comparison.entities:
        for node in one.nodes if one.side.judges else ():
            named.update((document, node) for document in _documents(built, node, one.side.view.documents))
    kinds = {one.entity.kind for one in comparison.entities}
    things = [
        _Thing(document, node, kind, (document, node) in named)
        for node in built.kinds
        if (kind := built.kind(node)) in kinds and kind is not None
        for document in _documents(built, node, comparison.judged)
    ]
    return sorted(things, key=lambda thing: (thing.document, thing.kind, built.show(thing.node), str(thing.node)))


def _documents(built: Index, node: Term, among: Collection[str] | None) -> list[str]:
    """Where a thing stands; what the graph ties to no document counts once, as long as all of the graph is judged."""
    places = built.places.get(node) or ("",)
    return [place for place in places if among is None or place in among]


def _by_property(comparison: Comparison, claims: _Claims) -> dict[Property, Tally]:
    gold, found, coarser = Counter[str](), Counter[str](), Counter[str]()
    for one in comparison.claims:
        gold[one.claim.predicate] += 1
        if one.hits:
            (found if one.hits[0][1] is Match.EXACT else coarser)[one.claim.predicate] += 1
    right = Counter(claim.predicate for claim in claims.right)
    wrong = Counter(claim.predicate for claim in claims.spurious)
    return {p: Tally(gold[p], found[p], right[p] + wrong[p], right[p], coarser[p]) for p in Property if gold[p]}


def _by_class(comparison: Comparison, things: Sequence[_Thing]) -> dict[Kind, EntityTally]:
    gold, found, typed, split = Counter[Kind](), Counter[Kind](), Counter[Kind](), Counter[Kind]()
    for one in comparison.entities:
        kind = one.entity.kind
        gold[kind] += 1
        found[kind] += bool(one.nodes)
        typed[kind] += one.typed
        split[kind] += len(one.nodes) > 1
    counted = Counter(thing.kind for thing in things)
    right = Counter(thing.kind for thing in things if thing.right)
    return {k: EntityTally(gold[k], found[k], counted[k], right[k], typed[k], split[k]) for k in Kind if gold[k]}


def _matrix(comparison: Comparison) -> dict[Factuality, dict[Factuality | None, int]]:
    """The standing in the gold × that in the graph, for each gold claim that is found; None where the graph says none."""
    counted = Counter((one.claim.factuality, one.hits[0][0].factuality) for one in comparison.claims if one.hits)
    return {
        gold: {made: counted[gold, made] for made in (*Factuality, None) if made is not None or counted[gold, None]}
        for gold in Factuality
    }


def _dates(comparison: Comparison) -> Dates:
    dated = [one for one in comparison.claims if isinstance(one.claim.object, On)]
    found = Counter(one.hits[0][1] for one in dated if one.hits)
    wrong = sum(bool(comparison.misdated(one)) for one in dated)
    exact, coarser = found[Match.EXACT], found[Match.COARSER]
    return Dates(exact, coarser, wrong, len(dated) - exact - coarser - wrong)
