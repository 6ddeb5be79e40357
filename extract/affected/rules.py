"""The parts of a fingerprint that the rule files make: for each word the rules that it stands in, for each file all else.

What explains a rule (its meaning, its examples) is no part of it, and neither are comments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any, NamedTuple

from extract.affected.digests import digest
from extract.rules import read_rules

EXPLAINING = frozenset({"meaning", "example", "counterexample", "claims", "expects"})


class ByWord(NamedTuple):
    """The rules of a file that are found by words alone: their table, the key that holds the words."""

    table: str
    key: str


BY_WORD = {
    "relations.toml": ByWord("frame", "verbs"),
    "activities.toml": ByWord("activity", "verbs"),
    "memberships.toml": ByWord("membership", "verbs"),
    "nouns.toml": ByWord("noun", "words"),
}
LONGEST = "relations.toml"  # whose longest verb tells how far back verbs are sought at all
IN_ORDER = "nouns.toml"  # of whose rules several can hold for one word, the first of them first


def rule_parts() -> dict[str, str]:
    """Part → digest: `word/FILE/WORD`, and `rules/FILE` for what no single word can be found for.

    Raises DataFileError where a file is not TOML.
    """
    parts: dict[str, str] = {}
    for name in rule_files():
        parts |= parts_of(name, read_rules(name))
    return parts


def rule_files() -> tuple[str, ...]:
    """The names of the rule files, in order."""
    return tuple(sorted(f.name for f in resources.files("extract.rules").iterdir() if f.name.endswith(".toml")))


def parts_of(name: str, data: Mapping[str, Any]) -> dict[str, str]:
    """The parts of one parsed rule file; of one that is not as it must be, which the reading will refuse, a single one."""
    telling = {table: _unexplained(rows) for table, rows in data.items()}
    found = BY_WORD.get(name)
    rules = telling.get(found.table, []) if found else []
    if found is None or not _well_formed(rules, found.key):
        return {f"rules/{name}": digest(telling)}
    words: dict[str, list[Any]] = {}
    for rule in rules:
        same = [_without(other, found.key) for other in rules if other["id"] == rule["id"]]
        for word in rule[found.key]:
            words.setdefault(word, []).append(same)
    rest = [rows for table, rows in telling.items() if table != found.table]
    parts = {f"word/{name}/{word}": digest(meant) for word, meant in words.items()}
    return parts | {f"rules/{name}": digest([rest, *_beside_words(name, rules, words)])}


def _well_formed(rules: object, key: str) -> bool:
    return isinstance(rules, list) and all(isinstance(r, dict) and "id" in r and isinstance(r.get(key), list) for r in rules)


def _beside_words(name: str, rules: Sequence[Mapping[str, Any]], words: Mapping[str, object]) -> list[object]:
    """What of rules by word is asked for without the word.

    Talks are, by a bare 会談; and what makes members, by 「Xは加盟国となった」.
    """
    asked = [_without(r, BY_WORD[name].key) for r in rules if r.get("kind") == "Meeting" or r["id"] == "membership.join"]
    longest = max(map(len, words), default=0) if name == LONGEST else 0
    order = [rule["id"] for rule in rules] if name == IN_ORDER else []
    return [asked, longest, order]


def _without(rule: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {k: value for k, value in rule.items() if k != key}


def _unexplained(table: object) -> Any:  # noqa: ANN401  as TOML has it
    """A table, or each rule of a list of them, without what only explains it."""
    if isinstance(table, list):
        return [_unexplained(row) for row in table]
    return {key: value for key, value in table.items() if key not in EXPLAINING} if isinstance(table, dict) else table
