"""Headings, paragraphs, items, rows and notes as text, in the marks by which `extract.reading` knows them again.

A heading has one # for each level, an item a dash or its number, a row its bars; a note is called by superscript
digits, as in print, and stands below the text behind the same digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

_superscript = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_spaces = re.compile(r"[ \t\r\n\f\v\u00a0\u2028\u2029]+")
_wide = "\u2e80-\u303f\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_wrapped = re.compile(rf"(?<=[{_wide}])[ \t]*(?:\r\n?|\n)\s*(?=[{_wide}])")


class Kind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    NOTE = "note"


CLOSE = (Kind.ITEM, Kind.ROW, Kind.NOTE)  # one of these right below another of its kind needs no empty line


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `level` is a heading's, or how deep an item stands; `mark` an item's number as written (1., ア)."""

    kind: Kind
    text: str
    level: int = 1
    mark: str = ""


def render(blocks: Iterable[Block]) -> str:
    """The blocks as text, one or more lines each, with an empty line between them; those without text are left out."""
    kept = [block for block in blocks if block.text.strip(" |\n\u3000")]
    if not kept:
        return ""
    parts = [_line(kept[0])]
    for before, block in pairwise(kept):
        parts.append("\n" if block.kind is before.kind and block.kind in CLOSE else "\n\n")
        parts.append(_line(block))
    return "".join(parts) + "\n"


def _line(block: Block) -> str:
    match block.kind:
        case Kind.HEADING:
            return "#" * min(max(block.level, 1), 6) + " " + block.text.replace("\n", " ")
        case Kind.ITEM:
            return "  " * (block.level - 1) + (block.mark or "-") + " " + block.text
        case _:
            return block.text


def row(cells: Sequence[str]) -> Block:
    """A row of a table; bars within cells would part them anew."""
    return Block(Kind.ROW, "| " + " | ".join(cell.replace("|", "\uff5c").replace("\n", " ") for cell in cells) + " |")


def call(number: int | str) -> str:
    """The call of a note, or the mark that opens it.

    >>> call(12)
    '¹²'
    """
    return str(number).translate(_superscript)


def squeeze(text: str) -> str:
    r"""White space as a page shows it: one space, none where a line of Japanese was wrapped.

    >>> squeeze("  日米の\n  協議 は ")
    '日米の協議 は'
    """
    return _spaces.sub(" ", _wrapped.sub("", text)).strip(" ")
