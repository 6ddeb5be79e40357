"""Dates as EDTF: made from numbers, read from text, each with the first and last day it can mean.

Source: Extended Date/Time Format, ISO 8601-2:2019, level 1 (the Library of Congress's specification),
without years beyond four digits and without times of day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from extract.model import Date
from ontology.errors import AllianceKGError

SEASON_MONTHS: dict[int, tuple[int, int]] = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
_YEARS = range(1, 10_000)
_ELEMENT = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?([~?%]?)", re.ASCII)


class DateError(AllianceKGError, ValueError):
    """Something that was given as a date is none."""


def _bad(what: str, *, where: str = "") -> DateError:
    return DateError(what, where=where, todo="Write it as EDTF: 2024, 2024-07, 2024-07-28, 2024-04/2025-03, 197X")


def last_day(year: int, month: int) -> date:
    """The last day of a month.

    >>> last_day(2024, 2)
    datetime.date(2024, 2, 29)
    """
    return date(year, month, monthrange(year, month)[1])


def from_year(year: int) -> Date:
    """A whole year.

    >>> from_year(1978).edtf
    '1978'
    """
    if year not in _YEARS:
        raise _bad(f"{year} is no year between 1 and 9999")
    return Date(f"{year:04}", date(year, 1, 1), date(year, 12, 31))


def from_month(year: int, month: int) -> Date:
    """A month of a year; raises `DateError` for a thirteenth.

    >>> from_month(2024, 7).edtf
    '2024-07'
    """
    if year not in _YEARS or not 1 <= month <= 12:
        raise _bad(f"there is no month {month} in the year {year}")
    return Date(f"{year:04}-{month:02}", date(year, month, 1), last_day(year, month))


def from_day(year: int, month: int, day: int) -> Date:
    """A day; raises `DateError` where the calendar has none such.

    >>> from_day(2024, 7, 28).edtf
    '2024-07-28'
    """
    try:
        exact = date(year, month, day)
    except ValueError as error:
        raise _bad(f"there is no day {year}-{month}-{day}") from error
    return Date(exact.isoformat(), exact, exact)


def from_season(year: int, season: int) -> Date:
    """A season (21 spring, 22 summer, 23 autumn, 24 winter) as Japanese prose uses the words.

    The winter of a year may be the one that it begins with or the one that it ends with: the
    bounds hold both.

    >>> from_season(2024, 21)
    Date(edtf='2024-21', earliest=datetime.date(2024, 3, 1), latest=datetime.date(2024, 5, 31))
    """
    if year not in _YEARS or season not in SEASON_MONTHS:
        raise _bad(f"there is no season {season} in the year {year}")
    first, last = SEASON_MONTHS[season]
    if first < last:
        return Date(f"{year:04}-{season}", date(year, first, 1), last_day(year, last))
    return Date(f"{year:04}-{season}", date(year, 1, 1), last_day(min(year + 1, 9999), last))


def from_decade(year: int) -> Date:
    """The decade that a year is in, counted as 1970年代 counts it.

    >>> from_decade(1970).edtf
    '197X'
    """
    return _digits(f"{year // 10:03}X", year // 10 * 10, 10)


def from_century(ordinal: int) -> Date:
    """The n-th century, as EDTF writes it: 20世紀 is 19XX, the years 1900 to 1999.

    >>> from_century(20).edtf
    '19XX'
    """
    return _digits(f"{ordinal - 1:02}XX", (ordinal - 1) * 100, 100)


def _digits(edtf: str, first: int, years: int) -> Date:
    if not 0 <= first < 10_000:
        raise _bad(f"{edtf} is no decade or century of four-digit years")
    return Date(edtf, date(max(first, 1), 1, 1), date(first + years - 1, 12, 31))


def from_fiscal_year(year: int, *, opens: int = 4) -> Date:
    """A fiscal year named after the year it opens in (Japan, `opens=4`) or closes in (United States, `opens=10`).

    >>> from_fiscal_year(2024).edtf, from_fiscal_year(2025, opens=10).edtf
    ('2024-04/2025-03', '2024-10/2025-09')
    """
    first = year - 1 if opens > 6 else year
    return interval(from_month(first, opens), from_month(first + 1, opens - 1))


def from_days(first: date, last: date) -> Date:
    """A stretch of days, both included.

    >>> from_days(date(2024, 7, 1), date(2024, 7, 10)).edtf
    '2024-07-01/2024-07-10'
    """
    return interval(from_day(first.year, first.month, first.day), from_day(last.year, last.month, last.day))


def week_of(day: date) -> Date:
    """The week of a day, Monday to Sunday (ISO 8601).

    >>> week_of(date(2024, 7, 28)).edtf
    '2024-07-22/2024-07-28'
    """
    monday = day - timedelta(days=day.weekday())
    return from_days(monday, monday + timedelta(days=6))


def interval(first: Date | None, last: Date | None) -> Date:
    """From one date to another; None leaves an end open. Raises `DateError` if it would run backwards.

    The ends of intervals given as ends are taken, and a decade or century gives the year it begins or ends with.

    >>> interval(from_year(1990), from_year(1995)).edtf
    '1990/1995'
    >>> interval(from_year(1990), None).edtf
    '1990/..'
    >>> interval(from_decade(1970), from_decade(1980)).edtf
    '1970/1989'
    """
    if first is None and last is None:
        raise _bad("an interval without a beginning and an end says nothing")
    begin, end = _edge(first, 0), _edge(last, -1)
    earliest, latest = first.earliest if first else None, last.latest if last else None
    if earliest and latest and earliest > latest:
        raise _bad(f"{begin}/{end} ends before it begins")
    if begin == end:
        return Date(begin, earliest, latest)
    return Date(f"{begin}/{end}", earliest, latest)


def _edge(side: Date | None, which: int) -> str:
    if side is None:
        return ".."
    edge = side.edtf.split("/")[which]
    if "X" not in edge:
        return edge
    bound = side.latest if which else side.earliest
    return (f"{bound.year:04}" if bound else edge) + edge[-1:].strip("X0123456789")


def approximate(exact: Date) -> Date:
    """The same date as about then: 2000年前後. The bounds stay, since nothing says how far about goes.

    >>> approximate(from_year(2000)).edtf
    '2000~'
    """
    ends = [end if end in {"", ".."} or end[-1] in "~?%" else end + "~" for end in exact.edtf.split("/")]
    return replace(exact, edtf="/".join(ends))


def parse_edtf(text: str) -> Date:
    """Read an EDTF date (level 1) with its bounds; raises `DateError` for anything else.

    >>> parse_edtf("2024-04/2025-03").latest
    datetime.date(2025, 3, 31)
    >>> parse_edtf("1990/..").latest is None
    True
    """
    stripped = text.strip()
    ends = stripped.split("/")
    if len(ends) == 1:
        return _parse_element(stripped)
    if len(ends) != 2:
        raise _bad("an interval has two ends", where=f"'{text}'")
    sides = [None if end in {"", ".."} else _parse_element(end) for end in ends]
    first, last = sides
    earliest, latest = first.earliest if first else None, last.latest if last else None
    if sides == [None, None] or (earliest and latest and earliest > latest):
        raise _bad("an interval has a beginning that is not after its end", where=f"'{text}'")
    return Date(stripped, earliest, latest)


def _parse_element(text: str) -> Date:
    found = _ELEMENT.fullmatch(text)
    if not found:
        raise _bad("this is no date", where=f"'{text}'")
    year, month, day, qualifier = found.groups()
    if "X" in year and month:
        raise _bad("a month of an unknown year is no date", where=f"'{text}'")
    return replace(_unqualified(year, month, day), edtf=text) if qualifier else _unqualified(year, month, day)


def _unqualified(year: str, month: str | None, day: str | None) -> Date:
    if "X" in year:
        return from_century(int(year[:2]) + 1) if year.endswith("XX") else from_decade(int(year[:3]) * 10)
    written = "-".join(filter(None, (year, month, day)))
    if month is None or month == "XX":
        if month and day not in {None, "XX"}:
            raise _bad("a day of an unknown month is no date", where=f"'{written}'")
        return replace(from_year(int(year)), edtf=written)
    if day is None and int(month) in SEASON_MONTHS:
        return from_season(int(year), int(month))
    if day is None or day == "XX":
        return replace(from_month(int(year), int(month)), edtf=written)
    return from_day(int(year), int(month), int(day))
