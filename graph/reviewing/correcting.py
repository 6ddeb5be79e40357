"""The claim that a reviewer puts in the place of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from extract.dates import DateError, parse_edtf
from extract.model import Claim, Date, Entity
from graph.errors import GraphError
from graph.names import normalised
from graph.reviewing.decisions import Correction
from ontology.terms import SIGNATURES, Level, Property, Signature, is_a, may_join

RULE = "review"


class Names:
    """The things of a collection, by any of their names."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entities: Mapping[str, Entity] = {entity.key: entity for entity in entities}
        self._bearers: dict[str, list[Entity]] = defaultdict(list)
        for entity in self.entities.values():
            for name in {
                normalised(name) for name in (entity.label, entity.label_en or "", *entity.names, *entity.shared_names)
            }:
                self._bearers[name].append(entity)

    def bearers(self, name: str) -> list[Entity]:
        """The things that bear the name; one whose label it is goes before all others."""
        found = self._bearers.get(normalised(name), []) if name.strip() else []
        return [one for one in found if normalised(one.label) == normalised(name)] or found


def corrected(claim: Claim, correction: Correction, names: Names) -> Claim:
    """The claim as the reviewer would have it; its words stay, and it is as sure as a person is.

    Raises GraphError where a name is unknown or shared, a date is none, or the property cannot join the two.
    """
    predicate = correction.predicate or claim.predicate
    signature = SIGNATURES[predicate]
    subject, told = claim.subject, claim.object
    if correction.subject is not None:
        subject = _thing(
            correction.subject, names, [one for one in names.bearers(correction.subject) if _may_begin(signature, one)]
        )
    if correction.object is not None:
        told = _object(correction.object, predicate, subject, names)
    _check(subject, predicate, told, names)
    return replace(
        claim,
        subject=subject,
        predicate=predicate,
        object=told,
        factuality=correction.factuality or claim.factuality,
        valid_from=_limit(correction.valid_from, claim.valid_from),
        valid_until=_limit(correction.valid_until, claim.valid_until),
        rule=RULE,
        confidence=1.0,
    )


def _object(text: str, predicate: Property, subject: str, names: Names) -> str | Date | Level:
    signature = SIGNATURES[predicate]
    if signature.takes_date:
        return _date(text)
    if signature.takes_level:
        if text not in set(Level):
            raise GraphError(f"{text!r} is no level", todo=f"Write one of {', '.join(Level)}.")
        return Level(text)
    of = names.entities[subject].kind
    return _thing(text, names, [one for one in names.bearers(text) if may_join(predicate, of, one.kind)])


def _thing(name: str, names: Names, fitting: list[Entity]) -> str:
    if len(fitting) == 1:
        return fitting[0].key
    if fitting:
        labels = ", ".join(sorted(one.label for one in fitting))
        raise GraphError(f"{name!r} could be any of {labels}", todo="Write the label of the one that is meant.")
    if names.bearers(name):
        raise GraphError(f"{name!r} is not of a class that the property takes", todo="Correct the property too.")
    raise GraphError(f"nothing is called {name!r}", todo="Write a name that the graph knows.")


def _check(subject: str, predicate: Property, told: str | Date | Level, names: Names) -> None:
    signature, begins = SIGNATURES[predicate], names.entities[subject]
    if told == subject:
        raise GraphError(f"{begins.label} stands in no relation to itself", todo="Correct one of the two.")
    fits = (
        (signature.takes_date and isinstance(told, Date))
        or (signature.takes_level and isinstance(told, Level))
        or (type(told) is str and may_join(predicate, begins.kind, names.entities[told].kind))
    )
    if not (fits and _may_begin(signature, begins)):
        raise GraphError(f"{predicate} cannot say this of {begins.label}", todo="Correct the property, or what it joins.")


def _may_begin(signature: Signature, thing: Entity) -> bool:
    return any(is_a(thing.kind, kind) for kind in signature.domain)


def _limit(text: str | None, now: Date | None) -> Date | None:
    if text is None:
        return now
    return _date(text) if text else None


def _date(text: str) -> Date:
    try:
        return parse_edtf(text)
    except DateError as error:
        raise GraphError(f"{text!r} is no date", todo=error.todo) from error
