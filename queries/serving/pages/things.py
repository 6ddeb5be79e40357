"""The page of anything that the store knows, made in the process that asks: a thing, a document, a claim, or what else there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from ontology.terms import AKG, PREFIXES, Factuality
from queries.binding import bind
from queries.engine import Embedded, Engine, Result
from queries.serving.errors import RefusedError
from queries.serving.pages.addresses import address
from queries.serving.pages.claims import MOST, Said, claims, gathered
from queries.serving.pages.highlights import around, marked
from queries.serving.pages.rendering import View, page
from queries.serving.pages.showing import Names
from queries.serving.worker import Out

_PREFIXES = """
PREFIX akg: <https://w3id.org/alliancekg/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX schema: <https://schema.org/>
"""
_KNOWN = """SELECT ?it WHERE { VALUES ?it { UNDEF }
  FILTER(EXISTS { ?it ?p ?o } || EXISTS { ?s ?q ?it } || EXISTS { GRAPH ?it { ?x ?y ?z } }) }"""
_OWN = "SELECT ?predicate ?object WHERE { VALUES ?it { UNDEF } ?it ?predicate ?object } LIMIT 5000"
_MENTIONED = _PREFIXES + "SELECT DISTINCT ?it WHERE { VALUES ?thing { UNDEF } ?it schema:mentions ?thing } LIMIT 200"
_HERE = "SELECT DISTINCT ?subject ?predicate WHERE { VALUES ?it { UNDEF } ?subject ?predicate ?it } LIMIT 200"
_DATED = """
SELECT DISTINCT ?other ?predicate ?date WHERE {
  VALUES ?it { UNDEF }
  ?other ?link ?it ; ?predicate ?date .
  FILTER(STRSTARTS(STR(?predicate), "https://w3id.org/alliancekg/ontology#") && isLiteral(?date))
  FILTER NOT EXISTS { ?other a akg:Claim }
  FILTER NOT EXISTS { ?other a akg:Evidence }
  FILTER(STRENDS(STR(?predicate), "On"))
} LIMIT 500"""
_TEXTS = _PREFIXES + "SELECT ?document ?text WHERE { VALUES ?document { UNDEF } ?document schema:text ?text }"
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
_SKOS, _RDF = PREFIXES["skos"], PREFIXES["rdf"]
_NAMES = {_SKOS + "prefLabel", _SKOS + "altLabel", AKG + "ambiguousLabel"}
_INNER = {_RDF + "type", PREFIXES["schema"] + "text", PREFIXES["schema"] + "mentions", PREFIXES["dcterms"] + "title"}


@dataclass(frozen=True, slots=True)
class ThingPage:
    """The page of the first of some IRIs that the store knows. Raises RefusedError (404) where it knows none."""

    iris: tuple[str, ...]
    view: View

    def run(self, store: ox.Store, out: Out) -> None:
        engine = Embedded(store)
        out.write(_page(engine, known(engine, self.iris), self.view))


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


def _page(engine: Engine, iri: str, view: View) -> bytes:
    own = _about(engine, _OWN, "it", iri)
    types = {
        o.value for p, o in own.rows if isinstance(p, ox.NamedNode) and p.value == _RDF + "type" and isinstance(o, ox.NamedNode)
    }
    if AKG + "Claim" in types and (found := claims(engine, view.lang, claim=iri)):
        return _claim_page(engine, found[0], view)
    shown = _described(engine, iri, own, types, view)
    if AKG + "Document" in types:
        return page("document.html", view, **shown, **_document(engine, iri, view.lang))
    told = _thing(engine, iri, view.lang)
    claimed = {(fact.predicate, fact.object) for fact in told["facts"]}
    shown["further"] = [pair for pair in shown["further"] if pair not in claimed]
    return page("thing.html", view, **shown, **told)


def _about(engine: Engine, query: str, slot: str, iri: str) -> Result:
    return engine.run(bind(query, {slot: [ox.NamedNode(iri)]}))


def _described(engine: Engine, iri: str, own: Result, types: set[str], view: View) -> dict[str, Any]:
    """What every page says of its thing: its name, names, classes, and what no claim says."""
    names = Names(engine, [ox.NamedNode(iri), *(cell for row in own.rows for cell in row)], view.lang)
    called: dict[str, list[str]] = {}
    further = []
    for predicate, value in own.rows:
        key = predicate.value if isinstance(predicate, ox.NamedNode) else ""
        if key in _NAMES and isinstance(value, ox.Literal):
            called.setdefault(key.removeprefix(_SKOS).removeprefix(AKG), []).append(value.value)
        elif key not in _INNER:
            further.append((names.show(predicate), names.show(value)))
    main = names.show(ox.NamedNode(iri))
    others = {name for key in ("prefLabel", "altLabel") for name in called.get(key, ())}
    others -= {
        main.text,
        *(name for name in others if main.text == f"{name} ({_acronym(main.text)})" or name == _acronym(main.text)),
    }
    return {
        "iri": iri,
        "name": main,
        "types": sorted((names.show(ox.NamedNode(t)) for t in types if t.startswith(AKG)), key=lambda s: s.text),
        "other_names": [names.show(ox.Literal(name)) for name in sorted(others)],
        "shared_names": [names.show(ox.Literal(name)) for name in sorted(called.get("ambiguousLabel", ()))],
        "further": sorted(further, key=lambda pair: (pair[0].text, pair[1].text)),
    }


def _acronym(name: str) -> str:
    """What stands in brackets at the end of a name in full: 日米拡大抑止協議 (EDD)."""
    return name.rpartition(" (")[2].removesuffix(")") if name.endswith(")") else ""


def _thing(engine: Engine, iri: str, lang: str) -> dict[str, Any]:
    told, here = claims(engine, lang, subject=iri), claims(engine, lang, object=iri)
    standing = list(Factuality)
    apart = [said for said in (*told, *here) if not said.is_fact and not said.is_rejected]
    facts = gathered([said for said in told if said.is_fact])
    linking = _about(engine, _HERE, "it", iri) if not (told or here) else Result()
    names = Names(engine, [cell for row in linking.rows for cell in row], lang)
    mentions = _about(engine, _MENTIONED, "thing", iri)
    documents = Names(engine, [row[0] for row in mentions.rows], lang)
    return {
        "facts": facts,
        "marked": sorted(gathered(apart), key=lambda fact: standing.index(Factuality(fact.factuality))),
        "rejected": [said for said in (*told, *here) if said.is_rejected],
        "here": gathered([said for said in here if said.is_fact]),
        "linking": [(names.show(subject), names.show(predicate)) for subject, predicate in linking.rows],
        "mentioned": sorted((documents.show(row[0]) for row in mentions.rows), key=lambda s: s.text),
        "timeline": _timeline(engine, iri, told, lang),
        "cut": max(len(told), len(here)) >= MOST // 2,
    }


def _timeline(engine: Engine, iri: str, told: list[Said], lang: str) -> list[tuple[Any, ...]]:
    """Dates of the thing and of what links to it, facts alone: date, what, and of what if it is another thing."""
    own = {
        (said.earliest or said.object.text, said.object, said.predicate, None)
        for said in told
        if said.is_fact and said.earliest
    }
    dated = engine.run(bind(_PREFIXES + _DATED, {"it": [ox.NamedNode(iri)]}))
    names = Names(engine, [row[0] for row in dated.rows], lang)
    others = {(date.value, names.show(date), names.show(predicate), names.show(other)) for other, predicate, date in dated.rows
              if isinstance(date, ox.Literal)}  # fmt: skip
    return sorted(own | others, key=lambda line: (line[0], line[2].text, line[3].text if line[3] else ""))


def _document(engine: Engine, iri: str, lang: str) -> dict[str, Any]:
    found = claims(engine, lang, document=iri)
    text = _texts(engine, [iri]).get(address(iri), "")
    unresolved = _about(engine, _UNRESOLVED, "document", iri)
    names = Names(engine, (), lang)
    return {
        "claims": found,
        "pieces": marked(text, found, address(iri)),
        "unresolved": [(names.show(quote), names.show(reason)) for quote, reason in unresolved.rows],
        "cut": len(found) >= MOST // 2,
    }


def _texts(engine: Engine, documents: list[str]) -> dict[str, str]:
    """The texts of documents by their addresses here."""
    result = engine.run(bind(_TEXTS, {"document": [ox.NamedNode(iri) for iri in documents]}))
    return {
        address(node.value): text.value
        for node, text in result.rows
        if isinstance(node, ox.NamedNode) and isinstance(text, ox.Literal)
    }


def _claim_page(engine: Engine, said: Said, view: View) -> bytes:
    texts = _texts(engine, [said.document_iri])
    decisions: dict[str, list[tuple[Any, Any]]] = {}
    rows = _about(engine, _DECISIONS, "claim", said.iri).rows
    names = Names(engine, [cell for row in rows for cell in row], view.lang)
    for decision, predicate, value in rows:
        decisions.setdefault(str(decision), []).append((names.show(predicate), names.show(value)))
    in_context = [(words, around(texts.get(words.document.href, ""), words.start, words.end)) for words in said.words]
    return page("claim.html", view, said=said, in_context=in_context, decisions=list(decisions.values()))
