"""What there is to link: each entity as one document knows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from extract.model import Entity, Extraction
from graph.errors import GraphError
from graph.names import normalised
from ontology.terms import Kind, lineage


@dataclass(frozen=True, slots=True)
class Appearance:
    """An entity of one extraction; `document` is the identifier of the document.

    `label` is the label as compared, the label itself where nothing of it is compared (a name of quotation marks). `top` is the
    top class: things of different top classes are different things.
    """

    document: str
    entity: Entity
    label: str
    top: Kind


def appearance(document: str, entity: Entity) -> Appearance:
    """An entity as a document knows it."""
    return Appearance(document, entity, normalised(entity.label) or entity.label, lineage(entity.kind)[-1])


def in_order(extractions: Sequence[Extraction]) -> tuple[Extraction, ...]:
    """The extractions by document identifier, so that the order of reading decides nothing.

    Raises GraphError where two documents bear one identifier.
    """
    ordered = tuple(sorted(extractions, key=lambda e: e.document.identifier))
    for one, other in pairwise(ordered):
        if one.document.identifier == other.document.identifier:
            raise GraphError(
                "two documents bear this identifier", where=one.document.identifier, todo="Give one of them another file name."
            )
    return ordered


def appearances(extractions: Iterable[Extraction]) -> list[Appearance]:
    """All entities of the extractions, within a document by key. Raises GraphError where a key occurs twice in one."""
    found: list[Appearance] = []
    for extraction in extractions:
        identifier = extraction.document.identifier
        entities = sorted(extraction.entities, key=attrgetter("key"))
        if len({entity.key for entity in entities}) < len(entities):
            raise GraphError("two entities of one extraction have the same key", where=identifier)
        found += [appearance(identifier, entity) for entity in entities]
    return found
