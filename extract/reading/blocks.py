"""Blocks: headings, paragraphs, items, rows and footnotes, each made of the lines that belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.model import Role
from extract.reading.characters import has_cjk
from extract.reading.cues import Cue, cues, first
from extract.reading.layout import Layout, ends_in_bracket, ends_sentence
from extract.reading.notes import Note, brackets
from extract.reading.prose import Piece
from extract.reading.shapes import LONGEST_HEADING, Shape, Shaped, as_text

SHORT_HEADING = 80  # columns of a heading that has no mark
SHORT_LINE = 40  # columns that a line of a paragraph takes at least, unless it is the last
LATIN_LINE = 50  # columns of a line of English that was broken because it was full
SPEAKER = "speaker."  # how the rules of a speaker's label begin
LONG_ENOUGH = 100  # columns from which unfinished text is a broken paragraph, and not a caption
NEARLY_FULL = 0.9
WEAK = ("heading.number", "heading.bracketed-number", "item.number", "item.kana")
SOFT = ("line.caption", "line.source", "line.pointer", "line.tags", "line.contact")  # that a broken sentence may look like
# What an encyclopaedia has right below a headword: its name in English, of several words.
TRANSLATION = re.compile(r"[A-Z][!-~]*(?: [!-~]+){2,}")
_number = re.compile(r"\(?(?:\d{1,3}[.-])*(\d{1,3})")
_next_kana = dict(zip("アイウエオカキクケ", "イウエオカキクケコ", strict=True))


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that are read as one. `key` is a footnote's; `explicit` tells a heading that shows itself by its mark."""

    role: Role
    shape: Shape
    lines: tuple[Shaped, ...]
    pieces: tuple[Piece, ...]
    level: int = 0
    key: str | None = None
    explicit: bool = False
    rule: str = ""

    @property
    def start(self) -> int:
        return self.pieces[0].start

    @property
    def head(self) -> str:
        return self.lines[0].line.head

    @property
    def is_prose(self) -> bool:
        """Whether it is running text, and not a short line or a caption."""
        return self.shape is Shape.TEXT and ends_sentence(self.lines[-1].line) and self.width >= SHORT_HEADING // 2

    @property
    def width(self) -> int:
        return sum(shaped.line.width for shaped in self.lines)


def note_block(note: Note) -> Block:
    """A footnote as a block."""
    return replace(_block(note.lines), key=note.key, role=Role.FOOTNOTE, shape=Shape.NOTE)


def build_blocks(body: Sequence[Shaped], layout: Layout) -> list[Block]:
    """Join the lines of the text, footnotes and furniture taken out, to blocks in the order of the document."""
    shaped = _settle_numbers(body)
    blocks: list[Block] = []
    open_lines: list[Shaped] = []
    for at, line in enumerate(shaped):
        if line.shape is Shape.RULER:
            continue
        if open_lines and _goes_on(open_lines, line, layout):
            open_lines.append(as_text(line))
            continue
        if open_lines:
            blocks.append(_block(open_lines))
        following = shaped[at + 1] if at + 1 < len(shaped) else None
        amid = bool(open_lines) and _is_unmarked_list(open_lines[-1], line) and not _tells_of_article(following)
        if line.shape is Shape.TEXT and not amid and _looks_like_heading(line, following, layout, at_top=not at):
            line = line._replace(shape=Shape.HEADING, role=Role.HEADING, level=6)  # noqa: PLW2901 - the same line, seen better
        open_lines = [line]
    if open_lines:
        blocks.append(_block(open_lines))
    return [part for block in blocks for part in _split_kana_items(block)]


def _settle_numbers(body: Sequence[Shaped]) -> list[Shaped]:
    """Numbered lines that count on with nothing between them but items of their own are a list; else they are headings."""
    listed: set[int] = set()
    last: int | None = None
    for at, line in enumerate(body):
        if line.line.blank or line.line.page or (line.shape is not Shape.ITEM and line.rule not in WEAK):
            last = None
        if line.shape is Shape.HEADING and line.rule in WEAK:
            if last is not None and body[last].rule == line.rule and _counts_on(body[last], line, near=at == last + 1):
                listed.update((last, at))
            last = at
    return [line._replace(shape=Shape.ITEM, role=Role.ITEM, level=1) if at in listed else line for at, line in enumerate(body)]


