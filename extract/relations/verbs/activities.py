"""Dated events that have no name: 「1979年12月、ソ連がアフガニスタンに侵攻した」 makes the event ソ連のアフガニスタン侵攻.

Read from `rules/activities.toml`. Only what its own clause dates becomes an event; its label is made of words of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extract.model import Bound, Stretch, Timex
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, quote
from extract.relations.discourse.former import pointers
from extract.relations.factuality.outlook import to_come, with_date
from extract.relations.factuality.standing import phrase_standing
from extract.relations.grammar.events import CONTINUING, Event, Form, Voice, find_verbs
from extract.relations.grammar.fillers import Fillers
from extract.relations.grammar.frames import Frame, Pattern, Role
from extract.relations.grammar.groups import Group
from extract.relations.grammar.lending import decided_only
from extract.relations.grammar.roles import fill
from extract.relations.grammar.timing import LATER
from extract.relations.verbs.labelling import label_of, objects_of
from extract.rules import check_keys, read_rules
from extract.syntax import Phrase
from ontology.terms import Factuality, Kind, Property, is_a

FILE = "activities.toml"


@dataclass(frozen=True, slots=True)
class Activity:
    """A kind of unnamed event. `heads`: what its object must end on; empty for any."""

    rule: str
    verbs: tuple[str, ...]
    label: str
    predicate: Property
    heads: tuple[str, ...]
    kind: Kind
    frame: Frame


@cache
def activities() -> tuple[Activity, ...]:
    """The activities as shipped. Raises DataFileError where the file is wrong."""
    data = read_rules(FILE)
    check_keys(data, required=("activity",), file=FILE, at="the file")
    found = []
    for table in data["activity"]:
        required = ("id", "meaning", "verbs", "label", "property", "example", "claims", "counterexample")
        check_keys(table, required=required, optional=("heads", "kind"), file=FILE, at=f"activity {table.get('id')}")
        verbs = tuple(sorted(table["verbs"], key=len, reverse=True))
        kind = Kind(table.get("kind", Kind.OCCURRENCE))
        kinds = (kind,)
        frame = Frame(
            table["id"],
            verbs,
            Pattern.TRANSITIVE,
            kinds,
            frozenset(),
            event=False,
            facts=(),
            example="",
            claims=(),
            counterexample="",
        )
        found.append(
            Activity(
                table["id"], verbs, table["label"], Property(table["property"]), tuple(table.get("heads", ())), kind, frame
            )
        )
    return tuple(found)


@cache
def by_verb() -> dict[str, tuple[Frame, ...]]:
    found: dict[str, tuple[Frame, ...]] = {}
    for activity in activities():
        for verb in activity.verbs:
            found[verb] = (*found.get(verb, ()), activity.frame)
    return found


def assert_activities(context: Context) -> None:
    """Make the claims of a sentence's unnamed events."""
    rules = {a.rule: a for a in activities()}
    for event in find_verbs(context.tree, by_verb()):
        if event.form is not Form.VERBAL or any(p.depends_on == event.phrase.index for p in pointers(context)):
            continue
        found = phrase_standing(context.tree, event.phrase).factuality
        fillers = fill(event, context.tree, context.groups)
        activity = rules[event.frame.rule]
        if found is None or activity.kind is Kind.MEETING or _named_already(context, event, fillers):
            continue  # `talks` tells of meetings
        if decided_only(event, context.tree):
            continue  # the date of a decision is not that of the deed
        timex = next((t for t in fillers.times if t.date and t.bound is not Bound.UNTIL), None)
        timex = timex or _topical_date(context, event)
        if timex and (_of_main_clause(context, event, timex) or _only_tells_more(event, timex)):
            continue
        done: list[Phrase | None] = [*objects_of(context, activity, event)]
        for obj in done or [None]:
            _tell(context, activity, event, fillers, obj, timex, found)


def _tell(
    context: Context,
    activity: Activity,
    event: Event,
    fillers: Fillers,
    obj: Phrase | None,
    timex: Timex | None,
    found: Factuality,
) -> None:
    """Make the claims of one event that a verb tells; one without a date only where its own words tell whose it was."""
    label, at = label_of(context, activity, event, fillers, obj)
    beside = list(_beside(context, event, fillers, at))
    own = [g for g in beside if g.particle == "による"]
    if not label or not (timex or own):
        return
    takers = own or [*_takers(event, fillers), *beside]
    if label in activity.heads and not takers:
        return
    if label in activity.heads:  # 共同訓練 alone names nothing; whose it was does
        label = f"{'・'.join(context.text[m.start : m.end] for g in takers for m in g.members)}の{label}"
    key = context.things.take(label, activity.kind)
    dated = [(timex.start, timex.end)] if timex else []
    evidence = quote(context.named.sentence, *dated, (event.start, event.phrase.end), *at)
    agreed = to_come(event, found, context.text[event.phrase.end : event.phrase.end + 8])
    factuality = with_date(agreed, timex.date if timex else None, context.published)
    if timex and timex.date:
        predicate = Property.STARTED_ON if timex.bound is Bound.FROM else activity.predicate
        context.drafts.add(key, predicate, timex.date, factuality, evidence, activity.rule, confidence=LIKELY)
    for group in takers:
        said = quote(context.named.sentence, (group.start, group.end), (event.start, event.phrase.end), *at)
        for _, taker in context.members(group):
            context.drafts.add(key, Property.HAS_PARTICIPANT, taker, factuality, said, activity.rule, confidence=LIKELY)
    for place in _places(context, fillers, at):
        context.drafts.add(key, Property.HELD_IN, place, factuality, evidence, activity.rule, confidence=LIKELY)


