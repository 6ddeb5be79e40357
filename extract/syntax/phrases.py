"""Phrases (bunsetsu) with their particles, and the tree that they make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from extract.model import Timex
from extract.names.found import Name
from extract.syntax.words import Word

COMPOUND_PARTICLE = re.compile(
    r"(?:において|における|にて|によると|によれば|によって|により|による|に対して|に対し|に対する|に基づいて|に基づき|に基づく|に基く|"
    r"に関して|に関し|に関する|について|についての|に際して|に際し|に伴い|に伴って|とともに|と共に|として|としての|をめぐって|をめぐり|をめぐる|"
    r"を通じて|を通じ|を踏まえて(?!い|お)|を踏まえ(?!て|た|る|な)|を踏まえた(?=[^。もの])|を受けて(?!い|お)|を受け(?=、|$)|に続いて|に続き|に続く|に加えて(?!い)|に加え(?![るたらよなれ])|に向けて|に向け|に向けた|に代わって|に代わり|に代えて|に替えて|"
    r"のもとで|の下で|のもと(?=、|に)|の下(?=、|に|の)|に際しての|にあたり|にあたって|に当たり|をもって|以来|に沿って|に沿い|に則って|に則り|にのっとって|にのっとり|"
    r"に従って|に従い|に準拠して|に準拠し|に依拠して|に依拠し|を(?:法的)?根拠として|を(?:法的)?根拠に(?!す|し))(?:は|も|の|、)?"
)
FORMAL_NOUNS = frozenset({"ため", "こと", "もの", "の", "よう", "ところ", "はず", "わけ", "際", "場合", "とき", "時"})
# What is in view takes its clause's arguments too: 共同研究が 来年 始まる 見通しとなった.
PROSPECTS = frozenset({"予定", "見通し", "見込み", "運び", "方針"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A bunsetsu: content words `first..head` and the particles and auxiliaries after them.

    `particle` is the case marking (が, を, において …, "" for none), `tail` all that follows the head word,
    `depends_on` the index of the phrase that it depends on (itself for the root).
    """

    index: int
    words: tuple[Word, ...]
    head: Word
    tail: str
    particle: str
    depends_on: int

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end

    @property
    def content_end(self) -> int:
        return self.head.end

    @property
    def name(self) -> Name | None:
        return self.head.name

    @property
    def timex(self) -> Timex | None:
        for word in self.words:  # asked so often that a generator is felt
            if word.timex:
                return word.timex
        return None


@dataclass(frozen=True)
class Tree:
    """The phrases of a sentence, in order."""

    text: str
    phrases: tuple[Phrase, ...]

    @cached_property
    def dependants(self) -> tuple[tuple[Phrase, ...], ...]:
        found: list[list[Phrase]] = [[] for _ in self.phrases]
        for phrase in self.phrases:
            if phrase.depends_on != phrase.index:
                found[phrase.depends_on].append(phrase)
        return tuple(tuple(f) for f in found)

    def at(self, offset: int) -> Phrase | None:
        """The phrase that holds the character at `offset`."""
        return next((p for p in self.phrases if p.start <= offset < p.end), None)

    def governors(self, phrase: Phrase) -> Iterator[Phrase]:
        """The phrases above one, nearest first."""
        seen = {phrase.index}
        while phrase.depends_on not in seen:
            phrase = self.phrases[phrase.depends_on]
            seen.add(phrase.index)
            yield phrase


AND_OTHERS = re.compile(r"^[」』]*(?:など|等|ら|ほか|他)(?=[^の])")
COPULA = re.compile(r"^[」』]*(?:であ|です|でし|で(?:は|も)?な)")
TOPIC_CLAUSE = re.compile(r"^[」』]*(?:であるが|ですが|だが|についてであるが)、")  # まずXであるが、…
PARTICLES = re.compile(
    r"^[」』]*(には|では|とは|からは|へは|にも|でも|からも|とも|からの|への|との|での|までの|が|を|に|で|と|へ|から|より|まで|は|も|の|や|か)"
)


def particle_of(tail: str) -> str:
    """The case marking that a tail begins with, in one form for each meaning.

    >>> particle_of("における、"), particle_of("では"), particle_of("され、")
    ('における', 'では', '')
    """
    tail = AND_OTHERS.sub("", tail)
    compound = COMPOUND_PARTICLE.match(tail.lstrip("」』"))
    if compound:
        return compound.group().rstrip("、はも")
    if TOPIC_CLAUSE.match(tail):
        return "は"
    simple = PARTICLES.match(tail) if not COPULA.match(tail) else None
    return simple.group(1) if simple else ""
