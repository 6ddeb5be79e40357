"""`alliancekg diff`: what changed from one graph to another."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from alliancekg.cli_options import LANG
from alliancekg.cli_output import show_lines
from alliancekg.knowledge_graph import open_graph

FINDINGS = 1


@click.command()
@click.argument("before", metavar="A", type=click.Path(path_type=Path))
@click.argument("after", metavar="B", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv", "patch"]),
    default="text",
    show_default=True,
    help="Text to read, JSON, CSV for spreadsheets, or the RDF Patch that makes B out of A.",
)
@LANG
def diff(before: Path, after: Path, form: str, lang: str) -> int:
    """Tell what changed from graph A to graph B: claims, documents, things, facts and decisions added, gone and changed.

    What documents say is compared, not when and by what rules they were read; a patch has every triple. Exit code 0: no
    difference; 1: differences.
    """
    old, new = open_graph(before), open_graph(after)
    if form == "patch":
        patch = old.patch(new)
        sys.stdout.buffer.write(bytes(patch))
        return FINDINGS if patch else 0
    from graph.differences import lines, to_csv, to_json  # noqa: PLC0415 - a patch needs none of them

    difference = old.diff(new)
    if form == "json":
        click.echo(to_json(difference, lang))
    elif form == "csv":
        sys.stdout.buffer.write(to_csv(difference, lang).encode())
    else:
        show_lines((line.indent, line.text) for line in lines(difference, lang))
    return FINDINGS if difference else 0
