"""DOCX: headings, items, tables and notes of Word files; what was deleted is gone, what is broken is said."""

from __future__ import annotations

import io
import zipfile

import documents_made as made
import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from extract.errors import DocumentError
from extract.formats.docx import read_docx
from extract.formats.limits import Limits

W = nsdecls("w")


def saved(document):
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(raw, **limits):
    return read_docx(raw, limits=Limits(**limits), where="a.docx")


@pytest.fixture
def word():
    return docx.Document()


def lines(document):
    return read(saved(document)).text.splitlines()


def test_blocks(word):
    word.add_heading("題", 0)
    word.add_heading("経緯", 2)
    word.add_paragraph("本文である。").add_run("強調").bold = True
    word.add_paragraph("情報の共有", style="List Bullet")
    word.add_paragraph("訓練", style="List Bullet")
    word.add_paragraph("一つ目", style="List Number")
    word.add_paragraph("二つ目", style="List Number")
    table = word.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "2015", "SCC"
    assert lines(word) == [
        "# 題", "", "## 経緯", "", "本文である。強調", "", "- 情報の共有", "- 訓練", "1. 一つ目", "2. 二つ目", "", "| 2015 | SCC |",
    ]  # fmt: skip


def test_notes_of_pandoc(tmp_path):
    made.as_docx(tmp_path / "a.docx", "会合[^a]が開かれ[^b]た。\n\n[^a]: 一つ目。\n[^b]: 二つ目。\n\n    その続き。\n")
    assert read((tmp_path / "a.docx").read_bytes()).text == "会合¹が開かれ²た。\n\n¹ 一つ目。\n² 二つ目。その続き。\n"


def run_with(word, xml):
    word.add_paragraph("前").runs[0]._r.addnext(parse_xml(xml))
    return lines(word)


@pytest.mark.parametrize(
    ("xml", "line"),
    [
        (f'<w:ins {W} w:id="1"><w:r><w:t>挿入</w:t></w:r></w:ins>', "前挿入"),
        (f'<w:del {W} w:id="1"><w:r><w:delText>削除</w:delText></w:r></w:del>', "前"),
        (f"<w:r {W}><w:rPr><w:vanish/></w:rPr><w:t>隠し</w:t></w:r>", "前"),
        (f'<w:r {W}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>12</w:t></w:r>', "前¹²"),
        (f'<w:r {W}><w:rPr><w:position w:val="8"/></w:rPr><w:t>12</w:t></w:r>', "前¹²"),
        (f'<w:r {W}><w:rPr><w:position w:val="-8"/></w:rPr><w:t>12</w:t></w:r>', "前12"),
        (f"<w:r {W}><w:tab/><w:t>後</w:t></w:r>", "前\t後"),
        (f"<w:r {W}><w:fldChar/><w:instrText>PAGE</w:instrText></w:r>", "前"),
        (
            f"<w:r {W}><w:ruby><w:rt><w:r><w:t>よこすか</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>横須賀</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "前横須賀",
        ),
        (f'<w:hyperlink {W} xmlns:r="r"><w:r><w:t>語</w:t></w:r></w:hyperlink>', "前語"),
        (f"<w:sdt {W}><w:sdtPr/><w:sdtContent><w:r><w:t>枠</w:t></w:r></w:sdtContent></w:sdt>", "前枠"),
    ],
)
def test_runs(word, xml, line):
    assert run_with(word, xml) == [line]


def test_white_space_without_end(word):
    assert run_with(word, f"<w:r {W}><w:t xml:space='preserve'>{' ' * 300_000}後</w:t></w:r>") == ["前" + " " * 300_000 + "後"]


def test_breaks(word):
    paragraph = word.add_paragraph("一行目")
    paragraph.add_run().add_break()
    paragraph.add_run("二行目")
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    paragraph.add_run("次の頁")
    assert lines(word) == ["一行目", "二行目 次の頁"]


def test_a_text_box_is_read_once(word):
    box = "<w:txbxContent><w:p><w:r><w:t>箱の中</w:t></w:r></w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    assert run_with(
        word, f'<w:r {W} xmlns:mc="{mc}"><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>'
    ) == ["前", "", "箱の中"]  # fmt: skip


def test_headers_and_comments_are_left_out(word):
    word.sections[0].header.paragraphs[0].text = "柱"
    run = word.add_paragraph("本文。").runs[0]
    word.add_comment(run, text="コメント", author="査読者")
    assert lines(word) == ["本文。"]


def test_metadata(word):
    word.add_paragraph("本文。")
    word.core_properties.title, word.core_properties.author = "題", "山田太郎"
    metadata = dict(read(saved(word)).metadata)
    assert (metadata["title"], metadata["author"]) == ("題", "山田太郎")
    assert metadata.keys() == {"title", "author", "made"}


def parts(**changed):
    """A Word file with parts put in their place."""
    document = docx.Document()
    document.add_paragraph("本文。")
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(document))) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = changed.get(info.filename.rpartition("/")[2].partition(".")[0], old.read(info))
            if content is not None:
                new.writestr(info.filename, content)
    return buffer.getvalue()


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + f"]><w:document {W}><w:body><w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body></w:document>"
)
OUTSIDE = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document {W}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
DEEP = f"<w:document {W}><w:body>" + "<w:tbl>" * 5000 + "</w:tbl>" * 5000 + "</w:body></w:document>"


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "not a zip file"),
        (b"PK\x03\x04", "not a zip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "encrypted, or an old Word file"),
        (parts(document=None), "not a Word file"),
        (parts(document=b"<w:document"), "document.xml in it is broken"),
        (parts(document=LAUGHS), "broken|declares entities"),
        (parts(document=OUTSIDE), "declares entities"),
        (parts(document=DEEP), "broken"),
        (parts(document=f"<w:document {W}/>"), "empty"),
        (parts(styles=b"no"), "styles.xml in it is broken"),
        (parts(document=b" " * 3_000_000), "unpacks to more than 1 MB"),
    ],
)
def test_what_cannot_be_read_is_said(raw, says):
    with pytest.raises(DocumentError, match=says) as caught:
        read(raw, max_unpacked=1_000_000)
    assert caught.value.where == "a.docx"
    assert "root:" not in str(caught.value)
    assert caught.value.todo


def test_an_outline_level_makes_a_heading(word):
    properties = word.add_paragraph("節の題")._p.get_or_add_pPr()
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "2")
    properties.append(level)
    assert lines(word) == ["### 節の題"]
