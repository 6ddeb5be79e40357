"""The date of a document as its own text states it: 2024年8月9日掲載, 令和6年11月16日, Published May 12, 2023."""

from __future__ import annotations

import re
from datetime import date

from extract.dates.eras import read_number, western_year
from extract.reading.characters import fold
from extract.reading.cues import Cue, cues
from extract.reading.lines import Line

TOP = 15  # lines at the top where a date and nothing else is the document's
BOTTOM = 40  # lines at the end where a date with a word of publication is
LONGEST = 80  # columns
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_japanese = re.compile(
    r"(?:(?P<year>\d{4})|(?P<era>明治|大正|昭和|平成|令和)(?P<nth>\d{1,2}|元))年(?:\(.*?\))?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?"
)
_numbers = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
_english = re.compile(r"(?:(?P<before>\d{1,2})\s)?(?P<name>[A-Z][a-z]+)\.?\s(?:(?P<day>\d{1,2}),?\s)?(?P<year>\d{4})")


def stated_date(lines: list[Line]) -> str | None:
    """The date (EDTF, day or month) that the lines state as the document's own, None where they state none.

    A date in a sentence or in a footnote is none; a date alone on its line counts only near the top.
    """
    bare = cues(Cue.DATE)[-1]
    candidates = [*lines[:TOP], *lines[TOP:][-BOTTOM:]]
    for rule in cues(Cue.DATE):
        for at, line in enumerate(candidates):
            if line.width > LONGEST or (rule is bare and at >= TOP):
                continue
            found = rule.match(line.head)
            stated = read_date(found["date"]) if found else None
            if stated:
                return stated
    return None


def read_date(words: str) -> str | None:
    """A date as written, in EDTF; None where the calendar has no such day.

    >>> read_date("令和6年11月16日"), read_date("May 12, 2023"), read_date("2024年2月30日")
    ('2024-11-16', '2023-05-12', None)
    """
    text = re.sub(r"(?<![A-Za-z,.])\s+(?![A-Za-z])", "", fold(words)) if "年" in words else fold(words)
    found = _japanese.match(text) or _numbers.match(text) or _english.match(text)
    if found is None:
        return None
    parts = found.groupdict()
    month = _month(parts)
    day = parts.get("day") or parts.get("before")
    if month is None:
        return None
    try:
        exact = date(_year(parts), month, int(day) if day else 1)
    except ValueError:  # of the calendar, or a DateError: an era that had no such year
        return None
    return exact.isoformat() if day else exact.isoformat()[:7]


def _year(parts: dict[str, str | None]) -> int:
    if parts.get("year"):
        return int(parts["year"] or 0)
    return western_year(parts.get("era") or "", read_number(parts.get("nth") or ""))


def _month(parts: dict[str, str | None]) -> int | None:
    name = parts.get("name")
    if name is None:
        return int(parts["month"] or 0)
    return MONTHS.index(name[:3].lower()) + 1 if name[:3].lower() in MONTHS else None
