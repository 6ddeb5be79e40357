"""Talks that bear no name: 「2024年4月10日、岸田首相はワシントンでバイデン大統領と会談した」 is a meeting of the two on that day.

Who met and when is what tells one from another; told again in other words (両首相の会談, 会談を行った) it is the same meeting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.model import Bound, Date, Stretch, Timex
from extract.names.states import PAIR
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, quote
from extract.relations.discourse.encounters import BARE_TALKS, BESIDE, PEOPLE
from extract.relations.discourse.meetings import compatible, meeting_called
from extract.relations.factuality.outlook import with_date
from extract.relations.factuality.standing import CALLED_OFF, phrase_standing
from extract.relations.grammar.events import PLANS, Event, Form, Voice, find_verbs
from extract.relations.grammar.fillers import Fillers
from extract.relations.grammar.frames import Role
from extract.relations.grammar.groups import Group, Member
from extract.relations.grammar.lending import lenders
from extract.relations.grammar.roles import fill
from extract.relations.nouns.levels import level_in_name
from extract.relations.verbs.activities import Activity, activities
from extract.syntax import Phrase
from ontology.terms import Factuality, Kind, Level, Property

VENUE_KINDS = frozenset({Kind.PLACE, Kind.STATE, Kind.GOVERNMENT_BODY, Kind.ORGANISATION, Kind.COMMAND})
BARE_PREFIX = re.compile(r"^(?:今回の|同|初の?)")
DONE = re.compile(r"(?:を)?(?:し|した|しました)(?:、|。|$)")  # 電話会談した
STAYING = re.compile(r"を訪問中の$")
REMOTE = re.compile(r"電話|テレビ|オンライン|ビデオ")
VISITING = re.compile(r"^(?:を?訪問|を?訪[れね])")
BOTH = "両国"
COUNT = re.compile(r"(?<=.)[\d二三四五六七八九]+(?:か|カ|ヵ|ヶ|箇)国")  # 米英豪3カ国の首脳
BOTH_OF = re.compile(r"両(?:国(?:政府)?)?")  # 日豪両国の外相
RECEIVED = re.compile(r"(?:招[いき待]|迎え|呼[びん])")  # 首相を招いて会談した
WHEN = frozenset({"折", "際", "時", "とき", "ところ"})  # 会談した折に公表された, 会談したところ、概要は次のとおり
PAST = re.compile(r"た$")
PRESS = re.compile(r"記者会見$")  # those who speak to the press together need not have met
Taker = tuple[str, Stretch, str]  # who takes part, where that is said, and in what words


def assert_talks(context: Context) -> None:
    """Make the claims of the talks that a sentence tells of without a name."""
    for activity in (a for a in activities() if a.kind is Kind.MEETING):
        for event in _events(context, activity):
            standing = phrase_standing(context.tree, _last(context, event)).factuality
            fillers = fill(event, context.tree, context.groups)
            takers = list(_takers(context, event, fillers))
            timex = next((t for t in fillers.times if t.date and t.bound is Bound.AT), None)
            if len(takers) < PAIR:
                continue
            if event.phrase.name:
                context.keys[event.phrase.name.start] = ()
            if standing is None or timex is None or timex.date is None:
                continue
            means = BARE_PREFIX.sub("", event.phrase.name.label) if event.phrase.name else "会談"
            key = _meeting(context, takers, timex.date, means)
            if event.phrase.name:
                context.keys[event.phrase.name.start] = (key,)
            factuality = with_date(standing, timex.date, context.published)
            _claim(context, event, fillers, takers, timex, key, factuality)


def _events(context: Context, activity: Activity) -> Iterator[Event]:
    """Where a sentence says that some met: 会談した, 会談を行った, 会談が行われた."""
    for event in find_verbs(context.tree, dict.fromkeys(activity.verbs, (activity.frame,))):
        then = event.modified is not None and event.modified.head.text in WHEN and PAST.search(event.phrase.tail)
        planned = event.modified is not None and event.modified.head.text in PLANS
        press = PRESS.search(context.text, 0, event.phrase.content_end)
        off = planned and CALLED_OFF.search(context.text, event.start)
        if event.form is Form.VERBAL and (event.modified is None or then or planned) and not (press or off):
            yield event
    for phrase in context.tree.phrases:
        if phrase.name is None or phrase.name.rule != "session" or not BARE_TALKS.fullmatch(phrase.name.label):
            continue
        event = Event(activity.frame, phrase.name.label, phrase, Form.NOMINAL, Voice.ACTIVE)
        if any(lenders(event, context.tree)) or DONE.match(phrase.tail):
            yield event


def _last(context: Context, event: Event) -> Phrase:
    """The verb that says it: the one that 会談 is the object of, where there is one."""
    return next(iter(lenders(event, context.tree)), event.phrase) if event.form is Form.NOMINAL else event.phrase


def _claim(
    context: Context, event: Event, fillers: Fillers, takers: list[Taker], timex: Timex, key: str, factuality: Factuality
) -> None:
    rule, reach = event.frame.rule, (event.phrase.start, _last(context, event).end)
    facts: list[tuple[Stretch, Property, str | Date | Level | None]] = [
        ((timex.start, timex.end), Property.HELD_ON, timex.date)
    ]
    facts += [(place, Property.HAS_PARTICIPANT, taker) for taker, place, _ in takers]
    for group in (*fillers.get(Role.VENUE), *_visited(context, event)):
        facts += [
            ((m.start, m.end), Property.HELD_IN, k) for m, k in context.members(group) if context.things.kind(k) in VENUE_KINDS
        ]
    level = _level([words for _, _, words in takers], context.things[key].label)
    facts += [(reach, Property.LEVEL, level)] if level else []
    for place, predicate, value in facts:
        if value is not None:
            evidence = quote(context.named.sentence, place, reach)
            context.drafts.add(key, predicate, value, factuality, evidence, rule, confidence=LIKELY)


HEADS = re.compile(r"(?:首相|総理|大統領|主席|総書記|首脳)(?:大臣)?$")


def _level(said: list[str], label: str) -> Level | None:
    """The level at which those meet who are called so: all of them leaders, or ministers; else that of the words that they share."""
    titled = [w for w in said if not w.endswith("氏")]  # said before with the title
    ranks = {Level.SUMMIT if HEADS.search(w) else rank.level if (rank := level_in_name(w)) else None for w in titled}
    named = level_in_name(label) if len(said) == 1 else None
    return next(iter(ranks)) if len(ranks) == 1 else named.level if named else None


def _meeting(context: Context, takers: list[Taker], on: Date, means: str = "会談") -> str:
    """The meeting of those who met on that day: the one already told of, or a new one that is called by them."""
    who = frozenset(context.things.current(key) for key, _, _ in takers)
    for known, key in context.discourse.talks:
        thing = context.things[key]
        same = {context.things.current(k) for k in known} == who
        if same and thing.on and compatible(thing.on, on):
            label = thing.label
            break
    else:
        label = "・".join(dict.fromkeys(words for _, _, words in takers)) + means
    key = meeting_called(context.things, label, on)
    context.discourse.talks.append((who, key))
    context.discourse.met(key, context.index)
    return key


def _takers(context: Context, event: Event, fillers: Fillers) -> Iterator[Taker]:
    """Those who met: the subject and those with whom; of a title that states share (5か国の国防相), the states."""
    groups = [*fillers.get(Role.AGENT), *fillers.get(Role.WITH), *_received(context, event)]
    if event.form is Form.NOMINAL:
        groups += [g for g in context.groups if g.particle in BESIDE and g.phrase.depends_on == event.phrase.index]
    seen: set[str] = set()
    for group in groups:
        for member, key in _members(context, group):
            if key not in seen and context.things.kind(key) in PEOPLE | {Kind.STATE}:
                seen.add(key)
                yield key, (member.start, member.end), _words(context, group, member)


def _received(context: Context, event: Event) -> Iterator[Group]:
    """Those whom the clause before says to have been received for the talks: 首相を東京に招いて|会談した."""
    for group in context.groups:
        verb = context.tree.phrases[group.phrase.depends_on]
        onward = verb.index < event.phrase.index and verb.depends_on in {event.phrase.index, _last(context, event).index}
        if group.particle == "を" and onward and RECEIVED.match(context.text, verb.start):
            yield group


def _members(context: Context, group: Group) -> Iterator[tuple[Member, str]]:
    """The members of a group; where it is one title that several states share, the states."""
    lone = len(group.members) == 1 and group.members[0].name.kind is Kind.POST
    titles = all(m.name.kind is Kind.POST for m in group.members)  # 日本とインドの外相・防衛相は
    first = context.tree.at(group.start)
    heads = {group.phrase.index, first.index if first else group.phrase.index}
    owners = (g for g in context.groups if g.particle == "の" and g.phrase.depends_on in heads and g.end <= group.start)
    for owner in owners if titles else ():
        states = [(m, k) for m, k in context.members(owner) if context.things.kind(k) is Kind.STATE]
        if len(states) >= PAIR:
            yield from states
            return
    shared = context.things.knowledge.states.prefix(group.members[0].name.label) if lone else ()
    if len(shared) >= PAIR:  # 日豪防衛相は会談した
        yield from ((group.members[0], context.things.known(state).key) for state in shared)
        return
    yield from context.members(group)


def _words(context: Context, group: Group, member: Member) -> str:
    """How the meeting's name calls one who took part; states that share a letter compound or a title by that."""
    if member.name.kind is Kind.STATE and member.name.plural:
        said = context.text[member.start : group.phrase.content_end]
        if said.startswith(BOTH):
            names = (context.things[key].label for key in context.of(member.name))
            return "・".join(names) + said.removeprefix(BOTH).removeprefix("の")
        return COUNT.sub("", BOTH_OF.sub("", said)).replace("の", "")
    return context.text[member.start : member.end]


def _visited(context: Context, event: Event) -> Iterator[Group]:
    """The city that the clause before says they went to: キーウを訪問し、ゼレンスキー大統領と会談した; ローマを訪問中の外相は."""
    remote = REMOTE.search(context.text)
    for group in context.groups:
        following = context.tree.phrases[min(group.phrase.index + 1, len(context.tree.phrases) - 1)]
        stays = STAYING.search(context.text, group.end, following.end) and following.end < event.start
        if group.particle == "を" and group.members[0].name.kind is Kind.PLACE and stays and not remote:
            yield group
            continue
        visit = context.tree.phrases[group.phrase.depends_on]
        onward = visit.depends_on == event.phrase.index or visit.depends_on == _last(context, event).index
        if (
            group.particle == "を"
            and group.members[0].name.kind is Kind.PLACE
            and visit.index < event.phrase.index
            and onward
            and VISITING.match(context.text[visit.start : visit.end])
            and re.search(r"(?:し|れ|ね|して|れて|ねて)、?$", context.text[visit.start : visit.end])
        ):
            yield group
