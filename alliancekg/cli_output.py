"""What the commands print: tables for people, the other forms for programs."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

import click
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from queries.answers import Answer

if TYPE_CHECKING:
    from rich.console import RenderableType

_PIPED_WIDTH = 120
_NARROWEST = 12  # columns of the terminal for one of the table, with its edges: four Japanese characters
_LINE_BREAK = re.compile(r"[ \t]*[\r\n]+[ \t]*")


class Form(StrEnum):
    """The forms in which an answer is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    TTL = "ttl"


FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice([f.value for f in Form]),
    default=Form.TABLE.value,
    show_default=True,
    help="How to print the answer.",
)


def console(*, err: bool = False) -> Console:
    """The terminal; where there is none, plain text as wide as $COLUMNS or 120."""
    stream = sys.stderr if err else sys.stdout
    if stream.isatty():
        return Console(stderr=err, highlight=False)
    width = os.environ.get("COLUMNS", "")
    columns = int(width) if width.isdecimal() and int(width) > 0 else _PIPED_WIDTH
    return Console(stderr=err, highlight=False, width=columns, no_color=True, color_system=None)


def show(answer: Answer, form: Form) -> None:
    """Print an answer."""
    if form is Form.TABLE and answer.triples is None:
        headings, rows = answer.table()
        show_table(headings, rows)
        if answer.truth is None:
            click.echo(f"{len(rows)} row{'' if len(rows) == 1 else 's'}", err=True)
    elif form is Form.JSON:
        click.echo(answer.to_json())
    elif form is Form.MARKDOWN:
        click.echo(answer.to_markdown(), nl=False)
    elif form is Form.CSV:
        sys.stdout.write(answer.to_csv().replace("\r\n", "\n") if sys.stdout.isatty() else answer.to_csv())
    else:
        click.echo(answer.to_turtle(), nl=False)


def show_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table that fits the terminal: long cells wrap, none is cut.

    Cells are text, never markup: a label may hold [brackets]. Control characters would move the cursor, so they are shown as �.
    """
    print_table(headings, rows)


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, err: bool = False, ruled: bool = True) -> None:
    """The same on stdout or stderr, `ruled` with a line between rows.

    Where columns would come out too narrow to read, each row is shown as a list of headings and cells.
    """
    screen = console(err=err)
    cells: list[list[RenderableType]] = [[Text(_harmless(cell)) for cell in row] for row in rows]
    table = Table(box=box.SQUARE, show_lines=ruled, padding=(0, 1))
    for heading in headings:
        table.add_column(Text(heading), overflow="fold")
    for row in cells:
        table.add_row(*row)
    if screen.width < len(headings) * _NARROWEST and screen.width < _natural(headings, rows):
        table = Table(box=box.SQUARE, show_header=False, padding=(0, 1))
        table.add_column(overflow="fold", max_width=screen.width // 3)
        table.add_column(overflow="fold")
        for row in cells:
            for heading, cell in zip(headings, row, strict=True):
                table.add_row(Text(heading), cell)
            table.add_section()
    screen.print(table)


def _natural(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """The width of a table in which nothing wraps."""
    return 1 + sum(3 + max(map(cell_len, column)) for column in zip(headings, *rows, strict=True))


def show_lines(lines: Iterable[tuple[int, str]], *, step: int = 2) -> None:
    """Lines that fit the terminal: each is a number of steps and text; what is too long goes on below, as far indented."""
    screen = console()
    for indent, text in lines:
        margin = " " * (indent * step)
        for line in Text(_harmless(text), overflow="fold").wrap(screen, max(screen.width - len(margin), 1)) or [""]:
            click.echo(f"{margin}{line}".rstrip())


def show_quote(before: str, quote: str, after: str) -> None:
    """A quote that stands out from what is around it: by its looks on a terminal, else by brackets."""
    screen = console()
    marks = ("", "") if screen.is_terminal else ("【", "】")
    line = Text(_harmless(before), style="dim") + Text(marks[0] + _harmless(quote) + marks[1], style="bold reverse")
    screen.print(line + Text(_harmless(after), style="dim"), overflow="fold")


def _harmless(text: str) -> str:
    """On one line: where the source breaks a line inside Japanese, nothing comes between."""
    joined = _LINE_BREAK.sub(lambda found: " " if _between_words(found) else "", text)
    return "".join(c if c.isprintable() or c == "\u3000" else " " if c.isspace() else "\ufffd" for c in joined)


def _between_words(found: re.Match[str]) -> bool:
    """Whether Latin letters stand on both sides, so that a space keeps them apart."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return before.isascii() and after.isascii()
