"""What the discourse supplies to the roles of an event: an elided theme, the last talks, the Cabinet of 閣議決定."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.model import Bound
from extract.relations.discourse.context import Context
from extract.relations.discourse.entries import spoken_of
from extract.relations.discourse.sessions import another_of_series, on_another_day
from extract.relations.grammar.definitions import defines
from extract.relations.grammar.events import Event, Form, Voice
from extract.relations.grammar.fillers import Filler, Fillers
from extract.relations.grammar.foundings import founds_unnamed
from extract.relations.grammar.frames import Fact, Role
from extract.relations.grammar.groups import fits
from extract.relations.grammar.head_nouns import has_pronoun
from extract.relations.grammar.lending import decided_only
from extract.relations.grammar.particles import INTO
from extract.relations.grammar.roles import fill, previous_theme
from extract.relations.grammar.themes import theme_is_open
from extract.relations.verbs.attending import attended
from ontology.terms import Kind, Property, is_a

# The body that a verb itself names: 閣議決定 is the Cabinet's.
CABINET = ("閣議決定", "内閣", Kind.GOVERNMENT_BODY)
# Words that place a deed at the meeting that was just spoken of.
AFTER_TALKS = re.compile(
    r"(?:会談|会合|会議|協議)(?:後|の後|終了後|の終了後|の席上)|席上|この(?:会談|会合|会議)|(?:^|、)(?:両|[二三四])(?:首脳|大臣|長官|外相|国防相|防衛相|閣僚)は"
)
BY_THIS = re.compile(r"(?:これ|それ)(?:により|によって)")
# How a text's next decision is told: また、…を設けることとした.
ALSO = re.compile(r"(?:また|さらに|更に|併せて|あわせて|加えて|このほか)、")
SETTLED = re.compile(r"ことと(?:し|され)た?|ことを(?:定め|盛り込|規定|取り決め)")
NEAR = 2  # sentences
CHAIRED = re.compile(r"^(?:め)?(?:た|ました)(?:。|$|ほか|、)")


def supplied(context: Context, event: Event, fillers: Fillers, role: Role, fact: Fact) -> Iterator[Filler]:
    """The things in a role that the sentence does not name."""
    groups = fillers.get(role)
    if role is Role.VENUE and not groups:
        meeting = these_talks(context, event, fillers)
        if meeting is None and fact.predicate is Property.RESULTED_IN:
            meeting = last_talks(context)
        if meeting and fact.predicate in {Property.RESULTED_IN, Property.ADOPTED_BY}:
            yield Filler(meeting, event.start, event.end, supplied=True)
    if role is Role.UNDER and fillers.under_discourse:
        told = context.discourse.topic_of((Kind.INSTITUTION,), context.index)
        yield from [Filler(told, event.start, event.end, supplied=True)] if told else ()
    if role is Role.GOAL and fillers.goal_open:
        told = _become(context, event)
        yield from [Filler(told, event.start, event.end, supplied=True)] if told else ()
    if role is Role.AGENT and event.frame.rule == "replace" and not groups:
        yield from _taking_its_place(context, event)
    if role is Role.AGENT and event.frame.rule == "contain" and not groups:
        whole = _having(context, event) if any(g.particle == "を" for g in fillers.get(Role.THEME)) else None
        yield from [Filler(whole, event.start, event.end, supplied=True)] if whole else ()
    if role is Role.BASIS and not groups and _by_article(context, event):
        text = context.discourse.topic_of((Kind.AGREEMENT,), context.index)
        yield from [Filler(text, event.start, event.end, supplied=True)] if text else ()
    if role is Role.THEME and not groups:
        yield from _theme(context, event, fillers)
    if role is Role.AGENT and fact.predicate is Property.ESTABLISHED_BY and not groups and _by_the_text(context, event):
        text = context.discourse.topic_of((Kind.AGREEMENT,), context.index)
        yield from [Filler(text, event.start, event.end, supplied=True)] if text else ()
    decided = context.text[event.phrase.start : event.phrase.content_end].endswith(CABINET[0])
    if role is Role.AGENT and decided and fact.predicate is Property.ADOPTED_BY:
        yield Filler(context.things.take(CABINET[1], CABINET[2]), event.start, event.phrase.content_end)


def _by_the_text(context: Context, event: Event) -> bool:
    """Whether it is the text spoken of that sets something up: これにより; また、…を設けることとした."""
    settled = ALSO.match(context.text) and SETTLED.match(context.text, event.phrase.end)
    return bool(settled or BY_THIS.match(context.text))


ARTICLE = re.compile(
    r"(?:(?<=^)|(?<=[、はもが]))(?:その)?第?\d+条(?:の\d+)?(?:第?\d+項)?(?:の規定)?に(?:基づ(?:き|いて?)|より|よって)"
)


def _by_article(context: Context, event: Event) -> bool:
    """Whether something rests on an article of the text spoken of, which the sentence does not name: 第25条に基づいて合同委員会が設けられた."""
    cited = ARTICLE.search(context.text, 0, event.start)
    texts = (n for n in context.named.names if is_a(n.kind, Kind.AGREEMENT) and n.end <= event.start)
    return cited is not None and event.modified is None and not any(texts)


def _become(context: Context, event: Event) -> str | None:
    """What the text is about, where a change leads to that; the headword, where it leads to a name that is today's."""
    if event.modified is None:
        return context.discourse.headword(event.frame.theme)
    return context.discourse.topic_of(event.frame.theme, context.index)


