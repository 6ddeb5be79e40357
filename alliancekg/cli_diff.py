"""`alliancekg diff`: what changed from one graph to another."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from pyoxigraph import NamedNode

from alliancekg.cli_options import LANG
from alliancekg.cli_output import show_lines
from alliancekg.knowledge_graph import KnowledgeGraph, open_graph
from graph.errors import GraphError
from graph.identity import build_iri, term_iri
from ontology.terms import PREFIXES

FINDINGS = 1
_RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")


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

    A and B are graph files or stores; DIR@7 is a store as its build 7 left it.

    What documents say is compared, not when and by what rules they were read; a patch has every triple. Exit code 0: no
    difference; 1: differences.
    """
    old, new = _graph(before), _graph(after)
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


def _graph(path: Path) -> KnowledgeGraph:
    """Raises GraphError where there is none, or a build is asked for whose graph is no longer there."""
    directory, _, number = str(path).rpartition("@")
    if path.exists() or not (directory and number.isdecimal()):
        return open_graph(path)
    graph = open_graph(directory)
    builds = graph.store.quads_for_pattern(None, _RDF_TYPE, term_iri("Build"), None)
    if build_iri(int(number)) != max((quad.subject for quad in builds), key=_number, default=None):
        raise GraphError(
            f"the graph of build {number} is not there, only that of the last one",
            where=directory,
            todo="Write a file with `alliancekg export` after a build that is to be compared with later ones.",
        )
    return graph


def _number(build: object) -> int:
    return int(str(build).rstrip(">").rpartition("/")[2])
