"""An answer: rows of plain Python values, and the forms in which people take them away."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ontology.terms import PREFIXES
from queries.engine import Cell, Result
from queries.errors import QueryError
from queries.labels import Label

if TYPE_CHECKING:
    import pandas as pd

Value = str | int | float | bool | list[str] | None
_XSD = PREFIXES["xsd"]
_READERS: dict[str, Callable[[str], Value]] = {
    **{_XSD + t: int for t in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")},
    **{_XSD + t: float for t in ("decimal", "double", "float")},
    _XSD + "boolean": lambda written: written in {"true", "1"},
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question or a query gave.

    `columns` are the names of the columns; `cells` the rows, each as long as `columns`. `headings` are the words
    over the columns of a table, and `shown` the columns that a table has (IRIs are for programs). `triples` is the
    graph of a CONSTRUCT or DESCRIBE; for the questions of the library, `describe` makes one of the claims behind the rows.
    `understood` is the command that a question in plain words was taken for.
    """

    columns: tuple[str, ...]
    cells: tuple[tuple[Value, ...], ...]
    headings: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    truth: bool | None = None
    triples: tuple[ox.Triple, ...] | None = None
    describe: Callable[[], tuple[ox.Triple, ...]] | None = field(default=None, repr=False, compare=False)
    understood: str = ""

    @property
    def rows(self) -> list[dict[str, Value]]:
        """The rows by column name."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.cells]

    def __len__(self) -> int:
        return len(self.cells)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return iter(self.rows)

    def table(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """The headings and the rows of a table for people, every cell as text."""
        shown = self.shown or self.columns
        places = [self.columns.index(name) for name in shown]
        return self.headings or shown, [tuple(_text(row[at], for_people=True) for at in places) for row in self.cells]

    def to_json(self) -> str:
        """`{"columns": […], "rows": [{…}, …]}`; `{"boolean": …}` for ASK; JSON-LD for CONSTRUCT and DESCRIBE."""
        if self.truth is not None:
            return json.dumps({"boolean": self.truth})
        if self.triples is not None:
            return _serialised(self.triples, ox.RdfFormat.JSON_LD)
        return json.dumps({"columns": self.columns, "rows": self.rows}, ensure_ascii=False, indent=2)

    def to_csv(self) -> str:
        """RFC 4180, with a header line; several values of one cell are joined by "; "."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(self.columns)
        writer.writerows([_text(value) for value in row] for row in self.cells)
        return out.getvalue()

    def to_markdown(self) -> str:
        """A table in the Markdown of GitHub, as people see the answer. What would be markup in a cell stays text.

        Source: GitHub Flavored Markdown Spec, 4.10 and 6.1.
        """
        headings, rows = self.table()
        lines = [headings, tuple("---" for _ in headings), *rows]
        cells = [[text if at == 1 else _escaped(text) for text in line] for at, line in enumerate(lines)]
        return "".join(f"| {' | '.join(line)} |\n" for line in cells)

    def to_turtle(self) -> str:
        """The graph of a CONSTRUCT or DESCRIBE; of a question, the claims behind its rows with evidence and documents.

        Raises QueryError where the answer of a SELECT or ASK is no graph.
        """
        triples = self.triples
        if triples is None and self.describe is not None:
            triples = self.describe()
        if triples is None:
            raise QueryError("this answer is no graph", todo="Ask by CONSTRUCT, or take csv or json.")
        return _serialised(triples, ox.RdfFormat.TURTLE)

    def to_pandas(self) -> pd.DataFrame:
        """A data frame with a column for each of `columns`.

        Raises QueryError where pandas is not installed.
        """
        try:
            import pandas as pd  # noqa: PLC0415 - an optional extra, and slow to import
        except ImportError as error:
            raise QueryError("pandas is not installed", todo="pip install 'alliancekg[notebook]'") from error
        return pd.DataFrame(self.rows, columns=list(self.columns))

    def _repr_html_(self) -> str:
        headings, rows = self.table()
        head = "".join(f"<th>{html.escape(h)}</th>" for h in headings)
        body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        caption = f"<caption><code>{html.escape(self.understood)}</code></caption>" if self.understood else ""
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~#&!$]|(?<=:)/(?=/)|(?<=www)\.)")  # links make themselves of :// and www.


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def from_result(result: Result) -> Answer:
    """The answer to a query of the user's own: IRIs in full in the data."""
    if result.truth is not None:
        return Answer(("answer",), ((result.truth,),), truth=result.truth)
    if result.triples is not None:
        rows = tuple(tuple(plain(term) for term in (t.subject, t.predicate, t.object)) for t in result.triples)
        return Answer(("subject", "predicate", "object"), rows, triples=result.triples)
    return Answer(result.variables, tuple(tuple(plain(cell) for cell in row) for row in result.rows))


def plain(cell: Cell) -> Value:
    """A term as a plain Python value: numbers and truth values as such, IRIs and dates as text."""
    if cell is None or isinstance(cell, ox.NamedNode):
        return cell.value if cell else None
    if not isinstance(cell, ox.Literal):
        return str(cell)
    read = _READERS.get(cell.datatype.value, str)
    try:
        return read(cell.value)
    except ValueError:  # "abc"^^xsd:integer is legal RDF
        return cell.value


def _text(value: Value, *, for_people: bool = False) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(_text(v, for_people=for_people) for v in value)
    if isinstance(value, Label) and for_people:
        return value.in_full
    return str(value).lower() if isinstance(value, bool) else str(value)


def _serialised(triples: tuple[ox.Triple, ...], rdf_format: ox.RdfFormat) -> str:
    ordered = sorted(set(triples), key=str)  # an entity's facts stand together, and the text is the same from run to run
    written = ox.serialize(ordered, format=rdf_format, prefixes=PREFIXES)
    assert written is not None
    return written.decode()
