"""`alliancekg query`: any SPARQL, on a file or an endpoint."""

from __future__ import annotations

from pathlib import Path

import click

from alliancekg.cli_options import ENDPOINT, GRAPH, MAX_ANSWER, STORE, TIMEOUT, engine
from alliancekg.cli_output import FORMAT, Form, show
from queries.asking import query as answer_to
from queries.errors import QueryError


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("-e", "--execute", "text", metavar="SPARQL", help="The query itself, in place of a file.")
@GRAPH
@STORE
@ENDPOINT
@TIMEOUT
@MAX_ANSWER
@FORMAT
def query(
    file: Path | None,
    text: str | None,
    *,
    graph: Path | None,
    store: Path | None,
    endpoint: str | None,
    timeout: int,
    max_answer: int,
    form: str,
) -> None:
    """Run the SPARQL query in FILE, or the one after -e. SELECT, ASK, CONSTRUCT and DESCRIBE; updates are refused."""
    if (file is None) == (text is None):
        raise click.UsageError("Give either a file with a query or -e 'SELECT …'.")
    sparql = text if text is not None else _read(file or Path())
    show(answer_to(engine(graph, store, endpoint, timeout, max_answer), sparql), Form(form))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise QueryError(f"cannot read the query: {error.strerror}", where=str(file)) from error
    except UnicodeDecodeError as error:
        raise QueryError("the query is not UTF-8 text", where=str(file), todo="Save it as UTF-8.") from error
