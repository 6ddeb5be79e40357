"""What a phrase depends on where the parser is known to err."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.syntax.phrases import FORMAL_NOUNS, PROSPECTS, Phrase
from ontology.terms import Kind

SEATS = frozenset({Kind.PLACE, Kind.GOVERNMENT_BODY, Kind.COMMAND, Kind.ORGANISATION})
ARGUMENTS = frozenset({"が", "を", "に", "で", "へ", "において", "に基づき", "に基づいて"})


def reattached(phrases: Sequence[Phrase]) -> Iterator[Phrase]:
    """Arguments that the parser hangs on a formal noun go to the verb right before it: あり方を 議論する ための."""
    for phrase in phrases:
        above = phrases[phrase.depends_on]
        verb = phrases[above.index - 1] if above.index else above
        formal = above.head.text in FORMAL_NOUNS or (above.head.text in PROSPECTS and phrase.particle in ARGUMENTS)
        formal = formal and verb.depends_on == above.index and verb.index > phrase.index
        if formal and phrase.particle and not verb.particle and verb.head.tag.startswith(("動詞", "名詞-普通名詞-サ変")):
            yield replace(phrase, depends_on=verb.index)
        elif _past_date(phrase, above) or _backwards(phrase, above) or _beside_seat(phrase, above):
            yield replace(phrase, depends_on=above.depends_on)
        elif topic := _topic_before(phrases, phrase, above):
            yield replace(phrase, depends_on=topic.depends_on)
        elif _there_is(phrases, phrase):
            yield replace(phrase, depends_on=phrase.index + 1)
        elif phrase.index < above.index - 1 and _beside_seat(phrases[above.index - 1], above):
            yield replace(phrase, depends_on=above.index - 1)  # 来日した|国防相と 防衛省で 会談した
        else:
            yield phrase


def _past_date(phrase: Phrase, above: Phrase) -> bool:
    """Whether a subject or object hangs on a date that only stands beside it: ブルネイが 1984年に 加盟した."""
    dated = above.timex is not None and above.particle in {"に", "から", "まで"} and above.depends_on > above.index
    return dated and phrase.particle in {"が", "を"} and phrase.index < above.index and above.head.timex is above.timex


ADNOMINAL = re.compile(r"[」』]?(?:され|し|れ|られ|っ|い|ん)?[ただる]$")


def _topic_before(phrases: Sequence[Phrase], date: Phrase, above: Phrase) -> Phrase | None:
    """The topic right before a date that dates what is said of it, not a clause within: 大臣は 9日、|ソウルで 開かれた 会合の場で 会談した."""
    topic = phrases[date.index - 1] if date.index else date
    noun = phrases[above.depends_on]
    within = above.depends_on > above.index and noun.head.nominal and not above.particle and ADNOMINAL.search(above.tail)
    if date.timex is None or date.tail != "、" or topic.particle != "は" or not within:
        return None
    return topic if above.index < topic.depends_on else None


def _beside_seat(phrase: Phrase, above: Phrase) -> bool:
    """Whether somebody with whom it is done hangs on where it is done: 国防相と 防衛省で 会談した."""
    someone = phrase.name is not None and phrase.name.kind in {Kind.PERSON, Kind.POST} and phrase.tail in {"と", "と、"}
    seat = above.name is not None and above.name.kind in SEATS and above.particle in {"で", "において", "にて"}
    return someone and seat and above.index == phrase.index + 1 and above.depends_on > above.index


def _backwards(phrase: Phrase, above: Phrase) -> bool:
    """Whether a subject hangs on what stands before it, which Japanese never does: 5月にはパリで 外相会合が、6月には首脳会合が 開かれた."""
    return phrase.tail == "が、" and above.index < phrase.index < above.depends_on


def _there_is(phrases: Sequence[Phrase], phrase: Phrase) -> bool:
    """Whether the very next phrase says that something is there, and the clause ends: 分科会が あり、部会も 置かれている."""
    following = phrases[phrase.index + 1] if phrase.index + 1 < len(phrases) else phrase
    there = following.head.lemma in EXISTING and following.tail.endswith("、")
    return there and phrase.particle == "が" and phrase.depends_on > following.index


EXISTING = frozenset({"ある", "有る", "在る"})
