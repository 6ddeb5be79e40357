"""`alliancekg evaluate`: a graph against gold claims."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from alliancekg.cli_output import show_table
from alliancekg.evaluating import evaluate as score
from graph.evaluation.report import Evaluation


@click.command()
@click.argument("graph", type=click.Path(path_type=Path))
@click.argument("gold", metavar="GOLD...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="Form of the report."
)
@click.option("--misses", is_flag=True, help="List what the graph misses, with the gold's quote (in JSON they always are).")
@click.option("--spurious", is_flag=True, help="List what the gold does not have, with its quote (in JSON they always are).")
@click.option("--whole", is_flag=True, help="Compare each gold file with all of the graph, not with the document of its name.")
def evaluate(graph: Path, gold: Sequence[Path], *, form: str, misses: bool, spurious: bool, whole: bool) -> None:
    """Compare GRAPH with the gold claims in GOLD...: precision, recall and F1, by property and by class.

    GOLD files are JSON Lines named after documents. Recall counts gold lines; precision counts claims of documents
    that have gold and of properties that the gold uses, and takes the gold to be complete.
    """
    evaluation = score(graph, gold, whole=whole)
    if form == "json":
        click.echo(evaluation.to_json())
        return
    _show(evaluation, misses=misses, spurious=spurious)


def _show(evaluation: Evaluation, *, misses: bool, spurious: bool) -> None:
    tables = [evaluation.property_table(), evaluation.class_table(), evaluation.factuality_table(), evaluation.date_table()]
    if misses:
        tables.append(evaluation.miss_table())
    if spurious:
        tables.append(evaluation.spurious_table())
    for headings, rows in tables:
        if rows:
            show_table(headings, rows)
    for note in evaluation.notes():
        click.echo(note)
