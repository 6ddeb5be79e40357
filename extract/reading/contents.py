"""Tables of contents: their entries are neither headings nor sections, and end where the first of them comes again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.model import Role
from extract.reading.layout import ends_sentence
from extract.reading.shapes import RUNNING, Shape, Shaped

CONTENTS = "section.contents"
LONGEST = 200  # entries
_ordinal = re.compile(r"^(?:第?[\d.()IVX一二三四五六七八九十]{1,8}(?:[章節部編]|[.、:]|\s))\s*|[\s.…・]+\d{1,4}$|\[編集\]$")
_squeezed = re.compile(r"[\W_]+")


def without_contents(shaped: Sequence[Shaped]) -> list[Shaped]:
    """The lines, the entries of a table of contents as what nobody reads."""
    found: list[Shaped] = []
    entries: set[str] | None = None
    for line in shaped:
        entry = _entry(line)
        if entries is not None and (entry in entries or not _may_be_entry(line) or len(entries) > LONGEST):
            entries = None
        if entries is not None:
            entries.add(entry)
            line = line._replace(shape=Shape.LINE, role=Role.BOILERPLATE, start=line.line.start, rule=CONTENTS)  # noqa: PLW2901 - the same line
        elif line.rule == CONTENTS:
            entries = set()
        found.append(line)
    return found


def _may_be_entry(shaped: Shaped) -> bool:
    prose = ends_sentence(shaped.line) and shaped.line.width > RUNNING // 2
    return shaped.line.width <= 2 * RUNNING and not prose


def _entry(shaped: Shaped) -> str:
    """A line as compared with the heading or the entry: without its number, and the page behind it."""
    return _squeezed.sub("", _ordinal.sub("", shaped.line.head))
