"""Where a time expression stands, what it can look back to, and why it may stay without a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from extract.dates.calendar import DateError
from extract.dates.eras import outlives, western_year
from extract.dates.memory import Memory, Said
from extract.dates.rules import Unit
from extract.model import Anchor, Date

NO_EARLIER = "relative to an earlier date, and the text gives none to count from"
NO_DOCUMENT = "relative to the document's date, which is not known"
COARSE_DOCUMENT = "relative to the document's date, which is not known to the {}"
NO_YEAR = "it names no year, and nothing before it says which"
EVENT = "it counts from an event whose date is not given with it"
EITHER = "it may count from a date before it or from the document's date"
CENTURY = "two digits of a year, and nothing says which century"


class UnanchoredError(DateError):
    """Why an expression has no date: the reason of an unresolved `Timex`."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands, and what it can look back to. `published` is the document's date."""

    sentence: int
    block: int
    memory: Memory
    published: Date | None = None

    def document(self, unit: Unit) -> date:
        """The first day of the document's date, if that is known as exactly as `unit`."""
        known = self.published
        if known is None or known.earliest is None or known.edtf[-1] in "~?%":
            raise UnanchoredError(NO_DOCUMENT)
        first, last = known.earliest, known.latest
        needed = {Unit.YEAR: 1, Unit.MONTH: 2, Unit.FISCAL: 2}.get(unit, 3)
        if last is None or (first.year, first.month, first.day)[:needed] != (last.year, last.month, last.day)[:needed]:
            raise UnanchoredError(COARSE_DOCUMENT.format(("year", "month", "day")[needed - 1]))
        return first

    def where(self, said: Said) -> Anchor:
        return Anchor.SENTENCE if said.sentence == self.sentence else Anchor.DISCOURSE


@dataclass(frozen=True, slots=True)
class Fixed:
    """The numbers of a point in time and what made them certain."""

    year: int
    month: int | None = None
    day: int | None = None
    anchor: Anchor = Anchor.EXPLICIT


def said_or_none(said: Said | None) -> Said:
    """The date to count from; raises `UnanchoredError` where the text has none."""
    if said is None:
        raise UnanchoredError(NO_EARLIER)
    return said


def century_of(number: int, place: Place) -> tuple[int, Anchor]:
    """The year that two digits stand for: near the last year said, or the last before the document.

    Where two years would do, it is not guessed: raises `UnanchoredError`.
    """
    memory = place.memory
    if memory.notation not in {None, "west"}:
        return _of_the_era(number, place)
    choices = [century + number for century in (1800, 1900, 2000)]
    limit = place.published.latest.year if place.published and place.published.latest else None
    past = [year for year in choices if limit is None or year <= limit]
    if (near := memory.western) is not None:
        for years, reach in ((choices, 35), (past, 49)):
            close = [year for year in years if abs(year - near) <= reach]
            if len(close) == 1:
                return close[0], place.where(memory.last) if memory.last else Anchor.DISCOURSE
    if limit is None or past[-1] + 100 <= limit + 30:
        raise UnanchoredError(CENTURY)
    return past[-1], Anchor.DOCUMENT


def _of_the_era(number: int, place: Place) -> tuple[int, Anchor]:
    """昭和26年に署名し、27年4月に発効した: of the era, unless a western year could also follow."""
    memory = place.memory
    last, era = memory.western, memory.notation
    if last is None or era is None or memory.last is None:
        raise UnanchoredError(CENTURY)
    western = [year for year in (1900 + number, 2000 + number) if last <= year <= last + 49]
    of_era = [western_year(era, number)] if number and outlives(era, number) else []
    choices = [*western, *(year for year in of_era if last <= year <= last + 49)]
    if len(choices) == 1:
        return choices[0], place.where(memory.last)
    raise UnanchoredError("two digits of a year, which may be of the era or of the century before it")
