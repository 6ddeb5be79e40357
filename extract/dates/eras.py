"""Japanese eras and kanji numerals: 昭和五十三年 is 1978, and back.

Source: the era names and their first days as promulgated (元号); they stand in `extract/rules/dates.toml`.
"""

from __future__ import annotations

from datetime import date

from extract.dates.calendar import DateError
from extract.dates.rules import Era, load_rules

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0}
_POWERS = {"十": 10, "百": 100, "千": 1000}


def read_number(text: str) -> int:
    """An Arabic or kanji numeral up to 9999, by place (一九七八) or by power (千九百七十八); 元 is one.

    Raises `DateError` for anything else.

    >>> [read_number(text) for text in ("53", "五十三", "二〇二四", "千九百九十七", "元")]
    [53, 53, 2024, 1997, 1]
    """
    if text.isascii() and text.isdigit():
        return int(text)
    if text == "元":
        return 1
    if not text or any(char not in _DIGITS and char not in _POWERS for char in text):
        raise DateError("this is no number", where=f"'{text}'", todo="Write it in digits or kanji numerals below 10,000")
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total, pending = 0, 0
    for char in text:
        if char in _POWERS:
            total += (pending or 1) * _POWERS[char]
            pending = 0
        else:
            pending = _DIGITS[char]
    return total + pending


def era_named(name: str) -> Era:
    """The era of a name or letter: 令和, R. Raises `DateError` if there is none such."""
    for era in load_rules().eras:
        if name in {era.name, era.letter}:
            return era
    raise DateError("there is no such era", where=f"'{name}'", todo="Known are 明治, 大正, 昭和, 平成 and 令和")


def western_year(name: str, number: int) -> int:
    """The western year of an era year. A year that the era did not live to see is counted on: 平成32 is 2020.

    >>> western_year("昭和", 53), western_year("R", 6)
    (1978, 2024)
    """
    if number < 1:
        raise DateError(f"an era has no year {number}", where=name, todo="Count from 1, or 元")
    return era_named(name).since.year + number - 1


def era_number(name: str | None, year: int) -> int | None:
    """The number of a western year in an era, None where there is no such era.

    >>> era_number("平成", 2015), era_number("west", 2015)
    (27, None)
    """
    for era in load_rules().eras:
        if name in {era.name, era.letter}:
            return year - era.since.year + 1
    return None


def outlives(name: str, number: int) -> bool:
    """Whether an era lived to see its year of that number; the present one always does.

    >>> outlives("昭和", 64), outlives("昭和", 97)
    (True, False)
    """
    era, eras = era_named(name), load_rules().eras
    later = [other.since.year for other in eras if other.since > era.since]
    return not later or western_year(name, number) <= later[0]


def era_year(day: date) -> tuple[str, int]:
    """The era and its year of a day; raises `DateError` before Meiji.

    >>> era_year(date(1989, 1, 7)), era_year(date(1989, 1, 8))
    (('昭和', 64), ('平成', 1))
    """
    for era in reversed(load_rules().eras):
        if day >= era.since:
            return era.name, day.year - era.since.year + 1
    raise DateError("the day lies before the first era known", where=day.isoformat(), todo="Use the western year")
