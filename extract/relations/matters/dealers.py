"""Who deals with a matter where a verb of dealing names nobody, or only those who meet: 両首脳は…議論した, そこでは…取り上げた."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.model import Stretch
from extract.names.found import Name
from extract.relations.discourse.context import Context, session_key
from extract.relations.discourse.entries import said_of
from extract.relations.discourse.memory import REACH
from extract.relations.discourse.sessions import on_another_day
from extract.relations.grammar.events import Event, Form, Voice, modified_noun
from extract.relations.grammar.fillers import Fillers
from extract.relations.grammar.frames import Role
from extract.relations.grammar.groups import Group, fits
from extract.syntax import FORMAL_NOUNS, PROSPECTS, Phrase, Tree
from ontology.terms import Kind, Property, is_a

# Those who meet, spoken of without a name or by their offices: then the meeting is the one that the text is about.
PARTAKERS = re.compile(
    r"(?:両|[2-9二三四五六七八九]|各)(?:首脳|大臣|長官|閣僚|外相|国防相|防衛相|者)$|双方|(?:首相|大統領|大臣|長官|外相|防衛相|国防相|首脳|閣僚|(?!業|間|党)[一-龥]側)$"
)
STATES = re.compile(r"(?:両国|両政府|両国政府|各国|[2-9三四五六]か国)$")
THERE = re.compile(
    r"(?:^|、)(?:(?:そして|また|さらに|なお)、?)?(?:(?:そこ|(?:その|この)(?:中|場|席上)|席上|会談|会合|会議|協議)(?:で|にお)|[そこ]れによると)"
)
CLEFT = re.compile(r".*の[はが]、?$")
IN_VIEW = (
    FORMAL_NOUNS | PROSPECTS | {"可能性", "公算", "方向"}
)  # what a clause is said to be, no matter: 盛り込まれる可能性がある
SUBJECTS = frozenset({"は", "が", "も", "では"})
BEING_AND = re.compile(r"^[」』]?で(?:あり|、)")
DOINGS = frozenset({"活動", "議題", "任務", "業務", "議論", "協議"})
VENUES = frozenset({"で", "では", "において", "には", "にて"})
ONWARD = 2  # sentences after a meeting that can go on about it without a word
TALKED = re.compile(r"協議|議論|討議|確認|再確認|一致|合意|強調|歓迎|表明|意見|話し合|申し合わせ|共有|取り上げ|支持|非難|同意")
NEW_TALKS = re.compile(r"(?:級|レベル|定期|実務者|専門家)の?(?:協議|対話|会合|会議|会談)$")
ATTRIBUTIVE = re.compile(r"[うくぐすつぬぶむるた]$")


TASKS = frozenset({"cover.task", "cover.charge"})
Keyed = tuple[str, Stretch]


def hosts(event: Event, fillers: Fillers) -> list[Group]:
    """The groups that deal with a matter or hold it: the subject, the noun behind, the meeting or text in which it is done."""
    roles: tuple[Role, ...] = (Role.AGENT, Role.VENUE)
    if event.voice is Voice.PASSIVE:
        roles += (Role.GOAL, Role.BASIS)  # 英馬協定によって支えられた
    elif CLEFT.match(event.phrase.tail):
        roles += (Role.THEME,)  # 駐留を支えていたのは基地協定である
    found = [g for role in roles for g in fillers.get(role) if fits(g, event.frame.theme)]
    found = [g for g in found if g.particle not in VENUES or not fits(g, (Kind.GOVERNMENT_BODY,))]  # 防衛省で is a place
    found.sort(key=lambda g: g.particle != "が")
    nearer = [g for g in found if g.particle in VENUES and g.end <= event.start]
    return nearer[-1:] + found if len(nearer) > 1 and found[0] in nearer else found


def keys_of_group(context: Context, event: Event, group: Group) -> list[Keyed]:
    """The things of a group; of a forum with a date, its meeting."""
    return [
        (context.meetings.get(member.name.start) or dated_meeting(context, member.name) or key, (member.start, member.end))
        for member, key in context.members(group)
        if any(is_a(context.things.kind(key), k) for k in event.frame.theme)
    ]


def unnamed(context: Context, event: Event, fillers: Fillers, topics: Sequence[Phrase]) -> list[Keyed]:
    """What deals with it where the clause does not name it: the meeting of 両首脳は…議論した, what そこでは points at, the text's topic."""
    told = _beside(context, event)
    if told and not event.modified:
        return keys_of_group(context, event, told)
    opening = _subjects(context.tree, event, topics)
    meeting = _meeting_told(context, event, opening)
    meeting = None if meeting and on_another_day(context, meeting, fillers) else meeting
    named = [g for g in context.groups if g.phrase in opening and fits(g, event.frame.theme)]
    named = named or _owning(context, event, opening)
    if len(named) == len(opening) == 1 and event.modified is None:
        return keys_of_group(context, event, named[0])  # the parser hung it on a verb within
    if opening and all(_partakes(context.text, p) for p in opening):
        return _met(context, event, opening, meeting)
    if event.modified is None:
        return _gone_on(context, event, opening, meeting)
    defined = said_of(context, event.modified, event.frame.theme) if not opening else None
    return [(defined, (event.start, event.phrase.end))] if defined else []


