"""Dates of publication as metadata write them, in EDTF."""

from __future__ import annotations

import re
from datetime import date

from extract.reading.dateline import read_date

_iso = re.compile(r"(?P<year>\d{4})(?:[-/.]?(?P<month>\d{2})(?:[-/.]?(?P<day>\d{2}))?)?(?:[T\s].*)?", re.DOTALL)
_weekday = re.compile(r"^[A-Z][a-z]{2,8},\s*")
_time = re.compile(r"\s+\d{1,2}:\d{2}.*$", re.DOTALL)


def to_edtf(words: str) -> str | None:
    """A date as metadata have it, None where it is no date of the calendar. The day is the one where it was written.

    Sources: ISO 8601, RFC 5322, and what Japanese sites write.

    >>> to_edtf("2024-08-09T23:30:00+09:00"), to_edtf("Fri, 09 Aug 2024 10:00:00 GMT"), to_edtf("令和6年8月9日 10:00")
    ('2024-08-09', '2024-08-09', '2024-08-09')
    >>> to_edtf("2024-08"), to_edtf("20240809"), to_edtf("2024-02-30"), to_edtf("yesterday")
    ('2024-08', '2024-08-09', None, None)
    """
    words = words.strip()[:100]
    found = _iso.fullmatch(words)
    if found:
        return _checked(found["year"], found["month"], found["day"])
    try:
        return read_date(_time.sub("", _weekday.sub("", words)))
    except ValueError:
        return None


def _checked(year: str, month: str | None, day: str | None) -> str | None:
    try:
        exact = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if not 1800 <= exact.year <= 2200:
        return None
    return exact.isoformat()[: 10 if day else 7 if month else 4]
