"""Decisions of reviewers, as values and as JSON.

A decision is about what a claim says and where it says it (`Binding`), not about an IRI: the reading of a document may change
the IRIs of things, the offsets and the rule, and the decision holds none the less.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, TypeAlias

from graph.errors import GraphError
from graph.identity import digest
from graph.names import normalised
from ontology.terms import AKGID, Factuality, Kind, Level, Property, Verdict


@dataclass(frozen=True, slots=True)
class Named:
    """A thing by the label that it had, its top class, and its other names."""

    label: str
    top: Kind
    names: tuple[str, ...] = ()

    def may_be(self, other: Named) -> bool:
        """Whether both can be one thing: of one top class, one called by the label or both by a name of the other."""
        mine = {normalised(name) for name in (self.label, *self.names)}
        theirs = {normalised(name) for name in (other.label, *other.names)}
        return self.top is other.top and (normalised(self.label) in theirs or normalised(other.label) in mine)


Said: TypeAlias = Named | Level | str
"""What a claim says of its subject: a thing, a level, or a date (EDTF)."""


@dataclass(frozen=True, slots=True)
class Binding:
    """What a decision is about: what a claim says, and the words that say it.

    `quotes` are the pieces of the evidence in the order of the text, `offsets` where they stood. Dates are EDTF, empty where
    there is none.
    """

    document: str
    subject: Named
    predicate: Property
    object: Said
    factuality: Factuality
    quotes: tuple[str, ...]
    offsets: tuple[tuple[int, int], ...]
    valid_from: str = ""
    valid_until: str = ""
    attributed_to: Named | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What a claim should say, as far as it differs. None: as it is; an empty limit in time: no limit.

    Things are named by any of their names; `object` is such a name, a date (EDTF) or the local name of a level.
    """

    subject: str | None = None
    predicate: Property | None = None
    object: str | None = None
    factuality: Factuality | None = None
    valid_from: str | None = None
    valid_until: str | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) is not None for field in fields(self))


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer decided: `when` carries its time zone; `claim` and `corrected_to` are the IRIs that the claims had then."""

    id: str
    claim: str
    binding: Binding
    verdict: Verdict
    who: str
    when: datetime
    why: str = ""
    correction: Correction = Correction()
    corrected_to: str = ""

    @property
    def iri(self) -> str:
        return f"{AKGID}decision/{self.id}"

    @property
    def rejects(self) -> bool:
        """Whether the claim makes no fact; that of a correction does not either, another stands in its place."""
        return self.verdict is not Verdict.ACCEPTED


def decide(
    claim: str,
    binding: Binding,
    verdict: Verdict,
    *,
    who: str,
    when: datetime,
    why: str = "",
    correction: Correction | None = None,
    corrected_to: str = "",
) -> Decision:
    """A decision with an identifier of its own.

    Raises GraphError where it names nobody, its time has no zone, or it is a correction without one, or has one and is none.
    """
    if not who.strip():
        raise GraphError("a decision needs the name of who decides", todo="Say who you are: --reviewer NAME.")
    if when.tzinfo is None:
        raise GraphError("the time of a decision needs its zone", where=claim)
    if (verdict is Verdict.CORRECTED) != bool(correction):
        raise GraphError("a correction says what is to be otherwise, and no other verdict does", todo="Fill in what differs.")
    moment, otherwise = when.replace(microsecond=0), correction or Correction()
    made = Decision("", claim, binding, verdict, who.strip(), moment, why.strip(), otherwise, corrected_to)
    return replace(made, id=digest(claim, verdict, made.who, when.isoformat(), made.why, repr(otherwise)))


def to_json(decision: Decision) -> dict[str, Any]:
    """The decision as a JSON object."""
    binding = decision.binding
    return {
        "id": decision.id,
        "claim": decision.claim,
        "verdict": decision.verdict.value,
        "who": decision.who,
        "when": decision.when.isoformat(),
        "why": decision.why,
        "correction": {
            f.name: value for f in fields(Correction) if (value := getattr(decision.correction, f.name)) is not None
        },
        "corrected_to": decision.corrected_to,
        "document": binding.document,
        "subject": _named(binding.subject),
        "predicate": binding.predicate.value,
        "object": _said(binding.object),
        "factuality": binding.factuality.value,
        "quotes": list(binding.quotes),
        "offsets": [list(span) for span in binding.offsets],
        "valid_from": binding.valid_from,
        "valid_until": binding.valid_until,
        "attributed_to": _named(binding.attributed_to) if binding.attributed_to else None,
    }


def from_json(told: Mapping[str, Any]) -> Decision:
    """The decision again. Raises GraphError where the object is none."""
    try:
        binding = Binding(
            document=str(told["document"]),
            subject=_to_named(told["subject"]),
            predicate=Property(told["predicate"]),
            object=_to_said(told["object"]),
            factuality=Factuality(told["factuality"]),
            quotes=tuple(map(str, told["quotes"])),
            offsets=tuple((int(start), int(end)) for start, end in told["offsets"]),
            valid_from=str(told["valid_from"]),
            valid_until=str(told["valid_until"]),
            attributed_to=_to_named(told["attributed_to"]) if told["attributed_to"] else None,
        )
        correction = dict(told["correction"])
        if "predicate" in correction:
            correction["predicate"] = Property(correction["predicate"])
        if "factuality" in correction:
            correction["factuality"] = Factuality(correction["factuality"])
        return Decision(
            id=str(told["id"]),
            claim=str(told["claim"]),
            binding=binding,
            verdict=Verdict(told["verdict"]),
            who=str(told["who"]),
            when=datetime.fromisoformat(told["when"]),
            why=str(told["why"]),
            correction=Correction(**correction),
            corrected_to=str(told["corrected_to"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise GraphError(f"a decision is damaged: {type(error).__name__}: {error}") from error


def _named(thing: Named) -> dict[str, Any]:
    return {"label": thing.label, "top": thing.top.value, "names": list(thing.names)}


def _to_named(told: Mapping[str, Any]) -> Named:
    return Named(str(told["label"]), Kind(told["top"]), tuple(map(str, told["names"])))


def _said(told: Said) -> dict[str, Any]:
    match told:
        case Named():
            return _named(told)
        case Level():
            return {"level": told.value}
        case _:
            return {"date": told}


def _to_said(told: Mapping[str, Any]) -> Said:
    if "level" in told:
        return Level(told["level"])
    return str(told["date"]) if "date" in told else _to_named(told)
