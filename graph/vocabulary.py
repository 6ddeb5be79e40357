"""What the terms of the vocabulary are called in Japanese and English, as the ontology has it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pyoxigraph import Literal, NamedNode, Store

from ontology import files
from ontology.terms import AKG, PREFIXES

_LABEL = NamedNode(PREFIXES["rdfs"] + "label")


@cache
def labels(lang: str) -> Mapping[str, str]:
    """The label of each term by its local name: `establishedOn` → 設置日. `lang` is ja or en."""
    store = Store()
    for path in files.vocabulary():
        store.bulk_load(path=path)
    found = ((q.subject, q.object) for q in store.quads_for_pattern(None, _LABEL, None, None))
    return {
        term.value.removeprefix(AKG): label.value
        for term, label in found
        if isinstance(term, NamedNode) and isinstance(label, Literal) and label.language == lang and term.value.startswith(AKG)
    }


def called(name: str, lang: str) -> str:
    """What a term is called; its local name where the ontology does not have it.

    >>> called("establishedOn", "ja"), called("Planned", "en"), called("unheardOf", "ja")
    ('設置日', 'planned', 'unheardOf')
    """
    return labels(lang).get(name, name)
