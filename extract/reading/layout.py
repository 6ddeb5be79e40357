"""How a document is set: hard-wrapped or a paragraph a line, in pages or not, Japanese or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from extract.reading.characters import SUPERSCRIPT, is_cjk_letter
from extract.reading.lines import Line

SAMPLE = 2000  # lines, and characters, that are looked at to learn how a document is set
SHORTEST = 30  # columns: a shorter line is no sign of wrapping
FULL = 0.75  # of the usual width: from there a line counts as full
_call_at_end = re.compile(rf"(?:[{SUPERSCRIPT}⁽⁾]|\[\^?\w{{1,4}}\]|\(?[注註]\s?\d{{1,3}}\)|\(?[†‡※*](?:\d{{1,3}})?\)?)+$")
_stop = re.compile(r"[。.!?…][」』)\]”\"'’>】]*$")
_closing = re.compile(r"[」』)\]】]$")


@dataclass(frozen=True, slots=True)
class Layout:
    """`wrap` is the usual width of hard-wrapped lines in columns, None where a line is a paragraph."""

    wrap: int | None
    paged: bool
    japanese: bool
    markdown: bool = False

    def is_full(self, line: Line) -> bool:
        """Whether the line was broken because it was full."""
        return self.wrap is not None and line.width >= FULL * self.wrap


def ends_sentence(line: Line) -> bool:
    """Whether the line's last character, calls of footnotes apart, ends a sentence."""
    return _stop.search(_call_at_end.sub("", line.tail)) is not None


def ends_in_bracket(line: Line) -> bool:
    """Whether the line ends with a closing bracket, which may or may not end a sentence."""
    return _closing.search(_call_at_end.sub("", line.tail)) is not None


def find_layout(text: str, lines: Sequence[Line], *, paged: bool, markdown: bool = False) -> Layout:
    """Learn from the first lines how the document is set."""
    return Layout(_wrap(lines), paged, is_japanese(text), markdown)


def is_japanese(text: str) -> bool:
    """Whether a fifth of the letters at the start of it are kanji or kana."""
    letters = [character for character in text[:SAMPLE] if character.isalpha()]
    return not letters or sum(map(is_cjk_letter, letters)) * 5 >= len(letters)


def _wrap(lines: Sequence[Line]) -> int | None:
    """The usual width, where most lines break in mid-sentence at nearly the same column."""
    long = [line for line in islice(lines, SAMPLE) if line.width >= SHORTEST]
    broken = sorted(line.width for line in long if not ends_sentence(line))
    if len(broken) < 2 or len(broken) < 0.4 * len(long):
        return None
    middle = broken[len(broken) // 2]
    alike = sum(0.85 * middle <= width <= 1.15 * middle for width in broken)
    longest = max(line.width for line in long)
    return middle if alike >= 0.6 * len(broken) and longest <= 1.6 * middle else None
