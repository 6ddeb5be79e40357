"""The gate: what breaks a shape is held back, and nothing else; what passes keeps to the shapes."""

from __future__ import annotations

from datetime import date

import pytest
from pyoxigraph import Quad, Store

from extract.model import Claim, Date, Document, Entity, Extraction, Locator, Role, Span, Unresolved
from graph.encoding import encode, linked_claims
from graph.gate import Passed, gate
from graph.linking import link
from graph.runs import Run
from graph.said import Said
from graph.validation import validate
from ontology.terms import AKGSH, Factuality, Kind, Level, Property, lineage

RUN = Run("0.1.0")
TEXT = "新会は旧会に代わり、2024年7月に東京で条約の下に設けられた。部会は課長級で、議長は大臣が務める。先日の合意。"
DAY = Date("2024-07-28", date(2024, 7, 28), date(2024, 7, 28))
YEAR = Date("2024", date(2024, 1, 1), date(2024, 12, 31))
ENTITIES = (
    Entity("new", Kind.FORUM, "新会"),
    Entity("old", Kind.FORUM, "旧会", ("前の会",)),
    Entity("part", Kind.COMMAND, "部会"),
    Entity("treaty", Kind.TREATY, "条約"),
    Entity("law", Kind.LAW, "法"),
    Entity("programme", Kind.PROGRAMME, "計画"),
    Entity("earlier", Kind.PROGRAMME, "先の計画"),
    Entity("tokyo", Kind.PLACE, "東京"),
    Entity("japan", Kind.STATE, "日本"),
    Entity("minister", Kind.POST, "大臣"),
    Entity("secretary", Kind.POST, "長官"),
    Entity("someone", Kind.PERSON, "山田太郎"),
    Entity("cyber", Kind.TOPIC, "サイバー"),
    Entity("war", Kind.OCCURRENCE, "演習"),
    Entity("meeting", Kind.MEETING, "新会", forum="new", on=DAY),
)
OF_KIND = {"new": Kind.INSTITUTION} | {lineage(entity.kind)[-1].value: entity.kind for entity in ENTITIES}


def says(subject, predicate, told, words="新会は旧会に代わり", factuality=Factuality.ACTUAL, **more):
    start = TEXT.index(words)
    more = {"rule": "sample", "confidence": 0.9} | more
    return Claim(subject, predicate, told, factuality, (Span(start, start + len(words)),), **more)


def document(*claims, name="a.txt", entities=ENTITIES, published="2024-08", unresolved=(), locators=()):
    return Extraction(Document(name, TEXT, "題名", published), entities, (), claims, tuple(unresolved), tuple(locators))


def linked(extraction, linking):
    keys = {linking.keys[extraction.document.identifier, entity.key] for entity in extraction.entities}
    return Said(
        extraction, linked_claims(extraction, linking), tuple(entity for entity in linking.entities if entity.key in keys), RUN
    )


def passed_of(*extractions):
    linking = link(extractions)
    return list(gate(linked(extraction, linking) for extraction in extractions)), linking


def graph_of(passed):
    """All that the passed documents make, in one graph."""
    store = Store()
    store.bulk_extend(Quad(t.subject, t.predicate, t.object) for one in passed for t in one.said.triples())
    return store


def whole(extractions):
    """The same without a gate."""
    return encode(extractions, run=RUN)


GOOD = document(
    says("new", Property.REPLACES, "old"),
    says("new", Property.RENAMED_FROM, "old"),
    says("new", Property.ESTABLISHED_ON, DAY, "2024年7月"),
    says("new", Property.LEVEL, Level.DIRECTOR, "課長級"),
    says("part", Property.COUNTERPART_OF, "new", "部会"),
    says("meeting", Property.MEETING_OF, "new", "部会", Factuality.PLANNED, valid_from=YEAR, attributed_to="minister"),
    unresolved=[Unresolved(Span(0, 2), "新会", "no date")],
)
CLAIM = says("part", Property.PART_OF, "new", "部会")
LATE = Date("2024-07-28", date(2024, 7, 29), date(2024, 7, 28))
NO_DAY = Date("2024-02-30", None, None)
NO_MONTH = Date("2024-13x", None, None)
UNDATED = Entity("undated", Kind.MEETING, "会談")
LOCATED = CLAIM.evidence[0]


def located(page, last_page, section=("節",), paragraph=1):
    return document(CLAIM, locators=[Locator(LOCATED, paragraph, Role.BODY, section, page, last_page)])


# what breaks which shape: the document, and how many of its claims are held back
BROKEN = {
    "ClaimOfTwoThings": (document(CLAIM, says("new", Property.PART_OF, "new")), 1),
    "NotItself": (document(CLAIM, says("treaty", Property.IMPLEMENTS, "treaty")), 1),
    "ClaimConfidence": (document(CLAIM, says("new", Property.REPLACES, "old", confidence=1.5)), 1),
    "ClaimRule": (document(CLAIM, says("new", Property.REPLACES, "old", rule="")), 1),
    "ClaimEarliest": (document(CLAIM, says("new", Property.ESTABLISHED_ON, LATE)), 1),
    "ClaimValidFrom": (document(CLAIM, says("new", Property.REPLACES, "old", valid_from=NO_DAY)), 1),
    "ClaimValidUntil": (document(CLAIM, says("new", Property.REPLACES, "old", valid_until=NO_DAY)), 1),
    "Date": (document(CLAIM, says("new", Property.ESTABLISHED_ON, NO_DAY)), 1),
    "DateInClaims": (document(CLAIM, says("new", Property.ENDED_ON, NO_MONTH, factuality=Factuality.PLANNED)), 1),
    "ReplacesSameKind": (document(CLAIM, says("new", Property.REPLACES, "treaty")), 1),
    "RenamedFromSameKind": (document(CLAIM, says("new", Property.RENAMED_FROM, "treaty")), 2),
    "CounterpartOfSameKind": (document(CLAIM, says("new", Property.COUNTERPART_OF, "minister")), 1),
    "SameKindInClaims": (document(CLAIM, says("new", Property.REPLACES, "treaty", factuality=Factuality.NEGATED)), 1),
    "MeetingDate": (document(CLAIM, says("undated", Property.COVERS, "cyber"), entities=(*ENTITIES, UNDATED)), 1),
    "EntityName": (document(CLAIM, says("", Property.PART_OF, "new"), entities=(*ENTITIES, Entity("", Kind.FORUM, ""))), 1),
    "EvidencePage": (located(3, 2), 1),
    "EvidenceParagraph": (located(2, 2, paragraph=0), 1),
    "EvidenceSection": (located(2, 2, section=("",)), 1),
    "DocumentIssued": (document(CLAIM, says("new", Property.REPLACES, "old"), published="2024-02-30"), 2),
}


def test_what_is_good_passes_as_it_is():
    (passed,), linking = passed_of(GOOD)
    assert passed == Passed(linked(GOOD, linking))
    assert validate(whole([GOOD])).conforms


@pytest.mark.parametrize("shape", BROKEN)
def test_what_is_broken_is_held_back_and_the_rest_conforms(shape):
    extraction, held = BROKEN[shape]
    report = validate(whole([extraction]))
    assert AKGSH + shape in {finding.shape for finding in report.results}
    (passed,), linking = passed_of(extraction)
    everything = linked(extraction, linking).claims
    assert sorted((*passed.said.claims, *(one.claim for one in passed.held)), key=str) == sorted(everything, key=str)
    assert len(passed.held) == held
    assert all(set(one.findings) <= set(report.results) and one.findings for one in passed.held)
    assert validate(graph_of([passed])).lines() == ()
