"""Where the room's own data files lie: the vocabulary, the shapes, the curated names."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

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


def _packaged(folder: str) -> tuple[Path, ...]:
    home = Path(str(resources.files("ontology"))) / folder
    found = tuple(sorted(home.glob("*.ttl")))
    if not found:
        raise DataFileError("no Turtle file is here", where=str(home), todo="Install alliancekg again.")
    return found
