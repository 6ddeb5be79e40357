"""HTML: the page's own text, and what it says of itself. Nothing that it asks for is loaded."""

from __future__ import annotations

import re

from lxml import etree
from lxml.etree import _Element as Element

from extract.encodings import decode
from extract.errors import DocumentError
from extract.formats.blocks import Block, Kind, render
from extract.formats.extracted import Extracted, checked
from extract.formats.html_content import find_content
from extract.formats.html_metadata import read_metadata
from extract.formats.html_text import read_blocks
from extract.formats.limits import Limits

SEEN = 4096  # bytes in which a page says its encoding
_said = (
    re.compile(rb"""<meta[^>]{1,300}?charset\s*=\s*["']?\s*(?P<name>[A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE),
    re.compile(rb"""^\s*<\?xml[^>]{1,200}?encoding\s*=\s*["'](?P<name>[A-Za-z0-9_.:-]{2,40})["']"""),
)
_declaration = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
# What no parser of HTML takes; a NUL would end the page.
_forbidden = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def read_html(raw: bytes, *, limits: Limits, where: str, encoding: str | None = None) -> Extracted:
    """The text of a page. Raises DocumentError where it is none, or nothing is left without its menus."""
    decoded = decode(raw, where=where, encoding=encoding, said=_declared(raw[:SEEN]))
    markup = _forbidden.sub("", _declaration.sub("", decoded.text))
    root = _parse(markup, where)
    content, left_out = find_content(root)
    metadata = read_metadata(root, markup)
    blocks = _with_title(root, content, read_blocks(content, left_out), metadata.get("title"))
    text = render(blocks)
    if not text.strip():
        raise DocumentError(
            "there is no text on the page besides menus, links and scripts",
            where=where,
            todo="Save the page with its text, or give the text itself.",
        )
    return Extracted(
        checked(text, limits=limits, where=where),
        metadata=tuple(metadata.items()),
        origin="HTML metadata",
        warnings=(decoded.doubt,) if decoded.doubt else (),
    )


def _declared(head: bytes) -> str | None:
    found = next((match for pattern in _said if (match := pattern.search(head))), None)
    return found["name"].decode("ascii") if found else None


def _parse(markup: str, where: str) -> Element:
    """The tree, however deep: the process it is made in has limits of its own, and no walk of ours recurses."""
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    try:
        root = etree.fromstring(markup.encode("utf-8"), parser)
    except etree.LxmlError as error:
        raise DocumentError(f"not HTML: {error}", where=where, todo="Save the page again.") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise DocumentError(
            "its elements are nested too deep to read", where=where, todo="Save the page again, or its text alone."
        )
    if root is None:
        raise DocumentError("it is empty: there is no element in it", where=where, todo="Leave it out.")
    return root


def _with_title(root: Element, content: Element, blocks: tuple[Block, ...], title: str | None) -> tuple[Block, ...]:
    """The blocks with the page's heading before them, where it stands outside of the content."""
    inside = {id(heading) for heading in content.iter("h1")}
    headed = any(block.kind is Kind.HEADING and block.level == 1 for block in blocks)
    outside = [heading for heading in root.iter("h1") if id(heading) not in inside]
    if headed or not title or not any("".join("".join(h.itertext()).split()) == "".join(title.split()) for h in outside):
        return blocks
    return (Block(Kind.HEADING, title), *blocks)
