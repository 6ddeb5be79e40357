"""The parts of a fingerprint that the rule files make: for each verb the rules that it stands in, for each file all else.

What explains a rule (its meaning, its examples) is no part of it, and neither are comments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any

from extract.affected.digests import digest
from extract.rules import read_rules

EXPLAINING = frozenset({"meaning", "example", "counterexample", "claims", "expects"})
# Files whose rules are found by their verbs alone, and the table that holds them.
BY_VERB = {"relations.toml": "frame", "activities.toml": "activity", "memberships.toml": "membership"}
LONGEST = "relations.toml"  # whose longest verb tells how far back verbs are sought at all


def rule_parts() -> dict[str, str]:
    """Part → digest: `verb/FILE/VERB`, and `rules/FILE` for what no single word can be found for.

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
    """The parts of one parsed rule file."""
    telling = {table: _unexplained(rows) for table, rows in data.items()}
    table = BY_VERB.get(name)
    rows = telling.pop(table, []) if table else []
    verbs: dict[str, list[Any]] = {}
    for row in rows:
        rule = {key: value for key, value in row.items() if key != "verbs"}
        for verb in row["verbs"]:
            verbs.setdefault(verb, []).append(rule)
    parts = {f"verb/{name}/{verb}": digest(rules) for verb, rules in verbs.items()}
    longest = max(map(len, verbs), default=0) if name == LONGEST else 0
    return parts | {f"rules/{name}": digest([telling, longest, _without_verbs(rows)])}


def _without_verbs(rows: Iterable[Mapping[str, Any]]) -> list[Any]:
    """What of rules by verb is asked for without a verb.

    The activities that are talks, which a bare 会談 is one of too; what makes members, which 「Xは加盟国となった」 tells as well.
    """
    asked = (row for row in rows if row.get("kind") == "Meeting" or row.get("id") == "membership.join")
    return [{key: value for key, value in row.items() if key != "verbs"} for row in asked]


def _unexplained(table: object) -> Any:  # noqa: ANN401  as TOML has it
    """A table, or each rule of a list of them, without what only explains it."""
    if isinstance(table, list):
        return [_unexplained(row) for row in table]
    return {key: value for key, value in table.items() if key not in EXPLAINING} if isinstance(table, dict) else table
