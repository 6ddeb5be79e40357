"""Frames' facts as claims: each event of a sentence, each fact that its fillers allow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.model import Bound, Date, Span, Timex
from extract.names.found import Name
from extract.relations.context import CONVENING, MEETS, Context, session_key
from extract.relations.draft import CERTAIN, LIKELY, SUPPLIED, quote, topic_key
from extract.relations.events import Event, Form, find_events
from extract.relations.factuality import Standing, phrase_standing, quoted_saying, standing, to_come, with_date
from extract.relations.frames import Fact, Pattern, Role
from extract.relations.groups import Group, Member, fits
from extract.relations.meetings import KINDS, compatible, meeting_called, meeting_of
from extract.relations.reference import SESSION_WORD, between, forum_before, host_kinds
from extract.relations.roles import Fillers, decided_only, fill, matrix, previous_theme, theme_is_open
from extract.relations.topics import listed_fields, topic_phrases, topics_of
from ontology.terms import Factuality, Kind, Property, is_a

# The body that a verb itself names: 閣議決定 is the Cabinet's.
CABINET = ("閣議決定", "内閣", Kind.GOVERNMENT_BODY)
# Words that place a deed at the meeting that was just spoken of.
AFTER_TALKS = re.compile(r"(?:会談|会合|会議|協議)(?:後|の後|終了後|の終了後|の席上)|席上|この(?:会談|会合|会議)")
NEAR = 2  # sentences
# What can hold until a date; a deadline (2027年までに締結する) is none.
LASTING = frozenset(
    {Property.HAS_MEMBER, Property.LOCATED_IN, Property.PART_OF, Property.CHAIRED_BY, Property.LEVEL, Property.DEVELOPED_BY}
)
# What holds from the date of the event that brings it about.
BEGINS = frozenset({Property.REPLACES, Property.RENAMED_FROM, Property.HAS_MEMBER})
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


@dataclass(frozen=True, slots=True)
class Filler:
    """One thing in a role: where it stands in the sentence (nowhere, where the discourse supplied it)."""

    key: str
    start: int
    end: int
    group: Group | None = None
    supplied: bool = False


def assert_events(context: Context) -> None:
    """Make the claims of all events of a sentence."""
    for event in find_events(context.tree):
        state = standing(context.tree, event)
        if state.factuality is None:
            continue
        fillers = fill(event, context.tree, context.groups)
        if not fillers.times:
            fillers.times = _bracketed_dates(context, event)
        _supply(context, event, fillers)
        _there(context, event, fillers)
        if event.frame.pattern is Pattern.TOPIC:
            _cover(context, event, fillers, state)
            continue
        for fact in event.frame.facts:
            _state(context, event, fillers, fact, state)
    assert_fields(context)


def _bracketed_dates(context: Context, event: Event) -> list[Timex]:
    """The date in brackets right behind a deed: 協定の締結(2016年11月)."""
    at = event.phrase.content_end
    return [t for t in context.named.timexes if t.start == at + 1 and context.text[at] == "("]


def state_of_item(introduction: Context, event: Event, item: Context, name: Name, key: str) -> None:
    """Make the claims of an introducing sentence's event about one item of its list."""
    state = standing(introduction.tree, event)
    fillers = fill(event, introduction.tree, introduction.groups)
    if state.factuality is None or fillers.get(Role.THEME):
        return
    own = item.named.sentence.source(name.start, name.end)
    for fact in event.frame.facts:
        if fact.subject is not Role.THEME or not fact.object:
            continue
        values: list[tuple[str | Date, tuple[int, int]]] = []
        if fact.object is Role.TIME:
            values = [(t.date, (t.start, t.end)) for t in fillers.times if t.date]
        else:
            for filler in _fill_role(introduction, event, fillers, fact.object, fact):
                if not fact.kinds or any(is_a(introduction.things.kind(filler.key), k) for k in fact.kinds):
                    values.append((filler.key, (filler.start, filler.end)))
        for value, place in values:
            said = quote(introduction.named.sentence, place, (event.start, event.phrase.end))
            when = value if isinstance(value, Date) else None
            factuality = with_date(
                to_come(event, state.factuality, introduction.text[event.phrase.end : event.phrase.end + 8]),
                when,
                item.published,
            )
            item.drafts.add(
                key, fact.predicate, value, factuality, (*said, *own), f"{event.frame.rule}.item", confidence=LIKELY
            )


def _supply(context: Context, event: Event, fillers: Fillers) -> None:
    """A theme that the sentence leaves out: from the clause before."""
    if fillers.get(Role.THEME) or event.modified is not None or event.frame.rule in {"cover", "attend", "gather"}:
        return
    if not theme_is_open(event, context.tree):
        return
    group = previous_theme(event, context.tree, context.groups, event.frame.theme)
    if group:
        fillers.add(Role.THEME, group)
        fillers.supplied = True


