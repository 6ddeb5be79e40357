"""Things that share a name: which of them are one.

A label is what a document calls a thing in full: the same label and the same top class make one thing.
An alias learnt in one document ((DICAS), 以下「同枠組み」) is a candidate only in another: it joins its bearer
with the one thing of that class that is labelled so, if no third thing bears it. Two things that share
nothing but an alias stay two: every 外務・防衛閣僚協議 is called 2+2.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from graph.appearances import Appearance
from graph.names import normalised
from graph.partition import Partition
from graph.persons import is_full_name
from ontology.terms import Kind

# 協議委員会, 作業部会, 最終報告: such cuttings of a longer label mean what they mean in their own document alone.
SHORTEST_CUTTING = 6

_Name = tuple[str, Kind]


def shared_names(things: Iterable[Appearance]) -> frozenset[str]:
    """The names, as compared, that a document or the authority says to belong to several things."""
    return frozenset(normalised(name) for thing in things for name in thing.entity.shared_names)


def unite_by_label(things: Sequence[Appearance], partition: Partition, alone: Collection[int] = ()) -> None:
    """Join what has one authority key, or one label and top class, but for the places in `alone`.

    A label that two authority entries have joins neither. What its own document says to share its label with
    others (the 首相 of an untold state) is joined with its like alone.
    """
    curated: dict[str, list[int]] = defaultdict(list)
    labelled: dict[tuple[str, Kind, bool], list[int]] = defaultdict(list)
    for at, thing in enumerate(things):
        if thing.entity.kind is Kind.MEETING or at in alone:
            continue
        if thing.entity.authority:
            curated[thing.entity.key].append(at)
        if _tells(thing, thing.entity.label):
            labelled[thing.label, thing.top, thing.entity.label in thing.entity.shared_names].append(at)
    for members in curated.values():
        partition.unite(members)
    for members in labelled.values():
        keys = {things[at].entity.key for at in members if things[at].entity.authority}
        partition.unite(at for at in members if len(keys) < 2 or not things[at].entity.authority)


def unite_by_alias(
    things: Sequence[Appearance], partition: Partition, shared: Collection[str], apart: Collection[tuple[int, int]]
) -> None:
    """Join the bearer of an alias with the thing labelled so, as long as that is unambiguous.

    `apart` holds pairs that a document relates in a way in which nothing is related to itself (replaces,
    revises, part of). Aliases that would join such a pair, or two authority entries, join nothing at all.
    """
    joined = True
    while joined:
        joined = False
        curated = {partition.root(at) for at, thing in enumerate(things) if thing.entity.authority}
        rivals: dict[int, set[int]] = defaultdict(set)
        for one, other in apart:
            rivals[partition.root(one)].add(partition.root(other))
        for component in _components(_by_name(things, partition), shared):
            members = set(component)
            if len(members & curated) < 2 and not any(members & rivals[root] for root in component if root in rivals):
                joined |= partition.unite(component)


def _tells(thing: Appearance, name: str) -> bool:
    """Whether the name can identify: a person's surname never does, and a short cutting of the label does not."""
    if thing.entity.kind is Kind.PERSON:
        return is_full_name(name)
    compared = normalised(name)
    return compared == thing.label or len(compared) >= SHORTEST_CUTTING or compared not in thing.label


def _by_name(things: Sequence[Appearance], partition: Partition) -> dict[_Name, tuple[set[int], set[int]]]:
    """For each name: the parts labelled so, and all parts that bear it."""
    bearers: dict[_Name, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    seen: set[tuple[int, str, tuple[str, ...]]] = set()
    for at, thing in enumerate(things):
        if thing.entity.kind is Kind.MEETING:
            continue
        root = partition.root(at)
        called = (root, thing.entity.label, thing.entity.names)
        if called in seen:  # as in another document
            continue
        seen.add(called)
        for name in (thing.entity.label, *thing.entity.names):
            compared = normalised(name)
            if not compared or not _tells(thing, name):
                continue
            labelled, bearing = bearers[compared, thing.top]
            bearing.add(root)
            if compared == thing.label:
                labelled.add(root)
    return bearers


def _components(bearers: dict[_Name, tuple[set[int], set[int]]], shared: Collection[str]) -> list[list[int]]:
    """The parts that unambiguous aliases tie together, each component in ascending order."""
    edges = [
        sorted(bearing)
        for (name, _top), (labelled, bearing) in bearers.items()
        if len(bearing) == 2 and labelled and name not in shared
    ]
    roots = sorted({root for edge in edges for root in edge})
    place = {root: i for i, root in enumerate(roots)}
    tied = Partition(len(roots))
    for one, other in edges:
        tied.unite((place[one], place[other]))
    return [[roots[i] for i in members] for members in tied.parts().values()]
