"""The date of a document as its own text states it: 2024年8月9日掲載, 令和6年11月16日, Published May 12, 2023.

The forms stand in `extract/rules/reading.toml` (kind "date"), in the order in which they are believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from extract.dates.calendar import DateError
from extract.dates.eras import read_number, western_year
from extract.model import Role
from extract.reading.characters import fold
from extract.reading.cues import Cue, Rule, Rules, cues, first
from extract.reading.lines import Line

TOP = 15  # lines at the top where a date and nothing else is the document's
BOTTOM = 40  # lines at the end where a date with a word of publication is
LONGEST = 80  # columns
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
OF_OTHERS = frozenset({Role.COMMENT, Role.BIBLIOGRAPHY, Role.BOILERPLATE, Role.PROFILE})
_NUMBER = r"[\d〇一二三四五六七八九十元]{1,4}"
_japanese = re.compile(
    rf"(?:西暦)?(?:(?P<era>明治|大正|昭和|平成|令和)(?P<nth>{_NUMBER})|(?P<year>{_NUMBER}))年"
    rf"(?:\(.*?\))?(?P<month>{_NUMBER})月(?:(?P<day>{_NUMBER})日)?"
)
_numbers = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?")
_english = re.compile(
    r"(?:[A-Z][a-z]+day,? )?(?:(?P<before>\d{1,2})(?:st|nd|rd|th)? )?(?P<name>[A-Z][a-z]+)\.?,? "
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?,? )?(?P<year>\d{4})"
)


def stated_date(lines: Sequence[Line]) -> str | None:
    """The date (EDTF, day or month) that the lines state as the document's own, None where they state none.

    A date in a sentence or in a footnote is none; a date alone on its line counts only near the top, and not below
    the heading of readers' comments, references or links.
    """
    for rule in cues(Cue.DATE):
        for line in _candidates(lines, rule):
            found = rule.match(line.head) if line.width <= LONGEST else None
            if found is None or first(_notes(), line.head):
                continue
            stated = read_date(next(filter(None, found.groups())))
            if stated:
                return stated
    return None


@cache
def _notes() -> Rules:
    """The marks that open a footnote wherever they stand."""
    return Rules.of(rule for rule in cues(Cue.NOTE) if rule.when is None)


def _candidates(lines: Sequence[Line], rule: Rule) -> Iterator[Line]:
    """The lines on which a rule is tried."""
    if rule.when is None:
        yield from lines[:TOP]
        yield from lines[TOP:][-BOTTOM:]
        return
    for line in lines[:TOP]:
        section = first(cues(Cue.SECTION), line.head) if line.width <= LONGEST else None
        if section and section[0].role in OF_OTHERS:
            return
        yield line


def read_date(words: str) -> str | None:
    """A date as written, in EDTF; None where the calendar has no such day.

    >>> read_date("令和6年11月16日"), read_date("May 12, 2023"), read_date("2024年2月30日")
    ('2024-11-16', '2023-05-12', None)
    """
    text = re.sub(r"\s+", "", fold(words)) if "年" in words else re.sub(r"(?<=\d)\s*([-/.])\s*(?=\d)", r"\1", fold(words))
    found = _japanese.match(text) or _numbers.match(text) or _english.match(" ".join(text.split()))
    if found is None:
        return None
    parts = found.groupdict()
    try:
        month, day = _month(parts), parts.get("day") or parts.get("before")
        exact = date(_year(parts), month, read_number(day) if day else 1)
    except ValueError:  # of the calendar, or a DateError: a numeral that is none, an era that had no such year
        return None
    return exact.isoformat() if day else exact.isoformat()[:7]


def _year(parts: dict[str, str | None]) -> int:
    if parts.get("year"):
        return read_number(parts["year"] or "")
    return western_year(parts.get("era") or "", read_number(parts.get("nth") or ""))


def _month(parts: dict[str, str | None]) -> int:
    name = parts.get("name")
    if name is None:
        return read_number(parts["month"] or "")
    if name[:3].lower() not in MONTHS:
        raise DateError("there is no such month", where=f"'{name}'")
    return MONTHS.index(name[:3].lower()) + 1
