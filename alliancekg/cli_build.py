"""`alliancekg build`: documents in, a graph file or a store out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from alliancekg.building import run
from alliancekg.cli_limits import load_options, reading_options
from alliancekg.cli_options import LOG_FILE, VERBOSE, logging_as_asked
from alliancekg.cli_progress import watching
from alliancekg.cli_summary import say
from alliancekg.extracting import Where
from alliancekg.keeping import keep
from alliancekg.knowledge_graph import KnowledgeGraph, open_store
from extract.model import Role
from graph.files import check_writable

BAD_INPUT = 2
INCLUDED = {"comments": Role.COMMENT, "bibliographies": Role.BIBLIOGRAPHY, "boilerplate": Role.BOILERPLATE}


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The graph file to write; the suffix says in which format.",
)
@click.option(
    "--store",
    type=click.Path(path_type=Path),
    help="The directory of a store that keeps the collection; only what has changed is read.",
)
@click.option("--prune", is_flag=True, help="Take out of the store the documents to which no PATH leads.")
@click.option("--authority", metavar="FILE|none", help="Names from another file, or none: what the text alone tells.")
@click.option(
    "--include",
    type=click.Choice(list(INCLUDED)),
    multiple=True,
    help="Make claims of these parts too, which are left alone by themselves; may be given several times.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Processes that read documents, each with 600 MB for the model; more than there are processors gain nothing.",
)
@click.option("--cluster", metavar="ADDRESS", help="Read on the workers of this Dask scheduler: tcp://HOST:PORT, or its file.")
@reading_options
@VERBOSE
@LOG_FILE
@click.pass_context
def build(
    context: click.Context,
    /,
    paths: Sequence[Path],
    output: Path | None,
    store: Path | None,
    *,
    prune: bool,
    authority: str | None,
    include: Sequence[str],
    jobs: int,
    cluster: str | None,
    verbose: bool,
    log_file: Path | None,
    **reading: Any,  # noqa: ANN401 - see cli_limits
) -> int:
    """Read the documents at PATH... (files, directories and zip archives) and write what they say as a graph.

    It goes into a file (-o), into a store that keeps the collection (--store), or both.

    Documents are plain text, Markdown, HTML, PDF and DOCX, told by the end of their names.

    A document that cannot be read is named and left out; the exit code is then 2, and the graph of the others is written.
    """
    verbose = logging_as_asked(context, verbose=verbose, log_file=log_file)
    if output is None and store is None:
        raise click.UsageError("Say where to: -o FILE, --store DIR or both.")
    if prune and store is None:
        raise click.UsageError("--prune takes documents out of a store: give --store DIR.")
    if output is not None:
        check_writable(output)
    how: dict[str, Any] = {
        "authority": authority,
        "include": [INCLUDED[part] for part in include],
        "options": load_options(reading),
        "where": Where(jobs, cluster),
    }
    with watching() as watcher:
        if store is None:
            built = run(paths, watcher=watcher, **how)
            summary, graph = built.summary, KnowledgeGraph(built.store)
        else:
            summary = keep(paths, store, prune=prune, watcher=watcher, **how)
            graph = open_store(store)
    with graph:
        if output is not None:
            graph.save(output)
    say(summary, output=output, store=store, verbose=verbose)
    return BAD_INPUT if summary.skipped else 0