def _there(context: Context, event: Event, fillers: Fillers) -> None:
    """そこで is the body of the clause before: SDCが設置され、そこで78指針がまとめられ."""
    there = any(p.head.text + p.tail in {"そこで", "ここで", "そこで、"} for p in context.tree.phrases[: event.phrase.index])
    if event.frame.rule == "draft" and there and not fillers.get(Role.VENUE) and not fillers.get(Role.AGENT):
        group = previous_theme(event, context.tree, context.groups, (Kind.INSTITUTION,))
        if group:
            fillers.add(Role.VENUE, group)


def _fill_role(context: Context, event: Event, fillers: Fillers, role: Role, fact: Fact) -> Iterator[Filler]:
    groups = fillers.get(role)
    sits = event.frame.rule == "attend" and fact.predicate is Property.HAS_MEMBER
    as_meeting = (fact.predicate in TO_MEETING or sits) and role in {Role.THEME, Role.VENUE} and role is fact.subject
    for group in groups:
        _hold_anew(context, event, fillers, group)
        for member, key in context.members(group):
            if (
                as_meeting
                or (event.frame.event and role is Role.THEME)
                or (role is Role.VENUE and fact.predicate is Property.ESTABLISHED_BY)
            ):
                yield _meeting(context, fillers, member, key, group)
            else:
                yield Filler(key, member.start, member.end, group)
        if not any(context.of(m.name) for m in group.members):
            yield from _unnamed(context, fillers, group)
    if role is Role.VENUE and not groups and fact.predicate is Property.RESULTED_IN and AFTER_TALKS.search(context.text):
        if context.discourse.meeting and context.index - context.discourse.meeting_at <= NEAR:
            yield Filler(context.discourse.meeting, event.start, event.end, supplied=True)
    if role is Role.UNDER and fillers.under_discourse:
        body = context.discourse.topic_of((Kind.INSTITUTION,), context.index)
        if body:
            yield Filler(body, event.start, event.end, supplied=True)
    if not groups and role is Role.THEME and not _has_modified_noun(event) and theme_is_open(event, context.tree):
        yield from _from_discourse(context, event)
    if role is Role.AGENT and event.verb == CABINET[0] and fact.predicate is Property.ADOPTED_BY:
        yield Filler(context.things.take(CABINET[1], CABINET[2]), event.start, event.phrase.content_end)


def _has_modified_noun(event: Event) -> bool:
    return event.modified is not None or event.form is Form.NOMINAL


def _unnamed(context: Context, fillers: Fillers, group: Group) -> Iterator[Filler]:
    """A meeting that only the event's own date makes one: 日米首脳会談が4月10日に行われた; posts made from a shared title."""
    for member in group.members:
        on = next((t.date for t in fillers.times if t.date and t.bound is Bound.AT), None) or _this_time(context)
        if member.name.kind is Kind.MEETING and on:
            key = _session(context, member.name, on)
            if key:
                context.keys[member.name.start] = (key,)
                context.discourse.met(key, context.index)
                yield Filler(key, member.start, member.end, group)
        elif member.name.rule == "post.shared":
            yield Filler(context.things.take(member.name.label, Kind.POST), member.start, group.phrase.content_end, group)


def _session(context: Context, name: Name, on: Date) -> str | None:
    """The meeting that a name of one, or a bare 首脳会合, means on a date."""
    if name.rule != "session":
        return session_key(context, name, on)
    forum = forum_before(context, name)
    session = SESSION_WORD.sub("", name.label)
    if forum:
        return session_key(context, forum, on, session)
    hosts = (
        k for g in context.groups if g.particle in {"は", "が"} and fits(g, host_kinds(session)) for _, k in context.members(g)
    )
    topic = next(hosts, None) or context.discourse.topic_of(host_kinds(session), context.index)
    if topic:
        return meeting_of(context.things, topic, on, session)
    return meeting_called(context.things, between(context, session), on) if KINDS.search(session) else None


def _hold_anew(context: Context, event: Event, fillers: Fillers, group: Group) -> None:
    """A meeting that the event dates is that of its date, not the last one that was named: 2022年5月に開いた首脳会合."""
    on = next((t.date for t in fillers.times if t.date and t.bound is Bound.AT), None)
    if not event.frame.event or on is None:
        return
    for member in group.members:
        if member.name.kind is not Kind.MEETING:
            continue
        own = context.dates.get(member.name.start)
        if own and own.date and not compatible(own.date, on):
            continue
        key = _session(context, member.name, on)
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
    timex = context.dates.get(member.name.start) or next((t for t in fillers.times if t.date and t.bound is Bound.AT), None)
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


