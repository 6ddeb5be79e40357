"""What a body deals with and what a text covers: verbs of dealing, lists of fields."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.names.found import Name
from extract.relations.context import Context, session_key
from extract.relations.discourse import REACH
from extract.relations.draft import LIKELY, quote, topic_key
from extract.relations.events import Event, Form, Voice, modified_noun
from extract.relations.factuality import Standing, phrase_standing
from extract.relations.fillers import Fillers
from extract.relations.frames import Role
from extract.relations.groups import Group, fits
from extract.relations.possession import COPULA
from extract.relations.topics import TELLING, listed_fields, topic_phrases, topics_of
from extract.syntax import FORMAL_NOUNS, Phrase
from ontology.terms import Factuality, Kind, Property, is_a

# Named things that can be a matter: 日米同盟について協議する, 中国に言及する. Bodies and texts are something else.
MATTERS = frozenset({Kind.TOPIC, Kind.STATE, Kind.PLACE, Kind.PARTNERSHIP, Kind.PROGRAMME, Kind.OCCURRENCE})
HOLDING = frozenset({"に", "には", "で", "では", "において", "における", "にも", "でも"})
SUBJECTS = frozenset({"は", "が", "も", "では"})
# Those who meet, spoken of without a name or by their offices: then the meeting is the one that the text is about.
PARTAKERS = re.compile(
    r"(?:両|[2-9二三四五六七八九]|各)(?:首脳|大臣|長官|閣僚|外相|国防相|防衛相|国|か国|政府|者|当局)$|双方|(?:首相|大統領|大臣|長官|外相|防衛相|国防相|首脳|閣僚|両国政府|両政府|[一-龥]側)$"
)
THERE = re.compile(
    r"^(?:そこ|ここ|その(?:中|場|席上)|この(?:中|場|席上)|席上|会談|会合|会議|協議)(?:で|にお)|^(?:それによると|これによると)"
)
CLEFT = re.compile(r".*の[はが]、?$")
BEING = re.compile(r"^[」』]?で(?:あり|、)")
VENUES = frozenset({"で", "では", "において", "には", "にて"})
ONWARD = 2  # sentences after a meeting that can go on about it without a word
MET = re.compile(r"協議|議論|討議|確認|再確認|一致|合意|強調|歓迎|表明|意見|話し合|申し合わせ|共有|取り上げ|支持|非難|同意")
HABITS = frozenset({"cover.task"})  # what a body does again and again is its field; what it did once is a deed
HABITUAL = re.compile(r"(?:る|う|く|す|つ|ぶ|む|ぐ|ている|てきた|ため|務とする)[。、」』]?$")


def cover(context: Context, event: Event, fillers: Fillers, state: Standing) -> None:
    """What a body deals with, what a text covers."""
    own = event.frame.rule == "cover"
    if state.factuality is None or (event.frame.rule in HABITS and not HABITUAL.search(_ending(context, event))):
        return
    if event.form is not Form.VERBAL and not own:
        return
    subjects = _hosts(event, fillers)
    phrases = list(topic_phrases(context.tree, event, [g.phrase.index for g in subjects]))
    if event.modified is not None and event.modified.head.text not in FORMAL_NOUNS:
        if event.voice is Voice.PASSIVE and not event.modified.name:
            phrases, subjects = [_whole(context, event.modified)], [g for g in subjects if g.particle in HOLDING]
        elif not _said_of(context, event.modified, subjects):
            return
    keys = [pair for group in subjects[:1] for pair in _keys(context, event, group)]
    if not keys and phrases and not subjects and event.form is Form.VERBAL:
        keys = _spoken_of(context, event, phrases)
    for phrase in phrases:
        if phrase.timex or (phrase.name and (phrase.name.kind not in MATTERS or phrase.particle in {"の", "で"})):
            continue
        for start, end, text in topics_of(context.tree, phrase):
            inside = {k for n in context.named.names if start <= n.start < end for k in context.of(n)}
            for subject, place in keys:
                if subject in inside:
                    continue  # 首脳会談の会場 is no matter of the talks
                body = context.things[subject].forum if state.factuality is Factuality.PLANNED else None
                topic = topic_key(context.things, _named(text, event))
                evidence = quote(context.named.sentence, (start, end), (event.start, event.phrase.end), place)
                context.drafts.add(
                    body or subject, Property.COVERS, topic, state.factuality, evidence, event.frame.rule, confidence=LIKELY
                )


def _whole(context: Context, noun: Phrase) -> Phrase:
    """The head of the noun phrase that begins with a noun: 暗号鍵の → 共有."""
    while noun.particle == "の" and noun.depends_on == noun.index + 1 and not noun.name:
        noun = context.tree.phrases[noun.depends_on]
    return noun


def _named(text: str, event: Event) -> str:
    """A matter that is too short to tell anything, with what is done about it: 情報を分析する → 情報の分析."""
    deed = event.frame.rule in HABITS and len(text) < TELLING and not event.phrase.head.tag.startswith("動詞")
    return f"{text}の{event.verb}" if deed and "する" not in event.verb else text


def _said_of(context: Context, noun: Phrase, subjects: Sequence[Group]) -> bool:
    """Whether the noun that a verb stands before is the host itself, or what the sentence says that the host is: 議論する場である."""
    if any(g.phrase.index == noun.index or g.members[0].start == noun.start for g in subjects) or noun.name:
        return True
    last = context.tree.phrases[-1]
    return noun.particle == "として" or (noun.index == last.index and bool(COPULA.match(noun.tail)))


def _ending(context: Context, event: Event) -> str:
    return context.text[event.phrase.head.start : event.phrase.end]


def _hosts(event: Event, fillers: Fillers) -> list[Group]:
    """The groups that deal with a matter or hold it: the subject, the noun behind, the meeting or text in which it is done."""
    roles: tuple[Role, ...] = (Role.AGENT, Role.VENUE)
    if event.voice is Voice.PASSIVE:
        roles += (Role.GOAL, Role.BASIS)  # 英馬協定によって支えられた
    elif CLEFT.match(event.phrase.tail):
        roles += (Role.THEME,)  # 駐留を支えていたのは基地協定である
    found = [g for role in roles for g in fillers.get(role) if fits(g, event.frame.theme)]
    nearer = [g for g in found if g.particle in VENUES and g.end <= event.start]
    return nearer[-1:] + found if len(nearer) > 1 and found[0] in nearer else found


def _keys(context: Context, event: Event, group: Group) -> list[tuple[str, tuple[int, int]]]:
    """The things of a group; of a forum with a date, its meeting."""
    return [
        (context.meetings.get(member.name.start) or dated_meeting(context, member.name) or key, (member.start, member.end))
        for member, key in context.members(group)
        if any(is_a(context.things.kind(key), k) for k in event.frame.theme)
    ]


def _spoken_of(context: Context, event: Event, topics: Sequence[Phrase]) -> list[tuple[str, tuple[int, int]]]:
    """What deals with it where the clause does not name it: the meeting of 両首脳は…議論した, what そこでは points at, the text's topic."""
    place = (event.start, event.phrase.end)
    tree, discourse = context.tree, context.discourse
    held = [
        g
        for g in context.groups
        if g.particle in VENUES
        and g.end <= event.start
        and fits(g, event.frame.theme)
        and modified_noun(tree, tree.phrases[g.phrase.depends_on]) is None
    ]
    if held and not event.modified:
        return _keys(context, event, held[-1])
    being = [g for g in context.groups if BEING.match(g.phrase.tail) and g.end <= event.start and fits(g, event.frame.theme)]
    if being and not event.modified:
        return _keys(context, event, being[-1])  # …が作成された指針であり、Yを盛り込んでいる
    opening = [
        p
        for p in tree.phrases[: event.phrase.index]
        if p.particle in SUBJECTS
        and p.head.nominal
        and not p.timex
        and p not in topics
        and (p.depends_on >= event.phrase.index or p.particle != "が")
    ]
    meets = any(is_a(Kind.MEETING, k) for k in event.frame.theme)
    near = discourse.meeting and context.index - discourse.meeting_at <= REACH
    named = [g for g in context.groups if g.phrase in opening and fits(g, event.frame.theme)]
    if len(named) == len(opening) == 1 and event.modified is None:
        return _keys(context, event, named[0])  # the parser hung it on a verb within
    if opening and all(_partakes(tree.text, p) for p in opening):
        return [(discourse.meeting, place)] if meets and near and discourse.meeting else []
    if event.modified is not None:
        return []
    there = next((p for p in tree.phrases[: event.phrase.index] if THERE.match(tree.text[p.start : p.end])), None)
    if there:
        before = [g for g in context.groups if g.phrase.index < there.index and fits(g, event.frame.theme)]
        if before:
            return _keys(context, event, before[0])
        key = discourse.last_of(event.frame.theme, context.index)
        return [(key, place)] if key else []
    meets = meets and bool(MET.match(event.verb))
    if not opening and meets and near and discourse.meeting and context.index - discourse.meeting_at <= ONWARD:
        return [(discourse.meeting, place)]
    topic = (
        None if opening or event.voice is Voice.PASSIVE else discourse.topic_of(event.frame.theme, context.index, titled=False)
    )
    return [(topic, place)] if topic else []


