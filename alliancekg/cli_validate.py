"""`alliancekg validate`: the SHACL report of a graph."""

from __future__ import annotations

from pathlib import Path

import click

from alliancekg.cli_options import LANG, STORE, graph_at

FINDINGS = 1


@click.command()
@click.argument("graph", required=False, type=click.Path(path_type=Path))
@STORE
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Form of the report."
)
@LANG
def validate(graph: Path | None, store: Path | None, form: str, lang: str) -> int:
    """Check GRAPH, or a store, against the shapes. Exit code 0: it conforms; 1: it does not, and every violation is listed."""
    report = graph_at(graph, store).validate()
    if form == "json":
        click.echo(report.to_json())
    else:
        for line in report.lines(lang):
            click.echo(line)
        verdict = ("conforms", "適合している") if report.conforms else ("does not conform", "適合していない")
        click.echo(f"{graph or store}: {verdict[lang == 'ja']}")
    return 0 if report.conforms else FINDINGS
