"""What each line looks like, taken by itself: note, heading, item, table row, boilerplate, or plain text."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from extract.model import Role
from extract.reading.characters import fold
from extract.reading.cues import Cue, Rule, cues, first
from extract.reading.lines import Line

LONGEST_HEADING = 160  # columns
_ruler = re.compile(r"[-=_*~─━―—+|:.・☆★\s]{3,}$")
_table = re.compile(r"\|.*\|")
_first_of_mark = re.compile(r"[^\w\s「『“]|\d|[⁰¹²³⁴-⁹①-⓿ア-コ一二三四五六七八九十第注註IVXa-i]")


class Shape(StrEnum):
    """The looks of a line."""

    TEXT = "text"
    NOTE = "note"
    HEADING = "heading"
    ITEM = "item"
    SECTION = "section"
    LINE = "line"
    TABLE = "table"
    RULER = "ruler"


class Shaped(NamedTuple):
    """A line with its looks. `number` is its place among all lines; `start` is where its text begins behind its mark."""

    number: int
    line: Line
    shape: Shape
    start: int
    role: Role = Role.BODY
    level: int = 0
    key: str | None = None
    rule: str = ""

    @property
    def is_explicit(self) -> bool:
        """Whether it is a heading that nothing else could be."""
        return self.shape is Shape.HEADING and self.rule in ("heading.hash", "heading.chapter", "heading.part")


def shape_of(text: str, number: int, line: Line, *, japanese: bool) -> Shaped:
    """The looks of one line of the document's text."""
    plain = Shaped(number, line, Shape.TEXT, line.start)
    if _ruler.match(line.head):
        return plain._replace(shape=Shape.RULER)
    if line.head.startswith("|") and _table.match(line.head):
        return plain._replace(shape=Shape.TABLE, role=Role.TABLE)
    return (
        _note(text, plain)
        or _section(plain)
        or _own_line(plain, japanese=japanese)
        or (_listed(text, plain) if _first_of_mark.match(line.head) else None)
        or _answer(text, plain)
    )


ANSWER = re.compile(r"[AＡ答](?:\u3000+|[:：.．]\s*)(?=[^\x00-\x7f])")


def _answer(text: str, plain: Shaped) -> Shaped:
    """An answer of a list of questions is plain text behind its mark: A　この法律は…."""
    mark = ANSWER.match(text, plain.start, plain.line.end)
    return plain._replace(start=mark.end()) if mark else plain


def note_key(family: str, number: str) -> str:
    """What joins a footnote to its call: the kind of mark and the number."""
    return f"{family} {fold(number).translate(_SUPERSCRIPT_DIGITS)}"


def as_text(shaped: Shaped) -> Shaped:
    """The same line, taken for plain text after all."""
    return Shaped(shaped.number, shaped.line, Shape.TEXT, shaped.line.start)


_SUPERSCRIPT_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def _note(text: str, plain: Shaped) -> Shaped | None:
    found = first(cues(Cue.NOTE), plain.line.head) if _first_of_mark.match(plain.line.head) else None
    if found is None:
        return None
    rule, match = found
    key = note_key(rule.family or "", match["number"])
    return plain._replace(
        shape=Shape.NOTE, start=_behind(text, plain.line, match["mark"]), role=Role.FOOTNOTE, key=key, rule=rule.id
    )


def _section(plain: Shaped) -> Shaped | None:
    found = first(cues(Cue.SECTION), plain.line.head) if plain.line.width <= RUNNING else None
    return plain._replace(shape=Shape.SECTION, role=found[0].role or Role.BODY, rule=found[0].id) if found else None


RUNNING = 80  # columns that the heading of a section takes at most


def _own_line(plain: Shaped, *, japanese: bool) -> Shaped | None:
    """A line with a role of its own. In a Japanese document, an English date line is left to the text."""
    found = first(cues(Cue.LINE), plain.line.head)
    if found:
        return plain._replace(shape=Shape.LINE, role=found[0].role or Role.BODY, rule=found[0].id)
    if plain.line.width > RUNNING or (japanese and plain.line.head.isascii() and plain.line.head[:1].isalpha()):
        return None
    dated = first(cues(Cue.DATE), plain.line.head)
    return plain._replace(shape=Shape.LINE, role=Role.BOILERPLATE, rule=dated[0].id) if dated else None


def _listed(text: str, plain: Shaped) -> Shaped | None:
    """A heading or an item. A numbered line that ends like a sentence is no heading, but may be an item."""
    line = plain.line
    heading = first(cues(Cue.HEADING), line.head)
    if heading and line.width <= LONGEST_HEADING and not line.tail.endswith(("。", "、", ",")):
        return _marked(text, plain, Shape.HEADING, *heading)
    item = first(cues(Cue.ITEM), line.head)
    if item:
        return _marked(text, plain, Shape.ITEM, *item)
    if heading and heading[0].id in ("heading.bracketed-number", "heading.hash"):
        return _marked(text, plain, Shape.ITEM, *heading)
    return None


def _marked(text: str, plain: Shaped, shape: Shape, rule: Rule, match: re.Match[str]) -> Shaped:
    mark = match.groupdict().get("mark") or ""
    level = mark.count("#") or (rule.level + mark.count(".") if shape is Shape.HEADING else rule.level)
    role = Role.HEADING if shape is Shape.HEADING else Role.ITEM
    return plain._replace(shape=shape, start=_behind(text, plain.line, mark), role=role, level=level, rule=rule.id)


def _behind(text: str, line: Line, mark: str) -> int:
    """Where in the document the text behind a mark begins; marks are short, so trying is cheap."""
    wanted = len(mark.strip())
    end = line.start
    while end < line.end and len(fold(text[line.start : end])) < wanted:
        end += 1
    return end
