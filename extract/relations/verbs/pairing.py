"""Which of several things has which date: AとBは、それぞれ2010年と2012年に署名された."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from extract.model import Stretch
from extract.relations.discourse.context import Context
from extract.relations.grammar.events import Event
from extract.relations.grammar.fillers import Fillers
from extract.relations.grammar.frames import Role
from extract.relations.grammar.groups import Group, Member
from extract.syntax import Phrase

EACH = "それぞれ"
BETWEEN_DATES = re.compile(r"(?:と|、|及び|および|、及び)")


def pair_off(context: Context, event: Event, fillers: Fillers) -> None:
    """Give each of several things the date that is its own; none, where the text does not tell which is whose."""
    if EACH in context.text[: event.start]:
        _respectively(context, event, fillers)


def _respectively(context: Context, event: Event, fillers: Fillers) -> None:
    """As many dates in a row as things in a row: the first is the first's."""
    at = context.text.index(EACH)
    dates = [t for t in context.named.timexes if at < t.start < event.start and t.date]
    row = all(BETWEEN_DATES.fullmatch(context.text, a.end, b.start) for a, b in pairwise(dates))
    groups = [g for g in fillers.get(Role.THEME) if g.end <= at]
    members = [(m, g) for g in groups for m in g.members]
    if len(dates) <= 1 or len(members) <= 1 or not row:
        return
    fillers.times = []
    if len(dates) != len(members):
        return
    fillers.roles[Role.THEME] = []
    for (member, group), timex in zip(members, dates, strict=True):
        _stand(context, fillers, member, group.phrase, (timex.start, timex.end))
    fillers.times = dates


def _stand(context: Context, fillers: Fillers, member: Member, phrase: Phrase, at: Stretch) -> None:
    """Let a thing stand where its date is told."""
    name = replace(member.name, start=at[0], end=at[1])
    context.keys[name.start] = context.of(member.name)
    fillers.add(Role.THEME, Group((Member(name),), phrase, "は"))
