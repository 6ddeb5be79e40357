"""Documents in, a graph out: the one way through extraction, linking and encoding."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from alliancekg.extracting import HERE, Where, extractor_of
from alliancekg.knowledge_graph import KnowledgeGraph, open_graph
from alliancekg.reading import (
    Authority,
    Extracts,
    LeftOut,
    Watcher,
    documents_in,
    entries_of,
    log_read,
    parts_called,
    this_run,
)
from alliancekg.summaries import Summary, Tally
from extract.documents import DEFAULT, LoadOptions
from extract.errors import DocumentError
from extract.formats.isolation import Parsers
from extract.formats.kinds import KNOWN
from extract.model import Extraction, Role
from graph.making import make


@dataclass(frozen=True, slots=True)
class Built:
    """The graph of a build, and its summary."""

    store: Store
    summary: Summary


def build(
    paths: Iterable[str | Path],
    *,
    store: str | Path | None = None,
    prune: bool = False,
    authority: Authority = None,
    include: Collection[str] = (),
    options: LoadOptions = DEFAULT,
    jobs: int = 1,
    cluster: str | None = None,
) -> KnowledgeGraph:
    """The graph of the documents under `paths` (files, directories and zip archives).

    `store` is a directory that keeps it: a second build reads only what has changed, and with `prune` takes out the documents to
    which no path leads. `authority` is a file of names to use in place of the curated ones, or "none" for what the text alone tells.
    `options` say what one document may cost, and what holds of all of them (their encoding, their publisher …).
    `include` names parts that make no claims by themselves and shall: "comment", "bibliography", "boilerplate".
    `jobs` processes read, each with a model of its own (600 MB); a script that wants several has to call this below
    `if __name__ == "__main__":`.
    `cluster` is the address of a Dask scheduler (tcp://HOST:PORT) whose workers read in their place.
    Documents that cannot be read are left out with a warning in the log. Raises DocumentError where none can be
    read, DataFileError where the authority file is broken, GraphError where the store cannot be used.
    """
    given, parts, where = [Path(p) for p in paths], parts_called(include), Where(jobs, cluster)
    if store is None:
        return KnowledgeGraph(run(given, authority=authority, include=parts, options=options, where=where).store)
    from alliancekg.keeping import keep  # noqa: PLC0415 - not needed without a store

    keep(given, Path(store), authority=authority, include=parts, options=options, prune=prune, where=where)
    return open_graph(store)


def run(
    paths: Sequence[Path],
    *,
    authority: Authority = None,
    include: Collection[Role] = (),
    options: LoadOptions = DEFAULT,
    where: Where = HERE,
    watcher: Watcher | None = None,
    extractor: Extracts | None = None,
) -> Built:
    """The same in memory, with a summary and news of the progress. `extractor` takes the place of the one with the GiNZA model."""
    watch = watcher or Watcher()
    leave_out = LeftOut(watch)
    entries = () if extractor else entries_of(authority)
    with Parsers(options.limits) as parsers:
        documents = list(documents_in(paths, options, parsers, leave_out))
    if not documents:
        raise nothing_to_read()
    watch.started(documents)
    tally, extractions = Tally(), list[Extraction]()
    extractor = extractor or extractor_of(entries, include, watch, leave_out, where)
    for extraction in extractor.extract(documents):
        extractions.append(extraction)
        tally.add(extraction)
        watch.done(extraction)
        log_read(extraction)
    if not extractions:
        raise nothing_to_read()
    made = make(extractions, run=this_run())
    return Built(made.store, tally.summary(made, skipped=leave_out.items))


def nothing_to_read() -> DocumentError:
    """Why there is no graph."""
    return DocumentError("no document could be read, so there is no graph", todo=f"Give files or a directory of them. {KNOWN}")
