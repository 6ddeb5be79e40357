"""Which body is joined or left: the one that the clause names, else the one that the text is about."""

from __future__ import annotations

import re

from extract.model import Stretch
from extract.relations.bodies.joining import BODIES, Membership, by_verb
from extract.relations.discourse.context import Context
from extract.relations.discourse.sessions import ONE_SESSION, TASK
from extract.relations.grammar.copulas import COPULA
from extract.relations.grammar.events import Event, Form, find_verbs
from extract.relations.grammar.groups import Group, fits
from extract.syntax import Phrase
from ontology.terms import Factuality, Kind

TOPIC = frozenset({"は", "では", "には", "も"})
INTO = frozenset({"に", "へ", "には", "への", "にも", "から", "からの", "からは", "を"})


def bodies_of(
    context: Context, event: Event, rule: Membership, found: Factuality, parties: list[Group]
) -> list[tuple[str, list[Stretch]]]:
    """The bodies that are joined or left, and where they stand; that which the text is about where the clause names none."""
    whole = _made_by_adding(context, event, rule)
    if whole:
        return _placed(context, whole)
    for group in context.groups:
        hangs = group.phrase.depends_on == event.phrase.index and group.phrase.index < event.phrase.index
        glued = group.particle == "" and group.end == event.start
        into = hangs and group.particle in INTO
        modified = event.modified is not None and group.phrase.index == event.modified.index and rule.how != "admit"
        joinable = fits(group, BODIES) or (rule.elided and group.members[0].name.kind is Kind.INSTITUTION)
        if (into or glued or modified) and joinable and group not in parties:
            once = ONE_SESSION.search(context.text, 0, group.start) or TASK.match(context.text, group.end)
            return [] if once else _placed(context, group)
    if _other_goal(context, event):
        return []
    topics = [g for g in context.groups if g.particle in TOPIC and fits(g, BODIES) and g.phrase.index < parties[0].phrase.index]
    if topics and all(g.particle == "が" for g in parties):
        return _placed(context, topics[0])
    if (event.modified is not None and event.modified.name) or _of_another(context, event):
        return []
    if _of_acronym(context):
        return []
    body = context.discourse.company(context.index) if rule.elided or found is not Factuality.ACTUAL else None
    return [(body, [])] if body else []


def _made_by_adding(context: Context, event: Event, rule: Membership) -> Group | None:
    """The body that is said to be what comes of adding: Xは、ASEAN10か国に日本と米国を加えた国防相会議である."""
    noun = event.modified
    if rule.how != "admit" or noun is None or noun.name or not COPULA.match(noun.tail):
        return None
    return next((g for g in context.groups if g.particle in {"は", "とは"} and fits(g, BODIES) and g.end < event.start), None)


def _placed(context: Context, group: Group) -> list[tuple[str, list[Stretch]]]:
    return [(key, [(member.start, member.end)]) for member, key in context.members(group)]


def _of_another(context: Context, event: Event) -> bool:
    """Whether a clause before in the sentence is about something else that is joined or left."""
    earlier = (e for e in find_verbs(context.tree, by_verb()) if e.form is Form.VERBAL and e.phrase.index < event.phrase.index)
    return any(_other_goal(context, e) for e in earlier)


ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&-]{1,9}")


def _of_acronym(context: Context) -> bool:
    """Whether a sentence is about what has an acronym that nothing tells the meaning of: SAFEは採択され、韓国の参加も可能とされる."""
    first = context.tree.phrases[0]
    named = first.name is not None or first.timex is not None
    return not named and first.particle == "は" and bool(ACRONYM.fullmatch(context.text[first.start : first.content_end]))


def _other_goal(context: Context, event: Event) -> bool:
    """Whether what is joined is something else: 議題に加える, 軍事機構から脱退する, 演習への参加."""
    tree = context.tree
    below = tree.dependants[event.phrase.index]
    beside = [p for b in below for p in tree.dependants[b.index] if p.particle in {"への", "からの"}]
    return any(
        p.index < event.phrase.index and p.particle in INTO and not p.timex and p.head.nominal and not _member(p)
        for p in (*below, *beside)
    )


def _member(phrase: Phrase) -> bool:
    return phrase.particle == "を" and phrase.name is not None
