"""From what a time expression says to a date: each missing piece from the sentence, the discourse, the document."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from extract.dates import calendar
from extract.dates.eras import era_number
from extract.dates.memory import Memory, Said
from extract.dates.periods import narrowed
from extract.dates.places import EITHER, EVENT, NO_YEAR, Fixed, Place, UnanchoredError, century_of, said_or_none
from extract.dates.reading import Count, Reading
from extract.dates.rules import Origin, Unit
from extract.model import Anchor, Bound, Date, Precision


def resolve(reading: Reading, place: Place) -> tuple[Date, Fixed]:
    """The date of a reading. Raises `DateError` with the reason where it has none."""
    if reading.problem:
        raise UnanchoredError(reading.problem)
    fixed = fix(reading, place)
    exact = narrowed(reading, fixed.year, fixed.month, fixed.day)
    return (calendar.approximate(exact) if reading.about else exact), fixed


def fix(reading: Reading, place: Place) -> Fixed:
    """The numbers of a reading."""
    if reading.alone:
        return _alone(reading, place)
    if reading.unit in {Unit.FISCAL, Unit.DECADE, Unit.CENTURY}:
        return _fiscal(reading, place) if reading.unit is Unit.FISCAL else _long(reading, place)
    if reading.year is not None:
        return _year_led(reading, reading.year, place)
    return _day_led(reading, place) if reading.month is None else _month_led(reading, reading.month, place)


def _year_led(reading: Reading, count: Count, place: Place) -> Fixed:
    year, anchor = _year(count, place)
    month = _month_of(reading.month, place)
    if reading.day and reading.day.origin is not Origin.SAID:
        return Fixed(year, month, said_or_none(place.memory.day_anchor()).day, anchor)
    return Fixed(year, month, reading.day.value if reading.day else None, anchor)


def _year(count: Count, place: Place) -> tuple[int, Anchor]:
    if count.origin is Origin.SAID:
        return (count.value, Anchor.EXPLICIT) if not count.short else century_of(count.value, place)
    if count.origin is Origin.DOCUMENT:
        return place.document(Unit.YEAR).year + count.value, Anchor.DOCUMENT
    base = _base(count, place)
    if base is None:
        return place.document(Unit.YEAR).year + count.value, Anchor.DOCUMENT
    year = base.year + count.value
    if count.check is not None and count.check not in {year % 100, era_number(place.memory.notation, year)}:
        raise UnanchoredError(f"the number beside it, {count.check}, is not of the {year} that the words count to")
    return year, place.where(base)


def _base(count: Count, place: Place) -> Said | None:
    """The earlier date that a distance counts from; None where it is the document's."""
    if count.origin is Origin.EVENT:
        raise UnanchoredError(EVENT)
    anchor = place.memory.anchor()
    if count.origin is Origin.TEXT:
        return said_or_none(anchor)
    near = anchor if anchor and anchor.block == place.block else None
    if count.value > 0:
        return said_or_none(near)
    if near is None or near.anchor is Anchor.DOCUMENT:
        return None
    if place.published and place.published.earliest and near.year == place.published.earliest.year:
        return None
    raise UnanchoredError(EITHER)


def _month_of(count: Count | None, place: Place) -> int | None:
    if count is None or count.origin is Origin.SAID:
        return count.value if count else None
    return said_or_none(place.memory.month_anchor()).month


def _shifted(year: int, month: int, shift: int) -> tuple[int, int]:
    months = year * 12 + month - 1 + shift
    return months // 12, months % 12 + 1


def _month_led(reading: Reading, count: Count, place: Place) -> Fixed:
    day = reading.day.value if reading.day and reading.day.origin is Origin.SAID else None
    if count.origin is Origin.SAID:
        year, anchor = _year_for(count.value, day, place, reading)
        if reading.day and reading.day.origin is not Origin.SAID:
            day = said_or_none(place.memory.day_anchor()).day
        return Fixed(year, count.value, day, anchor)
    if count.origin is Origin.DOCUMENT:
        return _document_month(count, day, place)
    base = _base(count, place)
    if base is None:
        today = place.document(Unit.MONTH)
        year, month = _shifted(today.year, today.month, count.value)
        return _checked(count, Fixed(year, month, day, Anchor.DOCUMENT), month)
    base = said_or_none(place.memory.month_anchor())
    year, month = _shifted(base.year, base.month or 1, count.value)
    return _checked(count, Fixed(year, month, day, place.where(base)), month)


