"""Footnotes: lifted out of the text that they interrupt, and their calls.

A footnote begins on a line that opens with its mark. It goes on over the lines that it is wrapped on, over
addresses, and over the line that closes the quotation mark it left open, even on the next page; it ends
where the text that it interrupted goes on.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from extract.model import Role
from extract.reading.characters import FULL_WIDTH, SUPERSCRIPT, is_cjk
from extract.reading.cues import Cue, When, cues, first
from extract.reading.layout import Layout, ends_sentence
from extract.reading.lines import Line
from extract.reading.prose import Mark
from extract.reading.shapes import Shape, Shaped, as_text, note_key, note_of

PATIENCE = 60  # lines after which nobody waits for the rest of a footnote any more
LONE_MARKS = frozenset("*※†‡")  # that open a footnote without a number
PAIRS = {"「": "」", "『": "』", "(": ")"}
_any_bracket = re.compile(f"[{re.escape(''.join(PAIRS) + ''.join(PAIRS.values()))}]")
_address = re.compile(r"[<(]*(?:https?://|www\.)")
_note_end = re.compile(r"(?:[。.!?」』)\]”\"0-9]|頁|ページ|号|年|\S://\S+)[)>」』]*$")
_sure_end = re.compile(r"(?:[。.]|頁|\S://\S+)[)>」』]*$")


@dataclass(slots=True)
class Note:
    """A footnote while it is gathered: its key, its lines, and the brackets that it has left open."""

    key: str
    lines: list[Shaped] = field(default_factory=list)
    left_open: Counter[str] = field(default_factory=Counter)

    def add(self, shaped: Shaped) -> None:
        self.lines.append(shaped)
        opened, closed = brackets(shaped.line)
        self.left_open = (self.left_open - closed) + opened


class Lifted(NamedTuple):
    """The lines of the text itself, and the footnotes that stood between them."""

    body: list[Shaped]
    notes: list[Note]


def brackets(line: Line) -> tuple[Counter[str], Counter[str]]:
    """The closing brackets that a line leaves wanting, and those that close nothing in it; long lines by their ends."""
    wanting: Counter[str] = Counter()
    unopened: Counter[str] = Counter()
    text = line.head if line.head == line.tail else line.head + line.tail
    if _any_bracket.search(text) is None:
        return wanting, unopened
    for character in text:
        if character in PAIRS:
            wanting[PAIRS[character]] += 1
        elif character in PAIRS.values():
            if wanting[character]:
                wanting[character] -= 1
            else:
                unopened[character] += 1
    return +wanting, unopened


def find_calls(text: str) -> list[Mark]:
    """All that looks like a footnote's call, in order; takes time in proportion to the text."""
    folded = text.translate(FULL_WIDTH) if not text.isascii() else text
    found = [
        Mark(match.start(), match.end(), note_key(rule.family or "", next(filter(None, match.groups()))))
        for rule in cues(Cue.CALL)
        for match in rule.pattern.finditer(folded)
    ]
    found.sort()
    calls: list[Mark] = []
    for mark in found:
        if not calls or mark.start >= calls[-1].end:
            calls.append(mark)
    return calls


def lift_notes(text: str, shaped: Sequence[Shaped], calls: Sequence[Mark], layout: Layout) -> Lifted:
    """Part the footnotes from the text."""
    at_line_start = {line.line.start for line in shaped}
    called: dict[str, int] = {}
    for mark in calls:
        if mark.key and mark.start not in at_line_start:
            called.setdefault(mark.key, mark.start)
    lifter = _Lifter(text, layout, called)
    for line in shaped:
        lifter.take(line)
    for note in lifter.notes:
        note.key = _called_otherwise(note.key, called)
    return Lifted(lifter.body, lifter.notes)


def _called_otherwise(key: str, called: Collection[str]) -> str:
    """The key by which a footnote is called: one that opens with 1. below the heading of the notes may be called by ¹ or [1]."""
    family, _, number = key.partition(" ")
    if key in called or family not in {rule.family for rule in cues(Cue.NOTE) if rule.when is When.NOTES}:
        return key
    return next((other for rule in cues(Cue.CALL) if (other := note_key(rule.family or "", number)) in called), key)


