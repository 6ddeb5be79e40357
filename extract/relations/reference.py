"""What the names of a sentence mean: candidates decided, references followed, each in the order of the text."""

from __future__ import annotations

import re

from extract.model import Date, Timex
from extract.names.anaphora import COMPANY, CRAFT, UNDERTAKING
from extract.names.found import Name, fold
from extract.relations.context import CONVENING, Context, session_key
from extract.relations.deciding import decide
from extract.relations.discourse import EDITION
from extract.relations.former import point_back
from extract.relations.meetings import KINDS, alike, compatible, meeting_called, meeting_of
from extract.relations.namesakes import LISTED, apart
from extract.relations.talks import BARE, beside, known_talks, named_in
from ontology.terms import Kind, Property, is_a, lineage

SESSION_WORD = re.compile(r"^(?:第\d+回の?|初の?|次回の?|前回の?|定例|今回の|同|標記|\w+回目|次回$|前回$)")
CHANGING = re.compile(
    r"加わ|加盟|脱退|離脱|復帰|加入|抜け"
)  # who belongs to a company of states is another matter from here on
OTHER = re.compile(r"^(?:第\d+回|初|次回|前回|\w+回目)")  # another one than that just told of
NUMBERS = "0123456789〇一二三四五六七八九"
NEXT = "次回"  # a meeting to come, whose date is not that of the last


def resolve_names(context: Context) -> None:
    """Give every name of the sentence its things, or note why not."""
    row: list[Name] = []
    changing = bool(CHANGING.search(context.text))
    for name in context.named.names:
        keys = _renewed(context, name, _resolve(context, name))
        context.keys[name.start] = keys
        listed = row and LISTED.fullmatch(context.text[row[-1].end : name.start])
        row = [*(row if listed else ()), name] if name.kind is Kind.STATE else []
        if len(row) > 1:
            context.discourse.join(k for n in row for k in context.keys[n.start])
        if name.kind is Kind.STATE and keys and not name.plural:
            after = context.text[name.end : name.end + 1]
            if after in {"は", "も", "が"}:
                context.discourse.owner = keys[0]
        if changing and name.kind is Kind.STATE and keys and not name.plural:
            context.discourse.regroup(keys)
        if name.kind is Kind.STATE and name.plural and keys:
            context.discourse.join(keys)
        compared = bool(COMPARED.match(context.text, name.end))
        pair = context.things.knowledge.states.prefix(name.label) if name.kind is not Kind.STATE else ()
        if len(pair) > 1 and not name.plural and not compared:
            context.discourse.join(pair)
        if not compared:
            context.discourse.mention(keys, name.kind)
        if name.kind is Kind.MEETING and keys:
            context.discourse.met(keys[0], context.index)
    point_back(context)


FORERUNNER = re.compile(r"前身(?:は|である|となる|となった|の|に当たる|にあたる|として)")
FORERUN = re.compile(r"」?(?:を|が)前身")


def _of_forerunner(context: Context, name: Name, keys: tuple[str, ...]) -> bool:
    """Whether a short name is that of what the body was before: 日米合同委員会の前身は、…で設けられた合同委員会である."""
    shortened = (
        len(keys) == 1 and context.things[keys[0]].label != name.label and context.things[keys[0]].label.endswith(name.label)
    )
    return shortened and bool(FORERUNNER.search(context.text, 0, name.start) or FORERUN.match(context.text, name.end))


RENEWED = re.compile(r"(?:新たな|新しい|改めて)[「『]?$")
DATING = frozenset({Property.SIGNED_ON, Property.ADOPTED_ON, Property.PUBLISHED_ON})


