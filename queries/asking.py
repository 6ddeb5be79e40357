"""One question from its slug to its answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from ontology.terms import AKG
from queries.answers import Answer, Value, from_result, plain
from queries.behind import behind
from queries.catalogue import Column, ColumnType, Question, question
from queries.engine import Cell, Engine, Result
from queries.labels import Label, labels
from queries.parameters import bound


def ask(engine: Engine, slug: str, parameters: Mapping[str, str] | None = None, *, lang: str = "ja") -> Answer:
    """The answer to a question of the library. `lang` ("ja" or "en") chooses names and headings.

    Raises QueryError where the question, a parameter or a name is unknown, or the engine could not run it.
    """
    asked = question(slug)
    result = engine.run(bound(engine, asked, parameters or {}))
    groups = gather(asked.columns, result)
    names = labels(engine, _things(asked.columns, groups), lang)
    columns, shown = _columns(asked.columns)
    claims = [str(claim.value) for group in groups for c, cells in zip(asked.columns, group, strict=True) if c.inner
              for claim in cells if isinstance(claim, ox.NamedNode)]  # fmt: skip
    return Answer(
        columns,
        tuple(_row(asked.columns, group, names, lang) for group in groups),
        headings=tuple(c.wording.in_(lang) for c in asked.columns if not c.inner),
        shown=shown,
        describe=(lambda: behind(engine, claims)) if any(c.inner for c in asked.columns) else None,
    )


def query(engine: Engine, sparql: str) -> Answer:
    """The answer to a query of the user's own.

    Raises QueryError where it is malformed, an update, or the engine could not run it.
    """
    return from_result(engine.run(sparql))


def text_of(engine: Engine, slug: str, parameters: Mapping[str, str] | None = None) -> str:
    """The SPARQL that `ask` runs, with its header."""
    asked: Question = question(slug)
    return bound(engine, asked, parameters or {})


Group = tuple[tuple[Cell, ...], ...]


def gather(columns: Sequence[Column], result: Result) -> list[Group]:
    """Rows that say the same but in columns of several values become one, in the order in which they first came.

    A claim whose evidence lies in two pieces is one row with both, in the order of the text.
    """
    places = [result.variables.index(c.name) for c in columns]
    start = result.variables.index("start") if "start" in result.variables else None
    rows: dict[tuple[Cell, ...], list[tuple[Cell, ...]]] = {}
    for row in result.rows:
        key = tuple(None if c.several else row[at] for c, at in zip(columns, places, strict=True))
        rows.setdefault(key, []).append(row)
    gathered: list[Group] = []
    for same in rows.values():
        in_text = same if start is None else sorted(same, key=lambda row: _offset(row[start]))
        gathered.append(tuple(tuple(dict.fromkeys(row[at] for row in in_text if row[at] is not None)) for at in places))
    return gathered


def _offset(cell: Cell) -> int:
    return int(cell.value) if isinstance(cell, ox.Literal) else 0


def _things(columns: Sequence[Column], groups: Sequence[Group]) -> set[str]:
    named = {ColumnType.THING, ColumnType.VALUE}
    return {
        cell.value
        for group in groups
        for column, cells in zip(columns, group, strict=True)
        if column.type in named
        for cell in cells
        if isinstance(cell, ox.NamedNode) and not cell.value.startswith(AKG)
    }


def _columns(columns: Sequence[Column]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of the data, where each thing has its IRI beside its name, and those of a table."""
    names: list[str] = []
    for column in columns:
        names += [column.name, f"{column.name}_iri"] if _has_iri(column) else [column.name]
    return tuple(names), tuple(c.name for c in columns if not c.inner)


def _has_iri(column: Column) -> bool:
    return column.type in {ColumnType.THING, ColumnType.VALUE}


def _row(columns: Sequence[Column], group: Group, names: Mapping[str, Label], lang: str) -> tuple[Value, ...]:
    values: list[Value] = []
    for column, all_cells in zip(columns, group, strict=True):
        cells = _in_language(all_cells, lang)
        words = {word: Label(word, wording.in_(lang)) for word, wording in column.words}
        shown = [_shown(cell, names, words) for cell in cells]
        iris: list[Value] = [cell.value if isinstance(cell, ox.NamedNode) else None for cell in cells]
        if column.type is ColumnType.QUOTE:
            values.append(_joined([str(quote) for quote in shown]))
            continue
        values.append(_one_or_several(column, shown))
        if _has_iri(column):
            values.append(_one_or_several(column, iris))
    return tuple(values)


def _in_language(cells: Sequence[Cell], lang: str) -> Sequence[Cell]:
    """Of what one cell says in several languages, that in `lang` and in none; all of it where `lang` has less of it."""
    said = Counter(cell.language for cell in cells if isinstance(cell, ox.Literal) and cell.language)
    if said[lang] < max(said.values(), default=1):
        return cells
    return [cell for cell in cells if not isinstance(cell, ox.Literal) or cell.language in {lang, None}]


def _joined(quotes: Sequence[str]) -> str:
    """The quotes of one row; one that stands within another says nothing more."""
    return " … ".join(q for q in quotes if not any(q != other and q in other for other in quotes))


def _one_or_several(column: Column, values: Sequence[Value]) -> Value:
    if column.several:
        return [v if isinstance(v, str) else str(v) for v in values if v is not None]
    return values[0] if values else None


def _shown(cell: Cell, names: Mapping[str, Label], words: Mapping[str, Label]) -> Value:
    """A thing by its name, a term of the vocabulary by its local name, a literal by its value or its column's word for it."""
    if isinstance(cell, ox.NamedNode):
        return names.get(cell.value, cell.value.removeprefix(AKG))
    value = plain(cell)
    return words.get(value, value) if isinstance(value, str) else value
