"""Which claim a decision is about, after the document has been read anew.

It is the one that says the same of the same things, by words that the decision was about. Where the words are gone, or no claim
says so any more, the decision does not apply; neither does it where two claims fit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from extract.model import Claim, Date, Document, Entity, Span
from graph.names import storable
from graph.reviewing.decisions import Binding, Decision, Named, Said
from ontology.terms import Level, lineage


class Lapse(StrEnum):
    """Why a decision does not apply."""

    NO_DOCUMENT = "the document is no longer there"
    NO_QUOTE = "the words are no longer in the document"
    NO_CLAIM = "no claim says this any more"
    OTHER_WORDS = "the claim now rests on other words"
    TWO_CLAIMS = "more than one claim fits"
    CORRECTION = "what it was corrected to is not known any more"

    def in_(self, lang: str) -> str:
        """The reason in Japanese or English."""
        return _JAPANESE[self] if lang == "ja" else self.value


_JAPANESE = {
    Lapse.NO_DOCUMENT: "文書がなくなった",
    Lapse.NO_QUOTE: "原文の語句が文書からなくなった",
    Lapse.NO_CLAIM: "同じ内容の主張がなくなった",
    Lapse.OTHER_WORDS: "主張の根拠が別の語句になった",
    Lapse.TWO_CLAIMS: "当てはまる主張が複数ある",
    Lapse.CORRECTION: "訂正に使われた名称がもう知られていない",
}


@dataclass(frozen=True, slots=True)
class Matches:
    """Decisions with the claims that they are about, in the order in which they were made, and those that apply no longer."""

    applied: tuple[tuple[Decision, Claim], ...] = ()
    lapsed: tuple[tuple[Decision, Lapse], ...] = ()

    @property
    def standing(self) -> Mapping[Claim, Decision]:
        """The decision that holds for each claim: the last one."""
        return {claim: decision for decision, claim in self.applied}


def bind(document: Document, claim: Claim, entities: Mapping[str, Entity]) -> Binding:
    """What a decision about the claim would be about; `entities` are those of the claim's keys."""
    return Binding(
        document=document.identifier,
        subject=_named(entities[claim.subject]),
        predicate=claim.predicate,
        object=_said(claim.object, entities),
        factuality=claim.factuality,
        quotes=tuple(storable(span.of(document.text)) for span in claim.evidence),
        offsets=tuple((span.start, span.end) for span in claim.evidence),
        valid_from=claim.valid_from.edtf if claim.valid_from else "",
        valid_until=claim.valid_until.edtf if claim.valid_until else "",
        attributed_to=_named(entities[claim.attributed_to]) if claim.attributed_to else None,
    )


def match(
    decisions: Iterable[Decision], document: Document, claims: Sequence[Claim], entities: Mapping[str, Entity]
) -> Matches:
    """The claims of a document, as read now, that the decisions on it are about.

    `claims` and `entities` are to be linked ones, as decisions are made on these.
    """
    alike: dict[tuple[object, ...], list[tuple[Claim, Binding]]] = defaultdict(list)
    for claim in claims:
        binding = bind(document, claim, entities)
        alike[_sense(binding)].append((claim, binding))
    text = storable(document.text)
    applied: list[tuple[Decision, Claim]] = []
    lapsed: list[tuple[Decision, Lapse]] = []
    for decision in decisions:
        found = _found(decision.binding, alike.get(_sense(decision.binding), []), text)
        if isinstance(found, Lapse):
            lapsed.append((decision, found))
        else:
            applied.append((decision, found))
    return Matches(tuple(applied), tuple(lapsed))


def _sense(binding: Binding) -> tuple[object, ...]:
    """What has to be the same to the letter."""
    told = binding.object
    return (
        binding.predicate,
        binding.factuality,
        told.top if isinstance(told, Named) else told,
        binding.valid_from,
        binding.valid_until,
        binding.attributed_to is None,
    )


def _found(wanted: Binding, candidates: Sequence[tuple[Claim, Binding]], text: str) -> Claim | Lapse:
    if not any(quote in text for quote in wanted.quotes):
        return Lapse.NO_QUOTE
    saying = [(claim, binding) for claim, binding in candidates if _same(wanted, binding)]
    if not saying:
        return Lapse.NO_CLAIM
    said = [(claim, binding) for claim, binding in saying if _overlap(wanted.quotes, claim.evidence, text)]
    if not said:
        return Lapse.OTHER_WORDS
    if len(said) > 1:  # two things of one name: the words, the label and the place tell which one was meant
        said.sort(key=lambda one: _distance(wanted, one[1]))
        if _distance(wanted, said[0][1]) == _distance(wanted, said[1][1]):
            return Lapse.TWO_CLAIMS
    return said[0][0]


def _same(one: Binding, other: Binding) -> bool:
    pairs = ((one.subject, other.subject), (one.object, other.object), (one.attributed_to, other.attributed_to))
    return all(mine.may_be(theirs) for mine, theirs in pairs if isinstance(mine, Named) and isinstance(theirs, Named))


def _overlap(quotes: Iterable[str], evidence: Iterable[Span], text: str) -> bool:
    """Whether any of the words stand where any of the evidence stands."""
    spans = tuple(evidence)
    return any(
        quote in text[max(0, span.start - len(quote) + 1) : span.end + len(quote) - 1]
        for quote in quotes
        for span in spans
        if quote
    )


def _distance(wanted: Binding, other: Binding) -> tuple[bool, bool, int]:
    """How far another binding is from the wanted one: in words, in labels, in place."""
    labels = (wanted.subject.label, _label(wanted.object)) != (other.subject.label, _label(other.object))
    return wanted.quotes != other.quotes, labels, abs(wanted.offsets[0][0] - other.offsets[0][0]) if wanted.offsets else 0


def _label(told: Said) -> str:
    return told.label if isinstance(told, Named) else str(told)


def _said(told: str | Date | Level, entities: Mapping[str, Entity]) -> Said:
    match told:
        case Date():
            return told.edtf
        case Level():
            return told
        case _:
            return _named(entities[told])


def _named(entity: Entity) -> Named:
    names = tuple(name for name in (entity.label_en, *entity.names) if name)
    return Named(entity.label, lineage(entity.kind)[-1], names)
