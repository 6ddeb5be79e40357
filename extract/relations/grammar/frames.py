"""Frames: sets of verbs and the facts that they state, read from `rules/relations.toml`.

Source: the idea of frames and roles is Fillmore's (FrameNet, Baker et al. 1998); the particles that mark the roles are Japanese.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from extract.rules import check_keys, read_rules
from ontology.terms import Kind, Property

FILE = "relations.toml"


class Role(StrEnum):
    """What part a phrase plays in what a verb says."""

    THEME = "theme"
    AGENT = "agent"
    VENUE = "venue"
    GOAL = "goal"
    SOURCE = "source"
    WITH = "with"
    BASIS = "basis"
    UNDER = "under"
    AS = "as"
    TOPIC = "topic"
    PART = "part"
    TIME = "time"


class Pattern(StrEnum):
    """How a frame's verbs mark their roles."""

    TRANSITIVE = "transitive"
    INTRANSITIVE = "intransitive"
    DATIVE = "dative"
    LABILE = "labile"
    COMPOSITION = "composition"
    CHAIR = "chair"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Fact:
    """One triple that a frame states about the fillers of two roles."""

    predicate: Property
    subject: Role
    object: Role
    kinds: tuple[Kind, ...] = ()
    of: tuple[Kind, ...] = ()
    plural: bool = False  # only said of several together: 日米両政府は合意した


@dataclass(frozen=True, slots=True)
class Frame:
    """Verbs that say the same kind of thing."""

    rule: str
    verbs: tuple[str, ...]
    pattern: Pattern
    theme: tuple[Kind, ...]
    theme_particles: frozenset[str]
    event: bool
    facts: tuple[Fact, ...]
    example: str
    claims: tuple[str, ...]
    counterexample: str
    verbal: bool = False  # not where it stands as a noun: 組織する, not この組織の

    @property
    def family(self) -> str:
        """What it has in common with others: establish of establish.form."""
        return self.rule.partition(".")[0]


@cache
def frames() -> tuple[Frame, ...]:
    """The frames as shipped. Raises DataFileError naming file, rule and key where one is wrong."""
    data = read_rules(FILE)
    check_keys(data, required=("frame", "light"), file=FILE, at="the file")
    return tuple(_frame(table) for table in data["frame"])


def _frame(table: dict[str, object]) -> Frame:
    at = f"frame {table.get('id')}"
    required = ("id", "meaning", "verbs", "theme", "facts", "example", "claims", "counterexample")
    check_keys(table, required=required, optional=("pattern", "theme_particles", "event", "verbal"), file=FILE, at=at)
    facts = []
    for fact in table["facts"]:  # type: ignore[attr-defined]
        check_keys(fact, required=("property", "subject", "object"), optional=("kinds", "of", "plural"), file=FILE, at=at)
        facts.append(
            Fact(
                Property(fact["property"]),
                Role(fact["subject"]),
                Role(fact["object"]),
                tuple(Kind(k) for k in fact.get("kinds", ())),
                tuple(Kind(k) for k in fact.get("of", ())),
                bool(fact.get("plural", False)),
            )
        )
    return Frame(
        rule=str(table["id"]),
        verbs=tuple(sorted(table["verbs"], key=len, reverse=True)),  # type: ignore[call-overload]
        pattern=Pattern(str(table.get("pattern", "transitive"))),
        theme=tuple(Kind(k) for k in table["theme"]),  # type: ignore[attr-defined]
        theme_particles=frozenset(table.get("theme_particles", ())),  # type: ignore[call-overload]
        event=bool(table.get("event", False)),
        facts=tuple(facts),
        example=str(table["example"]),
        claims=tuple(table["claims"]),  # type: ignore[arg-type]
        counterexample=str(table["counterexample"]),
        verbal=bool(table.get("verbal", False)),
    )


@cache
def light_verb() -> re.Pattern[str]:
    """What verbs begin with that lend their arguments to the deed that they take as object: 行う, 決める, 踏み切る."""
    table = read_rules(FILE)["light"]
    check_keys(table, required=("meaning", "verbs", "example", "counterexample"), file=FILE, at="light")
    return re.compile("|".join(re.escape(v) for v in table["verbs"]))


@cache
def by_verb() -> dict[str, tuple[Frame, ...]]:
    """Frames by each of their verbs."""
    found: dict[str, tuple[Frame, ...]] = {}
    for frame in frames():
        for verb in frame.verbs:
            found[verb] = (*found.get(verb, ()), frame)
    return found


@cache
def longest_verb() -> int:
    return max(len(v) for v in by_verb())
