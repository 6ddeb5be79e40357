"""Plain text and Markdown: the text is the file, to the character."""

from __future__ import annotations

from extract.encodings import decode
from extract.errors import DocumentError
from extract.formats.extracted import Extracted, checked
from extract.formats.kinds import mistaken_for_text
from extract.formats.limits import Limits


def read_plain(raw: bytes, *, limits: Limits, where: str, encoding: str | None = None) -> Extracted:
    """The text of the bytes. Raises DocumentError where they are none."""
    really = mistaken_for_text(raw)
    if really:
        raise DocumentError("this is no text file", where=where, todo=f"It is {really}.")
    decoded = decode(raw, where=where, encoding=encoding)
    text = checked(decoded.text, limits=limits, where=where)
    return Extracted(text, warnings=(decoded.doubt,) if decoded.doubt else ())
