"""`alliancekg export`: a graph in another format."""

from __future__ import annotations

from pathlib import Path

import click

from alliancekg.cli_options import GRAPH, STORE, graph_at
from graph.files import Content, check_writable


@click.command()
@GRAPH
@STORE
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="The file to write; the suffix says in which format."
)
@click.option(
    "--format",
    "content",
    type=click.Choice([content.value for content in Content if content is not Content.GRAPH]),
    default=None,
    help="In the place of the graph: its claims as nanopublications (.trig .nq .jsonld), or its description by VoID and DCAT.",
)
@click.option("--bom", is_flag=True, help="Begin a .csv file with a byte order mark, by which Excel knows UTF-8.")
def export(*, graph: Path | None, store: Path | None, output: Path, content: str | None, bom: bool) -> None:
    """Write a graph in another format.

    .ttl .nt .rdf for RDF as one graph; .trig .nq .jsonld with each document's graph by itself; .graphml for Gephi and
    other network tools; .csv with the claims for spreadsheets.
    """
    wanted = Content(content or Content.GRAPH)
    check_writable(output, content=wanted, bom=bom)
    graph_at(graph, store).save(output, content=wanted, bom=bom)
