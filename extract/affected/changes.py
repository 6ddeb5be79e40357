"""Which readings a change can touch: those that asked what is answered otherwise now.

A reading asks of names either those that stand in its sentences, or others, which it wrote down (`Extraction.asked`): names
put together of pieces (日豪 and 円滑化協定 of 「日英と日豪の円滑化協定」), names that known things have besides, the dictionary form of
verbs. Everything else that it rests on is the same for all documents, and a change of that touches all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import ahocorasick

from extract.affected.fingerprint import Fingerprint
from extract.model import SILENT, Extraction, Role
from extract.names.consulted import ALL, ENTRY, WORD, searchable
from extract.names.found import fold, lower
from extract.reading import read_sentences

PROVEN = ("name", "entry", "word", "heard")  # the sorts of parts that are known not to touch everything


@dataclass(frozen=True)
class Changes:
    """What changed between two fingerprints: `parts` by their names, in order; `silent` are the roles that are not heard now."""

    parts: tuple[str, ...]
    silent: frozenset[Role] = field(default=SILENT)

    @property
    def nothing(self) -> bool:
        """Whether no reading can come out differently."""
        return not self.parts

    @cached_property
    def everything(self) -> bool:
        """Whether every reading can."""
        return any(part.partition("/")[0] not in PROVEN for part in self.parts) or "" in self._words

    def touch(self, reading: Extraction) -> bool:
        """Whether a document can be read differently now than it was; True unless it is proven that it cannot.

        It takes the whole reading, not the document alone, for what the reading asked beyond the words of the text.
        """
        if self.nothing or self.everything:
            return self.everything
        if reading.asked is None or ALL in reading.asked or not self._asked.isdisjoint(reading.asked):
            return True
        sentences = read_sentences(reading.document)
        if any(s.role in self._roles for s in sentences):
            return True
        words = (lower(a.removeprefix(WORD)) for a in reading.asked if a.startswith(WORD))
        text = searchable(s.text for s in sentences if s.role not in self.silent)
        return self._stand_in("\n".join((text, *words)))

    def _stand_in(self, text: str) -> bool:
        return bool(self._words) and next(self._automaton.iter(text), None) is not None

    @cached_property
    def _roles(self) -> frozenset[Role]:
        return frozenset(Role(role) for role in self._of("heard"))

    @cached_property
    def _asked(self) -> frozenset[str]:
        """What a reading that they touch may have written down."""
        return frozenset([*self._of("name"), *(ENTRY + key for key in self._of("entry"))])

    @cached_property
    def _words(self) -> frozenset[str]:
        """What stands in the text of a document that they touch, if that wrote down nothing."""
        keys = (fold(key) for key in self._of("entry"))
        words = (lower(part.partition("/")[2]) for part in self._of("word"))
        return frozenset([*self._of("name"), *keys, *words])

    @cached_property
    def _automaton(self) -> Any:  # noqa: ANN401  the library tells no types
        automaton = ahocorasick.Automaton()
        for word in self._words:
            automaton.add_word(word, word)
        automaton.make_automaton()
        return automaton

    def _of(self, sort: str) -> Iterable[str]:
        return (part.removeprefix(f"{sort}/") for part in self.parts if part.startswith(f"{sort}/"))


def changes(old: Fingerprint, new: Fingerprint) -> Changes:
    """What changed from one fingerprint to another."""
    if old.whole == new.whole:
        return Changes(())
    before, now = old.parts, new.parts
    heard = frozenset(role for role in SILENT if f"heard/{role}" in now)
    differing = (part for part in {*before, *now} if before.get(part) != now.get(part))
    return Changes(tuple(sorted(differing)), SILENT - heard)
