"""From the numbers of a point in time and the words that narrow it to a date: 年度末, 年代前半, 第1四半期."""

from __future__ import annotations

from datetime import date, timedelta

from extract.dates import calendar
from extract.dates.reading import Reading
from extract.dates.rules import Unit
from extract.model import Date


def narrowed(reading: Reading, year: int, month: int | None, day: int | None) -> Date:
    """The date of a reading whose numbers are known; for a fiscal year `year` is the one it is named after.

    Raises `DateError` where the calendar has no such date.
    """
    if reading.unit in {Unit.DECADE, Unit.CENTURY}:
        return _long(reading, year)
    if reading.unit is Unit.FISCAL:
        return _fiscal(reading, year)
    if month is None:
        return _year(reading, year)
    if day is None:
        return _month(reading, year, month)
    return _week(reading, date(year, month, day)) if reading.unit is Unit.WEEK else calendar.from_day(year, month, day)


def _months(year: int, first: int, last: int) -> Date:
    """Months counted from January of `year`, or beyond December into the next."""
    ends = [calendar.from_month(year + (n - 1) // 12, (n - 1) % 12 + 1) for n in (first, last)]
    return calendar.interval(*ends)


def _year(reading: Reading, year: int) -> Date:
    if reading.season is not None:
        return calendar.from_season(year, reading.season)
    if reading.quarter is not None:
        return _months(year, 3 * reading.quarter - 2, 3 * reading.quarter)
    if reading.part is None:
        return calendar.from_year(year)
    first, last = reading.part.spans[Unit.YEAR]
    return calendar.from_year(year) if (first, last) == (1, 12) else _months(year, first, last)


def _fiscal(reading: Reading, year: int) -> Date:
    whole = calendar.from_fiscal_year(year, opens=reading.opens)
    opened = year if reading.opens == 4 else year - 1
    first, last = 1, 12
    if reading.quarter is not None:
        first, last = 3 * reading.quarter - 2, 3 * reading.quarter
    elif reading.part is not None:
        first, last = reading.part.spans[Unit.FISCAL]
    if (first, last) == (1, 12):
        return whole
    return _months(opened, reading.opens + first - 1, reading.opens + last - 1)


def _month(reading: Reading, year: int, month: int) -> Date:
    whole = calendar.from_month(year, month)
    if reading.part is None or whole.latest is None:
        return whole
    first, last = reading.part.spans[Unit.MONTH]
    return (
        whole
        if (first, last) == (1, 0)
        else calendar.from_days(date(year, month, first), date(year, month, last or whole.latest.day))
    )


def _week(reading: Reading, day: date) -> Date:
    if reading.part is None:
        return calendar.week_of(day)
    first, last = reading.part.spans[Unit.WEEK]
    monday = day - timedelta(days=day.weekday())
    return calendar.from_days(monday + timedelta(days=first - 1), monday + timedelta(days=last - 1))


def _long(reading: Reading, year: int) -> Date:
    """A decade that `year` opens, or the century of that number."""
    if reading.unit is Unit.CENTURY:
        whole, base = calendar.from_century(year), (year - 1) * 100
    elif year % 10:  # 昭和30年代 are the years 1955 to 1964
        whole, base = calendar.interval(calendar.from_year(year), calendar.from_year(year + 9)), year
    else:
        whole, base = calendar.from_decade(year), year
    if reading.part is None:
        return whole
    first, last = reading.part.spans[reading.unit]
    return calendar.interval(calendar.from_year(base + first), calendar.from_year(base + last))
