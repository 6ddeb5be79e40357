"""The elements of a page's content → blocks: headings, paragraphs, items, rows, and notes with their calls.

The tree is walked without recursion: pages with thousands of unclosed elements are nothing rare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element as Element

from extract.formats.blocks import Block, Kind, call, row, squeeze
from extract.formats.html_content import HEADINGS

BREAKS = frozenset({
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "header", "hgroup", "hr", "html", "legend", "li", "main", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
LAYING_OUT = HEADINGS | {"ul", "ol", "table", "div", "section", "article"}
LONGEST_MARK = 12  # characters of a note's number and what stands around it
LONGEST_CELL = 400  # characters; a longer one holds a text of its own
_number = re.compile(r"\s*[\[(（〔［]?\s*(?:注|註|脚注|\*|※)?\s*(?P<number>\d{1,3})\s*[\])）〕］]?\s*")
_telling = re.compile(r"[注註*※]")
_back = re.compile(r"[\s↩↑^⏎︎\ufe0e\ufe0f⤴]*")
_one_break = "\x0b"  # a line break that the page asks for; white space would swallow a plain one


@dataclass(slots=True)
class _State:
    """What has been gathered while walking."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    kind: Kind = Kind.PARAGRAPH
    level: int = 1
    mark: str = ""
    note: str = ""
    lists: list[list[int]] = field(default_factory=list)  # for each open list: its next number, 0 where it has bullets
    cells: list[str] | None = None


def read_blocks(content: Element, left_out: frozenset[Element]) -> tuple[Block, ...]:
    """The blocks of the content, notes last, whatever place they have on the page."""
    calls, notes = find_notes(content, left_out)
    state = _State()
    walk = etree.iterwalk(content, events=("start", "end"))
    for event, element in walk:
        known = isinstance(element.tag, str)
        if event == "start":
            if not known or element in left_out or element in calls:
                if element in calls:
                    state.parts.append(call(calls[element]))
                walk.skip_subtree()
                continue
            _open(state, element, notes)
            state.parts.append(element.text or "")
        else:
            if known and element not in left_out and element not in calls:
                _close(state, element, notes)
            if element is not content:
                state.parts.append(element.tail or "")
    _flush(state)
    return (*state.blocks, *state.notes)


def _open(state: _State, element: Element, notes: dict[Element, str]) -> None:
    tag = element.tag
    if tag == "br":
        state.parts.append(_one_break)
        return
    if element in notes:
        _flush(state)
        state.note = notes[element]
    elif tag in HEADINGS:
        _flush(state)
        state.kind, state.level = Kind.HEADING, int(tag[1])
    elif tag in ("ul", "ol"):
        _flush(state)
        state.lists.append([int(element.get("start") or 1) if _is_counted(element) else 0])
    elif tag == "li":
        _flush(state)
        state.kind, state.level = Kind.ITEM, max(len(state.lists), 1)
        state.mark = _next_mark(state)
    elif tag == "tr":
        _flush(state)
        state.cells = [] if _is_data(element) else None
    elif tag in BREAKS:
        _flush(state)


def _is_data(tr: Element) -> bool:
    """Whether a row tells something by its cells, and is not only there to lay out the page."""
    cells = [cell for cell in tr if cell.tag in ("td", "th")]
    for cell in cells:
        letters = 0
        for inner in cell.iter():
            letters += len(inner.text or "") + len(inner.tail or "")
            if inner.tag in LAYING_OUT or letters > LONGEST_CELL:
                return False
    return len(cells) > 1


def _close(state: _State, element: Element, notes: dict[Element, str]) -> None:
    tag = element.tag
    if element in notes:
        _flush(state)
        state.note = ""
    elif tag in ("td", "th") and state.cells is not None:
        state.cells.append(squeeze("".join(state.parts).replace(_one_break, " ")))
        state.parts.clear()
    elif tag == "tr" and state.cells is not None:
        cells, state.cells = state.cells, None
        state.blocks.append(row(cells))
    elif tag in BREAKS or tag in HEADINGS:
        _flush(state)
        if tag in ("ul", "ol") and state.lists:
            state.lists.pop()
    if tag in HEADINGS or tag == "li":
        state.kind, state.level, state.mark = Kind.PARAGRAPH, 1, ""


