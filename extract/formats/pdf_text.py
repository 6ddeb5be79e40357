"""Columns → text: paragraphs by indents, gaps and short lines; notes below the text, with the mark that opens them.

A line stays a line: `extract.reading` joins them. Only what the page shows and plain text would lose becomes white
space: an empty line between paragraphs, an indent where an item goes on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extract.formats.blocks import call
from extract.formats.pdf_layout import Column
from extract.formats.pdf_lines import Line
from extract.reading.characters import CIRCLED, is_cjk

INDENT = 0.7  # of the size: a line set in by more opens a paragraph
SPACED = 1.35  # of the usual pitch: a larger one parts paragraphs
SHORT = 2.6  # of the size that a line of Japanese leaves free only where its paragraph ends
SHORT_LATIN = 9.0
LARGER = 1.08  # of the size: lines that differ by more are no one paragraph
NOTE = 0.93  # of the size of the body: notes are smaller
_item = re.compile(
    rf"[・•●○◦▪■□◆◇▶►✓※＊*[{CIRCLED}]|[-–―]\s|[(（]?[\dア-コa-z０-９]{{1,2}}[)）.．]|第[\d一二三四五六七八九十]{{1,3}}[章節部条]"
)
_stop = re.compile(r"[。.!?！？」』）)：:]\s*[⁰¹²³⁴-⁹⁽⁾]*$")
_opening_number = re.compile(r"(?P<number>\d{1,3})(?P<behind>\s|[\u3000)）.．](?!\d)|(?=[^\d\s.,、年月日%％]))")
_leading_call = re.compile(r"[⁰¹²³⁴-⁹⁽⁾]+")
_calls = re.compile(r"[⁰¹²³⁴-⁹]+")


def write_page(columns: Sequence[Column]) -> str:
    """The text of a page."""
    lines = [line for column in columns for line in column.lines]
    if not lines:
        return ""
    body = _body(lines)
    called = {match for line in lines for match in _calls.findall(line.text[1:])}
    return "\n\n".join(_write_column(column, body, called) for column in columns)


def _body(lines: Sequence[Line]) -> float:
    """The size that most characters have."""
    rest = sum(line.count for line in lines) / 2
    for line in sorted(lines, key=lambda line: line.size):
        rest -= line.count
        if rest <= 0:
            return line.size
    return lines[0].size


def _write_column(column: Column, body: float, called: set[str]) -> str:
    lines = column.lines
    pitch = _pitch(lines)
    notes_from = _notes_from(lines, body, called)
    parts = [_first(lines[0], called if notes_from == 0 else set())]
    in_item = _item.match(lines[0].text) is not None
    for at, (before, line) in enumerate(pairwise(lines), start=1):
        opens = _item.match(line.text) is not None
        if at > notes_from:
            opening = _note_number(line, called) is not None
            parts.append("\n" + (_first(line, called) if opening else line.text))
            continue
        if at == notes_from or _parts(before, line, column, pitch, hanging=in_item and not opens) or (opens and _ends(before)):
            in_item = opens
            parts.append("\n\n" + _first(line, called if at == notes_from else set()))
        else:
            call_first, text = _call_and_rest(line)
            parts.append(f"{call_first}\n{'  ' if in_item and not opens else ''}{text}")
            in_item = in_item or opens
    return "".join(parts)


def _call_and_rest(line: Line) -> tuple[str, str]:
    """A call that begins a line belongs to the end of the line before; left here, it would look as if it opened a note."""
    found = _leading_call.match(line.text) if line.raised else None
    return (found[0], line.text[found.end() :]) if found else ("", line.text)


def _ends(line: Line) -> bool:
    return _stop.search(line.text) is not None


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance of two lines."""
    steps = [after.base - before.base for before, after in pairwise(lines) if after.base > before.base]
    return median(steps) if steps else 0.0


def _parts(before: Line, line: Line, column: Column, pitch: float, *, hanging: bool) -> bool:
    """Whether a paragraph ends between two lines."""
    if line.base - before.base > SPACED * max(pitch, 1.2 * before.size) or line.base < before.base:
        return True
    if not 1 / LARGER <= line.size / before.size <= LARGER:
        return True
    size = line.size
    if not hanging and line.left - column.left > INDENT * size and line.left - before.left > INDENT * size:
        return True
    free = column.right - before.right
    return free > (SHORT if is_cjk(before.text[-1:]) or _ends(before) else SHORT_LATIN) * size and (
        _ends(before) or free > 6 * size
    )


def _notes_from(lines: Sequence[Line], body: float, called: set[str]) -> int:
    """From which line on the column holds notes: smaller lines at its foot, the first with a number that is called."""
    first = len(lines)
    while first and lines[first - 1].size <= NOTE * body:
        first -= 1
    return next((at for at in range(first, len(lines)) if _note_number(lines[at], called) is not None), len(lines))


def _note_number(line: Line, called: set[str]) -> str | None:
    """The number that opens a note: raised, or called on the page."""
    if line.raised and _calls.match(line.text):
        return ""
    found = _opening_number.match(line.text)
    return found["number"] if found and call(found["number"]) in called else None


def _first(line: Line, called: set[str]) -> str:
    """The first line of a paragraph or a note; a note's plain number becomes the mark that its call is."""
    number = _note_number(line, called) if called else None
    if not number:
        return line.text
    found = _opening_number.match(line.text)
    rest = line.text[found.end() if found else 0 :].lstrip(" \u3000")
    return f"{call(number)} {rest}"
