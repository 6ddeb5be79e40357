"""PDF: what the page shows becomes text in the order of reading; what it cannot give is said."""

from __future__ import annotations

import io

import documents_made as made
import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from extract.errors import DocumentError
from extract.formats.limits import Limits
from extract.formats.pdf import read_pdf

LIMITS = Limits()
FONT = "IPAexGothic"  # stands in the file
OUTSIDE = "HeiseiMin-W3"  # stands nowhere: every reader has, or should have, one in its place
SENTENCE = "1978年11月27日、日米防衛協力のための指針が了承された。"


@pytest.fixture(scope="module", autouse=True)
def fonts():
    pdfmetrics.registerFont(TTFont(FONT, made.fonts() / "ipaexg.ttf"))
    pdfmetrics.registerFont(UnicodeCIDFont(OUTSIDE))


@pytest.fixture
def drawn():
    """A PDF by reportlab: each page is a list of (x, y, size, text); `turned` turns the pages."""

    def draw(*pages, turned=0, title=None, font=FONT, rotate=0):
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=(400, 600))
        if title:
            canvas.setTitle(title)
        for page in pages:
            canvas.setPageRotation(turned)
            canvas.rotate(rotate)
            for x, y, size, text in page:
                canvas.setFont(font, size)
                canvas.drawString(x, y, text)
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()

    return draw


def text_of(raw, **limits):
    return read_pdf(raw, limits=Limits(**limits), where="a.pdf").text


def test_a_page_ends_with_a_form_feed_and_an_empty_one_counts(drawn):
    raw = drawn([(50, 500, 10, "一頁目。")], [], [(50, 500, 10, "三頁目。")])
    extracted = read_pdf(raw, limits=LIMITS, where="a.pdf")
    assert extracted.text == "一頁目。\n\f\n\f三頁目。\n"
    assert extracted.warnings == ("pages without a text layer: 2",)


def test_ruby_is_left_out(drawn):
    assert (
        text_of(drawn([(50, 500, 10, "東京の横須賀で会合が開かれた。"), (80, 510, 5, "よこすか")]))
        == "東京の横須賀で会合が開かれた。\n"
    )


@pytest.mark.parametrize(
    ("mark", "written"), [("8", "⁸"), ("12", "¹²"), ("(3)", "⁽³⁾"), ("3)", "³⁾"), ("注1", "注1"), ("*2", "*2")]
)
def test_a_raised_number_is_a_call(drawn, mark, written):
    behind = 80 + pdfmetrics.stringWidth(mark, FONT, 6)
    raw = drawn([(50, 500, 10, "委員会"), (80, 504, 6, mark), (behind, 500, 10, "が開かれた。")])
    assert text_of(raw) == f"委員会{written}が開かれた。\n"


def test_a_plain_number_in_small_print_opens_the_note_that_is_called(drawn):
    raw = drawn(
        [
            (50, 500, 10, "会合"),
            (70, 504, 6, "8"),
            (74, 500, 10, "が開かれ、その結果が発表された。"),
            (50, 480, 10, "次の会合は未定である。"),
            (50, 80, 7, "8 外務省の資料による。"),
            (50, 70, 7, "2024年版を見よ。"),
        ]
    )
    assert text_of(raw).splitlines()[-2:] == ["⁸ 外務省の資料による。", "2024年版を見よ。"]


def test_running_heads_and_page_numbers_go(drawn):
    heads = ["同盟研究 第3号", "協議の歩み"]
    pages = [
        [(50, 570, 8, heads[n % 2]), (50, 500, 10, f"{n + 1}番目の会合が開かれた。"), (200, 30, 9, f"- {n + 7} -")]
        for n in range(6)
    ]
    assert text_of(drawn(*pages)).split("\n\f")[:2] == ["1番目の会合が開かれた。", "2番目の会合が開かれた。"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page(drawn, turn):
    assert text_of(drawn([(50, 500, 10, SENTENCE)], turned=turn)) == SENTENCE + "\n"


def test_text_that_runs_upwards(drawn):
    raw = drawn([(100, -100, 10, "会合が開かれた。"), (100, -120, 10, "次の会合は未定。")], rotate=90)
    assert text_of(raw) == "会合が開かれた。\n次の会合は未定。\n"


def test_fonts_that_are_not_in_the_file(drawn):
    assert text_of(drawn([(50, 500, 10, SENTENCE)], font=OUTSIDE)) == SENTENCE + "\n"
    one_by_one = drawn([(50 + 10 * at, 500, 10, character) for at, character in enumerate("会合が開かれた")], font=OUTSIDE)
    try:
        said = text_of(one_by_one)  # where a Japanese font is installed
    except DocumentError as error:
        said = error.what
    assert said in ("会合が開かれた\n", "its fonts are neither in it nor on this machine")


def test_vertical_writing_runs_down_and_to_the_left(drawn):
    lines = ["千九百七十八年に指針が了承され、その後", "二度にわたって改定された。"]
    raw = drawn([(300 - 18 * at, 500 - 10 * n, 10, c) for at, line in enumerate(lines) for n, c in enumerate(line)])
    assert text_of(raw) == "\n".join(lines) + "\n"


def test_vertical_writing_with_numbers_and_a_head_across(drawn):
    def downwards(x, text):
        return [(x, 500 - 10 * n, 10, character) for n, character in enumerate(text)]

    page = [
        *downwards(300, "会合は昭和"),
        (300, 450, 9, "12"),
        *downwards(300, "　　　　　　月に開かれ、次の会合は")[6:],
        *downwards(282, "未定のままであった。"),
        (40, 560, 8, "同盟研究 第三号"),
        (200, 40, 8, "- 7 -"),
    ]
    pages = [page, [*downwards(300, "次の頁の文章がここから始まる。"), (40, 560, 8, "同盟研究 第三号"), (200, 40, 8, "- 8 -")]]
    assert (
        text_of(drawn(*pages)) == "会合は昭和12月に開かれ、次の会合は\n未定のままであった。\n\f次の頁の文章がここから始まる。\n"
    )


def test_vertical_writing_with_words_that_lie():
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 600))
    canvas.setFont(FONT, 10)
    for n, character in enumerate("その会合は、         と呼ばれ、東京で開かれた。"):
        canvas.drawString(300, 500 - 10 * n, character)
    canvas.saveState()
    canvas.translate(301.2, 448)
    canvas.rotate(-90)
    canvas.drawString(0, 0, "SCC in 2024")
    canvas.restoreState()
    canvas.save()
    assert text_of(buffer.getvalue()) == "その会合は、SCC in 2024　と呼ばれ、東京で開かれた。\n"


