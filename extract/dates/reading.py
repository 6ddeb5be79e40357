"""What a time expression says before it is anchored: numbers and words, and what they count from."""

from __future__ import annotations

from dataclasses import dataclass

from extract.dates.rules import Origin, Part, Unit
from extract.model import Bound


@dataclass(frozen=True, slots=True)
class Count:
    """A year, month or day as written.

    `value` is the number itself where `origin` is SAID, else the distance from the origin. `short`
    marks two digits of a year whose century is open; `notation` is the name of the era that a year is
    written in, `west` for 西暦. `check` is the number that stands beside a relative word (先月7月).
    """

    value: int
    origin: Origin = Origin.SAID
    short: bool = False
    notation: str | None = None
    check: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One time expression as read, at `start:end` of its sentence.

    `unit` is the grain of the period that it names. `opens` is the month in which its fiscal year
    begins. `aside` and `named` ones (2021年以来, 2025年度国防権限法) set no scene for the dates after
    them. `alone` is a part of a year without one, `ahead` lies in the document's future, `perhaps_ahead` may. `until` is the
    other end of a range; `skip` marks what is no date after all. `problem` says why it has no value.
    """

    start: int
    end: int
    unit: Unit
    year: Count | None = None
    month: Count | None = None
    day: Count | None = None
    part: Part | None = None
    season: int | None = None
    quarter: int | None = None
    weekday: int | None = None
    opens: int = 4
    about: bool = False
    bound: Bound = Bound.AT
    aside: bool = False
    named: bool = False
    alone: bool = False
    may_be_next: bool = False
    ahead: bool = False
    perhaps_ahead: bool = False
    until: Reading | None = None
    open_end: bool = False
    skip: bool = False
    problem: str | None = None