class _Lifter:
    def __init__(self, text: str, layout: Layout, called: dict[str, int]) -> None:
        self.text, self.layout, self.called = text, layout, called
        self.body: list[Shaped] = []
        self.notes: list[Note] = []
        self.open: Note | None = None
        self.broken_off: Note | None = None
        self.broken_at = 0
        self.among_notes = False
        self.below_ruler = False

    def take(self, shaped: Shaped) -> None:
        if shaped.shape is Shape.SECTION or shaped.is_explicit:
            self.among_notes = shaped.role is Role.FOOTNOTE
        if shaped.shape is Shape.RULER:
            self.below_ruler = self.layout.paged and not self.layout.markdown
        elif shaped.line.page:
            self.below_ruler = False
        shaped = self._seen_there(shaped)
        if shaped.shape is Shape.NOTE and self._opens(shaped):
            self.open, self.broken_off = Note(shaped.key or ""), None
            self.notes.append(self.open)
            self.open.add(shaped)
        elif self.open is not None and self._goes_on(self.open, shaped):
            self.open.add(shaped)
        elif self._resumes(shaped) and self.broken_off is not None:
            self.open, self.broken_off = self.broken_off, None
            self.open.add(shaped)
        else:
            if self.open is not None and self.open.left_open:
                self.broken_off, self.broken_at = self.open, shaped.number
            self.open = None
            self.below_ruler = self.below_ruler and shaped.shape is Shape.RULER
            self.body.append(as_text(shaped) if shaped.shape is Shape.NOTE else shaped)

    def _seen_there(self, shaped: Shaped) -> Shaped:
        """The line as a footnote, if it has a mark that opens one only here."""
        if shaped.shape in (Shape.NOTE, Shape.SECTION, Shape.TABLE, Shape.RULER) or shaped.is_explicit:
            return shaped
        if (self.among_notes or self.below_ruler) and (note := note_of(self.text, shaped, When.NOTES)):
            return note
        note = (
            note_of(self.text, shaped, When.CALLED) if shaped.line.head[:1] in LONE_MARKS and not self.layout.markdown else None
        )
        called = note is not None and self.called.get(note.key or "", shaped.line.start) < shaped.line.start
        return note if note is not None and (called or self.among_notes) else shaped

    def _opens(self, shaped: Shaped) -> bool:
        """Whether the mark opens a footnote, and is not a call that happens to begin the line."""
        if self.among_notes or self.below_ruler or shaped.rule == "note.caret":
            return True
        if self.called.get(shaped.key or "", shaped.line.start) < shaped.line.start:
            return True
        done = not self.body or ends_sentence(self.body[-1].line) or self.open is not None
        return done and shaped.rule in ("note.superscript", "note.chu", "note.reference-mark")

    def _goes_on(self, note: Note, shaped: Shaped) -> bool:
        """Whether a line that opens no footnote belongs to the one before it."""
        if shaped.shape in (Shape.SECTION, Shape.TABLE, Shape.RULER) or shaped.is_explicit:
            return False
        if _address.match(shaped.line.head):
            return True
        before = note.lines[-1]
        if shaped.line.blank or shaped.line.page or shaped.number != before.number + 1:
            return self._goes_on_after_gap(note, shaped)
        if shaped.shape in (Shape.ITEM, Shape.HEADING) and not self.among_notes:
            return False
        full = self.layout.is_full(before.line)
        ended = _sure_end if full else _note_end
        if note.left_open or not ended.search(before.line.tail):
            return True
        text_done = not self.body or ends_sentence(self.body[-1].line)
        return self.among_notes or (full and text_done)

    def _goes_on_after_gap(self, note: Note, shaped: Shaped) -> bool:
        if note.lines[0].rule == "note.caret" and shaped.line.indent >= 2:
            return True
        if shaped.shape is not Shape.TEXT:
            return False
        _, closes = brackets(shaped.line)
        return bool(note.left_open & closes) or (note.lines[-1].line.tail.endswith("、") and self._text_done())

    def _text_done(self) -> bool:
        return not self.body or ends_sentence(self.body[-1].line)

    def _resumes(self, shaped: Shaped) -> bool:
        """Whether a later line is the rest of a footnote that broke off: it closes what that one had opened."""
        note = self.broken_off
        if note is None or self.open is not None or shaped.shape is not Shape.TEXT or shaped.number - self.broken_at > PATIENCE:
            return False
        _, closes = brackets(shaped.line)
        wanted_by_text = brackets(self.body[-1].line)[0] if self.body else Counter()
        return bool(note.left_open & closes) and not wanted_by_text & closes


def real_calls(text: str, calls: Sequence[Mark], notes: Sequence[Note]) -> tuple[Mark, ...]:
    """The calls of footnotes that there are.

    A superscript behind a Japanese character is one in any case, and so is [1] where [2] and [3] are called too.
    """
    keys = {note.key for note in notes}
    called = {mark.key for mark in calls}
    counted = {family for family in ("square", "chu") if {f"{family} {number}" for number in (1, 2, 3)} <= called}
    opened = sorted((note.lines[0].line.start, note.lines[0].start) for note in notes)
    starts = [start for start, _ in opened]

    def is_real(mark: Mark) -> bool:
        at = bisect_left(starts, mark.start + 1) - 1
        if at >= 0 and mark.start < opened[at][1]:
            return False
        superscript = re.match(f"[{SUPERSCRIPT}⁽]", text[mark.start]) is not None
        before = text[max(0, mark.start - 8) : mark.start]
        if superscript and first(cues(Cue.EXPONENT), before):
            return False
        sure = superscript or counted.intersection([(mark.key or "").partition(" ")[0]])
        return mark.key in keys or (bool(sure) and (is_cjk(before[-1:]) or before[-1:] in (")", "\uff09", "]")))

    return tuple(mark for mark in calls if is_real(mark))
