"""Bytes to text: the encodings in which Japanese documents come, tried strictly and in a sensible order."""

from __future__ import annotations

import codecs
import logging
import re
import unicodedata

from extract.errors import DocumentError

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SAMPLE = 20_000  # characters by which two readings of the same bytes are compared
CONTROLS = 0.05  # share of control characters from which it is no text
ADVICE = "Give a text file in UTF-8, UTF-16 with a byte order mark, Shift_JIS, EUC-JP or ISO-2022-JP."
_log = logging.getLogger(__name__)
_escape = re.compile(rb"\x1b(?:\$[@B]|\([BJI])")
_control = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_usual = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc、。「」・\uff08\uff09]")
_unusual = re.compile(r"[\uff61-\uff9f\ue000-\uf8ff\u0080-\u00a0]")


def decode(raw: bytes, *, where: str, encoding: str | None = None) -> str:
    """The text of the bytes, exactly as they encode it but for a byte order mark.

    Without `encoding`: a byte order mark decides, then the escape sequences of ISO-2022-JP, then UTF-8, then
    whichever of Shift_JIS (CP932) and EUC-JP gives the more usual Japanese. Raises DocumentError where it is no text.
    """
    text = _decode_as(raw, encoding, where) if encoding else _detect(raw, where)
    controls = len(_control.findall(text))
    if controls > CONTROLS * len(text):
        raise DocumentError("these bytes are no text: mostly control characters", where=where, todo=ADVICE)
    return text


def _decode_as(raw: bytes, encoding: str, where: str) -> str:
    try:
        return raw.decode(encoding).removeprefix("\ufeff")
    except LookupError as error:
        raise DocumentError(f"there is no encoding {encoding!r}", where=where, todo=ADVICE) from error
    except UnicodeError as error:
        raise DocumentError(
            f"these bytes are not {encoding}: {error}", where=where, todo="Leave the encoding out, or give another."
        ) from error


def _detect(raw: bytes, where: str) -> str:
    for bom, encoding in BOMS:
        if raw.startswith(bom):
            return _decode_as(raw[len(bom) :], encoding, where)
    if b"\x00" in raw:
        raise DocumentError("these bytes are no text: they hold NUL bytes", where=where, todo=ADVICE)
    if _escape.search(raw) and raw.isascii():
        seven_bit = _try(raw, "iso2022_jp_ext")
        if seven_bit is not None:
            return seven_bit
    text = _try(raw, "utf-8")
    if text is not None:
        return text
    readings = [(name, reading) for name in ("cp932", "euc_jp") if (reading := _try(raw, name)) is not None]
    if not readings:
        raise DocumentError("these bytes are no text in any encoding that is known here", where=where, todo=ADVICE)
    readings.sort(key=lambda reading: usualness(reading[1]), reverse=True)
    name, text = readings[0]
    _log.log(
        logging.INFO if len(readings) == 1 else logging.WARNING if _is_close(readings) else logging.INFO,
        "%s: read as %s",
        where,
        name,
    )
    return text


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeError:
        return None


def usualness(text: str) -> float:
    """How usual the Japanese is: the share of kana and Japanese marks, less that of what only misreadings hold."""
    sample = text[:SAMPLE]
    letters = sum(1 for character in sample if ord(character) > 0x7F and unicodedata.category(character) != "Cc") or 1
    return (len(_usual.findall(sample)) - 3 * len(_unusual.findall(sample))) / letters


def _is_close(readings: list[tuple[str, str]]) -> bool:
    return len(readings) > 1 and usualness(readings[0][1]) - usualness(readings[1][1]) < 0.1
