"""From the IRI of a thing to its address on this server and back, and which addresses elsewhere may become links.

Source: RFC 3987, section 3 (IRIs and URIs).
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote, urlsplit

from ontology.terms import AKG, AKGID, ONTOLOGY_IRI

_KEPT = "/%:@!$&'()*+,;=~-._"  # a character that an IRI has encoded already stays encoded
_FOREIGN = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f<>\"\\^`{|}\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def address(iri: str) -> str:
    """Where an IRI of ours is found here; empty for one of others.

    >>> address("https://w3id.org/alliancekg/id/甲?b"), address("https://w3id.org/alliancekg/ontology#Forum")
    ('/id/%E7%94%B2%3Fb', '/ontology#Forum')
    """
    if iri.startswith(AKGID):
        local = iri.removeprefix(AKGID)
        path = quote(local, safe=_KEPT)  # one that is not read back so says of each code that it is one
        return "/id/" + (path if iri in iris_at(path) else quote(local, safe=_KEPT.replace("%", "")))
    if iri.startswith(AKG):
        return "/ontology#" + quote(iri.removeprefix(AKG), safe="")
    return "/ontology" if iri == ONTOLOGY_IRI else ""


def iris_at(path: str) -> tuple[str, ...]:
    """The IRIs that a path below `/id/`, as it was sent, can mean, each decoded at most once.

    As it stands; with all characters that are not ASCII decoded; with only the letters among them; with everything decoded.

    >>> iris_at("%E7%94%B2%20x")
    ('https://w3id.org/alliancekg/id/%E7%94%B2%20x', 'https://w3id.org/alliancekg/id/甲%20x', 'https://w3id.org/alliancekg/id/甲 x')
    """
    readings = (path, _FOREIGN.sub(_read, path), _FOREIGN.sub(_read_letters, path), unquote(path))
    return tuple(dict.fromkeys(AKGID + reading for reading in readings))


def _read(letters: re.Match[str]) -> str:
    decoded = unquote(letters[0])
    return letters[0] if "\N{REPLACEMENT CHARACTER}" in decoded else decoded


def _read_letters(letters: re.Match[str]) -> str:
    return "".join(c if unicodedata.category(c)[0] in "LNM" else quote(c, safe="") for c in _read(letters))


def outward(text: str) -> str:
    """The text if it is the address of a web page, else nothing: no script, no file, nothing that looks like another address.

    >>> outward("https://example.org/a"), outward("javascript:alert(1)"), outward("//example.org")
    ('https://example.org/a', '', '')
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in {"http", "https"} and parts.hostname and not _UNSAFE.search(text) else ""
