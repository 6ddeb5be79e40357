"""Mutated and generated files of every format through the reading stage: no crash, no hang, spans that hold.

`make test-all` runs more than 20,000 of them (`--hypothesis-profile=long`); the parsers run in their process, so that
a crash in a C library is found and named as well.
"""

from __future__ import annotations

import copy
import io
import time
import zipfile
from functools import cache
from pathlib import Path

import documents_made as made
import pytest
from hypothesis import HealthCheck, currently_in_test_context, event, given, settings
from hypothesis import strategies as st
from lxml import etree
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from extract.documents import LoadOptions, find_sources, load_document
from extract.errors import DocumentError
from extract.formats.isolation import Parsers
from extract.formats.limits import MB, Limits
from extract.model import Document
from extract.reading import read_sentences

LIMITS = Limits(seconds=15.0, memory=1_000 * MB, max_characters=200_000, max_unpacked=5 * MB, max_pages=50, max_members=50)
PATIENCE = 20.0  # seconds for one input, on a machine that does other things as well
EXAMPLES = settings(
    max_examples=settings().max_examples,  # 100; in the long profile 2,000 for each of the thirteen tests below
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
OURS = ("its parser", "seconds to read", "does not start")  # what an input must never come to

TOKENS = [
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b$B", b"\x1b(B", b"\f", b"\r", b"\n", b"\xe2\x80\xa8", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80",
    "¹".encode(), "⁸ ".encode(), "（注1）".encode(), b"[^1]", b"[^1]: ", "。".encode(), "「".encode(), "」".encode(), "①".encode(),
    b"# ", b"| a | b |\n", b"---\n", b"+++\n", b"- ", b"12", b"999999999999", b"-1", b"1e400", b"NaN", b"<", b">", b"&", b"&#0;", b"&#xD800;",
    b"&lt;", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<p>", b"</p>", b"<table><tr><td>", b"<sup><a href='#a'>1</a></sup>", b"<li id='a'>",
    b"<br>", b"<ul>", b"</div>", b"<script>", b"<plaintext>", b"<ol start=-99999>", b"<w:p>", b"<w:r><w:t>x</w:t></w:r>", b"<w:del>",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"<?xml version='1.0' encoding='utf-7'?>", b"charset=utf-16", b"stream\n", b"endstream",
    b"endobj", b"<<", b">>", b"/Kids[3 0 R]", b"/Contents 4 0 R", b"/Length 0", b"/Filter/FlateDecode", b"BT", b"ET", b"Tj", b"(a)", b"0 0 0 0 0 0 Tm",
    b"1e9 0 0 1e9 0 0 cm", b"/Rotate 37", b"/MediaBox[0 0 0 0]", b"9 0 R", b"PK\x03\x04", b"PK\x05\x06", b"PK\x01\x02",
]  # fmt: skip

mutation = st.tuples(
    st.sampled_from(["flip", "cut", "put", "twice", "end", "swap", "many"]), st.floats(0, 1), st.floats(0, 1), st.sampled_from(TOKENS), st.integers(0, 255)
)  # fmt: skip
mutations = st.lists(mutation, min_size=1, max_size=8)


def mutate(seed: bytes, changes) -> bytes:
    raw = bytearray(seed)
    for kind, at, other, token, byte in changes:
        start, end = sorted((int(at * len(raw)), int(other * len(raw))))
        end = min(end, start + 400)
        match kind:
            case "flip" if raw:
                raw[start % len(raw)] ^= byte or 1
            case "cut":
                del raw[start:end]
            case "put":
                raw[start:start] = token
            case "twice":
                raw[start:start] = raw[start:end]
            case "end":
                del raw[max(start, 8) :]
            case "swap":
                raw[start:end] = raw[start:end][::-1]
            case "many":
                raw[start:start] = token * byte
    return bytes(raw)


@cache
def seed(kind: str) -> bytes:
    """A file to start from: not compressed where that would hide what is changed."""
    short = made.ARTICLE[:400] + "\n\n" + made.ARTICLE[made.ARTICLE.index("協議の対象は") :][:300] + made.ARTICLE[-160:]
    match kind:
        case "txt":
            return made.as_text(short).encode()
        case "old":
            return made.as_old_text(short).encode("cp932")
        case "md":
            return b"---\ntitle: x\ndate: 2024-08-09\n---\n" + short.encode()
        case "html":
            return made.as_html(short)
        case "pdf":
            return drawn()
        case _:
            return made.as_pdf()


def drawn() -> bytes:
    pdfmetrics.registerFont(TTFont("IPAexGothic", made.fonts() / "ipaexg.ttf"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(300, 200), pageCompression=0)
    for page in range(3):
        for at, line in enumerate(made.as_text().splitlines()[page : page + 6]):
            canvas.setFont("Helvetica" if at == 2 else "IPAexGothic", 9)
            canvas.drawString(20, 180 - 14 * at, line[:25])
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.fixture(scope="module")
def parsers():
    with Parsers(LIMITS) as parsers:
        yield parsers


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz")


@pytest.fixture
def reads(parsers, folder):
    """Reads the bytes as a file of a name: the sentences hold, or the error is one that a user can do something about."""
    options = LoadOptions(LIMITS)

    def attempt(what, *args):
        began = time.monotonic()
        outcome, refused = None, None
        try:
            outcome = what(*args, parsers=parsers, options=options)
        except DocumentError as error:
            refused = error
        if isinstance(outcome, Document):
            _check(outcome)
        if refused:
            assert refused.where, refused
            assert refused.todo, refused
            assert not any(part in refused.what for part in OURS), refused
        if currently_in_test_context() and (refused or isinstance(outcome, Document)):
            event("refused" if refused else "read")
        assert time.monotonic() - began < PATIENCE
        return outcome

    def read(name: str, content: bytes) -> bool:
        path: Path = folder / name
        path.write_bytes(content)
        for source in attempt(find_sources, path) or ():
            attempt(load_document, source)
        return True

    return read


def _check(document) -> None:
    text = document.text
    text.encode("utf-8")
    assert text.strip()
    for sentence in read_sentences(document):
        assert len(sentence.text) == len(sentence.starts) == len(sentence.ends)
        for span in sentence.source(0, len(sentence.text)):
            assert 0 <= span.start < span.end <= len(text)


def rewrite(seed: bytes, changes) -> bytes:
    """The same changes made to characters, so that the encoding holds."""
    text = seed.decode("utf-8")
    for kind, at, other, token, byte in changes:
        start, end = sorted((int(at * len(text)), int(other * len(text))))
        end = min(end, start + 200)
        put = token.decode("utf-8", "ignore") * (byte if kind == "many" else 1)
        match kind:
            case "cut" | "swap":
                text = text[:start] + text[start:end][:: -1 if kind == "swap" else end + 1] + text[end:]
            case "twice":
                text = text[:end] + text[start:]
            case "end":
                text = text[: max(start, 20)]
            case _:
                text = text[:start] + (put or chr(byte * 257)) + text[start:]
    return text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("kind", ["txt", "old", "md"])
@EXAMPLES
@given(changes=mutations)
def test_text(reads, kind, changes):
    assert reads("a.md" if kind == "md" else "a.txt", mutate(seed(kind), changes))


@pytest.mark.parametrize("kind", ["txt", "md", "html"])
@EXAMPLES
@given(changes=mutations)
def test_characters(reads, kind, changes):
    assert reads(f"a.{kind}", rewrite(seed(kind), changes))


@EXAMPLES
@given(changes=mutations)
def test_html(reads, changes):
    assert reads("a.html", mutate(seed("html"), changes))


names = st.sampled_from(
    [
        "p",
        "div",
        "span",
        "b",
        "i",
        "sup",
        "a",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "h1",
        "h2",
        "br",
        "ruby",
        "rt",
        "section",
        "article",
        "main",
        "footer",
        "pre",
        "x-y",
        "tbody",
        "sub",
        "header",
    ]
)
pieces = st.one_of(
    st.builds("<{}>".format, names),
    st.builds("</{}>".format, names),
    st.builds('<a href="#{0}" id="{1}">{0}</a>'.format, st.integers(0, 3), st.integers(0, 3)),
    st.builds('<div class="{}">'.format, st.sampled_from(["notes", "comments", "nav", "content", "sidebar"])),
    st.text("日米の協議1234()。、「」 \n¹⁸注※*[]|#-", max_size=30),
    st.characters(),
)


@EXAMPLES
@given(body=st.lists(pieces, max_size=80))
def test_html_that_is_made_up(reads, body):
    assert reads("a.html", "".join(body).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("kind", ["pdf", "set.pdf"])
@EXAMPLES
@given(changes=mutations)
def test_pdf(reads, kind, changes):
    assert reads("a.pdf", mutate(seed(kind), changes))


@cache
def word(folder: Path) -> bytes:
    made.as_docx(folder / "seed.docx")
    return (folder / "seed.docx").read_bytes()


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TAGS = "p r t tbl tr tc br tab del ins footnoteReference numPr pStyle pPr rPr sdt hyperlink ruby rt rubyBase txbxContent body x".split()  # noqa: SIM905
graft = st.tuples(
    st.sampled_from(["drop", "twice", "move", "name", "text", "value"]),
    st.integers(0, 400),
    st.integers(0, 400),
    st.sampled_from(TAGS),
)


def grafted(content: bytes, changes) -> bytes:
    """A part whose elements are dropped, doubled, moved and renamed; it stays well-formed."""
    root = etree.fromstring(content)
    for kind, at, other, tag in changes:
        elements = [element for element in root.iter(etree.Element) if element is not root]
        if not elements:
            break
        element, place = elements[at % len(elements)], elements[other % len(elements)]
        parent = element.getparent()
        match kind:
            case "drop":
                parent.remove(element)
            case "twice":
                parent.append(copy.deepcopy(element))
            case "move" if element not in list(place.iterancestors()) and element is not place:
                place.append(element)
            case "name":
                element.tag = W + tag
            case "text":
                element.text = "¹日米。" * (other % 50)
            case "value":
                for name in element.attrib:
                    element.set(name, str(at - 200) * (1 + other % 9))
    return etree.tostring(root)


@EXAMPLES
@given(part=st.sampled_from(["document", "footnotes", "styles", "numbering"]), changes=st.lists(graft, min_size=1, max_size=10))
def test_docx_of_other_elements(reads, folder, part, changes):
    assert reads("a.docx", with_part(word(folder), part, lambda content: grafted(content, changes)))


def with_part(package: bytes, part: str, change) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, change(old.read(info)) if f"/{part}.xml" in info.filename else old.read(info))
    return buffer.getvalue()


@EXAMPLES
@given(part=st.sampled_from(["document", "footnotes", "core"]), changes=mutations, outside=st.booleans())
def test_docx(reads, folder, part, changes, outside):
    """Parts are changed before they are packed, or the package is."""
    package = word(folder)
    assert reads(
        "a.docx", mutate(package, changes) if outside else with_part(package, part, lambda content: mutate(content, changes))
    )


@EXAMPLES
@given(changes=mutations, inside=mutations, outside=st.booleans())
def test_zip(reads, changes, inside, outside):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", mutate(seed("txt"), inside))
        archive.writestr("b/c.html", rewrite(b"<p>text</p>", inside))
        archive.writestr("b/c.meta.toml", rewrite(b'title = "x"\npublished = "2024"', inside))
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as within:
            within.writestr("d.md", b"text")
        archive.writestr("e.zip", mutate(inner.getvalue(), inside[:1]))
    assert reads("a.zip", mutate(buffer.getvalue(), changes) if outside else buffer.getvalue())


FOUND = [
    (
        "calls.txt",
        ("¹" * 200 + "x\n").encode() * 3,
    ),  # by test_text: the calls at a line's end were looked for in exponential time
    ("spaces.html", b"<p>x<sup>" + b" " * 20_000 + b"</sup></p><a href='#a'>" + b"\n" * 20_000 + b"</a>"),
    ("stars.md", b"*" * 10_000 + b"\n" + b"**" * 5_000 + b"x"),
]


@pytest.mark.parametrize(("name", "content"), FOUND)
def test_what_was_found(reads, name, content):
    assert reads(name, content)
