"""Lines of a page → columns in the order of reading, without running heads and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from extract.formats.pdf_lines import Line, join
from extract.reading.characters import columns as width_of
from extract.reading.characters import fold

EDGE = 4  # lines at the top and at the bottom of a page among which its furniture is
NEAR = 6.0  # points by which the place of a running head may change
LONGEST_NUMBER = 20  # characters of a page number and what stands around it
RUNNING = 100  # columns of a running head at most
SMALLER, APART = 0.92, 2.0  # of the size: how small, and how far from the text, the head of a single page is
FULL = 0.55  # of a column's width: running text fills its lines, the cells of a table do not
FEWEST = 4  # lines that a column has at least
DEEPEST = 4  # columns within columns
_number = re.compile(r"\d+")
_page_number = re.compile(
    r"[-–—―−・\s]*(?:p\.?|P\.?|page|Page)?\s*(?:\d{1,4}|[ivxlc]{1,7})(?:\s*[/|]\s*\d{1,4}|頁|ページ)?[-–—―−・\s]*"
)
_ends = re.compile(r"[。、]$")


class Column(NamedTuple):
    """Lines that follow each other downwards, and the edges between which they are set."""

    lines: tuple[Line, ...]
    left: float
    right: float


class Gutter(NamedTuple):
    """The empty stretch between two columns."""

    left: float
    right: float


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page but for those at its edges that number it, or that come back on other pages at the same place."""
    edges = [_edges(lines) for lines in pages]
    places: Counter[tuple[str, int]] = Counter()
    for lines, edge in zip(pages, edges, strict=True):
        for key in {_key(lines[at], shift) for at in edge for shift in (-1, 0, 1)}:
            places[key] += 1
    often = max(2, min(3, len(pages) // 3))
    return [
        [
            line
            for at, line in enumerate(lines)
            if not (at in edge and (_numbers(at, lines) or (places[_key(line)] >= often and _may_run(line))))
        ]
        for lines, edge in zip(pages, edges, strict=True)
    ]


def _key(line: Line, shift: int = 0) -> tuple[str, int]:
    """A line's words, whatever numbers they hold, and its height on the page."""
    return _number.sub("#", fold(line.text)), round(line.base / NEAR) + shift


def _edges(lines: Sequence[Line]) -> set[int]:
    """The numbers of the few lines at the top and at the bottom that are set apart from the text, or smaller."""
    if not lines:
        return set()
    size = median(line.size for line in lines)
    steps = [after.base - before.base for before, after in pairwise(lines) if after.base - before.base > NEAR]
    pitch = median(steps) if steps else 0.0
    edges: set[int] = set()
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        outer = order[:EDGE]
        apart = [n for n, at in enumerate(outer) if n + 1 == len(order) or _step(lines, at, order[n + 1]) > 1.25 * pitch]
        edges.update(outer[: apart[-1] + 1] if apart else ())
        edges.update(at for at in outer if lines[at].size <= SMALLER * size)
    return edges


def _step(lines: Sequence[Line], at: int, other: int) -> float:
    return abs(lines[other].base - lines[at].base)


def _may_run(line: Line) -> bool:
    return width_of(line.text) <= RUNNING and not _ends.search(line.text.strip()) and not line.raised


def _numbers(at: int, lines: Sequence[Line]) -> bool:
    """Whether a line is a page number: alone on its height, apart from the text, outermost or next to a running head."""
    text = fold(lines[at].text)
    if len(text) > LONGEST_NUMBER or not _page_number.fullmatch(text):
        return False
    before, after = lines[:at], lines[at + 1 :]
    size = lines[at].size
    top = all(abs(line.base - lines[at].base) < NEAR for line in before)
    bottom = all(abs(line.base - lines[at].base) < NEAR for line in after)
    apart = min((abs(line.base - lines[at].base) for line in lines if abs(line.base - lines[at].base) >= NEAR), default=99.0)
    return (top or bottom) and (apart > 1.4 * size or len(lines) <= 2)


def in_order(lines: Sequence[Line]) -> list[Column]:
    """The columns of a page in the order of reading. Small print set off at its head or foot is in none of them."""
    if not lines:
        return []
    size = median(line.size for line in lines)
    head, rest = _set_off(lines, size)
    foot, rest = _set_off(rest[::-1], size)
    parts = ([_column(head)] if head else [], find_columns(rest[::-1]), [_column(foot)] if foot else [])
    return [column for part in parts for column in part]


def _set_off(lines: Sequence[Line], size: float) -> tuple[Sequence[Line], Sequence[Line]]:
    """What stands smaller and apart on the outermost height, as the running head of a single page does; and the rest."""
    outer = [line for line in lines if abs(line.base - lines[0].base) < NEAR] if lines else []
    rest = lines[len(outer) :]
    if not rest or max(line.size for line in outer) > SMALLER * size or abs(rest[0].base - lines[0].base) < APART * size:
        return [], lines
    return outer, rest


def find_columns(lines: Sequence[Line], *, depth: int = 0) -> list[Column]:
    """The columns of some lines, one below or beside the other, in the order of reading."""
    if not lines:
        return []
    gutter = _gutter(lines) if depth < DEEPEST else None
    if gutter is None:
        return [_column(lines)]
    found: list[Column] = []
    across: list[Line] = []
    for run in _runs(lines, gutter):
        if not _is_columnar(run, gutter, fewest=2):
            across.extend(run)  # headings and notes across the columns, or text of one column above or below them
            continue
        found += [_column(across)] if across else []
        across = []
        for side in _sides(run, gutter):
            found += find_columns(side, depth=depth + 1)
    return found + ([_column(across)] if across else [])


def _runs(lines: Sequence[Line], gutter: Gutter) -> Iterator[list[Line]]:
    """The lines from top to bottom, parted where some reach across the gutter."""
    run: list[Line] = []
    crossing = False
    for line in sorted(lines, key=lambda line: (line.base, line.left)):
        crosses = line.left < gutter.right - 0.1 and line.right > gutter.left + 0.1
        if run and crosses != crossing:
            yield run
            run = []
        crossing = crosses
        run.append(line)
    if run:
        yield run


def _sides(run: Sequence[Line], gutter: Gutter) -> tuple[list[Line], list[Line]]:
    return [line for line in run if line.right <= gutter.left + 0.1], [line for line in run if line.left >= gutter.right - 0.1]


def _column(lines: Sequence[Line]) -> Column:
    """The lines as one column; what stands on one height is read from the left to the right."""
    merged = merge(lines)
    return Column(tuple(merged), min(line.left for line in merged), max(line.right for line in merged))


def merge(lines: Sequence[Line]) -> list[Line]:
    """Lines on one height, put together."""
    merged: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.base, line.left)):
        before = merged[-1] if merged else None
        level = before is not None and abs(before.base - line.base) < 0.5 * min(before.size, line.size)
        if before is not None and level and (before.right <= line.left or line.right <= before.left):
            merged[-1] = join(before, line)
        else:
            merged.append(line)
    return merged


