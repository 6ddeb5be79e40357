"""Which sentence introduces the list that an item is in: the one before it, over headings, or an item above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.model import Role, Sentence
from extract.reading.blocks import Block
from extract.reading.shapes import Shape

NEAR = 50  # sentences before a list among which its introduction is looked for
_introducing = re.compile(r"(?:以下|次|下記|左記)の|次に掲げる|[::]$")


class Outer(NamedTuple):
    """The list around the one that an item of it introduces: its own introduction, and the rule of its marks."""

    introduction: int | None
    rule: str


class Introductions:
    """Gathers, block by block, what introduces lists; footnotes between do not part them.

    A list follows its introduction; where only headings stand between (以下の点で一致した。 1 訓練 ・…), it is the
    sentence before them. An item that introduces items of its own is the introduction of these.
    """

    def __init__(self) -> None:
        self.introduction: int | None = None
        self.over_headings: int | None = None
        self.outer: Outer | None = None
        self.last_rule: str | None = None  # of the item before, None where no list is open

    def of(self, block: Block, sentences: Sequence[Sentence]) -> int | None:
        """The introduction of an item by its index, None for anything else and where nothing stands before."""
        if block.shape is Shape.NOTE:
            return None
        if block.role is not Role.ITEM:
            self.last_rule = self.outer = None
            return None
        if self.last_rule is None:
            self.introduction = self._before(sentences)
        elif self.outer is not None and (block.rule == self.outer.rule or block.rule.startswith("heading.")):
            self.introduction, self.outer = self.outer.introduction, None
        elif block.rule != self.last_rule and sentences[-1].role is Role.ITEM and _introducing.search(sentences[-1].text):
            self.outer = Outer(self.introduction, self.last_rule)
            self.introduction = sentences[-1].index
        self.last_rule = block.rule
        return self.introduction

    def after(self, block: Block, sentences: Sequence[Sentence]) -> None:
        """Remember a sentence of the text that introduces something, until other text or a chapter comes."""
        if (
            block.shape is Shape.NOTE
            or block.role is Role.ITEM
            or (block.role is Role.HEADING and not block.lines[0].is_explicit)
        ):
            return
        last = sentences[-1] if sentences and sentences[-1].role is Role.BODY else None
        self.over_headings = last.index if last and _introducing.search(last.text) else None

    def _before(self, sentences: Sequence[Sentence]) -> int | None:
        before = [s for s in sentences[-NEAR:] if s.role not in (Role.FOOTNOTE, Role.BIBLIOGRAPHY)]
        if before and before[-1].role is Role.HEADING and self.over_headings is not None:
            return self.over_headings
        return before[-1].index if before else None
