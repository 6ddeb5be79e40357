"""Claims in the making: gathered, held against the vocabulary, one for each fact and standing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from extract.model import Claim, Date, Sentence, Span, Stretch
from extract.names.states import PAIR
from extract.names.things import Things
from ontology.terms import SIGNATURES, Factuality, Kind, Level, Property, is_a, lineage, may_join

CERTAIN, LIKELY, SUPPLIED = 0.95, 0.85, 0.75
REPLACING = (Property.REPLACES, Property.RENAMED_FROM)


@dataclass(slots=True)
class Drafts:
    """The claims of one document. What the vocabulary does not let join is left out."""

    things: Things
    claims: dict[tuple[object, ...], Claim] = field(default_factory=dict)
    ends: dict[tuple[object, Property], list[tuple[object, ...]]] = field(default_factory=dict)  # claims by each of their ends
    foundings: dict[Factuality, set[str]] = field(default_factory=dict)  # bodies, by how sure their founding is, dated or not

    def found(self, body: str, standing: Factuality) -> None:
        """Take note that a sentence tells of the founding of a body."""
        self.foundings.setdefault(standing, set()).add(body)

    def add(
        self,
        subject: str,
        predicate: Property,
        obj: str | Date | Level,
        factuality: Factuality,
        evidence: Iterable[Span],
        rule: str,
        *,
        confidence: float = CERTAIN,
        valid_from: Date | None = None,
        valid_until: Date | None = None,
        attributed_to: str | None = None,
    ) -> bool:
        """Take one claim in; returns whether the vocabulary has a place for it."""
        spans = tuple(sorted(set(evidence)))
        if not spans or not self._joins(subject, predicate, obj):
            return False
        key = (subject, predicate, obj, factuality, valid_from, valid_until)
        claim = Claim(subject, predicate, obj, factuality, spans, rule, confidence, valid_from, valid_until, attributed_to)
        known = self.claims.get(key)
        if known is None:
            for end in (subject, obj):
                self.ends.setdefault((end, predicate), []).append(key)
        if known is None or known.confidence < confidence:
            self.claims[key] = claim
        return True

    def limit(
        self, subject: str, predicate: Property, obj: str, *, since: Date | None = None, until: Date | None = None
    ) -> None:
        """Set since or until when held what has been claimed as a fact of two things without a limit."""
        for key in tuple(self.ends.get((obj, predicate), ())):
            claim = self.claims[key]
            limited = claim.valid_from or claim.valid_until
            if claim.subject != subject or claim.object != obj or claim.factuality is not Factuality.ACTUAL or limited:
                continue
            del self.claims[key]
            for end in (subject, obj):
                self.ends[end, predicate].remove(key)
            self.add(
                subject,
                predicate,
                obj,
                claim.factuality,
                claim.evidence,
                claim.rule,
                confidence=claim.confidence,
                valid_from=since,
                valid_until=until,
                attributed_to=claim.attributed_to,
            )

    def told_in(self, sentence: Sentence, obj: str, *predicates: Property) -> tuple[Claim, ...]:
        """The facts about a thing as object that a sentence tells."""
        first, last = sentence.starts[0], sentence.ends[-1]
        told = (c for c in self._with(obj, *predicates) if c.object == obj and c.factuality is Factuality.ACTUAL)
        return tuple(c for c in told if first <= c.evidence[0].start and c.evidence[-1].end <= last)

    def objects(self, subject: str, *predicates: Property) -> tuple[str | Date | Level, ...]:
        """What has been claimed of a thing, whatever its standing, in the order of the text."""
        return tuple(dict.fromkeys(c.object for c in self._with(subject, *predicates) if c.subject == subject))

    def subjects(self, obj: str, *predicates: Property) -> tuple[str, ...]:
        """Of what a thing has been claimed, whatever the standing, in the order of the text."""
        return tuple(dict.fromkeys(c.subject for c in self._with(obj, *predicates) if c.object == obj))

    def _with(self, end: str, *predicates: Property) -> Iterator[Claim]:
        """The claims of some properties that have a thing at either end."""
        return (self.claims[key] for predicate in predicates for key in self.ends.get((end, predicate), ()))

    def add_meeting(self, key: str, evidence: Iterable[Span], factuality: Factuality, confidence: float) -> None:
        """Take in a meeting's own facts: whose it is and when."""
        thing, spans = self.things[key], tuple(evidence)
        if thing.on is None:
            return
        self.add(key, Property.HELD_ON, thing.on, factuality, spans, "meeting", confidence=confidence)
        if thing.forum:
            forum = self.things.current(thing.forum)
            self.add(key, Property.MEETING_OF, forum, factuality, spans, "meeting", confidence=confidence)

    def succeeds(self, later: str, earlier: str) -> bool:
        """Whether the text has said that one thing took the place of another: 第1連隊は第2連隊に改編された."""
        return earlier in self.objects(later, *REPLACING)

    def become(self, body: str, on: Date) -> str:
        """What a body had turned into by a date, as the text has told: of a 対話 that was made a 協議会, the 協議会."""
        for claim in self._with(body, *REPLACING):
            since = claim.valid_from.earliest if claim.valid_from else None
            if (
                claim.object == body
                and claim.factuality is Factuality.ACTUAL
                and since
                and on.earliest
                and since <= on.earliest
            ):
                return claim.subject
        return body

    def _joins(self, subject: str, predicate: Property, obj: str | Date | Level) -> bool:
        signature = SIGNATURES[predicate]
        kind = self.things.kind(subject)
        if not any(is_a(kind, k) for k in signature.domain):
            return False
        if predicate is Property.HAS_PARTICIPANT and obj == self.things[subject].forum:
            return False  # a body does not attend its own meeting
        if predicate in OF_PARTIES and self._between_others(subject, obj):
            return False
        if isinstance(obj, Date):
            return signature.takes_date
        if isinstance(obj, Level):
            return signature.takes_level
        return obj != subject and may_join(predicate, kind, self.things.kind(obj))

    def _between_others(self, subject: str, obj: object) -> bool:
        """Whether an agreement is by its name between other states: 米国 is no party of 日印ACSA."""
        thing = self.things[subject]
        between = self.things.knowledge.states.prefix(thing.label)
        state = isinstance(obj, str) and obj in self.things and self.things.kind(obj) is Kind.STATE
        return state and len(between) >= PAIR and obj not in between

    def settled(self) -> tuple[Claim, ...]:
        """All claims with the keys that stand today, in the order of the text; equal ones made one."""
        out: dict[tuple[object, ...], Claim] = {}
        to_come, held, unfounded = self._to_come(), self._held(), self._unfounded()
        for claim in self.claims.values():
            if claim.rule == "name.states" and claim.subject in unfounded:
                continue
            obj = (
                self.things.current(claim.object)
                if isinstance(claim.object, str) and not isinstance(claim.object, Level)
                else claim.object
            )
            placing = claim.rule in PLACING or (claim.predicate is Property.LEVEL and claim.factuality is Factuality.ACTUAL)
            standing = Factuality.PLANNED if placing and claim.subject in to_come else claim.factuality
            if claim.predicate is Property.LEVEL:
                standing = held.get(claim.subject, standing)
            now = replace(claim, factuality=standing, subject=self.things.current(claim.subject), object=obj)
            key = (now.subject, now.predicate, str(now.object), now.factuality, now.valid_from, now.valid_until)
            if now.subject != now.object and key not in out:
                out[key] = now
        return tuple(sorted(out.values(), key=lambda c: (c.evidence[0], c.predicate, c.subject)))

    def _unfounded(self) -> frozenset[str]:
        """The bodies that the document only proposes, holds possible or denies to be founded: their names tell of nobody who sits in them."""
        open_ = (Factuality.PROPOSED, Factuality.POSSIBLE, Factuality.NEGATED)
        there = self.foundings.get(Factuality.ACTUAL, set()) | self.foundings.get(Factuality.PLANNED, set())
        return frozenset(k for standing in open_ for k in self.foundings.get(standing, ()) if k not in there)

    def _held(self) -> dict[str, Factuality]:
        """The meetings that the document nowhere says were held, with the standing that it gives them: their level has the same."""
        said: dict[str, set[Factuality]] = {}
        for claim in self.claims.values():
            if claim.predicate is Property.HELD_ON and self.things.kind(claim.subject) is Kind.MEETING:
                said.setdefault(claim.subject, set()).add(claim.factuality)
        return {key: next(iter(standings)) for key, standings in said.items() if len(standings) == 1}

    def _to_come(self) -> frozenset[str]:
        """The bodies that the document only says will be founded: what it says of their place is to come too."""
        founded = {
            standing: {
                c.subject for c in self.claims.values() if c.predicate is Property.ESTABLISHED_ON and c.factuality is standing
            }
            | self.foundings.get(standing, set())
            for standing in (Factuality.PLANNED, Factuality.ACTUAL)
        }
        return frozenset(founded[Factuality.PLANNED] - founded[Factuality.ACTUAL])


OF_PARTIES = frozenset({Property.HAS_PARTY, Property.SIGNED_BY})
# Rules that place a body by a mere の: 自衛隊の統合作戦司令部.
PLACING = frozenset({"part", "seat", "name.part", "name.about"})


def topic_key(things: Things, text: str) -> str:
    """The key of a topic, a field of cooperation or a matter that is dealt with."""
    return things.take(text, Kind.TOPIC)


def quote(sentence: Sentence, *stretches: Stretch) -> tuple[Span, ...]:
    """The document's characters from the first to the last of some stretches of a sentence."""
    start = min(s for s, _ in stretches)
    end = max(e for _, e in stretches)
    return sentence.source(start, end)


def top(kind: Kind) -> Kind:
    return lineage(kind)[-1]
