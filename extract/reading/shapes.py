"""What each line looks like, taken by itself: note, heading, item, table row, boilerplate, or plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from extract.model import Role
from extract.reading.characters import fold
from extract.reading.cues import Cue, Rule, Rules, When, cues, first
from extract.reading.lines import Line

LONGEST_HEADING = 160  # columns
_ruler = re.compile(r"[-=_*~―—+|:.・☆★\u2500-\u257f\s]{3,}$")
_table = re.compile(r"\|.*\||[│┃║]")
_set_apart = re.compile(r"[\u3000.．、]")  # behind the number of a paragraph; 78 指針は begins a sentence
_edited = re.compile(r"\[(?:編集|edit)\]$")
_fence = re.compile(r"(?:```|~~~)")
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
    if len(line.head) <= SHORT and _says_nothing(line.head):
        return plain
    if _ruler.match(line.head):
        return plain._replace(shape=Shape.RULER)
    if _table.match(line.head):
        return plain._replace(shape=Shape.TABLE, role=Role.TABLE)
    return (
        note_of(text, plain, None)
        or _section(plain)
        or _own_line(plain, japanese=japanese)
        or _spoken(text, plain)
        or (_listed(text, plain) if _first_of_mark.match(line.head) else None)
        or plain
    )


SHORT = 4  # characters of lines that come again and again, so that looking at each once is enough


@lru_cache(maxsize=10_000)
def _says_nothing(head: str) -> bool:
    """Whether no cue holds for a line."""
    kinds = (Cue.NOTE, Cue.SECTION, Cue.LINE, Cue.DATE, Cue.SPEAKER, Cue.HEADING, Cue.ITEM)
    return not (_ruler.match(head) or _table.match(head) or any(first(cues(kind), head) for kind in kinds))


def note_key(family: str, number: str) -> str:
    """What joins a footnote to its call: the kind of mark and the number."""
    return f"{family} {fold(number).translate(_SUPERSCRIPT_DIGITS)}"


def as_text(shaped: Shaped) -> Shaped:
    """The same line, taken for plain text after all."""
    return Shaped(shaped.number, shaped.line, Shape.TEXT, shaped.line.start)


_SUPERSCRIPT_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def without_code(shaped: Sequence[Shaped]) -> list[Shaped]:
    """The lines of Markdown, those between two fences (```) as what nobody reads."""
    found: list[Shaped] = []
    code = False
    for line in shaped:
        fence = _fence.match(line.line.head) is not None
        if code or fence:
            line = Shaped(line.number, line.line, Shape.LINE, line.line.start, Role.BOILERPLATE)  # noqa: PLW2901 - the same line
        code = code is not fence
        found.append(line)
    return found


def note_of(text: str, shaped: Shaped, when: When | None) -> Shaped | None:
    """The line as a footnote by the marks that open one only there; None where it has no such mark."""
    plain = as_text(shaped)
    found = first(_notes(when), plain.line.head) if _first_of_mark.match(plain.line.head) else None
    if found is None:
        return None
    rule, match = found
    key = note_key(rule.family or "", match["number"])
    return plain._replace(
        shape=Shape.NOTE, start=_behind(text, plain.line, match["mark"]), role=Role.FOOTNOTE, key=key, rule=rule.id
    )


@cache
def _notes(when: When | None) -> Rules:
    return Rules.of(rule for rule in cues(Cue.NOTE) if rule.when is when)


def _section(plain: Shaped) -> Shaped | None:
    found = first(cues(Cue.SECTION), _edited.sub("", plain.line.head)) if plain.line.width <= RUNNING else None
    return plain._replace(shape=Shape.SECTION, role=found[0].role or Role.BODY, rule=found[0].id) if found else None


TOP = 15  # lines at the top where a date and a place are the document's own
RUNNING = 80  # columns that the heading of a section takes at most


def _own_line(plain: Shaped, *, japanese: bool) -> Shaped | None:
    """A line with a role of its own. In a Japanese document, an English date line is left to the text."""
    found = first(cues(Cue.LINE), plain.line.head)
    if found:
        return plain._replace(shape=Shape.LINE, role=found[0].role or Role.BODY, rule=found[0].id)
    if plain.line.width > RUNNING or (japanese and plain.line.head.isascii() and plain.line.head[:1].isalpha()):
        return None
    dated = first(cues(Cue.DATE), plain.line.head)
    if dated is None or (dated[0].when and plain.number >= TOP and dated[0].id != "date.bare"):
        return None
    return plain._replace(shape=Shape.LINE, role=dated[0].role or Role.BOILERPLATE, rule=dated[0].id)


def _spoken(text: str, plain: Shaped) -> Shaped | None:
    """What someone says in a record of questions and answers; the label of the speaker is no part of it."""
    found = first(cues(Cue.SPEAKER), plain.line.head[:SPEAKER]) if plain.line.head[:1] not in "「『" else None
    if found is None or (found[0].id == "speaker.office" and not _tells(plain.line)):
        return None
    return plain._replace(start=_behind(text, plain.line, found[1]["mark"]), rule=found[0].id)


def _tells(line: Line) -> bool:
    """Whether a line is a sentence, or the beginning of one that takes several."""
    return line.tail.endswith(("。", "?", "!", "」")) or line.width >= RUNNING


SPEAKER = 60  # characters that the label of a speaker takes at most, with the first of what is said


def _listed(text: str, plain: Shaped) -> Shaped | None:
    """A heading or an item. A numbered line that ends like a sentence is no heading, but may be an item."""
    line = plain.line
    heading = first(cues(Cue.HEADING), line.head)
    if heading and line.width <= LONGEST_HEADING and not line.tail.endswith(("。", "、", ",")):
        behind = line.head[len(heading[1].groupdict().get("mark") or "") :]
        section = first(cues(Cue.SECTION), behind) if line.width <= RUNNING else None
        if section and behind != line.head:
            return _marked(text, plain, Shape.HEADING, *heading)._replace(
                shape=Shape.SECTION, role=section[0].role or Role.BODY, rule=section[0].id
            )
        return _marked(text, plain, Shape.HEADING, *heading)
    item = first(cues(Cue.ITEM), line.head)
    if item:
        return _marked(text, plain, Shape.ITEM, *item)
    if heading and heading[0].id in ("heading.block", "heading.number"):
        start = _behind(text, line, heading[1].groupdict().get("mark") or "")
        sure = heading[0].id == "heading.block" or _set_apart.search(text, line.start, start + 1)
        return plain._replace(start=start, rule=heading[0].id) if sure else None
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
