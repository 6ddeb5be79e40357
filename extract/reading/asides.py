"""What stands within a sentence and is no part of it: readings of names, datelines, pointers to other pages, markup, brackets for emphasis.

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
# Words that a text sets apart: 1954年に【自衛隊】が発足, ［田中角栄］首相. A heading (【背景】両国は…) and a pointer (【写真】) are none.
_emphasis = re.compile(
    r"(?P<open>[【［])(?![注註※])[^【】［］\n。]{2,40}(?P<close>[】］])(?=[をがはにのでとへもや]|[一-龥ァ-ヶ])"
)
_pointer = re.compile(r"(?:参照|写真|動画|[図表注]\d*|資料\d*|PDF)[】］]$")
_opens_line = re.compile(r"(?:\A|[\n\r])[\s\u3000・※⇒→○●■□◆◇▼▽①-⑳]*$")
_particle = re.compile(r"[をがはにのでとへもや]")


LONGEST_MARGIN = 12  # characters before the first word of a line: white space and a bullet


def find_asides(text: str, *, markdown: bool) -> list[Mark]:
    """The stretches of a text to leave out; takes time in proportion to the text."""
    folded = text.translate(FULL_WIDTH) if not text.isascii() else text
    found = [Mark(*match.span("aside")) for rule in cues(Cue.ASIDE) for match in rule.pattern.finditer(folded)]
    found += _emphases(text)
    if markdown:
        found += [Mark(*match.span()) for match in _markdown.finditer(text)]
    return found


def _emphases(text: str) -> list[Mark]:
    """The brackets around words that a text sets apart, without what stands in them."""
    found: list[Mark] = []
    for match in _emphasis.finditer(text):
        opens = _opens_line.search(text, max(match.start() - LONGEST_MARGIN, 0), match.start())
        if _pointer.search(match.group()) or (opens and not _particle.match(text, match.end())):
            continue
        if text[max(match.start() - 1, 0)] not in "】］":
            found += [Mark(*match.span("open")), Mark(*match.span("close"))]
    return found


def apart(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The marks in order, without those that begin within another."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return tuple(kept)
