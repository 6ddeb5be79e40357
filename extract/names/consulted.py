"""What a reading asked of the names that are known: the keys that it looked up, found or not.

A reading asks its tables one key after another, and each answer leads it to the next question. So as long as no answer
changes to a question that it asked, it comes out the same: that is how the store knows what need not be read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from extract.names.found import fold, lower
from extract.names.knowledge import Knowledge

V = TypeVar("V")

ENTRY = "akgid:"  # before the key of an entry, which is no name
WORD = "word:"  # before what is looked up in the rules as a verb or noun
ALL = "akgid:*"  # a table was gone through from end to end


class Consulted(Mapping[str, V]):
    """A table that writes down in `asked` which of its keys are looked up."""

    __slots__ = ("asked", "mark", "table")

    def __init__(self, table: Mapping[str, V], asked: set[str], mark: str = "") -> None:
        self.table, self.asked, self.mark = table, asked, mark

    def __getitem__(self, key: str) -> V:
        self.asked.add(self.mark + key)
        return self.table[key]

    def __iter__(self) -> Iterator[str]:
        self.asked.add(ALL)
        return iter(self.table)

    def __len__(self) -> int:
        self.asked.add(ALL)
        return len(self.table)


def consulted(knowledge: Knowledge, asked: set[str]) -> Knowledge:
    """The same knowledge for the reading of one document, with every name and entry that it is asked for put into `asked`.

    The states are not written down: they are asked of at every word.
    """
    return replace(
        knowledge,
        entries=Consulted(knowledge.entries, asked, ENTRY),
        lexicon=replace(knowledge.lexicon, known=Consulted(knowledge.lexicon.known, asked)),
        bearers=Consulted(knowledge.bearers, asked),
        sharers=Consulted(knowledge.sharers, asked),
    )


def searchable(sentences: Iterable[str]) -> str:
    """The text in which names are sought, each sentence both as the lexicon sees it and as names are compared."""
    return "\n".join(form for text in sentences for form in (lower(text), fold(text)))


def beyond_text(asked: Iterable[str], text: str, entries: Mapping[str, object]) -> tuple[str, ...]:
    """Of what was asked for, the entries that there are, and whatever the searchable `text` does not hold; in order.

    An entry that there is not was asked for by a name made into a key.
    """

    def told_by_text(key: str) -> bool:
        if key.startswith(WORD):
            return lower(key.removeprefix(WORD)) in text
        if not key.startswith(ENTRY):
            return key in text
        return key != ALL and key.removeprefix(ENTRY) not in entries and fold(key.removeprefix(ENTRY)) in text

    return tuple(sorted(key for key in asked if not told_by_text(key)))