def assert_fields(context: Context) -> None:
    """The fields that a body or meeting is said to work in: 「会談では、A、B、Cなどの分野における協力が拡大された」."""
    hosts = [
        g
        for g in context.groups
        if g.particle in {"では", "は", "において", "で"}
        and fits(g, (Kind.FORUM, Kind.MEETING, Kind.AGREEMENT, Kind.MECHANISM))
    ]
    for phrase in listed_fields(context.tree) if hosts else ():
        found = phrase_standing(context.tree, context.tree.phrases[hosts[0].phrase.depends_on]).factuality
        for start, end, text in topics_of(context.tree, phrase):
            for member, key in context.members(hosts[0])[:1]:
                evidence = quote(context.named.sentence, (member.start, member.end), (start, end))
                if found:
                    topic = topic_key(context.things, text)
                    context.drafts.add(key, Property.COVERS, topic, found, evidence, "cover.fields", confidence=LIKELY)


def _partakes(text: str, phrase: Phrase) -> bool:
    """Whether a subject is one of those who meet: 両首脳は, 米国とフィリピンは, 木原大臣は."""
    who = phrase.name and phrase.name.kind in {Kind.STATE, Kind.PERSON, Kind.POST}
    return bool(who or PARTAKERS.search(text[phrase.start : phrase.content_end]))


def dated_meeting(context: Context, name: Name) -> str | None:
    timex = context.dates.get(name.start)
    return session_key(context, name, timex.date) if timex and timex.date else None
