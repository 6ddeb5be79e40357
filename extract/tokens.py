"""Words of a sentence: Sudachi's short analysis, before any parsing.

The same words serve the recognition of names and, with the names merged into one word each, the parser;
so a sentence is tokenised once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

NOMINAL_TAGS = ("名詞", "接頭辞", "接尾辞-名詞的", "形状詞-一般")


@dataclass(frozen=True, slots=True)
class Token:
    """One word: `sentence.text[start:end] == text`; `tag` is UniDic's part of speech, `lemma` its dictionary form."""

    start: int
    end: int
    text: str
    tag: str
    lemma: str
    unknown: bool = False  # not in the dictionary

    @property
    def nominal(self) -> bool:
        """Whether the word can stand inside a compound noun."""
        return self.tag.startswith(NOMINAL_TAGS)

    @property
    def person(self) -> bool:
        return self.tag.startswith("名詞-固有名詞-人名")

    @property
    def place(self) -> bool:
        return self.tag.startswith("名詞-固有名詞-地名")

    @property
    def number(self) -> bool:
        return self.tag == "名詞-数詞"


class Morpheme(Protocol):
    """What Sudachi says of a word."""

    def begin(self) -> int: ...
    def end(self) -> int: ...
    def surface(self) -> str: ...
    def part_of_speech(self) -> Sequence[str]: ...
    def dictionary_form(self) -> str: ...
    def is_oov(self) -> bool: ...


class Analyser(Protocol):
    """Sudachi's tokeniser, as GiNZA's pipeline holds it."""

    def tokenize(self, text: str) -> Sequence[Morpheme]: ...


class Pipeline(Protocol):
    """What we use of a spaCy pipeline: its tokeniser, which holds Sudachi's."""

    tokenizer: Any


def analyser_of(nlp: Pipeline) -> Analyser:
    """Sudachi as a GiNZA pipeline holds it."""
    analyser: Analyser = nlp.tokenizer.tokenizer
    return analyser


# Sudachi refuses inputs of more than 49,149 bytes; no sentence of ours comes near, hostile ones are cut here.
LONGEST = 12_000


def tokenise(text: str, *, analyser: Analyser) -> tuple[Token, ...]:
    """Split `text` into words, in order; white space makes no word."""
    words = (
        Token(
            m.begin(),
            m.end(),
            m.surface(),
            _tag(tuple(m.part_of_speech())),
            m.dictionary_form(),
            m.is_oov(),
        )
        for m in analyser.tokenize(text[:LONGEST])
        if m.surface().strip()
    )
    return tuple(part for word in words for part in _parts(word))


@lru_cache(maxsize=1 << 10)
def _tag(part_of_speech: tuple[str, ...]) -> str:
    return "-".join(part for part in part_of_speech[:4] if part != "*")


# What the dictionary has as one word though a name ends inside it: 自衛隊|法改正.
PARTED = {"法改正": 1}


# Sudachi takes a word in kana in brackets for the reading of the one before it: 委員会(ココム) is one word to it.
_GLOSSED = re.compile(r"(?P<word>[^()]+)(?P<open>\()(?P<gloss>[^()]+)(?P<close>\))")
_TAGS = {"open": "補助記号-括弧開", "gloss": "名詞-固有名詞-一般", "close": "補助記号-括弧閉"}


def _parts(word: Token) -> tuple[Token, ...]:
    glossed = _GLOSSED.fullmatch(word.text) if word.text.endswith(")") else None
    if glossed:
        return tuple(
            Token(word.start + glossed.start(part), word.start + glossed.end(part), text, _TAGS.get(part, word.tag), text)
            for part, text in glossed.groupdict().items()
        )
    at = PARTED.get(word.text)
    if at is None:
        return (word,)
    middle, text = word.start + at, word.text
    return (
        Token(word.start, middle, text[:at], "名詞-普通名詞-一般", text[:at]),
        Token(middle, word.end, text[at:], "名詞-普通名詞-サ変可能", text[at:]),
    )
