"""What can go wrong with a graph, as seen by who uses it."""

from __future__ import annotations

from ontology.errors import AllianceKGError


class GraphError(AllianceKGError):
    """A graph cannot be made, read, written or checked."""


DISK_FULL = "the disk is full; what was there is as it was"
