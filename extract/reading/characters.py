"""Characters: which are kept, folded, left out, and how they stand to each other.

Source: Unicode Standard Annex 15 (NFKC) and 9 (bidirectional marks).
"""

from __future__ import annotations

import re
import unicodedata

CIRCLED = "\u2460-\u24ff\u2776-\u2793\u3220-\u3229\u3251-\u325f\u3280-\u3289\u32b1-\u32bf"
SUPERSCRIPT = "\u00b2\u00b3\u00b9\u2070\u2074-\u2079"
# What carries no sound and no sense in prose: soft hyphens, zero-width and bidi marks, variation selectors, control characters.
INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
SPACE = r"\s"
KANJI = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KATAKANA = "\u30a1-\u30fa\u30fc\u31f0-\u31ff"
HIRAGANA = "\u3041-\u309f"
CJK_MARKS = "\u3001-\u3004\u3008-\u3020\u3030\u30fb"

_kept = re.compile(f"[{CIRCLED}{SUPERSCRIPT}]")
_pieces = re.compile(f"([{CIRCLED}{SUPERSCRIPT}])")
_invisible = re.compile(f"[{INVISIBLE}]+")
_cjk_letter = re.compile(f"[{KANJI}{KATAKANA}{HIRAGANA}]")
_cjk = re.compile(f"[{KANJI}{KATAKANA}{HIRAGANA}{CJK_MARKS}{CIRCLED}]")
_name_letter = re.compile(f"[{KANJI}{KATAKANA}]")
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # one character for one, so that offsets stay


def fold(raw: str) -> str:
    """A line as the cues see it: NFKC but for ①… and ¹…, nothing invisible, no outer white space.

    >>> fold("（１）　はじめに²")
    '(1) はじめに²'
    """
    visible = _invisible.sub("", raw)
    if _kept.search(visible):
        pieces = _pieces.split(visible)
        visible = "".join(piece if n % 2 else unicodedata.normalize("NFKC", piece) for n, piece in enumerate(pieces))
    else:
        visible = unicodedata.normalize("NFKC", visible)
    return visible.strip()


def is_cjk(text: str) -> bool:
    """Whether a character is a kanji, a kana, a Japanese punctuation mark or a circled number."""
    return _cjk.match(text) is not None


def is_cjk_letter(text: str) -> bool:
    """Whether a character is a kanji or a kana."""
    return _cjk_letter.match(text) is not None


def is_name_letter(text: str) -> bool:
    """Whether a character is a kanji or a katakana, of which names are made."""
    return _name_letter.match(text) is not None


def has_cjk(text: str) -> bool:
    """Whether there is any Japanese in it."""
    return _cjk_letter.search(text) is not None


def columns(raw: str) -> int:
    """How wide a line is set: a Japanese character takes two columns, a Latin one takes one."""
    return len(raw) if raw.isascii() else len(raw.encode("cp932", "replace"))
