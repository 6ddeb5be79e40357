"""前者 and 後者: the first and the second of the two that were named together, in the sentence or in the one before.

「AとBが締結され、前者は2014年に、後者は2013年に発効した」 → A effectiveOn 2014, B effectiveOn 2013. Where no two things are
named together it is not known what they mean, and nothing that the clause tells is given to anything else.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.names.states import PAIR
from extract.relations.discourse.context import Context
from extract.relations.grammar.events import Event
from extract.relations.grammar.fillers import Fillers
from extract.relations.grammar.frames import Role
from extract.relations.grammar.groups import Group, Member
from extract.syntax import Phrase
from ontology.terms import Kind

POINTER = re.compile(r"(?:前|後)者")
MARKS = frozenset({"は", "が", "も", "を", "に", "には"})


def point_back(context: Context) -> None:
    """Add the groups that 前者 and 後者 stand for; note the two that the next sentence may point at."""
    for phrase in pointers(context):
        pair = _pair(context, phrase)
        if pair is None:
            continue
        member, keys = pair[0 if context.text.startswith("前", phrase.start) else 1]
        name = replace(member.name, start=phrase.start, end=phrase.content_end)
        context.keys[phrase.start] = keys
        group = Group((Member(name),), phrase, phrase.particle)
        context.groups = tuple(sorted((*context.groups, group), key=lambda g: g.start))
    told = [_keyed(context, g) for g in context.groups if _two(g)]
    context.discourse.pair = (context.index, tuple(told[0])) if len(told) == 1 else None


def pointers(context: Context) -> list[Phrase]:
    """The phrases of a sentence that only say 前者 or 後者."""
    return [p for p in context.tree.phrases if POINTER.fullmatch(context.text[p.start : p.content_end]) and p.particle in MARKS]


def keep_pointed(context: Context, event: Event, fillers: Fillers) -> None:
    """Of a clause whose subject is 前者 or 後者, nothing else is the theme: what was told before is not repeated of both."""
    below = [p for p in pointers(context) if p.depends_on == event.phrase.index and p.particle in {"は", "が", "も"}]
    if not below:
        return
    starts = {p.start for p in below}
    for role in (Role.THEME, Role.AGENT):
        kept = [g for g in fillers.get(role) if g.start in starts or g.phrase.index > below[0].index]
        fillers.roles[role] = kept
    fillers.supplied = True  # what is pointed at stands elsewhere


def _two(group: Group) -> bool:
    return len(group.members) == PAIR and group.members[0].name.kind not in {Kind.PERSON, Kind.POST, Kind.PLACE}


def _keyed(context: Context, group: Group) -> list[tuple[Member, tuple[str, ...]]]:
    return [(m, context.of(m.name)) for m in group.members]


def _pair(context: Context, phrase: Phrase) -> list[tuple[Member, tuple[str, ...]]] | None:
    before = [g for g in context.groups if g.end <= phrase.start and _two(g)]
    if before:
        return _keyed(context, before[0]) if len(before) == 1 else None
    told = [g for g in context.groups if g.end <= phrase.start and len(g.members) == 1 and _alike(g)]
    here = {context.of(g.members[0].name): g for g in told}
    if len(here) == PAIR and () not in here:  # RCDは1985年にECOに引き継がれ、後者は…
        return [_keyed(context, g)[0] for g in here.values()]
    return _before(context)


def _alike(group: Group) -> bool:
    return group.members[0].name.kind not in {Kind.PERSON, Kind.POST, Kind.PLACE, Kind.STATE}


def _before(context: Context) -> list[tuple[Member, tuple[str, ...]]] | None:
    told = context.discourse.pair
    return list(told[1]) if told and told[0] == context.index - 1 else None
