"""What a reviewer may correct, as it is shown and as it is written."""

from __future__ import annotations

from collections.abc import Sequence

from graph.errors import GraphError
from graph.reviewing.items import Item
from graph.vocabulary import called
from ontology.terms import Factuality, Level, Property

_NO_LIMIT = "-"


def shown(item: Item, name: str, lang: str) -> str:
    """A field of a correction as the claim has it now."""
    claim = item.claim
    match name:
        case "subject":
            return item.subject
        case "object":
            return item.object(lang)
        case "predicate":
            return called(claim.predicate, lang)
        case "factuality":
            return called(claim.factuality, lang)
        case _:
            on = getattr(claim, name)
            return on.edtf if on else ""


def read(name: str, given: str) -> str | Property | Factuality:
    """A field of a correction as a reviewer writes it: terms by local name or label, `-` for no limit in time.

    Raises GraphError where the vocabulary has no such term.
    """
    match name:
        case "predicate":
            return Property(_term(given, [p.value for p in Property]))
        case "factuality":
            return Factuality(_term(given, [f.value for f in Factuality]))
        case "object":
            return next((level.value for level in Level if given in _called(level.value)), given)
        case "valid_from" | "valid_until":
            return "" if given == _NO_LIMIT else given
        case _:
            return given


def _term(given: str, known: Sequence[str]) -> str:
    found = [name for name in known if given.casefold() in {word.casefold() for word in _called(name)}]
    if not found:
        raise GraphError(f"{given!r} is none of {', '.join(known)}")
    return found[0]


def _called(name: str) -> tuple[str, str, str]:
    return name, called(name, "ja"), called(name, "en")
