"""Reading the year of a date: western, era, two digits, fiscal, and the words that count from another year."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.dates.eras import read_number, western_year
from extract.dates.patterns import Patterns, patterns
from extract.dates.reading import Count
from extract.dates.rules import DateRules, Origin, Relative, Unit, load_rules

_PLAUSIBLE = range(1500, 2200)  # a bare four-digit number before 年 outside it counts years
_CENTURY_OPEN = 32  # a bare two-digit year below this reads as a length of time (20年の歴史)
_NUMERALS = frozenset("0123456789〇零一二三四五六七八九十百千")
_OPENERS = frozenset("、。,(「『・やとびはがものたどか:：")
_YEAR_SAYERS = re.compile(r"に(?!わた|渡|及|も|一度|1度|1回|一回|な)|以降|以前|以来|末|春|夏|秋|冬|前半|後半|頃|ごろ")
_JOINTS = frozenset({"と", "や", "・", "及び", "および"})
_PARTS = re.compile(r"末|春|夏|秋|冬|前半|後半|初頭")
_FOLLOWERS = re.compile(r"の|、|,|は|も|から|まで|と|や|及び|および|\)|。|$|[ァ-ヴ一-龠]")


@dataclass(frozen=True, slots=True)
class Line:
    """The shadow of a sentence with the rules that read it."""

    text: str
    p: Patterns
    rules: DateRules

    def begins(self, at: int) -> bool:
        """Whether a number that begins here is not the rest of a longer one (1,997年, 1.5年)."""
        if at == 0:
            return True
        before = self.text[at - 1]
        return before not in _NUMERALS and not (before in ".," and self.text[at - 2 : at - 1].isdigit())

    def stopped(self, unit: str, start: int, end: int) -> bool:
        """Whether the words around `start:end` make it no date (rules `stop`)."""
        stop = self.rules.stops[unit]
        return self.text.startswith(stop.after, end) or (bool(stop.before) and self.text.endswith(stop.before, 0, start))

    def narrowed(self, at: int) -> bool:
        """Whether a part of a period or an about stands here: then 前半 and 前後 are not 前."""
        return bool(self.p.part.match(self.text, at) or self.p.about.match(self.text, at) or self.p.season.match(self.text, at))


@dataclass(frozen=True, slots=True)
class Scene:
    """What the recogniser knows before it reads: a western year stands earlier, or this is the end of a range."""

    western_seen: bool = False
    ranging: bool = False
    previous_end: int = -1


@dataclass(frozen=True, slots=True)
class YearFound:
    """A year as read, up to `end`."""

    end: int
    count: Count
    unit: Unit = Unit.YEAR
    opens: int = 4
    named: bool = False
    season: int | None = None
    problem: str | None = None


def line_of(text: str) -> Line:
    """A shadow with the rules of the rule file."""
    return Line(text, patterns(), load_rules())


def latin_before(text: str, at: int) -> bool:
    """Whether a Latin letter, a digit or a mark that joins them stands before `at`."""
    return at > 0 and text[at - 1].isascii() and (text[at - 1].isalnum() or text[at - 1] in "./-+_")


def year_at(line: Line, at: int, scene: Scene) -> YearFound | None:
    """The year that begins at `at`, explicit or relative."""
    return explicit_year_at(line, at, scene) or _relative_year_at(line, at)


def explicit_year_at(line: Line, at: int, scene: Scene) -> YearFound | None:
    """1978年, 昭和53年, 1978(昭和53)年, 84年(昭和59年), '97, 2024年度, FY2024."""
    found = line.p.year.match(line.text, at)
    if not found or not line.begins(at) or not (found["unit"] or found["apo"] or found["fy"]):
        return None
    if found["letter"] and latin_before(line.text, at):
        return None
    count, problem = _value(found)
    paired = _paired(found) is not None
    if not paired and not _stands(line, found, count, scene):
        return None
    fiscal = bool(found["fy"]) or bool(found["unit"] and ("度" in found["unit"] or "会計" in found["unit"]))
    if not fiscal:
        return YearFound(found.end(), count, problem=problem)
    opens, named = _fiscal(line, found)
    return YearFound(found.end(), count, Unit.FISCAL, opens, named, problem=problem)


def _value(found: re.Match[str]) -> tuple[Count, str | None]:
    """The year of a match and, where western and era year disagree, what is wrong with it."""
    other = _paired(found)
    short = found["apo"] or found["short"] or (found["fy"] if found["fy"] and len(found["fy"]) == 2 else None)
    if short:
        number = read_number(short)
        if other is None:
            following = found[0].startswith("翌")
            return Count(1, Origin.TEXT, check=number) if following else Count(number, short=True), None
        agrees = other.value % 100 == number
        return Count(other.value, notation="west"), None if agrees else "the western year and the era year differ"
    if found["era"] or found["letter"]:
        own = _era_count(found["era"] or found["letter"], found["eran"] or found["lettern"])
    else:
        own = Count(read_number(found["west"] or found["fy"]), notation="west")
    if own.value < 1:
        return own, "there is no such year"
    agrees = other is None or other.value == own.value
    return own, None if agrees else "the western year and the era year differ"


