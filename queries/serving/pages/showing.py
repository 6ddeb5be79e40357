"""What stands in a page for one term of the graph: a text, the language that it is in, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from ontology.terms import AKG, AKGID, ONTOLOGY_IRI, Factuality
from queries.engine import Cell, Engine
from queries.labels import labels
from queries.serving.pages.addresses import address, outward
from queries.serving.pages.vocabulary import TERMS, term_label

_DATE = re.compile(r"[0-9]{4}[-0-9X~?/.]{0,20}")
_TERM = address(ONTOLOGY_IRI)
_STANDINGS = frozenset(Factuality) - {Factuality.ACTUAL}
_JAPANESE = re.compile("[\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Shown:
    """`href` is empty where it leads nowhere; `abroad` says that it leads away from this server."""

    text: str
    href: str = ""
    abroad: bool = False

    @property
    def sort(self) -> str:
        """What it is to be told apart as: a date, or by its name a standing that is no fact; else empty."""
        local = self.href.removeprefix(f"{_TERM}#")
        return "date" if _DATE.fullmatch(self.text) else f"standing {local}" if local in _STANDINGS else ""

    @property
    def lang(self) -> str:
        return "ja" if _JAPANESE.search(self.text) else "en"


class Names:
    """The names of things in one language, asked for together."""

    def __init__(self, engine: Engine, cells: Iterable[Cell], lang: str) -> None:
        wanted = {cell.value for cell in cells if isinstance(cell, ox.NamedNode) and cell.value.startswith(AKGID)}
        self._labels: Mapping[str, str] = labels(engine, wanted, lang) if wanted else {}
        self._lang = lang

    def show(self, cell: Cell) -> Shown:
        """A thing by its name, a term in words, a literal as it is written."""
        if isinstance(cell, ox.NamedNode):
            iri = cell.value
            if iri in self._labels:
                return Shown(getattr(self._labels[iri], "in_full", "") or iri.removeprefix(AKGID), address(iri))
            if iri.startswith(AKG):
                return Shown(term_label(iri, self._lang), address(iri) if iri in TERMS else "")
            return Shown(term_label(iri, self._lang), address(iri) or outward(iri), abroad=not address(iri))
        if isinstance(cell, ox.Literal):
            return Shown(cell.value, outward(cell.value), abroad=True)
        return Shown("" if cell is None else str(cell))