def _flush(state: _State) -> None:
    """Close the block that is open. Two line breaks in a row part paragraphs."""
    raw = "".join(state.parts)
    state.parts.clear()
    for paragraph in re.split(rf"{_one_break}\s*{_one_break}", raw):
        text = "\n".join(filter(None, (squeeze(line) for line in paragraph.split(_one_break))))
        if not text:
            continue
        if state.cells is not None:
            state.parts.append(text + " ")
        elif state.note:
            _add_note(state, text)
        else:
            state.blocks.append(Block(state.kind, text, state.level, state.mark))
            state.mark = ""
            if state.kind is Kind.ITEM:  # what else the item holds goes on below it
                state.kind = Kind.PARAGRAPH


def _add_note(state: _State, text: str) -> None:
    mark = call(state.note) + " "
    text = text.replace("\n", " ")
    if state.notes and state.notes[-1].text.startswith(mark):
        before = state.notes.pop()
        state.notes.append(Block(Kind.NOTE, before.text + text))
    else:
        written = re.match(rf"[\[(（]?{state.note}(?:[\])）.]\s*|\s+)", text)  # its number is part of the mark already
        state.notes.append(Block(Kind.NOTE, mark + text[written.end() if written else 0 :]))


def _is_counted(element: Element) -> bool:
    return element.tag == "ol" and (element.get("start") or "1").isdecimal() and len(element.get("start") or "1") < 5


def _next_mark(state: _State) -> str:
    if not state.lists or not state.lists[-1][0]:
        return ""
    state.lists[-1][0] += 1
    return f"{state.lists[-1][0] - 1}."


def find_notes(content: Element, left_out: frozenset[Element]) -> tuple[dict[Element, str], dict[Element, str]]:
    """The calls of notes, and the notes that they lead to, each with its number; what leads back is a call without number.

    A call is a link to a later place of the page whose words are a number (1, [1], 注1); a number set high (sup) is one too.
    """
    place: dict[str, tuple[int, Element]] = {}
    links: list[tuple[int, Element]] = []
    raised: list[Element] = []
    for at, element in enumerate(_walk(content, left_out)):
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                place.setdefault(name, (at, element))
        if element.tag == "a" and (element.get("href") or "").startswith("#"):
            links.append((at, element))
        elif element.tag == "sup":
            raised.append(element)
    calls: dict[Element, str] = {}
    notes: dict[Element, str] = {}
    for at, link in links:
        target = place.get((link.get("href") or "")[1:])
        words = "".join(link.itertext())
        found = _numbered(words)
        if target and target[0] > at and found:
            calls[link] = _digits(found)
            notes.setdefault(_block_of(target[1]), _digits(found))
        elif target and target[0] < at and (found or _back.fullmatch(words)):
            calls[link] = ""
    for element in raised:
        words = "".join(element.itertext())
        found = _numbered(words)
        within = any(child in calls for child in element.iter("a"))
        if found and within:
            _take_over(element, calls)
        elif found and not _telling.search(words):  # （注1） tells by itself what it is, and so does the note that it calls
            calls[element] = _digits(found)
    return calls, notes


def _numbered(words: str) -> re.Match[str] | None:
    """The number that words are, with what may stand around it; white space is squeezed first, as any amount may be there."""
    squeezed = squeeze(words)
    return _number.fullmatch(squeezed) if len(squeezed) <= LONGEST_MARK else None


def _digits(found: re.Match[str]) -> str:
    """The number in plain digits, also where it is written in full-width ones."""
    return str(int(found["number"]))


def _take_over(raised: Element, calls: dict[Element, str]) -> None:
    """The whole raised mark is the call, brackets around its link too."""
    link = next(child for child in raised.iter("a") if child in calls)
    calls[raised] = calls.pop(link)


def _block_of(element: Element) -> Element:
    """The item or paragraph that a note's anchor stands in."""
    at: Element | None = element
    while at is not None and at.tag not in BREAKS:
        at = at.getparent()
    return at if at is not None and at.tag not in ("body", "html", "ol", "ul", "table", "tbody") else element


def _walk(content: Element, left_out: frozenset[Element]) -> Iterator[Element]:
    walk = etree.iterwalk(content, events=("start",), tag=etree.Element)
    for _, element in walk:
        if element in left_out and element is not content:
            walk.skip_subtree()
        else:
            yield element