def _counts_on(one: Shaped, other: Shaped, *, near: bool) -> bool:
    """Whether the number of a line is the next of another's; right below it, a number that cannot be read will do."""
    numbers = [_number.match(shaped.line.head) for shaped in (one, other)]
    if numbers[0] is None or numbers[1] is None:
        return near
    return int(numbers[1][1]) == int(numbers[0][1]) + 1


def _block(lines: Sequence[Shaped]) -> Block:
    opening = lines[0]
    pieces = [Piece(opening.start, opening.line.end)]
    for before, line in pairwise(lines):
        pieces.append(Piece(line.start, line.line.end, lifted=line.number != before.number + 1))
    return Block(
        role=opening.role,
        shape=opening.shape,
        lines=tuple(lines),
        pieces=tuple(piece for piece in pieces if piece.start < piece.end) or (pieces[0],),
        level=opening.level,
        explicit=opening.shape is Shape.HEADING and opening.level < 6,
        rule=opening.rule,
    )


def _goes_on(lines: Sequence[Shaped], line: Shaped, layout: Layout) -> bool:
    """Whether a line continues the block that is open."""
    opening, before = lines[0], lines[-1]
    near = line.number == before.number + 1 and not line.line.blank and not line.line.page
    if opening.shape is Shape.ITEM:
        return _item_goes_on(before, line, layout, near=near)
    done = ends_sentence(before.line)
    marked = line.shape is Shape.TEXT and line.start != line.line.start
    if opening.shape is not Shape.TEXT or (marked and (done or line.rule != "heading.number")):
        return False
    if line.shape is not Shape.TEXT:
        return line.rule in (*WEAK, *SOFT) and near and not done and layout.is_full(before.line)
    if done:
        return near and _same_paragraph(before, line, layout)
    if line.line.shifted and line.line.indent > before.line.indent:
        return False
    return _unfinished_goes_on(lines, line, layout, near=near)


def _same_paragraph(before: Shaped, line: Shaped, layout: Layout) -> bool:
    """Whether a paragraph goes on behind a line that happens to end with a sentence."""
    if line.line.indent > before.line.indent:
        return False
    full = layout.wrap is not None and before.line.width >= NEARLY_FULL * layout.wrap
    remark = line.line.head.startswith("(") and not line.line.head[1:2].isdigit() and line.line.tail.endswith((")", ")。"))
    return full or layout.markdown or remark


def _unfinished_goes_on(lines: Sequence[Shaped], line: Shaped, layout: Layout, *, near: bool) -> bool:
    before = lines[-1]
    if before.line.tail.endswith(("、", ",")):
        return True
    if near and (layout.markdown or layout.is_full(before.line) or _one_below_the_other(before, line)):
        return True
    if near and lines[0].line.shifted and not line.line.shifted and before.line.width >= SHORT_LINE:
        return True
    if near:
        latin = before.line.tail.isascii() and line.line.head[:1].isascii() and line.line.head[:1].isalpha()
        wrapped = latin and (line.line.head[:1].islower() or before.line.width >= LATIN_LINE)
        return wrapped or bool(brackets(before.line)[0] & brackets(line.line)[1])
    lifted = line.number != before.number + 1 or line.line.page
    if not (lifted or layout.paged or layout.is_full(before.line)) or not _is_broken_paragraph(lines, layout):
        return False
    return not ends_in_bracket(before.line) or first(cues(Cue.LINK), line.line.head) is not None


def _one_below_the_other(before: Shaped, line: Shaped) -> bool:
    """Whether two lines hold one Japanese character each, as what was set vertically comes out."""
    return len(before.line.head) == 1 == len(line.line.head) and has_cjk(before.line.head) and has_cjk(line.line.head)


