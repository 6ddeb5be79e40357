"""Texts that are told by what is done to them: 「同法に基づく基本計画及び実施要領が作成された」, 「…の枠組みに署名した」.

Their head nouns name nothing elsewhere: a plan or a framework is a text where it rests on a law and is drawn up, or is signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.names.found import Name
from extract.names.widened import phrase_start
from extract.tokens import Token
from ontology.terms import Kind

RULE = "drawn-up"
WORD = r"[一-龥ァ-ヶー・]{2,20}"
AND = r"(?:及び|および|並びに|ならびに|と|、)"
RESTING = re.compile(
    rf"(?P<law>法)?に基づ(?:く|き|いて)、?(?P<row>{WORD}?(?:{AND}{WORD}?)*)[がを](?:新たに)?(?:作成|策定|決定|制定|閣議決定|定め|承認)"
)
PLAN = re.compile(r"(?:(?:基本|実施|行動|整備|推進|運用|配備|調達|年次)(?:計画|方針)|要項|要領|規則|綱領|大綱|細則)$")
SIGNED = re.compile(
    r"(?:の|に関する|のための)(?P<head>枠組み|枠組|文書|書簡|合意文書|了解)(?:文書)?(?:[にへ](?:正式に)?(?:の)?(?:署名|調印)|への署名)"
)
# 両国は、…を共同で開発する|計画を発表した: a plan is told by the clause before it, and by its being announced.
ANNOUNCED = re.compile(
    r"(?:政府|両国|か国|首脳|[一-龥ァ-ヶー]{2,12})(?:は|が)、(?P<clause>[^、。はが「」]{8,60}?[るうくすぐぶむつ])(?P<head>計画|構想|イニシアティブ|イニシアチブ)を(?:共同で|正式に)?"
    r"(?:発表|公表|打ち出|明らかに|披露)"
)
SHORTEST = 6  # characters before the head that tell which it is


def drawn_up(text: str, tokens: Sequence[Token], *, blocked: frozenset[int]) -> Iterator[Name]:
    """The texts of a sentence that a law carries and somebody draws up, and those that are signed."""
    starts = {t.start for t in tokens}
    for match in RESTING.finditer(text):
        at = match.start("row")
        for part in re.split(f"({AND})", match["row"]):
            if PLAN.search(part) and at in starts:
                kind = Kind.POLICY if match["law"] else Kind.ARRANGEMENT
                yield Name(at, at + len(part), part, kind, certainty=0, rule=RULE)
            at += len(part)
    for match in ANNOUNCED.finditer(text):
        at = match.start("clause")
        if at in starts and "を" in match["clause"] and not any(i in blocked for i in range(at, match.end("head"))):
            label = text[at : match.end("head")]
            yield Name(at, match.end("head"), label, Kind.POLICY, certainty=0, rule=RULE)
    for match in SIGNED.finditer(text):
        start = phrase_start(text, tokens, match.start(), blocked)
        if start is not None and match.start() - start >= SHORTEST:
            label = text[start : match.end("head")]
            yield Name(start, match.end("head"), label, Kind.ARRANGEMENT, certainty=0, rule=RULE)
