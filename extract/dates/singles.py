"""Time expressions that are read in one piece: 2024/7/28, July 28, 2024, 1970年代, 20世紀, 先週金曜日, 年末, 先日."""

from __future__ import annotations

from collections.abc import Callable

from extract.dates.eras import read_number, western_year
from extract.dates.patterns import MONTHS, WEEKDAYS
from extract.dates.reading import Count, Reading
from extract.dates.rules import Origin, Unit
from extract.dates.years import Line, free_word, latin_before


def numeric_at(line: Line, at: int) -> Reading | None:
    """2024/7/28, 2024-07-28, 2024.7.28, R6.11.16, 令和6.11.16."""
    found = line.p.numeric.match(line.text, at)
    if found and not latin_before(line.text, at):
        return _day(at, found.end(), Count(int(found["year"]), notation="west"), int(found["month"]), int(found["day"]))
    found = line.p.lettered.match(line.text, at)
    if not found or latin_before(line.text, at) or not (number := read_number(found["eran"])):
        return None
    year = Count(western_year(found["era"], number), notation=found["era"])
    return _day(at, found.end(), year, int(found["month"]), int(found["day"]))


def _day(start: int, end: int, year: Count, month: int, day: int) -> Reading | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Reading(start, end, Unit.DAY, year=year, month=Count(month), day=Count(day))


def english_at(line: Line, at: int) -> Reading | None:
    """July 28, 2024; 28 July 2024; Jan. 2023."""
    found = line.p.english.match(line.text, at)
    if not found or latin_before(line.text, at):
        return None
    name = found["month"] or found["month2"]
    month = next(n for n, full in enumerate(MONTHS, 1) if full[:3] == name[:3])
    year = Count(int(found["year"] or found["year2"]), notation="west")
    day = found["day"] or found["day2"]
    if day:
        return _day(at, found.end(), year, month, int(day))
    return Reading(at, found.end(), Unit.MONTH, year=year, month=Count(month))


def decade_at(line: Line, at: int) -> Reading | None:
    """1970年代, 九〇年代, 昭和30年代."""
    found = line.p.decade.match(line.text, at)
    if not found or not line.begins(at) or line.text.endswith("第", 0, at):
        return None
    number = read_number(found["eran"] or found["west"] or found["short"])
    if number % 10 or not (found["era"] or found["short"] or 1000 <= number < 2200):
        return None
    if found["era"]:
        if not number:
            return None
        return Reading(at, found.end(), Unit.DECADE, year=Count(western_year(found["era"], number), notation=found["era"]))
    return Reading(at, found.end(), Unit.DECADE, year=Count(number, short=bool(found["short"]), notation="west"))


def century_at(line: Line, at: int) -> Reading | None:
    """20世紀, 二十一世紀."""
    found = line.p.century.match(line.text, at)
    if not found or not line.begins(at) or line.text.startswith("間", found.end()):
        return None
    number = read_number(found["n"])
    return Reading(at, found.end(), Unit.CENTURY, year=Count(number)) if 10 < number < 23 else None


def alone_at(line: Line, at: int) -> Reading | None:
    """年末, 年度末: a part of a year without one."""
    found = line.p.alone.match(line.text, at)
    if not found or (at and (line.text[at - 1] in "0123456789同翌前本今昨去来々例毎" or not line.begins(at))):
        return None
    rule = line.rules.alone[found["word"]]
    if line.text.startswith(rule.unless, found.end()):
        return None
    return Reading(at, found.end(), rule.unit, part=rule.part, alone=True, may_be_next=rule.may_be_next, ahead=rule.ahead)


def week_at(line: Line, at: int) -> Reading | None:
    """今週, 先週末, 先週金曜日."""
    word = free_word(line, at)
    if not word or word[1].unit is not Unit.WEEK:
        return None
    end, count = at + len(word[0]), Count(7 * word[1].shift, word[1].origin)
    weekday = line.p.weekday.match(line.text, end)
    if weekday:
        return Reading(at, weekday.end(), Unit.DAY, day=count, weekday=WEEKDAYS.index(weekday["n"]))
    return Reading(at, end, Unit.WEEK, day=count)


def same_at(line: Line, at: int) -> Reading | None:
    """同8月, 同28日, 翌8日: newspaper style for 同年8月, 同月28日, 翌日の8日."""
    found = line.p.same.match(line.text, at)
    if not found or (at and line.text[at - 1] in line.rules.relatives["同年"].not_after):
        return None
    number, shift = read_number(found["n"]), int(found["word"] == "翌")
    unit, top = (Unit.MONTH, 12) if found["unit"] == "月" else (Unit.DAY, 31)
    if not 1 <= number <= top or line.stopped(unit, at, found.end()):
        return None
    if unit is Unit.MONTH:
        year = None if shift else Count(0, Origin.TEXT)
        month = Count(1, Origin.TEXT, check=number) if shift else Count(number)
        day = line.p.day.match(line.text, found.end())
        if day and 1 <= read_number(day["n"]) <= 31:
            return Reading(at, day.end(), Unit.DAY, year=year, month=month, day=Count(read_number(day["n"])))
        return Reading(at, found.end(), Unit.MONTH, year=year, month=month)
    return Reading(
        at,
        found.end(),
        Unit.DAY,
        month=None if shift else Count(0, Origin.TEXT),
        day=Count(1, Origin.TEXT, check=number) if shift else Count(number),
    )


def vague_at(line: Line, at: int) -> Reading | None:
    """先日, 数年後: the text leaves it open."""
    found = line.p.vague.match(line.text, at)
    if not found or (at and line.text[at - 1] in "優祖十"):
        return None
    return Reading(at, found.end(), Unit.DAY, aside=True, problem=line.rules.vague[found["word"]])


SINGLES: tuple[Callable[[Line, int], Reading | None], ...] = (
    numeric_at,
    english_at,
    vague_at,
    decade_at,
    century_at,
    alone_at,
    week_at,
    same_at,
)
