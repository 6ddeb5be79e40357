"""Page furniture: numbers and running heads that stand at the edges of pages and say nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.reading.cues import Cue, cues
from extract.reading.layout import Layout, ends_sentence
from extract.reading.lines import Line
from extract.reading.shapes import Shape, Shaped

RUNNING_HEAD = 80  # columns at most
EDGE = 2  # lines at the top and at the foot of a page among which its furniture is looked for
TITLE = 3  # lines at the top of a document of which one may be the title that the pages repeat
# The number of the page beside the running head: 同盟研究 45, 46 – 同盟研究, (3) 同盟研究
_word = re.compile(r"\w")
_beside = re.compile(r"^[-–—(\[]?\s?\d{1,4}\s?[-–—)\]/|]?\s+|\s+[-–—(\[/|]?\s?\d{1,4}\s?[-–—)\]]?$")


class Kept(NamedTuple):
    """The lines without furniture, each with its number among all lines, and whether the document has pages at all."""

    lines: list[tuple[int, Line]]
    paged: bool


def without_furniture(lines: Sequence[Line]) -> Kept:
    """The lines that are no page numbers and no running heads; what follows them knows of the page break before them."""
    numbers = _page_numbers(lines)
    breaks = {at for at, line in enumerate(lines) if line.page}
    heads = _running_heads(lines, _edges(lines, numbers, breaks)) | _repeated(lines, numbers, breaks)
    kept: list[tuple[int, Line]] = []
    page = False
    for at, line in enumerate(lines):
        if at in numbers or at in heads:
            page = page or line.page
            continue
        kept.append((at, line._replace(page=True) if page and not line.page else line))
        page = False
    return Kept(kept, bool(numbers or breaks))


def without_intruders(body: Sequence[Shaped], layout: Layout) -> list[Shaped]:
    """The lines of the text without the heads that no other page repeats.

    Such a head is short, alone at the top of its page, and amid a sentence that fills the last line of the page before.
    """
    kept: list[Shaped] = []
    for at, line in enumerate(body):
        following = body[at + 1] if at + 1 < len(body) else None
        if kept and line.line.page and following is not None and _intrudes(kept[-1], line, following, layout):
            continue
        kept.append(line)
    return kept


def _intrudes(before: Shaped, line: Shaped, following: Shaped, layout: Layout) -> bool:
    return (
        line.shape in (Shape.TEXT, Shape.HEADING)
        and following.shape is Shape.TEXT
        and following.line.blank
        and layout.is_full(before.line)
        and not ends_sentence(before.line)
        and not layout.is_full(line.line)
        and not line.line.tail.endswith(("。", "、"))
    )


def _edges(lines: Sequence[Line], numbers: set[int], breaks: set[int]) -> set[int]:
    beside = {near for at in numbers for near in (at - 1, at + 1)}
    return beside | breaks | {at - 1 for at in breaks} | {0, len(lines) - 1}


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


def _may_be_head(line: Line) -> bool:
    """Whether it is short and no sentence; a ruler is none either, as footnotes stand below it."""
    return line.width <= RUNNING_HEAD and not line.tail.endswith(("。", "、")) and _word.search(line.head) is not None


def _running_heads(lines: Sequence[Line], edges: set[int]) -> set[int]:
    """Short lines that come back three times or more, mostly at the edge of a page."""
    places: dict[str, list[int]] = {}
    for at in sorted(edges):
        if 0 <= at < len(lines) and _may_be_head(lines[at]):
            places.setdefault(lines[at].head, []).append(at)
    heads = {head for head, at in places.items() if len(at) >= 3}
    return {at for head in heads for at in places[head]}


def _repeated(lines: Sequence[Line], numbers: set[int], breaks: set[int]) -> set[int]:
    """Short lines at the edges of two pages or more, with or without the number of the page beside them.

    Left and right pages have heads of their own, so that two are enough. The title on the first page stays.
    """
    places: dict[str, list[int]] = {}
    starts = sorted({0, *breaks})
    for page in _pages(len(lines), starts):
        inner = [at for at in page if at not in numbers]
        for at in sorted({*inner[:EDGE], *inner[-EDGE:]}):
            if _may_be_head(lines[at]):
                places.setdefault(_beside.sub("", lines[at].head), []).append(at)
    found: set[int] = set()
    for head, found_at in places.items():
        if head and len(found_at) >= 2 and bisect_right(starts, found_at[0]) != bisect_right(starts, found_at[-1]):
            titled = found_at[0] < TITLE and not any(map(str.isdigit, lines[found_at[0]].head))
            found.update(found_at[1:] if titled else found_at)
    return found


def _pages(count: int, starts: Sequence[int]) -> Iterator[range]:
    """The pages that form feeds part, as ranges of lines; none where there is no form feed."""
    if len(starts) > 1:
        yield from (range(start, end) for start, end in pairwise([*starts, count]))
