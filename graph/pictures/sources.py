"""The table beside a picture: what it draws, as which document says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from graph.networks.statements import Statement
from graph.networks.wording import called
from ontology.terms import SIGNATURES

Names = Callable[[str], str]  # what a thing, by its IRI, is called
HEADINGS = {
    "ja": ("主語", "関係", "目的語", "日付", "確度", "原文", "文書"),
    "en": ("subject", "relation", "object", "date", "factuality", "quote", "document"),
}


def rows_of(statements: Iterable[Statement], names: Names, lang: str) -> tuple[tuple[str, ...], ...]:
    """A row for each statement, each once."""
    return tuple(_row(one, names, lang) for one in dict.fromkeys(statements))


def _row(one: Statement, names: Names, lang: str) -> tuple[str, ...]:
    is_thing = bool(SIGNATURES[one.predicate].range)
    limits = "–".join(dict.fromkeys(filter(None, (one.valid_from, one.valid_until))))
    return (
        names(one.subject),
        called(one.predicate, lang),
        names(one.object) if is_thing else "",
        limits if is_thing else one.object,
        standing(one.factuality, lang),
        " … ".join(dict.fromkeys(piece.quote for piece in one.evidence)),
        "; ".join(dict.fromkeys(piece.source.title for piece in one.evidence)),
    )


def standing(factuality: str, lang: str) -> str:
    """What a standing is called."""
    return called(factuality, lang)
