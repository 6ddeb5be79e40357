"""What reviewers decided, as the ledger keeps it: by document, and what it makes of the claims of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from extract.model import Claim, Document
from graph.identity import digest
from graph.linking import Linking
from graph.reviewing.correcting import Names
from graph.reviewing.decisions import Decision, from_json
from graph.reviewing.encoding import Reviewed, review
from graph.store.ledger import Ledger


def by_document(ledger: Ledger) -> Mapping[str, list[Decision]]:
    """The decisions by the document that they are about, in the order in which they were made."""
    found: dict[str, list[Decision]] = defaultdict(list)
    for content in ledger.decisions():
        decision = from_json(content)
        found[decision.binding.document].append(decision)
    return dict(found)


def decisions_made(ledger: Ledger) -> str:
    """A digest of which decisions there are, and in which order."""
    return digest(*ledger.decisions_made())


class Decisions:
    """All decisions of a ledger, and the things of its documents by name."""

    def __init__(self, ledger: Ledger, linking: Linking) -> None:
        self.by_document = by_document(ledger)
        self.names = Names(linking.entities if self.by_document else ())

    def review(self, document: Document, claims: Sequence[Claim]) -> Reviewed:
        """What the decisions on a document make of its claims (linked ones)."""
        decisions = self.by_document.get(document.identifier, [])
        return review(document, claims, decisions, self.names) if decisions else Reviewed((), tuple(claims), ())

    def made_of(self, identifier: str) -> Iterator[str]:
        """What `review` of a document rests on beside its claims: the decisions, and what the names in corrections mean."""
        for decision in self.by_document.get(identifier, []):
            yield decision.id
            for name in (decision.correction.subject, decision.correction.object):
                yield from (bearer.key for bearer in self.names.bearers(name or ""))
