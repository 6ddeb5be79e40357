"""Whose office a bare title is, by who holds it: モディ首相 is the prime minister of India. Read from `rules/leaders.toml`."""

from __future__ import annotations

import re
from functools import cache

from extract.names.found import fold
from extract.rules import check_keys, read_rules

FILE = "leaders.toml"
PARTS = re.compile(r"[・=]")
KANJI_NAME = re.compile(r"[一-龥]{2,4}")


def state_of_leader(person: str, title: str) -> str | None:
    """The key of the one state whose office `title` was held by someone who is called so; None where several or none is known.

    >>> state_of_leader("ボリス・ジョンソン", "首相"), state_of_leader("ジョンソン", "大統領"), state_of_leader("ジョンソン", "議長")
    ('united-kingdom', 'united-states', None)
    """
    called = {fold(person), fold(PARTS.split(person)[-1])}
    known = {state for name in called for ending, state in _leaders().get(name, ()) if title.endswith(ending)}
    return known.pop() if len(known) == 1 else None


def leaders_in_kanji() -> tuple[str, ...]:
    """The full names of leaders that are written in kanji, which the dictionary cuts anyhow: 韓民求."""
    return tuple(name for name in _leaders() if KANJI_NAME.fullmatch(name))


@cache
def _leaders() -> dict[str, tuple[tuple[str, str], ...]]:
    """Name → the titles and states of who is called so. Raises DataFileError naming file, rule and key where one is wrong."""
    data = read_rules(FILE)
    check_keys(data, required=("leader",), file=FILE, at="the file")
    held: dict[str, tuple[tuple[str, str], ...]] = {}
    for rule in data["leader"]:
        required = ("id", "meaning", "state", "titles", "names", "example", "counterexample")
        check_keys(rule, required=required, file=FILE, at=f"leader {rule.get('id')}")
        for name in rule["names"]:
            held[fold(name)] = (*held.get(fold(name), ()), *((title, rule["state"]) for title in rule["titles"]))
    return held