def _having(context: Context, event: Event) -> str | None:
    """The body that has others below it, where a sentence goes on about it without a word: 二つの研究所と四つの部を置く."""
    told = event.form is Form.VERBAL and event.voice is Voice.ACTIVE and event.modified is None
    named = any(g.particle in {"は", "が", "も"} and g.end <= event.start for g in context.groups)
    return context.discourse.topic_of((Kind.INSTITUTION,), context.index) if told and not named else None


def _taking_its_place(context: Context, event: Event) -> Iterator[Filler]:
    """What takes the place of another: what the text is about, or what is said to be a thing that does: Xは、Yに代わるものである."""
    if _goes_without_subject(context, event):
        told = context.discourse.topic_of((Kind.PROGRAMME,), context.index, titled=False)
        yield from [Filler(told, event.start, event.end, supplied=True)] if told else ()
    pointing = any(p.particle == "は" and p.head.text in {"これ", "それ"} for p in context.tree.phrases[: event.phrase.index])
    told = context.discourse.topic_of(event.frame.theme, context.index) if pointing else None
    if told:
        yield Filler(told, event.start, event.end, supplied=True)
    elif event.modified and event.modified.head.text == "もの":
        before = previous_theme(event, context.tree, context.groups, event.frame.theme)
        yield from [Filler(key, m.start, m.end) for m, key in context.members(before)] if before else ()


def _goes_without_subject(context: Context, event: Event) -> bool:
    """Whether nothing in the clause can be what takes another's place: ラファールに取って代わることが期待され."""
    formal = event.modified is None or event.modified.head.text == "こと"
    return formal and not any(
        p.particle in {"は", "が", "も"} and p.head.text != "こと" for p in context.tree.phrases[: event.phrase.index + 1]
    )


def last_talks(context: Context) -> str | None:
    """The meeting just told of, where a sentence says that what it tells came of it: 会談後、共同声明を発表した."""
    near = context.index - context.discourse.meeting_at <= NEAR
    return context.discourse.meeting if near and AFTER_TALKS.search(context.text) else None


MET_AND = re.compile(
    r"(?:会談|協議|会合|会議|対話|サミット)(?:し|を(?:開き|開催し|行い|持ち)|が[^、。]*(?:開かれ|行われ|開催され|持たれ))、"
)
OUTCOMES = frozenset({"adopt", "publish", "sign"})


def these_talks(context: Context, event: Event, fillers: Fillers) -> str | None:
    """The meeting that the clause before tells of: 両首脳は会談し、共同宣言を採択した."""
    here = context.discourse.meeting_at == context.index
    several = sum(n.kind is Kind.MEETING for n in context.named.names) > 1
    told = event.form is Form.VERBAL or decided_only(event, context.tree)
    outcome = event.frame.rule in OUTCOMES and told and event.modified is None
    met = list(MET_AND.finditer(context.text, 0, event.start)) if here and outcome and not several else []
    meeting = context.discourse.meeting if met else None
    return meeting if meeting and not on_another_day(context, meeting, fillers) else None


def _theme(context: Context, event: Event, fillers: Fillers) -> Iterator[Filler]:
    if event.frame.rule == "attend.travel":
        body = context.discourse.topic_of((Kind.FORUM,), context.index) if _as_a_rule(context, event, fillers) else None
        yield from [Filler(body, event.start, event.end, supplied=True)] if body else ()
        return
    if event.frame.rule == "hold" and event.voice is Voice.PASSIVE:
        yield from _held_first(context, event, fillers)
        return
    revised = _pointed_back(context, event, fillers)
    if revised:
        yield Filler(revised, event.start, event.end, supplied=True)
    elif not _has_modified_noun(context, event) and theme_is_open(event, context.tree) and not _joins_body(event):
        yield from _from_discourse(context, event, fillers)
    elif defines(event, context.tree) and event.frame.family in DEFINING:
        entry = spoken_of(context, event.phrase, event.frame.theme)
        yield from [Filler(entry, event.start, event.end, supplied=True)] if entry else ()
    text = _drafted(context, event) if event.frame.rule == "draft" else None
    if text:
        yield Filler(text, event.start, event.end, supplied=True)


