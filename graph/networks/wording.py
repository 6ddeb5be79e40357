"""What the vocabulary calls its classes and properties, in Japanese and English."""

from __future__ import annotations

from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ontology.files import vocabulary
from ontology.terms import AKG, PREFIXES

_LABEL = NamedNode(PREFIXES["rdfs"] + "label")


def called(term: str, lang: str) -> str:
    """The label of a term of the vocabulary, by its local name; the name itself where it has none.

    >>> called("hasMember", "ja"), called("hasMember", "en")
    ('構成員', 'has member')
    """
    return _labels().get((term, lang), term)


@cache
def _labels() -> dict[tuple[str, str], str]:
    return {
        (triple.subject.value.removeprefix(AKG), triple.object.language or ""): triple.object.value
        for path in vocabulary()
        for triple in parse(path=str(path), format=RdfFormat.TURTLE)
        if triple.predicate == _LABEL and isinstance(triple.subject, NamedNode) and isinstance(triple.object, Literal)
    }
