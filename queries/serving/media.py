"""Which format an answer takes: the media types on offer against the header Accept.

Source: RFC 9110 (HTTP Semantics), section 12.5.1; SPARQL 1.1 Protocol (W3C 2013), section 2.1.6.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from queries.serving.errors import RefusedError

Format = ox.QueryResultsFormat | ox.RdfFormat
_PARAMETER = re.compile(r"""\s*;\s*([\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s;,]+)\s*""")
_RANGE = re.compile(r"""\s*([\w!#$&^.+-]+|\*)/([\w!#$&^.+*-]+)((?:\s*;\s*[\w-]+\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,]+))*)\s*""")


@dataclass(frozen=True, slots=True)
class Offer:
    """A media type, the format that it stands for, and what the header Content-Type says."""

    media: str
    format: Format | None
    content_type: str


def _offer(media: str, made: Format | None, *, charset: bool = False) -> Offer:
    return Offer(media, made, f"{media}; charset=utf-8" if charset else media)


_JSON, _XML = ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML
# The first one is what a client gets who does not say.
RESULTS = (
    _offer("application/sparql-results+json", _JSON),
    _offer("application/sparql-results+xml", _XML),
    _offer("text/csv", ox.QueryResultsFormat.CSV, charset=True),
    _offer("text/tab-separated-values", ox.QueryResultsFormat.TSV, charset=True),
    _offer("application/json", _JSON),
    _offer("application/xml", _XML),
)
TRUTH = tuple(offer for offer in RESULTS if not offer.media.startswith("text/"))
GRAPHS = (
    _offer("text/turtle", ox.RdfFormat.TURTLE, charset=True),
    _offer("application/n-triples", ox.RdfFormat.N_TRIPLES),
    _offer("application/rdf+xml", ox.RdfFormat.RDF_XML),
    _offer("application/ld+json", ox.RdfFormat.JSON_LD),
    _offer("application/trig", ox.RdfFormat.TRIG),
    _offer("application/n-quads", ox.RdfFormat.N_QUADS),
    _offer("application/json", ox.RdfFormat.JSON_LD),
    _offer("application/xml", ox.RdfFormat.RDF_XML),
    _offer("text/plain", ox.RdfFormat.N_TRIPLES, charset=True),
)
THINGS = tuple(offer for offer in GRAPHS if offer.media in {"text/turtle", "application/ld+json", "application/n-triples"})
ANSWERS = (
    _offer("application/json", None),
    *(_offer(media, None, charset=True) for media in ("text/csv", "text/turtle", "text/markdown")),
)


def negotiate(accept: str | None, offers: Sequence[Offer]) -> Offer:
    """The offer that the client likes best; among equals the one that stands first. Raises RefusedError (406, 400)."""
    if not (accept or "").strip():
        return offers[0]
    wanted = _ranges(accept or "")
    liked = [(-_quality(offer.media, wanted), place) for place, offer in enumerate(offers)]
    quality, place = min(liked)
    if quality == 0:
        listed = ", ".join(offer.media for offer in offers)
        raise RefusedError(406, "there is no answer of the media type that is asked for", todo=f"There is: {listed}.")
    return offers[place]


def plain(content_type: str) -> tuple[str, dict[str, str]]:
    """The media type of a header Content-Type in small letters, and its parameters."""
    media, _, rest = content_type.partition(";")
    parameters = {m[1].lower(): m[2].strip('"') for m in _PARAMETER.finditer(f";{rest}" if rest else "")}
    return media.strip().lower(), parameters


def _ranges(accept: str) -> list[tuple[str, str, float]]:
    found, at = [], 0
    while match := _RANGE.match(accept, at):
        quality = 1.0
        for name, value in _PARAMETER.findall(match[3]):
            if name.lower() == "q":
                try:
                    quality = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        found.append((match[1].lower(), match[2].lower(), quality if quality == quality else 0.0))  # noqa: PLR0124 - not a number
        at = match.end()
        if at < len(accept) and accept[at] != ",":
            break
        at += 1
    if at < len(accept):
        raise RefusedError(400, "the header Accept is malformed")
    return found


def _quality(media: str, wanted: Sequence[tuple[str, str, float]]) -> float:
    """That of the most specific range that the media type falls in, 0 where it falls in none."""
    main, _, sub = media.partition("/")
    fitting = [
        (main_wanted != "*", sub_wanted != "*", quality)
        for main_wanted, sub_wanted, quality in wanted
        if main_wanted in {main, "*"} and sub_wanted in {sub, "*"}
    ]
    return max(fitting)[2] if fitting else 0.0