def _held_first(context: Context, event: Event, fillers: Fillers) -> Iterator[Filler]:
    """The session that a cleft dates: 首脳会合は3月に開かれた。対面では9月に開かれたのが最初である."""
    on = next((t.date for t in fillers.times if t.date and t.bound is Bound.AT), None)
    told = any(
        p.particle in {"は", "が", "も"} and p.head.nominal and not p.timex for p in context.tree.dependants[event.phrase.index]
    )
    above = event.modified or event.phrase
    own = [
        p for p in context.tree.dependants[above.depends_on] if p.particle in {"は", "も"} and p.head.nominal and not p.timex
    ]
    met = another_of_series(context, event.phrase.start, on) if not (told or own) else None
    if met:
        context.discourse.met(met, context.index)
        yield Filler(met, event.start, event.end, supplied=True)


def _pointed_back(context: Context, event: Event, fillers: Fillers) -> str | None:
    """The text that これ means where the sentence says what its topic is to it: 新指針は、これを改定したものである."""
    formal = event.modified is not None and event.modified.head.text in {"もの", "の"}
    if event.frame.rule != "revise" or not formal or not has_pronoun(event, context.tree):
        return None
    topics = {k for g in context.groups if g.particle in {"は", "も"} for _, k in context.members(g)}
    kinds = {context.things.kind(k) for k in topics | {k for g in fillers.get(Role.AGENT) for _, k in context.members(g)}}
    earlier = [context.things.current(k) for k in reversed(context.discourse.mentions)]
    here = [k for n in context.named.names for k in context.of(n)]
    if any(earlier.count(k) > here.count(k) for k in topics):
        return None  # it was spoken of before: これ may be anything else
    return next((k for k in earlier if k not in topics and context.things.kind(k) in kinds), None)


def _joins_body(event: Event) -> bool:
    """Whether a verb that names no treaty tells of a body that is joined: 2005年にルワンダが加盟した."""
    return event.frame.rule == "accede" and event.verb == "加盟"


# What an entry tells in passing of what it is on: 1971年に締結されたA、B間の軍事同盟。
DEFINING = frozenset({"establish", "sign", "effect", "end", "locate"})


DRAFT = re.compile(r"(?:最初の|当初の)?(?:草案|原案|文案|案文|素案|起草案|文言)")


def _drafted(context: Context, event: Event) -> str | None:
    """The text whose draft somebody draws up: 条約が調印された。草案をまとめたのは…; コミュニケの草案を作成した."""
    below = [p for p in context.tree.dependants[event.phrase.index] if p.particle in {"を", "は", "が"}]
    draft = next((p for p in below if DRAFT.fullmatch(context.text[p.start : p.content_end])), None)
    if draft is None:
        return None
    owner = next((p for p in context.tree.dependants[draft.index] if p.particle == "の"), None)
    if owner is None:
        return context.discourse.topic_of((Kind.AGREEMENT,), context.index)
    word = context.text[owner.start : owner.content_end]
    head = context.things.knowledge.rules.head_of(word)
    plain = head is not None and head.word == word and is_a(head.kind, Kind.AGREEMENT)
    return context.discourse.latest(head.kind, word, exact=True) if head and plain else None


def _has_modified_noun(context: Context, event: Event) -> bool:
    if event.modified is not None:
        as_a_rule = event.frame.family == "attend" and event.modified.head.text == "もの"
        return not as_a_rule  # 両長官が出席するものだった says who attends
    return event.form is Form.NOMINAL and not (_dated_deed(event) or _carried_out(context, event) or _decided(context, event))


def _decided(context: Context, event: Event) -> bool:
    """Whether a sentence only says that a founding was decided upon, of what the text is about and has not told it of: 12月の会合で創設が決まった."""
    below = context.tree.dependants[event.phrase.index]
    alone = event.phrase.words[0].start == event.start and not any(p.particle in {"の", ""} for p in below)
    if event.frame.rule != "establish" or not alone or not decided_only(event, context.tree):
        return False
    told = context.discourse.topic_of(event.frame.theme, context.index)
    return told is not None and not context.drafts.objects(told, Property.ESTABLISHED_ON, Property.ESTABLISHED_BY)


CARRYING_OUT = re.compile(r"(?:執り)?行[なわいっ]|済ま|終え|実施")


def _carried_out(context: Context, event: Event) -> bool:
    """Whether a sentence only says that a signing took place: ローマで両首相により署名が行われました."""
    verb = context.tree.phrases[event.phrase.depends_on]
    told = event.frame.family == "sign" and event.phrase.particle in {"が", "を", "は", "も"}
    return told and verb.index > event.phrase.index and bool(CARRYING_OUT.match(context.text[verb.start : verb.end]))


