"""The phrasings of questions in `phrasings.toml` as plain values, checked as they are read.

A concept is a list of words that mean the same here, in both languages. A phrasing says which concepts a question of the
library is asked with, and what else its words may be.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from ontology.errors import DataFileError
from ontology.terms import Kind, Property

FILE = "phrasings.toml"
_CONCEPT = {"id", "meaning", "ja", "en"}
_REQUIRED = {"id", "question", "meaning", "example", "counterexample"}
_OPTIONAL = {"cues", "about", "allows", "entity", "kinds", "roles", "date", "document", "properties", "property", "general"}
ROLES = frozenset({"agent", "patient", "goal", "of", "at", "with", "free"})


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to ask a question of the library.

    `cues`: concepts that must be there, each a choice. `allows`: those that may be. `entity`, `date`, `document`: the
    parameters that a name and a date become; a date is also `period` (from and until) or `mention` (it may be there). `kinds` narrows
    what the name may be, `roles` what it does in the sentence, seen from the words of `about` (the first cue unless told).
    `properties`: concepts of which one must be there, and the value of the parameter `property` that each means. `general` ones
    tell all of a thing, and are offered where nothing else is near.
    """

    id: str
    question: str
    meaning: str
    cues: tuple[tuple[str, ...], ...] = ()
    about: tuple[str, ...] = ()
    allows: frozenset[str] = frozenset()
    entity: str | None = None
    kinds: tuple[Kind, ...] = ()
    roles: frozenset[str] = ROLES
    date: str | None = None
    document: str | None = None
    properties: tuple[tuple[str, Property], ...] = ()
    property: Property | None = None
    general: bool = False
    examples: tuple[tuple[str, str], ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """The words of each concept by language, and the phrasings in the order of the file."""

    japanese: Mapping[str, tuple[str, ...]]
    english: Mapping[str, tuple[str, ...]]
    phrasings: tuple[Phrasing, ...]


# Concepts that may stand in any question: they ask, they are polite, or they say no more than that a list is wanted.
ALWAYS = frozenset({"what", "filler", "list"})
ASKING = frozenset({"who", "when", "where"})


@cache
def rules() -> Rules:
    """The rules of the package."""
    return read(resources.files("queries.plain").joinpath(FILE).read_text(encoding="utf-8"))


def read(text: str) -> Rules:
    """The rules in a text. Raises DataFileError naming the rule and the key that is wrong."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(f"not valid TOML: {error}", where=FILE, todo="Mend the line that it names.") from error
    _only(content, set(), {"concept", "phrasing"}, "the file")
    japanese: dict[str, tuple[str, ...]] = {}
    english: dict[str, tuple[str, ...]] = {}
    for table in content.get("concept", ()):
        _only(table, {"id", "meaning"}, _CONCEPT, f"concept {table.get('id')!r}")
        if table["id"] in japanese:
            raise DataFileError(f"the concept {table['id']!r} stands twice", where=FILE)
        japanese[table["id"]], english[table["id"]] = tuple(table.get("ja", ())), tuple(table.get("en", ()))
    phrasings = tuple(_phrasing(table, frozenset(japanese)) for table in content.get("phrasing", ()))
    return Rules(japanese, english, phrasings)


def _phrasing(table: Mapping[str, Any], known: frozenset[str]) -> Phrasing:
    at = f"phrasing {table.get('id')!r}"
    _only(table, _REQUIRED, _REQUIRED | _OPTIONAL, at)
    cues = tuple(tuple(cue.split("|")) for cue in table.get("cues", ()))
    properties = tuple((concept, _term(Property, name, at)) for concept, name in table.get("properties", {}).items())
    about = (
        tuple(table["about"].split("|")) if "about" in table else tuple(c for c, _ in properties) or (cues[0] if cues else ())
    )
    allows = frozenset(table.get("allows", ()))
    for concept in {*about, *allows, *(c for cue in cues for c in cue), *(c for c, _ in properties)} - known:
        raise DataFileError(f"{at} has the unknown concept {concept!r}", where=FILE)
    roles = frozenset(table.get("roles", ROLES))
    if roles - ROLES:
        raise DataFileError(
            f"{at} has the unknown role {min(roles - ROLES)!r}", where=FILE, todo=f"Roles: {', '.join(sorted(ROLES))}."
        )
    return Phrasing(
        table["id"],
        table["question"],
        table["meaning"],
        cues,
        about,
        allows,
        table.get("entity"),
        tuple(_term(Kind, kind, at) for kind in table.get("kinds", ())),
        roles,
        table.get("date"),
        table.get("document"),
        properties,
        _term(Property, table["property"], at) if "property" in table else None,
        table.get("general", False),
        tuple((question, command) for question, command in table["example"]),
        tuple(table["counterexample"]),
    )


def _term(terms: Any, name: str, at: str) -> Any:  # noqa: ANN401 - a StrEnum and one of its members
    if name not in set(terms):
        raise DataFileError(f"{at} has {name!r}, which the vocabulary has not", where=FILE)
    return terms(name)


def _only(table: Mapping[str, Any], required: set[str], known: set[str], at: str) -> None:
    for key in table:
        if key not in known:
            raise DataFileError(
                f"{at} has the unknown key {key!r}", where=FILE, todo=f"Known keys: {', '.join(sorted(known))}."
            )
    for key in sorted(required - set(table)):
        raise DataFileError(f"{at} lacks the key {key!r}", where=FILE, todo="Add it.")
