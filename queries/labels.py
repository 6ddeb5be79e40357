"""The names to show for the things in an answer."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Self
from urllib.parse import unquote

import pyoxigraph as ox

from ontology.terms import AKG, AKGID
from queries.binding import bind
from queries.engine import Engine

_LABELS = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?how ?label WHERE {
  VALUES ?thing { UNDEF }
  ?thing ?how ?label .
  # Not another VALUES: some engines would begin there, with every name that there is.
  FILTER(?how IN (skos:prefLabel, skos:altLabel, dcterms:title, dcterms:identifier))
}
"""
_RANK = {"prefLabel": 0, "title": 1, "identifier": 2}
_ACRONYM = re.compile(r"[A-Z][A-Z&]{1,7}")
_BATCH = 500  # remote endpoints limit the length of a query


class Label(str):
    """What stands in the data as a plain string, and how tables say it to people: 日米拡大抑止協議 (EDD)."""

    __slots__ = ("in_full",)
    in_full: str

    def __new__(cls, text: str, in_full: str = "") -> Self:
        label = super().__new__(cls, text)
        label.in_full = in_full or text
        return label


def labels(engine: Engine, iris: Collection[str], lang: str) -> dict[str, Label]:
    """A name for each IRI: preferred label in `lang`, else in another language; a document's title or file name.

    Beside it, for tables, stands the acronym that the thing is known by if there is exactly one. What has no name is shown by
    the end of its IRI.
    """
    names: dict[str, list[tuple[str, ox.Literal]]] = {iri: [] for iri in iris}
    ordered = sorted(names)
    for at in range(0, len(ordered), _BATCH):
        terms = [ox.NamedNode(iri) for iri in ordered[at : at + _BATCH]]
        for thing, how, label in engine.run(bind(_LABELS, {"thing": terms})).rows:
            if isinstance(thing, ox.NamedNode) and isinstance(how, ox.NamedNode) and isinstance(label, ox.Literal):
                names[thing.value].append((re.split(r"[#/]", how.value)[-1], label))
    return {iri: _best(iri, found, lang) for iri, found in names.items()}


def _best(iri: str, names: list[tuple[str, ox.Literal]], lang: str) -> Label:
    ranked = sorted(((_RANK[how], label.language != lang, label.value) for how, label in names if how in _RANK))
    if not ranked:
        return Label(unquote(iri.removeprefix(AKGID).removeprefix(AKG)))
    label = ranked[0][2]
    acronyms = {name.value for how, name in names if how == "altLabel" and _ACRONYM.fullmatch(name.value)}
    known_by = acronyms.pop() if len(acronyms) == 1 and not label.isascii() else ""
    return Label(label) if known_by in label else Label(label, f"{label} ({known_by})")
