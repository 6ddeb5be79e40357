"""PDF: the text layer of its pages, a form feed between two of them, and what the file says of itself.

PDFium finds the characters; lines, columns, notes and paragraphs are found here by their places. Running heads and page
numbers are left out; the n-th page is what stands before the n-th form feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pypdfium2 import PdfDocument, PdfiumError

from extract.errors import DocumentError
from extract.formats.dates import to_edtf
from extract.formats.extracted import Extracted, checked
from extract.formats.limits import Limits
from extract.formats.pdf_glyphs import Page, read_page
from extract.formats.pdf_layout import in_order, without_furniture
from extract.formats.pdf_lines import find_lines
from extract.formats.pdf_text import write_page

PAGE_BREAK = "\n\f"
UNNAMED = 0.3  # share of characters that the fonts do not name, from which the text is worth nothing
ADVICE = "Make a text layer by OCR (for instance with OCRmyPDF), or give the text itself."
FONT_ADVICE = "Install a Japanese font, or save it with its fonts embedded."
_program = re.compile(
    r"^(?:Microsoft (?:Word|PowerPoint|Excel) - )|\.(?:docx?|pptx?|xlsx?|indd|jtdc?|pdf|txt|tex|html?|rtf|ai)$", re.IGNORECASE
)
_nothing = re.compile(r"(?:untitled|無題|名称未設定|タイトルなし|文書|document|title|スライド|slide|anonymous|unknown|unspecified|user|owner|admin)[\s\d-]*", re.IGNORECASE)  # fmt: skip


def read_pdf(raw: bytes, *, limits: Limits, where: str) -> Extracted:
    """The text of a PDF. Raises DocumentError where it is none, is encrypted, has too many pages or no text layer.

    Its CreationDate is when the file was made, which for a scan or a reprint is decades after its publication, and for a
    page printed from the web the day of the reader: it is not taken for the date of publication, only told as a hint.
    """
    document = _open(raw, where)
    try:
        count = len(document)
        if count > limits.max_pages:
            raise DocumentError(
                f"it has {count:,} pages, the limit is {limits.max_pages:,}",
                where=where,
                todo="Split it, or raise --max-pages.",
            )
        pages = list(_pages(document, limits, where))
        metadata = tuple(_metadata(document))
    finally:
        document.close()
    warnings = tuple(_layer_warnings(pages, where))
    text = _text(pages)
    return Extracted(checked(text, limits=limits, where=where), metadata=metadata, origin="PDF metadata", warnings=warnings)


def _open(raw: bytes, where: str) -> PdfDocument:
    try:
        return PdfDocument(raw)
    except PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise DocumentError(
                "it is encrypted and asks for a password", where=where, todo="Save it without the password."
            ) from error
        raise DocumentError("not a PDF, or broken beyond reading", where=where, todo="Get the file once more.") from error


def _pages(document: PdfDocument, limits: Limits, where: str) -> Iterator[Page]:
    """The glyphs of each page; a page that cannot be read has none."""
    characters = 0
    for number in range(len(document)):
        try:
            page = document[number]
            textpage = page.get_textpage()
        except PdfiumError:
            yield Page(())
            continue
        characters += textpage.count_chars()
        if characters > limits.max_characters:
            raise DocumentError(
                f"too long: more than {limits.max_characters:,} characters",
                where=where,
                todo="Split it, or raise --max-characters.",
            )
        yield read_page(page, textpage)
        textpage.close()
        page.close()


def _layer_warnings(pages: Sequence[Page], where: str) -> Iterator[str]:
    """What is missing of the text layer. Raises DocumentError where there is none, or none that means anything."""
    named = sum(len(page.glyphs) + len(page.beside) for page in pages)
    unnamed = sum(page.unnamed for page in pages)
    flat = sum(page.flat for page in pages)
    if flat > named + unnamed:
        raise DocumentError("its fonts are neither in it nor on this machine", where=where, todo=FONT_ADVICE)
    if not named and not unnamed:
        raise (
            DocumentError(f"it has no text layer: {_counted(len(pages))}, as of a scan", where=where, todo=ADVICE)
            if pages
            else DocumentError("it has no pages", where=where, todo="Get the file once more.")
        )
    if unnamed > UNNAMED * (named + unnamed):
        raise DocumentError("its fonts do not tell which characters they show", where=where, todo=ADVICE)
    if unnamed:
        yield f"{unnamed} characters are left out, as their fonts do not tell which they are"
    empty = [number for number, page in enumerate(pages, start=1) if not page.glyphs and not page.beside]
    if empty:
        yield f"pages without a text layer: {_ranges(empty)}"


def _counted(pages: int) -> str:
    return "its page is a picture" if pages == 1 else f"its {pages} pages are pictures"


def _ranges(numbers: Sequence[int]) -> str:
    """Page numbers for people.

    >>> _ranges([1, 2, 3, 7])
    '1-3, 7'
    """
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}-{part[-1]}" for part in parts)


def _text(pages: Sequence[Page]) -> str:
    text = without_furniture([find_lines(page.glyphs) for page in pages])
    beside = without_furniture([find_lines(page.beside) for page in pages])
    written = ((write_page(in_order(lines)), write_page(in_order(across))) for lines, across in zip(text, beside, strict=True))
    return PAGE_BREAK.join("\n\n".join(filter(None, parts)) for parts in written) + "\n"


def _metadata(document: PdfDocument) -> Iterator[tuple[str, str]]:
    """Title and author, unless a program put in what it had at hand."""
    for key, name in (("title", "Title"), ("author", "Author")):
        value = _program.sub("", _said(document, name)).strip()
        if value and "\ufffd" not in value and not _nothing.fullmatch(value):
            yield key, value[:500]
    made = to_edtf(_said(document, "CreationDate").removeprefix("D:")[:8])
    if made:
        yield "made", made


def _said(document: PdfDocument, name: str) -> str:
    try:
        value: str = document.get_metadata_value(name)
        return value.encode("utf-16", "replace").decode("utf-16", "replace").strip("\x00 \t\r\n")
    except (PdfiumError, UnicodeError):
        return ""
