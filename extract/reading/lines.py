"""Lines of a document, without the empty ones, each with its place and how it is set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extract.reading.characters import columns, fold

SEEN = 240  # characters at either end of a line that the cues look at
_line = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_shifted = re.compile(r"[\u3000]")


class Line(NamedTuple):
    """One line that holds more than white space. `start`, `end` leave out the white space around it.

    `head` and `tail` are its first and last characters, folded; `indent` is the columns of white space
    before it, `shifted` whether that is a full-width space, as paragraphs begin in Japanese; `blank` whether
    an empty line stands before it, `page` whether a form feed does. A named tuple, as there can be millions.
    """

    start: int
    end: int
    head: str
    tail: str
    width: int
    indent: int
    shifted: bool
    blank: bool
    page: bool


def split_lines(text: str) -> Iterator[Line]:
    """The lines of a text in order; takes time in proportion to its length."""
    last = 0
    first = True
    for found in _line.finditer(text):
        whole = found[0]
        content = whole.strip()
        if not content:
            continue
        start = found.start() + len(whole) - len(whole.lstrip())
        head = fold(content[:SEEN])
        if not head:
            continue
        if len(content) > SEEN:
            head += "…"  # so that a cue that asks for the line's end does not find one
        gap = text[last : found.start()]
        before = text[found.start() : start]
        yield Line(
            start=start,
            end=start + len(content),
            head=head,
            tail=fold(content[-SEEN:]) if len(content) > SEEN else head,
            width=columns(content) if len(content) <= 2 * SEEN else 2 * len(content),
            indent=columns(before) if before else 0,
            shifted=bool(before) and _shifted.search(before) is not None,
            blank=not first and _breaks(gap) > 1,
            page="\f" in gap,
        )
        last, first = start + len(content), False


def _breaks(gap: str) -> int:
    """How many lines a stretch of white space ends; a Windows line end is one."""
    return gap.count("\n") + gap.count("\r") - gap.count("\r\n") + 2 * gap.count("\f") + gap.count("\u2029")
