"""DOCX: paragraphs, headings, items, tables and notes of a Word file, and what it says of itself.

Read from its parts with a parser that expands no entities and loads nothing; python-docx knows no footnotes.
Source: ECMA-376 (Office Open XML), part 1, §17 (WordprocessingML) and part 2, §11 (core properties).
"""

from __future__ import annotations

import zipfile

from lxml import etree
from lxml.etree import _Element as Part

from extract.errors import DocumentError
from extract.formats.archives import Budget, open_zip, read_member
from extract.formats.blocks import render
from extract.formats.dates import to_edtf
from extract.formats.docx_blocks import Styles, read_blocks, read_notes
from extract.formats.extracted import Extracted, checked
from extract.formats.limits import Limits

MAIN = "word/document.xml"
NOTES = {"footnote": "word/footnotes.xml", "endnote": "word/endnotes.xml"}
CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "author": "{http://purl.org/dc/elements/1.1/}creator",
}
CREATED = "{http://purl.org/dc/terms/}created"
NO_AUTHORS = frozenset({"python-docx", "user", "admin", "administrator", "owner", "microsoft office user", "windows user"})


def read_docx(raw: bytes, *, limits: Limits, where: str) -> Extracted:
    """The text of a Word file. Raises DocumentError where it is none, is encrypted, or unpacks to too much.

    Its dates (created, modified) are those of the file and say nothing of its publication: a hint at most.
    """
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise DocumentError("it is encrypted, or an old Word file", where=where, todo="Save it as .docx without a password.")
    archive = open_zip(raw, limits=limits, where=where)
    budget = Budget(limits, where)
    names = {info.filename: info for info in archive.infolist()}
    if MAIN not in names:
        raise DocumentError("not a Word file: it has no word/document.xml", where=where, todo="Save it as .docx again.")

    def part(name: str) -> Part | None:
        info = names.get(name)
        return _parse(archive, info, budget, limits) if info else None

    styles = Styles.of(part("word/styles.xml"), part("word/numbering.xml"))
    body = part(MAIN)
    assert body is not None
    blocks, calls = read_blocks(body, styles)
    parts = {kind: part(name) for kind, name in NOTES.items()}
    text = render((*blocks, *read_notes(parts, calls, styles)))
    return Extracted(
        checked(text, limits=limits, where=where),
        metadata=_metadata(part("docProps/core.xml")),
        origin="DOCX metadata",
    )


def _parse(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget, limits: Limits) -> Part:
    """A part's tree. Word writes no DTD, so that one is refused with all entities that it could declare."""
    raw = read_member(archive, info, budget=budget, limit=limits.max_unpacked)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_pis=True,
        remove_comments=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(raw, parser)
    except (etree.LxmlError, ValueError) as error:
        raise DocumentError(
            f"{info.filename} in it is broken: {error}", where=budget.where, todo="Save it in Word once more."
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DocumentError(f"{info.filename} in it declares entities", where=budget.where, todo="Save it in Word once more.")
    return root


def _metadata(core: Part | None) -> tuple[tuple[str, str], ...]:
    if core is None:
        return ()
    said = [(key, (core.findtext(tag) or "").strip()[:500]) for key, tag in CORE.items()]
    kept = [(key, value) for key, value in said if value and not (key == "author" and value.lower() in NO_AUTHORS)]
    made = to_edtf(core.findtext(CREATED) or "")
    return (*kept, *((("made", made),) if made else ()))
