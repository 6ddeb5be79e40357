"""What a clause takes over from the one before it: its theme, the body (そこで), the agreement (これにより)."""

from __future__ import annotations

import re

from extract.relations.context import Context
from extract.relations.events import Event, Form
from extract.relations.fillers import Fillers
from extract.relations.frames import Role
from extract.relations.groups import Group, fits
from extract.relations.roles import previous_theme, theme_is_open
from ontology.terms import Kind


def carry_over(context: Context, event: Event, fillers: Fillers) -> None:
    """Fill from the clause before what an event's own clause leaves out."""
    _supply(context, event, fillers)
    _there(context, event, fillers)
    _thereby(context, event, fillers)


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


def _thereby(context: Context, event: Event, fillers: Fillers) -> None:
    """これにより is the agreement of the clause before: 覚書が交わされ、これにより協議が設けられた."""
    pointing = any(
        THEREBY.match(context.text[p.start : p.end])
        for p in context.tree.phrases[: event.phrase.index]
        if p.depends_on == event.phrase.index
    )
    if event.frame.rule == "establish" and pointing and not fillers.get(Role.AGENT):
        group = previous_theme(event, context.tree, context.groups, (Kind.AGREEMENT,))
        if group:
            fillers.add(Role.AGENT, group)
