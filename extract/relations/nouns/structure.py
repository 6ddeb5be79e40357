"""What names, brackets and apposition say without a verb.

上川陽子外務大臣 holds a post; 日米物品役務相互提供協定 has two parties; 横田基地の在日米軍司令部 has a seat;
1996年12月の「SACO最終報告」 has a date.
"""

from __future__ import annotations

import re
from itertools import pairwise

from extract.names.found import Name
from extract.names.states import PAIR, WIDE
from extract.relations.discourse.context import Context, session_key
from extract.relations.discourse.draft import CERTAIN, LIKELY, quote
from extract.relations.factuality.outlook import with_date
from extract.relations.factuality.standing import phrase_standing
from extract.relations.grammar.events import SURU
from extract.relations.matters.entitled import assert_entitled
from extract.relations.nouns.brackets import ISSUED, assert_brackets
from extract.relations.nouns.partakers import attended, between_bodies, done_by, exercised, made_of, meeting_in, spoke
from extract.relations.texts.amendments import AMENDED
from extract.relations.texts.parties import CONNECTED
from ontology.terms import Factuality, Kind, Property, is_a

SEATED = (Kind.COMMAND, Kind.ORGANISATION, Kind.GOVERNMENT_BODY, Kind.INSTITUTION)
CONTAINED = (Kind.COMMAND, Kind.GOVERNMENT_BODY, Kind.INSTITUTION)
CONTAINERS = (Kind.ARMED_FORCE, Kind.GOVERNMENT_BODY, Kind.COMMAND, Kind.ORGANISATION)
AMENDING = re.compile(r"^(.+?)(?:の一部)?を改正する|^改正(.+)$|^(.+?法)改正$")
HIRAGANA = re.compile(r"[ぁ-ん]")
JOINED_FORCE = re.compile(r"(?:連合|合同|統合)軍$")  # of the 米韓連合軍司令部, that is no body of its own
SHORTEST_PART = 2  # characters that a part's name has beyond the whole's
FORMER = re.compile(r"^(?:前|元|故)(?!線|方)")
SAME = re.compile(r"同(?!盟)")  # 同部長官
RESOLUTION = re.compile(r"^(.+?(?:理事会|安保理|総会))決議")


def assert_structure(context: Context) -> None:
    """Make the claims that a sentence's names make by where they stand."""
    _holdings(context)
    for name in context.named.names:
        for key in context.of(name) if not name.plural else ():
            _dated(context, name, key)
            assert_brackets(context, name, key)
            _inside(context, name, key)
            done_by(context, name, key)
    _adjacent(context)
    attended(context)
    made_of(context)
    meeting_in(context)
    spoke(context)


def _holdings(context: Context) -> None:
    for holding in context.named.holdings:
        person = next(n for n in context.named.names if (n.start, n.end) == holding.person)
        post = next(n for n in context.named.names if (n.start, n.end) == holding.post)
        for p in context.of(person):
            for q in context.of(post):
                evidence = quote(context.named.sentence, holding.person, holding.post)
                if FORMER.match(post.label) or SAME.match(post.label):
                    continue  # since when and until when, or of which body, is not said
                # モディ首相: whose the office is, that the title is short for, was only inferred
                short = context.things[q].label != post.label
                sure = LIKELY if short else CERTAIN
                context.drafts.add(p, Property.HOLDS_POST, q, Factuality.ACTUAL, evidence, "holding", confidence=sure)
    for a, b in pairwise(context.named.names):
        if a.end == b.start and a.kind is Kind.ORGANISATION and b.kind is Kind.PERSON:
            evidence = quote(context.named.sentence, (a.start, b.end))
            for party in context.of(a):
                for politician in context.of(b):
                    context.drafts.add(party, Property.HAS_MEMBER, politician, Factuality.ACTUAL, evidence, "holding.party")


# Whose date it is, told by the verb's own frame: 5月の取決めの署名.
ANOTHER_DEED = re.compile(r"[」』]?(?:\([^()]*\))?の(?:署名|調印|締結|発効|施行|失効|批准|公布|妥結|終了)(?![国者式])")
LYING = ("にある", "に所在する")  # where a body lies it is no part of what lies there: 沖縄県にある米軍
ONE_END = re.compile(r"の?(?:勃発|開始|終結|終了|停戦|休戦)")


