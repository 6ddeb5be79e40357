"""What a page is about, without what stands around it: menus, banners, lists of links, readers' comments.

Nothing is weighed by length: extractors made for news (trafilatura, readability) drop short lists, tables and footnotes,
which here are what is asked for. What goes is what names itself by its element, role, id or class, or is nothing but links.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element as Element

VOID_OF_PROSE = frozenset({
    "script", "style", "noscript", "template", "nav", "aside", "form", "button", "select", "textarea", "iframe", "object",
    "embed", "svg", "canvas", "audio", "video", "map", "dialog", "menu", "head", "rt", "rp", "math", "datalist", "img",
})  # fmt: skip
ROLES = frozenset({
    "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar",
})  # fmt: skip
# Words of ids and classes, whole: those that are about the page and not about its subject.
AROUND = frozenset({
    "cookie", "cookies", "consent", "gdpr", "breadcrumb", "breadcrumbs", "pankuzu", "topicpath", "nav", "gnav", "globalnav",
    "navi", "navigation", "navbar", "menu", "sidebar", "side", "sidemenu", "share", "sns", "social", "related", "recommend",
    "recommended", "ranking", "comment", "comments", "commentlist", "disqus", "respond", "reply", "ad", "ads", "advert",
    "advertisement", "promo", "newsletter", "subscribe", "pager", "pagination", "toc", "skip", "skiplink", "login", "modal",
    "popup", "widget", "widgets", "footer", "hidden", "pagetop", "totop", "banner", "banners", "tags", "taglist",
})  # fmt: skip
COMMENTS = frozenset({"comments", "commentlist", "commentsarea", "disqus", "respond"})
HEADERS = frozenset({"header", "masthead", "siteheader", "globalheader"})
NOTES = frozenset({"footnote", "footnotes", "notes", "endnotes", "references", "reflist"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = frozenset({"ul", "ol", "dl", "div", "section", "table", "p", "td", "tr", "tbody", "center", "li"})
BULK = 0.5  # share of the page's prose that nothing may hold and still be left out
MOST = 0.85  # the same for readers' comments, which may be longer than what they are about
LINKED = 0.7  # share of a block's characters within links from which it is a list of them
_word = re.compile(r"[A-Za-z][a-z]*|\d+")
_display = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_letters = re.compile(r"[^\W_]")
_stop = re.compile(r"[。.!?！？]\s*$")


@dataclass(slots=True)
class Weight:
    """Letters within an element: all of them, those in links, and how many links."""

    letters: int = 0
    linked: int = 0
    links: int = 0


def find_content(root: Element) -> tuple[Element, frozenset[Element]]:
    """The element that holds the page's own text, and the elements within it to leave out."""
    weights = _weigh(root)
    body = next(root.iter("body"), root)
    bulk = BULK * (weights[body].letters - weights[body].linked)
    most = bulk / BULK * MOST

    def prose(element: Element) -> int:
        weight = weights[element]
        return weight.letters - weight.linked

    content = max((e for e in body.iter("article", "main") if prose(e) >= bulk), key=lambda e: (prose(e), e.tag), default=body)
    main = next((e for e in body.iter() if e.get("role") == "main" and prose(e) >= bulk), None)
    if content is body and main is not None:
        content = main
    left_out = [
        element
        for element in content.iter(etree.Element)
        if element is not content
        and (
            element.tag in VOID_OF_PROSE
            or _is_hidden(element)
            or (prose(element) < bulk and (_is_around(element) or _is_links(element, weights[element])))
            or (prose(element) < most and _is_comments(element))
        )
    ]
    return content, frozenset(left_out)


def _weigh(root: Element) -> dict[Element, Weight]:
    """The weight of every element, in one walk."""
    weights: dict[Element, Weight] = {}
    for _, element in etree.iterwalk(root, events=("end",), tag=etree.Element):
        weight = weights[element] = Weight()
        if element.tag not in VOID_OF_PROSE:
            weight.letters = len(_letters.findall(element.text or ""))
        for child in element:
            if child in weights and child.tag not in VOID_OF_PROSE:
                weight.letters += weights[child].letters
                weight.linked += weights[child].linked
                weight.links += weights[child].links
            weight.letters += len(_letters.findall(child.tail or ""))
        if element.tag == "a" and element.get("href") is not None and not is_anchor(element):
            weight.linked, weight.links = weight.letters, 1
    return weights


def is_anchor(element: Element) -> bool:
    """Whether a link leads to another place of the same page, as calls of footnotes do."""
    return (element.get("href") or "").startswith("#")


def _is_hidden(element: Element) -> bool:
    hidden = element.get("hidden") is not None or (element.get("aria-hidden") or "").lower() == "true"
    return hidden or _display.search(element.get("style") or "") is not None


def _is_around(element: Element) -> bool:
    words = set(words_of(element))
    if words & NOTES:
        return False
    if element.tag == "footer" or (element.tag == "header" and not _heads(element)):
        return True
    if (element.get("role") or "").lower() in ROLES or "Comment" in (element.get("itemtype") or ""):
        return True
    if element.tag in HEADINGS or element.tag in ("a", "span", "body", "html"):
        return False
    return bool(words & AROUND) or (bool(words & HEADERS) and not _heads(element))


def _is_comments(element: Element) -> bool:
    return element.tag not in ("body", "html") and not _heads(element) and bool(COMMENTS & set(words_of(element)))


def words_of(element: Element) -> Iterable[str]:
    """The words of an element's id and classes: 'gNav side-menu' are g, nav, side, menu and what the whole reads."""
    for name in f"{element.get('id') or ''} {element.get('class') or ''}".split()[:50]:
        yield name.lower().replace("-", "").replace("_", "")
        yield from (word.lower() for word in _word.findall(name[:100]))


def _heads(element: Element) -> bool:
    """Whether it holds the page's heading: the header of an article, not of the site."""
    return next(element.iter("h1", "h2"), None) is not None


def _is_links(element: Element, weight: Weight) -> bool:
    """Whether a block is nothing but links: several of them, or one that is a line of its own."""
    if element.tag not in BLOCKS or not weight.links or weight.linked < LINKED * weight.letters:
        return False
    if any(True for _ in element.iter(*HEADINGS)) or _stop.search("".join(element.itertext()).strip()):
        return False
    return weight.links >= 2 or element.tag in ("p", "li", "ul", "div")