def _gutter(lines: Sequence[Line]) -> Gutter | None:
    """The empty stretch between two columns of running text, None where there is but one."""
    size = median(line.size for line in lines)
    edges = sorted({round(line.left, 1) for line in lines} | {round(line.right, 1) for line in lines})
    best: tuple[int, float, Gutter] | None = None
    for start, end in pairwise(edges):
        if end - start < 0.8 * size:
            continue
        gutter = Gutter(start, end)
        crossing = len(lines) - sum(map(len, _sides(lines, gutter)))
        if best is not None and (crossing, start - end) >= best[:2]:
            continue
        if any(_is_columnar(run, gutter, fewest=FEWEST) for run in _runs(lines, gutter)):
            best = (crossing, start - end, gutter)
    return best[2] if best else None


def _is_columnar(run: Sequence[Line], gutter: Gutter, *, fewest: int) -> bool:
    """Whether running text stands on both sides of a gutter, at the same heights."""
    left, right = _sides(run, gutter)
    if min(len(left), len(right)) < fewest:
        return False
    top, bottom = max(left[0].base, right[0].base) - NEAR, min(left[-1].base, right[-1].base) + NEAR
    beside = [[line for line in side if top <= line.base <= bottom] for side in (left, right)]
    return min(map(len, beside)) >= fewest and all(map(_is_filled, beside))


def _is_filled(side: Sequence[Line]) -> bool:
    """Whether the lines of a side mostly fill it, those of further columns within it taken together."""
    width = max(line.right for line in side) - min(line.left for line in side)
    heights = 1 + sum(
        after.base - before.base > NEAR / 2 for before, after in pairwise(sorted(side, key=lambda line: line.base))
    )
    return sum(line.right - line.left for line in side) >= FULL * width * heights and width >= 8 * side[0].size
