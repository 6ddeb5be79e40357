"""What there is to review: claims with their words, in the order and of the kind that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from extract.model import Claim, Date, Document, Span
from graph.identity import claim_iri
from graph.reviewing.correcting import Names, corrected
from graph.reviewing.decisions import Correction, Decision, decide
from graph.reviewing.matching import bind, match
from graph.vocabulary import called
from ontology.terms import Factuality, Level, Property, Verdict

_AROUND = 60  # characters of context on each side of a quote


class Order(StrEnum):
    """In which order claims are gone through."""

    TEXT = "text"
    CONFIDENCE = "confidence"


@dataclass(frozen=True, slots=True)
class Context:
    """A quote with what stands around it."""

    before: str
    quote: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}【{self.quote}】{self.after}"


@dataclass(frozen=True, slots=True)
class Item:
    """A claim (a linked one) of a document, and the decision that holds for it. `names` know the things that it is about."""

    document: Document
    claim: Claim
    names: Names
    decision: Decision | None = None

    @property
    def iri(self) -> str:
        return claim_iri(self.document.identifier, self.claim).value

    @property
    def subject(self) -> str:
        return self.names.entities[self.claim.subject].label

    def object(self, lang: str) -> str:
        """A thing by its label, a level as the vocabulary calls it, a date as EDTF."""
        told = self.claim.object
        if isinstance(told, Date):
            return told.edtf
        return called(told, lang) if isinstance(told, Level) else self.names.entities[told].label

    @property
    def contexts(self) -> tuple[Context, ...]:
        """The pieces of the evidence in the order of the text."""
        return tuple(_context(self.document.text, span) for span in self.claim.evidence)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a reviewer says of an item."""

    item: Item
    verdict: Verdict
    why: str = ""
    correction: Correction | None = None

    def decided(self, who: str, when: datetime) -> Decision:
        """The decision that this makes. Raises GraphError where it makes none: see `decide` and `corrected`."""
        item, placed = self.item, ""
        if self.correction:
            placed = claim_iri(item.document.identifier, corrected(item.claim, self.correction, item.names)).value
        binding = bind(item.document, item.claim, item.names.entities)
        return decide(
            item.iri, binding, self.verdict, who=who, when=when, why=self.why, correction=self.correction, corrected_to=placed
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """Which claims are wanted; what is empty or None does not limit. Those decided about are left out unless `decided`."""

    documents: frozenset[str] = frozenset()
    properties: frozenset[Property] = frozenset()
    factualities: frozenset[Factuality] = frozenset()
    least: float = 0.0
    most: float = 1.0
    decided: bool = False

    def __contains__(self, item: Item) -> bool:
        claim = item.claim
        return (
            (not self.documents or item.document.identifier in self.documents)
            and (not self.properties or claim.predicate in self.properties)
            and (not self.factualities or claim.factuality in self.factualities)
            and self.least <= claim.confidence <= self.most
            and (self.decided or item.decision is None)
        )


def items(document: Document, claims: Iterable[Claim], decisions: Iterable[Decision], names: Names) -> tuple[Item, ...]:
    """The claims of a document, with the decisions that hold for them."""
    found = tuple(claims)
    standing = match(decisions, document, found, names.entities).standing
    return tuple(Item(document, claim, names, standing.get(claim)) for claim in found)


def chosen(found: Iterable[Item], choice: Choice, order: Order = Order.TEXT) -> tuple[Item, ...]:
    """The wanted ones: in the order of the text, or the least sure first."""

    def place(item: Item) -> tuple[float, str, Sequence[Span], str]:
        least_sure = item.claim.confidence if order is Order.CONFIDENCE else 0.0
        return least_sure, item.document.identifier, item.claim.evidence, item.iri

    return tuple(sorted((item for item in found if item in choice), key=place))


def _context(text: str, span: Span) -> Context:
    before, after = text[max(0, span.start - _AROUND) : span.start], text[span.end : span.end + _AROUND]
    return Context(
        ("…" if span.start > _AROUND else "") + before, span.of(text), after + ("…" if span.end + _AROUND < len(text) else "")
    )
