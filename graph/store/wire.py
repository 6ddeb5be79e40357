"""Readings as the ledger keeps them: JSON in, JSON out, nothing that runs when it is read.

A reading is kept in two pieces: what linking needs of it, which every build loads of every document, and the whole.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any, TypeAlias

from extract.model import Claim, Date, Document, Entity, Extraction, Locator, Role, Span, Unresolved
from graph.errors import GraphError
from graph.linking import LINKING_PROPERTIES
from ontology.terms import Factuality, Kind, Level, Property

_Row: TypeAlias = list[Any]  # a JSON array


def dump(extraction: Extraction) -> str:
    """The whole reading as JSON, but for its mentions, which nothing in the graph is made of."""
    return _text(
        [
            _document(extraction.document),
            [_entity(entity) for entity in extraction.entities],
            [_claim(claim) for claim in extraction.claims],
            [[item.span.start, item.span.end, item.text, item.reason] for item in extraction.unresolved],
            [_locator(locator) for locator in extraction.locators],
            extraction.asked,
        ]
    )


def load(text: str) -> Extraction:
    """The reading again. Raises GraphError where the text is none."""
    try:
        document, entities, claims, unresolved, locators, asked = json.loads(text)
        return Extraction(
            document=_to_document(document),
            entities=tuple(map(_to_entity, entities)),
            claims=tuple(map(_to_claim, claims)),
            unresolved=tuple(Unresolved(Span(start, end), said, reason) for start, end, said, reason in unresolved),
            locators=tuple(map(_to_locator, locators)),
            asked=None if asked is None else tuple(asked),
        )
    except (ValueError, TypeError, AttributeError) as error:
        raise GraphError(f"a reading in the ledger is damaged: {error}") from error


def digest_of(document: Document) -> str:
    """A digest of all that a document is."""
    return sha256(_text(_document(document)).encode()).hexdigest()


def dump_linkable(extraction: Extraction) -> str:
    """What linking needs: the entities, and the claims that join or part them."""
    joining = [claim for claim in extraction.claims if claim.predicate in LINKING_PROPERTIES]
    return _text([[_entity(entity) for entity in extraction.entities], [_joining(claim) for claim in joining]])


def load_linkable(identifier: str, text: str) -> Extraction:
    """The same again, as an extraction without text and evidence. Raises GraphError where the text is none."""
    try:
        entities, claims = json.loads(text)
        return Extraction(
            document=Document(identifier, ""),
            entities=tuple(map(_to_entity, entities)),
            claims=tuple(map(_to_joining, claims)),
        )
    except (ValueError, TypeError, AttributeError) as error:
        raise GraphError(f"a reading in the ledger is damaged: {error}", where=identifier) from error


def _text(value: _Row) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))  # ASCII keeps lone surrogates


def _document(document: Document) -> _Row:
    return [
        document.identifier,
        document.text,
        document.title,
        document.published,
        document.published_from,
        document.source,
        document.publisher,
        document.author,
        document.origins,
        document.warnings,
    ]


def _to_document(row: _Row) -> Document:
    identifier, text, title, published, published_from, source, publisher, author, origins, warnings = row
    return Document(
        identifier=identifier,
        text=text,
        title=title,
        published=published,
        published_from=published_from,
        source=source,
        publisher=publisher,
        author=author,
        origins=tuple((name, where) for name, where in origins),
        warnings=tuple(warnings),
    )


def _entity(entity: Entity) -> _Row:
    return [
        entity.key,
        entity.kind,
        entity.label,
        entity.names,
        entity.shared_names,
        entity.label_en,
        int(entity.authority),
        entity.forum,
        _date(entity.on),
    ]


def _to_entity(row: _Row) -> Entity:
    key, kind, label, names, shared, english, authority, forum, on = row
    return Entity(key, Kind(kind), label, tuple(names), tuple(shared), english, bool(authority), forum, _to_date(on))


def _claim(claim: Claim) -> _Row:
    return [
        claim.subject,
        claim.predicate,
        _object(claim.object),
        claim.factuality,
        [[span.start, span.end] for span in claim.evidence],
        claim.rule,
        claim.confidence,
        _date(claim.valid_from),
        _date(claim.valid_until),
        claim.attributed_to,
    ]


def _to_claim(row: _Row) -> Claim:
    subject, predicate, told, factuality, evidence, rule, confidence, first, last, attributed = row
    return Claim(
        subject=subject,
        predicate=Property(predicate),
        object=_to_object(told),
        factuality=Factuality(factuality),
        evidence=tuple(Span(start, end) for start, end in evidence),
        rule=rule,
        confidence=confidence,
        valid_from=_to_date(first),
        valid_until=_to_date(last),
        attributed_to=attributed,
    )


def _joining(claim: Claim) -> _Row:
    return [
        claim.subject,
        claim.predicate,
        _object(claim.object),
        claim.factuality,
        _date(claim.valid_from),
        _date(claim.valid_until),
    ]


def _to_joining(row: _Row) -> Claim:
    subject, predicate, told, factuality, first, last = row
    return Claim(
        subject=subject,
        predicate=Property(predicate),
        object=_to_object(told),
        factuality=Factuality(factuality),
        evidence=(),
        rule="",
        valid_from=_to_date(first),
        valid_until=_to_date(last),
    )


def _object(told: str | Date | Level) -> _Row:
    """An entity, a level or a date, told apart by their lengths."""
    match told:
        case Date():
            return _date(told) or []
        case Level():
            return [told.value, ""]
        case _:
            return [told]


def _to_object(row: _Row) -> str | Date | Level:
    if len(row) == 1:
        return str(row[0])
    return Level(row[0]) if len(row) == 2 else _some_date(row)


def _date(on: Date | None) -> _Row | None:
    if on is None:
        return None
    return [on.edtf, on.earliest.isoformat() if on.earliest else None, on.latest.isoformat() if on.latest else None]


def _to_date(row: Sequence[str | None] | None) -> Date | None:
    return None if row is None else _some_date(row)


def _some_date(row: Sequence[str | None]) -> Date:
    edtf, earliest, latest = row
    first = date.fromisoformat(earliest) if earliest else None
    return Date(str(edtf), first, date.fromisoformat(latest) if latest else None)


def _locator(locator: Locator) -> _Row:
    span = locator.span
    return [span.start, span.end, locator.paragraph, locator.role, locator.section, locator.page, locator.last_page]


def _to_locator(row: _Row) -> Locator:
    start, end, paragraph, role, section, page, last_page = row
    return Locator(Span(start, end), paragraph, Role(role), tuple(section), page, last_page)