def _era_count(name: str, number: str) -> Count:
    value = read_number(number)
    return Count(western_year(name, value) if value else 0, notation=name)


def _paired(found: re.Match[str]) -> Count | None:
    """The year in the brackets beside a year, in the other calendar."""
    for n in (1, 2):
        if found[f"era{n}"]:
            return _era_count(found[f"era{n}"], found[f"eran{n}"])
        if found[f"west{n}"]:
            return Count(read_number(found[f"west{n}"]), notation="west")
    return None


def _stands(line: Line, found: re.Match[str], count: Count, scene: Scene) -> bool:
    """Whether an unpaired number before 年 is a year and no length of time."""
    end = found.end()
    if found["short"]:
        return _short_stands(line, found, scene)
    if found["west"] and count.value not in _PLAUSIBLE:
        return False
    stopped = line.stopped("thousands", found.start(), end) if found["west"] else line.text.startswith("間", end)
    return line.narrowed(end) or not stopped


def _short_stands(line: Line, found: re.Match[str], scene: Scene) -> bool:
    start, end = found.start(), found.end()
    if line.text[start - 1 : start] == "第":
        return False
    of = line.p.of.match(line.text, end)
    if month := line.p.month.match(line.text, of.end() if of else end):
        return not line.stopped("month", start, month.end())
    if scene.ranging or "度" in found["unit"]:
        return scene.ranging and (line.narrowed(end) or not line.stopped("year", start, end))
    return (line.narrowed(end) or not line.stopped("year", start, end)) and _two_digits_stand(line, found, scene)


def _two_digits_stand(line: Line, found: re.Match[str], scene: Scene) -> bool:
    number, start, end = found["short"], found.start(), found.end()
    if start and line.text[start - 1] not in _OPENERS:
        return False
    joint = line.text[scene.previous_end : start] if 0 <= scene.previous_end < start <= scene.previous_end + 3 else ""
    if scene.western_seen and joint in _JOINTS:  # 2013年と14年
        return True
    if _PARTS.match(line.text, end):
        return True
    if read_number(number) < _CENTURY_OPEN and not number.startswith("0"):
        return False
    return bool(_YEAR_SAYERS.match(line.text, end) or (scene.western_seen and _FOLLOWERS.match(line.text, end)))


def _fiscal(line: Line, found: re.Match[str]) -> tuple[int, bool]:
    """The month in which the fiscal year opens, and whether it only names a law (2025年度国防権限法)."""
    for rule in line.rules.fiscal:
        named = line.text.startswith(rule.after, found.end() + (line.text[found.end() : found.end() + 1] == " "))
        if named or line.text.endswith(rule.before, 0, found.start()) or "米" in (found["unit"] or ""):
            return rule.opens, named
        for word in rule.before:
            if line.text.endswith(word + "会計年度", 0, found.start()):
                return rule.opens, named
    return 4, False


def free_word(line: Line, at: int) -> tuple[str, Relative] | None:
    """The relative word that begins at `at`, unless it is a piece of another (日本年金) or a comparison (前年比)."""
    found = line.p.relative.match(line.text, at)
    if not found:
        return None
    rule = line.rules.relatives[found["word"]]
    if at and line.text[at - 1] in rule.not_after:
        return None
    return None if line.stopped("relative", at, found.end()) else (found["word"], rule)


def _relative_year_at(line: Line, at: int) -> YearFound | None:
    found = free_word(line, at)
    if not found or found[1].unit not in {Unit.YEAR, Unit.FISCAL}:
        return None
    word, rule = found
    end = at + len(word)
    if rule.unit is Unit.YEAR and rule.season is None and (said := said_beside(line, end)):
        return said
    return YearFound(end, Count(rule.shift, rule.origin), rule.unit, season=rule.season)


def said_beside(line: Line, at: int) -> YearFound | None:
    """The explicit year beside a relative one: 今年2024年, 翌年(1979年), 3年後の1981年."""
    beside = line.p.beside.match(line.text, at)
    if not beside:
        return None
    said = explicit_year_at(line, beside.end(), Scene())
    if not said or said.count.origin is not Origin.SAID or said.count.short or said.unit is not Unit.YEAR:
        return None
    if not beside["open"]:
        return said
    closed = line.text.startswith(")", said.end)
    return YearFound(said.end + 1, said.count, problem=said.problem) if closed else None
