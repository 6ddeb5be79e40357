"""Frames' facts as claims: each event of a sentence, each fact that its fillers allow."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.model import Bound, Precision
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, quote
from extract.relations.discourse.former import keep_pointed
from extract.relations.factuality.cues import Standing
from extract.relations.factuality.outlook import to_come, with_date
from extract.relations.factuality.standing import standing
from extract.relations.grammar.events import Event
from extract.relations.grammar.fillers import Filler, Fillers
from extract.relations.grammar.foundings import makes_up
from extract.relations.grammar.frames import Fact, Pattern, Role
from extract.relations.grammar.groups import ENVOYS, Group
from extract.relations.grammar.lending import decided_only
from extract.relations.grammar.particles import INTO
from extract.relations.grammar.roles import fill
from extract.relations.matters.covering import assert_fields, cover
from extract.relations.matters.itemised import assert_itemised
from extract.relations.verbs.belonging import (
    joined_apart,
    no_place,
    of_another_meeting,
    of_one_session,
    of_other_pair,
    only_seated,
    only_share,
    only_side,
    sent_to_work,
    severally,
    stretch_of,
)
from extract.relations.verbs.carrying import carry_over
from extract.relations.verbs.claiming import claim
from extract.relations.verbs.dating import bracketed_dates, dated_facts, same_day, times_in_turn
from extract.relations.verbs.filling import fillers_of
from ontology.terms import Factuality, Kind, Property, is_a


def assert_events(context: Context) -> None:
    """Make the claims of all events of a sentence."""
    turned: dict[int, Group] = {}
    context.named = replace(context.named, timexes=tuple(same_day(context, t) for t in context.named.timexes))
    days = {t.start: t for t in context.named.timexes}
    for event in context.events:
        state = standing(context.tree, event)
        if state.factuality is None or (event.frame.rule == "hold.plan" and event.modified is not None):
            continue  # what had been planned for a day (予定されていた会談) may not have come to be
        if event.frame.rule == "establish" and makes_up(event, context.tree):
            continue
        fillers = fill(event, context.tree, context.groups)
        _turn(event, fillers, turned)
        if not fillers.times:
            fillers.times = bracketed_dates(context, event)
        carry_over(context, event, fillers)
        fillers.times = [days.get(t.start, t) for t in times_in_turn(context, event, fillers)]
        keep_pointed(context, event, fillers)
        if (event.frame.family == "sign" and severally(context, event, fillers)) or sent_to_work(event, fillers):
            continue
        if event.frame.pattern is Pattern.TOPIC:
            cover(context, event, fillers, state)
            continue
        if event.frame.family == "establish":
            _note_founding(context, event, fillers, state.factuality)
        _note_signing(context, event, fillers)
        _held_this_time(context, event, fillers, state.factuality)
        for fact in (*event.frame.facts, *((BIRTH,) if fillers.born else ())):
            _state(context, event, fillers, fact, state)
    assert_fields(context)
    assert_itemised(context)


def _held_this_time(context: Context, event: Event, fillers: Fillers, found: Factuality) -> None:
    """A meeting held 今回 was held on the day of the one that the text is about: 今回、2プラス2に続き閣僚会合も開催された."""
    if event.frame.rule != "hold" or fillers.times or found is not Factuality.ACTUAL:
        return
    for filler in fillers_of(context, event, fillers, Role.THEME, Fact(Property.HELD_ON, Role.THEME, Role.TIME)):
        at = context.text.rfind(THIS_TIME, 0, event.start)
        if at >= 0 and is_a(context.things.kind(filler.key), Kind.MEETING) and not filler.supplied:
            evidence = quote(
                context.named.sentence, (at, at + len(THIS_TIME)), (filler.start, filler.end), (event.start, event.end)
            )
            context.drafts.add_meeting(filler.key, evidence, found, LIKELY)


THIS_TIME = "今回"


def _note_signing(context: Context, event: Event, fillers: Fillers) -> None:
    """Take note of a treaty that states sign, until a body is founded: who joins next joins the treaty."""
    if event.frame.family == "establish" and fillers.get(Role.THEME):
        context.discourse.signed = None
    for group in fillers.get(Role.THEME) if event.frame.rule == "sign" else ():
        for _, key in context.members(group)[:1]:
            if context.things.kind(key) is Kind.TREATY:
                context.discourse.signed = (context.index, key)


def _note_founding(context: Context, event: Event, fillers: Fillers, found: Factuality) -> None:
    """Take note of the bodies that are founded, or are to be: 次官級の対話の新設に向けた調整 tells of no body that is there."""
    said = to_come(event, found, context.text[event.phrase.end : event.phrase.end + 8])
    when = next((t.date for t in fillers.times if t.date and t.bound is Bound.AT), None)
    for group in fillers.get(Role.THEME):
        for _, key in context.members(group):
            context.drafts.found(key, with_date(said, when, context.published))


# What came of a change came into being by it: 1994年に、AとBが統合されてできた.
BIRTH = Fact(Property.ESTABLISHED_ON, Role.GOAL, Role.TIME)


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


# What tells of a body that the clause names, and of none that is understood: 首脳が署名した may be of any text.
NAMED_ONLY = frozenset({"establish.sign", "locate.found"})
DATED_BY_DEED = frozenset({Property.ESTABLISHED_ON, Property.STARTED_ON, Property.ENDED_ON})
COMING = frozenset({"出席", "同席", "臨む", "列席", "参列"})
CAME = re.compile(r"(?:した|しました|んだ|みました)(?:。|$)")


def _came_once(event: Event, fact: Fact, fillers: Fillers) -> bool:
    """Whether somebody came, or will, to one meeting, which makes nobody a member: 会議には、局長が出席した; 8日の会議には."""
    came = CAME.search(event.phrase.tail)
    once = came or any(t.date and t.date.precision is Precision.DAY for t in fillers.times)
    sent = came and any(ENVOYS.search(g.phrase.head.text) for g in fillers.get(Role.AGENT))
    return fact.predicate is Property.HAS_MEMBER and ((event.verb in COMING and bool(once)) or bool(sent))


def _told_of(context: Context, event: Event, fillers: Fillers, fact: Fact, subject: Filler) -> bool:
    """Whether a fact may be told of a subject; the date of a decision is not that of the founding."""
    if fact.object is Role.TIME and fact.predicate in DATED_BY_DEED and decided_only(event, context.tree):
        return False
    if of_one_session(context, fact, subject) or (subject.supplied and event.frame.rule in NAMED_ONLY):
        return False
    below = context.tree.dependants[event.phrase.index]
    if event.frame.rule == "establish.sign" and any(
        p.particle in {"に", "を"} and p.head.nominal and not p.timex for p in below
    ):
        return False  # EUは協定に署名した: what was signed is another thing
    to_the_day = any(t.date and t.date.precision is Precision.DAY for t in fillers.times)
    if event.frame.rule == "start.begin" and to_the_day and fillers.get(Role.VENUE):
        return False  # 6月2日にローマで始まった会議: a session of it began, the body is older
    return not fact.of or any(is_a(context.things.kind(subject.key), k) for k in fact.of)


AND_APART = re.compile(r"[」』]?(?:\([^()]*\))?、(?:及び|および|並びに|ならびに)")


def _listed_after(text: str, event: Event, subject: Filler) -> bool:
    """Whether a list only goes on behind what a clause stands before: NATOの下に置かれた司令部|とEU, 省の下に置かれたA庁|、およびB局."""
    if event.modified is None or subject.group is None or len(subject.group.members) == 1:
        return False
    first = subject.group.members[0]
    own = next(m.name for m in subject.group.members if m.start <= subject.start < m.end)
    apart = own.kind is not first.name.kind or AND_APART.match(text, first.end)
    return event.modified.end <= own.start and bool(apart)


def _state(context: Context, event: Event, fillers: Fillers, fact: Fact, state: Standing) -> None:
    for subject in list(fillers_of(context, event, fillers, fact.subject, fact)):
        if not _told_of(context, event, fillers, fact, subject) or _came_once(event, fact, fillers):
            continue
        beside = stretch_of(fillers, subject.group)
        if fact.object is Role.TIME:
            for told, timex in dated_facts(context, event, fillers, subject, fact):
                if (beside and not beside[0] <= timex.start < beside[1]) or only_seated(context, event, subject, timex):
                    continue
                claim(context, event, told, state, subject, timex, fillers)
            continue
        if fact.predicate is Property.PART_OF and _listed_after(context.text, event, subject):
            continue
        for filler in list(fillers_of(context, event, fillers, fact.object, fact)):
            bound = fact.predicate is Property.HAS_PARTY
            obj = replace(filler, key=context.bound(filler.key)) if bound else filler
            if fact.predicate is Property.REVISES and context.things.kind(subject.key) is not context.things.kind(obj.key):
                continue
            if (
                no_place(context, fact, obj)
                or of_other_pair(context, event, subject, obj)
                or joined_apart(context, event, fact, obj)
                or only_side(fillers, obj)
                or only_share(context, event, obj, fact)
                or of_another_meeting(context, fillers, subject, obj, fact)
                or (beside and obj.group and not beside[0] <= obj.start < beside[1])
            ):
                continue
            if fact.kinds and not any(is_a(context.things.kind(obj.key), k) for k in fact.kinds):
                continue
            if fact.plural and not (obj.group and len(context.members(obj.group)) > 1):
                continue
            claim(context, event, fact, state, subject, obj, fillers)
