"""Where meetings are held and who is there, as told around their names.

マドリード首脳会議, リマでの首脳会談, 閣僚会合(日本は外務大臣、米国は国務長官), 会談で鳩山首相から大統領に対し.
"""

from __future__ import annotations

import re
from itertools import pairwise

from extract.model import Bound, Stretch
from extract.names.found import Name
from extract.relations.discourse.context import Context, session_key
from extract.relations.discourse.draft import LIKELY, quote
from extract.relations.discourse.encounters import named_in
from extract.relations.discourse.meetings import meeting_called, meeting_of
from extract.relations.factuality.outlook import with_date
from extract.relations.factuality.standing import standing
from extract.relations.meetings.cancelled import called_off
from ontology.terms import Factuality, Kind, Property

BRACKET = re.compile(r"[」』]?\([^()]*\)")
VENUES = frozenset({"で", "では", "において", "における", "でも"})
SAID = re.compile(r"述べ|伝え|表明|説明|要請|提起|指摘")
AT = frozenset({"での", "における"})
HELD_AT = re.compile(r"開催(?:だった|であった|でした|となった|となり|だ|である|です|で、|。|、)")
SINCE = re.compile(r"以来|ぶり")


def assert_gatherings(context: Context) -> None:
    """Make the claims of where the meetings of a sentence are held and who is there."""
    _editions(context)
    _numbered(context)
    for name in context.named.names:
        if name.kind in {Kind.MEETING, Kind.FORUM}:
            _seat_said(context, name)
            _dated_in_bracket(context, name)
        if name.kind is not Kind.MEETING:
            continue
        for key in context.of(name):
            _by_name(context, name, key)
            _who_by_name(context, name, key)
            _before(context, name, key)
            _in_bracket(context, name, key)
            _speaking(context, name, key)


def _in_bracket(context: Context, name: Name, key: str) -> None:
    """The posts and people in brackets right behind a meeting."""
    bracket = BRACKET.match(context.text, name.end)
    if bracket is None:
        return
    for other in context.named.names:
        if bracket.start() < other.start and other.end <= bracket.end() and other.kind in {Kind.POST, Kind.PERSON}:
            for attendant in context.of(other):
                evidence = quote(context.named.sentence, (name.start, other.end))
                context.drafts.add(key, Property.HAS_PARTICIPANT, attendant, Factuality.ACTUAL, evidence, "meeting.bracket")


def _speaking(context: Context, name: Name, key: str) -> None:
    """Those between whom something is said at a meeting: 安倍首相からオバマ大統領に対し…述べられた."""
    phrase = context.tree.at(name.start)
    if phrase is None or phrase.particle not in VENUES or not SAID.search(context.text[name.end :]):
        return
    for group in context.groups:
        if (
            group.start > name.end
            and group.particle in {"から", "に対し", "に対して"}
            and group.members[0].name.kind is Kind.PERSON
        ):
            for member, person in context.members(group):
                evidence = quote(context.named.sentence, (name.start, name.end), (member.start, group.phrase.end))
                context.drafts.add(
                    key, Property.HAS_PARTICIPANT, person, Factuality.ACTUAL, evidence, "meeting.spoken", confidence=LIKELY
                )


def _who_by_name(context: Context, name: Name, key: str) -> None:
    """Those whose names the meeting bears: バイデン-岸田会談."""
    on = context.things[key].on
    for person in named_in(context, name):
        evidence = quote(context.named.sentence, (name.start, name.end))
        standing = with_date(Factuality.ACTUAL, on, context.published)
        context.drafts.add(key, Property.HAS_PARTICIPANT, person, standing, evidence, "meeting.named", confidence=LIKELY)


def _by_name(context: Context, name: Name, key: str) -> None:
    """The place that a meeting's name begins with."""
    first = next((t for t in context.named.tokens if t.start == name.start), None)
    if first is None or not first.place or context.things.knowledge.states.named(first.text) or first.end >= name.end:
        return
    place = context.things.take(first.text, Kind.PLACE)
    _claim(context, key, place, (name.start, name.end))


def _before(context: Context, name: Name, key: str) -> None:
    """The place right before a meeting, with での or における."""
    for group in context.groups:
        above = context.tree.phrases[group.phrase.depends_on]
        if group.particle in AT and above.name is not None and above.name.start == name.start and group.end <= name.start:
            for _, place in context.members(group):
                _claim(context, key, place, (group.start, name.end), off=called_off(context, name) is not None)


def _claim(context: Context, key: str, place: str, at: Stretch, *, off: bool = False) -> None:
    meeting = context.things[key]
    if meeting.kind is Kind.MEETING and context.things.kind(place) is Kind.PLACE:
        standing = Factuality.NEGATED if off else with_date(Factuality.ACTUAL, meeting.on, context.published)
        context.drafts.add(
            key, Property.HELD_IN, place, standing, quote(context.named.sentence, at), "venue", confidence=LIKELY
        )


