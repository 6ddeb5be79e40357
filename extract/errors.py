"""The errors of this room: what can be wrong with a document."""

from __future__ import annotations

from ontology.errors import AllianceKGError


class DocumentError(AllianceKGError):
    """A document cannot be read: it is missing, empty, too large, no text, or what stands beside it is broken."""
