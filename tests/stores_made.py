"""Documents for tests of the store, made without a model: what they name is drawn from few names, so that they meet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from hypothesis import strategies as st

from extract.model import Claim, Date, Document, Entity, Extraction, Span
from graph.graphs import BUILDS
from graph.runs import Run
from graph.store.collection import Change, Collection, Outcome, writing
from graph.store.ledger import Kept
from graph.store.opening import OpenStore
from graph.store.wire import dump
from ontology.terms import Factuality, Kind, Property

RUN = Run("1", "model 1")
WHEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
# A store waits for the disk at every commit; what only asks what is in it afterwards need not.
IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
NAMES = ("防衛協力委員会", "安全保障対話", "共同作業部会", "甲乙", "甲乙フォーラム", "防協")
DAYS = (date(2024, 4, 10), date(2024, 5, 1), date(2025, 3, 24))


def exactly(day: date) -> Date:
    return Date(day.isoformat(), day, day)


@st.composite
def extractions(draw: st.DrawFn, identifier: str) -> Extraction:
    """A document that names a few bodies by their names and by-names, and says this and that of them."""
    labels = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    entities = [
        Entity(
            key=f"e{at}",
            kind=draw(st.sampled_from((Kind.FORUM, Kind.MECHANISM))),
            label=label,
            names=tuple(draw(st.lists(st.sampled_from(NAMES), max_size=1).filter(lambda names, own=label: own not in names))),
        )
        for at, label in enumerate(labels)
    ]
    if draw(st.booleans()):
        entities.append(Entity("m", Kind.MEETING, labels[0], forum="e0", on=exactly(draw(st.sampled_from(DAYS)))))
    claims = []
    text = "。".join(labels) + "。" * 9
    for at in range(draw(st.integers(0, 4))):
        subject = draw(st.sampled_from(entities)).key
        factuality = draw(st.sampled_from((Factuality.ACTUAL, Factuality.ACTUAL, Factuality.PLANNED)))
        evidence = (Span(at, at + 2),)
        if subject == "m":
            said: tuple[Property, str | Date] = (Property.HELD_ON, exactly(draw(st.sampled_from(DAYS))))
        elif draw(st.booleans()) or len(labels) == 1:
            said = (Property.ESTABLISHED_ON, exactly(draw(st.sampled_from(DAYS))))
        else:
            other = draw(st.sampled_from([e.key for e in entities if e.key not in {subject, "m"}]))
            said = (draw(st.sampled_from((Property.REPLACES, Property.PART_OF, Property.HAS_MEMBER))), other)
        claims.append(Claim(subject, said[0], said[1], factuality, evidence, "made", draw(st.sampled_from((0.5, 0.9)))))
    return Extraction(Document(identifier, text, published="2025"), tuple(entities), (), tuple(claims))


def put(collection: Collection, *given: Extraction, removed: tuple[str, ...] = ()) -> Outcome:
    """Read the documents into the collection, as a build does."""
    kept = []
    for extraction in given:
        content = sha256(dump(extraction).encode()).hexdigest()
        collection.keep_reading(content, extraction)
        identifier = extraction.document.identifier
        kept.append(Kept(identifier, f"/{identifier}", content, content))
    return collection.change(Change(put=kept, removed=removed, fingerprint=json.dumps("made")), run=RUN)


def made(directory: Path, *given: Extraction) -> Path:
    """A store of these documents."""
    with writing(directory) as collection:
        put(collection, *given)
    return directory


def content(directory: Path) -> set[str]:
    """All that the store's graph says, but for when it was built."""
    with OpenStore(directory) as store:
        return {str(quad) for quad in store.graph if quad.graph_name != BUILDS}


class Plain:
    """Reads documents whose lines are `甲 replaces 乙` or `甲 establishedOn 2024-04-10`, without a model."""

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for document in documents:
            yield plain(document)


def plain(document: Document) -> Extraction:
    """What a document of such lines says."""
    names: dict[str, None] = {}
    claims, start = [], 0
    for line in document.text.splitlines(keepends=True):
        if len(said := line.split()) == 3:
            subject, predicate, told = said
            dated = told[0].isdigit()
            names.update(dict.fromkeys((subject,) if dated else (subject, told)))
            value = exactly(date.fromisoformat(told)) if dated else told
            evidence = (Span(start, start + len(line.rstrip())),)
            claims.append(Claim(subject, Property(predicate), value, Factuality.ACTUAL, evidence, "plain", 0.9))
        start += len(line)
    entities = tuple(Entity(name, Kind.FORUM, name) for name in names)
    return Extraction(document, entities, (), tuple(claims))
