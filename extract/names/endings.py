"""The longest of many words that a text ends on, found without trying each of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

V = TypeVar("V")


class Endings(Generic[V]):
    """Words and what each stands for; of two pairs with one word the first counts.

    >>> Endings([("会合", 1), ("閣僚会合", 2)]).longest("日豪閣僚会合")
    2
    """

    __slots__ = ("_lengths", "_table")

    def __init__(self, words: Iterable[tuple[str, V]]) -> None:
        self._table: dict[str, V] = {}
        lengths: dict[str, set[int]] = {}
        for word, value in words:
            self._table.setdefault(word, value)
            lengths.setdefault(word[-1], set()).add(len(word))
        # By the last letter, which most texts share with no word at all.
        self._lengths = {letter: tuple(sorted(found, reverse=True)) for letter, found in lengths.items()}

    def longest(self, text: str) -> V | None:
        """What the longest word stands for that `text` ends on; None where it ends on none."""
        for length in self._lengths.get(text[-1:], ()):
            found = self._table.get(text[-length:])
            if found is not None:
                return found
        return None
