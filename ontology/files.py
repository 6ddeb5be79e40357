"""Where the room's own data files lie: the vocabulary, the shapes, the curated names."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from ontology.errors import DataFileError


def vocabulary() -> tuple[Path, ...]:
    """The OWL ontology: one Turtle file."""
    return _packaged(".")


def shapes() -> tuple[Path, ...]:
    """The SHACL shapes, in the order of their names."""
    return _packaged("shapes")


def authority() -> tuple[Path, ...]:
    """The curated names, in the order of their names."""
    return _packaged("authority")


@cache
def context() -> dict[str, Any]:
    """The JSON-LD context, published at `CONTEXT_IRI`: what its file says under "@context"."""
    path = _home() / "context.jsonld"
    try:
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["@context"]
    except (OSError, ValueError, KeyError) as error:
        raise DataFileError(
            f"this is no JSON-LD context: {error}", where=str(path), todo="Install alliancekg again."
        ) from error
    return said


def _home() -> Path:
    return Path(str(resources.files("ontology")))


def _packaged(folder: str) -> tuple[Path, ...]:
    home = _home() / folder
    found = tuple(sorted(home.glob("*.ttl")))
    if not found:
        raise DataFileError("no Turtle file is here", where=str(home), todo="Install alliancekg again.")
    return found
