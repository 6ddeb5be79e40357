"""The things in the roles of an event: groups as things, forums as their meetings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.model import Bound, Date, Precision, Timex
from extract.names.found import Name
from extract.relations.discourse.context import CONVENING, Context, session_key
from extract.relations.discourse.encounters import BARE_TALKS
from extract.relations.discourse.meetings import KINDS, compatible, meeting_called, series_called
from extract.relations.discourse.sessions import (
    COUNCILS,
    OTHER,
    SESSION_WORD,
    between,
    between_people,
    council_on,
    forum_before,
    forum_behind,
    host_kinds,
    host_of,
    series_of,
    session_of,
    session_word,
)
from extract.relations.grammar.events import Event
from extract.relations.grammar.fillers import Filler, Fillers
from extract.relations.grammar.frames import Fact, Pattern, Role
from extract.relations.grammar.groups import Group, Member, fits
from extract.relations.grammar.roles import fill
from extract.relations.verbs.belonging import stretch_of
from extract.relations.verbs.supplying import supplied
from ontology.terms import Kind, Property, is_a

TO_MEETING = frozenset(
    {
        Property.HELD_ON,
        Property.HELD_IN,
        Property.HAS_PARTICIPANT,
        Property.RESULTED_IN,
        Property.MEETING_OF,
        Property.CHAIRED_BY,
    }
)


TERM_OF_CHAIR = re.compile(r"議長国(?:を|として)$")  # a state is in the chair of a body for a year, not of one meeting


def fillers_of(context: Context, event: Event, fillers: Fillers, role: Role, fact: Fact) -> Iterator[Filler]:
    groups = fillers.get(role)
    sits = event.frame.rule == "attend" and fact.predicate is Property.HAS_MEMBER
    as_meeting = (fact.predicate in TO_MEETING or sits) and role in {Role.THEME, Role.VENUE} and role is fact.subject
    as_meeting = as_meeting and not TERM_OF_CHAIR.search(context.text, 0, event.phrase.start)
    for group in groups:
        _hold_anew(context, event, fillers, group)
        for member, key in context.members(group):
            chaired = event.frame.pattern is Pattern.CHAIR
            session = (_met_here(context, key) or _held_behind(context, event, group)) if chaired else None
            this = THIS_ONE.search(context.text, 0, member.name.end) if event.frame.rule in ONE_TIME else None
            if this and this.end() >= member.name.start and is_a(context.things.kind(key), Kind.FORUM):
                session = _last_met(context, key)
                if session is None:
                    continue  # 今回の協議では、XがYを務めた says nothing of other times
            if session:
                yield Filler(session, member.start, member.end, group)
            elif (
                as_meeting
                or (event.frame.event and role is Role.THEME)
                or (role is Role.VENUE and fact.predicate is Property.ESTABLISHED_BY)
                or (fact.predicate is Property.ADOPTED_BY and member.name.start in context.meetings)
            ):
                yield _meeting(context, fillers, member, key, group)
            else:
                yield Filler(key, member.start, member.end, group)
        if not any(context.of(m.name) for m in group.members):
            yield from _unnamed(context, fillers, group)
    yield from supplied(context, event, fillers, role, fact)


def _met_here(context: Context, forum: str) -> str | None:
    """The forum's meeting that the sentence itself tells: 委員会は東京で初会合を開き、次官が議長を務めた."""
    meeting = context.discourse.meeting if context.discourse.meeting_at == context.index else None
    return meeting if meeting and context.things[meeting].forum == forum else None


THIS_ONE = re.compile(r"今回の(?=\S{0,24}$)")
ONE_TIME = frozenset({"chair", "chair.preside", "attend", "gather"})


PAST = re.compile(r"(?:た|ました)$")


def _held_behind(context: Context, event: Event, group: Group) -> str | None:
    """The meeting that the sentence goes on to tell of, whose chairs a clause before its name tells: 次官が議長を務めた|協議が5月に開かれた."""
    if event.modified is None or not PAST.search(event.phrase.tail):
        return None
    for held in (e for e in context.events if e.frame.rule == "hold" and e.phrase.index > event.phrase.index):
        if group in context.themes(held):
            fillers = fill(held, context.tree, context.groups)
            found = (_meeting(context, fillers, m, k, group).key for m, k in context.members(group))
            return next((k for k in found if context.things.kind(k) is Kind.MEETING), None)
    return None


def _last_met(context: Context, forum: str) -> str | None:
    """The forum's meeting that the text has told of last, which 今回の協議 means."""
    meeting = context.discourse.meeting
    if meeting is None or context.things[meeting].forum != forum:
        return None
    context.discourse.met(meeting, context.index)
    return meeting


def _unnamed(context: Context, fillers: Fillers, group: Group) -> Iterator[Filler]:
    """A meeting that only the event's own date makes one: 日米首脳会談が4月10日に行われた; posts made from a shared title."""
    for member in group.members:
        timex = _when(context, fillers, group)
        on = (timex.date if timex else None) or _this_time(context)
        if member.name.kind is Kind.MEETING and on:
            key = session_on(context, member.name, on)
            if key:
                context.keys[member.name.start] = (key,)
                context.discourse.met(key, context.index)
                yield Filler(key, member.start, member.end, group)
        elif member.name.rule == "post.shared":
            yield Filler(context.things.take(member.name.label, Kind.POST), member.start, group.phrase.content_end, group)


def _when(context: Context, fillers: Fillers, group: Group) -> Timex | None:
    """The date of what a group names: of several that a verb has in turn, each has its own; the day from which it went on."""
    times = [t for t in fillers.times if t.date and (t.bound is Bound.AT or _opens(context, t))]
    stretch = stretch_of(fillers, group) if len(times) > 1 else None
    return next((t for t in times if stretch is None or stretch[0] <= t.start < stretch[1]), None)


