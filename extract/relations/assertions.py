"""Frames' facts as claims: each event of a sentence, each fact that its fillers allow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.model import Bound, Date, Span, Timex
from extract.names.found import Name
from extract.relations.carrying import carry_over
from extract.relations.context import Context
from extract.relations.covering import assert_fields, cover
from extract.relations.discourse import REACH
from extract.relations.draft import CERTAIN, LIKELY, SUPPLIED, quote
from extract.relations.events import Event, Form
from extract.relations.factuality import Standing, gone_by, saying_around, standing, to_come, with_date
from extract.relations.fillers import Filler, Fillers
from extract.relations.filling import TO_MEETING, fillers_of
from extract.relations.former import keep_pointed
from extract.relations.frames import Fact, Pattern, Role
from extract.relations.groups import Group, fits
from extract.relations.itemised import assert_itemised
from extract.relations.lending import decided_only, matrix
from extract.relations.particles import INTO
from extract.relations.roles import fill
from ontology.terms import Factuality, Kind, Property, is_a

# What can hold until a date; a deadline (2027年までに締結する) is none.
LASTING = frozenset(
    {Property.HAS_MEMBER, Property.LOCATED_IN, Property.PART_OF, Property.CHAIRED_BY, Property.LEVEL, Property.DEVELOPED_BY}
)


# What holds from the date of the event that brings it about.
BEGINS = frozenset({Property.REPLACES, Property.RENAMED_FROM, Property.HAS_MEMBER})
MOVING = frozenset({"移す", "移転", "移る"})  # a seat is where it was moved to since then


def assert_events(context: Context) -> None:
    """Make the claims of all events of a sentence."""
    turned: dict[int, Group] = {}
    context.named = replace(context.named, timexes=tuple(_same_day(context, t) for t in context.named.timexes))
    days = {t.start: t for t in context.named.timexes}
    for event in context.events:
        state = standing(context.tree, event)
        if state.factuality is None or (event.frame.rule == "hold.plan" and event.modified is not None):
            continue  # what had been planned for a day (予定されていた会談) may not have come to be
        fillers = fill(event, context.tree, context.groups)
        _turn(event, fillers, turned)
        if not fillers.times:
            fillers.times = _bracketed_dates(context, event)
        carry_over(context, event, fillers)
        fillers.times = [days.get(t.start, t) for t in _times_in_turn(context, event, fillers)]
        keep_pointed(context, event, fillers)
        if event.frame.rule.startswith("sign") and _severally(context, event, fillers):
            continue
        if event.frame.pattern is Pattern.TOPIC:
            cover(context, event, fillers, state)
            continue
        if event.frame.rule.startswith("establish"):
            _note_founding(context, event, fillers, state.factuality)
        for fact in (*event.frame.facts, *((BIRTH,) if fillers.born else ())):
            _state(context, event, fillers, fact, state)
    assert_fields(context)
    assert_itemised(context)


def _note_founding(context: Context, event: Event, fillers: Fillers, found: Factuality) -> None:
    """Take note of the bodies that are founded, or are to be: 次官級の対話の新設に向けた調整 tells of no body that is there."""
    said = to_come(event, found, context.text[event.phrase.end : event.phrase.end + 8])
    when = next((t.date for t in fillers.times if t.date and t.bound is Bound.AT), None)
    for group in fillers.get(Role.THEME):
        for _, key in context.members(group):
            context.drafts.found(key, with_date(said, when, context.published))


def _same_day(context: Context, timex: Timex) -> Timex:
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


# What came of a change came into being by it: 1994年に、AとBが統合されてできた.
BIRTH = Fact(Property.ESTABLISHED_ON, Role.GOAL, Role.TIME)


SEVERALLY = re.compile(r"それぞれ|各々|個別に")


def _severally(context: Context, event: Event, fillers: Fillers) -> bool:
    """Whether texts of one kind are signed with each of several: シリア、サウジアラビアとそれぞれ相互防衛協定を結んだ are two."""
    each = any(SEVERALLY.match(context.text[p.start :]) for p in context.tree.phrases[: event.phrase.index])
    themes = [m.name for g in fillers.get(Role.THEME) for m in g.members]
    return each and len(themes) == 1 and any(len(g.members) > 1 for role in fillers.roles for g in fillers.get(role))


def _turn(event: Event, fillers: Fillers, turned: dict[int, Group]) -> None:
    """A topic that has turned into something is that from then on: XはYに改められ、後にZに改組された."""
    if event.frame.rule not in INTO:
        return
    themes = fillers.get(Role.THEME)
    if len(themes) != 1 or themes[0].particle not in {"は", "が"}:
        return
    first = themes[0].start
    if first in turned:
        fillers.roles[Role.THEME] = [turned[first]]
    for goal in fillers.get(Role.GOAL):
        turned[first] = goal


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
            for filler in fillers_of(introduction, event, fillers, fact.object, fact):
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


def _state(context: Context, event: Event, fillers: Fillers, fact: Fact, state: Standing) -> None:
    for subject in list(fillers_of(context, event, fillers, fact.subject, fact)):
        if fact.object is Role.TIME and decided_only(event, context.tree) and fact.predicate is Property.ESTABLISHED_ON:
            continue  # the date of a decision is not that of the founding
        if fact.of and not any(is_a(context.things.kind(subject.key), k) for k in fact.of):
            continue
        beside = _beside(fillers, subject)
        if fact.object is Role.TIME:
            for timex in _times(context, event, fillers, subject):
                if beside and not beside[0] <= timex.start < beside[1]:
                    continue
                _claim(context, event, fact, state, subject, timex, fillers)
            continue
        for obj in list(fillers_of(context, event, fillers, fact.object, fact)):
            if fact.predicate is Property.REVISES and context.things.kind(subject.key) is not context.things.kind(obj.key):
                continue
            if (
                _no_place(context, fact, obj)
                or _of_other_pair(context, event, subject, obj)
                or _only_side(fillers, obj)
                or _of_another_meeting(fillers, subject, obj, fact)
                or (beside and obj.group and not beside[0] <= obj.start < beside[1])
            ):
                continue
            if fact.kinds and not any(is_a(context.things.kind(obj.key), k) for k in fact.kinds):
                continue
            if fact.plural and not (obj.group and len(context.members(obj.group)) > 1):
                continue
            _claim(context, event, fact, state, subject, obj, fillers)


def _of_another_meeting(fillers: Fillers, subject: Filler, place: Filler, fact: Fact) -> bool:
    """Whether a place ends what is said of the meeting before: 5月に外相会合がパリで、6月に首脳会合がローマで開かれた."""
    venues = fillers.get(Role.VENUE)
    if fact.predicate is not Property.HELD_IN or place.group not in venues or place.group is None:
        return False
    if not place.group.phrase.tail.endswith("で、"):
        return False
    return place.end <= subject.start and any(g.start >= subject.end for g in venues)


def _beside(fillers: Fillers, subject: Filler) -> tuple[int, int] | None:
    """The stretch of one of several themes that a verb has in turn: SDCは1976年に、SSCは1967年に; 7日にA法が、15日にB法が制定された."""
    themes = sorted(g.start for g in fillers.get(Role.THEME) if g.particle in {"は", "が"})
    if subject.group is None or subject.group not in fillers.get(Role.THEME) or len(themes) <= 1:
        return None
    if fillers.times and all(t.start < themes[-1] for t in fillers.times):
        return max((s for s in themes if s < subject.group.start), default=0), subject.group.start
    return subject.group.start, min((s for s in themes if s > subject.group.start), default=10**9)


def _times_in_turn(context: Context, event: Event, fillers: Fillers) -> list[Timex]:
    """The dates of a verb with several themes, those included that the parser hangs on a theme: one for each, else what was found."""
    themes = {g.phrase.index for g in fillers.get(Role.THEME) if g.particle in {"は", "が"}}
    ends = {*themes, event.phrase.index}
    dated = [p for p in context.tree.phrases[: event.phrase.index] if p.timex and p.depends_on in ends and p.particle != "の"]
    return [p.timex for p in dated if p.timex] if len(dated) == len(themes) > 1 else fillers.times


def _of_other_pair(context: Context, event: Event, subject: Filler, obj: Filler) -> bool:
    """Whether what came of it came of another: AはBへ、CはDへ改組された tells two changes."""
    if event.frame.rule not in INTO or subject.group is None or obj.group is None:
        return False
    goal, theme = subject.group, obj.group
    below = context.tree.dependants[event.phrase.index]
    topics = [p.index for p in below if p.particle == theme.particle and not p.timex]
    if theme.particle not in {"は", "が"} or goal.particle not in {"に", "へ"} or theme.phrase.index not in topics:
        return False
    return max((i for i in topics if i < goal.phrase.index), default=theme.phrase.index) != theme.phrase.index


SITED = frozenset({Property.HELD_IN, Property.LOCATED_IN})


def _no_place(context: Context, fact: Fact, obj: Filler) -> bool:
    """Whether states are no place but those who do it: 日米で開かれた協議, 日本側で; one alone is one: インドで開かれた."""
    if fact.predicate not in SITED or context.things.kind(obj.key) is not Kind.STATE:
        return False
    if obj.group is None:
        return True
    several = sum(len(context.of(m.name)) for m in obj.group.members) > 1
    before = [p for p in context.tree.phrases if p.end == obj.group.phrase.start and p.particle in {"は", "が"}]
    if before and not before[0].timex and obj.group.phrase.tail == "で、":
        return True  # 議長国はキルギスで、…: the country is what is told
    return several or context.text.startswith(("側", "間", "政府", "主催"), obj.group.members[-1].name.end)


def _only_side(fillers: Fillers, obj: Filler) -> bool:
    """Whether a state only tells on whose side those stand who take part: 日本からは上川外務大臣が出席した."""
    if obj.group is None or obj.group.members[0].name.kind is not Kind.STATE or obj.group.particle == "が":
        return False
    agents = fillers.get(Role.AGENT)
    return obj.group in agents and any(g.members[0].name.kind in {Kind.PERSON, Kind.POST} for g in agents)


def _times(context: Context, event: Event, fillers: Fillers, subject: Filler) -> Iterator[Timex]:
    """The dates of a fact about one subject: its own (翌年のSCC), else the event's."""
    own = context.dates.get(subject.start)
    for timex in (own,) if own and event.frame.event else fillers.times or _session_dates(context, fillers):
        if timex.date is None or (timex.bound is Bound.UNTIL and not context.text.startswith("までに", timex.end)):
            continue
        if event.frame.event and timex.bound is Bound.FROM and HABIT.search(context.text, timex.end, event.phrase.end):
            continue
        yield timex


