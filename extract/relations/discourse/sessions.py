"""Which meeting is meant: a bare 会合 or 初会合 is that of a body that is named or spoken of, on a date or told last."""

from __future__ import annotations

import re

from extract.model import Bound, Date, Timex
from extract.names.anaphora import NTH
from extract.names.found import Name, fold
from extract.names.states import SO_MANY
from extract.relations.discourse.context import CONVENING, Context, session_key
from extract.relations.discourse.encounters import BARE_TALKS, BESIDE, PEOPLE, beside, known_talks, named_in
from extract.relations.discourse.meetings import KINDS, alike, compatible, meeting_called, meeting_of
from extract.relations.grammar.fillers import Fillers
from ontology.terms import Kind, is_a

SO_MANY_OF = re.compile(rf"^({SO_MANY})の?(?=[一-龥])")  # 3カ国首脳会談
SESSION_WORD = re.compile(rf"^(?:{NTH}の?|初の?|次回の?|前回の?|定例|今回の|同|標記|次回$|前回$)")
OTHER = re.compile(rf"^(?:{NTH}|初|次回|前回)")  # another one than that just told of
ONE_SESSION = re.compile(rf"{NTH}の?[「『]?$")  # before a body's name: those who come to one session of it need not sit in it
OF_RANK = re.compile(r"(首脳|閣僚|外相|防衛相|国防相|次官|局長|課長|実務者)(?:級|レベル)の(?:初の)?$")  # 首脳級の|会合
TASK = re.compile(r"[」』]?の(?:任務|業務|役割|開発|共同開発)")  # behind it: those who take part in a task of it
NEXT = "次回"  # a meeting to come, whose date is not that of the last


def meeting_meant(context: Context, name: Name) -> tuple[str, ...]:
    """A meeting by its date, or the last one of its kind; a bare 会合 belongs to the forum before it, or that of the discourse."""
    timex = context.dates.get(name.start)
    if name.label.startswith(NEXT) and timex is None:
        return ()
    if name.rule == "session":
        if BARE_TALKS.fullmatch(name.label):
            return _talks(context, name, timex)
        forum, founded = forum_before(context, name) or forum_behind(context, name), _newly_founded(context, name)
        if forum is None and founded and timex is None:
            return context.of(founded)[:1]  # the verb's date makes it a session
        forum = forum or founded
        on = timex or (context.dates.get(forum.start) if forum else None)
        session = session_word(context, name)
        if forum is None or on is None or on.date is None:
            own = _of_notice(context, name) if timex is None else ()
            other = OTHER.match(name.label) and timex is None
            return own or (_session(context, name, timex, session) if forum is None and not other else ())
        key = session_key(context, forum, on.date, session)
        return (key,) if key else ()
    if timex and timex.date:
        key = session_key(context, name, timex.date)
        return (key,) if key else ()
    people = named_in(context, name)
    told = known_talks(context, frozenset(people)) if people else None
    if told:
        return (told,)
    for key in reversed(context.discourse.mentions):
        thing = context.things[key]
        if thing.kind is Kind.MEETING and fold(thing.label) == fold(name.label):
            return (thing.key,)
    return ()


def session_word(context: Context, name: Name) -> str:
    """What a session is called besides its number, with the rank that stands before it: 第2回外相会合, 首脳級の|会合 → 首脳会合."""
    session = SESSION_WORD.sub("", name.label)
    rank = OF_RANK.search(context.text, 0, name.start) if session in RANKLESS else None
    return f"{rank.group(1)}{'' if KINDS.match(rank.group(1)) else '級'}{session}" if rank else session


RANKLESS = frozenset({"会合", "会議", "会談"})
HELD_BY = re.compile(r"[がを](?:開(?:かれ|催され|催し|い)|行われ)(?:た|ている|る)[「『]?")


def forum_behind(context: Context, name: Name) -> Name | None:
    """The forum whose first session a clause before it tells: 5月に東京で第1回会合が開かれた|国防相会議."""
    held = HELD_BY.match(context.text, name.end)
    start = held.end() if held else -1
    forum = next((n for n in context.named.names if n.start == start and any(is_a(n.kind, k) for k in CONVENING)), None)
    if forum and forum.keys:  # it stands behind, and is not resolved yet
        context.keys.setdefault(start, tuple(context.things.current(k) for k in forum.keys))
    return forum


FIRST = re.compile(r"(?:第[1一]回の?|初の?)")
IS_FOUNDED = re.compile(
    r"[」』]?(?:\([^()]*\))?[」』]?(?:の|を|が)(?:新たに|正式に)?(?:設置|新設|創設|設立|発足|立ち上げ|設け|始動|開催す)"
)


