"""The data files of the rules, and how they are read: unknown keys are refused, naming file and key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any

from ontology.errors import DataFileError


def read_rules(name: str) -> dict[str, Any]:
    """The parsed content of `extract/rules/NAME`.

    Raises DataFileError where the file is not TOML.
    """
    try:
        return tomllib.loads(resources.files(__name__).joinpath(name).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(
            f"not valid TOML: {error}", where=f"extract/rules/{name}", todo="Mend the line that it names."
        ) from error


def check_keys(table: Mapping[str, Any], *, required: Iterable[str], optional: Iterable[str] = (), file: str, at: str) -> None:
    """Refuse a table that lacks a required key or has one that nobody reads.

    Raises DataFileError naming the file, the rule and the key.
    """
    required, known = set(required), {*required, *optional}
    for key in table:
        if key not in known:
            raise DataFileError(
                f"{at} has the unknown key {key!r}",
                where=f"extract/rules/{file}",
                todo=f"Known keys: {', '.join(sorted(known))}.",
            )
    for key in sorted(required - set(table)):
        raise DataFileError(f"{at} lacks the key {key!r}", where=f"extract/rules/{file}", todo="Add it.")
