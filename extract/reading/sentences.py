"""From blocks to sentences: their text, their place, what introduces them and the headings above them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from extract.model import Role, Sentence
from extract.reading.blocks import Block
from extract.reading.cues import Cue, cues, first
from extract.reading.ends import LIMIT, sentence_ranges
from extract.reading.introductions import Introductions
from extract.reading.prose import Mark, Piece, Prose, cut_at, read_prose
from extract.reading.shapes import Shape

WHOLE = (Role.HEADING, Role.TITLE, Role.TABLE)  # one sentence each, whatever stops they hold
_table_rule = re.compile(r"[|:\-\s]+$")


class Call(NamedTuple):
    """Where a footnote is called: at which place of the document, in which sentence, and where in it."""

    place: int
    sentence: int
    at: int


def assemble(text: str, blocks: Sequence[Block], marks: tuple[Mark, ...]) -> tuple[Sentence, ...]:
    """Read every block into sentences, in the order of the document; a footnote follows what it interrupts."""
    assembler = _Assembler(text, marks)
    for block in sorted(blocks, key=lambda block: block.start):
        assembler.add(block)
    return tuple(assembler.introduced(sentence) for sentence in assembler.sentences)


class _Assembler:
    def __init__(self, text: str, marks: tuple[Mark, ...]) -> None:
        self.text, self.marks = text, marks
        self.at = [mark.start for mark in marks]
        self.sentences: list[Sentence] = []
        self.paragraph = -1
        self.section: list[tuple[int, str]] = []
        self.introductions = Introductions()
        self.calls: dict[str, list[Call]] = {}
        self.keys: dict[int, str] = {}  # of footnotes, by the number of their sentence

    def add(self, block: Block) -> None:
        prose = read_prose(self.text, block.pieces, self._marks(block.pieces), tabular=block.role is Role.TABLE)
        if not prose.text.strip() or (block.role is Role.TABLE and _table_rule.match(prose.text)):
            return
        self.paragraph += 1
        whole = block.role in WHOLE
        ranges = [(0, len(prose.text))] if whole and len(prose.text) <= LIMIT else sentence_ranges(prose.text)
        if block.role is Role.HEADING or (block.shape is Shape.SECTION and block.role is not Role.BOILERPLATE):
            self._open_section(block, prose.text)
        introduction = self.introductions.of(block, self.sentences)
        for part in cut_at(prose, ranges):
            self._sentence(block, part, introduction)
        self.introductions.after(block, self.sentences)

    def _marks(self, pieces: tuple[Piece, ...]) -> tuple[Mark, ...]:
        return self.marks[bisect_left(self.at, pieces[0].start) : bisect_left(self.at, pieces[-1].end)]

    def _open_section(self, block: Block, text: str) -> None:
        level = block.level or 1  # the heading of the notes or of the references, without a mark
        while self.section and self.section[-1][0] >= level:
            self.section.pop()
        self.section.append((level, text.strip()))

    def _sentence(self, block: Block, part: Prose, introduction: int | None) -> None:
        index = len(self.sentences)
        role = block.role
        if block.shape is Shape.NOTE:
            role = Role.BIBLIOGRAPHY if first(cues(Cue.REFERENCE), part.text[:1000]) else Role.FOOTNOTE
            self.keys[index] = block.key or ""
        else:
            for at, key in part.calls:
                self.calls.setdefault(key, []).append(Call(part.ends[at - 1], index, at))
        self.sentences.append(
            Sentence(
                index=index,
                text=part.text,
                starts=part.starts,
                ends=part.ends,
                role=role,
                paragraph=self.paragraph,
                section=tuple(text for _, text in self.section),
                introduced_by=introduction,
                bridges=part.bridges,
            )
        )

    def introduced(self, sentence: Sentence) -> Sentence:
        """The sentence with the call of its footnote: the nearest before it, as numbers may begin anew on every page."""
        calls = self.calls.get(self.keys.get(sentence.index, ""))
        if not calls:
            return sentence
        at = bisect_left(calls, Call(sentence.starts[0], 0, 0))
        call = calls[at - 1] if at else calls[0]
        return Sentence(
            index=sentence.index,
            text=sentence.text,
            starts=sentence.starts,
            ends=sentence.ends,
            role=sentence.role,
            paragraph=sentence.paragraph,
            section=sentence.section,
            introduced_by=call.sentence,
            call_at=call.at,
            bridges=sentence.bridges,
        )
