"""What a text says in its own words: 「国家防衛戦略では、統合抑止を推進するとしている」 covers 統合抑止.

The text stands with では, には, において or で, and a verb of saying closes what it says; the matter is the object of
what is said, else its subject. A text that only begins the sentence (〜では) holds all clauses up to the next text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.relations.discourse.context import Context, keys_of
from extract.relations.discourse.draft import LIKELY, quote, topic_key
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


def assert_stated(context: Context) -> None:
    """Make the claims of what the texts of a sentence say."""
    hosts = [g for g in context.groups if g.particle in HOLDING and fits(g, SPEAKERS)]
    stops = [*(h.phrase.index for h in hosts[1:]), len(context.tree.phrases)]
    for host, stop in zip(hosts, stops, strict=False):
        for verb in _said(context, host, stop):
            _claim(context, host, verb)


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
