"""The command line: `alliancekg COMMAND`. What each command does stands in `cli_*.py`.

Exit codes: 0 done, 1 done with findings, 2 could not do it, 130 interrupted. A user's mistake is one line
on stderr; a mistake of ours is one line too, and with -v (or ALLIANCEKG_DEBUG set) its traceback.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from alliancekg import __version__
from alliancekg.rooms import check

COULD_NOT = 2
INTERRUPTED = 130
_COMMANDS = {
    "build": ("cli_build", "Read documents and write what they say as a graph."),
    "entities": ("cli_entities", "Merge or split entities in a store."),
    "info": ("cli_info", "Say what is in a store."),
    "validate": ("cli_validate", "Check a graph against the shapes."),
    "questions": ("cli_questions", "List the questions of the library."),
    "ask": ("cli_questions", "Answer a question of the library, by its slug or in plain words."),
    "query": ("cli_query", "Run any SPARQL query."),
    "export": ("cli_export", "Write a graph in another format."),
    "plot": ("cli_plot", "Draw a timeline, a succession or a network."),
    "push": ("cli_push", "Put a graph into a remote store."),
    "review": ("cli_review", "Accept, reject and correct claims."),
    "serve": ("cli_serve", "Answer SPARQL and the questions over HTTP."),
    "diff": ("cli_diff", "Tell what changed from one graph to another."),
    "evaluate": ("cli_evaluate", "Compare a graph with gold claims: precision, recall, F1."),
}


class LazyGroup(click.Group):
    """Commands whose modules are imported when they are called, so that `--help` is at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click passes it
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click passes it
        if cmd_name not in _COMMANDS:
            return None
        from importlib import import_module  # noqa: PLC0415 - beside its only use

        command: click.Command = getattr(import_module(f"alliancekg.{_COMMANDS[cmd_name][0]}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click passes it
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in _COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 done with findings, 2 could not do it.",
)
@click.version_option(__version__, prog_name="alliancekg")
@click.option("-v", "--verbose", is_flag=True, help="Say more, and show where an error came from.")
@click.option("--log-file", type=click.Path(path_type=Path, dir_okay=False), help="Write what is done to a file.")
def cli(verbose: bool, log_file: Path | None) -> None:
    """Read documents about alliances, write what they say as a graph, and answer questions with the words that say so."""
    from alliancekg.logs import configure  # noqa: PLC0415 - the rooms are checked before any of them is imported

    configure(verbose=verbose, file=log_file)


def main(arguments: Sequence[str] | None = None) -> None:
    """The entry point: runs a command and exits with its code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(run(given))


def run(arguments: Sequence[str]) -> int:
    """The exit code of a command."""
    try:
        check()
        outcome = cli.main(list(arguments), prog_name="alliancekg", standalone_mode=False)
        sys.stdout.flush()
    except (click.exceptions.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # Whoever read us has what they wanted and is gone (click and rich exit by themselves then, and only then).
        # The interpreter flushes stdout once more at its end, into nothing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return COULD_NOT
    except click.ClickException as error:
        return _refuse(error.format_message() + _usage(error))
    except Exception as error:  # noqa: BLE001 - the edge: whatever it is, one line says it
        if _debugging(arguments):
            traceback.print_exc()
        return _refuse(_said(error))
    return outcome if isinstance(outcome, int) else 0


def _refuse(message: str) -> int:
    click.echo(f"alliancekg: {' '.join(message.split())}", err=True)
    return COULD_NOT


def _usage(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f" Try '{context.command_path} --help'." if context else ""


def _said(error: Exception) -> str:
    if isinstance(error, ImportError):
        return str(error)
    from ontology.errors import AllianceKGError  # noqa: PLC0415 - only now is it known that the room is ours

    if isinstance(error, AllianceKGError):
        return str(error)
    if isinstance(error, MemoryError):
        return "out of memory. Build from fewer documents at a time."
    if isinstance(error, OSError):
        return f"{error.filename or 'the system'}: {error.strerror or error}"
    return f"unexpected {type(error).__name__}: {error}. This is a mistake of ours; -v shows where."


def _debugging(arguments: Sequence[str]) -> bool:
    return bool(os.environ.get("ALLIANCEKG_DEBUG")) or any(a in {"-v", "--verbose"} for a in arguments)
