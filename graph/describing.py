"""Entities and documents as triples: what a thing is called, what a document is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from extract.model import Document, Entity
from graph import literals
from graph.identity import document_iri, entity_iri, term_iri
from graph.names import language
from ontology.terms import PREFIXES, lineage

_RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_PREFERRED = NamedNode(PREFIXES["skos"] + "prefLabel")
_OTHER = NamedNode(PREFIXES["skos"] + "altLabel")
_SHARED = term_iri("ambiguousLabel")


def _dcterms(local: str) -> NamedNode:
    return NamedNode(PREFIXES["dcterms"] + local)


def _schema(local: str) -> NamedNode:
    return NamedNode(PREFIXES["schema"] + local)


# What an entity is described by; all else that the default graph says of it are facts.
DESCRIPTIVE = (_RDF_TYPE, _PREFERRED, _OTHER, _SHARED, _dcterms("date"))


def encode_entity(entity: Entity) -> Iterator[Triple]:
    """The entity with its class, the superclasses of it, and each name once; a meeting also with the date that identifies it.

    That date (dcterms:date) is no claim: a document may speak of 今回の会合 without saying in one place when it was held.
    Preferred, other and ambiguous labels are disjoint (SKOS Reference, W3C 2009, S13); of each language one is preferred.
    """
    iri = entity_iri(entity.key)
    for kind in lineage(entity.kind):
        yield Triple(iri, _RDF_TYPE, term_iri(kind))
    label = literals.name(entity.label)
    said: set[Literal] = {label}
    yield Triple(iri, _PREFERRED, label)
    if entity.label_en:
        english = literals.tagged(entity.label_en, "en")
        if english not in said:
            yield Triple(iri, _PREFERRED if language(entity.label) != "en" else _OTHER, english)
            said.add(english)
    for how, names in ((_OTHER, entity.names), (_SHARED, entity.shared_names)):
        for name in map(literals.name, names):
            if name not in said:
                yield Triple(iri, how, name)
                said.add(name)
    if entity.on is not None:
        yield Triple(iri, _dcterms("date"), literals.dated(entity.on))


def encode_document(document: Document, mentioned: Iterable[str] = ()) -> Iterator[Triple]:
    """The document with its text as given, and the things (linked keys) that it mentions.

    Without a title or source of its own its identifier, the name of its file, stands for it.
    """
    iri = document_iri(document.identifier)
    identifier = literals.words(document.identifier)
    yield Triple(iri, _RDF_TYPE, term_iri("Document"))
    yield Triple(iri, _dcterms("identifier"), identifier)
    yield Triple(iri, _dcterms("title"), literals.words(document.title) if document.title else identifier)
    yield Triple(iri, _dcterms("source"), literals.words(document.source) if document.source else identifier)
    if document.published:
        yield Triple(iri, _dcterms("issued"), literals.published(document.published))
    if document.publisher:
        yield Triple(iri, _dcterms("publisher"), literals.words(document.publisher))
    if document.author:
        yield Triple(iri, _dcterms("creator"), literals.words(document.author))
    yield Triple(iri, _schema("text"), literals.words(document.text))
    for key in mentioned:
        yield Triple(iri, _schema("mentions"), entity_iri(key))
