"""The page of anything that the store knows, made in the process that asks: a thing, a document, a claim, or what else there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from ontology.terms import AKG, PREFIXES
from queries.binding import bind
from queries.engine import Cell, Embedded, Engine
from queries.serving.errors import RefusedError
from queries.serving.pages.claims import CLAIM, HELD, claims
from queries.serving.pages.documents import claim_page, document
from queries.serving.pages.graphs import Told, told_of
from queries.serving.pages.linked import linked
from queries.serving.pages.rendering import View, page
from queries.serving.pages.showing import Names, Shown
from queries.serving.worker import Out

_KNOWN = """SELECT ?it WHERE { VALUES ?it { UNDEF }
  FILTER(EXISTS { ?it ?p ?o } || EXISTS { ?s ?q ?it } || EXISTS { GRAPH ?it { ?x ?y ?z } }) }"""
_SKOS, _TYPE = PREFIXES["skos"], ox.NamedNode(PREFIXES["rdf"] + "type")
_NAMES = {_SKOS + "prefLabel", _SKOS + "altLabel", AKG + "ambiguousLabel"}
_INNER = {_TYPE.value, PREFIXES["schema"] + "text", PREFIXES["schema"] + "mentions", PREFIXES["dcterms"] + "title"}
_DOCUMENT = ox.NamedNode(AKG + "Document")


@dataclass(frozen=True, slots=True)
class ThingPage:
    """The page of the first of some IRIs that the store knows. Raises RefusedError (404) where it knows none."""

    iris: tuple[str, ...]
    view: View

    def run(self, store: ox.Store, out: Out) -> None:
        out.write(_page(store, ox.NamedNode(known(Embedded(store), self.iris)), self.view))


def known(engine: Engine, iris: tuple[str, ...]) -> str:
    """The first of the IRIs that the graph says something of. Raises RefusedError."""
    for iri in iris:
        try:
            term = ox.NamedNode(iri)
        except ValueError:  # no IRI: it has a blank, say
            continue
        if engine.run(bind(_KNOWN, {"it": [term]})).rows:
            return iri
    raise RefusedError(404, "the store knows nothing of this name", where=iris[0])


def _page(store: ox.Store, it: ox.NamedNode, view: View) -> bytes:
    told = told_of(store, it)
    types = {value for predicate, value, *_ in (*told.own, *told.users) if predicate == _TYPE}
    for sort in (CLAIM, HELD):
        if sort in types and (found := claims(Embedded(store), view.lang, [it], held=sort == HELD)):
            return claim_page(store, found[0], view)
    shown = _described(store, it, told, types, view)
    if _DOCUMENT in types:
        return page("document.html", view, **shown, **document(store, it, view))
    lists = linked(store, it, view)
    claimed = {(fact.predicate, fact.object) for fact in lists["facts"]}
    shown["further"] = [pair for pair in shown["further"] if pair not in claimed]
    return page("thing.html", view, **shown, **lists)


def _described(store: ox.Store, it: ox.NamedNode, told: Told, types: set[Cell], view: View) -> dict[str, Any]:
    """What every page says of its thing: its name, names, classes, what no claim says, and what users wrote."""
    names = Names(Embedded(store), [it, *(cell for row in (*told.own, *told.users) for cell in row)], view.lang)
    called: dict[str, list[str]] = {}
    further = []
    for predicate, value in told.own:
        key = predicate.value if isinstance(predicate, ox.NamedNode) else ""
        if key in _NAMES and isinstance(value, ox.Literal):
            called.setdefault(key.removeprefix(_SKOS).removeprefix(AKG), []).append(value.value)
        elif key not in _INNER:
            further.append((names.show(predicate), names.show(value)))
    main = names.show(it)
    classes = [names.show(one) for one in types if isinstance(one, ox.NamedNode) and one.value.startswith(AKG)]
    return {
        "iri": it.value,
        "name": main,
        "types": _sorted(classes),
        "other_names": [names.show(ox.Literal(name)) for name in _other_names(main.text, called)],
        "shared_names": [names.show(ox.Literal(name)) for name in sorted(called.get("ambiguousLabel", ()))],
        "further": sorted(further, key=lambda pair: (pair[0].text, pair[1].text)),
        "users": sorted((tuple(names.show(cell) for cell in row) for row in told.users), key=lambda row: row[0].text),
    }


def _sorted(shown: Sequence[Shown]) -> list[Shown]:
    return sorted(shown, key=lambda one: one.text)


def _other_names(main: str, called: dict[str, list[str]]) -> list[str]:
    """The names that the heading does not say: neither alone nor as 日米拡大抑止協議 (EDD)."""
    names = {name for key in ("prefLabel", "altLabel") for name in called.get(key, ())}
    known_by = main.rpartition(" (")[2].removesuffix(")") if main.endswith(")") else ""
    return sorted(name for name in names if name not in {main, known_by} and main != f"{name} ({known_by})")
