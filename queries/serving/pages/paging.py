"""One part of a long list after another: a page costs what it shows and what it passes over, however much there is."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

SIZE = 200  # entries of each list of a page
LAST = 10_000  # the highest number of a page
_T = TypeVar("_T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Part(Generic[_T]):
    """The entries of a part, and whether there are more behind it."""

    found: tuple[_T, ...]
    more: bool


def part(entries: Iterable[_T], number: int, size: int = SIZE) -> Part[_T]:
    """The part of that number, from 1 on, of a list in which each entry counts once. Nothing behind it is looked at but one entry.

    >>> part("abacd", 1, size=2), part("abacd", 2, size=2)
    (Part(found=('a', 'b'), more=True), Part(found=('c', 'd'), more=False))
    """
    seen: dict[_T, None] = {}
    for entry in entries:
        seen[entry] = None
        if len(seen) > number * size:
            break
    distinct = tuple(seen)
    return Part(distinct[(number - 1) * size : number * size], len(distinct) > number * size)
