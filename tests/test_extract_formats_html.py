"""HTML: a page's own text without what stands around it, its notes, and what it says of itself."""

from __future__ import annotations

import pytest

from extract.errors import DocumentError
from extract.formats.dates import to_edtf
from extract.formats.html import read_html
from extract.formats.limits import Limits

LIMITS = Limits()
PROSE = "<p>2024年7月28日、東京で日米安全保障協議委員会が開催された。会合では、防衛装備の協力について協議した。</p>"


def read(body, head="", **options):
    raw = f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()
    return read_html(raw, limits=LIMITS, where="a.html", **options)


def lines(body, head=""):
    return read(body, head).text.splitlines()


AROUND = [
    '<nav><ul><li><a href="/">ホーム</a></li></ul></nav>',
    '<div id="gNav"><a href="/">ホーム</a><a href="/b">お知らせ</a></div>',
    '<div class="cookie-consent">このサイトはクッキーを使用します。</div>',
    '<section id="comments"><h3>コメント</h3><p>指針は廃止された。</p></section>',
    '<div class="related-posts"><h3>関連記事</h3><p>条約は失効した。</p></div>',
    "<aside><p>条約は失効した。</p></aside>",
    "<footer><p>© 2024 研究所</p></footer>",
    "<script>document.write('条約は失効した。')</script>",
    "<style>p { color: red }</style>",
    "<noscript>条約は失効した。</noscript>",
    '<p style="display: none">条約は失効した。</p>',
    "<p hidden>条約は失効した。</p>",
    '<ul><li><a href="/a">条約の歴史</a></li><li><a href="/b">会合の記録</a></li></ul>',
    '<p><a href="/next">次の記事へ</a></p>',
    '<div role="navigation">前の記事 次の記事</div>',
    '<form><label>検索</label><input name="q"></form>',
    "<!-- 条約は失効した。 -->",
    '<div itemscope itemtype="https://schema.org/Comment"><p>指針は廃止された。</p></div>',
]


@pytest.mark.parametrize("around", AROUND)
def test_what_stands_around_the_text_is_left_out(around):
    assert lines(around + PROSE) == lines(PROSE + around) == lines(PROSE)


KEPT = [
    ("<h2>経緯</h2>", ["## 経緯"]),
    ("<ul><li>情報の共有</li><li>訓練</li></ul>", ["- 情報の共有", "- 訓練"]),
    ('<ol start="3"><li>情報の共有</li><li>訓練</li></ol>', ["3. 情報の共有", "4. 訓練"]),
    ("<ul><li>親<ul><li>子</li></ul></li></ul>", ["- 親", "  - 子"]),
    ("<table><tr><th>年</th><th>会合</th></tr><tr><td>2015</td><td>SCC</td></tr></table>", ["| 年 | 会合 |", "| 2015 | SCC |"]),
    ("<table><tr><td><p>枠の中の文である。</p><p>次の文。</p></td></tr></table>", ["枠の中の文である。", "", "次の文。"]),
    ("<p>一行目<br>二行目</p>", ["一行目", "二行目"]),
    ("<p>一段目<br><br>二段目</p>", ["一段目", "", "二段目"]),
    ("<p>日米の\n   協議が English words  で</p>", ["日米の協議が English words で"]),
    ("<ruby>横須賀<rp>(</rp><rt>よこすか</rt><rp>)</rp></ruby>で開かれた", ["横須賀で開かれた"]),
    ("<p>CO<sub>2</sub>と<b>強調</b>と<a href='/a'>語のリンク</a>がある。</p>", ["CO2と強調と語のリンクがある。"]),
    ("<header><h1>題</h1><p>2024年8月9日掲載</p></header>", ["# 題", "", "2024年8月9日掲載"]),
    ("<div class='comment'>" + PROSE * 9 + "</div>", [t for n in range(9) for t in (*lines(PROSE), "")][:-1]),
]


@pytest.mark.parametrize(("body", "wanted"), KEPT)
def test_what_is_kept(body, wanted):
    assert lines(PROSE + body)[2:] == wanted


NOTES = [
    (
        '<p>会合<sup><a href="#n1" id="r1">1</a></sup>。</p><p id="n1"><a href="#r1">1</a> 注である。</p>',
        ["会合¹。", "", "¹ 注である。"],
    ),
    (
        '<p>会合<a href="#n1" id="r1">[1]</a>。</p><ol><li id="n1">注である。<a href="#r1">↩</a></li></ol>',
        ["会合¹。", "", "¹ 注である。"],
    ),
    ('<p>会合<a href="#n">注12</a>。</p><div><a name="n"></a>注12 注である。</div>', ["会合¹²。", "", "¹² 注12 注である。"]),
    ("<p>会合<sup>8</sup>。</p><p><sup>8</sup>注である。</p>", ["会合⁸。", "", "⁸注である。"]),
    ("<p>会合<sup>（注１）</sup>。</p><p>（注１）注である。</p>", ["会合（注１）。", "", "（注１）注である。"]),
    ("<p>会合<sup>１２</sup>。</p>", ["会合¹²。"]),
    ("<p>会合<sup>TM</sup>。</p>", ["会合TM。"]),
]


@pytest.mark.parametrize(("body", "wanted"), NOTES)
def test_notes(body, wanted):
    assert lines(PROSE + body)[2:] == wanted