def _document_month(count: Count, day: int | None, place: Place) -> Fixed:
    """先月, 先月7月28日: with its number, a month needs no more than the year of the document, unless it may lie in another."""
    try:
        today = place.document(Unit.MONTH)
    except UnanchoredError:
        turns = count.check is not None and 1 <= count.check - count.value <= 12
        if count.check is None or not turns:
            raise
        return Fixed(place.document(Unit.YEAR).year, count.check, day, Anchor.DOCUMENT)
    year, month = _shifted(today.year, today.month, count.value)
    return _checked(count, Fixed(year, month, day, Anchor.DOCUMENT), month)


def _checked(count: Count, fixed: Fixed, value: int) -> Fixed:
    if count.check is not None and count.check != value:
        raise UnanchoredError(f"the number beside it, {count.check}, is not the {value} that the words count to")
    return fixed


FORTNIGHT = 14
SOON = 6  # months: the next of that name is nearer than the last, and the tense tells that it may be meant


def _year_for(month: int, day: int | None, place: Place, reading: Reading) -> tuple[int, Anchor]:
    """The year of a month without one: the sentence's, the paragraph's, the section's, else the document's."""
    near = reading.perhaps_ahead
    memory = place.memory
    reported = near and memory.scene is not None and memory.scene.anchor is Anchor.DOCUMENT
    if memory.scene and not reported and (memory.scene.sentence == place.sentence or memory.scene.block == place.block):
        within = memory.scene.fiscal is not None and month < 4  # 2024年度…2月 is in 2025
        within = within or _gone_on(memory.scene, month, place)
        return memory.scene.year + within, place.where(memory.scene)
    if memory.heading:
        return memory.heading.year, Anchor.DISCOURSE
    try:
        today = place.document(Unit.MONTH)
    except UnanchoredError:
        if memory.scene is None:
            raise
        return memory.scene.year, Anchor.DISCOURSE
    known = today.day if place.published and place.published.precision is Precision.DAY else 31
    asked, now = (month, day or (1 if not reading.ahead else 31)), (today.month, known)
    later = asked > now
    away = (month - today.month) % 12
    if reading.ahead or (near and (0 < away <= SOON or (away == 0 and later))):
        return today.year + (asked < now), Anchor.DOCUMENT
    return today.year - later, Anchor.DOCUMENT


# Months: 2023年12月に合意し、1月に署名した goes on to the next year, not back by nearly one, which is said by 同年1月.
TURN = 4


def _gone_on(scene: Said, month: int, place: Place) -> bool:
    """Whether a month that stands behind one late in a year is of the next, where the document is not older than that."""
    if scene.month is None or scene.month + TURN < month + 12 or month >= scene.month:
        return False
    try:
        today = place.document(Unit.MONTH)
    except UnanchoredError:
        return False
    return (scene.year + 1, month) <= (today.year, today.month)


def _day_led(reading: Reading, place: Place) -> Fixed:
    count = reading.day
    if count is None:
        raise UnanchoredError(NO_YEAR)
    if count.origin is Origin.SAID:
        return _bare_day(count.value, reading, place)
    if count.origin is Origin.DOCUMENT or _base(count, place) is None:
        base, anchor = place.document(Unit.DAY), Anchor.DOCUMENT
    else:
        said = said_or_none(place.memory.day_anchor())
        base, anchor = date(said.year, said.month or 1, said.day or 1), place.where(said)
    try:
        day = base + timedelta(days=count.value)
    except OverflowError as error:
        raise UnanchoredError("it lies beyond the calendar") from error
    if reading.weekday is not None:
        day += timedelta(days=reading.weekday - day.weekday())
    return _checked(count, Fixed(day.year, day.month, day.day, anchor), day.day)