def _renewed(context: Context, name: Name, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The later edition of a text that was dated before: 2007年の共同宣言, then 2022年、新たな「共同宣言」を発出した."""
    before = context.text[max(name.start - 4, 0) : name.start]
    if len(keys) != 1 or not is_a(name.kind, Kind.AGREEMENT) or not RENEWED.search(before):
        return keys
    dates = [t.date for t in context.named.timexes if t.date and t.date.earliest and t.end <= name.start]
    told = [c.object for c in context.drafts.claims.values() if c.subject == keys[0] and c.predicate in DATING]
    known = [d.earliest.year for d in told if isinstance(d, Date) and d.earliest]
    years = [d.earliest.year for d in dates if d.earliest]
    if not known or not years or years[-1] <= max(known):
        return keys
    return (context.things.take(f"{context.things[keys[0]].label}({years[-1]}年)", context.things.kind(keys[0])),)


# What something is only compared with: the text goes on about the other, which この指針 then means.
COMPARED = re.compile(
    r"[」』]?(?:\([^()]*\))?(?:と(?:は)?(?:同様|同じ|同等|並ぶ|異な|違[いっう]|比[べ較])|に(?:比[べ較し]|ならっ|倣っ|準じ)|より(?:も|一層|さらに))"
)


def _resolve(context: Context, name: Name) -> tuple[str, ...]:
    keys = _meant(context, name)
    return () if _of_forerunner(context, name, keys) or _others_chamber(context, name) else keys


CHAMBERS = frozenset({"上院", "下院", "最高裁", "議会"})
UNITED_STATES = "united-states"


def _others_chamber(context: Context, name: Name) -> bool:
    """Whether a bare chamber is not that of the United States, where the text speaks of another state's doings: フィリピンは…上院の承認."""
    owner = context.discourse.owner
    return name.label in CHAMBERS and owner is not None and owner != UNITED_STATES


# Of these the head noun is all that tells what is meant: 同センター is no bureau that was named before it.
TOLD_BY_NAME = frozenset({Kind.INSTITUTION, Kind.ORGANISATION})


def _meant(context: Context, name: Name) -> tuple[str, ...]:
    if name.kind is Kind.STATE:
        keys = name.keys or (_together(context, _count(name.label)) if name.plural else ())
        for state in keys:
            context.things.known(state)
        return keys
    if name.rule == "both":
        return context.discourse.last_two(name.kind, name.label)
    if name.rule in {"anaphor", "bare"}:
        if name.label in CRAFT and name.kind is Kind.PROGRAMME:
            key = context.discourse.latest(Kind.PROGRAMME, name.label, exact=True)
            key = key or context.discourse.topic_of((Kind.PROGRAMME,), context.index, titled=False)
            return (key,) if key else ()
        if name.label in UNDERTAKING:
            told = context.discourse.topic_of((Kind.PROGRAMME,), context.index)
            return (told,) if told else ()
        own = _own_title(context, name) or _topical(context, name)
        told_by_name = name.rule == "bare" or name.label in OWN_ORGANS or (name.kind in TOLD_BY_NAME and name.label != COMPANY)
        key = own or context.discourse.latest(name.kind, name.label, exact=told_by_name)
        return (key,) if key else ()
    if name.kind is Kind.MEETING and not name.keys:
        return _meeting(context, name)
    both = _both_posts(context, name) if name.kind is Kind.POST else ()
    if both:
        return both
    if name.ambiguous:
        return () if _common_noun(context, name) else decide(context, name)
    return apart(context, name, tuple(context.things.current(k) for k in name.keys))


# Words for what bodies have each one of their own: その事務局 is no other centre or bureau that was named before.
OWN_ORGANS = frozenset({"事務局", "本部", "事務所", "グループ"})


def _topical(context: Context, name: Name) -> str | None:
    """What a sentence opens with by 同協定は: what the last one was about, before what it only mentioned in passing."""
    opening = (
        name.rule == "anaphor" and name.start <= len("また、この") and context.text[name.end : name.end + 1] in {"は", "も"}
    )
    last = context.discourse.topics[-1] if opening and context.discourse.topics else None
    if last is None or last.sentence != context.index - 1 or last.paragraph != context.discourse.paragraph:
        return None
    key = context.discourse.topic_of(lineage(name.kind)[-1:], context.index, titled=False)
    thing = context.things[key] if key else None
    latest = context.discourse.latest(name.kind, name.label)
    if key and latest and context.drafts.succeeds(latest, key):
        return None  # 第1連隊は第2連隊に改編された。同連隊は…: what it has become
    called = (EDITION.sub("", thing.label), *thing.names) if thing else ()
    return key if any(n.endswith(name.label) for n in called) else None


def _own_title(context: Context, name: Name) -> str | None:
    """What 本協定 means where the document's own title names an agreement: that, whatever else was named since."""
    title = context.discourse.title
    if title is None or context.text[name.start : name.start + 1] != "本" or not is_a(name.kind, Kind.AGREEMENT):
        return None
    thing = context.things[title]
    return thing.key if any(n.endswith(name.label) for n in (thing.label, *thing.names)) else None


# Titles that are one office in several countries: 防衛大臣, 国防大臣; 外務大臣, 外務・国際協力大臣.
OFFICES = (re.compile(r"防衛|国防|軍事"), re.compile(r"外務|外相|国務|外交|外国貿易"), re.compile(r"首相|大統領|総理"))


def _both_posts(context: Context, name: Name) -> tuple[str, ...]:
    """Who 両防衛大臣 are: the two who hold such a post of those that the meeting spoken of has."""
    meeting = context.discourse.assembly(context.index)
    office = next((o for o in OFFICES if o.search(name.label)), None)
    if context.text[max(name.start - 1, 0) : name.start] != "両" or meeting is None or office is None:
        return ()
    met = {c.object for c in context.drafts.claims.values() if c.subject == meeting and c.predicate is Property.HAS_PARTICIPANT}
    posts = [c for c in context.drafts.claims.values() if c.predicate is Property.HOLDS_POST and c.subject in met]
    holders = dict.fromkeys(
        c.subject for c in posts if isinstance(c.object, str) and office.search(context.things[c.object].label)
    )
    return tuple(holders) if len(holders) == PAIR else ()


PAIR = 2


def _together(context: Context, count: int) -> tuple[str, ...]:
    """The states last spoken of together; none where the sentence names something of others, as 両国 may be those."""
    last = context.discourse.together.get(count, ())
    prefixes = (context.things.knowledge.states.prefix(n.label) for n in context.named.names if n.kind is not Kind.STATE)
    named = {frozenset(states): states for states in prefixes if len(states) == count}
    if not named or frozenset(last) in named:
        return last
    return next(iter(named.values())) if len(named) == 1 and not last else ()


def _count(label: str) -> int:
    """How many states a word that refers back to them means: 両国 → 2, 5か国 → 5."""
    return NUMBERS.find(label[0]) % 10 if label[0] in NUMBERS else 2


def _common_noun(context: Context, name: Name) -> bool:
    """Whether a head noun that some things are called by is only a noun here: 共同計画を作る上での指針として."""
    rules = context.things.knowledge.rules
    bare = (head := rules.head_of(name.label)) is not None and head.word == name.label
    return bare and (
        context.text.startswith("として", name.end) or context.text[name.start - 1 : name.start] in {"の", "る", "た"}
    )


def _meeting(context: Context, name: Name) -> tuple[str, ...]:
    """A meeting by its date, or the last one of its kind; a bare 会合 belongs to the forum before it, or that of the discourse."""
    timex = context.dates.get(name.start)
    if name.label.startswith(NEXT) and timex is None:
        return ()
    if name.rule == "session":
        if BARE.fullmatch(name.label):
            return _talks(context, name, timex)
        forum, founded = forum_before(context, name) or forum_behind(context, name), _newly_founded(context, name)
        if forum is None and founded and timex is None:
            return context.of(founded)[:1]  # the verb's date makes it a session
        forum = forum or founded
        on = timex or (context.dates.get(forum.start) if forum else None)
        session = SESSION_WORD.sub("", name.label)
        if forum is None or on is None or on.date is None:
            own = _of_notice(context, name) if timex is None else ()
            other = OTHER.match(name.label) and timex is None
            return own or (_session(context, timex, session) if forum is None and not other else ())
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


HELD_BY = re.compile(r"[がを](?:開(?:かれ|催され|催し|い)|行われ)(?:た|ている|る)[「『]?")


def forum_behind(context: Context, name: Name) -> Name | None:
    """The forum whose first session a clause before it tells: 5月に東京で第1回会合が開かれた|国防相会議."""
    held = HELD_BY.match(context.text, name.end)
    start = held.end() if held else -1
    forum = next((n for n in context.named.names if n.start == start and any(is_a(n.kind, k) for k in CONVENING)), None)
    if forum and forum.keys:  # it stands behind, and is not resolved yet
        context.keys.setdefault(start, tuple(context.things.current(k) for k in forum.keys))
    return forum


FIRST = re.compile(r"(?:第1回の?|初の?)")
FOUNDED = re.compile(
    r"[」』]?(?:\([^()]*\))?[」』]?(?:の|を|が)(?:新たに|正式に)?(?:設置|新設|創設|設立|発足|立ち上げ|設け|始動)"
)


def _newly_founded(context: Context, name: Name) -> Name | None:
    """The body of which a sentence tells the founding and then the first session: NCGの創設が合意され、7月に初会合が開かれた."""
    if not FIRST.match(name.label):
        return None
    before = [n for n in context.named.names if n.end <= name.start and any(is_a(n.kind, k) for k in CONVENING)]
    return next((n for n in reversed(before) if FOUNDED.match(context.text, n.end) and context.of(n)), None)


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


def _session(context: Context, timex: Timex | None, session: str) -> tuple[str, ...]:
    """A bare 会合 or 首脳会合: on its date, that of the body that is the topic, or of its kind; without one, the last that was named."""
    if timex is None or timex.date is None:
        last = context.discourse.meeting
        return (last,) if last and (not KINDS.search(session) or context.things[last].label.endswith(session)) else ()
    key = session_of(context, host_of(context, session), timex.date, session)
    if key:
        return (key,)
    same = series_of(context, session) if KINDS.search(session) else None
    if same:
        key = session_of(context, same, timex.date, session)
        return (key,) if key else ()
    return (meeting_called(context.things, between(context, session), timex.date),) if KINDS.search(session) else ()


def series_of(context: Context, session: str) -> str | None:
    """The meeting just told of, where a bare word means another of its series: 来年の首脳会合, 次回会合, 2回目."""
    last = context.discourse.meeting
    if last is None or context.index - context.discourse.meeting_at > NEAR:
        notice = context.discourse.announced  # 次回の会合 at the end of a notice
        return context.things.current(notice) if notice and not KINDS.search(session) else None
    thing = context.things[last]
    if not KINDS.search(session):
        return last
    own = thing.forum is not None and alike(thing.label.removeprefix(context.things[thing.forum].label), session)
    return last if own else None


NEAR = 2  # sentences


def host_kinds(session: str) -> tuple[Kind, ...]:
    """What holds a session: a bare 首脳会談 is no forum's, though it can be a partnership's; a bare 2回目 can be an exercise's."""
    if KINDS.search(session):
        return (Kind.PARTNERSHIP,)
    return (*CONVENING, Kind.MEETING) if session else (*CONVENING, Kind.MEETING, Kind.OCCURRENCE)


def host_of(context: Context, session: str) -> str | None:
    """The body spoken of that holds a bare session. An alliance of states holds no summits of its own: they do."""
    topic = context.discourse.topic_of(host_kinds(session), context.index)
    return None if topic is None or context.things[topic].label.endswith("同盟") else topic


def session_of(context: Context, host: str | None, on: Date, session: str) -> str | None:
    """The session on a date of a body, of a series of meetings (FPDA国防相会合), or of an exercise, which is itself."""
    if host is None:
        return None
    thing = context.things[context.drafts.become(host, on)]
    host = thing.key
    if thing.kind is Kind.OCCURRENCE:
        return thing.key
    if thing.kind is not Kind.MEETING:
        return meeting_of(context.things, host, on, session)
    if thing.forum is not None and KINDS.search(session):
        return meeting_of(context.things, thing.forum, on, session)
    if thing.forum is None:
        return meeting_called(context.things, thing.label, on)
    return meeting_of(context.things, thing.forum, on, thing.label.removeprefix(context.things[thing.forum].label))


def between(context: Context, session: str) -> str:
    """A kind of meeting with the states that the text speaks of: 首脳会談 → 米韓首脳会談."""
    letters = {key: letter for letter, key in reversed(context.things.knowledge.states.letters.items())}
    states = context.discourse.states
    return "".join(letters[s] for s in states) + session if states and all(s in letters for s in states) else session


def forum_before(context: Context, name: Name) -> Name | None:
    """The forum whose session a bare word names: 「DICASの初会合」, クアッド首脳会合."""
    for other in context.named.names:
        if other.end > name.start or not any(is_a(other.kind, k) for k in CONVENING):
            continue
        if re.fullmatch(r"[」』]?(?:\([^()]*\))?の?", context.text[other.end : name.start]):
            return other
    return None
