"""`alliancekg push`: a graph into a remote store."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from alliancekg.cli_endpoint import credentials_for
from alliancekg.cli_options import GRAPH, STORE, TIMEOUT, graph_at
from alliancekg.cli_output import console
from queries.address import address
from queries.batches import BATCH_BYTES
from queries.pushing import PATIENCE, GraphStore, Pushed, Target, Update, Watch
from queries.pushing import push as push_graph
from queries.transport import Transport

KB = 1000


@click.command()
@GRAPH
@STORE
@click.option("--endpoint", metavar="URL", help="Where the store takes SPARQL updates.")
@click.option("--graph-store", metavar="URL", help="Where it speaks the Graph Store Protocol, in place of --endpoint.")
@click.option(
    "--into",
    metavar="IRI",
    default="",
    help="The graph that takes what is in none, for stores without a default graph (Virtuoso).",
)
@click.option("--replace", is_flag=True, help="Empty the graphs first, and remove those of an earlier push that are no more.")
@click.option(
    "--state",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file by which an interrupted push goes on  [default: beside the graph]",
)
@click.option(
    "--batch-size",
    type=click.IntRange(min=1),
    default=BATCH_BYTES // KB,
    show_default=True,
    help="kB of triples to send at a time.",
)
@TIMEOUT
def push(
    *,
    graph: Path | None,
    store: Path | None,
    endpoint: str | None,
    graph_store: str | None,
    into: str,
    replace: bool,
    state: Path | None,
    batch_size: int,
    timeout: int,
) -> None:
    """Put a graph into any SPARQL 1.1 store. Graphs of documents keep their names; what is there already stays, but for --replace.

    A store that wants to know who you are is told ALLIANCEKG_USER and ALLIANCEKG_PASSWORD, or ALLIANCEKG_BEARER, from the environment.
    """
    if (endpoint is None) == (graph_store is None):
        raise click.UsageError("Say where to: either --endpoint URL or --graph-store URL.")
    url = endpoint or graph_store or ""
    way = Transport(address(url), credentials=credentials_for(url), timeout=timeout, patience=PATIENCE)
    target: Target = Update(way) if endpoint else GraphStore(way)
    with graph_at(graph, store) as opened, watching() as watch:
        pushed = push_graph(
            opened.store,
            target,
            into=into,
            replace=replace,
            batch_bytes=batch_size * KB,
            state=state or _beside(graph or store or Path()),
            watch=watch,
        )
    click.echo(_told(pushed, way.address.shown))


def _beside(graph: Path) -> Path:
    """Where the state of a push is kept by itself; `DIR/` and `.` are named as what they are."""
    whole = graph.resolve()
    return whole.with_name(f"{whole.name}.push.json")


@contextmanager
def watching() -> Iterator[Watch]:
    """Shows a bar where stderr is a terminal; elsewhere nothing is said while it runs."""
    if not sys.stderr.isatty():
        yield lambda _done, _whole: None
        return
    columns = (TextColumn("pushing"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(err=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, whole: bar.update(task, completed=done, total=whole)


def _told(pushed: Pushed, where: str) -> str:
    """The one line at the end."""
    notes = [f"{pushed.resumed} of {pushed.batches} batches were there from before"] if pushed.resumed else []
    notes += [f"{pushed.dropped} graphs that are no more were removed"] if pushed.dropped else []
    return f"{where}: {pushed.triples:,} triples in {pushed.graphs} graphs" + "".join(f"; {note}" for note in notes)
