"""The cues of factuality, read from `rules/factuality.toml`, and the standing that they give."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from extract.rules import check_keys, read_rules
from ontology.terms import Factuality

FILE = "factuality.toml"
INHERITED = frozenset({Factuality.PROPOSED, Factuality.POSSIBLE, Factuality.PLANNED})


class At(StrEnum):
    """Where a cue is looked for."""

    OWN = "own"
    ABOVE = "above"
    FRONT = "front"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue of factuality."""

    rule: str
    factuality: Factuality
    at: At
    pattern: re.Pattern[str]
    inherited: bool = True  # whether clauses that only go on (〜し、) to what holds it stand under it too


@cache
def cues() -> tuple[tuple[Cue, ...], re.Pattern[str]]:
    """The cues in their order, and the pattern of conditions. Raises DataFileError where the file is wrong."""
    data = read_rules(FILE)
    check_keys(data, required=("cue", "conditions"), file=FILE, at="the file")
    found = []
    for table in data["cue"]:
        required = ("id", "meaning", "factuality", "at", "pattern", "example", "counterexample")
        check_keys(table, required=required, optional=("inherited",), file=FILE, at=f"cue {table.get('id')}")
        pattern, goes_on = re.compile(table["pattern"]), table.get("inherited", True)
        found.append(Cue(table["id"], Factuality(table["factuality"]), At(table["at"]), pattern, goes_on))
    return tuple(found), re.compile(data["conditions"]["pattern"])


@dataclass(frozen=True, slots=True)
class Standing:
    """The factuality of a predicate and the cue that decided it; None where the clause asserts nothing.

    `to_come` is what the rest of the sentence makes of it where its own date lies ahead.
    """

    factuality: Factuality | None
    cue: str = ""
    to_come: Factuality = Factuality.PLANNED