def _dated(context: Context, name: Name, key: str) -> None:
    """The date right before a name: of a meeting when it was held, of a text when it was issued."""
    timex = context.dates.get(name.start)
    if (
        timex is None
        or timex.date is None
        or AMENDED.match(context.text, name.end)
        or ANOTHER_DEED.match(context.text, name.end)
    ):
        return
    kind = context.things.kind(key)
    evidence = quote(context.named.sentence, (timex.start, name.end))
    factuality = with_date(Factuality.ACTUAL, timex.date, context.published)
    if is_a(kind, Kind.MEETING):
        context.drafts.add_meeting(key, evidence, factuality, CERTAIN)
    elif is_a(kind, Kind.FORUM) or name.label.endswith("委員会"):
        phrase = context.tree.at(name.end - 1)
        if phrase and phrase.particle not in {"の", ""} | {"を"} and not _standing_body(context, name):
            meeting = session_key(context, name, timex.date)
            if meeting:
                context.meetings[name.start] = meeting
                context.discourse.met(meeting, context.index)
                context.drafts.add_meeting(meeting, evidence, factuality, CERTAIN)
    elif is_a(kind, Kind.OCCURRENCE):
        if ONE_END.match(context.text, name.end):
            return  # 1950年6月25日の朝鮮戦争の勃発 dates its beginning
        context.drafts.add(key, Property.HELD_ON, timex.date, factuality, evidence, "dated", confidence=LIKELY)
    elif kind in ISSUED:
        context.drafts.add(key, ISSUED[kind], timex.date, factuality, evidence, "dated", confidence=LIKELY)


def _standing_body(context: Context, name: Name) -> bool:
    """Whether a dated body is set up, ended or turned into another, and so no meeting: 1991年の協力理事会は、1997年に改組された."""
    deeds = (e for e in context.events if e.frame.family in {"establish", "end", "replace", "rename"})
    return any(m.name == name for e in deeds for g in context.themes(e) for m in g.members)


def _inside(context: Context, name: Name, key: str) -> None:
    """What a name says in itself: its parties, its level, what it is about, what it amends."""
    things, sentence = context.things, context.named.sentence
    thing = things[key]
    evidence = quote(sentence, (name.start, name.end))
    if name.rule != "anaphor" and any(is_a(thing.kind, k) for k in (Kind.PARTNERSHIP, Kind.FORUM)):
        whose = CONNECTED.sub("", name.label)
        states = things.knowledge.states.prefix(whose) or _with_company(context, whose)
        both = is_a(thing.kind, Kind.FORUM) and TWO_SIDED.search(name.label)
        for state in states if len(states) > PAIR or (len(states) == PAIR and both) else ():
            things.known(state)
            context.drafts.add(key, Property.HAS_MEMBER, state, Factuality.ACTUAL, evidence, "name.states", confidence=LIKELY)
    exercised(context, name, key)
    between_bodies(context, name, key)
    _about(context, name, key)
    _contained(context, name, key)
    assert_entitled(context, name, key)


# Bodies that two sides hold with one another, by their names; a 委員会 may be one side's on the other.
TWO_SIDED = re.compile(r"(?:協議|対話|協議会|会合|協議委員会|合同委員会|2プラス2|2[+＋]2|閣僚会議|フォーラム)$")
WITH_COMPANY = re.compile(r"([一-龥])・?([A-Z]{2,6})(?=[一-龥ァ-ヶ])")


def _with_company(context: Context, name: str) -> tuple[str, ...]:
    """The state and the company of states with which a name begins: 日・EU海洋対話, 日ASEAN防衛対話."""
    found = WITH_COMPANY.match(name)
    letter = context.things.knowledge.states.letters.get(found.group(1)) if found else None
    company = context.things.find(found.group(2), Kind.PARTNERSHIP) if found else None
    return (letter, company) if letter and company else ()


def _contained(context: Context, name: Name, key: str) -> None:
    """太平洋艦隊情報調整室 is part of 太平洋艦隊: a body whose name begins with another's."""
    things = context.things
    if not any(is_a(things.kind(key), k) for k in CONTAINED) or name.rule == "anaphor":
        return
    for token in reversed(context.named.tokens):
        if not name.start < token.end < name.end:
            continue
        outer = context.text[name.start : token.end]
        head = things.knowledge.rules.head_of(outer)
        known = things.find(outer, head.kind) or things.knowledge.states.prefix(outer) if head else None
        if (
            head
            and known
            and (not JOINED_FORCE.search(outer) or things.find(outer, head.kind))
            and not HIRAGANA.search(name.label[len(outer) :])
            and head.word != outer
            and any(is_a(head.kind, k) for k in CONTAINERS)
            and len(name.label) - len(outer) > SHORTEST_PART
        ):
            whole = things.take(outer, head.kind)
            context.drafts.add(
                key,
                Property.PART_OF,
                whole,
                Factuality.ACTUAL,
                quote(context.named.sentence, (name.start, name.end)),
                "name.part",
            )
            return


def _about(context: Context, name: Name, key: str) -> None:
    evidence = quote(context.named.sentence, (name.start, name.end))
    amended = AMENDING.match(name.label)
    if amended and is_a(context.things.kind(key), Kind.AGREEMENT):
        other = _amended(context, name, next(g for g in amended.groups() if g), key)
        if other:
            context.drafts.add(key, Property.REVISES, context.things.current(other), Factuality.ACTUAL, evidence, "name.amends")
        return
    resolution = RESOLUTION.match(name.label)
    if resolution:
        body = context.things.find(resolution.group(1), Kind.INSTITUTION) or context.things.take(
            resolution.group(1), Kind.ORGANISATION
        )
        if body not in context.things:
            context.things.known(body)
        context.drafts.add(
            key, Property.ADOPTED_BY, context.things.current(body), Factuality.ACTUAL, evidence, "name.resolution"
        )


