"""The verbs of joining and leaving, read from `rules/memberships.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.relations.grammar.frames import Frame, Pattern
from extract.rules import check_keys, read_rules
from ontology.terms import Kind

FILE = "memberships.toml"
BODIES = (Kind.PARTNERSHIP, Kind.MECHANISM, Kind.FORUM, Kind.ORGANISATION)


@dataclass(frozen=True, slots=True)
class Membership:
    """Verbs of one way of coming or going."""

    rule: str
    how: str
    elided: bool
    capacity: re.Pattern[str] | None = None


@cache
def memberships() -> dict[str, Membership]:
    """The rules as shipped, by their ids. Raises DataFileError where the file is wrong."""
    found = {}
    for table in _tables():
        capacity = re.compile(str(table["as"])) if "as" in table else None
        found[str(table["id"])] = Membership(str(table["id"]), str(table["how"]), bool(table["elided"]), capacity)
    return found


def _tables() -> list[dict[str, object]]:
    data = read_rules(FILE)
    check_keys(data, required=("membership",), file=FILE, at="the file")
    for table in data["membership"]:
        required = ("id", "meaning", "how", "verbs", "elided", "example", "claims", "counterexample")
        check_keys(table, required=required, optional=("as",), file=FILE, at=f"membership {table.get('id')}")
    return list(data["membership"])


@cache
def by_verb() -> dict[str, tuple[Frame, ...]]:
    found: dict[str, tuple[Frame, ...]] = {}
    for table in _tables():
        verbs: tuple[str, ...] = tuple(table["verbs"])  # type: ignore[arg-type]
        frame = Frame(str(table["id"]), verbs, Pattern.DATIVE, BODIES, frozenset(), False, (), "", (), "")
        for verb in verbs:
            found[verb] = (*found.get(verb, ()), frame)
    return found
