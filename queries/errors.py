"""What can go wrong between a question and its answer."""

from __future__ import annotations

from ontology.errors import AllianceKGError


class QueryError(AllianceKGError):
    """A question or a query cannot be answered: unknown, ambiguous, malformed, or no engine to run it."""
