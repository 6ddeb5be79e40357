"""What a format gives of a document: its text, what it says of itself, and what is doubtful about the reading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from extract.errors import DocumentError
from extract.formats.limits import Limits

# A lone half of a surrogate pair is no character: nothing could write it down again.
_surrogate = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document as its file gives it.

    `text` becomes `Document.text` and is never altered again. `metadata` are pairs of a key (title, published, source,
    publisher, author; made: the day of the file) and its value, as the `origin` says it (HTML metadata …); `sidecar` is the TOML that
    stands beside the document in its archive.
    """

    text: str
    metadata: tuple[tuple[str, str], ...] = ()
    origin: str = ""
    warnings: tuple[str, ...] = ()
    sidecar: str | None = None

    def as_json(self) -> dict[str, Any]:
        """A table that JSON can carry between processes."""
        return asdict(self)


def from_json(table: Mapping[str, Any]) -> Extracted:
    """What `as_json` made. Raises TypeError, KeyError or ValueError where the table is none of ours."""
    values = {"text": table["text"], "origin": table["origin"]}
    if not all(isinstance(value, str) for value in values.values()):
        raise TypeError("text and origin are strings")
    sidecar = table["sidecar"]
    return Extracted(
        **values,
        metadata=tuple((str(key), str(value)) for key, value in table["metadata"]),
        warnings=tuple(map(str, table["warnings"])),
        sidecar=None if sidecar is None else str(sidecar),
    )


def checked(text: str, *, limits: Limits, where: str) -> str:
    """The text as it can be stored. Raises DocumentError where it is empty or longer than the limit."""
    if len(text) > limits.max_characters:
        raise DocumentError(
            f"too long: {len(text):,} characters, the limit is {limits.max_characters:,}",
            where=where,
            todo="Split it, or raise --max-characters.",
        )
    if not text.strip():
        raise DocumentError("it is empty: there is no text in it", where=where, todo="Leave it out, or put text in it.")
    return _surrogate.sub("\ufffd", text)
