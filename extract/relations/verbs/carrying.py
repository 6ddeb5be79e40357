"""What a clause takes over from the one before it: its theme, the body (そこで), the agreement (これにより)."""

from __future__ import annotations

import re

from extract.model import Bound, Timex
from extract.relations.discourse.context import Context
from extract.relations.grammar.events import Event, Form
from extract.relations.grammar.fillers import Fillers
from extract.relations.grammar.frames import Role
from extract.relations.grammar.groups import Group, fits
from extract.relations.grammar.roles import fill, previous_theme
from extract.relations.grammar.themes import theme_is_open
from extract.relations.grammar.timing import LATER
from extract.relations.verbs.pairing import pair_off
from extract.relations.verbs.supplying import AFTER_TALKS, last_talks
from ontology.terms import Kind


def carry_over(context: Context, event: Event, fillers: Fillers) -> None:
    """Fill from the clause before what an event's own clause leaves out."""
    _supply(context, event, fillers)
    pair_off(context, event, fillers)
    _there(context, event, fillers)
    _thereby(context, event, fillers)
    if not fillers.times:
        fillers.times = _same_day(context, event) or _along_with(context, event) or _day_of_talks(context, event)


SAME_DAY = re.compile(r"即日|その日のうちに")
TOLD_AFTER = frozenset({"publish", "adopt", "sign"})


def _same_day(context: Context, event: Event) -> list[Timex]:
    """即日 is the day of the deed before: 2016年11月23日に署名され、即日発効した."""
    clause = [event.phrase, *context.tree.dependants[event.phrase.index]]
    if event.frame.rule != "effect" or not any(SAME_DAY.match(context.text[p.start : p.end]) for p in clause):
        return []
    for earlier in reversed(context.events):
        if earlier.phrase.index < event.phrase.index and earlier.frame.rule in TOLD_AFTER:
            before = fill(earlier, context.tree, context.groups)
            return before.times if len(before.get(Role.THEME)) == 1 else []
    return []


ALONG = re.compile(r"(?:さ|し)?れ?[たる]?の?(?:に伴(?:い|って|う)|と(?:同時|とも|共)に|に(?:合|あ)わせて?)")
COMING_TO_BE = frozenset({"establish", "effect", "end", "start"})


def _along_with(context: Context, event: Event) -> list[Timex]:
    """What comes with another deed comes on its day: 法律が2015年10月1日に施行されたのに伴って発足した."""
    if event.frame.family not in COMING_TO_BE or event.modified is not None:
        return []
    for earlier in reversed(context.events):
        if earlier.phrase.index >= event.phrase.index or earlier.frame.family not in COMING_TO_BE:
            continue
        along = ALONG.match(context.text, earlier.phrase.content_end)
        if along and not LATER.search(context.text, along.end(), event.start):
            times = fill(earlier, context.tree, context.groups).times
            return times if len(times) == 1 and times[0].bound is Bound.AT else []
    return []


def _day_of_talks(context: Context, event: Event) -> list[Timex]:
    """What is published after talks is published on their day: 両首脳は会談後、共同宣言を発表した."""
    meeting = last_talks(context) if event.frame.rule in TOLD_AFTER and event.form is Form.VERBAL else None
    after = AFTER_TALKS.search(context.text, 0, event.start)
    on = context.things[meeting].on if meeting else None
    if after is None or on is None or on.latest != on.earliest:
        return []
    return [Timex(after.start(), after.end(), after.group(), on)]


SINCE = re.compile(r"(?:以来|以降|以後|後|から)、?$")


def _topic_above(context: Context, event: Event) -> Group | None:
    """1971年の発足以来、FPDAは…: what the deed was done to is the topic of the clause that it dates."""
    governors = {p.index for p in context.tree.governors(event.phrase)}
    topics = (g for g in context.groups if g.particle in {"は", "も"} and g.phrase.depends_on in governors)
    return next((g for g in topics if fits(g, event.frame.theme)), None)


def _supply(context: Context, event: Event, fillers: Fillers) -> None:
    """A theme that the sentence leaves out: from the clause before, or the topic of the clause that a deed dates."""
    if fillers.get(Role.THEME) or event.modified is not None or event.frame.rule in {"cover", "attend", "gather"}:
        return
    if not theme_is_open(event, context.tree):
        return
    since = event.form is Form.NOMINAL and fillers.times and SINCE.search(context.text[event.start : event.phrase.end])
    above = _topic_above(context, event) if since else None
    group = above or previous_theme(event, context.tree, context.groups, event.frame.theme)
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


THEREBY = re.compile(r"(?:これ|それ)(?:により|によって|を受けて?|に基づき|に基づいて)、?$")


AGREED = frozenset({"sign", "adopt"})
BASED = re.compile(r"(?:これ|それ)に基づ(?:き|いて)")


def _thereby(context: Context, event: Event, fillers: Fillers) -> None:
    """これにより is the agreement of the clause before: 覚書が交わされ、これにより協議が設けられた; an agreement is based on one: これに基づいて契約を結んだ."""
    pointing = any(
        THEREBY.match(context.text[p.start : p.end])
        for p in context.tree.phrases[: event.phrase.index]
        if p.depends_on == event.phrase.index
    )
    based = bool(BASED.search(context.text, 0, event.phrase.start))
    made = event.frame.rule == "establish" and not fillers.get(Role.AGENT)
    if pointing and (made or (based and event.frame.rule in AGREED)):
        group = previous_theme(event, context.tree, context.groups, (Kind.AGREEMENT,))
        if group:
            fillers.add(Role.BASIS if based else Role.AGENT, group)
