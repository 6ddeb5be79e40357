"""Meetings: one series (a forum, or a kind such as 日米首脳会談) and one date make one meeting.

A coarser date (2024-04) means the meeting of an exact one (2024-04-10) if that is the only one within it.
Summits of one kind may come several times a year, so that a year alone points at none of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from extract.model import Date
from graph.appearances import Appearance
from graph.partition import Partition

_COARSEST_OF_A_KIND = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Series:
    """What a meeting is one of: a forum (its part) or a kind (its label as compared)."""

    forum: int | None
    kind: str


def unite_meetings(things: Sequence[Appearance], partition: Partition, series: Mapping[int, Series]) -> None:
    """Join the meetings of each series by compatible dates. `series` maps the places of all meetings in `things`."""
    by_date: dict[Series, dict[Hashable, list[int]]] = defaultdict(lambda: defaultdict(list))
    for at, one in series.items():
        on = things[at].entity.on
        if on is None:
            continue  # without a date nothing says which meeting it is
        by_date[one][_bounds(on) or on.edtf].append(at)
    for one, days in by_date.items():
        for members in days.values():
            partition.unite(members)
        exact = _exact([bounds for bounds in days if isinstance(bounds, tuple)])
        for bounds, members in days.items():
            if not isinstance(bounds, tuple) or not _points(one, bounds):
                continue
            if (only := _only_within(bounds, exact)) is not None:
                partition.unite((members[0], days[only][0]))


def date_of(members: Sequence[Appearance]) -> Date | None:
    """The most exact date that any of the joined meetings bears."""
    dates = {member.entity.on for member in members if member.entity.on is not None}
    return min(dates, key=_by_exactness, default=None)


def _by_exactness(on: Date) -> tuple[bool, timedelta, int, str]:
    bounds = _bounds(on)
    return (bounds is None, bounds[1] - bounds[0] if bounds else timedelta(), len(on.edtf), on.edtf)


def _bounds(on: Date) -> tuple[date, date] | None:
    return (on.earliest, on.latest) if on.earliest is not None and on.latest is not None else None


def _points(series: Series, bounds: tuple[date, date]) -> bool:
    """Whether a date of this width may point at one meeting of the series."""
    return series.forum is not None or bounds[1] - bounds[0] < _COARSEST_OF_A_KIND


def _exact(bounds: Sequence[tuple[date, date]]) -> list[tuple[date, date]]:
    """Those that contain no other, ascending; as none contains another, their ends ascend too."""
    found: list[tuple[date, date]] = []
    for first, last in sorted(set(bounds), key=lambda b: (-b[0].toordinal(), b[1])):
        if not found or last < found[-1][1]:
            found.append((first, last))
    return found[::-1]


def _only_within(bounds: tuple[date, date], exact: Sequence[tuple[date, date]]) -> tuple[date, date] | None:
    low = bisect_left(exact, bounds[0], key=lambda b: b[0])
    high = bisect_right(exact, bounds[1], key=lambda b: b[1])
    return exact[low] if high - low == 1 else None
