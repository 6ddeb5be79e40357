"""One article in every format, made by the programs that people make them with: pandoc, typst, python-docx, reportlab."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path

import pypandoc
import typst

from extract.formats.blocks import call

ARTICLE = (Path(__file__).parent / "cases" / "formats" / "article.md").read_text(encoding="utf-8")

# A page as sites serve it, with everything around the article that is not of it.
SITE = """<!DOCTYPE html>
<html lang="ja"><head><meta charset="{charset}"><title>{title} | 同盟研究所</title></head><body class="has-sidebar">
<div id="cookie-banner">このサイトはクッキーを使用します。1952年に設置されたものではありません。<button>同意する</button></div>
<header class="site-header"><a href="/">同盟研究所</a><nav><ul><li><a href="/a">1996年に安保共同宣言が発表された</a></li></ul></nav></header>
<div class="breadcrumb"><a href="/">ホーム</a> &gt; <a href="/essays">論考</a></div>
<div id="main"><div class="entry">
{article}
</div>
<div class="related"><h3>関連する論考</h3><ul><li><a href="/b">日米地位協定は1960年に発効した</a></li><li><a href="/c">日豪円滑化協定は署名された</a></li></ul></div>
<div id="comments"><h3>コメント(1件)</h3><div class="comment"><p>同盟調整メカニズムは2020年に廃止された。</p></div></div></div>
<aside><p>日米合同委員会は1960年に設置された。</p></aside>
<footer>© 2024 同盟研究所<script>document.write("NATOは1949年に設立された。")</script></footer></body></html>
"""
PAGE = """
#set page(width: {width}mm, height: {height}mm, columns: {columns}, margin: (x: 16mm, y: 18mm), numbering: "{numbering}",
  header: [#set text(7pt); 同盟研究 第3号（2024年） #h(1fr) 協議の場はどう変わったか])
#set text(font: "IPAexGothic", size: {size}pt, lang: "ja")
#set super({raised})
#set par(first-line-indent: (amount: 1em, all: true), justify: true, leading: 0.8em)
"""


@cache
def title() -> str:
    return ARTICLE.partition("\n")[0].removeprefix("# ")


def as_text(markdown: str = ARTICLE) -> str:
    """Plain text, as one would type it: no marks but those of notes and bullets."""
    text = re.sub(r"^#+ ", "", markdown, flags=re.MULTILINE)
    text = re.sub(r"^\[\^(\d+)\]: ", lambda found: call(found[1]) + " ", text, flags=re.MULTILINE)
    text = re.sub(r"\[\^(\d+)\]", lambda found: call(found[1]), text)
    return re.sub(r"^- ", "・", text, flags=re.MULTILINE)


def as_old_text(markdown: str = ARTICLE) -> str:
    """Plain text in the characters that Shift_JIS, EUC-JP and ISO-2022-JP have."""
    return re.sub("([¹²³])", lambda found: f"(注{'¹²³'.index(found[1]) + 1})", as_text(markdown))


def as_html(markdown: str = ARTICLE, *, charset: str = "utf-8") -> bytes:
    article = pypandoc.convert_text(markdown, "html", format="markdown")
    page = SITE.format(title=title(), article=article, charset=charset)
    return page.encode({"shift_jis": "cp932"}.get(charset, charset), "xmlcharrefreplace")


def as_docx(path: Path, markdown: str = ARTICLE) -> None:
    pypandoc.convert_text(markdown, "docx", format="markdown", outputfile=str(path))


def as_pdf(
    markdown: str = ARTICLE,
    *,
    columns: int = 1,
    width: int = 148,
    height: int = 210,
    size: float = 9,
    numbering: str = "- 1 -",
    raised: str = "typographic: false, size: 0.6em, baseline: -0.4em",
) -> bytes:
    """Set by typst: with notes at the foot of the page, running heads and page numbers."""
    body = pypandoc.convert_text(markdown, "typst", format="markdown")
    page = PAGE.format(columns=columns, width=width, height=height, size=size, numbering=numbering, raised=raised)
    return typeset(page + body)


def typeset(source: str) -> bytes:
    """A PDF of typst's own language."""
    pdf: bytes = typst.compile(source.encode(), font_paths=[str(fonts())], ignore_system_fonts=True)
    return pdf


@cache
def fonts() -> Path:
    """The folder of a Japanese font; finding its package is enough, and imports no matplotlib."""
    spec = importlib.util.find_spec("matplotlib_fontja")
    assert spec
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "fonts"
