"""Claims to a spreadsheet and decisions back: CSV out, CSV in.

What spreadsheets make of a CSV file is taken in: a byte order mark or none, UTF-16 or Shift_JIS, semicolons or tabs, any line ends,
columns moved, added or taken away. A file is taken wholly or not at all.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from io import StringIO

from graph.errors import GraphError
from graph.exporting.table import as_was, harmless
from graph.names import storable
from graph.reviewing.decisions import Correction
from graph.reviewing.fields import read, shown
from graph.reviewing.items import Item, Ruling
from graph.vocabulary import called
from ontology.terms import Verdict

_BETWEEN = " … "
_FIELDS = {
    "corrected_subject": "subject", "corrected_property": "predicate", "corrected_object": "object",
    "corrected_factuality": "factuality", "corrected_valid_from": "valid_from", "corrected_valid_until": "valid_until",
}  # fmt: skip
_SHOWN = {
    "subject": "subject", "property": "predicate", "object": "object", "factuality": "factuality", "valid_from": "valid_from",
    "valid_until": "valid_until",
}  # fmt: skip
COLUMNS = ("claim", "document", "context", *_SHOWN, "confidence", "decided", "verdict", *_FIELDS, "why")
_NEEDED = ("claim", "verdict")
_SHORT = {"a": Verdict.ACCEPTED, "r": Verdict.REJECTED, "c": Verdict.CORRECTED, "accept": Verdict.ACCEPTED, "reject": Verdict.REJECTED, "correct": Verdict.CORRECTED}  # fmt: skip
_MOST = 10  # mistakes that are told one by one


def to_csv(items: Iterable[Item], lang: str) -> bytes:
    """A table of the claims, with empty columns for what the reviewer says; UTF-8 with a byte order mark, for Excel."""
    out = StringIO()
    table = csv.DictWriter(out, COLUMNS, restval="")
    table.writeheader()
    for item in items:
        row = {
            "claim": item.iri,
            "document": item.document.identifier,
            "context": " ".join(_BETWEEN.join(map(str, item.contexts)).split()),
            **{column: shown(item, name, lang) for column, name in _SHOWN.items()},
            "confidence": f"{item.claim.confidence:g}",
            "decided": called(item.decision.verdict, lang) if item.decision else "",
        }
        table.writerow({column: harmless(storable(cell)) for column, cell in row.items()})
    return out.getvalue().encode("utf-8-sig")


def from_csv(data: bytes, items: Iterable[Item], where: str) -> tuple[Ruling, ...]:
    """What the rows with a verdict say, in their order.

    Raises GraphError with the row of each mistake, counted as spreadsheets do (the headings are row 1): then nothing is to be taken of the file.
    """
    known = {item.iri: item for item in items}
    rulings: list[Ruling] = []
    mistakes: list[str] = []
    places: dict[str, int] = {}
    for number, row in _rows(_text(data, where), where):
        if not row.get("verdict"):
            continue
        try:
            ruling = _ruling(row, known)
            _once(ruling.item.iri, number, places)
            rulings.append(ruling)
        except GraphError as error:
            mistakes.append(f"row {number}: {str(error).rstrip('.')}")
    if mistakes:
        more = f" … and {len(mistakes) - _MOST} more" if len(mistakes) > _MOST else ""
        raise GraphError(
            "; ".join(mistakes[:_MOST]) + more, where=where, todo="Nothing was taken; mend the file and try again."
        )
    return tuple(rulings)


def _ruling(row: Mapping[str, str], known: Mapping[str, Item]) -> Ruling:
    """Raises GraphError where the row makes no decision."""
    item = known.get(row["claim"])
    if item is None:
        raise GraphError(f"there is no claim {row['claim']!r}", todo="Export the claims again.")
    given = {name: read(name, row[column]) for column, name in _FIELDS.items() if row.get(column)}
    correction = Correction(**given) if given else None  # type: ignore[arg-type]
    ruling = Ruling(item, _verdict(row["verdict"]), row.get("why", ""), correction)
    ruling.decided("nobody yet", datetime.now(UTC))  # whether it can be carried out
    return ruling


def _once(iri: str, number: int, places: dict[str, int]) -> None:
    """Raises GraphError where another row decides about the claim."""
    before = places.setdefault(iri, number)
    if before != number:
        raise GraphError(f"row {before} decides about this claim too")


def _verdict(given: str) -> Verdict:
    word = given.casefold()
    for verdict in Verdict:
        if word in {verdict.value.casefold(), *(called(verdict, lang).casefold() for lang in ("ja", "en"))}:
            return verdict
    if word in _SHORT:
        return _SHORT[word]
    raise GraphError(f"{given!r} is no verdict", todo="Write accepted, rejected or corrected.")


def _text(data: bytes, where: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        codecs: Sequence[str] = ("utf-16",)
    else:
        codecs = ("utf-8-sig", "cp932")
    for codec in codecs:
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    raise GraphError("the encoding of the file is unknown", where=where, todo="Save it as CSV in UTF-8.")


def _rows(text: str, where: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each row with its number, by the names of its columns, cells trimmed and as they were."""
    try:
        yield from _read(text, where)
    except csv.Error as error:
        raise GraphError(f"this is no CSV: {error}", where=where) from error


def _read(text: str, where: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    source = StringIO(text, newline="")
    first = source.readline()
    if first.lower().startswith("sep="):  # Excel's own hint, no row of the table
        first = source.readline()
    delimiter = max(",;\t", key=lambda mark: _needed(first, mark))
    headings = [cell.strip().casefold() for cell in next(csv.reader([first], delimiter=delimiter), [])]
    if missing := [name for name in _NEEDED if name not in headings]:
        raise GraphError(f"the column {missing[0]} is missing", where=where, todo=f"Needed are {', '.join(_NEEDED)}.")
    if twice := [name for name in COLUMNS if headings.count(name) > 1]:
        raise GraphError(f"the column {twice[0]} is there twice", where=where)
    for number, cells in enumerate(csv.reader(source, delimiter=delimiter, strict=True), start=2):
        if any(cells):
            yield number, {name: as_was(cell.strip()).strip() for name, cell in zip(headings, cells, strict=False)}


def _needed(line: str, delimiter: str) -> int:
    cells = {cell.strip().casefold() for cell in next(csv.reader([line], delimiter=delimiter), [])}
    return len(cells & set(COLUMNS))