# What happens again and again since a date did not happen on it: 2018年からは毎年開かれている.
HABIT = re.compile(r"毎[年月週]|隔年|年に?[\d一二三四]+[回度]|[\d一二三四]年に[\d一]+[回度]|定期的|定例|恒例")


def _session_dates(context: Context, fillers: Fillers) -> list[Timex]:
    """The date of the meeting at which, or by which, it was done: 1978年11月27日に開かれたSCCが了承した."""
    names = [m.name for role in (Role.VENUE, Role.AGENT) for g in fillers.get(role) for m in g.members]
    dated = [context.dates[n.start] for n in names if n.start in context.dates]
    met = {context.meetings[n.start] for n in names if n.start in context.meetings} | {k for n in names for k in context.of(n)}
    held = {context.things[k].on for k in met} - {None}
    return dated or [t for t in context.named.timexes if t.date in held]


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
    saying = saying_around(context.text, event.start)
    for filler in (subject, obj) if saying else ():
        if saying and isinstance(filler, Filler) and not filler.supplied and not saying[0] <= filler.start < saying[1]:
            return  # who says it does not take part in it: 大使は「Xへの参加は考えていない」と語った
    said = state.factuality
    if (
        when is None
        or context.published is None
        or (when.latest and context.published.earliest and when.latest >= context.published.earliest)
    ):
        said = to_come(event, said, context.text[event.phrase.end : event.phrase.end + 8])
    said = context.proposed(said)
    speaker = None
    if saying:
        speaker = _speaker(context, event)
        if said is Factuality.ACTUAL and speaker is None:
            said = Factuality.POSSIBLE
    factuality = with_date(said, when, context.published)
    if factuality is Factuality.PLANNED and state.factuality is Factuality.ACTUAL:
        factuality = state.to_come
    valid = _validity(event, fillers, fact)
    if fact.predicate is Property.LOCATED_IN and valid["valid_until"] is None:
        valid["valid_until"] = _moved_away(context, event)
    if fact.predicate in LASTING and valid.get("valid_until") is None and gone_by(event.phrase.tail):
        return
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


AWAY = re.compile(r"移(?:転|[さっりし])")


def _moved_away(context: Context, event: Event) -> Date | None:
    """When a body left its seat: パリに置かれたが、1967年に移転した."""
    for verb in context.tree.phrases[event.phrase.index + 1 :]:
        if AWAY.match(context.text[verb.start : verb.end]) and verb in context.tree.governors(event.phrase):
            dates = [
                p.timex for p in context.tree.dependants[verb.index] if p.timex and event.phrase.end <= p.start < verb.start
            ]
            return next((t.date for t in dates if t.bound is Bound.AT), None)
    return None


def _validity(event: Event, fillers: Fillers, fact: Fact) -> dict[str, Date | None]:
    """1990年から, 2014年まで limit what is said of members, levels and the like."""
    if fact.object is Role.TIME:
        return {}
    begins = fact.predicate in BEGINS or (fact.predicate is Property.LOCATED_IN and event.verb in MOVING)
    bounds = {Bound.FROM, Bound.AT} if begins else {Bound.FROM}
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
