"""How a document is set: hard-wrapped or a paragraph a line, in pages or not, Japanese or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from extract.reading.characters import SUPERSCRIPT, is_cjk_letter
from extract.reading.cues import Cue, cues
from extract.reading.lines import Line

SAMPLE = 2000  # lines, and characters, that are looked at to learn how a document is set
SHORTEST = 30  # columns: a shorter line is no sign of wrapping
RUNNING_HEAD = 80  # columns at most
FULL = 0.75  # of the usual width: from there a line counts as full
_call_at_end = re.compile(rf"(?:[{SUPERSCRIPT}⁽⁾]|\[\^?\w{{1,4}}\]|\(?[注註]\s?\d{{1,3}}\)|[*※]\d{{1,3}}\)?)+$")
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


def without_furniture(lines: Sequence[Line]) -> tuple[list[int], bool]:
    """The numbers of the lines that are no page numbers and no running heads, and whether there are pages at all."""
    numbers = _page_numbers(lines)
    breaks = {at for at, line in enumerate(lines) if line.page}
    edges = {near for at in numbers for near in (at - 1, at + 1)} | breaks | {at - 1 for at in breaks} | {0, len(lines) - 1}
    heads = _running_heads(lines, edges)
    kept = [at for at in range(len(lines)) if at not in numbers and at not in heads]
    return kept, bool(numbers or breaks)


def _page_numbers(lines: Sequence[Line]) -> set[int]:
    """Lone numbers that stand apart from the text, or that count on from one to the next."""
    found: list[tuple[int, int]] = []
    for at, line in enumerate(lines):
        match = next((m for rule in cues(Cue.PAGE) if (m := rule.match(line.head))), None) if line.width <= 20 else None
        if match and match.lastgroup:
            found.append((at, int(match[match.lastgroup])))
    counting = {at for pair in pairwise(found) if pair[1][1] == pair[0][1] + 1 for at, _ in pair}
    return {at for at, _ in found if at in counting or _stands_apart(lines, at)}


def _stands_apart(lines: Sequence[Line], at: int) -> bool:
    before = at == 0 or lines[at].blank or lines[at].page
    after = at + 1 == len(lines) or lines[at + 1].blank or lines[at + 1].page
    return (before and after) or (at + 1 < len(lines) and lines[at + 1].page) or lines[at].page


def _running_heads(lines: Sequence[Line], edges: set[int]) -> set[int]:
    """Short lines that come back three times or more, mostly at the edge of a page."""
    places: dict[str, list[int]] = {}
    for at in sorted(edges):
        if 0 <= at < len(lines) and lines[at].width <= RUNNING_HEAD and not lines[at].tail.endswith(("。", "、")):
            places.setdefault(lines[at].head, []).append(at)
    heads = {head for head, at in places.items() if len(at) >= 3}
    return {at for head in heads for at in places[head]}
