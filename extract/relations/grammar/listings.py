"""All that a list names, where the parser hangs only its last on the verb: 日本のA社、英国のB社が参画する."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.relations.grammar.events import Event
from extract.relations.grammar.fillers import Fillers
from extract.relations.grammar.frames import Role
from extract.relations.grammar.groups import Group, fits
from extract.syntax import Tree
from ontology.terms import Kind, lineage


def listed(group: Group, groups: Sequence[Group], tree: Tree) -> list[Group]:
    """A group and those that a list names before it, each with modifiers of its own: XとYからなるA、ZのBとCから構成される."""
    found = [group]
    at = groups.index(group)
    for earlier in reversed(groups[:at]):
        following = found[0]
        between = tree.phrases[earlier.phrase.index + 1 : following.phrase.index]
        if earlier.phrase.index >= following.phrase.index or earlier.members[0].name.kind in {Kind.STATE, Kind.PLACE}:
            continue
        reaches = all(following.phrase.index in {g.index for g in tree.governors(p)} for p in between)
        if (
            earlier.particle in {"", "と", "や"}
            and reaches
            and (
                earlier.phrase.tail.rstrip("」』") in {"、", "と", "や", "と、", "・", "及び"}
                or (between and tree.text[between[0].start : between[0].end] in JOINING)
            )
        ):
            if lineage(earlier.members[0].name.kind)[-1] == lineage(group.members[0].name.kind)[-1]:
                found.insert(0, earlier)
        elif not reaches:
            break
    return found


def in_row(last: Group, event: Event, groups: Sequence[Group], tree: Tree) -> list[Group]:
    """A group and those before it that share its verb, each behind a date: 1990年には甲協定、1995年には乙協定を|結んだ."""
    found = [last]
    for group in reversed(groups[: groups.index(last)]):
        first, following = group.phrase.index, found[0].phrase.index
        dated = first > 0 and tree.phrases[first - 1].timex and following == first + 2 and tree.phrases[first + 1].timex
        shares = group.phrase.tail.lstrip("」』") == "、" and group.phrase.depends_on == event.phrase.index
        if not (dated and shares and fits(group, event.frame.theme)):
            break
        found.insert(0, group)
    return found


PLACING = frozenset({"locate", "establish"})


def placed_with(last: Group, groups: Sequence[Group], tree: Tree) -> list[Group]:
    """A group and those before it that clauses of their own say more of: 訓練を担う「A」と補給を担う「B」を置く."""
    found = listed(last, groups, tree)
    described = [
        g for g in found if any(p.index < g.phrase.index and not p.head.nominal for p in tree.dependants[g.phrase.index])
    ]
    return found if len(described) == len(found) else [last]


def all_attending(last: Group, groups: Sequence[Group], tree: Tree) -> list[Group]:
    """Who attends, the other side and a list of bodies with their states included: 日本のA社、英国のB社が参画する."""
    row = (Kind.ORGANISATION, Kind.ARMED_FORCE, Kind.GOVERNMENT_BODY, Kind.POST)
    return [*_of_other_side(last, groups, tree), *(listed(last, groups, tree) if fits(last, row) else [last])]


SIDE = re.compile(r"、[^、。]{1,14}(?:側(?:から)?[はが]?|からは?|は)、?")


def _of_other_side(last: Group, groups: Sequence[Group], tree: Tree) -> list[Group]:
    """Those of the side that is told first: 日本側からA大臣、B大臣、米側からC長官が|出席した."""
    people = {Kind.PERSON, Kind.POST}
    before = [g for g in groups if g.phrase.index < last.phrase.index and g.members[0].name.kind in people]
    first = before[-1] if before and last.members[0].name.kind in people else None
    if first is None or first.particle:
        return []
    return [first] if SIDE.fullmatch(tree.text, first.phrase.content_end, last.start) else []


ALL = re.compile(r"いずれも|ともに|それぞれ|双方とも")


def take_all(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """All that a topic lists are what いずれも says it of: 監視に当たるAと、研究を行うBは、いずれもパリに所在した."""
    if not any(ALL.match(tree.text[p.start : p.end]) for p in tree.dependants[event.phrase.index]):
        return
    for role in (Role.THEME, Role.AGENT):
        filled = found.get(role)
        if len(filled) == 1 and filled[0].particle in {"は", "が", "も"}:
            found.roles[role] = listed(filled[0], groups, tree)


JOINING = frozenset({"及び", "および", "並びに", "ならびに"})
