"""Stretches of a document as running text, every character with its place in the document.

NFKC, but circled numbers stay; layout spaces, invisible characters, footnote calls and marks go. A source
character may give several characters of text, and several may give one: both are mapped.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from extract.reading.characters import CIRCLED, INVISIBLE, has_cjk, is_cjk, is_cjk_letter, is_name_letter

COMBINING = "\u0300-\u036f\u1161-\u11ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f\uff9e\uff9f"
# Thirty marks on one base are the most that Annex 15 asks for; more would make normalising quadratic.
_token = re.compile(
    rf"(?P<space>\s+)|(?P<invisible>[{INVISIBLE}]+)"
    rf"|(?P<plain>(?:[^\s{INVISIBLE}{COMBINING}](?![{COMBINING}]))+)"
    rf"|(?P<cluster>[^\s{INVISIBLE}{COMBINING}][{COMBINING}]{{1,30}}|[{COMBINING}])"
)
_letter = r"[\u3041-\u30fa\u30fc\u3400-\u9fff]"
_spaced_out = re.compile(rf"(?<!{_letter}){_letter}(?:[ \u3000]{_letter}){{2,}}(?!{_letter})")
_circled = re.compile(f"[{CIRCLED}]")
_hyphens = "-\u2010\u00ad"
_comma = re.compile(rf"(?<={_letter}),|(?<=[」』)]),(?={_letter})")  # of horizontal official texts: 、 in all others


class Piece(NamedTuple):
    """A stretch of the document; `lifted` tells that text was taken out between the piece before and this one."""

    start: int
    end: int
    lifted: bool = False


class Mark(NamedTuple):
    """A stretch to leave out: a footnote's call, with the key of its footnote, or a mark of layout."""

    start: int
    end: int
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Prose:
    """Text as read; `starts[i]`, `ends[i]` are the place of `text[i]` in the document.

    `bridges` are the positions before which nothing but layout or a call was left out, and `calls`
    the position of each footnote call, right after the character that it follows.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    bridges: frozenset[int] = frozenset()
    calls: tuple[tuple[int, str], ...] = ()


def read_prose(text: str, pieces: tuple[Piece, ...], marks: tuple[Mark, ...] = (), *, tabular: bool = False) -> Prose:
    """Join the pieces of a document's text to running text. `marks` are sorted and do not overlap.

    Where it is the row of a table (`tabular`), what parts the cells stays as a space.
    """
    writer = _Writer(text, any(has_cjk(text[piece.start : piece.end]) for piece in pieces), tabular)
    at = [mark.start for mark in marks]
    for number, piece in enumerate(pieces):
        following = text[pieces[number + 1].start] if number + 1 < len(pieces) else ""
        end = piece.end
        hyphenated = end - piece.start > 1 and text[end - 1] in _hyphens and text[end - 2].isalpha() and following.islower()
        if number:
            writer.open_piece(piece)
        _write_piece(writer, Piece(piece.start, end - hyphenated), marks[bisect_left(at, piece.start) : bisect_left(at, end)])
        if following and not (hyphenated and following.isascii()):
            writer.space(end, end + 1, line_break=True)
    return writer.prose()


def _write_piece(writer: _Writer, piece: Piece, marks: tuple[Mark, ...]) -> None:
    at = piece.start
    for mark in marks:
        writer.write(at, mark.start)
        if mark.key is not None:
            writer.calls.append((writer.length, mark.key))
        at = max(at, mark.end)
    writer.write(at, piece.end)


class _Writer:
    """Gathers text and its map; decides about a space when it knows both of its neighbours."""

    def __init__(self, source: str, japanese: bool, tabular: bool) -> None:
        self.source, self.japanese, self.tabular = source, japanese, tabular
        self.parts: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.bridges: set[int] = set()
        self.calls: list[tuple[int, str]] = []
        self.last = ""
        self.pending: tuple[int, int, bool] | None = None
        self.lifted = False

    @property
    def length(self) -> int:
        return len(self.starts)

    def open_piece(self, piece: Piece) -> None:
        self.lifted = self.lifted or piece.lifted

    def write(self, start: int, end: int) -> None:
        tight = [found.span() for found in _spaced_out.finditer(self.source, start, end)] if self.japanese else []
        inside = 0
        for found in _token.finditer(self.source, start, end):
            first, last = found.span()
            if found.lastgroup == "space":
                while inside < len(tight) and tight[inside][1] <= first:
                    inside += 1
                if inside == len(tight) or first < tight[inside][0]:
                    self.space(first, last)
            elif found.lastgroup == "plain":
                self._run(found[0], first)
            elif found.lastgroup == "cluster":
                self._append(_cluster(found[0]), first, last)

    def space(self, start: int, end: int, *, line_break: bool = False) -> None:
        """A space that may be kept. Of two with nothing between, the line break decides."""
        if self.pending is None:
            self.pending = (start, end, line_break)
        elif line_break and not self.pending[2]:
            self.pending = (self.pending[0], self.pending[1], True)

    def _run(self, run: str, start: int) -> None:
        if unicodedata.is_normalized("NFKC", run):
            self._before(run[0], start)
            self.parts.append(run)
            self.starts.extend(range(start, start + len(run)))
            self.ends.extend(range(start + 1, start + len(run) + 1))
            self.last = run[-1]
            return
        for offset, character in enumerate(run):
            self._append(_single(character), start + offset, start + offset + 1)

    def _append(self, text: str, start: int, end: int) -> None:
        if not text:
            return
        self._before(text[0], start)
        self.parts.append(text)
        for _ in text:
            self.starts.append(start)
            self.ends.append(end)
        self.last = text[-1]

    def _before(self, following: str, start: int) -> None:
        """Settle the space before a character, and note a gap that only layout or a call left."""
        if self.pending and self.last and self._keeps(following):
            self._bridge(self.pending[0])
            self.parts.append(" ")
            self.starts.append(self.pending[0])
            self.ends.append(self.pending[1])
        self.pending = None
        if not self.lifted:
            self._bridge(start)
        self.lifted = False

    def _bridge(self, start: int) -> None:
        if self.ends and start > self.ends[-1]:
            self.bridges.add(self.length)

    def _keeps(self, following: str) -> bool:
        """Whether the space between two characters parts words, or only belongs to the layout."""
        before = self.last
        start, end, line_break = self.pending or (0, 0, False)
        if self.tabular and not line_break and (end - start > 1 or self.source[start] == "\t"):
            return True
        if is_cjk_letter(before) and is_cjk_letter(following):
            wide = "\u3000" in self.source[start:end]
            return not line_break and (wide or (is_name_letter(before) and is_name_letter(following)))
        if is_cjk(before) or is_cjk(following):
            return False
        if before.isalpha() or following.isalpha() or not self.japanese:
            return True
        return before in ",.;:" or (before.isdigit() and following.isdigit() and not line_break)

    def prose(self) -> Prose:
        return Prose(
            _comma.sub("、", "".join(self.parts)),
            tuple(self.starts),
            tuple(self.ends),
            frozenset(self.bridges),
            tuple(self.calls),
        )


@cache
def _single(character: str) -> str:
    """NFKC of one character; circled numbers stay, and a white space that it would open or close with goes."""
    return character if _circled.match(character) else unicodedata.normalize("NFKC", character).strip()


def _cluster(cluster: str) -> str:
    return unicodedata.normalize("NFKC", cluster).strip()


def cut(prose: Prose, start: int, end: int) -> Prose:
    """A part of it, without white space at its ends; a call right at the end belongs to it, one at the start does not."""
    while start < end and prose.text[start].isspace():
        start += 1
    while start < end and prose.text[end - 1].isspace():
        end -= 1
    return Prose(
        prose.text[start:end],
        prose.starts[start:end],
        prose.ends[start:end],
        frozenset(at - start for at in prose.bridges if start < at < end) if prose.bridges else prose.bridges,
        tuple((at - start, key) for at, key in prose.calls if start < at <= end) if prose.calls else (),
    )


def cut_at(prose: Prose, ranges: list[tuple[int, int]]) -> tuple[Prose, ...]:
    """The parts of it that the ranges, which cover it, give; each bridge and call is looked at only where it is near."""
    bridges = sorted(prose.bridges)
    calls = list(prose.calls)
    positions = [at for at, _ in calls]
    parts, end = [], 0
    for _, wanted in ranges:
        start, end = end, wanted
        while end < len(prose.text) and prose.starts[end] == prose.starts[end - 1]:
            end += 1  # one character of the document gave several: they stay together
        near = frozenset(bridges[bisect_left(bridges, start) : bisect_left(bridges, end)])
        called = tuple(calls[bisect_left(positions, start) : bisect_left(positions, end + 1)])
        parts.append(cut(Prose(prose.text, prose.starts, prose.ends, near, called), start, end))
    return tuple(part for part in parts if part.text)


def is_ascending(prose: Prose) -> bool:
    """Whether its places ascend, as they must."""
    return all(a <= b for a, b in pairwise(prose.starts)) and all(a < b for a, b in zip(prose.starts, prose.ends, strict=True))
