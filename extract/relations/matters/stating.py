"""What a text says in its own words: 「国家防衛戦略では、統合抑止を推進するとしている」 covers 統合抑止.

The text stands with では, には, において or で, and a verb of saying closes what it says; the matter is the object of
what is said, else its subject. A text that only begins the sentence (〜では) holds all clauses up to the next text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.model import Bound, Stretch
from extract.relations.discourse.context import Context, keys_of
from extract.relations.discourse.draft import LIKELY, SUPPLIED, quote, topic_key
from extract.relations.factuality.standing import phrase_standing
from extract.relations.grammar.groups import Group, fits
from extract.relations.matters.covering import MATTERS
from extract.relations.matters.topics import spoken_of, topics_of
from extract.syntax import Phrase
from ontology.terms import Factuality, Kind, Property

SPEAKERS = (Kind.AGREEMENT, Kind.MEETING)
HOLDING = frozenset({"では", "には", "において", "においては", "で", "にも", "でも"})
# How what is said closes: 推進するとし、 激化しているとしている、 進行中であるとの認識を、 「…」とある.
SAID = re.compile(
    r"(?:る|た|い|だ|う|く|す|つ|む|ぶ|化|進|」|べき|である)[」』]?(?:と(?:し(?:$|、|て|た)|する(?:$|。)|され(?:て|る)|ある|あり|の(?:認識|考え|見方|方針|立場|見解)?|$)|ことと?し|旨|ことが?(?:明記|示|記|うた|盛))"
)
SPEAKING = re.compile(
    r"述べ|指摘|説明|強調|表明|示|明記|うた|謳|記|宣言|主張|位置[付づ]け|確認|唱え|規定|定め|論じ|打ち出|掲げ|説|訴え"
)
THAT = re.compile(r"^(?:こと|旨)(?:と(?:し|され)|[がを](?:明記|明示|示|記|うた|盛|述|定))")
TOLD = re.compile(r"述べ|旨|発言|提起|伝え|訴え")
GOES_ON = re.compile(r"^[」』]?し、$")
PLACED = re.compile(r"位置[付づ]け|とら?え|捉え|見な|みな|認識|定義")


ISSUING = re.compile(r"(?:発表|公表|発出|刊行|策定)(?:し、|して)|(?:まとめ|出し)(?:て)?、")
POSSIBLE = re.compile(r"(?:実施)?可能(?:と|に)な[っり]")
BY = re.compile(r"により|によって|で")
THERE = re.compile(r"(?:そこ|その中|この中)で(?:は|、)")
DATING = (Property.PUBLISHED_ON, Property.ADOPTED_ON, Property.SIGNED_ON)


def assert_stated(context: Context) -> None:
    """Make the claims of what the texts of a sentence say."""
    hosts = [g for g in context.groups if g.particle in HOLDING and fits(g, SPEAKERS)]
    stops = [*(h.phrase.index for h in hosts[1:]), len(context.tree.phrases)]
    for host, stop in zip(hosts, stops, strict=False):
        for verb in _said(context, host, stop):
            _claim(context, host, verb)
            _issued(context, host)
    for text in _just_issued(context):
        for verb in context.tree.phrases[text.phrase.index + 1 :]:
            if PLACED.match(context.text, verb.start) and not _subject_between(context, text, verb):
                _claim(context, text, verb)
    _allowed(context)
    if not hosts:
        _there(context)


def _said(context: Context, host: Group, stop: int) -> Iterator[Phrase]:
    """The verbs of what a text says, between it and the next text."""
    for phrase in context.tree.phrases[host.phrase.index + 1 : stop]:
        shown = context.text[phrase.start : phrase.end]
        above = context.tree.phrases[phrase.depends_on]
        beyond = context.tree.phrases[above.depends_on]
        over = context.text[above.start : max(above.end, beyond.end)] if above.index > phrase.index else ""
        verbal = phrase.head.tag.startswith("動詞") or re.match(r"[」』]?(?:さ|し|す|せ|で|だ|中)", phrase.tail)
        said = verbal and (
            (SAID.search(shown) and (SPEAKING.search(over) or re.search(r"とし|とする|とされ|とある", shown)))
            or THAT.match(over)
        )
        if fits(host, (Kind.MEETING,)):
            said = said and TOLD.search(shown + over)
        if said:
            goes_on = (
                p for p in context.tree.dependants[phrase.index] if GOES_ON.search(p.tail) and p.index > host.phrase.index
            )
            yield from goes_on
        if said or (fits(host, (Kind.AGREEMENT,)) and PLACED.match(shown)):
            yield phrase


def _just_issued(context: Context) -> list[Group]:
    """The texts that a clause says are issued: 白書を発表し、Xとの関係を「競争」と位置づけた."""
    return [
        g
        for g in context.groups
        if g.particle == "を"
        and fits(g, (Kind.AGREEMENT,))
        and ISSUING.match(context.text, context.tree.phrases[g.phrase.depends_on].start)
    ]


def _subject_between(context: Context, text: Group, verb: Phrase) -> bool:
    return any(p.particle in {"は", "が"} for p in context.tree.phrases[text.phrase.index + 1 : verb.index])


def _issued(context: Context, host: Group) -> None:
    """When a state's strategy came out that is told only by what the state said in it: 豪州は2024年、国防戦略で…との認識を示した."""
    name = host.members[0].name
    owners = [g for g in context.groups if g.phrase.index < host.phrase.index and g.members[0].name.kind is Kind.STATE]
    dates = [t for t in context.named.timexes if t.end <= host.start and t.date and t.bound is Bound.AT]
    if host.particle != "で" or name.kind is not Kind.POLICY or len(dates) != 1 or not owners:
        return
    if owners[0].particle not in {"は", "も"} or owners[0].members[0].name.plural:
        return
    told = dates[0].date
    for key, place in keys_of(context, [host], (Kind.POLICY,)):
        if told and not context.drafts.objects(key, *DATING):
            evidence = quote(context.named.sentence, (dates[0].start, dates[0].end), place)
            context.drafts.add(
                key, Property.PUBLISHED_ON, told, Factuality.ACTUAL, evidence, "stated.dated", confidence=SUPPLIED
            )


