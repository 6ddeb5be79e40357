"""Decisions from a spreadsheet: whatever it makes of the file is taken, and mistakes are told by their rows."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from claims_told import DICAS, STF
from hypothesis import given
from hypothesis import strategies as st
from read_for_review import BEFORE, SUCCEEDS, Read

from graph.errors import GraphError
from graph.reviewing.spreadsheet import COLUMNS, from_csv, to_csv


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def filled(changes: dict[str, dict[str, str]], rows=None) -> list[dict[str, str]]:
    """The exported table with cells filled in by property."""
    rows = rows or table(to_csv(BEFORE.items(), "ja"))
    return [{**row, **changes.get(row["property"], {})} for row in rows]


def saved(rows, *, delimiter=",", codec="utf-8", end="\r\n", columns=COLUMNS) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=delimiter, lineterminator=end, extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(codec)


CHANGES = {
    "前身": {"verdict": "corrected", "corrected_object": "SCC", "why": "文脈から"},
    "構成員": {"verdict": "却下"},
    "設置日": {"verdict": "a", "corrected_object": ""},
}
EXPECTED = [("Accepted", "establishedOn", ""), ("Corrected", "replaces", "文脈から"), ("Rejected", "hasMember", "")]


def taken(data: bytes):
    rulings = from_csv(data, BEFORE.items(), "claims.csv")
    return [(r.verdict.value, r.item.claim.predicate.value, r.why) for r in rulings]


SAVED = {
    "as exported": {},
    "with a byte order mark": {"codec": "utf-8-sig"},
    "by a German or French Excel": {"delimiter": ";", "codec": "utf-8-sig"},
    "as Unicode text": {"delimiter": "\t", "codec": "utf-16"},
    "by a Japanese Excel": {"codec": "cp932"},
    "with bare line feeds": {"end": "\n"},
    "with bare carriage returns": {"end": "\r"},
    "columns moved, some dropped, one added": {"columns": ("why", "memo", "corrected_object", "verdict", "claim")},
}


@pytest.mark.parametrize("how", SAVED.values(), ids=SAVED)
def test_whatever_a_spreadsheet_makes_of_the_file_is_taken(how) -> None:
    assert taken(saved(filled(CHANGES), **how)) == EXPECTED


def test_the_hint_of_excel_is_skipped_and_is_no_row() -> None:
    data = saved(filled(CHANGES), delimiter=";")
    assert taken(b"sep=;\r\n" + data) == EXPECTED
    with pytest.raises(GraphError, match="row 4: 'maybe'"):
        taken(b"sep=;\r\n" + saved(filled({"構成員": {"verdict": "maybe"}}), delimiter=";"))


def test_rows_without_a_verdict_are_skipped() -> None:
    assert taken(to_csv(BEFORE.items(), "ja")) == []


MISTAKES = {
    "no verdict": ({"構成員": {"verdict": "maybe"}}, "row 4: 'maybe' is no verdict"),
    "a quote over several lines before it": ({"設置日": {"why": "二行に\nわたる"}, "構成員": {"verdict": "?"}}, "row 4:"),
    "no such claim": ({"前身": {"verdict": "a", "claim": "urn:x"}}, "row 3: there is no claim"),
    "an unknown name": ({"前身": {"verdict": "c", "corrected_object": "誰か"}}, "row 3: nothing is called '誰か'"),
    "an unknown property": ({"前身": {"verdict": "c", "corrected_property": "誰か"}}, "row 3: '誰か' is none of"),
    "a correction without one": ({"前身": {"verdict": "c"}}, "row 3: a correction says"),
    "one that is none": ({"前身": {"verdict": "a", "corrected_object": "SCC"}}, "row 3: a correction says"),
}


@pytest.mark.parametrize(("changes", "what"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_are_told_by_row_and_nothing_is_taken(changes, what: str) -> None:
    with pytest.raises(GraphError, match=what) as told:
        taken(saved(filled({**CHANGES, **changes})))
    assert "Nothing was taken" in str(told.value)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "the column claim is missing"),
        (b"claim,why\r\n", "the column verdict is missing"),
        (b"claim,verdict,why,why\r\n", "twice"),
        (b'claim,verdict\r\n"a,b\r\n', "no CSV"),
        (b"claim,verdict\r\n\x81\xff\xff,a\r\n", "encoding"),
    ],
)
def test_what_is_no_such_table_is_one_error(data: bytes, what: str) -> None:
    with pytest.raises(GraphError, match=what):
        taken(data)


def test_a_claim_decided_twice_is_a_mistake() -> None:
    rows = filled(CHANGES)
    with pytest.raises(GraphError, match="row 6: row 3 decides"):
        taken(saved([*rows, rows[1]]))


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=20), st.text(max_size=10))
def test_any_name_survives_the_spreadsheet(label: str, why: str) -> None:
    read = Read(SUCCEEDS, things=(replace(DICAS, label=label, names=()), STF))
    rows = table(to_csv(read.items(), "ja"))
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in rows[0].values())
    rows[0] |= {"verdict": "r", "why": why}
    (ruling,) = from_csv(saved(rows, codec="utf-8-sig"), read.items(), "x.csv") if _encodable(why) else [None]
    assert ruling is None or ruling.item.claim == read.claims[0]


def _encodable(text: str) -> bool:
    return not any(0xD800 <= ord(c) <= 0xDFFF or c == "\0" for c in text)
