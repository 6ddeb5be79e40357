"""What the clauses of a sentence have in turn: which of several themes a date, a place or an outcome belongs to."""

from __future__ import annotations

import re

from extract.model import Bound, Stretch, Timex
from extract.relations.discourse.context import Context
from extract.relations.discourse.sessions import ONE_SESSION, TASK
from extract.relations.grammar.events import WORKING, Event
from extract.relations.grammar.fillers import Filler, Fillers
from extract.relations.grammar.frames import Fact, Role
from extract.relations.grammar.groups import Group, fits
from extract.relations.grammar.particles import INTO
from extract.relations.grammar.timing import span_of
from ontology.terms import Kind, Property

SEVERALLY = re.compile(r"それぞれ|各々|個別に")


def severally(context: Context, event: Event, fillers: Fillers) -> bool:
    """Whether texts of one kind are signed with each of several: シリア、サウジアラビアとそれぞれ相互防衛協定を結んだ are two."""
    each = any(SEVERALLY.match(context.text[p.start :]) for p in context.tree.phrases[: event.phrase.index])
    themes = [m.name for g in fillers.get(Role.THEME) for m in g.members]
    return each and len(themes) == 1 and any(len(g.members) > 1 for role in fillers.roles for g in fillers.get(role))


def of_another_meeting(context: Context, fillers: Fillers, subject: Filler, place: Filler, fact: Fact) -> bool:
    """Whether a place ends what is said of the meeting before: 5月に外相会合がパリで、6月に首脳会合がローマで開かれた."""
    venues = fillers.get(Role.VENUE)
    if fact.predicate is not Property.HELD_IN or place.group not in venues or place.group is None:
        return False
    if not place.group.phrase.tail.endswith("で、"):
        return False
    on = context.things[subject.key].on
    dated = [t.start for t in context.named.timexes if t.date and t.date == on]
    start = max(subject.start, *dated) if dated else subject.start  # 対話は、第1回が5月にパリで、第2回が6月にローマで開かれた
    return place.end <= start and any(g.start >= start for g in venues)


def in_turn(fillers: Fillers) -> bool:
    """Whether a verb has several objects in turn: 2008年にタリンにAを、2017年にヘルシンキにBを設けた."""
    themes = sorted(fillers.get(Role.THEME), key=lambda g: g.start)
    if len(themes) > 1 and all(g.particle == "" and _dated(g, fillers) for g in themes[:-1]):
        return True  # 1990年には甲協定、1995年には乙協定を結んだ
    objects = [g for g in themes if g.particle == "を"]
    return len(objects) > 1 and all(g.phrase.tail.endswith("を、") or _dated(g, fillers) for g in objects[:-1])


def _dated(group: Group, fillers: Fillers) -> bool:
    """Whether a date stands right behind an object: 甲条約を1947年に、乙条約を1948年に結んだ."""
    return any(t.start == group.phrase.end for t in fillers.times)


def stretch_of(fillers: Fillers, group: Group | None) -> Stretch | None:
    """The stretch of one of several themes that a verb has in turn: SDCは1976年に、SSCは1967年に; 7日にA法が、15日にB法が制定された."""
    themes = sorted(g.start for g in fillers.get(Role.THEME) if g.particle in {"は", "が"} or in_turn(fillers))
    if group is None or group not in fillers.get(Role.THEME) or len(themes) <= 1:
        return None
    if fillers.times and all(t.start < themes[-1] for t in fillers.times):
        return max((s for s in themes if s < group.start), default=0), group.start
    return group.start, min((s for s in themes if s > group.start), default=10**9)


def of_other_pair(context: Context, event: Event, subject: Filler, obj: Filler) -> bool:
    """Whether what came of it came of another: AはBへ、CはDへ改組された tells two changes."""
    if event.frame.rule not in INTO or subject.group is None or obj.group is None:
        return False
    goal, theme = subject.group, obj.group
    below = context.tree.dependants[event.phrase.index]
    topics = [p.index for p in below if p.particle == theme.particle and not p.timex]
    if theme.particle not in {"は", "が"} or goal.particle not in {"に", "へ"} or theme.phrase.index not in topics:
        return False
    return max((i for i in topics if i < goal.phrase.index), default=theme.phrase.index) != theme.phrase.index


