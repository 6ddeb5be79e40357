"""Files to documents: encodings, sidecars, front matter, dates in the text, and everything that can be wrong."""

import os

import pytest

from extract.documents import LoadOptions, find_documents, load_document
from extract.errors import DocumentError
from extract.formats.limits import Limits

TEXT = "同盟の歴史\n\n1978年に指針が策定された。カタカナの「デジタル」も、ある。\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp932", "shift_jis", "euc_jp", "iso2022_jp"],
)
def test_text_is_what_the_bytes_encode(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert load_document(path).text == TEXT


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_stay(tmp_path, end):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.replace("\n", end).encode())
    assert load_document(path).text == TEXT.replace("\n", end)


@pytest.mark.parametrize("bom", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_of_both_orders(tmp_path, bom):
    path = tmp_path / "a.txt"
    path.write_bytes(bom + TEXT.encode("utf-16-le" if bom[0] == 0xFF else "utf-16-be"))
    assert load_document(path).text == TEXT


def test_an_encoding_that_is_given_wins(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("ｱｲｳ".encode("cp932"))
    assert load_document(path, options=LoadOptions(encoding="cp932")).text == "ｱｲｳ"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        ("\u3000\n".encode(), "empty"),
        (b"abc\x00def", "NUL"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "NUL"),
        (b"\xff\xff\xfd\x81\x20\xa0", "no text"),
        (bytes(range(1, 9)) * 20, "control characters"),
        (b"\xff\xfea", "not utf-16"),
        (b"x" * 101, "too large"),
    ],
)
def test_bytes_that_cannot_be_read(tmp_path, content, says):
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=says) as caught:
        load_document(path, options=LoadOptions(limits=Limits(max_bytes=100 if len(content) == 101 else 10_000)))
    assert str(caught.value).startswith(str(path))
    assert caught.value.todo
    assert "\n" not in str(caught.value)


def test_what_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    for name, says in [("gone.txt", "no such file"), ("pipe.txt", "regular file"), (".", "regular file")]:
        with pytest.raises(DocumentError, match=says):
            load_document(tmp_path / name)


def test_unknown_encoding_is_said(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(DocumentError, match="no encoding"):
        load_document(path, options=LoadOptions(encoding="klingon"))


SIDECARS = [
    ('title = "同盟"\npublished = "2024-08"\nsource = "https://example.org"\npublisher = "社"\nauthor = "山田"\n', None),
    ("published = 2024-08-09\n", None),
    ('titel = "x"\n', "unknown key 'titel'"),
    ("title = 3\n", "title must be text"),
    ('title = " "\n', "title must be text"),
    ('published = "昨年"\n', "published is no EDTF date"),
    ('published = "2024-13"\n', "published is no EDTF date"),
    ("title = \n", "not valid TOML"),
]


@pytest.mark.parametrize(("sidecar", "says"), SIDECARS)
def test_sidecars(tmp_path, sidecar, says):
    path = tmp_path / "a.b.txt"
    path.write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.b.meta.toml").write_text(sidecar, encoding="utf-8")
    if says is None:
        document = load_document(path)
        assert document.published_from == "sidecar"
        assert document.published in ("2024-08", "2024-08-09")
        assert document.identifier == "a.b.txt"
    else:
        with pytest.raises(DocumentError, match=says) as caught:
            load_document(path)
        assert "a.b.meta.toml" in str(caught.value)


def test_sidecar_that_is_no_text(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.meta.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DocumentError, match="not valid TOML"):
        load_document(path)


def test_the_order_of_the_origins(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: 甲\ndate: 2023-01-02\ntags: [x]\n---\n2022年3月4日掲載\n\n本文である。\n", encoding="utf-8")
    document = load_document(path)
    assert (document.title, document.published, document.published_from) == ("甲", "2023-01-02", "front matter")
    (tmp_path / "a.meta.toml").write_text('published = "2024"', encoding="utf-8")
    document = load_document(path)
    assert (document.title, document.published, document.published_from) == ("甲", "2024", "sidecar")
    document = load_document(path, options=LoadOptions(published="2025", title="乙"))
    assert (document.title, document.published, document.published_from) == ("乙", "2025", "option")


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.md", '+++\ntitle = "丙"\n+++\n本文。', "丙"),
        ("a.md", "---\r\ntitle: '丁'\r\n---\r\n本文。", "丁"),
        ("a.md", "---\ntitle: 閉じない\n本文。", None),
        ("a.txt", "---\ntitle: 甲\n---\n本文。", None),
        ("a.md", "本文。\n---\ntitle: 甲\n---\n", None),
    ],
)
def test_front_matter(tmp_path, name, text, title):
    path = tmp_path / name
    path.write_bytes(text.encode())
    assert load_document(path).title == title


