"""Short texts, one phenomenon each: what must be read out of them and what must not.

A case that the extractor does not get right yet says so (`known_miss`), and its test holds it to that:
whoever mends it takes the mark away.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from extract.model import Claim, Date, Document, Entity, Extraction
from ontology.authority import folded
from ontology.terms import SIGNATURES, Factuality, Kind, Property

TABLE = Path(__file__).parent / "cases" / "sentences.toml"
CASES = tomllib.loads(TABLE.read_text(encoding="utf-8"))["case"]
KEYS = {"id", "phenomenon", "text", "published", "claims", "not", "nothing", "known_miss"}
SAYING = re.compile(
    rf"(?P<subject>\S.*?) (?P<predicate>(?:{'|'.join(Property)})(?:\|\w+)*) (?P<object>.+?)"
    r"(?: \[(?P<factuality>\w+)\])?(?: \{(?P<since>[^/}]*)/(?P<until>[^}]*)\})?"
)
MEETING = re.compile(r"(?P<on>\d{4}[\d/-]*)の(?P<name>.+)")


@dataclass(frozen=True, slots=True)
class Saying:
    """A claim as the table writes it; `|` parts what will do equally well, `*` stands for anything."""

    subjects: tuple[str, ...]
    predicates: tuple[str, ...]
    objects: tuple[str, ...]
    factuality: str = Factuality.ACTUAL
    since: str | None = None
    until: str | None = None

    @classmethod
    def read(cls, line: str) -> Saying:
        found = SAYING.fullmatch(line)
        assert found, f"no claim: {line}"
        parts = [tuple(found[group].split("|")) for group in ("subject", "predicate", "object")]
        return cls(*parts, found["factuality"] or Factuality.ACTUAL, found["since"] or None, found["until"] or None)

    def said_by(self, claim: Claim, things: Things, *, exactly: bool = False) -> bool:
        """Whether a claim says this. `exactly` takes no short form of a person, post or topic, and no forum for its meeting."""
        if claim.predicate not in self.predicates or claim.factuality != self.factuality:
            return False
        for date, told in ((self.since, claim.valid_from), (self.until, claim.valid_until)):
            if date and (told is None or told.edtf != date):
                return False
        ways = [(claim.subject, claim.object)]
        if SIGNATURES[claim.predicate].symmetric:
            ways.append((str(claim.object), claim.subject))
        return any(
            things.is_one(subject, self.subjects, exactly=exactly) and things.is_one(value, self.objects, exactly=exactly)
            for subject, value in ways
        )


class Things:
    """The entities of one extraction, by the names that they bear."""

    def __init__(self, extraction: Extraction) -> None:
        self._things = {entity.key: entity for entity in extraction.entities}

    def is_one(self, value: str | Date, names: tuple[str, ...], *, exactly: bool) -> bool:
        if names == ("*",):
            return True
        thing = self._things.get(str(value)) if not isinstance(value, Date) else None
        if thing is None:
            return str(value) in names
        return any(self._is(thing, name, exactly=exactly) for name in names)

    def _is(self, thing: Entity, name: str, *, exactly: bool) -> bool:
        labels = self._labels(thing)
        meeting = MEETING.fullmatch(name)
        if meeting and thing.kind is Kind.MEETING:
            on = thing.on.edtf if thing.on else ""
            return on == meeting["on"] and any(folded(meeting["name"]) in label for label in labels)
        if exactly and thing.forum:
            labels -= self._labels(self._things[thing.forum])
        return folded(name) in labels or (not exactly and any(_short(thing.kind, folded(name), label) for label in labels))

    def _labels(self, thing: Entity) -> set[str]:
        forum = self._things.get(thing.forum) if thing.forum else None
        bearers = [thing, forum] if forum else [thing]
        return {
            folded(name)
            for bearer in bearers
            for name in (bearer.label, bearer.label_en, *bearer.names, *bearer.shared_names)
            if name
        }

    def show(self, claim: Claim) -> str:
        labels = [self._show(claim.subject), claim.predicate.value, self._show(claim.object)]
        times = f" {{{claim.valid_from or ''}/{claim.valid_until or ''}}}" if claim.valid_from or claim.valid_until else ""
        return f"{' '.join(labels)} [{claim.factuality}]{times} by {claim.rule}"

    def _show(self, value: str | Date) -> str:
        thing = self._things.get(str(value))
        return f"{thing.on}の{thing.label}" if thing and thing.on else thing.label if thing else str(value)


def _short(kind: Kind, name: str, label: str) -> bool:
    """Whether a name shortens a label as people do: a surname, an office without its ministry, a topic in fewer words."""
    if kind is Kind.PERSON:
        return label.startswith(name)
    if kind is Kind.POST:
        return label.endswith(name)
    return kind is Kind.TOPIC and (name in label or label in name)


def faults(case: dict, extraction: Extraction) -> Iterator[str]:
    """What is wrong with an extraction, by the table: claims that lack and claims too many."""
    things = Things(extraction)
    for line in case.get("claims", ()):
        if not any(Saying.read(line).said_by(claim, things) for claim in extraction.claims):
            yield f"lacks {line}"
    for line in case.get("not", ()):
        for claim in extraction.claims:
            if Saying.read(line).said_by(claim, things, exactly=True):
                yield f"claims {things.show(claim)}"
    if case.get("nothing"):
        yield from (f"claims {things.show(claim)}" for claim in extraction.claims)


def read(case: dict, extractor: object) -> Extraction:
    return extractor.extract_one(Document("sentences.txt", case["text"], published=case.get("published")))


@pytest.mark.model
@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_text_yields_what_it_says_and_nothing_else(extractor, case):
    extraction = read(case, extractor)
    wrong = list(faults(case, extraction))
    if case.get("known_miss"):
        assert wrong, f"{case['id']} is right now: take its known_miss away"
    else:
        things = Things(extraction)
        assert not wrong, [case["text"], *map(things.show, extraction.claims)]


def test_every_case_is_well_formed():
    assert len({case["id"] for case in CASES}) == len({case["text"] for case in CASES}) == len(CASES)
    for case in CASES:
        assert case.keys() <= KEYS, case["id"]
        assert case.get("claims") or case.get("not") or case.get("nothing"), case["id"]
        assert not (case.get("nothing") and case.get("claims")), case["id"]
        for line in (*case.get("claims", ()), *case.get("not", ())):
            saying = Saying.read(line)
            assert set(saying.predicates) <= set(Property), line
            assert saying.factuality in set(Factuality), line


def test_the_table_reaches_over_the_vocabulary():
    sayings = [Saying.read(line) for case in CASES for line in case.get("claims", ())]
    assert {predicate for saying in sayings for predicate in saying.predicates} >= set(Property) - {Property.RENAMED_FROM}
    assert {saying.factuality for saying in sayings} == set(Factuality)
    assert sum(not case.get("claims") for case in CASES) >= 60