def _allowed(context: Context) -> None:
    """What a law or an agreement made possible: 港湾法により、外国軍艦の寄港が可能となった."""
    hosts = [g for g in context.groups if g.particle in {"により", "によって", "で"} and fits(g, (Kind.AGREEMENT,))]
    for verb in context.tree.phrases if hosts else ():
        before = [h for h in hosts if h.phrase.index < verb.index]
        if before and POSSIBLE.match(context.text, verb.start):
            _claim(context, before[-1], verb)


def assert_made_possible(context: Context, text: str, place: Stretch) -> None:
    """What came to be possible by a text at a place of the sentence: 港湾法改正|により、外国軍艦の寄港が可能となった."""
    verb = next((p for p in context.tree.phrases if p.start > place[1] and POSSIBLE.match(context.text, p.start)), None)
    if verb and BY.match(context.text, place[1]):
        _covers(context, text, place, verb)


def _there(context: Context) -> None:
    """What a text says where a sentence only points at it: そこでは、密漁の拡大を脅威ととらえている."""
    opening = THERE.match(context.text)
    key = context.discourse.last_of(SPEAKERS, context.index) if opening else None
    for verb in context.tree.phrases if opening and key else ():
        if key and opening and PLACED.match(context.text, verb.start):
            _covers(context, key, opening.span(), verb)


def _covers(context: Context, text: str, place: Stretch, verb: Phrase) -> None:
    for phrase in (p for p in spoken_of(context.tree, verb) if not p.name):
        for start, end, matter in topics_of(context.tree, phrase):
            evidence = quote(context.named.sentence, place, (start, end), (verb.start, verb.end))
            topic = topic_key(context.things, matter)
            context.drafts.add(text, Property.COVERS, topic, Factuality.ACTUAL, evidence, "stated", confidence=LIKELY)


def _claim(context: Context, host: Group, verb: Phrase) -> None:
    found = phrase_standing(context.tree, verb).factuality
    standing = Factuality.NEGATED if found is Factuality.NEGATED else Factuality.ACTUAL
    phrases = [p for p in spoken_of(context.tree, verb) if p.index > host.phrase.index]
    for phrase in phrases if found else ():
        deed = verb.head.text if phrase.name and not verb.head.tag.startswith("動詞") else ""
        if phrase.name and not deed and not (PLACED.match(context.text, verb.start) and phrase.name.kind in MATTERS):
            continue
        for start, end, text in topics_of(context.tree, phrase):
            for key, place in keys_of(context, [host], SPEAKERS):
                evidence = quote(context.named.sentence, place, (start, end), (verb.start, verb.end))
                topic = topic_key(context.things, f"{text}の{deed}" if deed else text)
                context.drafts.add(key, Property.COVERS, topic, standing, evidence, "stated", confidence=LIKELY)
