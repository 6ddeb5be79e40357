"""The elements of WordprocessingML → blocks; what was deleted, hidden or is drawn only in place of something else is left out.

Source: ECMA-376, part 1, §17.3 (paragraphs and runs), §17.9 (numbering), §17.11 (notes), §17.3.3.25 (ruby).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element as Part

from extract.formats.blocks import Block, Kind, call, row

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"  # §2 of part 4: the namespace of files saved as "strict"
LEFT_OUT = frozenset({"del", "moveFrom", "rt", "fldSimpleData", "instrText", "delText", "pPr", "rPr", "Fallback", "sdtPr"})
TEXTS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
HEADING_NAMES = re.compile(r"(?:heading|見出し)\s*(?P<level>[1-9])", re.IGNORECASE)
RAISED = re.compile(r"\d{1,3}")


def local(element: Part) -> str:
    """The name of an element of WordprocessingML without its namespace, that of others as it is."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: Part | None, name: str = "val") -> str:
    """An attribute of an element, "" where there is none."""
    if element is None:
        return ""
    return element.get(W + name) or element.get(STRICT + name) or ""


def child(element: Part | None, *names: str) -> Part | None:
    """The descendant that the names lead to, one level for each."""
    for name in names:
        element = next((one for one in element if local(one) == name), None) if element is not None else None
    return element


@dataclass(frozen=True, slots=True)
class Styles:
    """Which paragraph styles are headings, and which lists count."""

    levels: Mapping[str, int] = field(default_factory=dict)
    listed: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    counted: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def of(cls, styles: Part | None, numbering: Part | None) -> Styles:
        levels: dict[str, int] = {}
        listed: dict[str, tuple[str, int]] = {}
        for style in styles if styles is not None else ():
            if local(style) != "style":
                continue
            name, outline = value(child(style, "name")), value(child(style, "pPr", "outlineLvl"))
            found = HEADING_NAMES.fullmatch(name)
            if found or outline.isdecimal():
                levels[value(style, "styleId")] = int(found["level"]) if found else int(outline[:2]) + 1
            elif name.lower() in ("title", "表題"):
                levels[value(style, "styleId")] = 1
            listing = _listing(style)
            if listing:
                listed[value(style, "styleId")] = listing
        return cls(levels, listed, frozenset(_counted(numbering)))


def _listing(holder: Part) -> tuple[str, int] | None:
    """The list that a paragraph or a style is in, and how deep."""
    numbers = child(holder, "pPr", "numPr")
    number, depth = value(child(numbers, "numId")), value(child(numbers, "ilvl"))
    return (number, int(depth) if depth.isdecimal() else 0) if number and number != "0" else None


def _counted(numbering: Part | None) -> Iterator[tuple[str, int]]:
    """The levels of lists that count in digits; others have bullets, or marks that only Word can work out."""
    digits: dict[str, set[int]] = {}
    for element in numbering if numbering is not None else ():
        if local(element) == "abstractNum":
            formats = {value(one, "ilvl"): value(child(one, "numFmt")) for one in element if local(one) == "lvl"}
            digits[value(element, "abstractNumId")] = {
                int(depth) for depth, form in formats.items() if depth.isdecimal() and form.startswith("decimal")
            }
        elif local(element) == "num":
            for depth in digits.get(value(child(element, "abstractNumId")), ()):
                yield value(element, "numId"), depth


