"""Reading one point or period in time at a place of a sentence: year, month, day and what narrows them."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.dates.eras import read_number
from extract.dates.reading import Count, Reading
from extract.dates.rules import Origin, Unit
from extract.dates.singles import SINGLES
from extract.dates.years import Line, Scene, free_word, said_beside, year_at

_HIRAGANA_BEFORE = frozenset("はがもにをでのとへや")
_JOINED_NUMBERS = re.compile(r"[0-9一二三四五六七八九][、,・~〜-]")
NO_NUMBER = "the text gives no single number to count with"
_DURATIONS = {"年": (Unit.YEAR, 1), "月": (Unit.MONTH, 1), "週間": (Unit.DAY, 7), "日": (Unit.DAY, 1)}


def point_at(line: Line, at: int, scene: Scene) -> Reading | None:
    """The time expression that begins at `at`, without bounds and ranges."""
    for read in SINGLES:
        if single := read(line, at):
            return narrow(line, single)
    reading = _duration_at(line, at, scene) or _year_led(line, at, scene) or _month_led(line, at) or _day_led(line, at)
    if reading is None:
        return None
    return reading if reading.skip else narrow(line, reading)


def narrow(line: Line, reading: Reading) -> Reading:
    """Add what follows a period and narrows it: season, quarter, 末, 前半, 頃, and the same date in brackets."""
    end = reading.end
    if reading.unit in {Unit.YEAR, Unit.FISCAL} and (quarter := line.p.quarter.match(line.text, end)):
        reading = replace(reading, end=quarter.end(), quarter=read_number(quarter["n"] or quarter["q"]))
    elif reading.unit is Unit.YEAR and reading.season is None and (season := line.p.season.match(line.text, end)):
        reading = replace(reading, end=season.end(), season=line.rules.seasons[season["word"]])
    elif reading.part is None and reading.season is None:
        reading = _with_part(line, reading)
    if reading.until is None and (about := line.p.about.match(line.text, reading.end)):
        reading = replace(reading, end=about.end(), about=True)
    return reading


def _with_part(line: Line, reading: Reading) -> Reading:
    found = line.p.part.match(line.text, reading.end)
    if not found:
        return reading
    part = line.rules.parts[found["word"]]
    if reading.unit.value not in part.spans or line.text.startswith(part.unless, found.end()):
        return reading
    if part.only_if and ("の" in found[0] or not line.text.startswith(part.only_if, found.end())):
        return reading
    return replace(reading, end=found.end(), part=part)


def _duration_at(line: Line, at: int, scene: Scene) -> Reading | None:
    """その3か月後, 2年後, 約半年前: a number of units from something."""
    found = line.p.duration.match(line.text, at)
    if not found or not (found["that"] or line.begins(at)) or line.text.endswith("第", 0, at):
        return None
    if _JOINED_NUMBERS.fullmatch(line.text[max(0, at - 2) : at]):
        return Reading(at, found.end(), Unit.DAY, aside=True, problem=NO_NUMBER)
    unit, size = _DURATIONS["月" if "月" in found["unit"] else found["unit"]]
    if found["n"] == "半" and found["unit"] != "年":
        return None
    if found["n"] == "半" or found["half"]:
        unit, size = (Unit.MONTH, 12) if unit is Unit.YEAR else (unit, size)
    number = 0 if found["n"] == "半" else read_number(found["n"])
    months = 6 if found["n"] == "半" or found["half"] else 0
    shift = (number * size + (months if unit is Unit.MONTH else 0)) * (1 if found["way"] == "後" else -1)
    count = Count(shift, _origin(line, at, found["that"], scene))
    reading = Reading(at, found.end(), unit, about=bool(found["about"]) or "週" in found["unit"] or bool(found["half"]))
    if unit is Unit.YEAR:
        said = said_beside(line, found.end())
        year = replace(reading, year=said.count, end=said.end, about=False) if said else replace(reading, year=count)
        return _after_year(line, year)
    return _with_check(line, _numbered(reading, count))


def _with_check(line: Line, reading: Reading) -> Reading:
    """The month or day that a distance comes to, where the text says it too: 3か月後の8月28日, 5日後の15日."""
    of = line.p.of.match(line.text, reading.end)
    at = of.end() if of and "の" in of[0] else None
    if at is None:
        return reading
    if reading.month and (said := _month_after(line, at, year_said=False)) and said.month and not said.until:
        return _after_month(line, replace(reading, end=said.end, month=replace(reading.month, check=said.month.value)))
    if reading.day and not reading.about:
        month = _month_after(line, at, year_said=False)
        day = _day_after(line, month.end if month else at)
        if day and day.day and not day.until and not line.stopped("day", at, day.end):
            return replace(reading, end=day.end, day=replace(reading.day, check=day.day.value))
    return reading


def _origin(line: Line, at: int, that: str | None, scene: Scene) -> Origin:
    """What a duration counts from: what その names, the date or the event that から or の joins it to."""
    if that:
        return Origin.TEXT
    for particle in ("から", "より", "の"):
        if line.text.endswith(particle, 0, at):
            return Origin.TEXT if scene.previous_end == at - len(particle) else Origin.EVENT
    return Origin.EITHER


def _year_led(line: Line, at: int, scene: Scene) -> Reading | None:
    reading = _from_year(line, at, scene)
    return reading if reading is None or reading.skip else _absorb(line, reading)


def _from_year(line: Line, at: int, scene: Scene) -> Reading | None:
    year = year_at(line, at, scene)
    if year is None:
        return None
    reading = Reading(
        at, year.end, year.unit, year=year.count, opens=year.opens, named=year.named, season=year.season, problem=year.problem
    )
    if reading.unit is Unit.YEAR and reading.season is None:
        reading = _after_year(line, reading)
    edition = line.stopped("edition", at, reading.end) and not reading.day
    return replace(reading, skip=True) if edition else reading


def _after_year(line: Line, reading: Reading) -> Reading:
    """The month and the day that follow a year, の between them or not."""
    of = line.p.of.match(line.text, reading.end)
    at = of.end() if of else reading.end
    month = _month_after(line, at, year_said=True)
    return (
        _after_month(line, replace(month, start=reading.start, year=reading.year, problem=reading.problem))
        if month
        else reading
    )


def _month_after(line: Line, at: int, *, year_said: bool) -> Reading | None:
    """A month at `at`: 7月, 4~6月, and after a year 同月."""
    if year_said and (word := free_word(line, at)) and word[1].unit is Unit.MONTH and word[1].origin is Origin.TEXT:
        return Reading(at, at + len(word[0]), Unit.MONTH, month=Count(word[1].shift, Origin.TEXT))
    found = line.p.month.match(line.text, at)
    if not found:
        joined = line.p.months.match(line.text, at)
        return _joined(line, at, Unit.MONTH, joined) if joined else None
    number = read_number(found["n"])
    stopped = line.stopped("month", at, found.end()) and not line.narrowed(found.end())
    return None if stopped or not 1 <= number <= 12 else Reading(at, found.end(), Unit.MONTH, month=Count(number))


def _joined(line: Line, at: int, unit: Unit, found: re.Match[str]) -> Reading | None:
    """Two numbers that share a unit: 9~11日 a range, 9、10日 a stretch, 9、11日 only the first."""
    low, high = read_number(found["first"]), read_number(found["last"])
    top = 12 if unit is Unit.MONTH else 31
    if not (1 <= low <= top and 1 <= high <= top) or line.stopped(unit.value, at, found.end()):
        return None
    first = _numbered(Reading(at, found.end("first"), unit), Count(low))
    if found["joint"] in line.rules.ranges["neighbours"] and high != low + 1:
        return first
    return replace(first, end=found.end(), until=_numbered(Reading(found.start("last"), found.end(), unit), Count(high)))


def _numbered(reading: Reading, count: Count) -> Reading:
    return replace(reading, month=count) if reading.unit is Unit.MONTH else replace(reading, day=count)


def _after_month(line: Line, reading: Reading) -> Reading:
    """The day that follows a month, with the weekday in brackets."""
    if reading.until:
        return reading
    if (word := free_word(line, reading.end)) and word[1].unit is Unit.DAY and word[0].startswith("同"):
        return replace(reading, end=reading.end + len(word[0]), unit=Unit.DAY, day=Count(0, Origin.TEXT))
    at = reading.end
    if reading.month and reading.month.origin is not Origin.SAID and (of := line.p.of.match(line.text, at)):
        at = of.end()
    day = _day_after(line, at)
    if day is None:
        return reading
    joined = replace(day, start=reading.start, year=reading.year, month=reading.month, problem=reading.problem)
    return _with_weekday(line, joined)


def _day_after(line: Line, at: int) -> Reading | None:
    found = line.p.day.match(line.text, at)
    if found:
        number = read_number(found["n"])
        return (
            Reading(at, found.end(), Unit.DAY, day=Count(number))
            if 1 <= number <= 31 and not _span(line, found.end())
            else None
        )
    joined = line.p.days.match(line.text, at)
    return _joined(line, at, Unit.DAY, joined) if joined else None


def _span(line: Line, end: int) -> bool:
    return line.text.startswith(("間", "目"), end)


def _with_weekday(line: Line, reading: Reading) -> Reading:
    note = line.p.weekday_note.match(line.text, reading.end)
    return replace(reading, end=note.end()) if note else reading


def _absorb(line: Line, reading: Reading) -> Reading:
    """Take in the same date in the other calendar, in brackets: 2024年7月28日(令和6年7月28日)."""
    if (
        not line.text.startswith("(", reading.end)
        or not reading.year
        or reading.year.origin is not Origin.SAID
        or reading.until
    ):
        return reading
    other = _from_year(line, reading.end + 1, Scene())
    if not other or not other.year or not line.text.startswith(")", other.end) or other.year.notation == reading.year.notation:
        return reading
    same = (other.year.value, other.month, other.day) == (reading.year.value, reading.month, reading.day)
    problem = reading.problem or (None if same else "the western date and the era date differ")
    return replace(reading, end=other.end + 1, problem=problem)


def _month_led(line: Line, at: int) -> Reading | None:
    """7月, 7月28日, 先月, 先月7月28日."""
    if (word := free_word(line, at)) and word[1].unit is Unit.MONTH:
        reading = Reading(at, at + len(word[0]), Unit.MONTH, month=Count(word[1].shift, word[1].origin))
        said = line.p.month.match(line.text, reading.end)
        if said and 1 <= read_number(said["n"]) <= 12 and reading.month:
            reading = replace(reading, end=said.end(), month=replace(reading.month, check=read_number(said["n"])))
        return _after_month(line, reading)
    if not line.begins(at) or line.stopped("month", at, len(line.text)):
        return None
    month = _month_after(line, at, year_said=False)
    if month is None:
        return None
    reading = _after_month(line, month)
    return replace(reading, skip=True) if line.stopped("edition", at, reading.end) and not reading.day else reading


def _day_led(line: Line, at: int) -> Reading | None:
    """28日, 同日, きょう."""
    word = free_word(line, at)
    if word and word[1].unit is Unit.DAY:
        end = at + len(word[0])
        day = Reading(at, end, Unit.DAY, day=Count(word[1].shift, word[1].origin))
        return None if _no_day_word(line, word[0], at, end) else _day_beside(line, day)
    found = line.p.day.match(line.text, at) or line.p.days.match(line.text, at)
    if not found or not line.begins(at) or line.text.endswith(("年", "月"), 0, at):
        return None
    if not _lone_day(line, found) or (line.stopped("day", at, found.end()) and not line.p.about.match(line.text, found.end())):
        return None
    bare = _day_after(line, at)
    return _with_weekday(line, bare) if bare else None


def _no_day_word(line: Line, word: str, at: int, end: int) -> bool:
    """Whether a word for a day is a piece of another, a state's name runs into it, or it means nowadays."""
    hiragana = at > 0 and "ぁ" <= line.text[at] <= "ん" and "ぁ" <= line.text[at - 1] <= "ん"
    hidden = hiragana and line.text[at - 1] not in _HIRAGANA_BEFORE
    return (
        hidden
        or (word.endswith("日") and line.stopped("day-word", at, end))
        or (word == "今日" and line.stopped("today", at, end))
    )


def _lone_day(line: Line, found: re.Match[str]) -> bool:
    """Whether a number of days without a month may be a date: not 1日 but in a range, not 三日."""
    lone = found.groupdict().get("n")
    if lone is None:
        return True
    if read_number(lone) < 2:
        if line.text.startswith("、", found.end()) and (found.start() == 0 or line.text[found.start() - 1] in "はが"):
            return True  # 防衛省は1日、…
        joined = line.p.range.match(line.text, found.end())
        return joined is not None and line.p.day.match(line.text, joined.end()) is not None
    return lone.isascii() or "十" in lone


def _day_beside(line: Line, reading: Reading) -> Reading:
    """The number beside a relative day: 昨日(28日), 前日の27日, きょう9日."""
    opened = line.text.startswith(("(", "の"), reading.end)
    found = line.p.day.match(line.text, reading.end + opened)
    if not found or not reading.day or not 1 <= read_number(found["n"]) <= 31:
        return reading
    bracketed = line.text[reading.end] == "("
    if (bracketed and not line.text.startswith(")", found.end())) or line.stopped("day", reading.end, found.end()):
        return reading
    return replace(reading, end=found.end() + bracketed, day=replace(reading.day, check=read_number(found["n"])))
