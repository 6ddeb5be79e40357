"""The library of competency questions: one `.rq` file each, described by its header.

A header says `title`, `description` and `example` in Japanese and English, the `parameters`, and
the `columns` that only this question has. Columns that say where an answer comes from
(`factuality`, `quote`, `document`, `claim`) mean the same in every question and are described here;
so is the parameter `as-of`, which every question takes.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TypeVar

from ontology.errors import DataFileError
from ontology.terms import Kind, Property
from queries.binding import slots
from queries.errors import QueryError
from queries.header import Node, parse

_E = TypeVar("_E", bound=StrEnum)
_PROJECTION = re.compile(r"^SELECT(?: DISTINCT)?((?: \?\w+)+)", re.MULTILINE)


class ParameterType(StrEnum):
    """What a parameter takes."""

    ENTITY = "entity"  # any name, an IRI or a CURIE
    DATE = "date"  # 1997, 1997-09, 1997-09-23
    DOCUMENT = "document"  # file name or title
    PROPERTY = "property"  # a property of the vocabulary by its local name
    TEXT = "text"


class ColumnType(StrEnum):
    """What stands in a column."""

    THING = "thing"  # shown by its name, its IRI beside it
    VALUE = "value"  # a thing or a literal
    TERM = "term"  # a name of the vocabulary
    DATE = "date"
    TEXT = "text"
    NUMBER = "number"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Wording:
    """The same words in Japanese and English."""

    ja: str
    en: str

    def in_(self, lang: str) -> str:
        return self.en if lang == "en" else self.ja


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a question. `kinds` narrows what an entity may be; empty means anything.

    A chain starts at an entity and `walks` along properties, against their direction behind a `^`; with as-of, the slot `reaches`
    takes what the links known by then lead to.
    """

    name: str
    type: ParameterType
    required: bool
    wording: Wording
    default: str | None = None
    kinds: tuple[Kind, ...] = ()
    walks: tuple[str, ...] = ()
    reaches: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an answer. `several`: its values are gathered into one cell of the row.

    `inner` columns (the claim's IRI) stand in data but not in tables. `words` say in tables what the data say by a
    fixed word.
    """

    name: str
    type: ColumnType
    wording: Wording
    several: bool = False
    inner: bool = False
    words: tuple[tuple[str, Wording], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question that the graph can answer. `sparql` is the file as it stands, to be bound before it runs."""

    slug: str
    title: Wording
    description: Wording
    example: Wording
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    sparql: str


AS_OF = Parameter(
    "as-of",
    ParameterType.DATE,
    required=False,
    wording=Wording("この日までに発行された文書だけによる", "only what documents issued by then say"),
)
SOURCES = (
    Column("factuality", ColumnType.TERM, Wording("確度", "factuality")),
    Column("quote", ColumnType.QUOTE, Wording("原文", "quote"), several=True),
    Column("document", ColumnType.THING, Wording("文書", "document")),
    Column("claim", ColumnType.TEXT, Wording("主張", "claim"), inner=True),
)
ORDERING = frozenset({"start", "earliest"})  # projected for the order of rows, shown only where a header describes them

_TOP = frozenset({"title", "description", "example", "parameters", "columns"})
_PARAMETER = frozenset({"type", "required", "default", "kinds", "walks", "reaches", "ja", "en"})
_COLUMN = frozenset({"type", "several", "words", "ja", "en"})
_CLAIM = re.compile(r"(\w+_)?claim")


@cache
def catalogue() -> tuple[Question, ...]:
    """Every question of the library, by slug.

    Raises DataFileError where a header has an unknown or missing key.
    """
    files = (f for f in resources.files("queries").iterdir() if f.name.endswith(".rq"))
    return tuple(read(f.name, f.read_text(encoding="utf-8")) for f in sorted(files, key=lambda f: f.name))


def question(slug: str) -> Question:
    """The question of that slug.

    Raises QueryError where there is none; the nearest slugs are suggested.
    """
    known = {q.slug: q for q in catalogue()}
    if slug in known:
        return known[slug]
    near = difflib.get_close_matches(slug.lower(), known, n=3, cutoff=0.4)
    suggestion = f"Did you mean {' or '.join(near)}?" if near else "'alliancekg questions' lists them."
    raise QueryError(f"unknown question {slug!r}", todo=suggestion)


def read(name: str, text: str) -> Question:
    """The question in one file: `name` is the slug with the suffix `.rq`.

    Raises DataFileError where the header does not say what it must, or does not fit the query below it.
    """
    header = parse(text, name)
    _only(header, _TOP, name)
    parameters = (*(_parameter(key, node, name) for key, node in header["parameters"].below), AS_OF)
    found = Question(
        slug=name.removesuffix(".rq"),
        title=_wording(header["title"], f"{name}, title"),
        description=_wording(header["description"], f"{name}, description"),
        example=_wording(header["example"], f"{name}, example"),
        parameters=parameters,
        columns=_columns(header["columns"], text, name),
        sparql=text,
    )
    stems = {re.sub(r"_(earliest|latest|next)$", "", slot) for slot in slots(text)}
    wanted = {p.name.replace("-", "_") for p in parameters} | {p.reaches for p in parameters if p.reaches}
    if stems != wanted:
        raise DataFileError(f"the parameters {sorted(wanted)} and the slots {sorted(stems)} differ", where=name)
    return found


def _columns(node: Node, text: str, where: str) -> tuple[Column, ...]:
    own = {key: _column(key, below, where) for key, below in node.below}
    match = _PROJECTION.search(text)
    if match is None:
        raise DataFileError("the query is no SELECT that names its columns", where=where)
    projected = [variable.removeprefix("?") for variable in match[1].split()]
    described = own | {column.name: column for column in SOURCES if column.name not in own}
    unknown = [v for v in projected if v not in described and v not in ORDERING]
    missing = [name for name in own if name not in projected]
    if unknown or missing:
        raise DataFileError(f"columns without description: {unknown}; described but not selected: {missing}", where=where)
    return tuple(described[name] for name in projected if name in described)


def _parameter(name: str, node: Node, where: str) -> Parameter:
    at = f"{where}, parameter {name}"
    _only(node, _PARAMETER, at)
    kinds = tuple(_one_of(Kind, k, at) for k in _listed(node["kinds"]))
    walks = _listed(node["walks"])
    for walk in walks:
        _one_of(Property, walk.removeprefix("^"), at)
    if bool(walks) != bool(node["reaches"].value):
        raise DataFileError("'walks' and 'reaches' go together", where=at)
    kind = _one_of(ParameterType, node["type"].value, at)
    default = node["default"].value or None
    return Parameter(name, kind, _flag(node["required"], at), _wording(node, at), default, kinds, walks, node["reaches"].value)


def _listed(node: Node) -> tuple[str, ...]:
    return tuple(word.strip() for word in node.value.split(",") if word.strip())


def _column(name: str, node: Node, where: str) -> Column:
    at = f"{where}, column {name}"
    _only(node, _COLUMN, at)
    return Column(
        name,
        _one_of(ColumnType, node["type"].value, at),
        _wording(node, at),
        several=_flag(node["several"], at),
        inner=_CLAIM.fullmatch(name) is not None,
        words=tuple((word, _word(below, f"{at}, word {word}")) for word, below in node["words"].below),
    )


def _word(node: Node, where: str) -> Wording:
    _only(node, frozenset({"ja", "en"}), where)
    return _wording(node, where)


def _wording(node: Node, where: str) -> Wording:
    if not (node["ja"].value and node["en"].value):
        raise DataFileError("the header needs it in Japanese (ja) and English (en)", where=where)
    return Wording(node["ja"].value, node["en"].value)


def _flag(node: Node, where: str) -> bool:
    if node.value not in {"", "true", "false"}:
        raise DataFileError(f"{node.value!r} is neither true nor false", where=where)
    return node.value == "true"


def _one_of(kind: type[_E], value: str, where: str) -> _E:
    if value not in set(kind):
        raise DataFileError(f"unknown value {value!r}", where=where, todo=f"It takes {', '.join(kind)}.")
    return kind(value)


def _only(node: Node, allowed: frozenset[str], where: str) -> None:
    for key, _ in node.below:
        if key not in allowed:
            raise DataFileError(f"unknown key {key!r} in the header", where=where, todo=f"Known: {', '.join(sorted(allowed))}.")
