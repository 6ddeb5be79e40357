"""What the recognisers of names hand on: a stretch of a sentence and what it may name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from ontology.terms import Kind

IGNORED = str.maketrans("", "", " \u3000「」『』“”\"'〈〉《》・･,，、")
_ASCII_LOWER = {c: c + 32 for c in range(ord("A"), ord("Z") + 1)}


def fold(name: str) -> str:
    """A name as compared: NFKC, lower case, without quotation marks, middle dots and spaces.

    >>> fold("「２＋２」") == fold("2+2")
    True
    """
    return unicodedata.normalize("NFKC", name).translate(IGNORED).lower()


@lru_cache(maxsize=1 << 14)
def lower(text: str) -> str:
    """ASCII letters in lower case; every character keeps its place."""
    return text.translate(_ASCII_LOWER)


@dataclass(frozen=True, slots=True)
class Name:
    """A name found in one sentence: `sentence.text[start:end]`.

    `keys` are the entities that it stands for: none yet (a new name), one, several members (日米: two
    states, `plural`), or candidates (指針: which year's?, `ambiguous`). `label` is the name without what
    the recogniser added around it. `certainty` ranks overlapping finds of equal length.
    """

    start: int
    end: int
    label: str
    kind: Kind
    keys: tuple[str, ...] = ()
    plural: bool = False
    ambiguous: bool = False
    certainty: int = 0
    rule: str = ""

    def moved(self, start: int, end: int) -> Name:
        return replace(self, start=start, end=end)


def longest(names: Iterable[Name]) -> tuple[Name, ...]:
    """Of names that overlap keep the longer one, then the more certain, then the earlier; in text order."""
    kept: list[Name] = []
    taken: set[int] = set()
    for name in sorted(names, key=lambda n: (n.start - n.end, -n.certainty, n.start)):
        if taken.isdisjoint(range(name.start, name.end)):
            kept.append(name)
            taken.update(range(name.start, name.end))
    return tuple(sorted(kept, key=lambda n: n.start))