def _newly_founded(context: Context, name: Name) -> Name | None:
    """The body of which a sentence tells the founding and then the first session: NCGの創設が合意され、7月に初会合が開かれた."""
    if not FIRST.match(name.label):
        return None
    before = [n for n in context.named.names if n.end <= name.start and any(is_a(n.kind, k) for k in CONVENING)]
    return next((n for n in reversed(before) if IS_FOUNDED.match(context.text, n.end) and context.of(n)), None)


def _talks(context: Context, name: Name, timex: Timex | None) -> tuple[str, ...]:
    """The talks that a bare 会談 means: those with whom it names, on the day that it names; else the last meeting told of."""
    people = beside(context, name)
    key = known_talks(context, people) if people else context.discourse.meeting
    if key is None or any(n.kind is Kind.MEETING and n.end < name.start for n in context.named.names):
        return ()
    on = context.things[key].on
    apart = timex and timex.date and on and not compatible(timex.date, on)
    return () if apart else (key,)


PLAIN = frozenset({"会合", "会議", "協議", "今回の会合", "今回の会議", "今回の協議"})
# How a notice goes on about its own meeting: 会合後、…; 会合に先立って….
AROUND = re.compile(r"^(?:の?(?:後|前|終了後|冒頭|最後|結果|成果)|終了後|に先立|に続[いき])")


def _of_notice(context: Context, name: Name) -> tuple[str, ...]:
    """The meeting that the notice announces, where a bare 会合 is that: 会合後、四大臣は…を発出しました."""
    announced = context.discourse.announced
    plain = name.label in PLAIN and AROUND.match(context.text[name.end :]) is not None
    return (context.things.current(announced),) if announced and plain and context.discourse.meeting_at != context.index else ()


RANKED = re.compile(r"(?:局長|次官|課長|審議官|高官|閣僚|実務者|事務レベル)級?会[合議]")


TALKS = re.compile(r"会談$")


def between_people(context: Context, name: Name) -> bool:
    """Whether talks are said to be with somebody: then no company that the sentence names holds them: 外相は長官と外相会談を行った."""
    phrase = context.tree.at(name.start)
    return bool(TALKS.search(name.label)) and any(
        g.particle in BESIDE
        and g.members[0].name.kind in PEOPLE
        and phrase is not None
        and g.phrase.depends_on in {phrase.index, phrase.depends_on}
        for g in context.groups
    )


def _session(context: Context, name: Name, timex: Timex | None, session: str) -> tuple[str, ...]:
    """A bare 会合 or 首脳会合: on its date, that of the body that is the topic, or of its kind; without one, the last that was named."""
    if timex is None or timex.date is None:
        last = context.discourse.meeting
        if RANKED.match(session):
            return ()  # which of several no word tells
        return (last,) if last and (not KINDS.search(session) or context.things[last].label.endswith(session)) else ()
    if between_people(context, name):
        return (meeting_called(context.things, between(context, session), timex.date),)
    key = session_of(context, host_of(context, session), timex.date, session)
    if key:
        return (key,)
    if session in COUNCILS:
        return (council_on(context, session, timex.date),)
    same = series_of(context, session) if KINDS.search(session) else None
    if same:
        key = session_of(context, same, timex.date, session)
        return (key,) if key else ()
    if KINDS.search(session):
        return (meeting_called(context.things, between(context, session), timex.date),)
    return _told_on(context, timex.date)


COUNCILS = frozenset({"理事会"})


def council_on(context: Context, session: str, on: Date) -> str:
    """The meeting of a bare 理事会: of the last body that was called so. No states hold a council of their own."""
    council = context.discourse.latest(Kind.FORUM, session, exact=True)
    return meeting_of(context.things, council, on) if council else meeting_called(context.things, session, on)


def _told_on(context: Context, on: Date) -> tuple[str, ...]:
    """The one meeting that the text has told of a day: 9日の初会合では."""
    meetings = {k for k in context.discourse.mentions if k in context.things and context.things[k].on == on}
    return tuple(meetings) if len(meetings) == 1 and on.earliest == on.latest else ()


def series_of(context: Context, session: str) -> str | None:
    """The meeting just told of, where a bare word means another of its series: 来年の首脳会合, 次回会合, 2回目."""
    last = context.discourse.meeting
    if last is None or context.index - context.discourse.meeting_at > NEAR:
        notice = context.discourse.announced  # 次回の会合 at the end of a notice
        return context.things.current(notice) if notice and not KINDS.search(session) else None
    thing = context.things[last]
    if not KINDS.search(session):
        return last
    if thing.forum is None:
        return None
    own = alike(thing.label.removeprefix(context.things[thing.forum].label), session)
    beside = context.things.kind(thing.forum) is Kind.PARTNERSHIP and not TALKS.search(session)
    return last if own or beside else None  # a company of states meets at several ranks


