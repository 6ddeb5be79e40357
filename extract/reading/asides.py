"""What stands within a sentence and is no part of it: readings of names, datelines, pointers to other pages, markup.

Such stretches are left out of the sentence as read; a quote runs over them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.reading.characters import FULL_WIDTH
from extract.reading.cues import Cue, cues
from extract.reading.prose import Mark

_markdown = re.compile(
    r"\*\*|__|~~|`{1,3}|!\[[^\]\n]{0,300}\]\([^)\n]{0,1000}\)|\[(?=[^\]\[\n]{1,300}\]\()|(?<=[^\]\[\n])\]\([^)\n]{0,1000}\)"
    r"|<!--[^\n]{0,1000}?-->|</?(?![a-z]{2,8}:)[A-Za-z][^<>\n]{0,300}>|(?m:^[ \t]{0,3}(?:>[ \t]?){1,5})"
)


def find_asides(text: str, *, markdown: bool) -> list[Mark]:
    """The stretches of a text to leave out; takes time in proportion to the text."""
    folded = text.translate(FULL_WIDTH) if not text.isascii() else text
    found = [Mark(*match.span("aside")) for rule in cues(Cue.ASIDE) for match in rule.pattern.finditer(folded)]
    if markdown:
        found += [Mark(*match.span()) for match in _markdown.finditer(text)]
    return found


def apart(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The marks in order, without those that begin within another."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return tuple(kept)
