"""Gold: what documents say, as people have written it down. One JSON Lines file a document, named after it.

    {"kind": "entity", "type": "Forum", "names": ["日米拡大抑止協議", "EDD"]}
    {"kind": "claim", "s": NODE, "p": "establishedOn", "o": NODE or {"date": "2010"}, "f": "Actual", "quote": "…"}

NODE is a list of names, any of which will do, or a meeting: {"meeting": ["日米2プラス2"], "on": "2024-07-28"}.
Dates are EDTF; `from` and `until` on a claim are optional. A line that is not so is refused: a misspelt
property would otherwise count as something that the graph misses.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.dates import DateError, parse_edtf
from graph.errors import GraphError
from graph.names import normalised
from ontology.terms import SIGNATURES, Factuality, Kind, Level, Property

_FORMS = "Write a list of names, or a meeting with its date"
_ENTITY_KEYS = frozenset({"kind", "type", "names"})
_CLAIM_KEYS = frozenset({"kind", "s", "p", "o", "f", "quote"})
_LIMITS = frozenset({"from", "until"})


class GoldError(GraphError):
    """A gold file cannot be read, or a line of it is not what it must be."""


@dataclass(frozen=True, slots=True)
class Names:
    """A thing, by names any of which will do."""

    names: tuple[str, ...]

    def __str__(self) -> str:
        return self.names[0]


@dataclass(frozen=True, slots=True)
class MeetingOn:
    """A meeting, by the names of its forum or kind, and its date (EDTF)."""

    names: tuple[str, ...]
    on: str

    def __str__(self) -> str:
        return f"{self.names[0]}@{self.on}"


@dataclass(frozen=True, slots=True)
class On:
    """A date (EDTF)."""

    edtf: str

    def __str__(self) -> str:
        return self.edtf


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """A thing that the document names. `line` counts from 1."""

    kind: Kind
    names: Names
    line: int


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A fact that the document states, with the words that state it. `line` counts from 1."""

    subject: Names | MeetingOn
    predicate: Property
    object: Names | MeetingOn | On
    factuality: Factuality
    quote: str
    line: int
    valid_from: str | None = None
    valid_until: str | None = None


@dataclass(frozen=True, slots=True)
class Gold:
    """What one document says. `name` is that of the file without its suffix, and so that of the document."""

    name: str
    entities: tuple[GoldEntity, ...] = ()
    claims: tuple[GoldClaim, ...] = ()


def read(paths: Iterable[Path]) -> tuple[Gold, ...]:
    """The gold of each file, in the order given; a file given twice counts once.

    Raises GoldError, naming file and line, where one cannot be read or a line is not as above, or all are empty.
    """
    files = {path.resolve(): path for path in paths}
    golds = tuple(read_file(path) for path in files.values())
    if not any(gold.entities or gold.claims for gold in golds):
        raise GoldError("there is no line of gold", where=", ".join(map(str, files.values())), todo="Give .jsonl files")
    return golds


def read_file(path: Path) -> Gold:
    """The gold of one file; an empty one says that the document says nothing. Raises GoldError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise GoldError(f"the gold cannot be read: {error.strerror}", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise GoldError("the gold is not UTF-8 text", where=str(path), todo="Save it as UTF-8") from error
    read_lines = [_line(line, number, f"{path}:{number}") for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    return Gold(
        path.stem,
        tuple(line for line in read_lines if isinstance(line, GoldEntity)),
        tuple(line for line in read_lines if isinstance(line, GoldClaim)),
    )


def _line(text: str, number: int, where: str) -> GoldEntity | GoldClaim:
    try:
        line = json.loads(text)
    except ValueError as error:
        raise GoldError(f"this is not JSON: {error}", where=where, todo="Write one object on one line") from error
    if not isinstance(line, dict):
        raise GoldError("this is no JSON object", where=where, todo='Write {"kind": …} on one line')
    match line.get("kind"):
        case "entity":
            _check_keys(line, _ENTITY_KEYS, frozenset(), where)
            return GoldEntity(Kind(_one_of(line, "type", Kind, where)), Names(_names(line["names"], "names", where)), number)
        case "claim":
            return _claim(line, number, where)
    raise GoldError(f"the kind {line.get('kind')!r} is unknown", where=where, todo='It is "entity" or "claim"')


def _claim(line: Mapping[str, Any], number: int, where: str) -> GoldClaim:
    _check_keys(line, _CLAIM_KEYS, _LIMITS, where)
    predicate = Property(_one_of(line, "p", Property, where))
    quote = line["quote"]
    if not isinstance(quote, str) or not quote.strip():
        raise GoldError("the quote is empty", where=where, todo="Copy the words of the document that say it")
    return GoldClaim(
        subject=_node(line["s"], "s", where),
        predicate=predicate,
        object=_object(line["o"], predicate, where),
        factuality=Factuality(_one_of(line, "f", Factuality, where)),
        quote=quote,
        line=number,
        valid_from=_edtf(line["from"], "from", where) if "from" in line else None,
        valid_until=_edtf(line["until"], "until", where) if "until" in line else None,
    )


def _object(value: object, predicate: Property, where: str) -> Names | MeetingOn | On:
    signature = SIGNATURES[predicate]
    is_date = isinstance(value, dict) and "date" in value
    if is_date != signature.takes_date:
        todo = 'Write {"date": "2010"}' if signature.takes_date else _FORMS
        raise GoldError(f"the object of {predicate} is {'a' if signature.takes_date else 'no'} date", where=where, todo=todo)
    if isinstance(value, dict) and is_date:
        _check_keys(value, frozenset({"date"}), frozenset(), where)
        return On(_edtf(value["date"], "date", where))
    node = _node(value, "o", where)
    if signature.takes_level and not set(node.names) & set(Level):
        raise GoldError(f"{node} is no level", where=where, todo=f"Levels are {', '.join(Level)}")
    return node


def _node(value: object, key: str, where: str) -> Names | MeetingOn:
    if isinstance(value, dict):
        _check_keys(value, frozenset({"meeting", "on"}), frozenset(), where)
        return MeetingOn(_names(value["meeting"], "meeting", where), _edtf(value["on"], "on", where))
    return Names(_names(value, key, where))


def _names(value: object, key: str, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise GoldError(f"{key!r} is no list of names", where=where, todo=_FORMS)
    names = [name for name in value if isinstance(name, str) and normalised(name)]
    if len(names) < len(value):
        raise GoldError(f"{key!r} holds something that is no name", where=where, todo="Write every name as a string")
    return tuple(names)


def _edtf(value: object, key: str, where: str) -> str:
    try:
        return parse_edtf(value if isinstance(value, str) else str(value)).edtf
    except DateError as error:
        raise GoldError(f"{key!r}: {error}", where=where) from error


def _one_of(line: Mapping[str, Any], key: str, known: type[Kind | Property | Factuality], where: str) -> str:
    value = line[key]
    if not isinstance(value, str) or value not in set(known):
        raise GoldError(
            f"{key!r} is {value!r}, which the vocabulary does not have", where=where, todo=f"Known are {', '.join(known)}"
        )
    return value


def _check_keys(line: Mapping[str, Any], wanted: frozenset[str], optional: frozenset[str], where: str) -> None:
    unknown, missing = sorted(line.keys() - wanted - optional), sorted(wanted - line.keys())
    if unknown:
        todo = f"Known are {', '.join(sorted(wanted | optional))}"
        raise GoldError(f"the key {unknown[0]!r} is unknown", where=where, todo=todo)
    if missing:
        raise GoldError(f"the key {missing[0]!r} is missing", where=where)
