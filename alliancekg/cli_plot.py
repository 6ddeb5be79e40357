"""`alliancekg plot`: timelines, successions and networks as pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import click

from alliancekg.cli_options import GRAPH, LANG, STORE, graph_at
from ontology.terms import Factuality

_ABOUT = click.argument("about", nargs=-1, metavar="[NAME]...")
_OUTPUT = click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="The file to write: .svg, .png or .html."
)
_STANDING = click.option(
    "--factuality",
    multiple=True,
    default=("Actual", "Planned"),
    show_default=True,
    type=click.Choice([standing.value for standing in Factuality]),
    help="What standings to draw; may be given several times.",
)
_AS_OF = click.option("--as-of", metavar="DATE", help="Only what documents published by then said.")


_Option: TypeAlias = Callable[[Callable[..., Any]], Callable[..., Any]]


def _drawing(things: int, *own: _Option) -> Callable[[Callable[..., Any]], click.Command]:
    """A picture's command: what all pictures take, and between it what this one takes (`own`), in the order of its help."""
    limit = click.option(
        "--limit", type=click.IntRange(min=1), default=things, show_default=True, help="How many things at most."
    )

    def made(function: Callable[..., Any]) -> click.Command:
        options: tuple[_Option, ...] = (_ABOUT, GRAPH, STORE, _OUTPUT, *own, _STANDING, _AS_OF, limit, LANG)
        for option in reversed(options):
            function = option(function)
        return plot.command()(function)

    return made


@click.group()
def plot() -> None:
    """Draw a graph: a timeline, a succession or a network, of all of it or of things by any of their names.

    .html has beside the picture the words that it rests on.
    """


@_drawing(
    40,
    click.option(
        "--kind", "kinds", multiple=True, metavar="CLASS", help="A class of things to show, such as Forum; several times."
    ),
)
def timeline(*, about: tuple[str, ...], graph: Path | None, store: Path | None, output: Path, **how: Any) -> None:  # noqa: ANN401 - of the options
    """Dates of things, a row each; a date is as long as it is unsure."""
    _check(output)
    graph_at(graph, store).timeline(*about, **how).save(output)


@_drawing(60)
def succession(*, about: tuple[str, ...], graph: Path | None, store: Path | None, output: Path, **how: Any) -> None:  # noqa: ANN401 - as above
    """What took the place of what, and what was revised."""
    _check(output)
    graph_at(graph, store).succession(*about, **how).save(output)


@_drawing(
    40,
    click.option(
        "--relation", "relations", multiple=True, metavar="PROPERTY", help="A relation to show, such as partOf; several times."
    ),
    click.option(
        "--depth", type=click.IntRange(min=0), default=2, show_default=True, help="How many steps from the things named."
    ),
    click.option("--on", metavar="DATE", help="Only what held on that day."),
)
def network(*, about: tuple[str, ...], graph: Path | None, store: Path | None, output: Path, **how: Any) -> None:  # noqa: ANN401 - as above
    """What stands between bodies, their members and agreements."""
    _check(output)
    graph_at(graph, store).network(*about, **how).save(output)


def _check(output: Path) -> None:
    """Find out before a large graph is read that its picture could not be written."""
    from graph.pictures.paper import check_suffix  # noqa: PLC0415 - not needed for --help

    check_suffix(output)
