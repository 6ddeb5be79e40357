"""What somebody took part in, or joined, where the sentence does not name it: the meeting just told of, the body that the text is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.model import Bound, Precision
from extract.relations.discourse.context import Context
from extract.relations.discourse.sessions import on_another_day
from extract.relations.grammar.events import Event, Form
from extract.relations.grammar.fillers import Fillers
from extract.relations.grammar.frames import Role
from ontology.terms import Kind


def attended(context: Context, event: Event, fillers: Fillers, signed: str | None) -> str | None:
    """What those took part in whom a sentence names; `signed` is the treaty just signed, which states join then."""
    who = [context.things.kind(key) for g in fillers.get(Role.AGENT) for _, key in context.members(g)]
    if who and all(kind is Kind.ORGANISATION for kind in who):
        return None  # companies take part in projects, seldom in the meeting that was told last
    if signed and event.verb in JOINING_VERBS and who and all(kind is Kind.STATE for kind in who):
        return None
    if _at_unknown(context, event):
        return None
    told = any(p.particle == "が" and not p.name for p in context.tree.dependants[event.phrase.index])
    if told and any(g.particle == "は" for g in fillers.get(Role.AGENT)):
        return None  # 合同部隊は10か国が参加する says who is in what it speaks of
    joined = _programme_joined(context, event, who) or _company_joined(context, event, fillers, who)
    return joined or _sat_in(context, event, fillers)


def _sat_in(context: Context, event: Event, fillers: Fillers) -> str | None:
    """The body in which somebody sits, or the gathering to which somebody came."""
    if NOW.search(context.text, 0, event.start) or _habitual(event, fillers) or _stays_out(context, event, fillers):
        return context.discourse.company(context.index) or context.discourse.topic_of((Kind.FORUM,), context.index)
    held = next((e for e in reversed(context.events) if _tells_of_gathering(e, event)), None)
    key = context.discourse.gathering(context.index) if held is None else _gathered(context, held)
    return key if key and not on_another_day(context, key, fillers) else None


def _at_unknown(context: Context, event: Event) -> bool:
    """Whether the sentence says at which meeting it was, but not so that it could be told which: 9日の初会合では."""
    return any(
        n.rule == "session"
        and n.end < event.start
        and not context.of(n)
        and context.text.startswith(("では", "には", "で", "に"), n.end)
        for n in context.named.names
    )


# Who takes part now sits in the body, and was not at its last meeting.
NOW = re.compile(r"現在(?:で)?は|現在、|今日では|今では|現時点で")
EVERY_TIME = re.compile(r"^(?:(?:し|っ)?て(?:い)?(?:る|ます)|する|る|します)。?$")


def _habitual(event: Event, fillers: Fillers) -> bool:
    """Whether somebody takes part as a rule, and not on a day: 全加盟国とウクライナが平等な立場で参加する."""
    return (
        event.frame.rule == "attend"
        and event.form is Form.VERBAL
        and not fillers.times
        and bool(EVERY_TIME.match(event.phrase.tail))
    )


STAYING_OUT = re.compile(r"^(?:して|で)い(?:ない|ません)")


def _stays_out(context: Context, event: Event, fillers: Fillers) -> bool:
    """Whether somebody is said to be outside, and no meeting has just been told of: 参加国は25か国になった。英国は参加していない."""
    outside = event.form is Form.VERBAL and not fillers.times and bool(STAYING_OUT.match(event.phrase.tail))
    return outside and context.index - context.discourse.meeting_at > 1


JOINING_VERBS = frozenset({"加わる", "参加", "参画"})


def _programme_joined(context: Context, event: Event, who: Sequence[Kind]) -> str | None:
    """The programme that the last sentence was about, where a state joins: FCASは…打ち出された。翌年スペインも加わった."""
    if event.frame.rule != "attend" or event.verb not in JOINING_VERBS or not who or any(k is not Kind.STATE for k in who):
        return None
    return context.discourse.topic_of((Kind.PROGRAMME,), context.index, titled=False)


JOINED_LATER = re.compile(r"のちに|後に|その後|翌年|新たに|遅れて")
STANDING = re.compile(r"(?:する|る|している|ている)(?:。|$)")


LONG = frozenset({Precision.YEAR, Precision.MONTH})
JOINABLE = (Kind.TREATY, Kind.MEETING, Kind.OCCURRENCE, Kind.PROGRAMME)
AS_GUEST = re.compile(r"(?:オブザーバー|招待国|パートナー|ゲスト|準加盟国)(?:国)?(?:として|で)")


def _joins_headword(context: Context, event: Event) -> bool:
    """Whether an entry on a company of states tells who came to it, and no meeting was just told of: 同年中にイランも加わった."""
    headword = context.discourse.headword((Kind.PARTNERSHIP,))
    return event.verb == "加わる" and bool(headword) and context.index - context.discourse.meeting_at > 1


def _company_joined(context: Context, event: Event, fillers: Fillers, who: Sequence[Kind]) -> str | None:
    """The body that the text is about, where states join it later or sit in it: 2023年からは米国も加わった, 独仏などが加わる."""
    if event.verb not in JOINING_VERBS or event.form is Form.NOMINAL or not who or any(k is not Kind.STATE for k in who):
        return None
    if AS_GUEST.search(context.text, 0, event.start):
        return None
    year = event.verb == "加わる" and any(t.date and t.date.precision in LONG for t in fillers.times)  # 1952年に加わった
    later = JOINED_LATER.search(context.text, 0, event.start)
    since = year or later or any(t.bound is Bound.FROM for t in fillers.times) or _joins_headword(context, event)
    sits = not fillers.times and STANDING.match(event.phrase.tail or event.phrase.head.text[-1:])
    body = context.discourse.company(context.index) if since or sits else None
    if body and not sits and context.discourse.spoken_since(body, JOINABLE if year else JOINABLE[:1]):
        return None  # 条約を結んだ。翌年にはAも加わった: the treaty was joined
    return body if body and (since or context.things.kind(body) is Kind.PARTNERSHIP) else None


def _tells_of_gathering(held: Event, event: Event) -> bool:
    """Whether the clause before tells that something was held: …を実施し、豪軍も参加した."""
    before = held.phrase.index < event.phrase.index and held.frame.rule == "hold"
    return before and held.form is Form.VERBAL and held.modified is None


def _gathered(context: Context, held: Event) -> str | None:
    """What the clause before says was held; nothing where it has no name, for then no other gathering is meant."""
    themes = context.themes(held)
    for group in themes:
        for member, key in context.members(group):
            meeting = context.meetings.get(member.start, key)
            if context.things.kind(meeting) in {Kind.OCCURRENCE, Kind.MEETING}:
                return meeting
    told = [g for g in themes if g.members[0].name.kind in {Kind.MEETING, Kind.FORUM}]
    if told and not any(context.members(g) for g in told):
        return None  # 米比2+2が開かれ、両長官が参加した: another gathering than the last one told of
    named = bool(told)
    plain = any(p.particle in {"を", "が", "は"} and p.head.nominal for p in context.tree.dependants[held.phrase.index])
    return context.discourse.gathering(context.index) if named or not plain else None
