"""The words that the parser sees: names and dates as one ordinary word each, remarks in brackets left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.model import Timex
from extract.names.found import Name
from extract.names.recognise import NamedSentence
from extract.tokens import Token
from ontology.terms import Kind, lineage

STAND_IN = {
    Kind.FORUM: "委員会",
    Kind.MECHANISM: "組織",
    Kind.COMMAND: "司令部",
    Kind.GOVERNMENT_BODY: "政府",
    Kind.ARMED_FORCE: "自衛隊",
    Kind.PARTNERSHIP: "同盟",
    Kind.ORGANISATION: "研究所",
    Kind.INSTITUTION: "組織",
    Kind.AGREEMENT: "協定",
    Kind.PROGRAMME: "ミサイル",
    Kind.MEETING: "会談",
    Kind.OCCURRENCE: "戦争",
    Kind.PERSON: "田中",
    Kind.POST: "大臣",
    Kind.STATE: "日本",
    Kind.PLACE: "東京",
    Kind.TOPIC: "問題",
}
DATE_STAND_IN = "昨年"
# Verbs that can also be auxiliaries (て置く) and are full ones in this prose.
FULL_VERBS = frozenset(
    {"置く", "行く", "来る", "見る", "出す", "始める", "続ける", "付ける", "受ける", "終わる", "終える", "交わす", "就く"}
)
CIRCLED = re.compile(r"[①-⑳㉑-㉟]")
OPENING, CLOSING = frozenset("「『“"), frozenset("」』”")


@dataclass(frozen=True, slots=True)
class Word:
    """One word as the parser sees it: `sentence.text[start:end]`, a name or a date being one word."""

    start: int
    end: int
    text: str
    tag: str
    lemma: str
    name: Name | None = None
    timex: Timex | None = None

    @property
    def content(self) -> bool:
        """Whether the word opens or carries a phrase, rather than closing one."""
        if self.name or self.timex:
            return True
        if self.tag.startswith(("助詞", "助動詞", "補助記号", "空白")) or CIRCLED.match(self.text):
            return False
        return not self.tag.endswith("非自立可能") or self.tag.startswith("形容詞") or self.lemma in FULL_VERBS

    @property
    def nominal(self) -> bool:
        return bool(self.name or self.timex) or self.tag.startswith(("名詞", "代名詞", "接尾辞-名詞的", "接頭辞"))


def merged_words(named: NamedSentence) -> tuple[Word, ...]:
    """The words of a sentence with each name (and its quotation marks) and date as one, remarks in brackets left out."""
    text = named.sentence.text
    units: list[tuple[int, int, Name | None, Timex | None]] = [(n.start, n.end, n, None) for n in named.names]
    units += [
        (x.start, x.end, None, x) for x in named.timexes if not any(n.start < x.end and x.start < n.end for n in named.names)
    ]
    units.sort(key=lambda u: u[0])
    hidden = _brackets(text, units)
    words: list[Word] = []
    for token in named.tokens:
        while units and units[0][0] < token.end:
            start, end, name, timex = units[0]
            if start > token.start and (not words or words[-1].end <= token.start):
                words.append(_piece(token, token.start, start, text))
            units.pop(0)
            if start not in hidden:
                words.append(Word(start, end, text[start:end], "名詞-固有名詞-一般", text[start:end], name, timex))
        done = words[-1].end if words else 0
        if token.start in hidden or token.end <= done:
            continue
        if any(s <= token.start and token.end <= e for s, e in ((u[0], u[1]) for u in units[:1])):
            continue
        words.append(_piece(token, max(token.start, done), token.end, text))
    return tuple(_without_marks(words))


def _piece(token: Token, start: int, end: int, text: str) -> Word:
    whole = start == token.start and end == token.end
    return Word(start, end, text[start:end], token.tag, token.lemma if whole else text[start:end])


def _without_marks(words: Sequence[Word]) -> Iterator[Word]:
    """Quotation marks that stand right around a name go."""
    for i, word in enumerate(words):
        before = words[i - 1] if i else None
        after = words[i + 1] if i + 1 < len(words) else None
        if word.text in OPENING and after and after.name and i + 2 < len(words) and words[i + 2].text in CLOSING:
            continue
        if word.text in CLOSING and before and before.name and i > 1 and words[i - 2].text in OPENING:
            continue
        yield word


def _brackets(text: str, units: Iterable[tuple[int, int, Name | None, Timex | None]]) -> frozenset[int]:
    """The offsets inside round brackets, marks included, but for brackets inside a name or a date."""
    inside = {i for start, end, _, _ in units for i in range(start, end)}
    hidden: set[int] = set()
    depth = 0
    closing = text.count(")")
    for i, c in enumerate(text):
        if c == "(" and i not in inside and closing > 0:
            depth += 1
        if depth:
            hidden.add(i)
        if c == ")" and i not in inside:
            closing -= 1
            depth = max(0, depth - 1)
    return frozenset(hidden)


def stand_in(word: Word) -> str:
    """The ordinary word that the parser sees for a name or a date."""
    if word.timex:
        return DATE_STAND_IN
    if word.name:
        return next((STAND_IN[k] for k in lineage(word.name.kind) if k in STAND_IN), word.text)
    return "、" if CIRCLED.match(word.text) else word.text


def text_of(words: Sequence[Word]) -> str:
    return "".join(w.text for w in words)
