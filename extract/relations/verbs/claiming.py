"""One fact of an event as a claim: its quote, its standing, who says it, since when and until when it holds."""

from __future__ import annotations

import re

from extract.model import Anchor, Bound, Date, Timex
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import CERTAIN, LIKELY, SUPPLIED, quote
from extract.relations.factuality.cues import Standing
from extract.relations.factuality.links import CLAUSE_GOING_ON
from extract.relations.factuality.outlook import gone_by, to_come, with_date
from extract.relations.factuality.sayings import saying_around
from extract.relations.grammar.events import Event, Form
from extract.relations.grammar.fillers import Filler, Fillers
from extract.relations.grammar.frames import Fact, Role
from extract.relations.grammar.groups import fits
from extract.relations.grammar.lending import matrix
from extract.relations.grammar.timing import AFTERWARDS, span_of
from extract.relations.verbs.filling import TO_MEETING
from ontology.terms import Factuality, Kind, Property, is_a

# What can hold until a date; a deadline (2027年までに締結する) is none.
LASTING = frozenset(
    {Property.HAS_MEMBER, Property.LOCATED_IN, Property.PART_OF, Property.CHAIRED_BY, Property.LEVEL, Property.DEVELOPED_BY}
)
# What holds from the date of the event that brings it about.
BEGINS = frozenset({Property.REPLACES, Property.RENAMED_FROM, Property.HAS_MEMBER})
MOVING = frozenset({"移す", "移転", "移る"})  # a seat is where it was moved to since then


def claim(
    context: Context, event: Event, fact: Fact, state: Standing, subject: Filler, obj: Filler | Timex, fillers: Fillers
) -> None:
    if state.factuality is None:
        return
    reach = max((p.end for p in matrix(event, context.tree)), default=event.phrase.end)
    stretches = [(event.start, max(event.phrase.end, reach)), (subject.start, subject.end), (obj.start, obj.end)]
    evidence = quote(context.named.sentence, *stretches)
    confidence = _confidence(context, event, subject, obj, fillers)
    value: str | Date = obj.key if isinstance(obj, Filler) else obj.date  # type: ignore[assignment]
    when = value if isinstance(value, Date) else next((t.date for t in fillers.times if t.date and t.bound is Bound.AT), None)
    saying = saying_around(context.text, event.start)
    for filler in (subject, obj) if saying else ():
        if saying and isinstance(filler, Filler) and not filler.supplied and not saying[0] <= filler.start < saying[1]:
            return  # who says it does not take part in it: 大使は「Xへの参加は考えていない」と語った
    if fact.predicate is Property.HAS_PARTICIPANT and _only_reports(context, event, obj):
        return
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
    else:
        speaker = _reporter(context, event)
    factuality = with_date(said, when, context.published)
    if factuality is Factuality.PLANNED and state.factuality is Factuality.ACTUAL:
        factuality = state.to_come
    valid = _afterwards(context, obj, _validity(event, fillers, fact), fillers)
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
        context.drafts.add_meeting(subject.key, evidence, held, confidence)


# Names that only point at what they mean: 同協定, 会合, 理事会.
POINTING = frozenset({"anaphor", "bare", "both", "organ", "session", "post.shared"})


def _confidence(context: Context, event: Event, subject: Filler, obj: Filler | Timex, fillers: Fillers) -> float:
    """How sure a fact is: less where something of it is not said in its own clause, least where nothing names its subject."""
    things = [f for f in (subject, obj) if isinstance(f, Filler)]
    if fillers.supplied or any(f.supplied for f in things):
        return SUPPLIED
    dated = isinstance(obj, Timex) and obj.anchor is Anchor.DISCOURSE
    unsure = event.form is Form.NOMINAL or dated or any(_linked(context, f) or _beyond(context, event, f) for f in things)
    return LIKELY if unsure else CERTAIN


def _linked(context: Context, filler: Filler) -> bool:
    """Whether what a filler means was told by what came before: it only points there, or its name is that of several things."""
    members = filler.group.members if filler.group else ()
    names = [m.name for m in members if m.start <= filler.start < m.end] or [m.name for m in members[:1]]
    return any(n.rule in POINTING or n.ambiguous for n in names) or bool(
        names and context.meetings.get(names[0].start) == filler.key and names[0].kind is not Kind.MEETING
    )


def _beyond(context: Context, event: Event, filler: Filler) -> bool:
    """Whether another clause ends between a filler and the verb: 協定が署名され、両国は|翌年に発効させた."""
    if filler.group is None:
        return False
    phrases = context.tree.phrases
    between = phrases[filler.group.phrase.index + 1 : event.phrase.index]
    return any(CLAUSE_GOING_ON.search(p.tail) and p.depends_on >= event.phrase.index for p in between)


ANNOUNCING = re.compile(r"発表|公表|明らかに|表明")


def _only_reports(context: Context, event: Event, who: Filler | Timex) -> bool:
    """Whether somebody only tells that it will be held: 大臣は記者会見で、協議を9日に開くと|発表した."""
    above = context.tree.phrases[event.phrase.depends_on]
    group = who.group if isinstance(who, Filler) else None
    told = THAT.search(event.phrase.tail) and ANNOUNCING.match(context.text, above.start)
    return bool(told) and group is not None and group.particle == "は" and group.phrase.depends_on == above.index


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


REPORTED = re.compile(r"述べ|語[っりる]|明らかに|指摘|説明|強調|証言|話し|主張|答弁")
THAT = re.compile(r"と、?$")


def _reporter(context: Context, event: Event) -> str | None:
    """Who is said to say it, in words that are not quoted: 高官は、協定が署名されたと|明らかにした."""
    above = context.tree.phrases[event.phrase.depends_on]
    if not THAT.search(event.phrase.tail) or not REPORTED.match(context.text, above.start):
        return None
    told = [g for g in context.groups if g.particle in {"は", "が", "も"} and g.phrase.depends_on == above.index]
    speaking = [g for g in told if g.end <= event.start and fits(g, SPEAKERS)]
    return next((key for g in speaking[:1] for _, key in context.members(g)), None)


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


def _afterwards(
    context: Context, obj: Filler | Timex, valid: dict[str, Date | None], fillers: Fillers
) -> dict[str, Date | None]:
    """What held until a date ends what comes behind 以後: 1998年まではAに、以後はBに置かれた."""
    ending = next((t for t in fillers.times if t.bound is Bound.UNTIL and t.date == valid.get("valid_until")), None)
    if ending and AFTERWARDS.search(context.text, ending.end, obj.start):
        return {"valid_from": ending.date, "valid_until": None}
    return valid


def _validity(event: Event, fillers: Fillers, fact: Fact) -> dict[str, Date | None]:
    """1990年から, 2014年まで limit what is said of members, levels and the like."""
    if fact.object is Role.TIME or fact.predicate is Property.HELD_IN:
        return {}
    spans = [span for t in fillers.times if (span := span_of(t))]
    if spans and fact.predicate in LASTING:
        return {"valid_from": spans[0][0], "valid_until": spans[0][1]}
    begins = fact.predicate in BEGINS or (fact.predicate is Property.LOCATED_IN and event.verb in MOVING)
    bounds = {Bound.FROM, Bound.AT} if begins else {Bound.FROM}
    since = next((t.date for t in fillers.times if t.bound in bounds and t.date), None)
    until = next((t.date for t in fillers.times if t.bound is Bound.UNTIL and t.date), None)
    if until and fact.predicate not in LASTING:
        until = None
    return {"valid_from": since, "valid_until": until}
