"""Tables without bars: rows whose cells stand apart by tabs or by several spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.model import Role
from extract.reading.shapes import Shape, Shaped

WIDEST = 40  # characters of a cell
SHORTEST = 3  # characters of a row: two cells and what parts them
_gap = re.compile(r"\s*\t\s*|\s{2,}")
_sentence = re.compile(r"[。、]$|。")


def with_tables(shaped: Sequence[Shaped]) -> list[Shaped]:
    """The lines, with those that are rows of a table seen as such.

    Two rows one below the other make a table where they have three cells or tabs, three where they have two cells.
    """
    if not any(map(_cells, shaped)):
        return list(shaped)
    found: list[Shaped] = []
    for rows in _runs(shaped):
        cells = [len(_cells(row)) for row in rows]
        tabs = all("\t" in row.line.head for row in rows)
        enough = (len(rows) >= 2 and (tabs or min(cells) >= 3)) or len(rows) >= 3
        found += [
            row._replace(shape=Shape.TABLE, role=Role.TABLE, start=row.line.start) if enough and cells[0] else row
            for row in rows
        ]
    return found


def _runs(shaped: Sequence[Shaped]) -> Iterator[list[Shaped]]:
    """The lines, those together that could be rows of one table."""
    run: list[Shaped] = []
    for line in shaped:
        row = bool(_cells(line))
        if run and not (row and _cells(run[-1]) and line.number == run[-1].number + 1 and not line.line.page):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _cells(shaped: Shaped) -> tuple[str, ...]:
    """The cells of a line that could be a row, none where it could not: two or more, short, and no sentences."""
    head = shaped.line.head
    if (
        len(head) < SHORTEST
        or shaped.shape not in (Shape.TEXT, Shape.HEADING)
        or shaped.is_explicit
        or ("\t" not in head and "  " not in head)
    ):
        return ()
    cells = tuple(_gap.split(head))
    fits = len(cells) >= 2 and all(len(cell) <= WIDEST and not _sentence.search(cell) for cell in cells)
    return cells if fits else ()