def _from_discourse(context: Context, event: Event) -> Iterator[Filler]:
    """What the last sentences were about, where nothing in this one can be the theme."""
    if event.frame.rule in {"attend", "gather"}:
        key = context.discourse.gathering(context.index)
        if key:
            yield Filler(key, event.start, event.end, supplied=True)
        return
    if event.frame.event or event.frame.rule in {
        "develop",
        "build-on",
        "start",
        "happen",
        "draft",
        "cover",
        "replace.into",
        "rename",
    }:
        return
    key = context.discourse.topic_of(event.frame.theme, context.index)
    if key:
        yield Filler(key, event.start, event.end, supplied=True)


def _state(context: Context, event: Event, fillers: Fillers, fact: Fact, state: Standing) -> None:
    for subject in list(_fill_role(context, event, fillers, fact.subject, fact)):
        if fact.object is Role.TIME and decided_only(event, context.tree) and fact.predicate is Property.ESTABLISHED_ON:
            continue  # the date of a decision is not that of the founding
        beside = _beside(fillers, subject)
        if fact.object is Role.TIME:
            for timex in _times(context, event, fillers, subject):
                if beside and not beside[0] <= timex.start < beside[1]:
                    continue
                _claim(context, event, fact, state, subject, timex, fillers)
            continue
        for obj in list(_fill_role(context, event, fillers, fact.object, fact)):
            if fact.of and not any(is_a(context.things.kind(subject.key), k) for k in fact.of):
                continue
            if fact.predicate is Property.REVISES and context.things.kind(subject.key) is not context.things.kind(obj.key):
                continue
            if _only_side(fillers, obj) or (beside and obj.group and not beside[0] <= obj.start < beside[1]):
                continue
            if fact.kinds and not any(is_a(context.things.kind(obj.key), k) for k in fact.kinds):
                continue
            if fact.plural and not (obj.group and len(context.members(obj.group)) > 1):
                continue
            _claim(context, event, fact, state, subject, obj, fillers)


def _beside(fillers: Fillers, subject: Filler) -> tuple[int, int] | None:
    """The stretch that belongs to one of several themes that a verb has in turn: SDCは1976年に、SSCは1967年に設置された."""
    themes = sorted(g.start for g in fillers.get(Role.THEME) if g.particle in {"は", "が"})
    if subject.group is None or subject.group not in fillers.get(Role.THEME) or len(themes) <= 1:
        return None
    later = [s for s in themes if s > subject.group.start]
    return subject.group.start, min(later, default=10**9)


def _only_side(fillers: Fillers, obj: Filler) -> bool:
    """Whether a state only tells on whose side those stand who take part: 日本からは上川外務大臣が出席した."""
    if obj.group is None or obj.group.members[0].name.kind is not Kind.STATE or obj.group.particle == "が":
        return False
    agents = fillers.get(Role.AGENT)
    return obj.group in agents and any(g.members[0].name.kind in {Kind.PERSON, Kind.POST} for g in agents)


def _times(context: Context, event: Event, fillers: Fillers, subject: Filler) -> Iterator[Timex]:
    """The dates of a fact about one subject: its own (翌年のSCC), else the event's."""
    own = context.dates.get(subject.start)
    venues = [context.dates[m.name.start] for g in fillers.get(Role.VENUE) for m in g.members if m.name.start in context.dates]
    for timex in (own,) if own and event.frame.event else fillers.times or venues:
        if timex.date is None or (timex.bound is Bound.UNTIL and not context.text.startswith("までに", timex.end)):
            continue
        yield timex


def _claim(
    context: Context, event: Event, fact: Fact, state: Standing, subject: Filler, obj: Filler | Timex, fillers: Fillers
) -> None:
    if state.factuality is None:
        return
    reach = max((p.end for p in matrix(event, context.tree)), default=event.phrase.end)
    stretches = [(event.start, max(event.phrase.end, reach)), (subject.start, subject.end), (obj.start, obj.end)]
    evidence = quote(context.named.sentence, *stretches)
    supplied = subject.supplied or fillers.supplied
    confidence = SUPPLIED if supplied else LIKELY if event.form is Form.NOMINAL else CERTAIN
    value: str | Date = obj.key if isinstance(obj, Filler) else obj.date  # type: ignore[assignment]
    when = value if isinstance(value, Date) else next((t.date for t in fillers.times if t.date and t.bound is Bound.AT), None)
    said = state.factuality
    if (
        when is None
        or context.published is None
        or (when.latest and context.published.earliest and when.latest >= context.published.earliest)
    ):
        said = to_come(event, said, context.text[event.phrase.end : event.phrase.end + 8])
    if context.proposing and said is Factuality.ACTUAL and PROPOSAL_FORM.search(context.text):
        said = Factuality.PROPOSED
    speaker = None
    if quoted_saying(context.text, event.start):
        speaker = _speaker(context, event)
        if said is Factuality.ACTUAL and speaker is None:
            said = Factuality.POSSIBLE
    factuality = with_date(said, when, context.published)
    valid = _validity(fillers, fact)
    made = context.drafts.add(
        subject.key,
        fact.predicate,
        value,
        factuality,
        evidence,
        event.frame.rule,
        confidence=confidence,
        attributed_to=speaker,
        **valid,
    )
    if made and fact.predicate in TO_MEETING and is_a(context.things.kind(subject.key), Kind.MEETING):
        held = (
            factuality if event.frame.event else with_date(Factuality.ACTUAL, context.things[subject.key].on, context.published)
        )
        meeting_claims(context, subject.key, evidence, held, confidence)


