"""Which body is joined or left: the one that the clause names, else the one that the text is about."""

from __future__ import annotations

import re

from extract.model import Precision, Stretch
from extract.relations.bodies.joining import BODIES, Membership, by_verb
from extract.relations.discourse.context import Context
from extract.relations.discourse.sessions import ONE_SESSION, TASK
from extract.relations.grammar.copulas import COPULA
from extract.relations.grammar.events import Event, Form, find_verbs
from extract.relations.grammar.groups import Group, fits
from extract.relations.grammar.timing import clause_dates
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
    told_before = event.modified is not None and context.tree.at(parties[0].start) is event.modified  # 1956年に加わったカナダ
    if (event.modified is not None and event.modified.name and not told_before) or _of_another(context, event):
        return []
    if _of_acronym(context):
        return []
    body = context.discourse.company(context.index)
    told = rule.elided or found is not Factuality.ACTUAL or (body is not None and _entered(context, event, parties, body))
    return [(body, [])] if body and told else []


# What else a state may have joined or taken part in than the body spoken of.
OTHERS = (Kind.TREATY, Kind.MEETING, Kind.OCCURRENCE, Kind.PROGRAMME)
LONG = frozenset({Precision.YEAR, Precision.MONTH})


def _entered(context: Context, event: Event, parties: list[Group], body: str) -> bool:
    """Whether states that 1952年に加わった did so to the body that the text goes on about, nothing else having come between."""
    states = event.verb == "加わる" and event.form is Form.VERBAL and all(fits(g, (Kind.STATE,)) for g in parties)
    dated = any(t.date and t.date.precision in LONG for t in clause_dates(event, context.tree))
    return states and dated and not context.discourse.spoken_since(body, OTHERS)


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
    leaving = event.frame.rule == "membership.leave"
    return any(
        p.index < event.phrase.index
        and p.particle in INTO
        and not p.timex
        and p.head.nominal
        and not _member(p, leaving=leaving)
        for p in (*below, *beside)
    )


def _member(phrase: Phrase, *, leaving: bool) -> bool:
    """Whether an object is who is taken in; who leaves a country or a place leaves no body."""
    placed = leaving and phrase.name is not None and phrase.name.kind in {Kind.STATE, Kind.PLACE}
    return phrase.particle == "を" and phrase.name is not None and not placed
