"""IRIs: what each thing in the graph is called, the same from run to run.

Source: RFC 3987, section 2.2 (which characters may stand in an IRI). Japanese letters stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from urllib.parse import quote

from pyoxigraph import NamedNode

from extract.model import Claim, Date, Span
from graph.names import storable
from ontology.terms import AKG, AKGID, Level

_QUOTES = re.compile(r"[「」『』“”‘’\"'〈〉《》・･,，、]+")
# The last two code points of each plane are no characters; U+E0000-E0FFF and the private planes may not stand in a path.
_LAST = "".join(chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(1, 14))
_FORBIDDEN = re.compile(
    r"[\x00-\x20\x7f-\xa0<>\"{}\[\]|\\^`\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U000e0fff\U000efffe-\U0010ffff"
    + _LAST
    + r"]|%(?![0-9A-Fa-f]{2})"
)
_KEPT = frozenset("-_.~+")
_LONGEST = 120


def digest(*parts: str) -> str:
    """24 hexadecimal digits (96 bits of SHA-256) of the parts, told apart by their lengths."""
    told_apart = "".join(f"{len(part)}:{part}" for part in parts)
    return sha256(storable(told_apart).encode()).hexdigest()[:24]


def local_name(label: str) -> str:
    """A label as one path segment of an IRI: NFKC, letters and digits of any script, `_` for white space.

    Quotation marks and middle dots go, as in comparing names; all else is percent-encoded.

    >>> local_name("日米「防衛産業」協力 DICAS"), local_name("a/b>c")
    ('日米防衛産業協力_DICAS', 'a%2Fb%3Ec')
    """
    text = _QUOTES.sub("", unicodedata.normalize("NFKC", storable(label)))
    text = text.rstrip(".") or text  # rdflib cannot read D.C\. in Turtle
    text = "_".join(text.split())
    name = _segment(text[:_LONGEST])
    if not name.strip("."):  # "." and ".." would be taken for steps in a path
        return "unnamed_" + digest(label)
    return name if len(text) <= _LONGEST else f"{name}_{digest(label)}"


def _segment(text: str) -> str:
    if text.isalnum():  # as most labels are; nothing of that is forbidden
        return text
    return "".join(
        c if c in _KEPT or (unicodedata.category(c)[0] in "LNM" and not _FORBIDDEN.match(c)) else quote(c, safe="")
        for c in text
    )


def entity_iri(key: str) -> NamedNode:
    """The IRI of an entity: `akgid:` and its key, any character that an IRI forbids percent-encoded."""
    return NamedNode(AKGID + _FORBIDDEN.sub(lambda found: quote(found[0], safe=""), storable(key)))


def meeting_key(series: str, edtf: str) -> str:
    """The key of a meeting: the key of its forum, or its kind as a local name, and its date."""
    return f"meeting/{series}/{quote(edtf, safe='-~.')}"


def document_iri(identifier: str) -> NamedNode:
    """The IRI of a document by its identifier, with nothing levelled: `a b.txt` and `a_b.txt` are two."""
    segment = _segment(storable(identifier))
    return NamedNode(f"{AKGID}document/{segment if segment.strip('.') else 'unnamed_' + digest(identifier)}")


def evidence_iri(identifier: str, span: Span) -> NamedNode:
    return NamedNode(f"{AKGID}evidence/{digest(identifier, str(span.start), str(span.end))}")


def unresolved_iri(identifier: str, span: Span, reason: str) -> NamedNode:
    return NamedNode(f"{AKGID}unresolved/{digest(identifier, str(span.start), str(span.end), reason)}")


def run_iri(*parts: str) -> NamedNode:
    return NamedNode(f"{AKGID}run/{digest(*parts)}")


def build_iri(number: int) -> NamedNode:
    """The IRI of a build of a store, by its number there."""
    return NamedNode(f"{AKGID}build/{number}")


def software_iri(name: str) -> NamedNode:
    return NamedNode(f"{AKGID}software/{local_name(name)}")


def term_iri(name: str) -> NamedNode:
    """A term of the vocabulary by its local name."""
    return NamedNode(AKG + name)


def claim_iri(identifier: str, claim: Claim) -> NamedNode:
    """The IRI of what a document says, `claim` naming entities by their linked keys.

    Neither the words nor the rule enter: the same fact with the same standing stays the same claim when
    the text around it, or the rule that finds it, changes. Within one document this is what tells claims apart.
    """
    return NamedNode(f"{AKGID}claim/{digest(identifier, *map(_told, identity(claim)))}")


def held_iri(identifier: str, claim: Claim) -> NamedNode:
    """The IRI of a claim that is held back."""
    return NamedNode(f"{AKGID}held/{digest(identifier, *map(_told, identity(claim)))}")


def identity(claim: Claim) -> tuple[str | Date | Level | None, ...]:
    """What makes two claims of one document the same claim."""
    return (
        claim.subject,
        claim.predicate.value,
        claim.object,
        claim.factuality.value,
        claim.valid_from,
        claim.valid_until,
        claim.attributed_to,
    )


def _told(part: str | Date | Level | None) -> str:
    """A part of a claim as text; the kind of thing is told too, so that a date is no entity of that name."""
    match part:
        case None:
            return ""
        case Date():
            return "date " + part.edtf
        case Level():
            return "level " + part.value
        case _:
            return "key " + part
