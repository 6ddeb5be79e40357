"""From paths to documents, and what reads them: shared by builds into a file and into a store.

A document that cannot be read costs itself alone. What was left out is named with its reason.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

import alliancekg
from alliancekg.logs import SAID
from extract.documents import LoadOptions, Source, find_documents, find_sources, load_document
from extract.errors import DocumentError
from extract.formats.isolation import Parsers
from extract.formats.kinds import KNOWN
from extract.model import Document, Extraction, Role
from graph.runs import Run
from ontology import authority as names

log = logging.getLogger(__name__)

Authority = Path | str | None  # "none" is none at all, None is the curated names


class Extracts(Protocol):
    """Whatever turns documents into extractions: one for each that can be read, in any order."""

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]: ...


@dataclass(frozen=True, slots=True)
class Skipped:
    """A path that yielded nothing, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Watcher:
    """What is told of a build while it runs: the documents, how far the present one is read, each one done or left out."""

    started: Callable[[Sequence[Document]], None] = field(default=lambda _documents: None)
    reached: Callable[[int], None] = field(default=lambda _characters: None)
    done: Callable[[Extraction], None] = field(default=lambda _extraction: None)
    skipped: Callable[[Skipped], None] = field(default=lambda _item: None)


class LeftOut:
    """What was left out so far; the watcher hears of each at once."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self.items: list[Skipped] = []

    def __call__(self, path: Path, error: DocumentError) -> None:
        self.items.append(Skipped(path, str(error)))
        log.warning("left out: %s", error, extra=SAID)
        self._watcher.skipped(self.items[-1])


LeaveOut = Callable[[Path, DocumentError], None]


def documents_in(paths: Sequence[Path], options: LoadOptions, parsers: Parsers, leave_out: LeaveOut) -> Iterator[Document]:
    """The documents under the paths; those that share a name would share an identifier, so the second is left out."""
    seen: dict[str, Source] = {}
    for file in files_under(paths, leave_out).values():
        for source, document in documents_of(file, options, parsers, leave_out):
            first = seen.setdefault(document.identifier, source)
            if first is source:
                yield document
            else:
                leave_out(Path(str(source)), same_name(first, source))


def files_under(paths: Sequence[Path], leave_out: LeaveOut) -> dict[Path, Path]:
    """The files under the paths as they were given, by where they lie in truth, so that each comes once; archives as one."""
    files: dict[Path, Path] = {}
    for path in paths:
        try:
            found = find_documents([path])
        except DocumentError as error:
            leave_out(path, error)
            continue
        if not found:
            leave_out(path, DocumentError("there is no document in it", where=str(path), todo=KNOWN))
        for file in found:
            files.setdefault(file.resolve(), file)
    return files


def documents_of(file: Path, options: LoadOptions, parsers: Parsers, leave_out: LeaveOut) -> Iterator[tuple[Source, Document]]:
    """The document of a file, or those of an archive, and where each stands."""
    try:
        sources = find_sources(file, parsers=parsers, options=options)
    except DocumentError as error:
        leave_out(file, error)
        return
    for source in sources:
        try:
            yield source, load_document(source, options=options, parsers=parsers)
        except DocumentError as error:
            leave_out(Path(str(source)), error)


def same_name(first: Source | Path | str, source: Source | Path | str) -> DocumentError:
    """Why a document is left out that has the name of another."""
    return DocumentError(f"it has the same name as {first}", where=str(source), todo="Rename one of them.")


def entries_of(authority: Authority) -> tuple[names.Entry, ...]:
    """The names that an authority gives; states are known in any case. Raises DataFileError where the file is broken."""
    if authority is None:
        return names.load()
    given = () if authority == "none" else names.load([Path(authority)])
    known = {entry.key for entry in given}
    return (*given, *(state for state in names.states() if state.key not in known))


def parts_called(names: Iterable[str]) -> list[Role]:
    """The roles of these names. Raises DocumentError where there is none."""
    unknown = [name for name in names if name not in set(Role)]
    if unknown:
        raise DocumentError(f"documents have no part called {unknown[0]!r}", where="include", todo=f"Parts: {', '.join(Role)}.")
    return [Role(name) for name in names]


def log_read(extraction: Extraction) -> None:
    document = extraction.document
    known = f"published {document.published} ({document.published_from})" if document.published else "without a date"
    log.info(
        "read %s: %d characters, %s, %d claims, %d unresolved",
        document.identifier, len(document.text), known, len(extraction.claims), len(extraction.unresolved),
    )  # fmt: skip


def this_run() -> Run:
    """The run of the software and the model that are installed."""
    try:
        model = f"ja_ginza {version('ja-ginza')}"
    except PackageNotFoundError:
        model = None
    return Run(alliancekg.__version__, model)
