"""The regular expressions of dates, built from the rule file. Every repetition in them is bounded.

They run over a shadow of the sentence: the same length, with full-width digits and brackets folded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from extract.dates.rules import DateRules, load_rules

_FOLD = str.maketrans(
    {
        **{chr(0xFF10 + n): str(n) for n in range(10)},
        "（": "(",
        "）": ")",
        "～": "~",
        "／": "/",
        "．": ".",
        "，": ",",
        "－": "-",
        "○": "〇",
        "◯": "〇",
        "〔": "(",
        "〕": ")",
        **dict.fromkeys("’‘＇′ʼ", "'"),
        **dict.fromkeys("\t\u00a0\u3000", " "),
    }
)
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = "月火水木金土日"

SPACE = r"[ ]{0,2}"
_ONES = "一二三四五六七八九"
FOUR = rf"(?:[0-9]{{4}}(?![0-9])|[一二][〇零{_ONES}]{{3}}|[一二]?千[〇零{_ONES}十百]{{0,6}})"
TWO = rf"(?:[0-9]{{1,2}}(?![0-9])|[{_ONES}]?十[{_ONES}]?|[{_ONES}][〇零{_ONES}]?)"
_SHORT = rf"(?:[0-9]{{2}}(?![0-9])|[{_ONES}][〇零{_ONES}])"


def shadow(text: str) -> str:
    """The text with full-width digits, brackets and dashes folded, character for character.

    >>> shadow("２０２４年（令和６年）")
    '2024年(令和6年)'
    """
    return text.translate(_FOLD)


def any_of(words: Iterable[str]) -> str:
    """An alternation of words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w))) + ")"


@dataclass(frozen=True, slots=True)
class Patterns:
    """All compiled patterns; those of parts match at a place, `start` finds the places worth trying."""

    start: re.Pattern[str]
    of: re.Pattern[str]
    year: re.Pattern[str]
    years: re.Pattern[str]
    decade: re.Pattern[str]
    century: re.Pattern[str]
    month: re.Pattern[str]
    months: re.Pattern[str]
    day: re.Pattern[str]
    days: re.Pattern[str]
    quarter: re.Pattern[str]
    season: re.Pattern[str]
    part: re.Pattern[str]
    relative: re.Pattern[str]
    same: re.Pattern[str]
    beside: re.Pattern[str]
    duration: re.Pattern[str]
    weekday: re.Pattern[str]
    weekday_note: re.Pattern[str]
    alone: re.Pattern[str]
    vague: re.Pattern[str]
    about: re.Pattern[str]
    bound: re.Pattern[str]
    range: re.Pattern[str]
    neighbour: re.Pattern[str]
    open_end: re.Pattern[str]
    numeric: re.Pattern[str]
    lettered: re.Pattern[str]
    english: re.Pattern[str]
    ahead: re.Pattern[str]
    perhaps_ahead: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """The patterns of the rule file."""
    rules = load_rules()
    era = any_of(e.name for e in rules.eras)
    letters = "".join(e.letter for e in rules.eras)
    joint = any_of((*rules.ranges["range"], *rules.ranges["neighbours"]))
    stretch = any_of(rules.ranges["range"])
    sources = {
        **_units(era, letters),
        **_words(rules),
        **_western(era, letters),
        "years": rf"(?:(?P<era>{era}){SPACE}(?P<number>元|{TWO})|(?P<first>{FOUR})){SPACE}{stretch}{SPACE}(?P<last>{FOUR}|{TWO}){SPACE}(?P<unit>年度|年(?!代))",
        "months": rf"{SPACE}(?P<first>{TWO}){SPACE}(?P<joint>{joint}){SPACE}(?P<last>{TWO}){SPACE}月",
        "days": rf"{SPACE}(?P<first>{TWO}){SPACE}(?P<joint>{joint}){SPACE}(?P<last>{TWO}){SPACE}(?:の?両)?日",
        "of": rf"{SPACE}の?",
        "range": rf"{SPACE}(?P<word>{stretch}){SPACE}",
        "neighbour": rf"{SPACE}{any_of(rules.ranges['neighbours'])}{SPACE}",
        "open_end": rf"{SPACE}{any_of(rules.ranges['open'])}",
        "start": _start(rules, era, letters),
    }
    return Patterns(**{name: re.compile(source) for name, source in sources.items()})


def _start(rules: DateRules, era: str, letters: str) -> str:
    words = {w[0] for table in (rules.relatives, rules.alone, rules.vague) for w in table}
    return rf"[0-9'{_ONES}十千半同翌昨今西そこ約{''.join(sorted(words))}]|{era}|(?<![A-Za-z])[{letters}](?=[0-9])|(?<![A-Za-z])(?:FY|[ADFJMNOS][a-z]{{2}})"