def test_bold_by_printing_twice(drawn):
    assert text_of(drawn([(50, 500, 10, SENTENCE), (50.3, 500, 10, SENTENCE)])) == SENTENCE + "\n"


def test_paragraphs_show_by_their_indents(drawn):
    lines = [
        "　会合では防衛装備の協力について協議し、その結果を",
        "共同発表としてまとめた。次の会合は未定である。",
        "　指針は了承された。",
    ]
    raw = drawn([(50 + 10 * line.startswith("　"), 500 - 16 * at, 10, line.strip()) for at, line in enumerate(lines)])
    assert text_of(raw) == "\n".join([lines[0].strip(), lines[1], "", lines[2].strip()]) + "\n"


def test_radicals_are_kanji():
    from extract.formats.pdf_glyphs import RADICALS

    assert "⺠間の⻑官と⻄側".translate(RADICALS) == "民間の長官と西側"


def test_ligatures_are_letters():
    text = text_of(made.typeset('#set text(font: "Libertinus Serif")\nThe office buffer is different, and fluid.'))
    assert text == "The office buffer is different, and fluid.\n"


def test_a_page_of_one_column_and_of_two():
    sentences = [f"第{n}回の会合は、東京で開催され、その成果が公表された。" for n in range(40)]
    body = "\n\n".join(["".join(sentences[:6]), "".join(sentences[6:12])])
    beside = "```{=typst}\n#columns(2)[" + "".join(sentences[12:28]) + "]\n```"
    text = text_of(made.as_pdf(f"{body}\n\n{beside}\n\n{''.join(sentences[28:])}", width=210, height=297))
    assert "".join(text.split()).endswith("".join(sentences))


@pytest.mark.parametrize(
    ("code", "text"), [(0xF0B7, "•"), (0xE123, ""), (0xFFFE, "-"), (9, " "), (1, ""), (0x4E00, "一"), (0x110000, "")]
)
def test_characters_of_private_use(code, text):
    from extract.formats.pdf_glyphs import _character

    assert _character(code) == text


def test_columns_below_a_title_across_them():
    text = text_of(made.as_pdf("共同訓練が行われた。" * 60, columns=2, height=100))
    assert "".join(text.split()).count("共同訓練が行われた。") == 60


@pytest.mark.parametrize(
    ("title", "taken"),
    [
        ("日米の協議", "日米の協議"),
        ("Microsoft Word - 協議の歩み.docx", "協議の歩み"),
        ("untitled", None),
        ("Document1", None),
        ("文書 1", None),
    ],
)
def test_a_title_that_is_one(drawn, title, taken):
    extracted = read_pdf(drawn([(50, 500, 10, SENTENCE)], title=title), limits=LIMITS, where="a.pdf")
    assert dict(extracted.metadata).get("title") == taken


def picture():
    buffer = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(buffer, "PDF")
    return buffer.getvalue()


def locked(password="secret"):
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(password, ownerPassword="owner", canCopy=0))
    canvas.drawString(50, 500, "Text")
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (picture(), "no text layer: its page is a picture"),
        (locked(), "encrypted"),
        (b"", "not a PDF"),
        (b"%PDF-1.7\n", "not a PDF"),
        (b"hello", "not a PDF"),
    ],
)
def test_what_cannot_be_read_is_said(raw, says):
    with pytest.raises(DocumentError, match=says) as caught:
        read_pdf(raw, limits=LIMITS, where="a.pdf")
    assert caught.value.where == "a.pdf"
    assert caught.value.todo


def test_a_pdf_that_all_may_read_though_not_change():
    assert text_of(locked(password="")) == "Text\n"


def test_limits(drawn):
    raw = drawn(*[[(50, 500, 10, SENTENCE)]] * 3)
    with pytest.raises(DocumentError, match="3 pages, the limit is 2"):
        text_of(raw, max_pages=2)
    with pytest.raises(DocumentError, match="more than 50 characters"):
        text_of(raw, max_characters=50)
