"""`alliancekg serve`: the SPARQL endpoint of a store."""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click

from alliancekg.cli_options import IN_STORE
from alliancekg.logs import log_requests
from queries.serving.limits import DEFAULT, MB, Limits

TOKEN = "ALLIANCEKG_TOKEN"  # noqa: S105 - its name in the environment
_LIMITS: Sequence[tuple[str, click.ParamType[float], float, str]] = (
    ("timeout", click.FloatRange(min=0.1), DEFAULT.seconds, "Seconds for a query and its answer."),
    ("max-rows", click.IntRange(min=1), DEFAULT.rows, "Rows of an answer."),
    ("max-answer", click.IntRange(min=1), DEFAULT.answer // MB, "MB of an answer."),
    ("max-body", click.IntRange(min=1), DEFAULT.body // MB, "MB of what a writer sends."),
    ("max-memory", click.IntRange(min=100), DEFAULT.memory // MB, "MB of memory for a query."),
    ("workers", click.IntRange(min=1), DEFAULT.workers, "Queries at a time."),
    ("queue", click.IntRange(min=0), DEFAULT.waiting, "Queries that may wait."),
)


def _limited(command: Callable[..., None]) -> Callable[..., None]:
    for name, kind, default, about in reversed(_LIMITS):
        command = click.option(f"--{name}", type=kind, default=default, show_default=True, help=about)(command)
    return command


def _hosts(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    for one in given:
        if not re.fullmatch(r"(\[[0-9A-Fa-f:.]+\]|[\w.-]+)(:[0-9]+)?", one):
            raise click.BadParameter(f"{one!r} is no host: write query.example.org or localhost:3030.")
    return given


@click.command()
@IN_STORE
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 takes a free one.")
@click.option("--writable", is_flag=True, help="Let those write who have the token, by default that in ALLIANCEKG_TOKEN.")
@click.option(
    "--token-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The file whose first line is the token."
)
@click.option(
    "--allow-service",
    "services",
    multiple=True,
    metavar="HOST[:PORT]",
    callback=_hosts,
    help="A server that SERVICE and LOAD may ask; repeatable.",
)
@click.option(
    "--allow-origin", "origins", multiple=True, default=["*"], metavar="ORIGIN", help="Whose pages may ask; all, if not said."
)
@click.option(
    "--behind-proxy",
    "proxies",
    multiple=True,
    metavar="ADDRESS",
    help="A proxy that is believed for whom it asks (X-Forwarded-For).",
)
@click.option("--access-log", type=click.Path(path_type=Path, dir_okay=False), help="Write a line of JSON for every request.")
@_limited
def serve(
    *,
    store: Path,
    host: str,
    port: int,
    writable: bool,
    token_file: Path | None,
    services: tuple[str, ...],
    origins: tuple[str, ...],
    proxies: tuple[str, ...],
    access_log: Path | None,
    **costs: float,
) -> None:
    """Answer SPARQL queries, and the questions of the library, over HTTP: at /sparql, /store, /questions and /search."""
    from alliancekg.serving import StoreGate, StoreGraphs  # noqa: PLC0415 - as below
    from queries.serving.app import application  # noqa: PLC0415 - the web server is slow to import
    from queries.serving.server import run  # noqa: PLC0415 - as above
    from queries.serving.writer import Writing  # noqa: PLC0415 - as above

    limits = _limits(costs)
    graphs, writing = StoreGraphs(store), None
    if writable:
        writing = Writing(StoreGate(store), _token(token_file))
        StoreGate(store).prepare()
    graphs.open().close()  # what is wrong with the store is said before anything is served
    if access_log is not None:
        log_requests(access_log)
    if not _is_loopback(host):
        click.echo(f"alliancekg: {host} can be reached by others, and whoever reaches it may read all of the store.", err=True)
    run(
        application(graphs, limits, writing, services=services, origins=origins),
        host,
        port,
        started=lambda where: click.echo(f"{where}/sparql", err=True),
        grace=limits.seconds,
        proxies=proxies,
    )


def _limits(costs: Mapping[str, float]) -> Limits:
    return Limits(
        seconds=costs["timeout"],
        rows=int(costs["max_rows"]),
        answer=int(costs["max_answer"]) * MB,
        body=int(costs["max_body"]) * MB,
        memory=int(costs["max_memory"]) * MB,
        workers=int(costs["workers"]),
        waiting=int(costs["queue"]),
    )


def _token(file: Path | None) -> str:
    """The token of whoever may write: that of the file or the environment, else a new one that only this terminal is told."""
    if file is not None:
        given = _first_line(file)
        if file.stat().st_mode & 0o077:
            click.echo(f"alliancekg: {file} can be read by other users of this machine.", err=True)
    else:
        given = os.environ.get(TOKEN, "").strip()
    if given:
        return given
    made = secrets.token_urlsafe(24)
    click.echo(f"alliancekg: {TOKEN} is not set; until the server ends, the token is {made}", err=True)
    return made


def _first_line(file: Path) -> str:
    try:
        token = file.read_text(encoding="utf-8").partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError) as error:
        raise click.BadParameter(f"{file} cannot be read: {error}", param_hint="--token-file") from error
    if not token:
        raise click.BadParameter(f"{file} has no token in its first line", param_hint="--token-file")
    return token


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
