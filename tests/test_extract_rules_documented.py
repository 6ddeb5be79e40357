"""docs/rules.md speaks of every rule file and of every key of its rules, and of no role or pattern that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from extract.relations.grammar.frames import Pattern, Role
from extract.rules import read_rules

PAGE = (Path(__file__).parent.parent / "docs" / "rules.md").read_text(encoding="utf-8")
FILES = sorted(file.name for file in resources.files("extract.rules").iterdir() if file.name.endswith(".toml"))
SHARED = {"id", "meaning", "example", "counterexample", "claims", "expects"}


def keys(value: object) -> Iterator[str]:
    """The keys of the rules of a file, however deep; what stands in a table of words is no key."""
    for table in value if isinstance(value, list) else ():
        if isinstance(table, dict):
            for key, inner in table.items():
                yield key
                yield from keys(inner)


def section(title: str) -> str:
    """The text from one heading of the second order to the next."""
    found = re.search(rf"^## {re.escape(title)}.*?(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"no section {title}"
    return found.group()


@pytest.mark.parametrize("file", FILES)
def test_each_file_has_a_section_that_names_its_tables_and_keys(file: str) -> None:
    told = section(file) if f"\n## {file}" in PAGE else ""
    tables = read_rules(file)
    wanted = {key for table in tables.values() for key in keys(table)} - SHARED
    pinned = {"year", "fiscal", "month", "week", "decade", "century"} if file == "dates.toml" else set()
    assert {key for key in wanted - pinned if not re.search(rf"`{key}`|\b{key} =|\b{key}, |{{ .*\b{key}\b", told)} == set()
    assert {name for name in tables if f"`{name}`" not in told and f"[{name}]" not in told} - {
        "frame",
        "noun",
        "activity",
        "level",
        "cue",
        "rule",
    } == set()


@pytest.mark.parametrize("key", sorted(SHARED))
def test_what_all_rules_share_is_explained_once(key: str) -> None:
    assert f"`{key}`" in section("What all rules share")


def test_roles_and_patterns_are_those_of_the_frames() -> None:
    frames = section("relations.toml")
    roles, patterns = frames.partition("### Patterns")[0].partition("### Roles")[2], frames.partition("### Patterns")[2]
    first = re.compile(r"^\| `(\w+)`", re.MULTILINE)
    assert set(first.findall(roles)) <= set(Role)
    assert set(first.findall(patterns)) == set(Pattern)