# How an enumerated proposal is put: 「1点目は、…することである」.
PROPOSAL_FORM = re.compile(r"(?:こと(?:である|だ|。|$)|(?:する|る|く|す|う|つ|ぶ|む)。?$)")
SPEAKERS = (Kind.PERSON, Kind.POST, Kind.STATE, Kind.INSTITUTION)


def _speaker(context: Context, event: Event) -> str | None:
    """Who is quoted, where the sentence names them: 首相は「…」と答弁した."""
    for group in context.groups:
        if (
            group.particle in {"は", "が", "も"}
            and group.end <= event.start
            and fits(group, SPEAKERS)
            and "「" in context.text[group.end : event.start]
        ):
            return next((key for _, key in context.members(group)), None)
    return None


def _validity(fillers: Fillers, fact: Fact) -> dict[str, Date | None]:
    """1990年から, 2014年まで limit what is said of members, levels and the like."""
    if fact.object is Role.TIME:
        return {}
    bounds = {Bound.FROM, Bound.AT} if fact.predicate in BEGINS else {Bound.FROM}
    since = next((t.date for t in fillers.times if t.bound in bounds and t.date), None)
    until = next((t.date for t in fillers.times if t.bound is Bound.UNTIL and t.date), None)
    if until and fact.predicate not in LASTING:
        until = None
    return {"valid_from": since, "valid_until": until}


def meeting_claims(context: Context, key: str, evidence: Sequence[Span], factuality: Factuality, confidence: float) -> None:
    """A meeting's own facts: whose it is and when."""
    thing = context.things[key]
    if thing.on is None:
        return
    context.drafts.add(key, Property.HELD_ON, thing.on, factuality, evidence, "meeting", confidence=confidence)
    if thing.forum:
        context.drafts.add(
            key,
            Property.MEETING_OF,
            context.things.current(thing.forum),
            factuality,
            evidence,
            "meeting",
            confidence=confidence,
        )


def _cover(context: Context, event: Event, fillers: Fillers, state: Standing) -> None:
    """What a body deals with, what a text covers."""
    subjects = [g for role in (Role.AGENT, Role.VENUE) for g in fillers.get(role) if fits(g, (*event.frame.theme, *MEETS))]
    if not subjects or state.factuality is None:
        return
    for phrase in topic_phrases(context.tree, event.phrase, subjects):
        for start, end, text in topics_of(context.tree, phrase):
            for group in subjects[:1]:
                for member, key in context.members(group):
                    subject = context.meetings.get(member.name.start) or _dated_meeting(context, member.name) or key
                    topic = topic_key(context.things, text)
                    evidence = quote(
                        context.named.sentence, (start, end), (event.start, event.phrase.end), (member.start, member.end)
                    )
                    context.drafts.add(
                        subject, Property.COVERS, topic, state.factuality, evidence, event.frame.rule, confidence=LIKELY
                    )


def assert_fields(context: Context) -> None:
    """The fields that a body or meeting is said to work in: 「会談では、A、B、Cなどの分野における協力が拡大された」."""
    hosts = [
        g
        for g in context.groups
        if g.particle in {"では", "は", "において", "で"}
        and fits(g, (Kind.FORUM, Kind.MEETING, Kind.AGREEMENT, Kind.MECHANISM))
    ]
    for phrase in listed_fields(context.tree) if hosts else ():
        found = phrase_standing(context.tree, context.tree.phrases[hosts[0].phrase.depends_on]).factuality
        for start, end, text in topics_of(context.tree, phrase):
            for member, key in context.members(hosts[0])[:1]:
                evidence = quote(context.named.sentence, (member.start, member.end), (start, end))
                if found:
                    topic = topic_key(context.things, text)
                    context.drafts.add(key, Property.COVERS, topic, found, evidence, "cover.fields", confidence=LIKELY)


def _dated_meeting(context: Context, name: Name) -> str | None:
    timex = context.dates.get(name.start)
    return session_key(context, name, timex.date) if timex and timex.date else None