def _amended(context: Context, name: Name, inner: str, key: str) -> str | None:
    """What a name says that its bearer amends; 改正議定書 alone does not, but that before it may: 日豪租税協定の改正議定書."""
    head = context.things.knowledge.rules.head_of(inner)
    if head and head.word == inner:
        owner = next((n for n in context.named.names if context.text[n.end : name.start] == "の"), None)
        texts = context.of(owner) if owner and not owner.plural and is_a(owner.kind, Kind.AGREEMENT) else ()
        return texts[0] if texts else None
    other = context.things.find(inner, Kind.AGREEMENT) or (
        context.things.take(inner, context.things.kind(key)) if head else None
    )
    if other and other not in context.things:
        context.things.known(other)
    return other


def _adjacent(context: Context) -> None:
    """Two names side by side: a seat (横田基地の在日米軍司令部), a part (自衛隊の統合作戦司令部), a basis (15指針に基づくACM)."""
    names = context.named.names
    for a, b in pairwise(names):
        between = context.text[a.end : b.start]
        for x in context.of(a):
            for y in context.of(b):
                _pair(context, a, x, between, b, y)


def _pair(context: Context, a: Name, x: str, between: str, b: Name, y: str) -> None:
    evidence = quote(context.named.sentence, (a.start, b.end))
    things = context.things
    if re.fullmatch(r"[」』]?(?:の|にある|に所在する|に司令部を置く|に本部を置く)[「『]?", between):
        if things.kind(x) is Kind.PLACE and not WIDE.search(a.label) and any(is_a(things.kind(y), k) for k in SEATED):
            context.drafts.add(y, Property.LOCATED_IN, x, _around(context, b), evidence, "seat", confidence=LIKELY)
        elif between not in LYING and b.rule != "anaphor" and _contains(things.kind(x), things.kind(y)):
            context.drafts.add(y, Property.PART_OF, x, _around(context, b), evidence, "part", confidence=LIKELY)
    elif (
        is_a(things.kind(x), Kind.FORUM)
        and is_a(things.kind(y), Kind.AGREEMENT)
        and re.fullmatch(r"[」』]?(?:の)?(?:共同)?(?:文書|発表|共同発表|成果文書)?[「『]?", between)
        and between
    ):
        timex = context.dates.get(a.start)
        if timex and timex.date:
            context.drafts.add(
                y,
                Property.ADOPTED_ON,
                timex.date,
                with_date(Factuality.ACTUAL, timex.date, context.published),
                quote(context.named.sentence, (timex.start, b.end)),
                "text.of",
            )
        context.drafts.add(y, Property.ADOPTED_BY, x, Factuality.ACTUAL, evidence, "text.of")
    elif re.fullmatch(
        r"[」』]?(?:\([^()]*\))?(?:に基づく|に基づいて設置された|で規定されている|に規定された|に基づき設置された)(?:新たな|初の)?[「『]?",
        between,
    ):
        context.drafts.add(y, Property.BASED_ON, x, _around(context, b), evidence, "basis")


def _contains(whole: Kind, part: Kind) -> bool:
    """Whether a body of one class, named as that of another, is a part of it: 自衛隊の統合作戦司令部, FPDAの統合地域防衛システム司令部."""
    inside = any(is_a(part, k) for k in CONTAINED) and any(is_a(whole, k) for k in CONTAINERS)
    return inside or (is_a(whole, Kind.PARTNERSHIP) and any(is_a(part, k) for k in (Kind.COMMAND, Kind.FORUM)))


def _around(context: Context, name: Name) -> Factuality:
    """The standing of what is said of a name in passing: that of the relative clause it stands in, Planned for 創設予定の."""
    phrase = context.tree.at(name.start)
    if phrase is None:
        return Factuality.ACTUAL
    phrases, first = context.tree.phrases, phrase.index
    while first > 0 and phrases[first - 1].particle == "の" and phrases[first - 1].name:
        first -= 1  # 創設予定の自衛隊の司令部
    planned = [p for p in phrases[max(first - 1, 0) : first] if p.head.text == "予定" and p.tail == "の"]
    for below in (*context.tree.dependants[phrase.index], *planned):
        if below.index < phrase.index and (SURU.match(below.tail) or below.head.text == "予定"):
            found = phrase_standing(context.tree, below).factuality
            if below.head.text == "予定":
                return Factuality.PLANNED
            if found and found is not Factuality.ACTUAL:
                return found
    return Factuality.ACTUAL
