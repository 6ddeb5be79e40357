"""Finding the time expressions of a sentence: points, ranges and the words that bound them.

One pass from left to right; every pattern is bounded, so that the time grows with the text alone.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.dates.eras import read_number, western_year
from extract.dates.patterns import shadow
from extract.dates.points import narrow, point_at
from extract.dates.reading import Count, Reading
from extract.dates.rules import Origin, Unit
from extract.dates.years import Line, Scene, line_of
from extract.model import Bound


def recognise(text: str) -> tuple[Reading, ...]:
    """The time expressions of a sentence in order, not overlapping, not yet anchored.

    >>> [(r.start, r.end, r.year.value) for r in recognise("1978年に策定し、97年9月に改定した") if r.year]
    [(0, 5, 1978), (10, 15, 97)]
    """
    line = line_of(shadow(text))
    readings: list[Reading] = []
    at, scene = 0, Scene()
    while place := line.p.start.search(line.text, at):
        reading = _years_joined(line, place.start()) or point_at(line, place.start(), scene)
        if reading is None:
            at = _past(line, place.start())
            continue
        at = reading.end
        if reading.skip:
            continue
        finished = _detour(line, _finish(line, reading))
        at = max(finished.end, at)
        readings.append(finished)
        west = finished.year is not None and finished.year.notation == "west"
        scene = Scene(western_seen=scene.western_seen or west, previous_end=at)
    return tuple(readings)


DETOUR = re.compile(r"(?:に|、)?[^、。0-9]{1,20}?(?:[さらかかげめけせてれわ]れた|した|った|いた|んだ)(?=[一-龥ァ-ヶA-Z「『])")


def _detour(line: Line, reading: Reading) -> Reading:
    """A look back inside a clause before a noun moves nothing: 「前年9月に調印された条約とともに4月に発効した」."""
    back = reading.year is not None and reading.year.origin is Origin.TEXT and reading.year.value < 0
    return replace(reading, aside=True) if back and DETOUR.match(line.text, reading.end) else reading


def _past(line: Line, at: int) -> int:
    """The next place to try: past the rest of a number, since none begins within another."""
    end = at + 1
    if line.text[at].isdigit():
        while end < len(line.text) and line.text[end].isdigit() and line.text[end].isascii():
            end += 1
    return end


def _years_joined(line: Line, at: int) -> Reading | None:
    """1990~95年, 2023-24年度, 令和4~8年度: two years that share their unit."""
    found = line.p.years.match(line.text, at)
    if not found or not line.begins(at) or line.stopped("thousands", at, found.end()):
        return None
    notation = found["era"] or "west"
    first, last = _both_years(notation, found["number"] or found["first"], found["last"])
    if not 1500 <= first < last < 2200:
        return None
    unit = Unit.FISCAL if "度" in found["unit"] else Unit.YEAR
    start = found.start("last")
    until = narrow(line, Reading(start, found.end(), unit, year=Count(last, notation=notation)))
    if line.stopped("edition", at, until.end):
        return None
    return Reading(at, until.end, unit, year=Count(first, notation=notation), until=until)


def _both_years(notation: str, low: str, high: str) -> tuple[int, int]:
    """The western years of 1990~95, 1998~03 and 令和4~8; (0, 0) where they are none."""
    first, last = read_number(low), read_number(high)
    if notation != "west":
        return (western_year(notation, first), western_year(notation, last)) if first and last < 100 and last else (0, 0)
    if last < 10 and len(high) == 1:
        return 0, 0
    if last < 100:
        last += first // 100 * 100 + (100 if last <= first % 100 else 0)
    return first, last


def _finish(line: Line, reading: Reading) -> Reading:
    """Add the other end of a range, or what bounds the date, and whether it lies ahead."""
    if reading.problem is None and reading.until is None:
        reading = _with_range(line, reading)
    if reading.until is None and not reading.open_end:
        reading = _with_bound(line, reading)
    ahead = line.p.ahead.match(line.text, reading.end) or line.text.endswith(line.rules.ahead_before, 0, reading.start)
    if ahead:
        return replace(reading, ahead=True)
    return replace(reading, perhaps_ahead=True) if line.p.perhaps_ahead.match(line.text, reading.end) else reading


def _with_range(line: Line, reading: Reading) -> Reading:
    if opened := line.p.open_end.match(line.text, reading.end):
        kept = opened[0].removesuffix("まで").removesuffix("に至る")
        return replace(reading, end=reading.end + len(kept), open_end=True)
    joined = line.p.range.match(line.text, reading.end)
    if joined:
        until = point_at(line, joined.end(), Scene(western_seen=True, ranging=True, previous_end=reading.end))
        if until and not until.skip and _closes(line, reading, until, joined["word"]):
            return replace(reading, end=until.end, until=_in_era(until, reading))
        return reading
    near = line.p.neighbour.match(line.text, reading.end)
    if near:
        until = point_at(line, near.end(), Scene(previous_end=reading.end))
        if until and not until.skip and _neighbours(reading, until) and not _bounded(line, until):
            return replace(reading, end=until.end, until=until)
    return reading


def _closes(line: Line, first: Reading, last: Reading, word: str) -> bool:
    """Whether a second point is the end of a range and not the next date of the sentence."""
    counts = [count for count in (last.year, last.month, last.day) if count]
    yearless = last.year is None and not last.alone
    worded = word in {"から", "より"}
    return not (
        last.until
        or last.problem
        or (last.alone and not worded)
        # 1990年から3日: a length; 1990年から12月: two dates
        or (yearless and last.month is None and counts and counts[0].origin is Origin.SAID and not first.day)
        or (yearless and last.unit is Unit.MONTH and first.unit not in {Unit.MONTH, Unit.DAY})
        # 1990年から20年が経過した
        or (last.year and last.year.short and worded and last.month is None and not _ends(line, last))
        # 1978年から2年後
        or any(count.origin in {Origin.EITHER, Origin.EVENT} for count in counts)
        or (counts and counts[0].origin is Origin.TEXT and line.text[last.end - 1] in "後前")
        or _bounded(line, last)
    )


def _in_era(last: Reading, first: Reading) -> Reading:
    """平成24年から26年: two digits after an era year are of the era."""
    era = first.year.notation if first.year else None
    if era in {None, "west"} or era is None or not last.year or not last.year.short:
        return last
    return replace(last, year=Count(western_year(era, last.year.value), notation=era))


def _ends(line: Line, last: Reading) -> bool:
    return line.text.startswith(("まで", "にかけ", "の間", "末"), last.end) or last.about or last.part is not None


def _bounded(line: Line, reading: Reading) -> bool:
    """Whether から or 以降 follows: the point then begins something of its own."""
    return _with_bound(line, reading).bound is Bound.FROM


def _neighbours(first: Reading, last: Reading) -> bool:
    """Whether two days or months of one year follow each other: 9日と10日, 7月、8月."""
    plain = not (
        first.part or last.part or first.about or last.about or first.until or last.until or first.problem or last.problem
    )
    if not plain or last.year is not None or first.unit is not last.unit:
        return False
    if first.unit is Unit.DAY and last.month is None:
        return _next(first.day, last.day)
    return first.unit is Unit.MONTH and _next(first.month, last.month)


def _next(low: Count | None, high: Count | None) -> bool:
    said = low is not None and high is not None and low.origin is high.origin is Origin.SAID
    return said and low is not None and high is not None and high.value == low.value + 1


def _with_bound(line: Line, reading: Reading) -> Reading:
    found = line.p.bound.match(line.text, reading.end)
    if not found:
        return reading
    rule = line.rules.bounds[found["word"]]
    if line.text.startswith(rule.unless, found.end()):
        return reading
    end = found.end() if rule.kept else reading.end
    return replace(reading, end=end, bound=rule.bound, aside=reading.aside or rule.aside)
