"""What a body deals with and what a text covers: verbs of dealing, lists of fields."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.names.found import Name
from extract.relations.context import Context, session_key
from extract.relations.discourse import REACH, Dealt
from extract.relations.draft import LIKELY, quote, topic_key
from extract.relations.entitled import assert_entitled
from extract.relations.events import Event, Form, Voice, modified_noun
from extract.relations.factuality import Standing, phrase_standing, quoted_saying
from extract.relations.fillers import Fillers
from extract.relations.frames import Role
from extract.relations.groups import Group, fits
from extract.relations.possession import COPULA
from extract.relations.topics import LIGHT, TELLING, listed_fields, topic_phrases, topics_of
from extract.syntax import FORMAL_NOUNS, PROSPECTS, Phrase
from ontology.terms import Factuality, Kind, Property, is_a

# Named things that can be a matter: 日米同盟について協議する, 中国に言及する. Bodies and texts are something else.
MATTERS = frozenset({Kind.TOPIC, Kind.STATE, Kind.PLACE, Kind.PARTNERSHIP, Kind.PROGRAMME, Kind.OCCURRENCE})
HOLDING = frozenset({"に", "には", "で", "では", "において", "における", "にも", "でも"})
SUBJECTS = frozenset({"は", "が", "も", "では"})
# Those who meet, spoken of without a name or by their offices: then the meeting is the one that the text is about.
PARTAKERS = re.compile(
    r"(?:両|[2-9二三四五六七八九]|各)(?:首脳|大臣|長官|閣僚|外相|国防相|防衛相|者)$|双方|(?:首相|大統領|大臣|長官|外相|防衛相|国防相|首脳|閣僚|(?!業|間|党)[一-龥]側)$"
)
STATES = re.compile(r"(?:両国|両政府|両国政府|各国|[2-9三四五六]か国)$")
THERE = re.compile(
    r"(?:^|、)(?:(?:そして|また|さらに|なお)、?)?(?:(?:そこ|(?:その|この)(?:中|場|席上)|席上|会談|会合|会議|協議)(?:で|にお)|[そこ]れによると)"
)
CLEFT = re.compile(r".*の[はが]、?$")
BEING = re.compile(r"^[」』]?で(?:あり|、)")
DOINGS = frozenset({"活動", "議題", "任務", "業務", "議論", "協議"})
ADVERBIAL = re.compile(r"^[」』]?(?:的)?に$")
VENUES = frozenset({"で", "では", "において", "には", "にて"})
ONWARD = 2  # sentences after a meeting that can go on about it without a word
MET = re.compile(r"協議|議論|討議|確認|再確認|一致|合意|強調|歓迎|表明|意見|話し合|申し合わせ|共有|取り上げ|支持|非難|同意")
ONGOING = re.compile(r"を?(?:行っ|進め|続け|実施し|し)ていく(?:こと|方針|予定)")  # 協議を行っていくことで合意した
PROVIDED = re.compile(r"(?<!た)(?<!だ)(?:もの|こと)とされ")  # what a text provides, no hearsay
PROVISION = 60
URGED = re.compile(
    r"(?:す|する)べき(?:だ|である)?と(?:し|提言|主張|勧告|求め|述べ|論じ|訴え)"
)  # who urges others does not deal with it
LASTING = frozenset(
    {"担当", "担う", "所掌", "所管", "司る", "つかさどる", "受け持つ", "統括", "管理", "監督", "任務とする", "当たる"}
)
HABITS = frozenset({"cover.task", "cover.engage"})  # what a body does again and again is its field; what it did once is a deed
HABITUAL = re.compile(r"(?:る|う|く|す|つ|ぶ|む|ぐ|ている|てきた|ため|務とする)[。、」』]?$")


IN_VIEW = (
    FORMAL_NOUNS | PROSPECTS | {"可能性", "公算", "方向"}
)  # what a clause is said to be, no matter: 盛り込まれる可能性がある
MAKING = frozenset({"製造", "生産", "開発", "設計", "建造", "組み立て", "最終組み立て"})  # deeds done to a thing, no fields
NEW_TALKS = re.compile(r"(?:級|レベル|定期|実務者|専門家)の?(?:協議|対話|会合|会議|会談)$")
ATTRIBUTIVE = re.compile(r"[うくぐすつぬぶむるた]$")


def cover(context: Context, event: Event, fillers: Fillers, state: Standing) -> None:
    """What a body deals with, what a text covers."""
    own = event.frame.rule == "cover"
    deed = event.frame.rule in HABITS and event.verb not in LASTING and not HABITUAL.search(_ending(context, event))
    if state.factuality is None or deed or URGED.match(context.text, event.phrase.content_end):
        return
    if event.form is not Form.VERBAL and not own:
        return
    enclosed = _enclosed(context, event)
    subjects = [g for g in _hosts(event, fillers) if g not in enclosed]
    phrases = list(topic_phrases(context.tree, event, [g.phrase.index for g in subjects]))
    if event.modified is not None and event.modified.head.text not in IN_VIEW:
        if event.voice is Voice.PASSIVE and not event.modified.name:
            held = [g for g in subjects if g.particle in HOLDING]
            phrases, subjects = [_whole(context, event.modified)], held or _holding(context, event)
        elif not _said_of(context, event.modified, subjects):
            return
    keys = [pair for group in subjects[:1] for pair in _keys(context, event, group)]
    lent = event.phrase.particle == "を" and LIGHT.match(context.text, context.tree.phrases[event.phrase.depends_on].start)
    if not keys and phrases and not subjects and not enclosed and (event.form is Form.VERBAL or lent):
        keys = _spoken_of(context, event, phrases)
    factuality = _provided(context, event, state.factuality)
    _keep(context, event, keys, factuality)
    for phrase in phrases:
        if phrase.timex or _no_matter(event, phrase):
            continue
        for start, end, text in topics_of(context.tree, phrase):
            inside = {k for n in context.named.names if start <= n.start < end for k in context.of(n)}
            for subject, place in keys:
                if subject in inside:
                    continue  # 首脳会談の会場 is no matter of the talks
                body = context.things[subject].forum if factuality is Factuality.PLANNED else None
                topic = topic_key(context.things, _named(text, event))
                evidence = quote(context.named.sentence, (start, end), (event.start, event.phrase.end), place)
                context.drafts.add(
                    body or subject, Property.COVERS, topic, factuality, evidence, event.frame.rule, confidence=LIKELY
                )


def _no_matter(event: Event, phrase: Phrase) -> bool:
    """Whether a phrase names who or where it is dealt with, or a mere deed: 製造を担う."""
    apart = bool(phrase.name and (phrase.name.kind not in MATTERS or phrase.particle in {"の", "で"}))
    return apart or (event.verb in LASTING and "".join(w.text for w in phrase.words).removesuffix("を") in MAKING)


def _keep(context: Context, event: Event, keys: Sequence[tuple[str, tuple[int, int]]], factuality: Factuality) -> None:
    """Remember who dealt with what a sentence ends on, for items that the next one lists."""
    if keys and event.modified is None and event.phrase.depends_on == context.tree.phrases[-1].index:
        context.discourse.dealt = Dealt(context.index, tuple(k for k, _ in keys), factuality)


def _holding(context: Context, event: Event) -> list[Group]:
    """The text right before a passive that stands before a noun, wherever the parser hangs it: 指針において具体的に記述されなかったX."""
    at = event.phrase.index
    while at and context.tree.phrases[at - 1].depends_on == at and not context.tree.phrases[at - 1].head.nominal:
        at -= 1
    while at and ADVERBIAL.search(context.tree.phrases[at - 1].tail) and not context.tree.phrases[at - 1].name:
        at -= 1  # 具体的に
    texts = (Kind.AGREEMENT,)
    return [g for g in context.groups if g.phrase.index == at - 1 and g.particle in HOLDING and fits(g, texts)]


def _enclosed(context: Context, event: Event) -> list[Group]:
    """The texts that the clauses before the matter of a verb keep to themselves: 「指針に記されなかったXを検討する」 is what the author does."""
    return [
        group
        for inner in context.events
        if inner.voice is Voice.PASSIVE and inner.modified is not None and inner.phrase.index < event.phrase.index
        for group in _holding(context, inner)
    ]


def _provided(context: Context, event: Event, found: Factuality) -> Factuality:
    """The standing of a matter: what a text provides (行うものとされる) is no hearsay, what is to go on (協議を行っていくこと) is planned."""
    behind = event.phrase.content_end
    if found is Factuality.POSSIBLE and PROVIDED.search(context.text, behind, behind + PROVISION):
        return Factuality.ACTUAL
    if found in {Factuality.PLANNED, Factuality.PROPOSED} and quoted_saying(context.text, event.start):
        return Factuality.ACTUAL  # who says 「見直しを進めたい」 at a meeting has spoken of it there
    return Factuality.PLANNED if found is Factuality.ACTUAL and ONGOING.match(context.text, behind) else found


def _whole(context: Context, noun: Phrase) -> Phrase:
    """The head of the noun phrase that begins with a noun: 暗号鍵の → 共有."""
    phrases = context.tree.phrases
    while noun.index + 1 < len(phrases) and not noun.name:
        following = phrases[noun.index + 1]
        if not following.head.nominal or not (
            noun.tail in {"", "」"}
            or (noun.particle == "の" and (noun.depends_on == following.index or noun.depends_on < noun.index))
        ):
            break
        noun = following
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
    found = [g for g in found if g.particle not in VENUES or not fits(g, (Kind.GOVERNMENT_BODY,))]  # 防衛省で is a place
    found.sort(key=lambda g: g.particle != "が")
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
    placed = [
        g
        for g in context.groups
        if g.particle in VENUES and g.end <= event.start and fits(g, event.frame.theme) and not fits(g, (Kind.GOVERNMENT_BODY,))
    ]
    held = [g for g in placed if modified_noun(tree, tree.phrases[g.phrase.depends_on]) is None]
    if held and not event.modified:  # the nearer of two texts says it, wherever the parser hung it
        return _keys(context, event, placed[-1])
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
    meets = any(is_a(Kind.MEETING, k) for k in event.frame.theme) and bool(MET.match(event.verb))
    meets = meets and event.voice is Voice.ACTIVE
    other = _held_here(context, event) or _tells_of_another(context, event)
    meeting = discourse.assembly(context.index) if meets and not other else None
    named = [g for g in context.groups if g.phrase in opening and fits(g, event.frame.theme)] or _owning(
        context, event, opening
    )
    if len(named) == len(opening) == 1 and event.modified is None:
        return _keys(context, event, named[0])  # the parser hung it on a verb within
    if opening and all(_partakes(tree.text, p) for p in opening):
        counted = any(PARTAKERS.search(tree.text[p.start : p.content_end]) for p in opening)
        near = context.index - discourse.meeting_at <= REACH and discourse.meets_on(context.index)
        discourse.spoke_at = context.index if meeting and (near or counted) else discourse.spoke_at
        return [(meeting, place)] if meeting and (near or counted) else []
    if event.modified is not None:
        return []
    there = THERE.search(tree.text, 0, event.start)
    if there:
        before = [g for g in context.groups if g.end <= there.start() and fits(g, event.frame.theme)]
        if before:
            return _keys(context, event, before[0])
        hosting = [k for k in event.frame.theme if k not in {Kind.GOVERNMENT_BODY, Kind.COMMAND}]
        key = discourse.last_of(hosting, context.index)
        return [(key, place)] if key else []
    # what companies agree on is no matter of the ministers' last meeting
    meets = meets and not any(fits(g, (Kind.ORGANISATION,)) and g.end <= event.start for g in context.groups)
    if not opening and meets and meeting and context.index - max(discourse.meeting_at, discourse.spoke_at) <= ONWARD:
        return [(meeting, place)]
    topic = (
        None if opening or event.voice is Voice.PASSIVE else discourse.topic_of(event.frame.theme, context.index, titled=False)
    )
    return [(topic, place)] if topic else []


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
        if found is Factuality.PLANNED and fits(hosts[0], (Kind.AGREEMENT,)):
            found = Factuality.ACTUAL  # what a text provides for it covers: 協力を進めることとされた
        for start, end, text in topics_of(context.tree, phrase):
            for member, key in context.members(hosts[0])[:1]:
                evidence = quote(context.named.sentence, (member.start, member.end), (start, end))
                if found:
                    topic = topic_key(context.things, text)
                    context.drafts.add(key, Property.COVERS, topic, found, evidence, "cover.fields", confidence=LIKELY)


def _partakes(text: str, phrase: Phrase) -> bool:
    """Whether a subject is one of those who meet: 両首脳は, 米国とフィリピンは, 木原大臣は."""
    who = STATES.search(text[phrase.start : phrase.content_end]) or (
        phrase.name and phrase.name.kind in {Kind.STATE, Kind.PERSON, Kind.POST}
    )
    return bool(who or PARTAKERS.search(text[phrase.start : phrase.content_end]))


def assert_meetings_entitled(context: Context) -> None:
    """What the meetings of a sentence are about by their names, once the sentence has told which meetings they are."""
    for name in context.named.names:
        key = context.meetings.get(name.start)
        if key and name.kind is Kind.MEETING:
            assert_entitled(context, name, key)


def dated_meeting(context: Context, name: Name) -> str | None:
    if name.kind is Kind.MEETING and context.of(name):
        return None  # it is known which one it is
    timex = context.dates.get(name.start)
    return session_key(context, name, timex.date) if timex and timex.date else None
