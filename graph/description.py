"""What is shown of a linked thing: its class, its label, its other names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from extract.model import Date, Entity, Precision
from graph.appearances import Appearance
from graph.names import has_japanese, normalised
from graph.persons import is_full_name
from ontology.terms import Kind, lineage

_RANK = {kind: place for place, kind in enumerate(Kind)}


def kind_of(members: Sequence[Appearance]) -> Kind:
    """The authority's class; else the one that most documents give, a top class only where nothing closer is said."""
    if len({m.entity.kind for m in members}) == 1:
        return members[0].entity.kind
    given = Counter(m.entity.kind for m in members if m.entity.authority) or Counter(m.entity.kind for m in members)
    close = {kind: count for kind, count in given.items() if lineage(kind)[-1] is not kind} or given
    return min(close, key=lambda kind: (-close[kind], _RANK[kind]))


def label_of(members: Sequence[Appearance]) -> str:
    """The authority's label; else a person's full name, a Japanese name, the most frequent, the longest, in that order."""
    if len({m.entity.label for m in members}) == 1:
        return members[0].entity.label
    given = Counter(m.entity.label for m in members if m.entity.authority) or Counter(m.entity.label for m in members)
    person = members[0].entity.kind is Kind.PERSON

    def preference(label: str) -> tuple[bool, bool, int, int, str]:
        return (person and not is_full_name(label), not has_japanese(label), -given[label], -len(label), label)

    return min(given, key=preference)


def english_of(members: Sequence[Appearance]) -> str | None:
    """The English label that most documents give."""
    if all(m.entity.label_en is None for m in members):
        return None
    curated = [m for m in members if m.entity.authority and m.entity.label_en]
    given = Counter(m.entity.label_en for m in curated or members if m.entity.label_en)
    return min(given, key=lambda label: (-given[label], label), default=None)


def bearers(parts: Mapping[int, Sequence[Appearance]]) -> dict[str, set[int]]:
    """Who is called by each name, as compared, apart from those that it shares; a meeting has no name of its own."""
    found: dict[str, set[int]] = defaultdict(set)
    for root, members in parts.items():
        if members[0].entity.kind is Kind.MEETING:
            continue
        for member in members:
            for name in (member.entity.label, member.entity.label_en, *member.entity.names):
                if name and name not in member.entity.shared_names:
                    found[normalised(name)].add(root)
    return dict(found)


def describe(members: Sequence[Appearance], key: str, common: Collection[str], shared: Collection[str]) -> Entity:
    """The thing with all its names, those that do not identify it apart; its label always does.

    Such are the names, as compared, that several things are called by (`common`), those that the thing itself
    is said to share, and for a thing that is not curated those that any other is said to share (`shared`): the
    authority may give 外相 to one minister and call it ambiguous for the others.
    """
    curated = any(m.entity.authority for m in members)
    mine = {normalised(name) for m in members for name in m.entity.shared_names}
    label, english = label_of(members), english_of(members)
    given = _in_order(
        name for m in members for name in (m.entity.label, m.entity.label_en, *m.entity.names, *m.entity.shared_names) if name
    )
    others = [name for name in given if name not in (label, english)]
    own = {normalised(label), normalised(english or "")}

    def identifies(name: str) -> bool:
        compared = normalised(name)
        return compared in own or not (compared in mine or compared in common or (compared in shared and not curated))

    apart = tuple(name for name in others if not identifies(name))
    return Entity(
        key=key,
        kind=kind_of(members),
        label=label,
        names=tuple(name for name in others if name not in apart),
        shared_names=apart,
        label_en=english,
        authority=curated,
    )


def describe_meeting(members: Sequence[Appearance], key: str, forum: str | None, on: Date | None) -> Entity:
    """A meeting has no proper name: it is shown by its kind and date, under each name of its kind."""
    label = dated(label_of(members), on)
    names = _in_order(dated(name, on) for m in members for name in (m.entity.label, *m.entity.names))
    english = english_of(members)
    return Entity(
        key=key,
        kind=Kind.MEETING,
        label=label,
        names=tuple(name for name in names if name != label),
        label_en=f"{english} ({on})" if english and on else english,
        forum=forum,
        on=on,
    )


def dated(name: str, on: Date | None) -> str:
    """The name of a kind of meeting with the date of one, in Japanese.

    >>> dated("日米首脳会談", Date("2024-04-10", None, None))
    '日米首脳会談(2024年4月10日)'
    """
    if on is None:
        return name
    said = str(on)
    if on.precision is not Precision.OTHER:
        said = "".join(f"{int(part)}{unit}" for part, unit in zip(said.split("-"), "年月日", strict=False))
    return name if said in name else f"{name}({said})"


def _in_order(names: Iterable[str]) -> list[str]:
    return sorted(set(names))