def joined_apart(context: Context, event: Event, fact: Fact, obj: Filler) -> bool:
    """Whether somebody joined on a date of its own, which the rules of joining tell: 1984年にブルネイ、1995年にベトナムが加わった."""
    if fact.predicate is not Property.HAS_MEMBER or event.frame.rule != "attend" or obj.group is None:
        return False
    dates = [t for t in context.named.timexes if t.date and t.bound is Bound.AT and t.end <= event.start]
    between = any(t.end <= obj.start for t in dates) and any(t.start >= obj.end for t in dates)
    subjects = [
        g.start for g in context.groups if g.particle in {"が", "は", "も"} and g.phrase.depends_on == event.phrase.index
    ]
    in_turn = sum(any(s < t.start for s in subjects) and any(t.end <= s for s in subjects) for t in dates) > 0
    return between or (in_turn and any(s < obj.start for s in subjects))


def of_one_session(context: Context, fact: Fact, subject: Filler) -> bool:
    """Whether those who attended were at one session or task of a body, and need not sit in it: 第5回対話には, 国連の任務に、A国が参加した."""
    if fact.predicate is not Property.HAS_MEMBER:
        return False
    return bool(ONE_SESSION.search(context.text, 0, subject.start) or TASK.match(context.text, subject.end))


SITED = frozenset({Property.HELD_IN, Property.LOCATED_IN})


def no_place(context: Context, fact: Fact, obj: Filler) -> bool:
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


def only_side(fillers: Fillers, obj: Filler) -> bool:
    """Whether a state only tells on whose side those stand who take part: 日本からは上川外務大臣が出席した."""
    if obj.group is None or obj.group.members[0].name.kind is not Kind.STATE or obj.group.particle == "が":
        return False
    agents = fillers.get(Role.AGENT)
    return obj.group in agents and any(g.members[0].name.kind in {Kind.PERSON, Kind.POST} for g in agents)


SHARE = re.compile(
    r"[」』]?の[^、。]*?(?:一部|大部分|大半|半分|いくつか)"
)  # 機能の一部が引き継がれた: the old may well live on


def only_share(context: Context, event: Event, obj: Filler, fact: Fact) -> bool:
    """Whether no more than a share of what the old did or said passes to the new."""
    return fact.predicate is Property.REPLACES and bool(SHARE.match(context.text, obj.end, event.start))


PLACED = re.compile(r"^(?:かれ|い)(?:た|まし|て(?!い))|^(?:かれ|き)、|^こ|^く(?:こと|と|方針|予定|計画)")
SEAT = re.compile(r"(?:本部|司令部|事務局|本拠地?|拠点|庁舎)(?:を|は|が|も)")


def only_seated(context: Context, event: Event, subject: Filler, timex: Timex) -> bool:
    """Whether a date is not when a body was first put somewhere: 2024年には座間に置かれている, 1967年に本部がパリに置かれた."""
    if event.frame.rule != "locate.found":
        return False
    new = PLACED.match(context.text[event.phrase.head.start + 1 : event.phrase.end]) and timex.bound is Bound.AT
    owned = subject.group is not None and subject.group.particle not in {"が", "は", "を", "も", ""}
    apart = SEAT.match(context.text, subject.end + 1) is not None
    return not new or owned or apart or span_of(timex) is not None


WORK = re.compile(r"[^、。]+を(?:開始|始める|終える|終了|停止|完了)")


def sent_to_work(event: Event, fillers: Fillers) -> bool:
    """Whether forces begin or end their work somewhere, and live on elsewhere: 自衛隊は、サマワで活動を開始した."""
    forces = [g for g in fillers.get(Role.THEME) if fits(g, (Kind.ARMED_FORCE,))]
    away = bool(fillers.get(Role.VENUE)) or any(g.particle == "の" for g in forces)
    return event.frame.rule in WORKING and WORK.fullmatch(event.verb) is not None and bool(forces) and away
