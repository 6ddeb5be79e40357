"""The characters of a PDF's page with their places, turned so that text runs to the right and lines follow downwards.

Sources: ISO 32000-2:2020, 9.4 (text matrices); PDFium's fpdf_text.h.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage, PdfTextPage

from extract.formats.pdf_vertical import Glyph, Placed, across, is_vertical, lay_down

# Fonts of East Asian makers map kanji that are radicals to these; NFKC leaves them alone (EquivalentUnifiedIdeograph.txt).
RADICALS = str.maketrans(
    "⺟⺠⺫⺼⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻑⻒⻓⻔⻘⻙⻛⻝⻟⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "母民罒月虎衤覀西见角讠贝车辶辶辶長镸长门青韦风食飠鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)
HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}  # PDFium's own signs for a hyphen that ends a line
SAME = 0.2  # of the size: characters this near to each other are one, printed twice to look bold
HEIGHT = 4.0  # points: glyphs are looked for by heights of so much
FLAT = 0.01  # points
RAISED = 0.2  # of the size: a digit that is drawn this much above its base line is a superscript
DIGIT = 0.72  # of the size: how high a digit is
_real = ctypes.c_double


class Page(NamedTuple):
    """The glyphs of a page; on one that is written downwards, `beside` are those that run across it nevertheless.

    `unnamed` counts the characters that its fonts could not name, `flat` the texts that were passed over.
    """

    glyphs: tuple[Glyph, ...]
    beside: tuple[Glyph, ...] = ()
    unnamed: int = 0
    flat: int = 0


def read_page(page: PdfPage, textpage: PdfTextPage) -> Page:
    """The characters of a page in the order of its content."""
    found: list[Placed] = []
    unnamed = 0
    for at in range(textpage.count_chars()):
        if pdfium.FPDFText_IsGenerated(textpage, at) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(textpage, at)
        text = _character(code)
        if pdfium.FPDFText_HasUnicodeMapError(textpage, at) == 1 or not text:
            unnamed += 1
        elif (raw := _place(textpage, at, text)) is not None:
            found.append(raw)
    found = _joined(found)
    turn = Counter(raw.turn for raw in found if not raw.text.isspace()).most_common(1)[0][0] if found else 0
    turned = [_turned(raw, turn)._replace(turn=(raw.turn - turn) % 4) for raw in found]
    upright = [raw for raw in turned if raw.turn == 0]
    glyphs, beside = lay_down(turned) if is_vertical(upright) else ([across(raw) for raw in upright], [])
    return Page(tuple(_once(glyphs)), tuple(_once(beside)), unnamed, _count_flat(page))


def _character(code: int) -> str:
    """The character of a code, "" for those that mean something else in every font. Those of Symbol and Wingdings are bullets."""
    if 0xF000 <= code <= 0xF0FF:
        return "•"
    if code in HYPHENS:
        return HYPHENS[code]
    if code < 0x20:
        return " " if code in (0x09, 0x0A, 0x0D) else ""
    return chr(code) if code < 0x110000 and not 0xE000 <= code <= 0xF8FF else ""


def _count_flat(page: PdfPage) -> int:
    """How many texts PDFium passes over, as they are narrower than a hair.

    They are spaces, or single characters in a font that neither the file nor the machine has.
    """
    count = 0
    edges = [ctypes.c_float() for _ in range(4)]
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        text = pdfium.FPDFPage_GetObject(page, at)
        if pdfium.FPDFPageObj_GetType(text) == pdfium.FPDF_PAGEOBJ_TEXT and pdfium.FPDFPageObj_GetBounds(text, *edges):
            left, _, right, _ = (edge.value for edge in edges)
            count += abs(right - left) < FLAT
    return count


def _place(textpage: PdfTextPage, at: int, text: str) -> Placed | None:
    """Where a character stands; None where the numbers are none."""
    x, y = _real(), _real()
    box = pdfium.FS_RECTF()
    matrix = pdfium.FS_MATRIX()
    if not (
        pdfium.FPDFText_GetCharOrigin(textpage, at, x, y)
        and pdfium.FPDFText_GetLooseCharBox(textpage, at, box)
        and pdfium.FPDFText_GetMatrix(textpage, at, matrix)
    ):
        return None
    size = pdfium.FPDFText_GetFontSize(textpage, at) * math.hypot(matrix.c, matrix.d)
    turn = round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) % 4
    width = box.right - box.left if turn % 2 == 0 else box.top - box.bottom
    raised = _drawn_high(textpage, at, y.value, size) if text.isdecimal() and turn == 0 else None
    if raised:
        return Placed(text, x.value, raised[0], max(width, 0.0), raised[1], turn)
    place = Placed(text.translate(RADICALS), x.value, y.value, max(width, 0.0), abs(size), turn)
    if not all(math.isfinite(number) and abs(number) < 1e6 for number in place[1:5]) or place.size < 0.5:
        return None
    return place


def _drawn_high(textpage: PdfTextPage, at: int, base: float, size: float) -> tuple[float, float] | None:
    """The base line and the size that a digit seems to have whose font draws it as a superscript, None for others."""
    edges = [_real() for _ in range(4)]
    if not pdfium.FPDFText_GetCharBox(textpage, at, *edges):
        return None
    _, _, bottom, top = (edge.value for edge in edges)
    if bottom - base < RAISED * size or not 0.1 * size < top - bottom < 0.6 * size:
        return None
    return bottom, (top - bottom) / DIGIT


def _joined(found: Sequence[Placed]) -> list[Placed]:
    """Characters beyond the basic plane come as two halves."""
    joined: list[Placed] = []
    for raw in found:
        if joined and "\udc00" <= raw.text <= "\udfff" and "\ud800" <= joined[-1].text <= "\udbff":
            whole = (joined[-1].text + raw.text).encode("utf-16", "surrogatepass").decode("utf-16")
            joined[-1] = joined[-1]._replace(text=whole)
        else:
            joined.append(raw)
    return joined


def _turned(raw: Placed, turn: int) -> Placed:
    """The place on a page that is turned upright; `turn` counts quarters, against the clock."""
    match turn:
        case 1:
            return raw._replace(x=raw.y, y=-raw.x)
        case 2:
            return raw._replace(x=-raw.x, y=-raw.y)
        case 3:
            return raw._replace(x=-raw.y, y=raw.x)
        case _:
            return raw


def _once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs without those that are printed twice, a hair apart, to look bold."""
    kept: list[Glyph] = []
    seen: dict[tuple[str, int], list[Glyph]] = {}
    for glyph in glyphs:
        height = int(glyph.base // HEIGHT)
        reach = SAME * glyph.size
        if not glyph.text.isspace() and any(
            one is not kept[-1]  # what follows at once is of one ligature, as the two of ff are
            and abs(one.left - glyph.left) < reach
            and abs(one.base - glyph.base) < reach
            for near in (height - 1, height, height + 1)
            for one in seen.get((glyph.text, near), ())
        ):
            continue
        seen.setdefault((glyph.text, height), []).append(glyph)
        kept.append(glyph)
    return kept
