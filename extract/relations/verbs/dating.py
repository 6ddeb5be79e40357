"""When what a verb tells of was: the dates of its clause, of a subject of its own, of the meeting at which it was done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from extract.model import Bound, Timex
from extract.relations.discourse.context import Context
from extract.relations.discourse.memory import REACH
from extract.relations.grammar.events import Event, Form
from extract.relations.grammar.fillers import Filler, Fillers
from extract.relations.grammar.frames import Fact, Role
from extract.relations.verbs.belonging import in_turn
from extract.relations.verbs.supplying import these_talks
from ontology.terms import Kind, Property


def same_day(context: Context, timex: Timex) -> Timex:
    """同日 is the day of the meeting that its sentence goes on about: 同日、会合に先立って行われた防衛相会談.

    After no other day it is that of the meeting just told of.
    """
    meeting = context.discourse.meeting
    if timex.text != "同日" or meeting is None or any(t.end <= timex.start for t in context.named.timexes):
        return timex
    on, ago = context.things[meeting].on, context.index - context.discourse.meeting_at
    own = ago == 0 and context.discourse.announced == meeting and not any(n.end < timex.start for n in context.named.names)
    near = own or (timex.date is None and ago <= REACH)
    return replace(timex, date=on) if near and on and on.earliest and on.earliest == on.latest else timex


def bracketed_dates(context: Context, event: Event) -> list[Timex]:
    """The date in brackets right behind a deed: 協定の締結(2016年11月)."""
    at = event.phrase.content_end
    return [t for t in context.named.timexes if t.start == at + 1 and context.text[at] == "("]


def times_in_turn(context: Context, event: Event, fillers: Fillers) -> list[Timex]:
    """The dates of a verb with several themes, those included that the parser hangs on a theme: one for each, else what was found."""
    turns = in_turn(fillers)
    themes = {g.phrase.index for g in fillers.get(Role.THEME) if g.particle in {"は", "が"} or turns}
    ends = {*themes, event.phrase.index}
    before = [p for p in context.tree.phrases[: event.phrase.index] if p.timex and p.particle != "の"]
    dated = [p for p in before if turns or p.depends_on in ends]
    return [p.timex for p in dated if p.timex] if len(dated) == len(themes) > 1 else _own(context, event, fillers.times)


def _own(context: Context, event: Event, times: list[Timex]) -> list[Timex]:
    """The dates behind what has no name and its date: 2018年に次官級協議が、2021年にXが設けられた."""
    for earlier, later in pairwise(times):
        for phrase in context.tree.dependants[event.phrase.index]:
            other = phrase.particle in {"が", "を", "は"} and phrase.tail.endswith("、") and phrase.head.nominal
            if other and not phrase.name and earlier.end <= phrase.start and phrase.end <= later.start:
                return [t for t in times if t.start >= later.start]
    return times


def dated_facts(context: Context, event: Event, fillers: Fillers, subject: Filler, fact: Fact) -> Iterator[tuple[Fact, Timex]]:
    """The dates of a fact about one subject, with what each tells: its own (翌年のSCC), else the event's."""
    own = context.dates.get(subject.start)
    for timex in (own,) if own and event.frame.event else fillers.times or _session_dates(context, event, fillers):
        if timex.bound is Bound.FROM and EVERY.search(context.text, timex.end, event.phrase.end):
            continue
        until = timex.bound is Bound.UNTIL and not context.text.startswith("までに", timex.end)
        if timex.date is None or until is not (event.frame.rule == LASTED):
            continue
        told = _since(context, event, fact, subject, timex)
        if told:
            yield told, timex


LASTED = "end.last"  # whose date is the one until which a thing went on


# What happens again and again since a date did not happen on it: 2018年からは毎年開かれている.
HABIT = re.compile(r"毎[年月週]|隔年|年に?[\d一二三四]+[回度]|[\d一二三四]年に[\d一]+[回度]|定期的|定例|恒例")
EVERY = re.compile(r"年ごと|毎年|年おき")  # 85年度以降は5年ごとに策定し: no date of any of them
DAY = len("2024-07-28")


def _since(context: Context, event: Event, fact: Fact, subject: Filler, timex: Timex) -> Fact | None:
    """The fact that a date tells of what is held since then: an exercise began (2005年から行われ), a meeting was on no such day."""
    begun = event.verb == "開始" and fact.predicate is Property.HELD_ON and context.things.kind(subject.key) is Kind.OCCURRENCE
    if begun and timex.date and len(timex.date.edtf) < DAY:
        return None  # 1992年に開始した演習: `start` tells it
    if not event.frame.event or timex.bound is not Bound.FROM or timex.date is None:
        return fact
    habit = HABIT.search(context.text, timex.end, event.phrase.end)
    exercise = context.things.kind(subject.key) is Kind.OCCURRENCE
    if fact.predicate is Property.HELD_ON and (habit or len(timex.date.edtf) < DAY):
        return replace(fact, predicate=Property.STARTED_ON) if exercise else None
    return None if habit else fact


def _session_dates(context: Context, event: Event, fillers: Fillers) -> list[Timex]:
    """The date of the meeting at which, or by which, it was done: 1978年11月27日に開かれたSCCが了承した."""
    names = [m.name for role in (Role.VENUE, Role.AGENT) for g in fillers.get(role) for m in g.members]
    dated = [context.dates[n.start] for n in names if n.start in context.dates]
    met = {context.meetings[n.start] for n in names if n.start in context.meetings} | {k for n in names for k in context.of(n)}
    held = {context.things[k].on for k in met} - {None}
    told = None if dated or held or event.form is Form.NOMINAL else these_talks(context, event, fillers)
    if told:
        held = {context.things[told].on} - {None}  # 両首脳が会談し、共同声明を発表した
    return dated or [t for t in context.named.timexes if t.date in held]
