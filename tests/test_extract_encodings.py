"""Encodings: told by marks, by what the document says, by what fits; what is doubtful is said."""

from __future__ import annotations

import pytest

from extract.encodings import decode
from extract.errors import DocumentError

TEXT = "同盟の歴史\n\n1978年に指針が策定された。カタカナの「デジタル」も、ある。\n"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-32", "utf-32-le"), ("cp932", "cp932"),
        ("shift_jis", "cp932"), ("euc_jp", "euc_jp"), ("iso2022_jp", "iso2022_jp_ext"),
    ],
)  # fmt: skip
def test_without_doubt(encoding, found):
    assert decode(TEXT.encode(encoding), where="a") == (TEXT, found, None)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark(encoding):
    decoded = decode(TEXT.encode(encoding), where="a")
    assert decoded[:2] == (TEXT, encoding)
    assert "no byte order mark" in decoded.doubt


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("①㈱Ⅲの会合である。", "cp932"), ("①㈱Ⅲの会合である。", "euc_jis_2004"), ("①Ⅲの会合である。", "iso2022_jp_2004")],
)
def test_characters_that_makers_added(text, encoding):
    assert decode(text.encode(encoding), where="a").text == text


def test_half_of_a_character_at_the_end():
    decoded = decode((TEXT * 20).encode()[:-3], where="a")
    assert decoded.text.startswith(TEXT)
    assert decoded.doubt == "read as utf-8, though 1 of its characters are broken"


def test_bytes_that_could_be_either():
    decoded = decode("ｱｲｳｴ".encode("cp932"), where="a")
    assert "could be" in (decoded.doubt or "")


@pytest.mark.parametrize(
    ("said", "doubt"),
    [("euc-jp", None), ("EUC-JP", None), ("utf-8", "it says that it is utf-8, which it is not"), ("klingon", "it says that it is klingon, which it is not")],
)  # fmt: skip
def test_what_the_document_says(said, doubt):
    assert decode(TEXT.encode("euc_jp"), where="a", said=said) == (TEXT, "euc_jp", doubt)


@pytest.mark.parametrize("encoding", ["rot13", "base64", "klingon", "idna", "utf-16"])
def test_an_encoding_that_is_given_and_none(encoding):
    with pytest.raises(DocumentError, match=r"no encoding|are not"):
        decode(b"\xff\xffabc", where="a", encoding=encoding)


@pytest.mark.parametrize(
    "raw", [bytes(range(256)), b"\x00" * 100, b"\x00\x01" * 100, b"\x89PNG\r\n\x1a\n\x00\x00", b"\xd8\x00" * 50]
)
def test_what_is_no_text(raw):
    with pytest.raises(DocumentError, match="no text"):
        decode(raw, where="a")
