"""What can go wrong between a question and its answer."""

from __future__ import annotations

from ontology.errors import AllianceKGError


class QueryError(AllianceKGError):
    """A question or a query cannot be answered: unknown, ambiguous, malformed, or no engine to run it."""


class EndpointError(QueryError):
    """A remote store cannot be reached, refuses what it is sent, or answers what it must not. `status` is of HTTP, 0 for none."""

    def __init__(self, what: str, *, where: str = "", todo: str = "", status: int = 0) -> None:
        super().__init__(what, where=where, todo=todo)
        self.status = status
