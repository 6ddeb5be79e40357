"""Archives: what stands in them by safe names, read within limits, nothing written."""

from __future__ import annotations

import io
import zipfile

import pytest

from extract.documents import LoadOptions, Source, find_sources, load_document
from extract.errors import DocumentError
from extract.formats.archives import list_documents, read_document
from extract.formats.isolation import Parsers
from extract.formats.limits import Limits

TEXT = "1978年に指針が策定された。"


def packed(members, **options):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def listed(raw, **limits):
    return ["/".join(names) for names in list_documents(raw, limits=Limits(**limits), where="a.zip")]


def test_names():
    names = [
        "b.txt", "sub/a.md", "sub/白書.pdf", "c.html", "d.docx", "../evil.txt", "/etc/x.txt", "C:/x.txt", "sub\\w.txt", ".hidden.txt",
        ".git/e.txt", "__MACOSX/b.txt", "sub/", "b.meta.toml", "picture.png", "x\x1b[31m.txt", "a/../../y.txt",
    ]  # fmt: skip
    assert listed(packed(dict.fromkeys(names, TEXT))) == sorted(
        ["b.txt", "c.html", "d.docx", "sub/a.md", "sub/w.txt", "sub/白書.pdf", "x\ufffd[31m.txt"]
    )


def test_names_of_japanese_windows():
    raw = packed({"AAAA.txt": TEXT}).replace(b"AAAA.txt", "白書.txt".encode("cp932"))
    assert listed(raw) == ["白書.txt"]


def test_a_member_without_a_name():
    """Found by fuzzing: ZipInfo.is_dir of Python 3.11 looks at the last character of a name that has none."""
    raw = packed({"a.txt": TEXT, "b.txt": TEXT})
    at = raw.index(b"PK\x01\x02") + 28
    raw = raw[:at] + b"\0\0\0\0\5\0" + raw[at + 6 :]  # its five characters are a comment now
    assert listed(raw) == ["b.txt"]


def test_archives_in_archives():
    inner = packed({"a.txt": TEXT, "deep.zip": packed({"b.txt": TEXT, "deeper.zip": packed({"c.txt": TEXT})})})
    raw = packed({"inner.zip": inner, "broken.zip": b"no zip", "empty.zip": packed({})})
    found = listed(raw)
    assert found == ["broken.zip", "inner.zip/a.txt", "inner.zip/deep.zip/b.txt", "inner.zip/deep.zip/deeper.zip"]
    assert listed(raw, max_nesting=4)[-1] == "inner.zip/deep.zip/deeper.zip/c.txt"
    for names, says in [(("inner.zip", "deep.zip", "deeper.zip"), "more than 3 deep"), (("broken.zip",), "not a zip file")]:
        with pytest.raises(DocumentError, match=says):
            read_document(raw, names, limits=Limits(), where="a.zip")


@pytest.mark.parametrize(
    ("limits", "says"),
    [({"max_unpacked": 1000}, "unpacks to more"), ({"max_bytes": 1000}, "too large"), ({"max_members": 1}, "holds 2 files")],
)
def test_limits(limits, says):
    raw = packed({"a.txt": b"\0" * 5_000_000, "b.txt": TEXT})
    with pytest.raises(DocumentError, match=says):
        read_document(raw, ("a.txt",), limits=Limits(**limits), where="a.zip")


def test_a_size_that_lies_is_of_no_use():
    raw = packed({"a.txt": b"\0" * 5_000_000})
    at = raw.rindex(b"PK\x01\x02") + 24
    raw = raw[:at] + (10).to_bytes(4, "little") + raw[at + 4 :]
    with pytest.raises(DocumentError, match=r"broken|unpacks to more"):
        read_document(raw, ("a.txt",), limits=Limits(max_unpacked=1000), where="a.zip")


def test_an_archive_that_holds_itself():
    raw = packed({"a.txt": TEXT})
    for _ in range(50):
        raw = packed({"again.zip": raw})
    assert listed(raw) == ["again.zip/again.zip/again.zip"]


@pytest.fixture(scope="module")
def parsers():
    with Parsers() as parsers:
        yield parsers


def test_documents_of_an_archive(tmp_path, parsers):
    path = tmp_path / "papers.zip"
    path.write_bytes(
        packed(
            {
                "sub/a.txt": TEXT,
                "sub/a.meta.toml": 'published = "2024-08"\ntitle = "題"',
                "b.md": "---\ntitle: 乙\n---\n" + TEXT,
            }
        )
    )
    documents = [load_document(source, parsers=parsers) for source in find_sources(path, parsers=parsers)]
    assert [(d.identifier, d.title, d.published, d.published_from) for d in documents] == [
        ("papers.zip/b.md", "乙", None, None),
        ("papers.zip/sub/a.txt", "題", "2024-08", "sidecar"),
    ]
    assert documents[1].text == TEXT
    assert not list(tmp_path.glob("**/*.txt"))


def test_what_is_wrong_with_a_member_is_said(tmp_path, parsers):
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"a.txt": TEXT, "a.meta.toml": "title = ["}))
    with pytest.raises(DocumentError, match="not valid TOML") as caught:
        load_document(Source(path, ("a.txt",)), parsers=parsers)
    assert str(caught.value).startswith(f"{path}/a.meta.toml")
    path.write_bytes(packed({"a.png": TEXT}))
    with pytest.raises(DocumentError, match="no document in it"):
        find_sources(path, parsers=parsers)
    path.write_bytes(b"PK")
    with pytest.raises(DocumentError, match="not a zip file"):
        find_sources(path, parsers=parsers)


def test_an_encrypted_member_says_so():
    raw = bytearray(packed({"a.txt": TEXT}))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(magic) + offset] |= 1
    with pytest.raises(DocumentError, match="encrypted"):
        read_document(bytes(raw), ("a.txt",), limits=Limits(), where="a.zip")


def test_limits_reach_the_process(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"a.txt": TEXT * 1000}))
    with pytest.raises(DocumentError, match="too large"):
        load_document(Source(path, ("a.txt",)), options=LoadOptions(limits=Limits(max_bytes=1000)))
