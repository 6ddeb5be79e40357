"""Glyphs → lines: what stands on one base line without a wide gap; raised numbers put into their line, ruby left out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from extract.formats.blocks import call
from extract.formats.pdf_vertical import Glyph
from extract.reading.characters import is_cjk

LEVEL = 0.22  # of the size: how far base lines of one line may be apart
GAP = 1.05  # of the size: a wider gap may part two columns; within one, the parts are put together again
WORD = 0.18  # of the size: a gap from which Latin words are apart
WIDE = 0.8  # of the size: a gap that shows as a full-width space
WIDE_SPACE = "\u3000"
NUMBERING = 0.27  # of the size: a gap that sets a heading's number apart; the one in running text is a quarter at most
SMALL = 0.82  # of the size of the line around it: what is no larger may be a raised number
RUBY = 0.68
CLOSING, OPENING = frozenset("。、，．」』）】〉》〕］"), frozenset("「『（【〈《〔［")
_kana = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc\u30fb]+")
_raised = re.compile(r"(?:[(（\[]?\s*(?:注|註|\*|※)?\s*\d{1,3}\s*[)）\]]?[,、・\s]?)+")
_numbering = re.compile(r"\d{1,2}(?:[.．-]\d{1,2}){0,3}[.．]?|[IVX]{1,4}[.．]?")
_bare = re.compile(r"(?P<open>[(（]?)(?P<number>\d{1,3})(?P<close>[)）]?)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the part of one within a column: its ends, base line and size in points, as those of its glyphs.

    `count` is how many glyphs it has; `raised` tells that it opens with a raised number.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    count: int
    raised: bool = False


def join(line: Line, other: Line) -> Line:
    """Two lines on one height as one."""
    left, right = (line, other) if line.left <= other.left else (other, line)
    longer = max(line, other, key=lambda one: one.count)
    wide = is_cjk(left.text[-1:]) or is_cjk(right.text[:1])
    return Line(
        f"{left.text}{WIDE_SPACE if wide else ' '}{right.text}",
        left.left,
        max(left.right, right.right),
        longer.base,
        longer.size,
        line.count + other.count,
        left.raised,
    )


def find_lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines of a page from its top to its bottom, each from left to right."""
    rows = [row for level in _levels(glyphs) for row in _apart(level)]
    lines = [_line(row, raised) for row, raised in _with_raised(rows)]
    return sorted((line for line in lines if line.text.strip()), key=lambda line: (line.base, line.left))


def _levels(glyphs: Sequence[Glyph]) -> Iterable[list[Glyph]]:
    """Glyphs by base line."""
    level: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda g: (g.base, g.left)):
        if level and glyph.base - level[0].base > LEVEL * max(glyph.size, level[0].size):
            yield level
            level = []
        level.append(glyph)
    if level:
        yield level


def _apart(level: list[Glyph]) -> Iterable[list[Glyph]]:
    """The glyphs of one level, parted where gaps are wide; the larger glyph tells what is wide. Spaces fill no gap."""
    row: list[Glyph] = []
    spaces: list[Glyph] = []
    for glyph in sorted(level, key=lambda g: g.left):
        if glyph.text.isspace():
            spaces.append(glyph)
            continue
        opens = 0.5 * glyph.size if glyph.text in OPENING else 0.0
        if row and glyph.left + opens - _inked(row[-1]) > GAP * max(glyph.size, row[-1].size):
            yield row
            row = []
        elif row:
            row.extend(spaces[:1])
        spaces = []
        row.append(glyph)
    if row:
        yield row


def _inked(glyph: Glyph) -> float:
    """Where a glyph ends for the eye: a stop or a closing bracket takes the left half of its square, and may stick out."""
    return min(glyph.right, glyph.left + 0.5 * glyph.size) if glyph.text in CLOSING else glyph.right


def _with_raised(rows: Sequence[list[Glyph]]) -> list[tuple[list[Glyph], set[Glyph]]]:
    """Small rows above a line: numbers are put into it, ruby is dropped."""
    ordered = sorted(rows, key=lambda row: row[0].base)
    bases = [row[0].base for row in ordered]
    into: dict[int, list[Glyph]] = {}
    gone: set[int] = set()
    for at, row in enumerate(ordered):
        text = "".join(glyph.text for glyph in row)
        if len(row) > 40 or not (_kana.fullmatch(text) or _raised.fullmatch(text)):
            continue
        size = max(glyph.size for glyph in row)
        reach = bisect_left(bases, row[0].base + 3 * size)
        for below in range(at + 1, reach):
            line = ordered[below]
            height = (line[0].base - row[0].base) / line[0].size
            if not (line[0].left - line[0].size <= row[0].left and row[-1].right <= line[-1].right + 2 * line[0].size):
                continue
            if size <= RUBY * line[0].size and 0.6 <= height <= 1.4 and _kana.fullmatch(text):
                gone.add(at)
                break
            if _raised.fullmatch(text) and _is_raised(row, line, height):
                gone.add(at)
                into.setdefault(below, []).extend(row)
                break
    return [
        (sorted([*row, *into.get(at, ())], key=lambda g: (g.left, g.size)), set(into.get(at, ())))
        for at, row in enumerate(ordered)
        if at not in gone
    ]


def _is_raised(row: Sequence[Glyph], line: Sequence[Glyph], height: float) -> bool:
    """Whether a small row stands high beside a character of the line, or right before its first one."""
    size = median(glyph.size for glyph in line)
    if max(glyph.size for glyph in row) > SMALL * size or not 0.1 <= height <= 0.9:
        return False
    behind = any(-0.5 * size <= row[0].left - glyph.right <= 0.6 * size for glyph in line)
    before = -0.5 * size <= line[0].left - row[-1].right <= 1.2 * size
    return behind or before


def _line(row: Sequence[Glyph], raised: set[Glyph]) -> Line:
    parts: list[str] = []
    high: list[str] = []
    for at, glyph in enumerate(row):
        is_high = glyph in raised
        if high and not is_high:
            parts.append(_written_high("".join(high)))
            high = []
        if at and not is_high:
            parts.append(_space(row[at - 1], glyph) or _behind_number(parts, row[at - 1], glyph))
        (high if is_high else parts).append(" " if glyph.text in "\t\u00a0" else glyph.text)
    if high:
        parts.append(_written_high("".join(high)))
    return Line(
        text="".join(parts),
        left=row[0].left,
        right=max(_inked(glyph) for glyph in row[-3:]),
        base=row[len(row) // 2].base,
        size=median(glyph.size for glyph in row),
        count=len(row),
        raised=row[0] in raised,
    )


def _space(before: Glyph, glyph: Glyph) -> str:
    gap = (glyph.left - before.right) / max(glyph.size, before.size)
    if before.text.isspace() or glyph.text.isspace():
        return ""
    if is_cjk(before.text) or is_cjk(glyph.text):
        return WIDE_SPACE if gap > WIDE else ""
    return " " if gap > WORD else ""


def _behind_number(parts: Sequence[str], before: Glyph, glyph: Glyph) -> str:
    """The gap behind the number that opens a heading, which is less than a space of its own."""
    opens = len(parts) < 12 and _numbering.fullmatch("".join(parts))
    return " " if opens and is_cjk(glyph.text) and glyph.left - before.right > NUMBERING * glyph.size else ""


def _written_high(text: str) -> str:
    """Numbers in superscripts; marks that hold letters (注1) tell by themselves what they are."""
    if re.search(r"[注註*※\[]", text):
        return text
    return _bare.sub(lambda f: ("⁽" if f["open"] else "") + call(f["number"]) + ("⁾" if f["close"] else ""), text)
