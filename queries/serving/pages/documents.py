"""The pages of a document, with its text and the words of its claims, and of a claim, with its words in their context."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from ontology.terms import AKG, PREFIXES
from queries.binding import bind
from queries.engine import Embedded, Engine
from queries.serving.pages.addresses import address
from queries.serving.pages.claims import CLAIM, HELD, Said, claims
from queries.serving.pages.highlights import around, marked
from queries.serving.pages.paging import part
from queries.serving.pages.rendering import View, page
from queries.serving.pages.showing import Names

_UNSAID = {ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode(AKG + "decides")}  # clear from where it stands
_SIZE = 500  # claims of a document on a page: its text is shown whole each time
_PREFIXES = """
PREFIX akg: <https://w3id.org/alliancekg/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX schema: <https://schema.org/>
"""
_TEXTS = _PREFIXES + "SELECT ?document ?text WHERE { VALUES ?document { UNDEF } ?document schema:text ?text }"
_IN_ORDER = (
    _PREFIXES
    + """SELECT ?claim WHERE { VALUES ?document { UNDEF } VALUES ?sort { UNDEF }
  ?evidence akg:inDocument ?document ; akg:start ?start . ?claim prov:wasDerivedFrom ?evidence ; a ?sort } ORDER BY ?start ?claim"""
)
_UNRESOLVED = (
    _PREFIXES
    + """SELECT DISTINCT ?quote ?reason WHERE { VALUES ?document { UNDEF }
  ?it a akg:Unresolved ; akg:inDocument ?document ; akg:quote ?quote ; akg:reason ?reason } LIMIT 500"""
)
_DECISIONS = (
    _PREFIXES
    + """SELECT ?decision ?predicate ?object WHERE {
  VALUES ?claim { UNDEF } ?decision akg:decides ?claim ; ?predicate ?object } LIMIT 500"""
)


def document(store: ox.Store, it: ox.NamedNode, view: View) -> dict[str, Any]:
    """The text of a document with the claims of it that fall on the page, and what it leaves open."""
    engine = Embedded(store)
    said, held = (part(_in_order(engine, it, sort), view.number, _SIZE) for sort in (CLAIM, HELD))
    found = claims(engine, view.lang, said.found)
    unresolved = engine.run(bind(_UNRESOLVED, {"document": [it]})).rows
    names = Names(engine, (), view.lang)
    first = (view.number - 1) * _SIZE + 1
    return {
        "claims": found,
        "first": first,
        "pieces": marked(_texts(engine, it).get(address(it.value), ""), found, address(it.value), first),
        "held": claims(engine, view.lang, held.found, held=True),
        "unresolved": [(names.show(quote), names.show(reason)) for quote, reason in unresolved],
        "more": said.more or held.more,
    }


def _in_order(engine: Engine, it: ox.NamedNode, sort: ox.NamedNode) -> Iterator[ox.NamedNode]:
    """The claims of a document, or what is held back of it, as its text has them."""
    rows = engine.run(bind(_IN_ORDER, {"document": [it], "sort": [sort]})).rows
    return (claim for (claim,) in rows if isinstance(claim, ox.NamedNode))


def _texts(engine: Engine, *documents: ox.NamedNode) -> dict[str, str]:
    """The texts of documents by their addresses here."""
    rows = engine.run(bind(_TEXTS, {"document": documents})).rows
    return {
        address(node.value): text.value
        for node, text in rows
        if isinstance(node, ox.NamedNode) and isinstance(text, ox.Literal)
    }


def claim_page(store: ox.Store, said: Said, view: View) -> bytes:
    """The page of a claim, or of what is held back."""
    engine = Embedded(store)
    texts = _texts(engine, ox.NamedNode(said.document_iri))
    decisions: dict[str, list[tuple[Any, Any]]] = {}
    rows = engine.run(bind(_DECISIONS, {"claim": [ox.NamedNode(said.iri)]})).rows
    names = Names(engine, [cell for row in rows for cell in row], view.lang)
    for decision, predicate, value in rows:
        if predicate in _UNSAID:
            continue
        decisions.setdefault(str(decision), []).append((names.show(predicate), names.show(value)))
    in_context = [(words, around(texts.get(words.document.href, ""), words.start, words.end)) for words in said.words]
    return page("claim.html", view, said=said, in_context=in_context, decisions=list(decisions.values()))
