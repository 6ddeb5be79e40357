"""A name that the graph does not know, and the question as it would be with the names nearest to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.tokens import Token
from queries.entities import nearest
from queries.plain.cues import Reading, cues_of, unexplained

_LINKING = frozenset({"of", "and", "on", "for", "the", "&", "-", ".", "・"})


def with_near_names(reading: Reading, labels: Sequence[str]) -> Iterator[str]:
    """The question with a near name in place of what looks like one and is none, the nearest first."""
    place = unknown_name(reading)
    if place is None:
        return
    start, end = place
    for label in nearest(reading.text[start:end], labels):
        yield reading.text[:start] + label + reading.text[end:]


def unknown_name(reading: Reading) -> tuple[int, int] | None:
    """Where words stand that could be a name and hold one that nothing explains: the compound in Japanese, the capitals in English."""
    strange = frozenset(unexplained(reading, cues_of(reading)))
    run: list[Token] = []
    for word in (*reading.words, None):
        if word is not None and _belongs(word, run, japanese=reading.japanese):
            run.append(word)
            continue
        while run and run[-1].lemma in _LINKING:
            run.pop()
        if any(w.text in strange for w in run) and run[-1].end - run[0].start > 2:
            return run[0].start, run[-1].end
        run = []
    return None


def _belongs(word: Token, run: Sequence[Token], *, japanese: bool) -> bool:
    """Whether a word can stand in a name after those of the run."""
    if japanese:
        return (not run or run[-1].end == word.start) and (word.nominal or word.text in _LINKING)
    return word.text[0].isupper() or (bool(run) and word.lemma in _LINKING)