@dataclass(slots=True)
class _Reader:
    """What has been gathered of a part. `calls` are the notes called so far, in their order."""

    styles: Styles
    calls: list[tuple[str, str]]
    blocks: list[Block] = field(default_factory=list)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def paragraph(self, element: Part) -> None:
        text = self.text(element)
        if not text.strip():
            return
        style = value(child(element, "pPr", "pStyle"))
        outline = value(child(element, "pPr", "outlineLvl"))
        level = int(outline) + 1 if outline in "012345678" and outline else self.styles.levels.get(style, 0)
        listing = _listing(element) or self.styles.listed.get(style)
        if 0 < level <= 9 and len(text) <= 300:
            self.blocks.append(Block(Kind.HEADING, text.strip(), level))
        elif listing:
            self.blocks.append(Block(Kind.ITEM, text.strip(), min(listing[1] + 1, 9), self._mark(listing)))
        else:
            self.blocks.append(Block(Kind.PARAGRAPH, text.strip(" \t\n")))

    def _mark(self, listing: tuple[str, int]) -> str:
        if listing not in self.styles.counted:
            return ""
        for deeper in [other for other in self.counts if other[0] == listing[0] and other[1] > listing[1]]:
            del self.counts[deeper]
        self.counts[listing] = self.counts.get(listing, 0) + 1
        return f"{self.counts[listing]}."

    def table(self, element: Part) -> None:
        for line in (one for one in element.iter() if local(one) == "tr"):
            cells = [
                "\n".join(filter(None, (self.text(p).strip() for p in _within(cell, "p", stop="tbl"))))
                for cell in line
                if local(cell) == "tc"
            ]
            if sum(bool(cell) for cell in cells) > 1:
                self.blocks.append(row([cell.replace("\n", "") for cell in cells]))
            else:  # a box around text
                self.blocks.extend(Block(Kind.PARAGRAPH, cell) for cell in cells if cell)

    def text(self, element: Part) -> str:
        parts: list[str] = []
        walk = etree.iterwalk(element, events=("start",))
        for _, one in walk:
            name = local(one)
            if (
                name in LEFT_OUT
                or (name == "r" and child(one, "rPr", "vanish") is not None)
                or (name == "p" and one is not element)
            ):
                walk.skip_subtree()
            elif name == "t":
                words = one.text or ""
                parts.append(call(words) if RAISED.fullmatch(words) and _is_raised(one.getparent()) else words)
            elif name == "br" and value(one, "type") in ("page", "column"):
                parts.append(" ")
            elif name in TEXTS:
                parts.append(TEXTS[name])
            elif name in ("footnoteReference", "endnoteReference"):
                parts.append(call(self._called(name.removesuffix("Reference"), value(one, "id"))))
        return "\n".join(line.strip(" \t") for line in "".join(parts).split("\n"))

    def _called(self, kind: str, number: str) -> int:
        if (kind, number) not in self.calls:
            self.calls.append((kind, number))
        return self.calls.index((kind, number)) + 1


def _is_raised(run: Part | None) -> bool:
    """Whether a run is set as a superscript, or higher than its line by two points or more (`position` is in half points)."""
    height = value(child(run, "rPr", "position"))
    return value(child(run, "rPr", "vertAlign")) == "superscript" or (height.isdecimal() and int(height[:4]) >= 4)


def read_blocks(body: Part, styles: Styles) -> tuple[tuple[Block, ...], tuple[tuple[str, str], ...]]:
    """The blocks of a part, and the notes that it calls as (footnote or endnote, id), in the order of their numbers."""
    reader = _Reader(styles, [])
    walk = etree.iterwalk(body, events=("start",))
    for _, element in walk:
        name = local(element)
        if name in LEFT_OUT:
            walk.skip_subtree()
        elif name == "tbl":
            reader.table(element)
            walk.skip_subtree()
        elif name == "p":
            reader.paragraph(element)  # text boxes stand in paragraphs: the walk goes on into them
    return tuple(reader.blocks), tuple(reader.calls)


def read_notes(parts: Mapping[str, Part | None], calls: Iterable[tuple[str, str]], styles: Styles) -> Iterator[Block]:
    """The notes that are called, numbered as they are called, one block each."""
    known = {
        (kind, value(note, "id")): note
        for kind, part in parts.items()
        if part is not None
        for note in part
        if local(note) == kind
    }
    for number, key in enumerate(calls, start=1):
        note = known.get(key)
        if note is not None:
            reader = _Reader(styles, [])
            text = "".join(reader.text(p).strip().replace("\n", "") for p in _within(note, "p"))
            yield Block(Kind.NOTE, f"{call(number)} {text}")


def _within(element: Part, name: str, stop: str = "") -> Iterator[Part]:
    """The descendants of a name, not within those of the name `stop`."""
    walk = etree.iterwalk(element, events=("start",))
    for _, one in walk:
        if one is not element and local(one) == stop:
            walk.skip_subtree()
        elif local(one) == name:
            yield one
