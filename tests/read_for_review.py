"""A document as a reviewer has it before him: read, linked, and matched with what was decided before."""

from __future__ import annotations

from datetime import UTC, datetime

from claims_told import MEMBER, PLAN, document, says

from extract.model import Claim
from graph.encoding import linked_claims
from graph.linking import link
from graph.reviewing.correcting import Names
from graph.reviewing.decisions import Decision
from graph.reviewing.encoding import review
from graph.reviewing.items import Ruling, items
from graph.reviewing.matching import match
from ontology.terms import Level, Property, Verdict

NOON = datetime(2025, 1, 2, 12, tzinfo=UTC)
SUCCEEDS = says("dicas", Property.REPLACES, "stf", "DICASはS&TFに代わる", confidence=0.6)
LEVEL = says("scc", Property.LEVEL, Level.DIRECTOR_GENERAL, "局長級である", confidence=0.5)
CLAIMS = (PLAN, SUCCEEDS, MEMBER, LEVEL)


class Read:
    """A document as it is read and linked."""

    def __init__(self, *claims, **more) -> None:
        self.extraction = document(*claims, title="題", **more)
        linking = link([self.extraction])
        self.document = self.extraction.document
        self.claims = linked_claims(self.extraction, linking)
        self.names = Names(linking.entities)

    def claim(self, predicate: Property) -> Claim:
        return next(claim for claim in self.claims if claim.predicate is predicate)

    def items(self, *decisions):
        return items(self.document, self.claims, decisions, self.names)

    def decision(self, predicate: Property, verdict=Verdict.REJECTED, correction=None, **more) -> Decision:
        item = next(item for item in self.items() if item.claim.predicate is predicate)
        return Ruling(item, verdict, correction=correction, **more).decided("某", NOON)

    def match(self, *decisions):
        return match(decisions, self.document, self.claims, self.names.entities)

    def review(self, *decisions):
        return review(self.document, self.claims, decisions, self.names)


BEFORE = Read(*CLAIMS)
