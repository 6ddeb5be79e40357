"""A timeline: a row for each thing, on it what is said to have happened to it, each date as long as it is unsure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from graph.networks.spans import Days, days
from graph.networks.statements import Statement
from graph.networks.viewing import View
from graph.networks.wording import called
from graph.pictures.fonts import font
from graph.pictures.paper import (
    DOTTED,
    GRID,
    INK,
    LARGE,
    LINE,
    PALE,
    PALETTE,
    SIZE,
    SMALL,
    STYLES,
    Key,
    Picture,
    drawing,
    legend,
    legend_height,
    paper,
    write,
)
from graph.pictures.sources import HEADINGS, Names, rows_of, standing
from ontology.terms import SIGNATURES, Factuality, Kind, Property, is_a

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_COLOURS = {
    Property.ESTABLISHED_ON: PALETTE[2],
    Property.STARTED_ON: PALETTE[2],
    Property.ENDED_ON: INK,
    Property.SIGNED_ON: PALETTE[0],
    Property.ADOPTED_ON: PALETTE[5],
    Property.PUBLISHED_ON: PALETTE[3],
    Property.EFFECTIVE_ON: PALETTE[7],
    Property.HELD_ON: PALETTE[4],
    Property.REPLACES: PALETTE[1],
}
SHOWN = (Kind.INSTITUTION, Kind.AGREEMENT, Kind.PROGRAMME)
_LEFT, _RIGHT, _CHART, _EDGE = 3.3, 0.35, 7.6, 0.2
_LABEL = _LEFT - 2 * _EDGE
_THINNEST = 0.07  # inches: a day is still seen
_TALL, _LANE = 0.18, 0.12  # a bar alone, and the least that one among others takes
_WORDS = {
    "ja": ("終わりの記載なし", "{shown} / {all} 件を表示(主張の多いもの)", "日付のある主張がない"),
    "en": ("no end is told", "{shown} of {all} shown, those with the most claims", "no claim has a date"),
}


@dataclass(frozen=True)
class Mark:
    """A date of a thing: what happened then, with which standing, as said by whom."""

    property: Property
    factuality: Factuality
    days: Days
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Row:
    """A thing and its dates."""

    thing: str
    marks: tuple[Mark, ...]

    @property
    def first(self) -> date:
        return min(mark.days.first for mark in self.marks)

    @property
    def claims(self) -> int:
        return sum(len(mark.statements) for mark in self.marks)


def rows(view: View, about: Collection[str] = (), kinds: Collection[Kind] = SHOWN) -> list[Row]:
    """The dated things, the earliest first. A meeting stands on the row of its forum.

    `about` names things by IRI: these, and what is said to stand in a relation with them, are shown whatever their class.
    """
    told = [one for one in view.statements if one.factuality in view.scope.factuality and one.subject in view.there]
    forums = {one.subject: one.object for one in told if one.predicate is Property.MEETING_OF}
    shown = _near(told, about) if about else {i for i, kind in view.kinds.items() if any(is_a(kind, k) for k in kinds)}
    marks: dict[str, dict[tuple[Property, Factuality, Days], list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for one in told:
        span, thing = _dated(one), forums.get(one.subject, one.subject)
        if span is not None and (thing in shown or one.subject in shown):
            marks[thing if thing in shown else one.subject][one.predicate, one.factuality, span].append(one)
    made = [Row(thing, tuple(Mark(*key, tuple(said)) for key, said in sorted(of.items()))) for thing, of in marks.items()]
    return sorted(made, key=lambda row: (row.first, row.thing))


def draw(found: list[Row], names: Names, *, title: str, kinds: dict[str, Kind], limit: int, lang: str) -> Picture:
    """The picture of at most `limit` rows, those with the most claims. Raises GraphError where nothing can be drawn with."""
    chosen = set(sorted(found, key=lambda row: (-row.claims, row.first, row.thing))[:limit])
    kept = [row for row in found if row in chosen]
    statements = [one for row in kept for mark in row.marks for one in mark.statements]
    with drawing():
        sheet = _Sheet(kept, [font().wrap(names(row.thing), SIZE, _LABEL, 3) for row in kept], kinds, lang)
        note = _WORDS[lang][1].format(shown=len(kept), all=len(found)) if len(kept) < len(found) else ""
        figure = sheet.drawn(font().wrap(title, LARGE, _LEFT + _CHART - _EDGE, 2), note)
    return Picture(figure, title, HEADINGS[lang], rows_of(statements, names, lang))


class _Sheet:
    """The rows measured out."""

    def __init__(self, kept: list[Row], labels: list[str], kinds: dict[str, Kind], lang: str) -> None:
        self.rows, self.labels, self.kinds, self.lang = kept, labels, kinds, lang
        self.first, self.last, self.ticks = _axis(kept)
        self.keys = self._keys()
        self.heights = [
            max(
                0.34,
                0.16 + SIZE * LINE / 72 * (1 + label.count("\n")),
                0.1 + _LANE * max(lanes for _, _, lanes in self._lanes(row)),
            )
            for row, label in zip(kept, labels, strict=True)
        ]

    def drawn(self, title: str, note: str) -> Any:  # noqa: ANN401 - matplotlib's figure
        width = _LEFT + _CHART + _RIGHT
        room = legend_height(self.keys, width - 2 * _EDGE)
        top = 0.75 + 0.2 * title.count("\n")
        bottom = top + (sum(self.heights) or 0.6)
        figure, axes = paper(width, bottom + 0.4 + room + (0.25 if note else 0.05))
        write(axes, _EDGE, _EDGE, title, fontsize=LARGE, va="top")
        if not self.rows:
            write(axes, _EDGE, top + 0.3, _WORDS[self.lang][2], color=PALE)
        for day, words in self.ticks:
            at = self._x(day)
            axes.plot([at, at], [top, bottom], color=GRID, lw=0.8, zorder=0)
            for y in (top - 0.12, bottom + 0.14):
                write(axes, at, y, words, fontsize=SMALL, color=PALE, ha="center")
        y = top
        for number, (row, label, height) in enumerate(zip(self.rows, self.labels, self.heights, strict=True)):
            self._row(axes, row, label, y, height, striped=number % 2 == 1)
            y += height
        legend(axes, self.keys, _EDGE, bottom + 0.32, width - 2 * _EDGE)
        if note:
            write(axes, _EDGE, bottom + 0.32 + room + 0.14, note, fontsize=SMALL, color=PALE)
        return figure

    def _row(self, axes: Axes, row: Row, label: str, top: float, height: float, *, striped: bool) -> None:
        from matplotlib.patches import Rectangle  # noqa: PLC0415 - an optional extra, and slow to import

        middle = top + height / 2
        if striped:
            axes.add_patch(Rectangle((0, top), _LEFT + _CHART + _RIGHT, height, fc="#F6F6F6", ec="none", zorder=-1))
        write(axes, _LEFT - _EDGE, middle, label, ha="right")
        life = _life(row, self.kinds)
        if life is not None:
            begin, end = life
            right = self._x(end) if end is not None else _LEFT + _CHART
            axes.plot([self._x(begin), right], [middle, middle], color=PALE, lw=1, ls="-" if end else DOTTED, zorder=1)
        for mark, lane, lanes in self._lanes(row):
            left, right = self._ends(mark)
            done = mark.factuality is Factuality.ACTUAL
            tall = min(_TALL, (height - 0.08) / lanes - 0.02)
            at = middle + (lane - (lanes - 1) / 2) * (tall + 0.02)
            bar = Rectangle(
                (left, at - tall / 2), right - left, tall, lw=0.8, ec="white" if done else _COLOURS[mark.property], zorder=2
            )
            bar.set(fc=_COLOURS[mark.property] if done else "white", ls=STYLES[mark.factuality])
            axes.add_patch(bar)

    def _ends(self, mark: Mark) -> tuple[float, float]:
        """From where to where a mark is drawn: wide enough to be seen."""
        left, right = self._x(mark.days.first), self._x(mark.days.last)
        middle = (left + right) / 2
        return min(left, middle - _THINNEST / 2), max(right, middle + _THINNEST / 2)

    def _lanes(self, row: Row) -> list[tuple[Mark, int, int]]:
        """The marks, each with its lane and how many lanes there are: what would lie on another one lies below it."""
        free: list[float] = []
        placed: list[tuple[Mark, int]] = []
        for mark in sorted(row.marks, key=lambda mark: (self._ends(mark), mark.property, mark.factuality)):
            left, right = self._ends(mark)
            lane = next((number for number, end in enumerate(free) if end < left), len(free))
            free[lane : lane + 1] = [right]
            placed.append((mark, lane))
        return [(mark, lane, len(free)) for mark, lane in placed]

    def _x(self, day: date) -> float:
        share = (day.toordinal() - self.first.toordinal()) / max(1, self.last.toordinal() - self.first.toordinal())
        return _LEFT + _CHART * min(1.0, max(0.0, share))

    def _keys(self) -> list[Key]:
        marks = [mark for row in self.rows for mark in row.marks]
        used = {mark.property for mark in marks if mark.factuality is Factuality.ACTUAL or mark.property in _COLOURS}
        keys = [Key(called(prop, self.lang), colour) for prop, colour in _COLOURS.items() if prop in used]
        others = sorted({mark.factuality for mark in marks} - {Factuality.ACTUAL})
        keys += [Key(standing(one, self.lang), PALE, style=STYLES[one]) for one in others]
        if any((life := _life(row, self.kinds)) is not None and life[1] is None for row in self.rows):
            keys.append(Key(_WORDS[self.lang][0], PALE, line=True, style=DOTTED))
        return keys


def _near(told: list[Statement], about: Collection[str]) -> set[str]:
    """The things asked for, and those that a statement joins to one of them."""
    joined = [(one.subject, one.object) for one in told if SIGNATURES[one.predicate].range]
    return set(about) | {o for s, o in joined if s in about} | {s for s, o in joined if o in about}


def _dated(one: Statement) -> Days | None:
    """The days of a statement about a date, or of the succession to another thing; nothing where an end of them is open."""
    if SIGNATURES[one.predicate].takes_date:
        span = days(one.object)
    else:
        span = days(one.valid_from) if one.predicate is Property.REPLACES else None
    return span if span is not None and date.min < span.first and span.last < date.max else None


def _life(row: Row, kinds: dict[str, Kind]) -> tuple[date, date | None] | None:
    """From when until when a body is said to have been there."""
    begun = [m.days.first for m in row.marks if m.property is Property.ESTABLISHED_ON and m.factuality is Factuality.ACTUAL]
    ended = [m.days.last for m in row.marks if m.property is Property.ENDED_ON and m.factuality is Factuality.ACTUAL]
    if not begun or not is_a(kinds[row.thing], Kind.INSTITUTION):
        return None
    return min(begun), max(ended, default=None)


def _axis(kept: list[Row]) -> tuple[date, date, list[tuple[date, str]]]:
    """The first and last day of the chart, and the days that it names: years, or months where there are few."""
    spans = [mark.days for row in kept for mark in row.marks]
    if not spans:
        return date(2000, 1, 1), date(2001, 1, 1), []
    first, last = min(span.first for span in spans), max(span.last for span in spans)
    years = last.year - first.year + 1
    if years <= 2 and last.year < 9999:
        begin, end = date(first.year, 1, 1), date(last.year + 1, 1, 1)
        months = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13, 2 * years)]
        return begin, end, [(day, f"{day:%Y-%m}") for day in [*months, end]]
    step = next((size for size in (1, 2, 5, 10, 20, 50, 100, 200, 500) if years / size <= 12), 1000)
    opens = max(1, first.year // step * step)
    closes = min(9999, -(-(last.year + 1) // step) * step)
    named = sorted({opens, *range(max(step, opens), closes + 1, step)})
    return date(opens, 1, 1), date(closes, 1, 1), [(date(year, 1, 1), f"{year:04}") for year in named]
