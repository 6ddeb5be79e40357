"""The options that several commands take, and the engine that they name."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from alliancekg.logs import configure
from queries.engine import Engine

if TYPE_CHECKING:
    from alliancekg.knowledge_graph import KnowledgeGraph

GRAPH = click.option("--graph", type=click.Path(path_type=Path), help="The graph file to read.")
STORE = click.option("--store", type=click.Path(path_type=Path), help="The directory of a store to read in place of a file.")
ENDPOINT = click.option("--endpoint", metavar="URL", help="A SPARQL endpoint to ask in place of a file.")
IN_STORE = click.option("--store", required=True, type=click.Path(path_type=Path), help="The directory of the store.")


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in containers
        raise click.UsageError("Say who decides: --reviewer NAME.") from None


REVIEWER = click.option(
    "--reviewer",
    envvar="ALLIANCEKG_REVIEWER",
    default=_account,
    help="Who decides; the name of the account where nothing is said.",
)
LANG = click.option(
    "--lang",
    type=click.Choice(["ja", "en"]),
    default="ja",
    show_default=True,
    help="The language of names, headings and messages.",
)
TIMEOUT = click.option(
    "--timeout", type=click.IntRange(min=1), default=60, show_default=True, help="Seconds to wait for an endpoint."
)
MAX_ANSWER = click.option(
    "--max-answer",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="MB that the answer of an endpoint may have.",
)

VERBOSE = click.option("-v", "--verbose", is_flag=True, help="Say more, and show where an error came from.")
LOG_FILE = click.option(
    "--log-file", type=click.Path(path_type=Path, dir_okay=False), help="Write what is done, and what goes wrong, to a file."
)


def logging_as_asked(context: click.Context, *, verbose: bool, log_file: Path | None) -> bool:
    """Send the log where the options say, given before the command's name or behind it; whether more is to be said."""
    before = context.find_root().params
    verbose = verbose or bool(before.get("verbose"))
    configure(verbose=verbose, file=log_file or before.get("log_file"))
    return verbose


def graph_at(graph: Path | None, store: Path | None) -> KnowledgeGraph:
    """The graph that the options name. Raises UsageError where they name none or two, GraphError where it cannot be opened."""
    from alliancekg.knowledge_graph import open_graph, open_store  # noqa: PLC0415 - not needed for an endpoint

    if graph is not None and store is None:
        return open_graph(graph)
    if store is not None and graph is None:
        return open_store(store)
    raise click.UsageError("Say which graph: either --graph FILE or --store DIR.")


def engine(graph: Path | None, store: Path | None, endpoint: str | None, timeout: int, max_answer: int) -> Engine:
    """The engine that the options name; an endpoint is asked as whoever the environment says (ALLIANCEKG_USER and so on).

    Raises UsageError where they name none or two, GraphError or QueryError where it cannot be opened.
    """
    if sum(given is not None for given in (graph, store, endpoint)) != 1:
        raise click.UsageError("Say which graph: --graph FILE, --store DIR or --endpoint URL.")
    if endpoint is not None:
        from alliancekg.cli_endpoint import credentials_for  # noqa: PLC0415 - as below
        from queries.remote import Remote  # noqa: PLC0415 - SPARQLWrapper loads rdflib
        from queries.transport import MB  # noqa: PLC0415 - as above

        return Remote(endpoint, credentials=credentials_for(endpoint), timeout=timeout, limit=max_answer * MB)
    return graph_at(graph, store).engine
