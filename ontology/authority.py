"""The authority file: curated names of the field, read into plain values.

Names only: class, preferred label in Japanese and English, further labels, labels that several
things bear (`akg:ambiguousLabel`), which the extractor must decide by date and context, and the
one character that stands for a state in compounds (`akg:abbreviation`: 日 and 米 in 日米).
Source: SKOS Reference (W3C 2009), section 5, lexical labels.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from ontology import files
from ontology.errors import DataFileError
from ontology.terms import AKG, AKGID, PREFIXES, Kind

_SKOS, _TYPE = PREFIXES["skos"], PREFIXES["rdf"] + "type"
_PREF, _ALT = _SKOS + "prefLabel", _SKOS + "altLabel"
_AMBIGUOUS, _ABBREVIATION = AKG + "ambiguousLabel", AKG + "abbreviation"
_DROPPED = re.compile(r"[\s・･·「」『』〈〉《》“”„‘’'\"]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One curated thing and its names. `key` is the local name of its IRI under `akgid:`.

    `label`, `label_en` and `names` belong to this entry alone. Those in `ambiguous` do not tell by
    themselves which thing is meant; where one is the label of another entry, that entry is the
    likelier bearer (日米防衛協力のための指針: the guidelines at large, before those of one year).
    """

    key: str
    kind: Kind
    label: str
    label_en: str | None = None
    names: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()


@dataclass(slots=True)
class _Draft:
    """An entry while it is read: `where` is the file that spoke of it first."""

    key: str
    where: str
    kinds: list[str] = field(default_factory=list)
    preferred: dict[str, list[str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    ambiguous: list[str] = field(default_factory=list)
    abbreviations: list[str] = field(default_factory=list)


def folded(name: str) -> str:
    """A name as compared: NFKC, lower case, without spaces, quotation marks and middle dots.

    >>> folded("日米「２＋２」"), folded("キャンプ・デービッド")
    ('日米2+2', 'キャンプデービッド')
    """
    return _DROPPED.sub("", unicodedata.normalize("NFKC", name)).lower()


def load(paths: Sequence[Path] | None = None) -> tuple[Entry, ...]:
    """Read the curated names that come with the package, or those in `paths` instead.

    Entries come in the order of the files. One entry may stand in several files, which then add to its names.
    Raises `DataFileError` where a file is no Turtle, a class or property is unknown, an entry has no
    Japanese label, two of one language or two classes, or two entries bear one label.
    """
    drafts: dict[str, _Draft] = {}
    for path in files.authority() if paths is None else paths:
        _read(path, drafts)
    entries = {draft.key: _entry(draft) for draft in drafts.values()}
    _refuse_shared(entries, drafts)
    return tuple(entries.values())


def states() -> tuple[Entry, ...]:
    """The states of the curated names: words of the language, which are known whatever authority is used."""
    return tuple(entry for entry in load() if entry.kind is Kind.STATE)


def _read(path: Path, drafts: dict[str, _Draft]) -> None:
    for triple in _triples(path):
        subject, predicate, value = triple.subject, triple.predicate.value, triple.object
        if not isinstance(subject, ox.NamedNode) or not subject.value.startswith(AKGID):
            raise DataFileError(f"{subject} is no name under akgid:", where=path.name, todo=f"Begin it with {AKGID}.")
        key = subject.value.removeprefix(AKGID)
        draft = drafts.setdefault(key, _Draft(key, path.name))
        if predicate == _TYPE and isinstance(value, ox.NamedNode):
            if value.value not in draft.kinds:
                draft.kinds.append(value.value)
        elif isinstance(value, ox.Literal) and value.value.strip():
            _add(draft, predicate, value, path.name)
        else:
            raise _wrong(draft, f"{predicate} has {value}, which is no name", "Write the name as a string.", path.name)


def _triples(path: Path) -> Iterator[ox.Quad]:
    try:
        yield from ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise DataFileError(f"is not Turtle: {error.msg}", where=f"{path.name}:{error.lineno or 1}") from error
    except OSError as error:
        raise DataFileError(f"cannot be read: {str(error).split(' (os error')[0]}", where=path.name) from error


def _add(draft: _Draft, predicate: str, value: ox.Literal, where: str) -> None:
    if predicate == _PREF:
        draft.preferred.setdefault(value.language or "", []).append(value.value)
        return
    lists = {_ALT: draft.names, _AMBIGUOUS: draft.ambiguous, _ABBREVIATION: draft.abbreviations}
    if predicate not in lists:
        raise _wrong(
            draft,
            f"{predicate} is not known here",
            "Use a class, skos:prefLabel, skos:altLabel, akg:ambiguousLabel or akg:abbreviation.",
            where,
        )
    if predicate == _ABBREVIATION and len(value.value) != 1:
        raise _wrong(
            draft, f"akg:abbreviation {value.value} is not one character", "Write a longer name as skos:altLabel.", where
        )
    lists[predicate].append(value.value)


def _entry(draft: _Draft) -> Entry:
    if not draft.kinds:
        raise _wrong(draft, "has no class", "Write one: a akg:Forum.")
    if len(draft.kinds) > 1:
        raise _wrong(draft, f"has {len(draft.kinds)} classes", "Keep the most specific one.")
    if not draft.preferred:
        raise _wrong(draft, "has no skos:prefLabel", "Give it one in Japanese.")
    for language, labels in draft.preferred.items():
        if language not in {"ja", "en"}:
            raise _wrong(draft, f"has a skos:prefLabel in “{language}”", "Mark it @ja or @en.")
        if len(labels) > 1:
            raise _wrong(draft, f"has {len(labels)} skos:prefLabel in {language}", "Make the others skos:altLabel.")
    if "ja" not in draft.preferred:
        raise _wrong(draft, "has no skos:prefLabel in Japanese", "Give it one.")
    local = draft.kinds[0].removeprefix(AKG)
    if local not in set(Kind):
        raise _wrong(draft, f"is of the unknown class {draft.kinds[0]}", "Use a class of alliance.ttl that things have.")
    return Entry(
        key=draft.key,
        kind=Kind(local),
        label=draft.preferred["ja"][0],
        label_en=draft.preferred["en"][0] if "en" in draft.preferred else None,
        names=tuple(draft.names),
        ambiguous=tuple(draft.ambiguous),
        abbreviations=tuple(draft.abbreviations),
    )


def _refuse_shared(entries: Mapping[str, Entry], drafts: Mapping[str, _Draft]) -> None:
    bearers: dict[str, str] = {}
    states: dict[str, str] = {}
    for key, entry in entries.items():
        own = {folded(name): name for name in _labels(entry)}
        for form, name in own.items():
            other = bearers.setdefault(form, key)
            if other != key:
                raise _wrong(drafts[key], f"bears “{name}”, as {other} does", "Make it akg:ambiguousLabel on both.")
        for name in entry.ambiguous:
            if folded(name) in own:
                raise _wrong(drafts[key], f"has “{name}” as its own label and as an ambiguous one", "Keep one of them.")
        for character in entry.abbreviations:
            other = states.setdefault(character, key)
            if other != key:
                raise _wrong(drafts[key], f"is abbreviated “{character}”, as {other} is", "Keep it on one of them.")


def _labels(entry: Entry) -> Iterable[str]:
    yield entry.label
    if entry.label_en:
        yield entry.label_en
    yield from entry.names


def _wrong(draft: _Draft, what: str, todo: str, where: str = "") -> DataFileError:
    return DataFileError(f"akgid:{draft.key} {what}", where=where or draft.where, todo=todo)