def _is_broken_paragraph(lines: Sequence[Shaped], layout: Layout) -> bool:
    """Whether text that ends without a full stop is part of a paragraph, and not a caption or a heading."""
    return (
        sum(shaped.line.width for shaped in lines[-LONG_ENOUGH:]) >= LONG_ENOUGH
        or any("。" in shaped.line.head for shaped in lines[-2:])
        or layout.is_full(lines[-1].line)
    )


def _item_goes_on(before: Shaped, line: Shaped, layout: Layout, *, near: bool) -> bool:
    if line.shape is not Shape.TEXT:
        return False
    if not near:
        return line.number != before.number + 1 and not ends_sentence(before.line) and before.line.tail.endswith("、")
    if line.line.shifted and line.line.width >= SHORT_LINE and before.line.width < SHORT_LINE and ends_sentence(line.line):
        return False  # a paragraph of its own, as it begins with a full-width space
    if line.line.head.startswith("(") or line.line.indent > before.line.indent or layout.markdown:
        return True
    return not ends_sentence(before.line) and (layout.is_full(before.line) or before.line.tail.endswith(("、", ",")))


def _looks_like_heading(line: Shaped, following: Shaped | None, layout: Layout, *, at_top: bool) -> bool:
    """Whether a line without a mark is a heading: short, no sentence, and something to head follows.

    `at_top` tells that it opens the document: nothing can stand before a title.
    """
    if following is None or line.rule.startswith(SPEAKER) or line.line.width > SHORT_HEADING or ends_sentence(line.line):
        return False
    if line.line.tail.endswith(("、", ",", ":", ";")) or "。" in line.line.head or line.line.head.startswith("("):
        return False
    if has_cjk(line.line.head) is not layout.japanese:
        return False
    if following.shape is not Shape.TEXT:
        return following.shape is not Shape.LINE or _tells_of_article(following)
    if (layout.markdown or layout.is_full(line.line)) and not following.line.blank:
        return False
    if line.line.shifted and line.line.width >= SHORT_LINE and not following.line.blank and not following.line.shifted:
        return False
    prose = ends_sentence(following.line) or following.line.width > LONG_ENOUGH or layout.is_full(following.line)
    translated = at_top and layout.japanese and TRANSLATION.fullmatch(following.line.head) is not None
    return (
        prose
        or translated
        or (following.line.blank and (at_top or line.line.blank) and following.line.width <= LONGEST_HEADING)
    )


def _tells_of_article(line: Shaped | None) -> bool:
    """Whether a line is the date or the author of what the line before heads."""
    return line is not None and line.shape is Shape.LINE and line.rule.startswith(("date.", "line.byline"))


def _is_unmarked_list(before: Shaped, line: Shaped) -> bool:
    """Whether a line stands right below one that is no sentence either: such lines list something, none heads the next."""
    return before.shape is Shape.TEXT and not line.line.blank and not ends_sentence(before.line) and has_cjk(before.line.head)


def _split_kana_items(block: Block) -> list[Block]:
    """ア … イ … ウ … on one line are items of their own; only where folding left every character in its place."""
    line = block.lines[0].line
    text = block.start - line.start
    kana = line.head[:text].strip()[-1:]
    if block.shape is not Shape.ITEM or kana not in _next_kana or len(line.head) != line.end - line.start:
        return [block]
    marks = [(0, text)]
    while kana in _next_kana:
        kana = _next_kana[kana]
        found = re.compile(rf"\s+{kana}\s+").search(line.head, marks[-1][1])
        if found is None:
            break
        marks.append(found.span())
    ends = [*(start for start, _ in marks[1:]), line.end - line.start]
    parts = [
        replace(block, pieces=(Piece(line.start + behind, line.start + end),))
        for (_, behind), end in zip(marks, ends, strict=True)
    ]
    parts[-1] = replace(parts[-1], pieces=(*parts[-1].pieces, *block.pieces[1:]))
    return parts