def _topical_date(context: Context, event: Event) -> Timex | None:
    """The date that the clause before has as its topic, which holds for both: 翌年には指針が定められ、防護が開始された."""
    for clause in context.tree.dependants[event.phrase.index]:
        goes_on = clause.index < event.phrase.index and CONTINUING.search(context.text, clause.start, clause.end)
        for phrase in context.tree.dependants[clause.index] if goes_on else ():
            later = LATER.search(context.text, clause.end, event.start)
            if phrase.timex and phrase.timex.date and phrase.particle == "には" and not later:
                return phrase.timex
    return None


def _of_main_clause(context: Context, event: Event, timex: Timex) -> bool:
    """Whether a date before a clause within is that of the whole: 28日、|来日した国防相と会談した, 28日には、国賓として来日した…."""
    between = context.text[timex.end : event.start]
    return event.modified is not None and (between == "、" or bool(OPENING.match(between)))


OPENING = re.compile(r"(?:に)?は(?!じ)")  # what is the topic of the whole
STANDING = re.compile(r"^[」』]?(?:する|している)$")


def _only_tells_more(event: Event, timex: Timex) -> bool:
    """Whether a clause in the present only tells more of a noun, and the date is of what is said of that: 5日、海軍が展開する作戦を延長した."""
    return event.modified is not None and bool(STANDING.match(event.phrase.tail)) and timex.end < event.modified.start


# 東アジアでは、北朝鮮が実験を行った: the part of the world that a sentence speaks of is no venue.
REGION = re.compile(r"(?:アジア|欧州|ヨーロッパ|中東|アフリカ|太平洋|オセアニア|大陸|地域|東欧|西欧|[北南中]米|世界)$")


def _places(context: Context, fillers: Fillers, at: list[Stretch]) -> Iterator[str]:
    """Where it is: the venue, where those who were sent went, what the words of its name tell."""
    inside = [g for g in context.groups if g.particle in {"への", "での", "における"} and any(a <= g.start < b for a, b in at)]
    for group in (*fillers.get(Role.VENUE), *fillers.get(Role.GOAL), *inside):
        scene = group.particle == "では" and REGION.search(group.members[0].name.label)
        yield from (key for _, key in context.members(group) if context.things.kind(key) is Kind.PLACE and not scene)


def _named_already(context: Context, event: Event, fillers: Fillers) -> bool:
    """Whether the object bears a name: then the frames of meetings and exercises speak of it."""
    named = (Kind.MEETING, Kind.FORUM, Kind.OCCURRENCE, Kind.AGREEMENT)
    objects = [g for g in context.groups if g.particle in {"を", "が"} and g.phrase.depends_on == event.phrase.index]
    begun = event.frame.rule == "activity.begin"
    if begun and any(g.particle == "を" and m.name.kind is Kind.PROGRAMME for g in objects for m in g.members):
        return True  # 「X共同研究」を開始した
    return (
        any(is_a(m.name.kind, k) for k in named for g in objects for m in g.members)
        and bool(activities())
        and not fillers.get(Role.GOAL)
    )


def _takers(event: Event, fillers: Fillers) -> Iterator[Group]:
    """Those who act: the subject, not what the sentence is about beside it (Xは、三首脳が創設を表明した); of forces that are sent, the forces."""
    agents = fillers.get(Role.AGENT)
    subjects = [g for g in agents if g.particle == "が"]
    others = subjects and event.frame.rule == "activity.declare"
    yield from subjects if others else agents
    if event.voice is Voice.PASSIVE or event.frame.rule == "activity.deploy":
        yield from (g for g in fillers.get(Role.THEME) if g.members[0].name.kind is Kind.ARMED_FORCE)


def _beside(context: Context, event: Event, fillers: Fillers, at: list[Stretch]) -> Iterator[Group]:
    """Those who act as the words of the event tell: 海自と共同訓練を, 空自による輸送が, 海自の掃海艇を派遣, 自衛隊と米軍の間では演習が."""
    if event.frame.rule not in {"activity.conduct", "activity.deploy", "activity.begin"}:
        return
    acting = [g for g in context.groups if g.members[0].name.kind in {Kind.ARMED_FORCE, Kind.STATE, Kind.COMMAND}]
    for group in acting:
        forces = group.members[0].name.kind is Kind.ARMED_FORCE
        inside = any(a <= group.start < b for a, b in at)
        above = context.tree.phrases[group.phrase.depends_on]
        between = above.head.text == "間" and above.particle in {"で", "では"} and above.depends_on == event.phrase.index
        sent = forces and event.frame.rule == "activity.deploy" and inside and group.particle in {"の", ""}
        beside = event.frame.rule == "activity.conduct" and group in fillers.get(Role.WITH)
        if sent or beside or (inside and group.particle == "による") or (between and group.particle in {"の", "と"}):
            yield group
