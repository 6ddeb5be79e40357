"""The text of a document cut where its evidence begins and ends, so that each piece knows which claims rest on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from queries.serving.pages.claims import Said


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a text that the same claims rest on. `ends` are the claims whose words end with it."""

    text: str
    claims: tuple[int, ...]
    ends: tuple[int, ...]


def pieces(text: str, spans: Sequence[tuple[int, int, int]]) -> list[Piece]:
    """The text in pieces; a span is its start and end in code points and the number of its claim. Spans may overlap.

    Of several claims on a piece the one with the fewest words comes first. What lies outside of the text is left out.

    >>> [(p.text, p.claims, p.ends) for p in pieces("甲乙丙丁", [(0, 3, 1), (1, 2, 2)])]
    [('甲', (1,), ()), ('乙', (2, 1), (2,)), ('丙', (1,), (1,)), ('丁', (), ())]
    """
    size = len(text)
    inside = sorted({span for span in spans if 0 <= span[0] < span[1] <= size})
    cuts = sorted({0, size, *(at for start, end, _ in inside for at in (start, end))})
    found, open_spans, following = [], list[tuple[int, int, int]](), 0
    for start, end in pairwise(cuts):
        open_spans = [span for span in open_spans if span[1] > start]
        while following < len(inside) and inside[following][0] == start:
            open_spans.append(inside[following])
            following += 1
        ranked = sorted(open_spans, key=lambda span: (span[1] - span[0], span[2]))
        over = dict.fromkeys(number for _, _, number in ranked)
        ends = sorted({number for _, last, number in open_spans if last == end})
        found.append(Piece(text[start:end], tuple(over), tuple(ends)))
    return found


def marked(text: str, found: Sequence[Said], document: str, first: int = 1) -> list[Piece]:
    """The text of a document with the words of its claims; they are numbered from `first` on as they are listed."""
    return pieces(
        text,
        [
            (words.start, words.end, number)
            for number, said in enumerate(found, start=first)
            for words in said.words
            if words.document.href == document
        ],
    )


def around(text: str, start: int, end: int, *, context: int = 120) -> tuple[str, str, str]:
    """The characters before, within and after a span."""
    return text[max(start - context, 0) : start], text[start:end], text[end : end + context]
