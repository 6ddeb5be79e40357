"""Dates of any precision as the days that they can mean, and how they lie to each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from extract.dates.calendar import parse_edtf
from graph.errors import GraphError
from ontology.errors import AllianceKGError


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """The first and the last day that a date can mean, both included; of an open end, the first or last day of the calendar."""

    first: date
    last: date


def days(text: str) -> Days | None:
    """The days of a date in the graph; nothing where it is none.

    >>> days("1997-09").last
    datetime.date(1997, 9, 30)
    """
    try:
        read = parse_edtf(text)
    except AllianceKGError:
        return None
    return Days(read.earliest or date.min, read.latest or date.max)


def wanted(text: str | date, name: str) -> Days:
    """The days of a parameter. Raises GraphError where it is no date."""
    found = days(str(text))
    if found is None:
        raise GraphError(f"{text!r} is no date", where=name, todo="Write 1997, 1997-09 or 1997-09-23.")
    return found


def known(dates: Iterable[str]) -> list[Days]:
    """The days of those that are dates, the earliest first."""
    return sorted(read for text in dates if (read := days(text)) is not None)