def _beside(context: Context, event: Event) -> Group | None:
    """What a clause before this one names as its place or as what the sentence is about, wherever the parser hung it."""
    tree = context.tree
    before = [g for g in context.groups if g.end <= event.start and fits(g, event.frame.theme)]
    placed = [g for g in before if g.particle in VENUES and not fits(g, (Kind.GOVERNMENT_BODY,))]
    if any(modified_noun(tree, tree.phrases[g.phrase.depends_on]) is None for g in placed):
        return placed[-1]  # the nearer of two texts says it
    being = [g for g in before if BEING_AND.match(g.phrase.tail)]
    return being[-1] if being else None  # …が作成された指針であり、Yを盛り込んでいる


def _subjects(tree: Tree, event: Event, topics: Sequence[Phrase]) -> list[Phrase]:
    """The nouns before a verb that can be its subject."""
    return [
        p
        for p in tree.phrases[: event.phrase.index]
        if p.particle in SUBJECTS
        and p.head.nominal
        and not p.timex
        and p not in topics
        and (p.depends_on >= event.phrase.index or p.particle != "が")
    ]


def _talks(event: Event) -> bool:
    """Whether those who meet are said to talk."""
    meets = any(is_a(Kind.MEETING, k) for k in event.frame.theme) and bool(TALKED.match(event.verb))
    return meets and event.voice is Voice.ACTIVE


def _meeting_told(context: Context, event: Event, subjects: Sequence[Phrase]) -> str | None:
    """The meeting that the text tells of, where this clause can go on about it."""
    if not _talks(event) or _held_here(context, event) or _tells_of_another(context, event):
        return None
    meeting = context.discourse.assembly(context.index)
    if meeting and (_in_passing(context, event, meeting) or _of_other_rank(context, subjects, meeting)):
        return None
    return meeting


def _met(context: Context, event: Event, subjects: Sequence[Phrase], meeting: str | None) -> list[Keyed]:
    """The meeting of those who are spoken of as meeting: 両首脳は…議論した."""
    tree, discourse = context.tree, context.discourse
    noun = event.modified.head.text if event.modified else ""
    if event.modified and noun not in IN_VIEW and not any(p.depends_on == event.phrase.index for p in subjects):
        return []  # 両国は|価値を共有する友好国に…と述べた: what stands before a noun is no deed of theirs
    counted = any(PARTAKERS.search(tree.text[p.start : p.content_end]) for p in subjects)
    near = context.index - discourse.meeting_at <= REACH and discourse.meets_on(context.index)
    near = near and not (meeting and _came_later(context, subjects, meeting))
    if meeting is None or not (near or counted):
        return []
    discourse.spoke_at = context.index
    return [(meeting, (event.start, event.phrase.end))]


def _came_later(context: Context, subjects: Sequence[Phrase], meeting: str) -> bool:
    """Whether somebody alone speaks of whom the text has not told that he was there, when it has gone on for a while."""
    alone = len(subjects) == 1 and subjects[0].name is not None and subjects[0].name.kind in {Kind.PERSON, Kind.POST}
    if not alone or context.index - max(context.discourse.meeting_at, context.discourse.spoke_at) <= ONWARD:
        return False
    there = set(context.drafts.objects(meeting, Property.HAS_PARTICIPANT))
    names = [n for n in context.named.names if subjects[0].start <= n.start < subjects[0].end]
    return not any(key in there for n in names for key in context.of(n))


def _gone_on(context: Context, event: Event, subjects: Sequence[Phrase], meeting: str | None) -> list[Keyed]:
    """What a clause without a word for it goes on about: what そこでは points at, the meeting just told of, the text's topic."""
    discourse, place = context.discourse, (event.start, event.phrase.end)
    there = THERE.search(context.text, 0, event.start)
    if there:
        before = [g for g in context.groups if g.end <= there.start() and fits(g, event.frame.theme)]
        if before:
            return keys_of_group(context, event, before[0])
        hosting = [k for k in event.frame.theme if k not in {Kind.GOVERNMENT_BODY, Kind.COMMAND}]
        pointed = discourse.last_of(hosting, context.index)
        return [(pointed, place)] if pointed else []
    if subjects:
        return []
    # what companies agree on is no matter of the ministers' last meeting
    companies = any(fits(g, (Kind.ORGANISATION,)) and g.end <= event.start for g in context.groups)
    if meeting and not companies and context.index - max(discourse.meeting_at, discourse.spoke_at) <= ONWARD:
        return [(meeting, place)]
    titled = discourse.headed and event.frame.rule in TASKS  # what an entry says that is done is its headword's task
    topic = discourse.topic_of(event.frame.theme, context.index, titled=titled) if event.voice is Voice.ACTIVE else None
    if topic and event.frame.rule in DUTIES and not discourse.is_topic(topic, context.index):
        topic = discourse.headword(event.frame.theme)  # 2020年にX室が加わった。輸出も担う: not X, which only joined
    return [(topic, place)] if topic else []