def _bare_day(day: int, reading: Reading, place: Place) -> Fixed:
    """28日: of the month that the sentence or the paragraph speaks of, else the last (or next) one before the document.

    In a report of the 5th, 「6日に訪れ、会談するとみられる」 is tomorrow.
    """
    memory = place.memory
    scene = memory.scene_month
    if scene and (scene.sentence == place.sentence or scene.block == place.block):
        if memory.scene is not scene and memory.scene and memory.scene.year != scene.year:
            raise UnanchoredError("a day without a month, and the text has gone on to another year")
        _not_of_the_document(scene, day, place)
        return Fixed(scene.year, scene.month, day, place.where(scene))
    if memory.scene and memory.scene.sentence == place.sentence:
        raise UnanchoredError("a day without a month, and the sentence names none")
    today = place.document(Unit.DAY)
    shift = (day < today.day) if reading.ahead else -(day > today.day and not reading.perhaps_ahead)
    if reading.perhaps_ahead and today.day - day > FORTNIGHT:
        shift = 1  # in a report of the 28th, 「8日に開催する」 is next month
    year, month = _shifted(today.year, today.month, int(shift))
    return Fixed(year, month, day, Anchor.DOCUMENT)


def _not_of_the_document(scene: Said, day: int, place: Place) -> None:
    """In a dated report, a day may go back to the report's own month though a month was named since."""
    known = place.published
    if scene.sentence == place.sentence or scene.day is not None or known is None or known.precision is not Precision.DAY:
        return
    today = place.document(Unit.DAY)
    if (scene.year, scene.month) != _shifted(today.year, today.month, -(day > today.day)):
        raise UnanchoredError("a day without a month: of the month named before it, or of the document's")


def _fiscal(reading: Reading, place: Place) -> Fixed:
    count = reading.year
    if count is None:
        raise UnanchoredError(NO_YEAR)
    if count.origin is Origin.SAID:
        year, anchor = (count.value, Anchor.EXPLICIT) if not count.short else century_of(count.value, place)
        return Fixed(year, anchor=anchor)
    if count.origin is Origin.DOCUMENT:
        today = place.document(Unit.FISCAL)
        return Fixed(today.year - (today.month < 4) + count.value, anchor=Anchor.DOCUMENT)
    said = said_or_none(place.memory.anchor())
    if said.fiscal is not None:
        return Fixed(said.fiscal + count.value, anchor=place.where(said))
    if said.month is None:
        raise UnanchoredError("relative to an earlier date, which is a year and no fiscal year")
    return Fixed(said.year - (said.month < 4) + count.value, anchor=place.where(said))


def _long(reading: Reading, place: Place) -> Fixed:
    count = reading.year
    if count is None:
        raise UnanchoredError(NO_YEAR)
    if not count.short:
        return Fixed(count.value)
    year, anchor = century_of(count.value, place)
    return Fixed(year, anchor=anchor)


def _alone(reading: Reading, place: Place) -> Fixed:
    """年末: of the year that the sentence speaks of, else of the document's where it lies ahead, else open."""
    scene = place.memory.scene
    if scene and scene.sentence == place.sentence:
        year = scene.fiscal if reading.unit is Unit.FISCAL else scene.year
        if year is None and scene.month is not None:
            year = scene.year - (scene.month < 4)
        if year is not None:
            return Fixed(year, anchor=Anchor.SENTENCE)
    if not (reading.ahead or reading.bound is Bound.UNTIL) or reading.may_be_next:
        raise UnanchoredError(NO_YEAR)
    today = place.document(reading.unit)
    year = today.year - (today.month < 4) if reading.unit is Unit.FISCAL else today.year
    return Fixed(year, anchor=Anchor.DOCUMENT)


def resolve_range(reading: Reading, until: Reading, place: Place, inner: Memory) -> tuple[Date, Fixed]:
    """A range from what its ends say; the second end looks back to the first, and 12月から2月 runs into the next year."""
    first, begun = resolve(replace(reading, until=None), place)
    there = replace(place, memory=inner)
    last, ended = resolve(until, there)
    wraps = until.year is None and until.month is not None and until.month.origin is Origin.SAID
    if wraps and first.earliest and last.latest and last.latest < first.earliest:
        year = replace(until, year=Count(ended.year + 1))
        last, ended = resolve(year, there)
    return calendar.interval(first, last), replace(ended, anchor=begun.anchor)
