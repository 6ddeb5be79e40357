"""Dates of English questions: years, months, days, decades, and the words that bound them.

Only what stands by itself is read; last year, recently and the like have a reason and no date, as in Japanese.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from extract.dates.calendar import DateError, parse_edtf
from extract.model import Bound, Date, Timex

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = "(?P<month>" + "|".join(f"{m}|{m[:3]}\\.?" for m in _MONTHS) + "|sept\\.?)"
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[5-9][0-9]{2}|2[01][0-9]{2})"
_POINTS = (
    re.compile(_YEAR + r"-(?P<number>[01][0-9])(?:-(?P<day>[0-3][0-9]))?"),
    re.compile(rf"(?:the )?(?:(?P<part>early|mid|late)[- ])?{_YEAR}'?s"),
    re.compile(rf"(?:{_DAY}(?: of)? )?{_MONTH},? {_YEAR}"),
    re.compile(rf"{_MONTH} {_DAY},? {_YEAR}"),
    re.compile(_YEAR),
)
_RELATIVE = re.compile(
    r"(?:last|this|next|the (?:previous|following|current)) (?:year|month|week|decade|century)|"
    r"today|yesterday|tomorrow|now|recently|currently|lately|(?:[0-9]+|a|two|three|five|ten) (?:years?|months?) ago"
)
_FROM = re.compile(r"(?:since|after|from) (?:the )?")
_FROM_ALONE = re.compile(r"\bfrom (?:the )?$")
_OF = re.compile(r"\b(?:dates?|dated|dating) from $")  # it is of that year, as treaties from the 1960s are of those
_NAMED = re.compile(r" (?!and |or |to |until |through |onwards?\b)[a-z]")  # from the 2015 meeting
_UNTIL = re.compile(r"(?:before|until|till|by|up to) (?:the )?")
_OUTSIDE = re.compile(r"\b(before|after) (?:the )?$")
_AFTERWARDS = re.compile(r" (?:or later|onwards?)\b")
_BETWEEN = re.compile(r"(?: (?:and|to|until|through|till) | ?[-–] ?)(?:the )?")
_EDGE = re.compile(r"[a-z0-9]")
_WITHIN = re.compile(r"[a-z0-9]-?\Z")  # F-1990
_REASON = "relative to a date that is not known"


def read_english_dates(text: str) -> tuple[Timex, ...]:
    """The time expressions of a line of English, in order and not overlapping. The words before one (in, from) are not part of it.

    >>> [(t.text, str(t.date), str(t.bound)) for t in read_english_dates("adopted between 1990 and 1995, or since May 2001")]
    [('1990 and 1995', '1990/1995', 'at'), ('May 2001', '2001-05', 'from')]
    >>> [(t.text, str(t.bound)) for t in read_english_dates("those that date from 1960, treaties from the 1970s, all from 1980.")]
    [('1960', 'at'), ('the 1970s', 'at'), ('1980', 'from')]
    """
    return tuple(_timexes(text, text.lower()))


def _timexes(text: str, lowered: str) -> Iterator[Timex]:
    at = 0
    while at < len(lowered):
        if _WITHIN.search(lowered, 0, at):
            at += 1
            continue
        relative = _RELATIVE.match(lowered, at)
        if relative and _ends(lowered, relative.end()):
            yield Timex(at, relative.end(), text[at : relative.end()], None, reason=_REASON)
            at = relative.end()
            continue
        timex = _range(text, lowered, at)
        if timex:
            yield timex
        at = timex.end if timex else at + 1


def _range(text: str, lowered: str, at: int) -> Timex | None:
    first = _point(lowered, at)
    if first is None:
        return None
    end, date = first
    before = lowered[:at]
    joined = _BETWEEN.match(lowered, end)
    last = _point(lowered, joined.end()) if joined else None
    if joined and last and (" and " not in joined[0] or re.search(r"\bbetween (?:the )?$", before)):
        end, whole = last[0], _joined(date, last[1])
        return Timex(at, end, text[at:end], whole, reason=None if whole else "the range ends before it begins")
    outside = _OUTSIDE.search(before)
    if outside:
        date = _next(date, -1 if outside[1] == "before" else 1)
    return Timex(at, end, text[at:end], date, _bound(lowered, at, end))


def _bound(lowered: str, at: int, end: int) -> Bound:
    """What the words around a date make of it."""
    before = lowered[:at]
    attribute = lowered[:end].endswith("s") or _NAMED.match(lowered, end)
    whole = _OF.search(before) or (_FROM_ALONE.search(before) and attribute)
    if _AFTERWARDS.match(lowered, end) or (re.search(_FROM.pattern + "$", before) and not whole):
        return Bound.FROM
    return Bound.UNTIL if re.search(_UNTIL.pattern + "$", before) else Bound.AT


def _next(date: Date, step: int) -> Date:
    """What comes right before or after a date, as precise as it is: before 1970 is until 1969."""
    first, last = date.earliest, date.latest
    if first is None or last is None:
        return date
    day = (first if step < 0 else last) + timedelta(days=step)
    return parse_edtf(str(day)[: {4: 4, 7: 7}.get(len(date.edtf), 4 if "/" in date.edtf else 10)])


def _joined(first: Date, last: Date) -> Date | None:
    """From the first day of one to the last of the other; None where that lies before it."""
    begin, end = first.edtf.partition("/")[0], last.edtf.rpartition("/")[2]
    try:
        return parse_edtf(f"{begin}/{end}")
    except DateError:
        return None


def _point(lowered: str, at: int) -> tuple[int, Date] | None:
    """Where a date that begins here ends, and the date."""
    for pattern in _POINTS:
        found = pattern.match(lowered, at)
        if not found or not _ends(lowered, found.end()):
            continue
        try:
            return found.end(), parse_edtf(_edtf(found.groupdict(), decade=found[0].endswith("s")))
        except DateError:
            continue
    return None


def _edtf(parts: dict[str, str | None], *, decade: bool) -> str:
    year = int(parts["year"] or 0)
    if decade:
        first, last = {"early": (0, 4), "mid": (4, 6), "late": (5, 9)}.get(parts.get("part") or "", (0, 9))
        return f"{year + first}/{year + last}"
    month = parts.get("number") or parts.get("month")
    if not month:
        return str(year)
    number = int(month) if month.isdigit() else next(n for n, m in enumerate(_MONTHS, 1) if m.startswith(month[:3]))
    day = parts.get("day")
    return f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")


def _ends(lowered: str, end: int) -> bool:
    return not _EDGE.match(lowered[end : end + 1] or " ")
