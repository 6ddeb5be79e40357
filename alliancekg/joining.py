"""Merges and splits of entities in a store, named as people name them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from alliancekg.reading import this_run
from extract.model import Entity
from graph.appearances import appearance
from graph.errors import GraphError
from graph.identity import entity_iri
from graph.joining import Anchor, Joining, Sameness
from graph.names import normalised
from graph.reviewing.correcting import Names
from graph.store.collection import reading, writing
from ontology.terms import AKGID, Kind


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision about entities with its number; `holds` is False where documents no longer call things so."""

    number: int
    joining: Joining
    holds: bool


def merge(store: Path, one: str, other: str, *, who: str, why: str = "") -> int:
    """Make one of two things, each given by a name or an IRI; the number of the decision.

    Raises GraphError where a name is unknown or ambiguous, or the two are one already or of different classes.
    """
    with writing(store) as collection:
        names = Names(collection.linking().entities)
        first, second = _named(one, names), _named(other, names)
        if first.key == second.key:
            raise GraphError(f"{one} and {other} are one already: {first.label}")
        ends = _anchor(first), _anchor(second)
        if ends[0].top is not ends[1].top:
            raise GraphError(f"{first.label} is a {ends[0].top.value}, {second.label} a {ends[1].top.value}")
        return collection.join(Joining(Sameness.ONE, *ends, who, datetime.now(UTC), why), run=this_run())


def split(store: Path, thing: str, *, called: str = "", document: str = "", who: str, why: str = "") -> int:
    """Make two of one thing: what documents call `called` is another, or what `document` (its identifier) means by the thing's label.

    Raises GraphError where a name is unknown or ambiguous, or no document would tell the two apart.
    """
    with writing(store) as collection:
        linking = collection.linking()
        whole = _anchor(_named(thing, Names(linking.entities)))
        other = replace(whole, document=document) if document else Anchor(whole.top, normalised(called))
        decision = Joining(Sameness.TWO, whole, other, who, datetime.now(UTC), why)
        if not collection.applies(decision):
            todo = "Give the label that documents give to the other thing, or the document that means another."
            raise GraphError(f"no document calls {thing} so that it could be told apart by {document or called!r}", todo=todo)
        return collection.join(decision, run=this_run())


def withdraw(store: Path, number: int) -> None:
    """Take back a decision. Raises GraphError where there is none of this number."""
    with writing(store) as collection:
        collection.withdraw_joining(number, run=this_run())


def decided(store: Path) -> tuple[Decided, ...]:
    """All decisions about entities, in the order in which they were made."""
    with reading(store) as collection:
        return tuple(Decided(number, j, collection.applies(j)) for number, j in collection.joinings().items())


def _named(name: str, names: Names) -> Entity:
    key = name.removeprefix(AKGID).removeprefix("akgid:")
    by_iri = [entity for entity in names.entities.values() if entity_iri(entity.key).value == AKGID + key]
    found = by_iri or names.bearers(name)
    if not found:
        raise GraphError(f"nothing in the store is called {name!r}", todo="Give a name as documents have it, or an IRI.")
    if len(found) > 1:
        said = ", ".join(f"{entity.label} (akgid:{entity.key})" for entity in found)
        raise GraphError(f"{name!r} could be any of: {said}", todo="Give the one that you mean by what stands in brackets.")
    if found[0].kind is Kind.MEETING:
        raise GraphError(f"{found[0].label} is a meeting", todo="Meetings are one by their forum and date: merge the forums.")
    return found[0]


def _anchor(entity: Entity) -> Anchor:
    told = appearance("", entity)
    return Anchor(told.top, told.label, entity.key if entity.authority else "")