def _units(era: str, letters: str) -> dict[str, str]:
    def pair(n: int) -> str:
        return (
            rf"(?:{SPACE}\({SPACE}(?:(?P<era{n}>{era}|[{letters}](?=[0-9])){SPACE}(?P<eran{n}>元|{TWO})|(?:西暦)?(?P<west{n}>{FOUR}))"
            rf"{SPACE}(?:年{SPACE}度?)?{SPACE}(?:[・/]{era}{SPACE}元年)?\))?"
        )

    number = (
        rf"(?:(?P<era>{era}){SPACE}(?P<eran>元|{TWO})|(?P<letter>[{letters}])(?P<lettern>[0-9]{{1,2}})|'(?P<apo>[0-9]{{2}})(?![0-9A-Za-z])"
        rf"|FY[ ]?(?P<fy>(?:20)?[0-9]{{2}})(?![0-9])|(?P<west>{FOUR})|(?P<short>{_SHORT}))"
    )
    unit = rf"(?P<unit>年{SPACE}度|年?米?会計年度|年)"
    return {
        "year": rf"(?:西暦{SPACE}|昨(?=[0-9]{{4}})|翌(?=[0-9]{{2}}))?{number}{pair(1)}(?:{SPACE}{unit}{pair(2)})?",
        "decade": rf"(?:(?P<era>{era}){SPACE}(?P<eran>{TWO})|(?P<west>{FOUR})|(?P<short>{_SHORT}|[{_ONES}]十)){SPACE}年代",
        "century": rf"(?P<n>{TWO}){SPACE}世紀",
        "month": rf"{SPACE}(?P<n>{TWO}){SPACE}月",
        "day": rf"{SPACE}(?P<n>{TWO}){SPACE}日",
        "quarter": rf"{SPACE}の?{SPACE}(?:第{SPACE}(?P<n>[1-4一二三四]){SPACE}・?四半期|Q(?P<q>[1-4])(?![0-9]))",
        "same": rf"(?P<word>同|翌){SPACE}(?P<n>{TWO}){SPACE}(?P<unit>月|日)",
        "beside": rf"{SPACE}の?{SPACE}(?P<open>\()?{SPACE}(?=[0-9一二明大昭平令西])",
        "duration": (
            rf"(?P<that>その|この)?{SPACE}(?P<about>約|およそ|ほぼ)?{SPACE}(?P<n>[0-9]{{1,3}}|{TWO}|半){SPACE}"
            r"(?P<unit>年|[かカヵヶケ箇]月|週間|日)(?P<half>半)?(?P<way>後|前)(?![半後期者述線任記身提])"
        ),
        "weekday_note": rf"{SPACE}\({SPACE}[{WEEKDAYS}](?:曜日?)?(?:[・、]?祝日?)?{SPACE}\)",
        "weekday": rf"{SPACE}の?{SPACE}(?P<n>[{WEEKDAYS}])曜日?",
    }


PAST = r"(?<!ま)[ただ](?=[一-龥ァ-ヶ「、。])"
# How a report ends that tells of what will be done: 開催する。, 訪問します。, 開催へ. What lasts (である, している) tells nothing.
NON_PAST = r"(?:(?:[うくぐすつぬぶむ]|(?<![あいおて])る|(?<!てい)(?<!であり)ます)(?:。|$)|(?<=[一-龥])へ(?:。|、|$))"


def _words(rules: DateRules) -> dict[str, str]:
    return {
        "season": rf"{SPACE}の?{SPACE}(?P<word>{any_of(rules.seasons)})(?!{any_of(rules.season_unless)})",
        "part": rf"{SPACE}の?{SPACE}(?P<word>{any_of(rules.parts)})",
        "relative": rf"(?P<word>{any_of(rules.relatives)})",
        "alone": rf"(?P<word>{any_of(rules.alone)})",
        "vague": rf"(?P<word>{any_of(rules.vague)})",
        "about": rf"{SPACE}の?{any_of(rules.about)}",
        "bound": rf"{SPACE}(?P<word>{any_of(rules.bounds)})",
        "ahead": rf"[^、。,\n]{{0,30}}?{any_of(rules.ahead)}",
        "perhaps_ahead": "|".join(
            (
                rf"[^。\n]{{0,80}}?[うくぐすつぬぶむる](?:{any_of(rules.ahead)}|とみられる|と見られる)",
                rf"(?:(?!{PAST})[^。\n「」『』]){{0,150}}?{NON_PAST}",
                rf"[^。\n]{{0,80}}?{any_of(rules.ahead_verbs)}(?:。|$)",
                rf"[^、。\n]{{0,25}}?{any_of(rules.ahead_towards)}",
                rf"(?:(?!{PAST})[^。\n「」『』]){{0,80}}?{any_of(rules.ahead)}(?:されてい(?:る|ます)|です|だ|である)(?:。|$)",
            )
        ),
    }


def _western(era: str, letters: str) -> dict[str, str]:
    name = rf"(?P<month>{'|'.join(f'{m[:3]}(?:{m[3:]})?' for m in MONTHS)}|Sept)\.?(?![a-z])"
    year = r"(?P<year>[12][0-9]{3})(?![0-9])"
    first = rf"{name}{SPACE}(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?{SPACE})?{year}"
    day_first = r"(?P<day2>[0-9]{1,2})(?:st|nd|rd|th)?[ ]{0,2}"
    second = rf"{day_first}{name.replace('<month>', '<month2>')},?{SPACE}{year.replace('<year>', '<year2>')}"
    return {
        "numeric": r"(?P<year>[12][0-9]{3})(?P<mark>[/.\-])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})(?![0-9]|[/.\-][0-9])",
        "lettered": (
            rf"(?P<era>[{letters}]|{era}){SPACE}(?P<eran>元|[0-9]{{1,2}})(?P<mark>[./・])(?P<month>[0-9]{{1,2}})(?P=mark)"
            r"(?P<day>[0-9]{1,2})(?![0-9]|[/.\-][0-9])"
        ),
        "english": rf"{first}|{second}",
    }
