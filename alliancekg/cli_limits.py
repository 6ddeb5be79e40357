"""The options that say how to read documents: what one of them may cost, and its encoding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from extract.documents import LoadOptions
from extract.formats.limits import DEFAULT, MB, Limits

Command = Callable[..., Any]
# option, the field of Limits, the unit that it is given in, and what it bounds
OPTIONS = (
    ("--max-size", "max_bytes", MB, "MB that a file may have."),
    ("--max-characters", "max_characters", 1, "Characters that the text of a document may have."),
    ("--max-pages", "max_pages", 1, "Pages that a PDF may have."),
    ("--max-unpacked", "max_unpacked", MB, "MB that an archive or a DOCX file may unpack to."),
    ("--max-members", "max_members", 1, "Files that an archive may hold."),
    ("--max-nesting", "max_nesting", 1, "How deep archives may stand in archives."),
    ("--max-seconds", "seconds", 1, "Seconds that reading a PDF, HTML or DOCX file may take."),
    ("--max-memory", "memory", MB, "MB of memory that reading one may take."),
)  # fmt: skip


def reading_options(command: Command) -> Command:
    """The options, in the order above, then the encoding. `load_options` makes values of them."""
    command = click.option("--encoding", metavar="NAME", help="The encoding of all text and HTML files; else it is detected.")(
        command
    )
    for option, field, unit, meaning in reversed(OPTIONS):
        default = int(getattr(DEFAULT, field) / unit)
        command = click.option(option, field, type=click.IntRange(min=1), default=default, show_default=True, help=meaning)(
            command
        )
    return command


def load_options(given: dict[str, Any]) -> LoadOptions:
    """What the options say."""
    limits = Limits(**{field: given[field] * unit for _, field, unit, _ in OPTIONS})
    return LoadOptions(limits=limits, encoding=given["encoding"])