DUTIES = frozenset({"cover.task", "cover.engage"})


def _in_passing(context: Context, event: Event, meeting: str) -> bool:
    """Whether the sentence names the meeting only on the way: 昨年の首脳会談を想起しつつ, 首脳会談で合意された方針に基づき."""
    tree = context.tree
    told = [
        tree.at(n.start)
        for n in context.named.names
        if n.kind is Kind.MEETING and n.end <= event.start and meeting in {context.things.current(k) for k in context.of(n)}
    ]
    verbs = [(p, tree.phrases[p.depends_on]) for p in told if p is not None]
    return bool(verbs) and all(
        p.particle in PASSED
        or (p.particle == "を" and RECALLED.match(context.text, v.start))
        or (
            v.index < event.phrase.index and (noun := modified_noun(tree, v)) is not None and noun.head.text not in FORMAL_NOUNS
        )
        for p, v in verbs
    )


RECALLED = re.compile(r"想起|踏まえ|振り返|念頭|受け")  # not 初会合を開き
PASSED = frozenset({"の", "や", "に基づき", "に基づいて", "を踏まえ", "を踏まえて", "を受け", "を受けて", "以来"})
# Who speaks for states at which meetings: 四大臣 at no summit, 両首脳 at no meeting of ministers.
LEADERS, MINISTERS = re.compile(r"首脳"), re.compile(r"外相|外務|防衛|国防|閣僚|大臣|次官|局長")
COUNTED = re.compile(r"^(?:両|[2-9二三四五六七八九]|各)")


def _of_other_rank(context: Context, subjects: Sequence[Phrase], meeting: str) -> bool:
    label = context.things[meeting].label
    for words in (context.text[p.start : p.content_end] for p in subjects):
        if not COUNTED.match(words):
            continue
        leaders, ministers = LEADERS.search(words), MINISTERS.search(words)
        if (ministers and LEADERS.search(label)) or (leaders and MINISTERS.search(label) and not LEADERS.search(label)):
            return True
    return False


def _tells_of_another(context: Context, event: Event) -> bool:
    """Whether the verb stands right before a meeting that is new, wherever the parser hung it: 標準化を話し合う|初の局長級協議を開く."""
    following = context.tree.phrases[event.phrase.index + 1 : event.phrase.index + 3]
    attributive = event.form is Form.VERBAL and ATTRIBUTIVE.search(context.text[event.phrase.start : event.phrase.end])
    return bool(attributive) and any(
        p.content_end and NEW_TALKS.search(context.text[p.start : p.content_end]) for p in following
    )


def _held_here(context: Context, event: Event) -> bool:
    """Whether the sentence tells of talks that no name is known for: 両大臣は防衛相会談を行い、…を確認した."""
    before = (n for n in context.named.names if n.kind is Kind.MEETING and n.end <= event.start and not context.of(n))
    return any((p := context.tree.at(n.end - 1)) is not None and p.particle == "を" for n in before)


def _owning(context: Context, event: Event, subjects: Sequence[Phrase]) -> list[Group]:
    """Whose activity the subject of a clause is: 協議会の活動は."""
    doings = {p.index for p in subjects if p.head.text in DOINGS}
    return [g for g in context.groups if g.particle == "の" and g.phrase.depends_on in doings and fits(g, event.frame.theme)]


def _partakes(text: str, phrase: Phrase) -> bool:
    """Whether a subject is one of those who meet: 両首脳は, 米国とフィリピンは, 木原大臣は."""
    who = STATES.search(text[phrase.start : phrase.content_end]) or (
        phrase.name and phrase.name.kind in {Kind.STATE, Kind.PERSON, Kind.POST}
    )
    return bool(who or PARTAKERS.search(text[phrase.start : phrase.content_end]))


def dated_meeting(context: Context, name: Name) -> str | None:
    if name.kind is Kind.MEETING and context.of(name):
        return None  # it is known which one it is
    timex = context.dates.get(name.start)
    return session_key(context, name, timex.date) if timex and timex.date else None