NEAR = 2  # sentences


def host_kinds(session: str) -> tuple[Kind, ...]:
    """What holds a session: a bare 首脳会談 is no forum's, though it can be a partnership's; a bare 2回目 can be an exercise's."""
    if KINDS.search(session):
        return (Kind.PARTNERSHIP,)
    return (*CONVENING, Kind.MEETING) if session else (*CONVENING, Kind.MEETING, Kind.OCCURRENCE)


COUNCILS = frozenset({"総会", "理事会"})  # which are bodies, too: the one that the text has named so


def host_of(context: Context, session: str) -> str | None:
    """The body spoken of that holds a bare session. An alliance of states holds no summits of its own: they do."""
    if session in COUNCILS:
        called = context.discourse.latest(Kind.FORUM, session, exact=True)
        if called and context.things.kind(called) is not Kind.MEETING:
            return called
    topic = context.discourse.topic_of(host_kinds(session), context.index)
    return None if topic is None or context.things[topic].label.endswith("同盟") else topic


def session_of(context: Context, host: str | None, on: Date, session: str) -> str | None:
    """The session on a date of a body, of a series of meetings (FPDA国防相会合), or of an exercise, which is itself."""
    if host is None:
        return None
    session = SO_MANY_OF.sub("", session)
    thing = context.things[context.drafts.become(host, on)]
    host = thing.key
    if thing.kind is Kind.OCCURRENCE:
        return thing.key
    if thing.kind is not Kind.MEETING:
        return meeting_of(context.things, host, on, "" if thing.label.endswith(session) else session)
    if thing.forum is not None and (KINDS.search(session) or RANKED.match(session)):
        return meeting_of(context.things, thing.forum, on, session)
    if thing.forum is None:
        return meeting_called(context.things, thing.label, on)
    return meeting_of(context.things, thing.forum, on, thing.label.removeprefix(context.things[thing.forum].label))


HOSTING = re.compile(r"(?:政府)?(?:は|が|と)")


def between(context: Context, session: str) -> str:
    """A kind of meeting with the states that the text speaks of: 首脳会談 → 米韓首脳会談."""
    letters = {key: letter for letter, key in reversed(context.things.knowledge.states.letters.items())}
    states = _so_many(context, session) or context.discourse.states
    session = SO_MANY_OF.sub("", session)
    here = {
        k
        for n in context.named.names
        if n.kind is Kind.STATE and not n.plural and HOSTING.match(context.text, n.end)
        for k in n.keys
    }
    if not here <= {*states}:
        return session  # 韓国と構成国は国防相会議を開催し: not of those that were named before
    return "".join(letters[s] for s in states) + session if states and all(s in letters for s in states) else session


DIGITS = {"三": 3, "四": 4, "五": 5, "六": 6}


def _so_many(context: Context, session: str) -> tuple[str, ...]:
    """The states that 3カ国首脳会談 is of: the last that many that were named together."""
    told = SO_MANY_OF.match(session)
    count = DIGITS.get(told.group(1)[0]) or int(re.sub(r"\D", "", told.group(1)) or 0) if told else 0
    return context.discourse.together.get(count, ())


def forum_before(context: Context, name: Name) -> Name | None:
    """The forum whose session a bare word names: 「DICASの初会合」, クアッド首脳会合."""
    for other in context.named.names:
        if other.end > name.start or not any(is_a(other.kind, k) for k in CONVENING):
            continue
        if re.fullmatch(r"[」』]?(?:\([^()]*\))?の?", context.text[other.end : name.start]):
            return other
    return None


FIRST_WAS = re.compile(r"\S{2,12}?[たる]の(?:が|は)(?:最初|初めて|はじめて|始まり|最後|直近)")


def another_of_series(context: Context, behind: int, on: Date | None) -> str | None:
    """The session that a cleft dates and does not name: 対面では2021年9月に…開かれた|のが最初である."""
    last, near = context.discourse.meeting, context.index - context.discourse.meeting_at <= 1
    if last is None or on is None or not near or not FIRST_WAS.match(context.text, behind):
        return None
    return session_of(context, last, on, "")


def on_another_day(context: Context, key: str, fillers: Fillers) -> bool:
    """Whether somebody took part at another time than that of the last meeting, or since then, and so in something else: 翌年には豪州も参加した."""
    on = context.things[key].on
    dated = [t for t in fillers.times if t.date]
    return on is not None and any(t.bound is Bound.FROM or (t.date and not compatible(t.date, on)) for t in dated)
