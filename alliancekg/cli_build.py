"""`alliancekg build`: documents in, a graph file out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from alliancekg.building import Skipped, Summary, Watcher, run
from alliancekg.cli_limits import load_options, reading_options
from alliancekg.cli_output import console
from extract.model import Extraction
from graph.files import READABLE, check_writable, write

BAD_INPUT = 2


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="The graph file to write; the suffix says in which format.",
)
@click.option("--authority", metavar="FILE|none", help="Names from another file, or none: what the text alone tells.")
@reading_options
def build(paths: Sequence[Path], output: Path, authority: str | None, **reading: Any) -> int:  # noqa: ANN401 - see cli_limits
    """Read the documents at PATH... (files, directories and zip archives) and write what they say as a graph.

    Documents are plain text, Markdown, HTML, PDF and DOCX, told by the end of their names.

    A document that cannot be read is named and left out; the exit code is then 2, and the graph of the others is written.
    """
    check_writable(output)
    with _watching() as watcher:
        built = run(paths, authority=authority, options=load_options(reading), watcher=watcher)
    write(built.store, output)
    _say(built.summary, output)
    return BAD_INPUT if built.summary.skipped else 0


@contextmanager
def _watching() -> Iterator[Watcher]:
    """Progress on a terminal; elsewhere only what goes wrong is said while it runs."""
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=console(err=True), transient=True, disable=not console(err=True).is_terminal,
    )  # fmt: skip
    with bar:
        task = bar.add_task("documents", total=None)

        def started(count: int) -> None:
            bar.update(task, total=count)

        def done(_extraction: Extraction) -> None:
            bar.advance(task)

        def skipped(item: Skipped) -> None:
            click.echo(f"alliancekg: {' '.join(item.reason.split())}", err=True)

        yield Watcher(started=started, done=done, skipped=skipped)


def _say(summary: Summary, output: Path) -> None:
    standing = ", ".join(f"{count} {factuality.value}" for factuality, count in summary.claims.items() if count)
    total = sum(summary.claims.values())
    counted = (_count(summary.documents, "document"), _count(summary.entities, "entity", "entities"), _count(total, "claim"))
    click.echo(", ".join(counted) + (f" ({standing})" if standing else ""), err=True)
    if summary.unresolved:
        expressions = _count(summary.unresolved, "expression")
        how = f": 'alliancekg ask unresolved --graph {output}' lists them" if output.suffix.lower() in READABLE else ""
        click.echo(f"{expressions} stayed unresolved{how}", err=True)
    for doubt in summary.doubts:
        click.echo(f"doubtful: {doubt.identifier}: {doubt.what}", err=True)
    click.echo(f"wrote {output}", err=True)
    if summary.skipped:
        click.echo(f"left out {len(summary.skipped)}: {', '.join(str(item.path) for item in summary.skipped)}", err=True)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
