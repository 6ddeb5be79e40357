"""The date expressions of `extract/rules/dates.toml` as plain values, checked as they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from extract.model import Bound
from extract.rules import check_keys, read_rules
from ontology.errors import DataFileError

FILE = "dates.toml"
_COMMON = ("id", "meaning", "example", "expects", "counterexample")
_OWN: dict[str, tuple[str, ...]] = {
    "era": ("name", "letter", "since"),
    "relative": ("unit", "origin", "words"),
    "part": ("words",),
    "alone": ("words", "next", "ahead", "unless", "unit"),
    "season": ("words", "unless"),
    "about": ("words",),
    "bound": ("words", "bound", "kept", "aside", "unless"),
    "range": ("words",),
    "fiscal": ("opens", "before", "after"),
    "vague": ("words", "reason"),
    "ahead": ("words", "before", "verbs", "towards"),
    "stop": ("unit", "before", "after"),
}
_OPTIONAL: dict[str, tuple[str, ...]] = {
    "relative": ("season", "not_after"),
    "part": ("unless", "if", "year", "fiscal", "month", "week", "decade", "century"),
}


class Unit(StrEnum):
    """What a period is: the grain in which dates are counted."""

    YEAR = "year"
    FISCAL = "fiscal"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    DECADE = "decade"
    CENTURY = "century"


class Origin(StrEnum):
    """What a number or a word counts from."""

    SAID = "said"  # nothing: the text gives the value
    TEXT = "text"  # an earlier date of the text
    DOCUMENT = "document"  # the day of publication
    EITHER = "either"  # 2年後: the text does not say
    EVENT = "event"  # 策定から2年後: something whose date is not given here


@dataclass(frozen=True, slots=True)
class Era:
    """A Japanese era: `since` is its first day."""

    name: str
    letter: str
    since: date


@dataclass(frozen=True, slots=True)
class Relative:
    """A word that lies `shift` units from its origin; `season` pins a part of the year.

    After a character of `not_after` it is no word of its own: 日本年, 共同年次.
    """

    unit: Unit
    origin: Origin
    shift: int
    season: int | None = None
    not_after: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a period: for each unit its first and last piece."""

    spans: Mapping[str, tuple[int, int]]
    unless: tuple[str, ...] = ()
    only_if: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alone:
    """A part of a year that stands without one; `may_be_next` if ahead it may mean the next year's, `ahead` if it always does lie ahead."""

    unit: Unit
    part: Part
    may_be_next: bool
    ahead: bool
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoundWord:
    """から, 以降, まで: `kept` words belong to the expression, `aside` ones set no scene for months without a year."""

    bound: Bound
    kept: bool
    aside: bool
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fiscal:
    """The fiscal year of another state: the month it opens in and the words that show it."""

    opens: int
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """What makes a number of years, months or days no date."""

    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateRules:
    """All rules for dates, by the words that they are found by."""

    eras: tuple[Era, ...]
    relatives: Mapping[str, Relative]
    parts: Mapping[str, Part]
    alone: Mapping[str, Alone]
    seasons: Mapping[str, int]
    season_unless: tuple[str, ...]
    about: tuple[str, ...]
    bounds: Mapping[str, BoundWord]
    ranges: Mapping[str, tuple[str, ...]]
    fiscal: tuple[Fiscal, ...]
    vague: Mapping[str, str]
    ahead: tuple[str, ...]
    ahead_before: tuple[str, ...]
    ahead_verbs: tuple[str, ...]
    ahead_towards: tuple[str, ...]
    stops: Mapping[str, Stop]


@cache
def load_rules() -> DateRules:
    """Read the rule file; raises `DataFileError` naming the rule and the key that are wrong."""
    tables = read_rules(FILE)
    check_keys(tables, required=_OWN, file=FILE, at="the file")
    for section, rows in tables.items():
        for row in rows:
            at = f"{section} {row.get('id', '?')}"
            check_keys(row, required=(*_COMMON, *_OWN[section]), optional=_OPTIONAL.get(section, ()), file=FILE, at=at)
    try:
        return _compile(tables)
    except (KeyError, ValueError, TypeError) as error:
        raise DataFileError(
            f"a value is not what it must be: {error!r}", where=f"extract/rules/{FILE}", todo="Mend it"
        ) from error


def _compile(tables: Mapping[str, list[dict[str, Any]]]) -> DateRules:
    by_id = {row["id"]: _part(row) for row in tables["part"]}
    return DateRules(
        eras=tuple(sorted((Era(r["name"], r["letter"], r["since"]) for r in tables["era"]), key=lambda era: era.since)),
        relatives={
            word: Relative(Unit(r["unit"]), Origin(r["origin"]), shift, r.get("season"), r.get("not_after", ""))
            for r in tables["relative"]
            for word, shift in r["words"].items()
        },
        parts={word: by_id[r["id"]] for r in tables["part"] for word in r["words"]},
        alone={
            word: Alone(Unit(r["unit"]), by_id[part], word in r["next"], word in r["ahead"], tuple(r["unless"]))
            for r in tables["alone"]
            for word, part in r["words"].items()
        },
        seasons={word: code for r in tables["season"] for word, code in r["words"].items()},
        season_unless=tuple(word for r in tables["season"] for word in r["unless"]),
        about=tuple(word for r in tables["about"] for word in r["words"]),
        bounds={
            word: BoundWord(Bound(r["bound"]), r["kept"], r["aside"], tuple(r["unless"]))
            for r in tables["bound"]
            for word in r["words"]
        },
        ranges={r["id"]: tuple(r["words"]) for r in tables["range"]},
        fiscal=tuple(Fiscal(r["opens"], tuple(r["before"]), tuple(r["after"])) for r in tables["fiscal"]),
        vague={word: r["reason"] for r in tables["vague"] for word in r["words"]},
        ahead=tuple(word for r in tables["ahead"] for word in r["words"]),
        ahead_before=tuple(word for r in tables["ahead"] for word in r["before"]),
        ahead_verbs=tuple(word for r in tables["ahead"] for word in r["verbs"]),
        ahead_towards=tuple(word for r in tables["ahead"] for word in r["towards"]),
        stops=_stops(tables["stop"]),
    )


def _part(row: Mapping[str, Any]) -> Part:
    spans = {unit.value: (row[unit.value][0], row[unit.value][1]) for unit in Unit if unit.value in row}
    return Part(spans, tuple(row.get("unless", ())), tuple(row.get("if", ())))


def _stops(rows: list[dict[str, Any]]) -> dict[str, Stop]:
    return {row["unit"]: Stop(tuple(row["before"]), tuple(row["after"])) for row in rows}
