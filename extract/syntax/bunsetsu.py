"""Words gathered into phrases: content words, and what closes them."""

from __future__ import annotations

from collections.abc import Sequence

from extract.syntax.phrases import COMPOUND_PARTICLE
from extract.syntax.words import OPENING, Word, text_of


def phrases_of(words: Sequence[Word]) -> list[tuple[int, int, int]]:
    """Phrases as (first, head, past the last) word indices."""
    groups: list[list[int]] = []
    skip_until = 0
    for i, word in enumerate(words):
        opens = word.content or word.text in OPENING
        if groups and i < skip_until:
            opens = False
        if not groups or (opens and not _continues(words, i, groups[-1])):
            groups.append([i, i, i + 1])
        else:
            groups[-1][2] = i + 1
        if word.content and i >= skip_until:
            groups[-1][1] = i
            skip_until = i + 1 + _compound_particle(words[i + 1 : i + 7])
    return [(a, b, c) for a, b, c in groups]


def _compound_particle(words: Sequence[Word]) -> int:
    """How many words a compound particle (に おい て) takes up; none stands in brackets, for those are not here."""
    found = COMPOUND_PARTICLE.match(text_of(words))
    if not found:
        return 0
    length = count = 0
    while length < found.end():
        length += len(words[count].text)
        count += 1
    return count


def _continues(words: Sequence[Word], i: int, group: Sequence[int]) -> bool:
    """Whether a content word goes on with the compound before it; names and dates always stand alone."""
    word, before = words[i], words[i - 1]
    if word.name or word.timex or before.name or before.timex:
        return word.tag.startswith("接尾辞") and before.name is not None
    if word.text in OPENING:
        return False
    if before.text in OPENING:
        return True
    if not before.content:
        return False
    if word.lemma == "交わす" and before.text in {"取り", "取"}:
        return True
    return group[1] == i - 1 and before.nominal and (word.nominal or word.tag.startswith(("動詞-非自立", "接尾辞", "形状詞")))
