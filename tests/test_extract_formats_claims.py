"""The same article in every format and every encoding says the same: page and layout apart, the claims are one."""

from __future__ import annotations

import re

import documents_made as made
import pytest

from extract.documents import load_document
from extract.formats.isolation import Parsers

pytestmark = pytest.mark.model

HTML = {
    f"page-{charset}.html": (made.as_html, {"charset": charset}) for charset in ("utf-8", "shift_jis", "euc-jp", "iso-2022-jp")
}
PDF = {
    "one-column.pdf": (made.as_pdf, {}),
    "superscripts-of-the-font.pdf": (made.as_pdf, {"raised": "typographic: true", "numbering": "1 / 1"}),
    "two-columns.pdf": (made.as_pdf, {"columns": 2}),
    "small-pages.pdf": (made.as_pdf, {"width": 110, "height": 100}),
    "small-pages-two-columns.pdf": (made.as_pdf, {"columns": 2, "width": 148, "height": 120}),
}
TEXT = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "shift_jis", "euc_jp", "iso2022_jp")


def told(extraction):
    """The claims with the labels of what they are about, and their quotes without the marks of layout and notes."""
    labels = {entity.key: entity.label for entity in extraction.entities}
    text = extraction.document.text
    return {
        (
            labels[claim.subject],
            claim.predicate,
            labels.get(claim.object, claim.object) if isinstance(claim.object, str) else str(claim.object),
            claim.factuality,
            re.sub(r"[\s⁰¹²³⁴-⁹]|\[\^\d+\]|\(注\d\)", "", "".join(span.of(text) for span in claim.evidence)),
        )
        for claim in extraction.claims
    }


@pytest.fixture(scope="module")
def parsers():
    with Parsers() as parsers:
        yield parsers


@pytest.fixture(scope="module")
def of_markdown(tmp_path_factory, extractor):
    path = tmp_path_factory.mktemp("markdown") / "article.md"
    path.write_text(made.ARTICLE, encoding="utf-8")
    path.with_suffix(".meta.toml").write_text('published = "2025"', encoding="utf-8")
    claims = told(extractor.extract_one(load_document(path)))
    assert len(claims) >= 30
    return claims


@pytest.fixture
def claims(tmp_path, extractor, parsers):
    def of(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        path.with_suffix(".meta.toml").write_text('published = "2025"', encoding="utf-8")
        return told(extractor.extract_one(load_document(path, parsers=parsers)))

    return of


@pytest.mark.parametrize("encoding", TEXT)
def test_text(claims, of_markdown, encoding):
    """Superscripts are not in the older encodings, where people write 注1 as they do here."""
    text = made.as_text() if encoding.startswith("utf") else made.as_old_text()
    assert claims("article.txt", text.encode(encoding)) == of_markdown


@pytest.mark.parametrize("name", [*HTML, *PDF])
def test_pages(claims, of_markdown, name):
    make, options = {**HTML, **PDF}[name]
    assert claims(name, make(**options)) == of_markdown


def test_docx(claims, of_markdown, tmp_path):
    made.as_docx(tmp_path / "made.docx")
    assert claims("article.docx", (tmp_path / "made.docx").read_bytes()) == of_markdown
