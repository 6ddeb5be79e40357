"""Whole documents in the layouts in which they come, against what a reader makes of them.

`tests/cases/reading/NAME.txt` is a document of our own, `NAME.reading` what is to be read of it: one sentence a line,
with its role, the number of its paragraph, and the sentence that calls it or introduces its list. The first line tells
the date that the document states. After a change that is meant, `python tests/test_extract_reading_documents.py`
writes them anew; read the difference before it is kept.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.model import Document
from extract.reading import read_sentences
from extract.reading.dateline import stated_date
from extract.reading.lines import split_lines

CASES = Path(__file__).parent / "cases" / "reading"
DOCUMENTS = sorted(path for path in CASES.iterdir() if path.suffix in {".txt", ".md"})


def told(path: Path) -> str:
    """What is read of a document, as the file beside it tells it."""
    text = path.read_bytes().decode("utf-8")
    lines = [f"date: {stated_date(list(split_lines(text))) or 'none'}"]
    for sentence in read_sentences(Document(path.name, text)):
        after = f" <{sentence.introduced_by}" if sentence.introduced_by is not None else ""
        pieces = len(sentence.source(0, len(sentence.text)))
        split = f" in {pieces} pieces" if pieces > 1 else ""
        lines.append(f"{sentence.index} {sentence.role.value} ¶{sentence.paragraph}{after}{split}: {sentence.text}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_is_read_as_a_reader_would(path: Path) -> None:
    assert told(path) == path.with_suffix(".reading").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_windows_line_ends_change_nothing(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    windows = text.replace("\n", "\r\n")
    one, other = (read_sentences(Document(path.name, given)) for given in (text, windows))
    assert [(s.text, s.role, s.paragraph) for s in one] == [(s.text, s.role, s.paragraph) for s in other]


if __name__ == "__main__":
    for document in DOCUMENTS:
        document.with_suffix(".reading").write_text(told(document), encoding="utf-8")
