"""Names as they are compared, shown and told apart by script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Quotation marks, middle dots, commas and white space: what writers put into one name in different ways.
_PUNCTUATION = re.compile(r"[\s「」『』“”‘’\"'〈〉《》・･,，、]+")
_JAPANESE = re.compile(r"[\u3005\u3007\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
REPLACEMENT = "\ufffd"


@lru_cache(maxsize=100_000)
def normalised(name: str) -> str:
    """The name as compared: NFKC, lower case, without white space, quotation marks, commas and middle dots.

    >>> normalised("システム・技術フォーラム（Ｓ＆ＴＦ）")
    'システム技術フォーラム(s&tf)'
    """
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", name)).lower()


def has_japanese(name: str) -> bool:
    """Whether any kana or kanji stands in the name."""
    return _JAPANESE.search(name) is not None


def language(name: str) -> str:
    """The language tag of a name: `en` for Latin letters alone, else `ja`.

    A name without letters (2+2) stands in a Japanese document and counts as Japanese.

    >>> language("日米2プラス2"), language("S&TF"), language("2+2")
    ('ja', 'en', 'ja')
    """
    letters = [c for c in name if c.isalpha()]
    latin = all(unicodedata.name(c, "").startswith(("LATIN", "FULLWIDTH LATIN")) for c in letters)
    return "en" if letters and latin else "ja"


def storable(text: str) -> str:
    """The text with lone surrogates, the only characters that no RDF format can hold, replaced one for one.

    Nothing else is touched, so that offsets into the text and quotes of it stay true.
    """
    return _SURROGATE.sub(REPLACEMENT, text)


def printable(name: str) -> str:
    """The name with control characters and lone surrogates replaced, one for one; white space stays."""
    return _NOT_IN_NAMES.sub(REPLACEMENT, name)


def fit_for_xml(text: str) -> str:
    """The text with all characters replaced, one for one, that XML 1.0 has no place for (section 2.2).

    Documents and quotes are made so only when they leave the graph as XML.
    """
    return _NOT_IN_XML.sub(REPLACEMENT, text)
