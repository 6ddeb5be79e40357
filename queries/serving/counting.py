"""How many rows a result has, counted while its bytes pass, as the library that writes them does not tell.

Source: SPARQL 1.1 Query Results JSON Format, CSV and TSV Formats, SPARQL Query Results XML Format (W3C 2013).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

import pyoxigraph as ox

from queries.serving.errors import RefusedError

_ROW_IN_XML = b"<result>"
_STRING_OR_ROW = re.compile(rb'"(?:[^"\\]|\\.)*+(?P<end>"?)|[\[,]\{', re.DOTALL)


class Sink(Protocol):
    """Takes bytes."""

    def write(self, some: bytes) -> int: ...

    def flush(self) -> None: ...


class RowCounter:
    """A file that passes bytes on and refuses when they hold more rows than allowed."""

    def __init__(self, into: Sink, form: ox.QueryResultsFormat, most: int) -> None:
        self._into, self._most = into, most
        self._count = _COUNTERS[form]()
        self.rows = 0

    def write(self, some: bytes) -> int:
        """Raises RefusedError where there are too many rows."""
        self.rows += self._count(some)
        if self.rows > self._most:
            raise RefusedError(400, f"the answer has more than {self._most:,} rows", todo="Ask for fewer by LIMIT and OFFSET.")
        return self._into.write(some)

    def flush(self) -> None:
        self._into.flush()


def _in_json() -> Callable[[bytes], int]:
    """A row is an object that no name stands before, outside of strings."""
    left = b""

    def count(some: bytes) -> int:
        nonlocal left
        text, rows, left = left + some, 0, b""
        for match in _STRING_OR_ROW.finditer(text):
            if match["end"] is None:
                rows += 1
            elif not match["end"]:  # the rest of the string is still to come
                left = text[match.start() :]
        if not left and text.endswith((b",", b"[")):
            left = text[-1:]
        return rows

    return count


def _in_xml() -> Callable[[bytes], int]:
    left = b""

    def count(some: bytes) -> int:
        nonlocal left
        text = left + some
        left = text[-len(_ROW_IN_XML) + 1 :]
        return text.count(_ROW_IN_XML)

    return count


def _in_tsv() -> Callable[[bytes], int]:
    """A row is a line behind the first one: line ends in literals are escaped."""
    header = 1

    def count(some: bytes) -> int:
        nonlocal header
        lines = some.count(b"\n")
        rows, header = max(lines - header, 0), max(header - lines, 0)
        return rows

    return count


def _in_csv() -> Callable[[bytes], int]:
    """The same, but for line ends within quotes; a quote within quotes is doubled."""
    quoted, lines = False, _in_tsv()

    def count(some: bytes) -> int:
        nonlocal quoted
        pieces = some.split(b'"')
        outside = b"".join(pieces[1 if quoted else 0 :: 2])
        quoted ^= len(pieces) % 2 == 0
        return lines(outside)

    return count


_COUNTERS = {
    ox.QueryResultsFormat.JSON: _in_json,
    ox.QueryResultsFormat.XML: _in_xml,
    ox.QueryResultsFormat.TSV: _in_tsv,
    ox.QueryResultsFormat.CSV: _in_csv,
}
