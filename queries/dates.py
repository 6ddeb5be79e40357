"""Dates as parameters: a day, a month, a year or an interval of them, read as the days that they span.

Source: Extended Date/Time Format, ISO 8601-2:2019, level 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from queries.errors import QueryError

_PARTS = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day of a date of any precision, both included."""

    first: date
    last: date

    @property
    def next(self) -> str:
        """The day after, as ISO 8601 text. A period whose text sorts before it has ended by `last`."""
        return (self.last + timedelta(days=1)).isoformat()


_LAST_YEAR = 9998  # the day after its last day is still a date


def days(text: str, where: str = "") -> Days:
    """The days that a date spans.

    Raises QueryError where it is no date, or one that no calendar has.

    >>> days("1997-09").last
    datetime.date(1997, 9, 30)
    """
    first, slash, last = text.strip().partition("/")
    try:
        begin, end = _span(first).first, _span(last if slash else first).last
    except ValueError:
        begin, end = date.max, date.min
    if begin > end:
        raise QueryError(f"{text!r} is no date", where=where, todo="Write 1997, 1997-09, 1997-09-23 or 1997-04/1998-03.")
    return Days(begin, end)


def _span(text: str) -> Days:
    match = _PARTS.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day = (int(part or 0) for part in match.groups())
    if year > _LAST_YEAR:
        raise ValueError(text)
    first = date(year, month if match[2] else 1, day if match[3] else 1)
    if match[3]:
        return Days(first, first)
    following = date(year + 1, 1, 1) if first.month == 12 or not match[2] else date(year, first.month + 1, 1)
    return Days(first, following - timedelta(days=1))