def test_bad_date_in_front_matter(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("---\ndate: someday\n---\n本文。", encoding="utf-8")
    with pytest.raises(DocumentError, match="front matter"):
        load_document(path)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("題\n\n2024年8月9日掲載\n\n本文である。", "2024-08-09"),
        ("題\n令和6年11月16日\n本文である。", "2024-11-16"),
        ("題\n平成元年 1 月 8 日\n本文である。", "1989-01-08"),
        ("題\n２０２４年８月９日（金）\n本文である。", "2024-08-09"),
        ("題\n2024年(令和6年)8月9日 公開\n本文である。", "2024-08-09"),
        ("題\n公開日：2024/08/09\n本文である。", "2024-08-09"),
        ("題\n2024年8月号\n本文である。", "2024-08"),
        ("題\n本文である。\nPublished May 12, 2023\n", "2023-05-12"),
        ("Title\nPosted on 3 May 2021\nBody.", "2021-05-03"),
        ("題\n2024年8月9日に東京で開催された。", None),
        ("題\n2024年2月30日掲載\n本文である。", None),
        ("題\n¹ 2024年8月9日掲載\n", None),
        ("本文である。\n" * 30 + "2024年8月9日\n", None),
        ("本文である。\n" * 100 + "2024年8月9日掲載\n" + "本文である。\n" * 100, None),
        ("題\nPublished by the Institute\n", None),
    ],
)
def test_the_date_that_the_text_states(tmp_path, text, published):
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    document = load_document(path)
    assert document.published == published
    assert document.published_from == ("text" if published else None)


def test_find_documents(tmp_path):
    for name in ("b.txt", "a.md", "sub/c.TXT", "sub/d.pdf", ".hidden/e.txt", ".f.txt", "a.meta.toml", "sub/c.meta.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "sub" / "broken.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    names = [path.relative_to(tmp_path).as_posix() for path in find_documents([tmp_path])]
    assert names == ["a.md", "b.txt", "sub/c.TXT", "sub/d.pdf"]
    assert find_documents([tmp_path / "sub" / "d.pdf", tmp_path / "a.meta.toml"]) == (tmp_path / "sub" / "d.pdf",)
    assert len(find_documents([tmp_path, tmp_path / "b.txt", tmp_path / "sub"])) == 4
    assert find_documents([]) == ()


def test_find_documents_misses_a_path(tmp_path):
    with pytest.raises(DocumentError, match="no such file or directory"):
        find_documents([tmp_path / "gone"])


def test_paths_that_are_odd(tmp_path):
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "there").symlink_to(tmp_path / "back", target_is_directory=True)
    (tmp_path / "back").symlink_to(tmp_path / "there", target_is_directory=True)
    assert find_documents([tmp_path]) == ()
    for path in (tmp_path / "self.txt", tmp_path / ("x" * 300), tmp_path / "a\0b"):
        with pytest.raises(DocumentError, match=r"no such file|cannot be read|too long"):
            find_documents([path])


def test_a_name_of_old_windows(tmp_path):
    path = tmp_path / os.fsdecode("白書.txt".encode("cp932"))
    path.write_text(TEXT, encoding="utf-8")
    assert load_document(path).identifier == "白書.txt"
    assert [load_document(found).text for found in find_documents([tmp_path])] == [TEXT]


def test_each_field_says_where_it_came_from(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: 甲\ndate: 2023-01-02T10:00:00+09:00\n---\n本文である。\n", encoding="utf-8")
    (tmp_path / "a.meta.toml").write_text('publisher = "社"', encoding="utf-8")
    document = load_document(path, options=LoadOptions(author="山田"))
    assert document.published == "2023-01-02"
    assert dict(document.origins) == {
        "title": "front matter",
        "published": "front matter",
        "publisher": "sidecar",
        "author": "option",
    }


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"%PDF-1.7 ...", "ends? in .pdf"), (b"PK\x03\x04", "zip"), (b"\xd0\xcf\x11\xe0", "old Word"), (b"{\\rtf1", "RTF")],
)
def test_other_files_that_are_called_text(tmp_path, content, says):
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(DocumentError, match=says):
        load_document(tmp_path / "a.txt")
