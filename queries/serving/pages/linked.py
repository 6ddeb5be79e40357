"""What a page says of a thing: its facts, what is no fact, what links to it, and when all of it was. Costs what is shown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import pyoxigraph as ox

from ontology.terms import AKG, PREFIXES, Factuality, Property
from queries.binding import bind
from queries.engine import Embedded, Engine
from queries.serving.pages.claims import HELD_OBJECT, HELD_SUBJECT, OBJECT, SUBJECT, Said, claims, gathered
from queries.serving.pages.graphs import triples_of
from queries.serving.pages.paging import Part, part
from queries.serving.pages.rendering import View
from queries.serving.pages.showing import Names

_MENTIONS = ox.NamedNode(PREFIXES["schema"] + "mentions")
_LINKS = tuple(ox.NamedNode(AKG + word) for word in Property)
_DATED = """SELECT DISTINCT ?other ?predicate ?date WHERE {
  VALUES ?other { UNDEF } ?other ?predicate ?date
  FILTER(isLiteral(?date) && STRSTARTS(STR(?predicate), "https://w3id.org/alliancekg/ontology#") && STRENDS(STR(?predicate), "On"))
}"""


def linked(store: ox.Store, thing: ox.NamedNode, view: View) -> dict[str, Any]:
    """The lists of a page of a thing, each as far as the number of the page says."""
    engine, lang, number = Embedded(store), view.lang, view.number
    subject, value = (_naming(store, thing, number, word) for word in (SUBJECT, OBJECT))
    held = _naming(store, thing, number, HELD_SUBJECT, HELD_OBJECT)
    mentions = _naming(store, thing, number, _MENTIONS)
    told, here = claims(engine, lang, subject.found), claims(engine, lang, value.found)
    linking = _linking(store, thing, number)
    stated = part(triples_of(store, thing), number)
    names = Names(engine, {cell for row in (*linking.found, *(tuple(t) for t in stated.found)) for cell in row}, lang)
    documents = Names(engine, mentions.found, lang)
    both = (*told, *here)
    return {
        "facts": gathered([said for said in told if said.is_fact]),
        "marked": _by_standing([said for said in both if not said.is_fact and not said.is_rejected]),
        "rejected": [said for said in both if said.is_rejected],
        "held": claims(engine, lang, held.found, held=True),
        "here": gathered([said for said in here if said.is_fact]),
        "linking": [(names.show(other), names.show(predicate)) for other, predicate in linking.found],
        "stated": [tuple(names.show(cell) for cell in triple) for triple in stated.found],
        "mentioned": sorted((documents.show(document) for document in mentions.found), key=lambda s: s.text),
        "timeline": _timeline(store, thing, told, view),
        "more": any(one.more for one in (subject, value, held, mentions, linking, stated)),
    }


def _by_standing(found: list[Said]) -> list[Any]:
    standing = list(Factuality)
    return sorted(gathered(found), key=lambda fact: standing.index(Factuality(fact.factuality)))


def _naming(store: ox.Store, thing: ox.NamedNode, number: int, *words: ox.NamedNode) -> Part[ox.NamedNode]:
    """What names a thing by these words."""
    return part(_subjects(store, thing, words), number)


def _subjects(store: ox.Store, thing: ox.NamedNode, words: tuple[ox.NamedNode, ...]) -> Iterator[ox.NamedNode]:
    quads = chain.from_iterable(store.quads_for_pattern(None, word, thing) for word in words)
    return (quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode))


def _linking(store: ox.Store, thing: ox.NamedNode, number: int) -> Part[tuple[Any, ox.NamedNode]]:
    """Whatever links to a thing that no claim is about."""
    if any(next(iter(store.quads_for_pattern(None, word, thing)), None) for word in (SUBJECT, OBJECT)):
        return Part((), more=False)
    return part(((quad.subject, quad.predicate) for quad in store.quads_for_pattern(None, None, thing)), number)


def _timeline(store: ox.Store, thing: ox.NamedNode, told: list[Said], view: View) -> list[tuple[Any, ...]]:
    """Dates of the thing and of what links to it, facts alone: date, what, and of what if it is another thing."""
    own = {
        (said.earliest or said.object.text, said.object, said.predicate, None)
        for said in told
        if said.is_fact and said.earliest
    }
    others = part(_subjects(store, thing, _LINKS), view.number).found
    engine: Engine = Embedded(store)
    dated = engine.run(bind(_DATED, {"other": others})).rows if others else ()
    names = Names(engine, [row[0] for row in dated], view.lang)
    beside = {(date.value, names.show(date), names.show(predicate), names.show(other)) for other, predicate, date in dated
              if isinstance(date, ox.Literal)}  # fmt: skip
    return sorted(own | beside, key=lambda line: (line[0], line[2].text, line[3].text if line[3] else ""))
