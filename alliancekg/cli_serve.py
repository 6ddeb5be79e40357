"""`alliancekg serve`: the SPARQL endpoint of a store."""

from __future__ import annotations

import ipaddress
import logging
import os
import secrets
from pathlib import Path

import click

from alliancekg.cli_options import IN_STORE
from queries.serving.limits import DEFAULT, MB, Limits


@click.command()
@IN_STORE
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 takes a free one.")
@click.option("--writable", is_flag=True, help="Let those write who have the token in ALLIANCEKG_TOKEN.")
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=DEFAULT.seconds, show_default=True, help="Seconds for a query."
)
@click.option("--max-rows", type=click.IntRange(min=1), default=DEFAULT.rows, show_default=True, help="Rows of an answer.")
@click.option(
    "--max-answer", type=click.IntRange(min=1), default=DEFAULT.answer // MB, show_default=True, help="MB of an answer."
)
@click.option("--max-body", type=click.IntRange(min=1), default=DEFAULT.body // MB, show_default=True, help="MB of a request.")
@click.option(
    "--max-memory",
    type=click.IntRange(min=100),
    default=DEFAULT.memory // MB,
    show_default=True,
    help="MB of memory for a query.",
)
@click.option("--workers", type=click.IntRange(min=1), default=DEFAULT.workers, show_default=True, help="Queries at a time.")
@click.option("--queue", type=click.IntRange(min=0), default=DEFAULT.waiting, show_default=True, help="Queries that may wait.")
def serve(
    *,
    store: Path,
    host: str,
    port: int,
    writable: bool,
    timeout: float,
    max_rows: int,
    max_answer: int,
    max_body: int,
    max_memory: int,
    workers: int,
    queue: int,
) -> None:
    """Answer SPARQL queries, and the questions of the library, over HTTP: at /sparql, /store, /questions and /search."""
    from alliancekg.serving import StoreGate, StoreGraphs  # noqa: PLC0415 - as below
    from queries.serving.app import application  # noqa: PLC0415 - the web server is slow to import
    from queries.serving.server import run  # noqa: PLC0415 - as above
    from queries.serving.writer import Writing  # noqa: PLC0415 - as above

    limits = Limits(
        seconds=timeout,
        rows=max_rows,
        answer=max_answer * MB,
        body=max_body * MB,
        memory=max_memory * MB,
        workers=workers,
        waiting=queue,
    )
    graphs, writing = StoreGraphs(store), None
    if writable:
        writing = Writing(StoreGate(store), _token())
        StoreGate(store).prepare()
    graphs.open().close()  # what is wrong with the store is said before anything is served
    logging.getLogger("queries.serving.access").setLevel(logging.INFO)
    if not _is_loopback(host):
        click.echo(f"alliancekg: {host} can be reached by others, and whoever reaches it may read all of the store.", err=True)
    run(
        application(graphs, limits, writing),
        host,
        port,
        started=lambda where: click.echo(f"{where}/sparql", err=True),
        grace=limits.seconds,
    )


def _token() -> str:
    """The token of whoever may write: that of the environment, else a new one that only this terminal is told."""
    given = os.environ.get("ALLIANCEKG_TOKEN", "").strip()
    if given:
        return given
    made = secrets.token_urlsafe(24)
    click.echo(f"alliancekg: ALLIANCEKG_TOKEN is not set; until the server ends, the token is {made}", err=True)
    return made


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