def _dated_in_bracket(context: Context, name: Name) -> None:
    """A date and a place in brackets behind a body: 日独政府間協議(2023年3月18日、東京)で."""
    bracket = BRACKET.match(context.text, name.end)
    timex = next((t for t in context.named.timexes if bracket and t.start == name.end + 1 and t.date), None)
    if bracket is None or timex is None or timex.date is None or not FULL_DATE.fullmatch(timex.date.edtf):
        return
    places = [n for n in context.named.names if timex.end < n.start and n.end < bracket.end() and n.kind is Kind.PLACE]
    if not places or any(c not in "、 ,於" for c in context.text[timex.end : places[0].start]):
        return
    key = session_key(context, name, timex.date)
    if key:
        factuality = with_date(Factuality.ACTUAL, timex.date, context.published)
        evidence = quote(context.named.sentence, (name.start, bracket.end()))
        context.drafts.add_meeting(key, evidence, factuality, LIKELY)
        for place in places[:1]:
            for where in context.of(place):
                _claim(context, key, where, (name.start, bracket.end()))


FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:/.*)?")


def _seat_said(context: Context, name: Name) -> None:
    """2018年6月12日の米朝首脳会談はハノイ開催だった: the place glued to 開催 as what is said of a dated meeting."""
    subject = context.tree.at(name.end - 1)
    key = context.meetings.get(name.start) or (next(iter(context.of(name)), None) if name.kind is Kind.MEETING else None)
    timex = context.dates.get(name.start)
    if key is None and timex and timex.date and subject and subject.particle in {"は", "も"}:
        key = session_key(context, name, timex.date)
    if key is None or subject is None or subject.particle not in {"は", "も"}:
        return
    for group in context.groups:
        said = group.particle == "" and HELD_AT.match(context.text, group.end) and group.start > name.end
        held = context.tree.phrases[group.phrase.depends_on]
        if said and subject.depends_on in {held.index, held.depends_on}:
            for _, place in context.members(group):
                _claim(context, key, place, (name.start, group.end))


NUMBERED = re.compile(r"第[\d一二三四五六七八九十]+回(?:会合|会議)?(?:[、がをとやは]|及び|および|まで)")


def _numbered(context: Context) -> None:
    """Several meetings of one forum in a row: 同会合は、2016年1月に東京で第2回、翌年12月にロンドンで第3回が行われた."""
    edges = [m.end() - 1 for m in NUMBERED.finditer(context.text)]
    held = next((e for e in context.events if e.frame.rule == "hold" and edges and e.start > edges[-1]), None)
    state = standing(context.tree, held).factuality if held else None
    last = _series(context)
    if len(edges) < SEVERAL or last is None or state is None:
        return
    forum, session = last
    for start, end in pairwise((0, *edges)):
        dates = [t for t in context.named.timexes if start <= t.start < end and t.date and t.bound is Bound.AT]
        if len(dates) != 1 or dates[0].date is None:
            continue
        key = (
            meeting_of(context.things, forum, dates[0].date, session)
            if forum
            else meeting_called(context.things, session, dates[0].date)
        )
        standing_then = with_date(state, dates[0].date, context.published)
        context.drafts.add_meeting(key, quote(context.named.sentence, (dates[0].start, end)), standing_then, LIKELY)
        for name in context.named.names:
            if name.kind is Kind.PLACE and dates[0].end <= name.start < end and context.text.startswith("で", name.end):
                for place in context.of(name):
                    _claim(context, key, place, (dates[0].start, end))


SEVERAL = 2


def _series(context: Context) -> tuple[str | None, str] | None:
    """The forum that a row of its meetings is told of, and what its meetings are called besides: its name or 同会合 as the topic."""
    for name in context.named.names:
        if name.kind not in {Kind.FORUM, Kind.MEETING} or not TOPICAL.match(context.text, name.end):
            continue
        for key in context.of(name):
            thing = context.things[key]
            forum = thing.forum if thing.kind is Kind.MEETING else key
            if forum:
                return forum, thing.label.removeprefix(context.things[forum].label) if thing.forum else ""
        if name.kind is Kind.MEETING and name.rule != "session":
            return None, name.label
    return None


TOPICAL = re.compile(r"[」』]?(?:\([^()]*\))?[はも]")


def _editions(context: Context) -> None:
    """東京での開催は2013年以来: the forum spoken of met there in that year."""
    for group in context.groups:
        held = context.tree.phrases[group.phrase.depends_on]
        plain = context.text[held.start : held.content_end] == "開催" and held.particle in {"は", "も"}
        if group.particle not in {"での", "における"} or not plain:
            continue
        timex = next(
            (t for t in context.named.timexes if t.start >= held.end and SINCE.search(context.text, t.start, t.end + 2)), None
        )
        last = context.discourse.gathering(context.index)
        forum = last and (context.things[last].forum if context.things.kind(last) is Kind.MEETING else last)
        if timex is None or timex.date is None or forum is None or last is None:
            continue
        session = context.things[last].label.removeprefix(context.things[forum].label)
        key = meeting_of(context.things, forum, timex.date, session)
        evidence = quote(context.named.sentence, (group.start, timex.end))
        context.drafts.add_meeting(key, evidence, Factuality.ACTUAL, LIKELY)
        for _, place in context.members(group):
            _claim(context, key, place, (group.start, timex.end))
