"""Pages that are written downwards: columns laid on their side, numbers within them put together, what runs across set apart.

Source: Requirements for Japanese Text Layout (W3C), 2.3 (vertical writing) and 3.2.5 (縦中横).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

STRAIGHT = 0.2  # of the size: how far characters of one line may be off it
UPRIGHT = 1.4  # of the size: what is no wider than that is set upright within a vertical line, as the 12 of 12月
LYING = 3  # quarters, against the clock
ASCENT = 0.88  # of the size: how far a kanji reaches above its base line
MIDDLE = 0.38  # of the size: how far the middle of a character is above its base line
FEWEST = 10  # characters below each other, from which a page may be vertical


class Glyph(NamedTuple):
    """A character: its left and right end, its base line and its size, in points; `base` grows downwards."""

    text: str
    left: float
    right: float
    base: float
    size: float


class Placed(NamedTuple):
    """A character as the page has it: its origin, its width and size, and by how many quarters it is turned."""

    text: str
    x: float
    y: float
    width: float
    size: float
    turn: int = 0


def is_vertical(found: Sequence[Placed]) -> bool:
    """Whether characters mostly stand below each other and not beside."""
    down = across = 0
    for before, placed in pairwise(found):
        dx, dy = abs(placed.x - before.x), before.y - placed.y
        if dx <= 0.5 * placed.size and 0.5 * placed.size <= dy <= 1.6 * placed.size:
            down += 1
        elif abs(dy) <= STRAIGHT * placed.size:
            across += 1
    return down > max(across, FEWEST)


def across(placed: Placed) -> Glyph:
    """The glyph of a line that runs to the right."""
    return Glyph(placed.text, placed.x, placed.x + placed.width, -placed.y, placed.size)


def lay_down(found: Sequence[Placed]) -> tuple[list[Glyph], list[Glyph]]:
    """The glyphs of vertical lines, down being to the right and the next line below; and those that run across the page.

    Latin words are set lying within a vertical line; what is turned any other way is no part of the text.
    """
    laid: list[Glyph] = []
    beside: list[Glyph] = []
    for run in _runs([placed for placed in found if placed.turn in (0, LYING)]):
        if run[0].turn == LYING:
            laid.extend(map(_lying, run))
            continue
        size = max(placed.size for placed in run)
        width = run[-1].x + run[-1].width - run[0].x
        if len(run) > 1 and width <= UPRIGHT * size:
            text = "".join(placed.text for placed in run)
            laid.append(_on_side(Placed(text, run[0].x, run[0].y, width, size)))
        elif len(run) > 2:
            beside.extend(map(across, run))
        else:
            laid.extend(map(_on_side, run))
    return laid, beside


def _on_side(placed: Placed) -> Glyph:
    middle, top = placed.x + placed.width / 2, placed.y + ASCENT * placed.size
    return Glyph(placed.text, -top, -top + placed.size, -middle, placed.size)


def _lying(placed: Placed) -> Glyph:
    """A glyph of a word that lies on its side: it is as far from the middle of its line as its base line is from its own."""
    return Glyph(placed.text, -placed.y, -placed.y + placed.width, -(placed.x + MIDDLE * placed.size), placed.size)


def _runs(found: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Characters that follow each other to the right, each of the others alone."""
    run: list[Placed] = []
    for placed in found:
        if run:
            before = run[-1]
            level = abs(placed.y - before.y) <= STRAIGHT * placed.size
            alike = placed.turn == before.turn == 0
            if not (alike and level and -0.3 * placed.size <= placed.x - before.x - before.width <= 0.5 * placed.size):
                yield run
                run = []
        run.append(placed)
    if run:
        yield run