def test_an_article_among_others():
    body = f"<div><p>サイトの説明。</p></div><article><h1>題</h1>{PROSE * 3}</article><article><p>別の記事。</p></article>"
    assert "別の記事" not in read(body).text
    assert "サイトの説明" not in read(body).text


def test_more_comments_than_text():
    comments = '<div id="comments">' + "<p>指針は廃止されたと思う。</p>" * 12 + "</div>"
    assert lines(PROSE + comments) == lines(PROSE)


def test_a_heading_that_stands_outside():
    assert lines(f"<header><h1>協議の歩み</h1></header><main>{PROSE}</main>")[0] == "# 協議の歩み"


ld = '<script type="application/ld+json">{}</script>'.format
METADATA = [
    (ld('{"@type": "NewsArticle", "headline": "題", "datePublished": "2024-08-09T10:00:00+09:00"}'), {"title": "題", "published": "2024-08-09"}),
    (ld('{"@graph": [{"@type": ["Report"], "author": [{"name": "山田"}, "佐藤"], "publisher": {"name": "社"}}]}'), {"author": "山田、佐藤", "publisher": "社"}),
    (ld('{"@type": "Event", "name": "会合", "datePublished": "2020"}'), {}),
    (ld('{"@type": "Article", "dateModified": "2024-08-09"}'), {}),
    (ld("{broken") + "<meta name=date content=2024-08-09>", {"published": "2024-08-09"}),
    (ld("[" * 100_000), {}),
    ('<meta property="og:title" content="題"><meta property="og:site_name" content="社">', {"title": "題", "publisher": "社"}),
    ('<meta property="article:published_time" content="2024-08-09"><meta name="date" content="2020">', {"published": "2024-08-09"}),
    ('<meta name="dcterms.date" content="2024-08">', {"published": "2024-08"}),
    ('<meta name="date" content="昨日">', {}),
    ('<meta property="article:modified_time" content="2024-08-09">', {}),
    ("<title>日米の協議の歩み | 同盟研究所</title>", {"title": "日米の協議の歩み"}),
    ("<title>同盟研究所 - 日米の協議の歩み</title>", {"title": "日米の協議の歩み"}),
    ("<title>外務省: 日米の協議</title>", {"title": "外務省: 日米の協議"}),
    ('<link rel="canonical" href="https://example.org/a">', {"source": "https://example.org/a"}),
    ('<link rel="canonical" href="javascript:alert(1)">', {}),
    ("<!-- saved from url=(0021)https://example.org/b -->", {"source": "https://example.org/b"}),
    ('<meta name="author" content="山田太郎">', {"author": "山田太郎"}),
]  # fmt: skip


@pytest.mark.parametrize(("head", "wanted"), METADATA)
def test_metadata(head, wanted):
    assert dict(read(PROSE, head).metadata) == wanted


@pytest.mark.parametrize(
    ("body", "published"),
    [
        ('<time itemprop="datePublished" datetime="2024-08-09">8月9日</time>', "2024-08-09"),
        ('<p class="post-date"><time datetime="2024-08-09T00:00">8月9日</time></p>', "2024-08-09"),
        ('<p class="updated"><time datetime="2024-08-09">8月9日</time></p>', None),
        ('<p>会合は<time datetime="1996-04-17">4月17日</time>に開かれた。</p>', None),
    ],
)
def test_the_date_in_the_page(body, published):
    assert dict(read(body + PROSE).metadata).get("published") == published


@pytest.mark.parametrize("charset", ["utf-8", "shift_jis", "Shift_JIS", "x-sjis", "euc-jp", "iso-2022-jp", "utf-16"])
@pytest.mark.parametrize("how", ['<meta charset="{}">', '<meta http-equiv="Content-Type" content="text/html; charset={}">', ""])
def test_encodings(charset, how):
    raw = f"<html><head>{how.format(charset)}</head><body>{PROSE}</body></html>".encode(
        "shift_jis" if charset == "x-sjis" else charset
    )
    extracted = read_html(raw, limits=LIMITS, where="a.html")
    assert extracted.text.splitlines() == lines(PROSE)
    assert extracted.warnings == ()


def test_an_encoding_that_is_not_so_is_said():
    raw = f'<html><head><meta charset="shift_jis"></head><body>{PROSE}</body></html>'.encode("euc-jp")
    extracted = read_html(raw, limits=LIMITS, where="a.html")
    assert extracted.text.splitlines() == lines(PROSE)
    assert "says that it is shift_jis" in extracted.warnings[0]


@pytest.mark.parametrize("raw", [b"", b"<html></html>", b"<nav><a href='/'>x</a></nav>", b"<script>1</script>"])
def test_a_page_without_text_says_so(raw):
    with pytest.raises(DocumentError, match=r"no text|empty"):
        read_html(raw, limits=LIMITS, where="a.html")


def test_hardly_nested_is_read_and_hopelessly_nested_is_said():
    assert lines("<div>" * 1500 + PROSE) == lines(PROSE)
    with pytest.raises(DocumentError, match="nested too deep"):
        read("<b>" * 50_000 + PROSE)


@pytest.mark.parametrize(
    ("words", "edtf"),
    [("2024", "2024"), ("2024-13", None), ("0000-01-01", None), ("9 August 2024", "2024-08-09"), ("x" * 10_000, None), ("令和99年1月1日", "2117-01-01"), ("", None)],
)  # fmt: skip
def test_dates(words, edtf):
    assert to_edtf(words) == edtf
