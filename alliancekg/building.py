"""Documents in, a graph out: the one way through extraction, linking and encoding.

A document that cannot be read costs itself alone. What was left out is named with its reason.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

from pyoxigraph import Store

import alliancekg
from alliancekg.knowledge_graph import KnowledgeGraph
from alliancekg.logs import SAID
from extract.documents import DEFAULT, LoadOptions, Source, find_documents, find_sources, load_document
from extract.errors import DocumentError
from extract.formats.isolation import Parsers
from extract.formats.kinds import KNOWN
from extract.model import Document, Extraction, Role, Unresolved
from graph.encoding import encode
from graph.linking import link
from graph.runs import Run
from ontology import authority as names
from ontology.terms import Factuality, Property

log = logging.getLogger(__name__)

Authority = Path | str | None  # "none" is none at all, None is the curated names


class Extracts(Protocol):
    """Whatever turns documents into extractions, one for each, in order."""

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]: ...


@dataclass(frozen=True, slots=True)
class Skipped:
    """A path that yielded nothing, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A document that was read, though something about the reading is doubtful."""

    identifier: str
    what: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build read and found."""

    documents: int
    entities: int
    claims: dict[Factuality, int]
    unresolved: int
    skipped: tuple[Skipped, ...] = ()
    properties: dict[Property, dict[Factuality, int]] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)  # why something stayed open
    unresolved_dates: int = 0
    undated: tuple[str, ...] = ()  # documents that have such dates, and whose own date is not known
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Built:
    """The graph of a build, and its summary."""

    store: Store
    summary: Summary


@dataclass(frozen=True, slots=True)
class Watcher:
    """What is told of a build while it runs: the documents, how far the present one is read, each one done or left out."""

    started: Callable[[Sequence[Document]], None] = field(default=lambda _documents: None)
    reached: Callable[[int], None] = field(default=lambda _characters: None)
    done: Callable[[Extraction], None] = field(default=lambda _extraction: None)
    skipped: Callable[[Skipped], None] = field(default=lambda _item: None)


def build(
    paths: Iterable[str | Path], *, authority: Authority = None, include: Collection[str] = (), options: LoadOptions = DEFAULT
) -> KnowledgeGraph:
    """The graph of the documents under `paths` (files, directories and zip archives).

    `authority` is a file of names to use in place of the curated ones, or "none" for what the text alone tells.
    `options` say what one document may cost, and what holds of all of them (their encoding, their publisher …).
    `include` names parts that make no claims by themselves and shall: "comment", "bibliography", "boilerplate".
    Documents that cannot be read are left out with a warning in the log. Raises DocumentError where none can be
    read, DataFileError where the authority file is broken.
    """
    return KnowledgeGraph(run([Path(p) for p in paths], authority=authority, include=_parts(include), options=options).store)


def _parts(names: Iterable[str]) -> list[Role]:
    unknown = [name for name in names if name not in set(Role)]
    if unknown:
        raise DocumentError(f"documents have no part called {unknown[0]!r}", where="include", todo=f"Parts: {', '.join(Role)}.")
    return [Role(name) for name in names]


def run(
    paths: Sequence[Path],
    *,
    authority: Authority = None,
    include: Collection[Role] = (),
    options: LoadOptions = DEFAULT,
    watcher: Watcher | None = None,
    extractor: Extracts | None = None,
) -> Built:
    """The same, with a summary and news of the progress. `extractor` takes the place of the one with the GiNZA model."""
    watch = watcher or Watcher()
    skipped: list[Skipped] = []

    def leave_out(path: Path, error: DocumentError) -> None:
        skipped.append(Skipped(path, str(error)))
        log.warning("left out: %s", error, extra=SAID)
        watch.skipped(skipped[-1])

    entries = () if extractor else _entries(authority)
    with Parsers(options.limits) as parsers:
        documents = list(_documents(paths, options, parsers, leave_out))
    if not documents:
        raise DocumentError(
            "no document could be read, so there is no graph", todo=f"Give files or a directory of them. {KNOWN}"
        )
    watch.started(documents)
    extractions: list[Extraction] = []
    for extraction in (extractor or _extractor(entries, include, watch.reached)).extract(documents):
        extractions.append(extraction)
        watch.done(extraction)
        _log_read(extraction)
    linking = link(extractions)
    store = encode(extractions, run=Run(alliancekg.__version__, _model()), linking=linking)
    return Built(store, _summary(extractions, len(linking.entities), skipped))


