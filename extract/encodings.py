"""Bytes to text: the encodings in which Japanese documents come, tried strictly and in a sensible order."""

from __future__ import annotations

import codecs
import logging
import re
import unicodedata
from typing import NamedTuple

from extract.errors import DocumentError

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Each with what reads more: the rows of ①, ㈱ and Ⅲ that makers added to the standard stand in JIS X 0213 too.
SEVEN_BIT = ("iso2022_jp_ext", "iso2022_jp_2004")
EIGHT_BIT = (("cp932",), ("euc_jp", "euc_jis_2004"))
# What documents call themselves, and the encoding that their makers really use.
REALLY = {
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932", "ms_kanji": "cp932",
    "x-euc-jp": "euc_jp", "eucjp": "euc_jp", "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
    "unicode": "utf-16",
}  # fmt: skip
SAMPLE = 20_000  # characters by which two readings of the same bytes are compared
CONTROLS = 0.05  # share of control characters from which it is no text
SURE = 0.1  # difference in usualness from which one reading is beyond doubt
ENOUGH = 30  # characters; fewer are no sign of anything
SPOILT = 0.001  # share of ill-formed characters that a text in UTF-8 may hold
WELL = 10  # well-formed characters of several bytes for each ill-formed one
ADVICE = "Give a text file in UTF-8, UTF-16, Shift_JIS, EUC-JP or ISO-2022-JP."
_log = logging.getLogger(__name__)
_escape = re.compile(rb"\x1b(?:\$[@B(]|\([BJI])")
_control = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_usual = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc、。「」・\uff08\uff09]")
_unusual = re.compile(r"[\uff61-\uff9f\ue000-\uf8ff\u0080-\u00a0]")


class Decoded(NamedTuple):
    """The text, the encoding that it was read in, and what is doubtful about it, None where nothing is."""

    text: str
    encoding: str
    doubt: str | None = None


def decode(raw: bytes, *, where: str, encoding: str | None = None, said: str | None = None) -> Decoded:
    """The text of the bytes, exactly as they encode it but for a byte order mark.

    Without `encoding`: a byte order mark decides, then what the document says itself (`said`) where that fits, then the
    escape sequences of ISO-2022-JP, then UTF-8, then UTF-16 for bytes with NULs, then whichever of Shift_JIS (CP932)
    and EUC-JP gives the more usual Japanese. Raises DocumentError where it is no text.
    """
    decoded = Decoded(_decode_as(raw, encoding, where), encoding) if encoding else _detect(raw, where, said)
    controls = len(_control.findall(decoded.text))
    if controls > CONTROLS * len(decoded.text):
        raise DocumentError("these bytes are no text: mostly control characters", where=where, todo=ADVICE)
    if decoded.doubt:
        _log.info("%s: %s", where, decoded.doubt)
    return decoded


def _decode_as(raw: bytes, encoding: str, where: str) -> str:
    try:
        return raw.decode(encoding).removeprefix("\ufeff")
    except (LookupError, TypeError) as error:  # TypeError: a codec, but of something else (rot13, base64)
        raise DocumentError(f"there is no encoding {encoding!r}", where=where, todo=ADVICE) from error
    except UnicodeError as error:
        raise DocumentError(
            f"these bytes are not {encoding}: {error}", where=where, todo="Leave the encoding out, or give another."
        ) from error


def _detect(raw: bytes, where: str, said: str | None) -> Decoded:
    for bom, encoding in BOMS:
        if raw.startswith(bom):
            return Decoded(_decode_as(raw[len(bom) :], encoding, where), encoding)
    doubt = None
    if said:
        name = REALLY.get(said.lower(), said.lower().replace("-", "_"))
        text = _try(raw, name)
        if text is not None:
            return Decoded(text.removeprefix("\ufeff"), name)
        doubt = f"it says that it is {said}, which it is not"
    if b"\x00" in raw:
        return _with_nuls(raw, where)
    if _escape.search(raw) and raw.isascii():
        for name in SEVEN_BIT:
            text = _try(raw, name)
            if text is not None:
                return Decoded(text, name, doubt)
    text = _try(raw, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8", doubt)
    return _spoilt(raw) or _eight_bit(raw, where, doubt)


def _eight_bit(raw: bytes, where: str, doubt: str | None) -> Decoded:
    """Shift_JIS or EUC-JP, by the Japanese that they give."""
    readings = []
    for names in EIGHT_BIT:
        read = next(((name, text) for name in names if (text := _try(raw, name)) is not None), None)
        if read:
            readings.append(read)
    if not readings:
        raise DocumentError("these bytes are no text in any encoding that is known here", where=where, todo=ADVICE)
    readings.sort(key=lambda reading: usualness(reading[1]), reverse=True)
    name, text = readings[0]
    if len(readings) > 1 and (len(text) < ENOUGH or usualness(text) - usualness(readings[1][1]) < SURE):
        doubt = f"read as {name}, but it could be {readings[1][0]} as well"
    return Decoded(text, name, doubt)


def _with_nuls(raw: bytes, where: str) -> Decoded:
    """UTF-16 that has lost its byte order mark shows itself by the NULs of its line ends and Latin letters."""
    readings = [(name, text) for name in ("utf-16-le", "utf-16-be") if (text := _try(raw, name)) is not None]
    texts = [(name, text) for name, text in readings if _is_text(text)]
    if not texts:
        raise DocumentError("these bytes are no text: they hold NUL bytes", where=where, todo=ADVICE)
    name, text = max(texts, key=lambda reading: _commonness(reading[1]))
    return Decoded(text, name, f"read as {name}, though no byte order mark says so")


def _is_text(text: str) -> bool:
    sample = text[:SAMPLE]
    strange = sum(
        1 for character in sample if unicodedata.category(character) in ("Cc", "Cn", "Co") and character not in "\t\r\n\f"
    )
    return strange == 0 and _commonness(text) > 0.5


def _commonness(text: str) -> float:
    """The share of characters that Japanese and English texts are made of; swapped bytes give Hangul, Yi and the like."""
    sample = text[:SAMPLE]
    common = sum(
        1 for c in sample if c < "\x7f" or "\u3000" <= c <= "\u30ff" or "\u4e00" <= c <= "\u9fff" or "\uff00" <= c <= "\uff9f"
    )
    kana = sum(1 for c in sample if c < "\x7f" or "\u3041" <= c <= "\u30ff")
    return (common + kana) / (2 * len(sample) or 1)


def _spoilt(raw: bytes) -> Decoded | None:
    """UTF-8 with a few bytes that are none, as in text that was cut off; other encodings are hardly ever UTF-8 by chance."""
    text = raw.decode("utf-8", "replace")
    ill = text.count("\ufffd")
    well = sum(1 for character in text if character > "\x7f") - ill
    if ill > 1 + SPOILT * len(text) or well < WELL * ill:
        return None
    return Decoded(text, "utf-8", f"read as utf-8, though {ill} of its characters are broken")


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (UnicodeError, LookupError, TypeError):
        return None


def usualness(text: str) -> float:
    """How usual the Japanese is: the share of kana and Japanese marks, less that of what only misreadings hold."""
    sample = text[:SAMPLE]
    letters = sum(1 for character in sample if ord(character) > 0x7F and unicodedata.category(character) != "Cc") or 1
    return (len(_usual.findall(sample)) - 3 * len(_unusual.findall(sample))) / letters