AGAIN = re.compile(r"毎|隔年|年に|定期|定例|恒例|年おき|ごとに|以来|以降")


def _opens(context: Context, timex: Timex) -> bool:
    """Whether a day is the first of a meeting: 7月9日からワシントンで開かれた; since 2018年4月1日から毎年 it is of many."""
    day = timex.bound is Bound.FROM and timex.date is not None and timex.date.precision is Precision.DAY
    return day and not AGAIN.search(context.text, timex.start)


def session_on(context: Context, name: Name, on: Date) -> str | None:
    """The meeting that a name of one, or a bare 首脳会合, means on a date."""
    if name.rule != "session":
        return session_key(context, name, on)
    if BARE_TALKS.fullmatch(name.label):
        return None  # who met tells which: `talks`
    if between_people(context, name):
        return meeting_called(context.things, between(context, SESSION_WORD.sub("", name.label)), on)
    forum = forum_before(context, name) or forum_behind(context, name)
    session = session_word(context, name)
    company = _company_behind(context, name) if forum is None and KINDS.search(session) else None
    if company:
        return meeting_called(context.things, f"{company.label}{session}", on)
    if forum:
        return session_key(context, forum, on, session)
    hosts = (
        k
        for g in context.groups
        if g.particle in {"は", "が", "では"} and fits(g, host_kinds(session))
        for _, k in context.members(g)
    )
    host = next(hosts, None) or _set_up_here(context, name) or _series_here(context, name) or host_of(context, session)
    if host and FIRST.match(name.label) and context.things[host].on is not None:
        return None
    if host is None and (KINDS.search(session) or (OTHER.match(name.label) and not FIRST.match(name.label))):
        host = series_of(context, session)
    key = session_of(context, host, on, session)
    if key:
        return key
    if session in COUNCILS:
        return council_on(context, session, on)
    return meeting_called(context.things, between(context, session), on) if KINDS.search(session) else None


HELD_BY_THEM = re.compile(r"[をが](?:開いた|開催した|行った|持った|開かれた|行われた)")
FRAMEWORK = re.compile(r"(?:[3-9三四五六](?:か|カ|ヵ)国)?の?(?:枠組|対話|協議|連携)")


def _company_behind(context: Context, name: Name) -> Name | None:
    """The states whose framework without a name held it: 2006年に初の外相会議を開いた|日米豪の枠組み."""
    held = HELD_BY_THEM.match(context.text, name.end)
    states = (n for n in context.named.names if n.kind is Kind.STATE and n.plural and held and n.start == held.end())
    return next((n for n in states if FRAMEWORK.match(context.text, n.end)), None)


FIRST = re.compile(r"初|第[1一]回")  # the first of its kind is not another of those just told of
SET_UP = re.compile(r"設[けち置立]|創設|新設|発足さ|立ち上げ|開催す")


def _set_up_here(context: Context, name: Name) -> str | None:
    """The body that the clause before set up: 三国は理事会を設け、第1回会合を8月に開いた."""
    for group in reversed(context.groups):
        verb = context.tree.phrases[group.phrase.depends_on]
        founded = group.particle == "を" and group.end < name.start and SET_UP.match(context.text, verb.start)
        if founded and fits(group, CONVENING):
            return next((key for _, key in context.members(group)), None)
    return None


def _series_here(context: Context, name: Name) -> str | None:
    """The series of meetings that the sentence is about: FPDA国防相会合は毎年開かれ、第11回会合は…."""
    for group in context.groups:
        of = group.members[0].name
        series = of.kind is Kind.MEETING and of.rule != "session" and not context.of(of)
        if series and group.particle in {"は", "も"} and of.end < name.start:
            return series_called(context.things, of.label)
    return None


def _hold_anew(context: Context, event: Event, fillers: Fillers, group: Group) -> None:
    """A meeting that the event dates is that of its date, not the last one that was named: 2022年5月に開いた首脳会合."""
    timex = _when(context, fillers, group)
    on = timex.date if timex else None
    if not event.frame.event or on is None:
        return
    for member in group.members:
        if member.name.kind is not Kind.MEETING:
            continue
        own = context.dates.get(member.name.start)
        if own and own.date and not compatible(own.date, on):
            continue
        known = [context.things[k].on for k in context.of(member.name)]
        if member.name.rule == "session" and any(k and not compatible(k, on) for k in known):
            context.keys[member.name.start] = ()
        key = session_on(context, member.name, on)
        if key:
            context.keys[member.name.start] = (key,)
            context.discourse.met(key, context.index)


def _this_time(context: Context) -> Date | None:
    """今回 is the time of the meeting that the text is about."""
    if "今回" in context.text and context.discourse.meeting:
        return context.things[context.discourse.meeting].on
    return None


def _meeting(context: Context, fillers: Fillers, member: Member, key: str, group: Group) -> Filler:
    """The meeting that a forum's name stands for here; the forum itself where no date tells which."""
    known = context.meetings.get(member.name.start)
    if known:
        return Filler(known, member.start, member.end, group)
    timex = context.dates.get(member.name.start) or _when(context, fillers, group)
    own = context.dates.get(member.name.start)
    if is_a(context.things.kind(key), Kind.FORUM) or member.name.label.endswith("委員会"):
        meeting = (
            session_key(context, member.name, timex.date) if timex and timex.date and (own or group.particle != "に") else None
        )
        if meeting:
            context.meetings[member.name.start] = meeting
            context.discourse.met(meeting, context.index)
            return Filler(meeting, min(member.start, timex.start if timex else member.start), member.end, group)
    return Filler(key, member.start, member.end, group)
