"""What one document may cost. Each limit has a default that white papers keep, and is an option of `build`."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one document, or one archive, may take; sizes are in bytes.

    `max_unpacked` bounds what comes out of zip and DOCX, whatever their headers promise; `max_nesting` archives in
    archives; `seconds` and `memory` the process that parses one document. Pages are a PDF's.
    """

    max_bytes: int = 50 * MB
    max_characters: int = 5_000_000
    max_pages: int = 3_000
    max_unpacked: int = 200 * MB
    max_members: int = 10_000
    max_nesting: int = 3
    seconds: float = 120.0
    memory: int = 2_000 * MB


DEFAULT = Limits()
