"""What readings depend on beside the documents: code, libraries, rules, names, and which parts of documents are heard.

A fingerprint is one digest of it all, quick to make, and its parts, which are made when somebody asks for them.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from extract.affected.digests import digest, digest_bytes
from extract.affected.rules import rule_parts
from extract.model import SILENT, Role
from extract.names.found import fold, lower
from ontology.authority import Entry
from ontology.terms import Kind

ROOMS = ("extract", "ontology")
# What the reading rests on: the parser and what computes for it, the dictionary, the readers of formats.
LIBRARIES = (
    *("spacy", "thinc", "blis", "numpy", "ginza", "ja-ginza", "SudachiPy", "SudachiDict-core"),
    *("pyahocorasick", "lxml", "pypdfium2"),
)


@dataclass(frozen=True)
class Fingerprint:
    """All that can change a reading: `whole` is one digest of it, `parts` a digest for each part.

    Parts are called by what they touch: `code/FILE`, `libraries`, `states`, `rules/FILE` (everything), `word/FILE/WORD`,
    `name/FORM` (what a name as compared can mean), `entry/KEY` (an entry of the authority), `heard/ROLE`.
    Two fingerprints with one `whole` are the same; with two they may still have the same parts (a comment was changed).
    """

    whole: str
    made: Callable[[], Mapping[str, str]] = field(compare=False, repr=False)

    @cached_property
    def parts(self) -> Mapping[str, str]:
        """The digest of each part. Takes a tenth of a second when first asked for."""
        return self.made()

    def to_json(self) -> str:
        return json.dumps({"whole": self.whole, "parts": dict(self.parts)}, separators=(",", ":"), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Fingerprint:
        """The fingerprint again. What is none counts as that of nothing, so that everything differs from it."""
        try:
            told = json.loads(text)
            whole, parts = str(told["whole"]), {str(part): str(value) for part, value in told["parts"].items()}
        except (ValueError, TypeError, KeyError, AttributeError):
            whole, parts = "", {}
        return cls(whole, lambda: parts)


def fingerprint(entries: Sequence[Entry], include: Collection[Role]) -> Fingerprint:
    """The fingerprint of a reading with this authority, with these roles heard that are silent by themselves.

    Neither spaCy nor the model is imported. Raises DataFileError where a rule file is broken, once its parts are asked for.
    """
    entries, heard = tuple(entries), frozenset(include) & SILENT
    code, libraries = dict(_sources(".py")), _libraries()
    whole = digest([code, libraries, *_sources(".toml"), entries, sorted(heard)])

    def parts() -> dict[str, str]:
        files = {f"code/{name}": value for name, value in code.items()}
        roles = {f"heard/{role}": "" for role in heard}
        return files | {"libraries": digest(libraries)} | rule_parts() | authority_parts(entries) | roles

    return Fingerprint(whole, parts)


def loader() -> str:
    """A digest of all that makes documents of files, as what they say of their own dates: where it changed, they are loaded again."""
    return digest([*_sources(".py"), *_sources(".toml"), _libraries()])


def authority_parts(entries: Sequence[Entry]) -> dict[str, str]:
    """The parts of an authority.

    A state stands in more than in its names: its letter in 日米, its name before those of bodies. Which names mean
    what depends on the order of the entries too.
    """
    parts = {"states": digest([e for e in entries if e.kind is Kind.STATE])}
    bearers: dict[str, list[tuple[str, ...]]] = {}
    for entry in entries:
        parts[f"entry/{entry.key}"] = digest(entry)
        for name in (entry.label, *((entry.label_en,) if entry.label_en else ()), *entry.names):
            for form in {fold(name), lower(name)}:
                bearers.setdefault(form, []).append((entry.key, entry.kind))
        for name in entry.ambiguous:
            for form in {fold(name), lower(name)}:
                bearers.setdefault(form, []).append((entry.key, entry.kind, "shared"))
    return parts | {f"name/{form}": digest(meant) for form, meant in bearers.items()}


def _sources(suffix: str) -> Iterator[tuple[str, str]]:
    """The files of our rooms that reading needs, and a digest of each."""
    for room in ROOMS:
        home = Path(str(resources.files(room)))
        for file in sorted(home.rglob(f"*{suffix}")):
            yield f"{room}/{file.relative_to(home).as_posix()}", digest_bytes(file.read_bytes())


def _libraries() -> list[tuple[str, str]]:
    found = [("python", ".".join(map(str, sys.version_info[:2]))), ("unicode", unicodedata.unidata_version)]
    return found + [(name, _version(name)) for name in LIBRARIES]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
