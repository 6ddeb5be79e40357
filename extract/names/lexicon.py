"""Known names, all looked up in one pass: the authority's, and those that a document has defined.

Source: Aho and Corasick, Efficient string matching (1975), by way of pyahocorasick.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import ahocorasick

from extract.names.found import Name, lower
from extract.tokens import Token
from ontology.authority import Entry
from ontology.terms import Kind


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that a name can mean."""

    key: str
    kind: Kind
    ambiguous: bool = False


@dataclass(slots=True)
class Lexicon:
    """Names → the things that bear them. Built once, then only read."""

    known: Mapping[str, tuple[Known, ...]] = field(default_factory=dict)
    automaton: Any = None

    def find(self, text: str, tokens: Sequence[Token]) -> tuple[Name, ...]:
        """The known names of a sentence that begin and end where words do; overlapping ones included."""
        if self.automaton is None:
            return ()
        starts, ends = {t.start for t in tokens}, {t.end for t in tokens}
        found = []
        for last, name in self.automaton.iter(lower(text)):
            start, end = last + 1 - len(name), last + 1
            if _fits(text, start, end, starts, ends):
                found.append(self._name(text[start:end], start, end, self.known[name]))
        return tuple(found)

    def _name(self, surface: str, start: int, end: int, meant: tuple[Known, ...]) -> Name:
        ambiguous = len(meant) > 1 or meant[0].ambiguous
        keys = tuple(k.key for k in meant)
        return Name(start, end, surface, meant[0].kind, keys, ambiguous=ambiguous, certainty=3, rule="lexicon")

    def lookup(self, name: str) -> tuple[Known, ...]:
        """What a whole name can mean; empty where it is not known."""
        return self.known.get(lower(name), ())


def _fits(text: str, start: int, end: int, starts: set[int], ends: set[int]) -> bool:
    """Whether a match is a name and not a piece of another word: SCC in SCCs, 日本 in 日本部."""
    if text[start].isascii() and text[start].isalnum() and start and text[start - 1].isascii() and text[start - 1].isalnum():
        return False
    if text[end - 1].isascii() and text[end - 1].isalnum() and end < len(text) and text[end].isascii() and text[end].isalpha():
        return False
    if text[start - 1 : start] == "版" and start > 1:
        return False  # アジア版NATO is no NATO
    return (start in starts or text[start].isascii()) and (end in ends or text[end - 1].isascii())


def make_lexicon(names: Iterable[tuple[str, Known]]) -> Lexicon:
    """A lexicon of (name, what it means) pairs; a name that is given twice is ambiguous."""
    known: dict[str, tuple[Known, ...]] = {}
    for name, meaning in names:
        folded = lower(name)
        if len(folded) > 1 and meaning.key not in {k.key for k in known.get(folded, ())}:
            known[folded] = (*known.get(folded, ()), meaning)
    if not known:
        return Lexicon()
    automaton = ahocorasick.Automaton()
    for name in known:
        automaton.add_word(name, name)
    automaton.make_automaton()
    return Lexicon(known, automaton)


def authority_names(entries: Iterable[Entry]) -> Iterable[tuple[str, Known]]:
    """All (name, meaning) pairs of an authority, the shared ones marked as ambiguous."""
    for entry in entries:
        certain = (entry.label, *((entry.label_en,) if entry.label_en else ()), *entry.names)
        for name in certain:
            yield name, Known(entry.key, entry.kind)
        for name in entry.ambiguous:
            yield name, Known(entry.key, entry.kind, ambiguous=True)