def _dated_deed(event: Event) -> bool:
    """Whether a deed is a sentence's topic, with nothing said but its date: 発効は2022年2月8日."""
    return event.phrase.index == 0 and event.phrase.particle == "は" and event.phrase.content_end - event.phrase.start <= DEED


DEED = 3  # characters: 発効, 署名, 締結 alone


def _from_discourse(context: Context, event: Event, fillers: Fillers) -> Iterator[Filler]:
    """What the last sentences were about, where nothing in this one can be the theme."""
    if event.frame.rule in {"attend", "gather"}:
        told = attended(context, event, fillers, _just_signed(context))
        yield from [Filler(told, event.start, event.end, supplied=True)] if told else ()
        return
    if event.frame.event or event.frame.rule in {
        "develop",
        "build-on",
        "start",
        "start.mechanism",
        "happen",
        "draft",
        "cover",
        "replace.into",
        "rename",
    }:
        return
    if event.frame.family == "establish" and founds_unnamed(context.tree) and not _decided(context, event):
        return
    key = (
        (_just_signed(context) if event.frame.rule == "accede" else None)
        or _turned_into(context, event)
        or _said_to_be(context, event)
        or context.discourse.topic_of(_lasting(event), context.index)
    )
    if event.frame.rule == "chair" and CHAIRED.search(event.phrase.tail) and context.discourse.meeting:
        near = context.index - context.discourse.meeting_at <= NEAR
        key = context.discourse.meeting if near else key  # who chaired did so at the meeting just told of
    if key:
        yield Filler(key, event.start, event.end, supplied=True)


def _just_signed(context: Context) -> str | None:
    """The treaty that the sentence, or the one before, tells the signing of, where others join: 三か国が条約を結んだ。翌年には英国も加わった."""
    signed = context.discourse.signed
    return context.things.current(signed[1]) if signed and context.index - signed[0] <= 1 else None


EVERY_YEAR = re.compile(r"(?:る|ている)。?$")


def _lasting(event: Event) -> Sequence[Kind]:
    """The classes of what an event is told of; who is in the chair year by year is so in a body, not at a meeting: 1年交代で務める."""
    if event.frame.family != "chair":
        return event.frame.theme
    standing = EVERY_YEAR.search(event.phrase.head.text + event.phrase.tail)
    return PRESIDED if standing else (*PRESIDED, Kind.MEETING)


PRESIDED = (Kind.FORUM, Kind.MECHANISM, Kind.PARTNERSHIP, Kind.ORGANISATION)  # no ministry, no command


AND_IT_IS = re.compile(r"[」』]?(?:\([^()]*\))?[」』]?で(?:あり)?、")


AS_A_RULE = re.compile(r"毎[回年]|そのつど|その都度|交互に|慣例|常に|例年")
THAT_IT_WAS = re.compile(r"^するもの(?:だ|です|で(?:ある|あった|した))")


def _as_a_rule(context: Context, event: Event, fillers: Fillers) -> bool:
    """Whether those who travel do so each time that the body meets: 両長官が渡米するものだった."""
    told = THAT_IT_WAS.match(event.phrase.tail + context.text[event.phrase.end : event.phrase.end + 5])
    each = event.form is Form.VERBAL and AS_A_RULE.search(context.text, 0, event.start)
    return not [t for t in fillers.times if t.end <= event.start and t.bound is Bound.AT] and bool(told or each)


def _turned_into(context: Context, event: Event) -> str | None:
    """What a clause before says that the body spoken of became, and that ended then: 2015年にXに改称され、2018年に解散した."""
    for earlier in context.events if event.frame.family == "end" else ():
        if earlier.phrase.index < event.phrase.index and earlier.frame.rule in INTO and earlier.modified is None:
            told = fill(earlier, context.tree, context.groups)
            for group in () if told.get(Role.THEME) else told.get(Role.GOAL)[:1]:
                return next((key for _, key in context.members(group) if fits(group, event.frame.theme)), None)
    return None


def _said_to_be(context: Context, event: Event) -> str | None:
    """The body that a clause before names as what has no name of its own: 最高機関はX委員会であり、議長はYが務める."""
    for group in context.groups:
        below = context.tree.dependants[group.phrase.index]
        unnamed = any(p.particle in {"は", "が"} and not p.name and not p.timex and p.head.nominal for p in below)
        if group.end <= event.start and AND_IT_IS.match(context.text, group.end) and unnamed and fits(group, event.frame.theme):
            return next((key for _, key in context.members(group)), None)
    return None
