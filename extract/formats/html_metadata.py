"""What a page says of itself: JSON-LD, meta elements, microdata, its headings and its address.

Only what says when a page was published is taken for its date: no dateModified, no copyright year, no <time> amid the text.
Sources: schema.org (Article), Open Graph, Dublin Core in HTML (DCMI), Highwire Press tags.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.etree import _Element as Element

from extract.formats.blocks import squeeze
from extract.formats.dates import to_edtf
from extract.formats.html_content import words_of

# In the order of trust; names are compared in lower case.
META = {
    "published": (
        "article:published_time", "citation_publication_date", "citation_date", "dcterms.issued", "dc.date.issued",
        "dcterms.date", "dc.date", "datepublished", "pubdate", "publishdate", "publish_date", "date",
    ),
    "title": ("citation_title", "dcterms.title", "dc.title", "og:title", "twitter:title"),
    "author": ("citation_author", "dcterms.creator", "dc.creator", "author", "article:author"),
    "publisher": ("citation_publisher", "dcterms.publisher", "dc.publisher", "og:site_name"),
    "source": ("og:url",),
}  # fmt: skip
ARTICLES = (
    "Article",
    "NewsArticle",
    "Report",
    "ScholarlyArticle",
    "BlogPosting",
    "WebPage",
    "TechArticle",
    "OpinionNewsArticle",
)
DATING = frozenset({"date", "published", "publish", "posted", "pubdate", "byline"})
LONGEST = 500  # characters of a value
DEEPEST = 6  # how deep JSON-LD is looked into
_saved_from = re.compile(r"<!--\s*saved from url=\(\d+\)(?P<url>https?://\S{1,1000})\s*-->")
_site = re.compile(r"\s*[|｜»«]\s*|\s+[-–—]\s+")


def read_metadata(root: Element, markup: str) -> dict[str, str]:
    """The page's title, published, author, publisher and source, as far as it says them."""
    found: dict[str, str] = {}
    for values in (_json_ld(root), _meta(root), _microdata(root), _elements(root, markup)):
        for key, value in values:
            cleaned = _clean(key, value)
            if cleaned and key not in found:
                found[key] = cleaned
    return found


def _clean(key: str, value: str) -> str | None:
    value = squeeze(value)[:LONGEST]
    if key == "published":
        return to_edtf(value)
    if key == "source" or (key == "author" and value.startswith("http")):
        return value if key == "source" and value.startswith(("http://", "https://")) else None
    return value or None


Pairs = Iterator[tuple[str, str]]


def _json_ld(root: Element) -> Pairs:
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for thing in _things(data, 0):
            yield from _article(thing)


def _things(data: object, depth: int) -> Iterator[dict[str, Any]]:
    """The articles in the data, those that stand outermost first."""
    if depth > DEEPEST:
        return
    if isinstance(data, list):
        for item in data[:100]:
            yield from _things(item, depth + 1)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        if any(kind in ARTICLES for kind in (kinds if isinstance(kinds, list) else [kinds])):
            yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(data.get(key), depth + 1)


def _article(thing: dict[str, Any]) -> Pairs:
    for key, name in (("title", "headline"), ("title", "name"), ("published", "datePublished"), ("source", "url")):
        if isinstance(thing.get(name), str):
            yield key, thing[name]
    for key in ("author", "publisher"):
        names = list(_names(thing.get(key)))
        if names:
            yield key, "、".join(names)


def _names(value: object) -> Iterator[str]:
    for one in value[:20] if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and name.strip() and not name.startswith("http"):
            yield name.strip()


def _meta(root: Element) -> Pairs:
    said: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = meta.get("content") or ""
        if name and content.strip():
            said.setdefault(name, content)
    for key, names in META.items():
        for name in names:
            if name in said:
                yield key, said[name]


def _microdata(root: Element) -> Pairs:
    """itemprop="datePublished", <time pubdate>, and the time of a byline."""
    for element in root.iter("time", "span", "p", "div", "abbr"):
        written = element.get("datetime") or element.get("content") or ""
        published = (element.get("itemprop") or "").lower() == "datepublished" or element.get("pubdate") is not None
        if published:
            yield "published", written or "".join(element.itertext())
        elif element.tag == "time" and written and _is_byline(element):
            yield "published", written


def _is_byline(time: Element) -> bool:
    """Whether a time stands in the header of an article, or in what is called its date."""
    at: Element | None = time
    for _ in range(4):
        if at is None or at.tag in ("body", "li"):
            return False
        words = set(words_of(at))
        if "updated" in words or "modified" in words:
            return False
        if at.tag == "header" or words & DATING:
            return True
        at = at.getparent()
    return False


def _elements(root: Element, markup: str) -> Pairs:
    """The heading, the title of the window (which may name the site as well), and where the page was saved from."""
    heads = [squeeze("".join(h.itertext())) for h in root.iter("h1")]
    title = next((squeeze("".join(t.itertext())) for t in root.iter("title")), "")
    yield "title", next((head for head in heads if head and (head in title or len(heads) == 1)), "")
    yield "title", max(_site.split(title), key=len)  # the name of the site is mostly the shorter part
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            yield "source", link.get("href") or ""
    saved = _saved_from.search(markup[:5000])
    if saved:
        yield "source", saved["url"]