LeaveOut = Callable[[Path, DocumentError], None]


def _documents(paths: Sequence[Path], options: LoadOptions, parsers: Parsers, leave_out: LeaveOut) -> Iterator[Document]:
    """The documents under the paths; those that share a name would share an identifier, so the second is left out."""
    seen: dict[str, Source] = {}
    for source in _sources(paths, options, parsers, leave_out):
        try:
            document = load_document(source, options=options, parsers=parsers)
        except DocumentError as error:
            leave_out(Path(str(source)), error)
            continue
        first = seen.setdefault(document.identifier, source)
        if first is source:
            yield document
        else:
            again = DocumentError(f"it has the same name as {first}", where=str(source), todo="Rename one of them.")
            leave_out(Path(str(source)), again)


def _sources(paths: Sequence[Path], options: LoadOptions, parsers: Parsers, leave_out: LeaveOut) -> Iterator[Source]:
    """Where the documents under the paths stand, each file once, archives opened."""
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
    for file in files.values():
        try:
            yield from find_sources(file, parsers=parsers, options=options)
        except DocumentError as error:
            leave_out(file, error)


def _entries(authority: Authority) -> tuple[names.Entry, ...]:
    if authority is None:
        return names.load()
    given = () if authority == "none" else names.load([Path(authority)])
    known = {entry.key for entry in given}
    return (*given, *(state for state in names.states() if state.key not in known))


def _log_read(extraction: Extraction) -> None:
    document = extraction.document
    known = f"published {document.published} ({document.published_from})" if document.published else "without a date"
    log.info(
        "read %s: %d characters, %s, %d claims, %d unresolved",
        document.identifier, len(document.text), known, len(extraction.claims), len(extraction.unresolved),
    )  # fmt: skip


def _extractor(entries: Sequence[names.Entry], include: Collection[Role], reached: Callable[[int], None]) -> Extracts:
    from extract.pipeline import Extractor  # noqa: PLC0415 - spaCy is needed when text is read

    return Extractor(entries, include=include, reached=reached)


def _model() -> str | None:
    try:
        return f"ja_ginza {version('ja-ginza')}"
    except PackageNotFoundError:
        return None


def _why(item: Unresolved) -> str:
    return "a name that could mean several things" if item.is_name else item.reason


def _summary(extractions: Sequence[Extraction], entities: int, skipped: Sequence[Skipped]) -> Summary:
    claims = [claim for extraction in extractions for claim in extraction.claims]
    standing = Counter(claim.factuality for claim in claims)
    properties: dict[Property, Counter[Factuality]] = defaultdict(Counter)
    for claim in claims:
        properties[claim.predicate][claim.factuality] += 1
    return Summary(
        documents=len(extractions),
        entities=entities,
        claims={factuality: standing[factuality] for factuality in Factuality},
        unresolved=sum(len(extraction.unresolved) for extraction in extractions),
        skipped=tuple(skipped),
        properties=dict(properties),
        reasons=dict(Counter(_why(item) for extraction in extractions for item in extraction.unresolved).most_common()),
        unresolved_dates=sum(not item.is_name for extraction in extractions for item in extraction.unresolved),
        undated=tuple(
            extraction.document.identifier
            for extraction in extractions
            if extraction.document.published is None and not all(item.is_name for item in extraction.unresolved)
        ),
        doubts=tuple(Doubt(e.document.identifier, doubt) for e in extractions for doubt in e.document.warnings),
    )
