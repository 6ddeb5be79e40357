"""The reader's cues: which lines open a footnote, a heading, a list, a bibliography, as data.

The rules stand in `extract/rules/reading.toml`; here they are read, compiled and asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from extract.model import Role
from extract.reading.characters import fold
from extract.rules import check_keys, read_rules
from ontology.errors import DataFileError

FILE = "reading.toml"
_N = r"[\d〇一二三四五六七八九十]"
_DAY = r"(?:\s?\((?:[月火水木金土日](?:曜日?)?|[A-Z][a-z]{2})(?:・?[祝休])?\)|\s?[月火水木金土日]曜日?)?"
DATE = (
    rf"(?P<date>(?:(?:西暦)?(?:\d{{4}}|[〇一二三四五六七八九]{{4}})|(?:明治|大正|昭和|平成|令和)\s?(?:{_N}{{1,3}}|元))\s?年"
    rf"\s?(?:\([^()]{{1,12}}\)\s?)?{_N}{{1,3}}\s?月(?:\s?{_N}{{1,3}}\s?日)?{_DAY}"
    rf"|\d{{4}}[-/.]\s?\d{{1,2}}[-/.]\s?\d{{1,2}}(?!\d){_DAY}"
    r"|(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)?(?:[A-Z][a-z]{2,8})\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}"
    r"|\d{1,2}(?:st|nd|rd|th)?\s[A-Z][a-z]{2,8}\.?,?\s\d{4})"
)
MONTH = r"(?P<month>\d{4}\s?[-/.]\s?\d{1,2}(?![\d./-])|[A-Z][a-z]{2,8}\s\d{4})"  # where a label leaves no doubt
TIME = (
    r"(?:\s*,?\s*(?:T|午前|午後|AM|PM)?\s?\d{1,2}(?:[::]\d{2}(?:[::]\d{2})?|時(?:\d{1,2}分)?)(?:\s?(?:AM|PM|JST|am|pm)|\+\d\d:\d\d)?"
    r"(?:\s?[-~〜～–—ー]\s?\d{1,2}(?:[::]\d{2}|時(?:\d{1,2}分)?))?)?"
)


class Cue(StrEnum):
    """What a rule tells; the value is its `kind` in the data file."""

    NOTE = "note"
    CALL = "call"
    EXPONENT = "exponent"
    HEADING = "heading"
    ITEM = "item"
    SECTION = "section"
    LINE = "line"
    REFERENCE = "reference"
    PAGE = "page"
    DATE = "date"
    LINK = "link"
    ABBREVIATION = "abbreviation"
    SPEAKER = "speaker"
    ASIDE = "aside"
    ISSUER = "issuer"
    LIFE = "life"


class When(StrEnum):
    """Where alone a rule holds: a footnote's below the heading of the notes or where it was called, a date's at the top."""

    NOTES = "notes"
    CALLED = "called"
    TOP = "top"


ANYWHERE = frozenset({Cue.CALL, Cue.EXPONENT, Cue.ASIDE})  # the other cues are matched from the start of the line


@dataclass(frozen=True, slots=True)
class Rule:
    """One cue. `family` joins footnotes to their calls, `level` orders headings and items, `role` is what it gives.

    A rule with `when` holds only there.
    """

    id: str
    kind: Cue
    meaning: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    role: Role | None = None
    family: str | None = None
    level: int = 0
    when: When | None = None

    def match(self, text: str) -> re.Match[str] | None:
        """Where the rule holds in a line as folded, None where it does not."""
        return self.pattern.search(text) if self.kind in ANYWHERE else self.pattern.match(text)

    def holds(self, raw: str) -> bool:
        """Whether the rule holds for a line as written; what the examples are tried with."""
        return self.match(fold(raw)) is not None


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules in the order in which they are tried. `union` holds where any of them does: most lines need no more than that."""

    rules: tuple[Rule, ...]
    union: re.Pattern[str]

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> Rules:
        """The rules with their union."""
        made = tuple(rules)
        return cls(made, re.compile("|".join(f"(?:{_named.sub('(?:', rule.pattern.pattern)})" for rule in made) or r"(?!)"))

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def hold(self, text: str) -> bool:
        """Whether any of them holds for a folded line."""
        anywhere = bool(self.rules) and self.rules[0].kind in ANYWHERE
        return (self.union.search(text) if anywhere else self.union.match(text)) is not None


_named = re.compile(r"\(\?P<\w+>")


def first(rules: Rules, text: str) -> tuple[Rule, re.Match[str]] | None:
    """The first of the rules that holds for the folded line, with its match."""
    if not rules.hold(text):
        return None
    for rule in rules:
        found = rule.match(text)
        if found:
            return rule, found
    return None


@cache
def cues(kind: Cue) -> Rules:
    """The rules of one kind, in the order of the data file."""
    return Rules.of(rule for rule in all_cues() if rule.kind is kind)


@cache
def all_cues() -> tuple[Rule, ...]:
    """All rules of `extract/rules/reading.toml`. Raises DataFileError where the file is not as it must be."""
    return parse_cues(read_rules(FILE))


def parse_cues(tables: Mapping[str, Any]) -> tuple[Rule, ...]:
    """The rules of a parsed data file. Raises DataFileError naming the rule and the key that is wrong."""
    check_keys(tables, required=("rule",), file=FILE, at="the file")
    rules = tuple(_rule(table, number) for number, table in enumerate(tables["rule"], start=1))
    ids = [rule.id for rule in rules]
    for rule_id in ids:
        if ids.count(rule_id) > 1:
            raise _wrong(f"two rules have the id {rule_id!r}", "Give one of them another id")
    return rules


def _rule(table: Mapping[str, Any], number: int) -> Rule:
    at = f"rule {table.get('id', number)!r}"
    check_keys(
        table,
        required=("id", "kind", "meaning", "pattern", "example", "counterexample"),
        optional=("words", "role", "family", "level", "when"),
        file=FILE,
        at=at,
    )
    try:
        kind, role = Cue(table["kind"]), Role(table["role"]) if "role" in table else None
        when = When(table["when"]) if "when" in table else None
    except ValueError as error:
        raise _wrong(f"{at}: {error}", f"Kinds: {', '.join(Cue)}; roles: {', '.join(Role)}") from error
    return Rule(
        id=table["id"],
        kind=kind,
        meaning=table["meaning"],
        pattern=_compile(table["pattern"], table.get("words", ()), at),
        examples=_texts(table["example"]),
        counterexamples=_texts(table["counterexample"]),
        role=role,
        family=table.get("family"),
        level=table.get("level", 0),
        when=when,
    )


def _compile(pattern: str, words: list[str] | tuple[str, ...], at: str) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    written = pattern
    for name, stands_for in {"words": f"(?:{alternatives})", "date": DATE, "month": MONTH, "time": TIME}.items():
        first_of_name, *others = written.split(f"{{{name}}}")
        written = first_of_name  # a group has one name: the second date of a pattern is date2
        for number, rest in enumerate(others, start=1):
            written += (stands_for.replace(f"(?P<{name}>", f"(?P<{name}{number}>") if number > 1 else stands_for) + rest
    try:
        return re.compile(written)
    except re.error as error:
        raise _wrong(f"{at}: the pattern is no regular expression: {error}", "Mend the pattern") from error


def _texts(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _wrong(what: str, todo: str) -> DataFileError:
    return DataFileError(what, where=f"extract/rules/{FILE}", todo=todo)
