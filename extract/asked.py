"""A question in plain words as the rules of questions see it: its words, its dates, and what depends on what.

Words come from Sudachi alone, which is there in a tenth of a second. GiNZA's parser, which takes seconds to load, is asked
only where a question has several predicates, so that it matters which of them a name belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from extract.dates import parse_edtf, read_dates
from extract.dates.english import read_english_dates
from extract.model import Role, Sentence, Stretch, Timex
from extract.names.found import Name
from extract.tokens import Analyser, Token, tokenise
from ontology.terms import Kind

_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龥々]")
_ENGLISH_WORD = re.compile(r"[A-Za-z0-9]+(?:[-.&][A-Za-z0-9]+)*|\S")
_BARE_YEAR = re.compile(r"(?<![0-9A-Za-z.\-/])(1[89][0-9]{2}|20[0-9]{2})(?![0-9A-Za-z.\-/])")


def is_japanese(text: str, besides: Sequence[Stretch] = ()) -> bool:
    """Whether there is Japanese in a text outside the places given."""
    kept = "".join(c for i, c in enumerate(text) if not any(start <= i < end for start, end in besides))
    return _JAPANESE.search(kept) is not None


def words_of(text: str, *, japanese: bool) -> tuple[Token, ...]:
    """The words of a line. In English a word is its own lemma, and so is every mark."""
    if japanese:
        return tokenise(text, analyser=_analyser())
    return tuple(Token(m.start(), m.end(), m[0], "word", m[0].lower()) for m in _ENGLISH_WORD.finditer(text.replace("’", "'")))


def dates_of(text: str, *, japanese: bool, published: str | None = None) -> tuple[Timex, ...]:
    """The dates of a line that is already NFKC. `published` (EDTF) is what 昨年 is counted from; without it such have none."""
    if not japanese:
        return read_english_dates(text)
    found = read_dates([_sentence(text)], published=parse_edtf(published) if published else None)[0]
    taken = {i for timex in found for i in range(timex.start, timex.end)}
    bare = (m for m in _BARE_YEAR.finditer(text) if taken.isdisjoint(range(*m.span())))
    return (*found, *(Timex(*m.span(), m[0], parse_edtf(m[0])) for m in bare))


def governors(text: str, words: Sequence[Token], name: tuple[Stretch, Kind], dates: Sequence[Timex]) -> tuple[Stretch, ...]:
    """The phrases that a name depends on, nearest first, as GiNZA parses the line. Loads the model."""
    from extract.names.recognise import NamedSentence  # noqa: PLC0415 - with it comes all that names need
    from extract.syntax import Parser  # noqa: PLC0415 - as above

    (start, end), kind = name
    named = NamedSentence(_sentence(text), tuple(words), tuple(dates), (Name(start, end, text[start:end], kind),))
    tree = next(iter(Parser(_model()).trees([named])))
    phrase = tree.at(start)
    return tuple((p.start, p.end) for p in tree.governors(phrase)) if phrase else ()


def _sentence(text: str) -> Sentence:
    return Sentence(0, text, tuple(range(len(text))), tuple(range(1, len(text) + 1)), Role.BODY, 0)


@cache
def _analyser() -> Analyser:
    """Sudachi as GiNZA's tokeniser sets it up: the core dictionary, longest units."""
    import sudachipy  # noqa: PLC0415 - not needed for English

    made: Analyser = sudachipy.Dictionary(dict="core").create()  # the longest units are its default
    return made


@cache
def _model() -> Any:  # noqa: ANN401 - spaCy's Language, which is not imported before it is needed
    from extract.language import load_language  # noqa: PLC0415 - as above

    return load_language()
