"""Which formats there are, and which file has which: the end of its name tells."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath


class Format(StrEnum):
    """How a document is kept. The value is what messages call it."""

    TEXT = "text"
    MARKDOWN = "Markdown"
    HTML = "HTML"
    PDF = "PDF"
    DOCX = "DOCX"
    ARCHIVE = "zip"


SUFFIXES = {
    ".txt": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".zip": Format.ARCHIVE,
}
KNOWN = "Documents end in .txt, .md, .html, .htm, .pdf or .docx, archives of them in .zip."
# No native parser touches these, so that they need no process of their own.
HARMLESS = frozenset({Format.TEXT, Format.MARKDOWN})
_magic = {
    b"%PDF-": "a PDF: let its name end in .pdf",
    b"PK\x03\x04": "a zip archive or a Word file: let its name end in .zip or .docx",
    b"\xd0\xcf\x11\xe0": "an old Word file: save it as .docx or .pdf",
    b"{\\rtf": "a file in RTF: save it as .docx or .pdf",
}


def format_of(name: str) -> Format:
    """The format that a file's name tells; a name that tells none is taken for plain text.

    >>> format_of("白書.PDF").value, format_of("README").value
    ('PDF', 'text')
    """
    return SUFFIXES.get(PurePath(name).suffix.lower(), Format.TEXT)


def is_known(name: str) -> bool:
    """Whether a file found in a folder or an archive is a document, or an archive of documents."""
    return PurePath(name).suffix.lower() in SUFFIXES


def mistaken_for_text(raw: bytes) -> str | None:
    """What bytes that are named as text really are, None where they are nothing that is known."""
    return next((what for magic, what in _magic.items() if raw.startswith(magic)), None)
