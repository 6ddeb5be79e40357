"""A font that has Japanese, and text made to fit it: no glyph that is missing is ever drawn as a box."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import GraphError

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

# The package of a font alone, then what systems bring along, sans-serif first.
_PACKAGE = "matplotlib_fontja"
_FAMILIES = (
    "Noto Sans CJK JP", "Noto Sans JP", "Source Han Sans JP", "Hiragino Sans", "Hiragino Kaku Gothic ProN", "BIZ UDGothic",
    "Yu Gothic", "Meiryo", "MS Gothic", "IPAexGothic", "IPAGothic", "IPAPGothic", "TakaoGothic", "TakaoPGothic", "VL Gothic",
    "Droid Sans Fallback", "Noto Serif CJK JP", "IPAexMincho", "IPAMincho", "IPAPMincho",
)  # fmt: skip
_BESIDE = "DejaVu Sans"  # comes with matplotlib: letters and signs that Japanese fonts lack
_NEEDED = "日米同盟調整のメカニズム・（）ー"
_MISSING = "〓"  # what Japanese typesetters put for a sort that is not in the case
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\u00ad]")
_NOT_BEFORE = "、。，．・)）]］」』ー々ゃゅょっャュョッ"  # what begins no line
_FIXED = 65536  # FreeType tells widths as 16.16 fixed-point numbers
_NOT_AFTER = "(（[［「『"  # what ends no line
_PIECES = re.compile(r"[A-Za-z0-9&'’.\-]+|[ァ-ヴー]+|.", re.DOTALL)


@dataclass(frozen=True)
class Font:
    """The families to draw with, the Japanese one first, and the widths of their characters."""

    families: tuple[str, ...]
    faces: tuple[FT2Font, ...]

    def fit(self, text: str) -> str:
        """The text on one line, without marks that are invisible; a character that no font has as 〓."""
        line = " ".join(_INVISIBLE.sub("", text).split())
        return "".join(c if any(ord(c) in characters(face) for face in self.faces) else _MISSING for c in line)

    def width(self, text: str, size: float) -> float:
        """How wide a text that fits is, in inches."""
        return sum(_advance(self._face(c), c) for c in text) * size / 72

    def wrap(self, text: str, size: float, width: float, lines: int = 4) -> str:
        """The text in lines of at most `width` inches and about the same length, words of Latin letters or katakana kept whole.

        Beyond `lines` of them it ends in ….
        """
        pieces = list(self._pieces(self.fit(text), size, width))
        rows = self._rows(pieces, size, width)
        if len(rows) > lines:
            last = rows[lines - 1]
            while last and self.width(last + "…", size) > width:
                last = last[:-1]
            return "\n".join([*rows[: lines - 1], last + "…"])
        tenths = (self._rows(pieces, size, width * share / 10) for share in range(5, 10))
        return "\n".join(next((narrower for narrower in tenths if len(narrower) <= len(rows)), rows))

    def _rows(self, pieces: list[str], size: float, width: float) -> list[str]:
        rows = [""]
        for piece in pieces:
            if not rows[-1] or piece in _NOT_BEFORE or self.width(rows[-1] + piece, size) <= width:
                rows[-1] += piece
            else:
                left = rows[-1].rstrip(_NOT_AFTER) or rows[-1]
                rows[-1], carried = left, rows[-1][len(left) :]
                rows.append((carried + piece).lstrip())
        return [row.strip() for row in rows]

    def _pieces(self, text: str, size: float, width: float) -> Iterable[str]:
        for piece in _PIECES.findall(text):
            yield from [piece] if self.width(piece, size) <= width else piece

    def _face(self, character: str) -> FT2Font:
        return next((face for face in self.faces if ord(character) in characters(face)), self.faces[0])


@cache
def font() -> Font:
    """The font to draw with. Raises GraphError where matplotlib or a Japanese font is missing."""
    try:
        from matplotlib import font_manager, get_data_path  # noqa: PLC0415 - an optional extra, and slow to import
    except ImportError as error:
        raise GraphError("matplotlib is not installed", todo="pip install 'alliancekg[notebook]'") from error
    beside = _face_at(Path(get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf")
    packaged = _packaged()
    if packaged is not None:
        font_manager.fontManager.addfont(packaged)
        face = _face_at(packaged)
        return Font((face.family_name, _BESIDE), (face, beside))
    known = {entry.name: entry.fname for entry in reversed(font_manager.fontManager.ttflist)}
    for family in _FAMILIES:
        if family in known and _has_japanese(face := _face_at(Path(known[family]))):
            return Font((family, _BESIDE), (face, beside))
    raise GraphError(
        "no Japanese font is installed, and pictures would be full of boxes",
        todo="pip install matplotlib-fontja, or install a font such as fonts-noto-cjk (Debian, Ubuntu) or "
        "google-noto-sans-cjk-jp-fonts (Fedora).",
    )


@cache
def characters(face: FT2Font) -> frozenset[int]:
    """The characters that a font has a glyph for."""
    return frozenset(face.get_charmap())


@cache
def _advance(face: FT2Font, character: str) -> float:
    """The width of a character in ems."""
    from matplotlib.ft2font import LoadFlags  # noqa: PLC0415 - as above

    return face.load_char(ord(character), flags=LoadFlags.NO_HINTING).linearHoriAdvance / _FIXED


def _has_japanese(face: FT2Font) -> bool:
    return all(ord(character) in characters(face) for character in _NEEDED)


def _packaged() -> Path | None:
    """The font file of the package, which is not imported: that would change what all pictures of the program look like."""
    spec = find_spec(_PACKAGE)
    folders = spec.submodule_search_locations if spec is not None else None
    files = sorted(path for folder in folders or () for path in Path(folder).glob("fonts/*.ttf"))
    return files[0] if files else None


def _face_at(path: Path) -> FT2Font:
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415 - as above

    face = FT2Font(str(path))
    face.set_size(1, 72)  # so that widths are in ems
    return face
