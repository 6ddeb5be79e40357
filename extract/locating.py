"""Where in a document the words of a claim stand, as a reader would look them up: page, section, paragraph."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from extract.model import Locator, Sentence, Span

PAGE_BREAK = "\f"


def locate(text: str, sentences: Sequence[Sentence], spans: Iterable[Span], *, paged: bool = False) -> tuple[Locator, ...]:
    r"""One locator for each of the spans that lies in a sentence, in the order of the text.

    `paged` tells that the document has pages even where no form feed parts them: a PDF of one page.

    >>> from extract.model import Document
    >>> from extract.reading import read_sentences
    >>> document = Document("a.txt", "1 制度\n\n委員会が発足した。\f会合が開かれた。")
    >>> [(l.page, l.section, l.paragraph) for l in locate(document.text, read_sentences(document), [Span(16, 21)])]
    [(2, ('制度',), 3)]
    """
    wanted = sorted(set(spans))
    if not wanted:
        return ()
    breaks = [at for at, character in enumerate(text) if character == PAGE_BREAK]
    pieces = sorted((piece.start, piece.end, s.index) for s in sentences for piece in s.source(0, len(s.text)))
    starts = [start for start, _, _ in pieces]
    by_index = {sentence.index: sentence for sentence in sentences}
    found = []
    for span in wanted:
        at = bisect_right(starts, span.start) - 1
        if at >= 0 and span.start < pieces[at][1]:
            found.append(_located(span, by_index[pieces[at][2]], breaks, paged=paged or bool(breaks)))
    return tuple(found)


def _located(span: Span, sentence: Sentence, breaks: Sequence[int], *, paged: bool) -> Locator:
    return Locator(
        span,
        sentence.paragraph + 1,
        sentence.role,
        sentence.section,
        bisect_right(breaks, span.start) + 1 if paged else None,
        bisect_right(breaks, span.end - 1) + 1 if paged else None,
    )
