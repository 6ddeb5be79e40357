"""A graph that each constraint of the shapes accepts, and one that it refuses: CASES of (shape, component, good, bad)."""

from __future__ import annotations

from collections.abc import Mapping

from ontology.terms import Kind, lineage

CLAIM = {
    "a": "akg:Claim, rdf:Statement",
    "rdf:subject": ":s",
    "rdf:predicate": "akg:replaces",
    "rdf:object": ":o",
    "akg:factuality": "akg:Planned",
    "akg:confidence": "0.85",
    "prov:wasDerivedFrom": ":e",
    "prov:wasGeneratedBy": ":run",
    "akg:rule": '"succession-1"',
}
EVIDENCE = {
    "a": "akg:Evidence",
    "akg:inDocument": ":d",
    "akg:quote": '"に代わる"',
    "akg:start": "3",
    "akg:end": "7",
    "akg:pageStart": "2",
    "akg:pageEnd": "3",
    "akg:section": '"制度 › その後"',
    "akg:paragraph": "5",
    "akg:textRole": '"body"',
}
OPEN = EVIDENCE | {"a": "akg:Unresolved", "akg:reason": '"no date of issue"'}
DOCUMENT = {
    "a": "akg:Document",
    "dcterms:identifier": '"a.txt"',
    "dcterms:title": '"題名"',
    "dcterms:source": '"a.txt"',
    "schema:text": '"新会は旧会に代わる。"',
}


def node(name: str, described: Mapping[str, str], **changes: str) -> str:
    """Turtle for one node; `changes` are by property with `_` for the colon, empty to leave it out."""
    merged = {**described, **{key.replace("_", ":", 1): value for key, value in changes.items()}}
    return f"{name} " + " ; ".join(f"{key} {value}" for key, value in merged.items() if value) + " .\n"


def thing(name: str, kind: Kind = Kind.FORUM, more: str = "") -> str:
    """Turtle for one entity with its classes and a label; a meeting has a date."""
    types = ", ".join(f"akg:{one}" for one in lineage(kind))
    held = ' ; akg:heldOn "2024-07-28"^^xsd:date' if kind is Kind.MEETING else ""
    return f'{name} a {types} ; skos:prefLabel "{name}"@ja{held}{more} .\n'


RUN = ":run a prov:Activity .\n"
TWO = thing(":s") + thing(":o")


def said(evidence: str = "", document: str = "", context: str = TWO, **changes: str) -> str:
    """A claim with all that it needs."""
    parts = (node(":c", CLAIM, **changes), evidence or node(":e", EVIDENCE), document or node(":d", DOCUMENT), RUN, context)
    return "".join(parts)


def dated(literal: str) -> str:
    """A claim about a date."""
    return said(context=thing(":s", Kind.TREATY), rdf_predicate="akg:signedOn", rdf_object=literal)


HELD = {
    "a": "akg:HeldBack",
    "akg:heldSubject": ":s",
    "akg:heldPredicate": "akg:replaces",
    "akg:heldObject": ":s",
    "akg:reason": '"主語と目的語は異なる。"@ja',
    "akg:shape": ":shape",
    "prov:wasDerivedFrom": ":e",
}
DECISION = {
    "a": "akg:Decision",
    "akg:decides": ":c",
    "akg:verdict": "akg:Corrected",
    "akg:reviewer": '"査読者"',
    "prov:endedAtTime": '"2025-01-02T03:04:05Z"^^xsd:dateTime',
    "akg:correctedTo": ":c2",
}


def held(**changes: str) -> str:
    """What is held back, with the evidence that it needs."""
    return node(":h", HELD, **changes) + node(":e", EVIDENCE) + node(":d", DOCUMENT)


def decided(**changes: str) -> str:
    return node(":decision", DECISION, **changes)


OK = said()
LABELS = ':s a akg:State ; skos:prefLabel "甲"@ja, "A"@en ; skos:altLabel "乙"@ja ; akg:ambiguousLabel "丙"@ja .\n'
MEETING = ":s a akg:Meeting ; "
DAY = 'akg:heldOn "2024"^^xsd:gYear'

# shape, constraint component, a graph that it accepts, one that it refuses
CASES: list[tuple[str, str, str, str]] = [
    ("Entity", "NodeKind", TWO, '[] a akg:State ; skos:prefLabel "甲"@ja ; akg:basedOn :x .'),
    ("EntityPreferredLabel", "MinCount", LABELS, ':s a akg:State ; skos:altLabel "甲"@ja .'),
    ("EntityPreferredLabelPerLanguage", "UniqueLang", LABELS, ':s a akg:State ; skos:prefLabel "甲"@ja, "乙"@ja .'),
    ("EntityName", "NodeKind", LABELS, ':s a akg:State ; skos:prefLabel "甲"@ja ; skos:altLabel :o .'),
    ("EntityName", "MinLength", LABELS, ':s a akg:State ; skos:prefLabel "甲"@ja ; akg:ambiguousLabel "" .'),
    ("EntityPreferredApart", "Disjoint", LABELS, ':s a akg:State ; skos:prefLabel "甲"@ja ; akg:ambiguousLabel "甲"@ja .'),
    ("EntityOtherApart", "Disjoint", LABELS, ':s a akg:State ; skos:prefLabel "甲"@ja ; skos:altLabel "乙" ; akg:ambiguousLabel "乙" .'),
    ("TopClass", "SPARQL", TWO, ':s a akg:State, akg:Place ; skos:prefLabel "甲"@ja .'),
    (
        "InstitutionMostSpecificClass",
        "SPARQL",
        TWO + thing(":bare", Kind.INSTITUTION),
        ':s a akg:Institution, akg:Forum, akg:Command ; skos:prefLabel "甲"@ja .',
    ),
    (
        "AgreementMostSpecificClass",
        "SPARQL",
        thing(":s", Kind.TREATY),
        ':s a akg:Agreement, akg:Treaty, akg:Law ; skos:prefLabel "甲"@ja .',
    ),
    ("InstitutionStated", "HasValue", TWO, ':s a akg:Forum ; skos:prefLabel "甲"@ja .'),
    ("AgreementStated", "HasValue", thing(":s", Kind.LAW), ':s a akg:Law ; skos:prefLabel "甲"@ja .'),
    ("Claim", "NodeKind", OK, said().replace(":c a", "[] a", 1)),
    ("ClaimStatement", "HasValue", OK, said(a="akg:Claim")),
    ("ClaimSubject", "MinCount", OK, said(rdf_subject="")),
    ("ClaimSubject", "MaxCount", OK, said(rdf_subject=":s, :o2")),
    ("ClaimSubject", "NodeKind", OK, said(rdf_subject='"新会"')),
    ("ClaimOfTwoThings", "Disjoint", OK, said(rdf_object=":s")),
    ("ClaimPredicate", "MinCount", OK, said(rdf_predicate="")),
    ("ClaimPredicate", "MaxCount", OK, said(rdf_predicate="akg:replaces, akg:partOf")),
    ("ClaimPredicate", "In", OK, said(rdf_predicate="akg:succeeds")),
    ("ClaimObject", "MinCount", OK, said(rdf_object="")),
    ("ClaimObject", "MaxCount", OK, said(rdf_object=":o, :o2")),
    ("ClaimObject", "NodeKind", OK, said(rdf_object="[]")),
    ("ClaimFactuality", "MinCount", OK, said(akg_factuality="")),
    ("ClaimFactuality", "MaxCount", OK, said(akg_factuality="akg:Actual, akg:Planned")),
    ("ClaimFactuality", "In", OK, said(akg_factuality="akg:Certain")),
    ("ClaimConfidence", "MinCount", said(akg_confidence="1.0"), said(akg_confidence="")),
    ("ClaimConfidence", "MaxCount", OK, said(akg_confidence="0.5, 0.6")),
    ("ClaimConfidence", "Datatype", OK, said(akg_confidence="0.5e0")),
    ("ClaimConfidence", "MinInclusive", said(akg_confidence="0.0"), said(akg_confidence="-0.1")),
    ("ClaimConfidence", "MaxInclusive", said(akg_confidence="1.0"), said(akg_confidence="1.01")),
    ("ClaimEvidence", "MinCount", OK, said(prov_wasDerivedFrom="")),
    ("ClaimEvidence", "Class", OK, said(prov_wasDerivedFrom=":d")),
    ("ClaimRun", "MinCount", OK, said(prov_wasGeneratedBy="")),
    ("ClaimRun", "Class", OK, said(prov_wasGeneratedBy=":d")),
    ("ClaimRule", "MaxCount", said(akg_rule=""), said(akg_rule='"a", "b"')),
    ("ClaimRule", "Datatype", OK, said(akg_rule="7")),
    ("ClaimRule", "MinLength", OK, said(akg_rule='""')),
    (
        "ClaimEarliest",
        "LessThanOrEquals",
        said(akg_earliest='"2024-01-01"^^xsd:date', akg_latest='"2024-01-01"^^xsd:date'),
        said(akg_earliest='"2024-02-01"^^xsd:date', akg_latest='"2024-01-31"^^xsd:date'),
    ),
    (
        "ClaimEarliest",
        "MaxCount",
        said(akg_earliest='"2024-01-01"^^xsd:date'),
        said(akg_earliest='"2024-01-01"^^xsd:date, "2024-01-02"^^xsd:date'),
    ),
    ("ClaimEarliest", "Datatype", said(akg_earliest='"2024-01-01"^^xsd:date'), said(akg_earliest='"2024"^^xsd:gYear')),
    (
        "ClaimLatest",
        "MaxCount",
        said(akg_latest='"2024-01-01"^^xsd:date'),
        said(akg_latest='"2024-01-01"^^xsd:date, "2024-01-02"^^xsd:date'),
    ),
    ("ClaimLatest", "Datatype", said(akg_latest='"2024-01-01"^^xsd:date'), said(akg_latest='"2024-01-01"')),
    ("ClaimValidFrom", "Or", said(akg_validFrom='"1990-12"^^xsd:gYearMonth'), said(akg_validFrom='"1990-12"')),
    ("ClaimValidFrom", "MaxCount", said(akg_validFrom='"1990"^^xsd:gYear'), said(akg_validFrom='"1990"^^xsd:gYear, "1991"^^xsd:gYear')),
    ("ClaimValidUntil", "Or", said(akg_validUntil='"1990-12/.."^^edtf:EDTF'), said(akg_validUntil=":o")),
    ("ClaimValidUntil", "MaxCount", said(akg_validUntil='"1990"^^xsd:gYear'), said(akg_validUntil='"1990"^^xsd:gYear, "1991"^^xsd:gYear')),
    ("ClaimAttribution", "NodeKind", said(prov_wasAttributedTo=":o"), said(prov_wasAttributedTo='"大臣"')),
    ("EvidenceDocument", "MinCount", OK, said(node(":e", EVIDENCE, akg_inDocument=""))),
    ("EvidenceDocument", "MaxCount", OK, said(node(":e", EVIDENCE, akg_inDocument=":d, :d2") + node(":d2", DOCUMENT))),
    ("EvidenceDocument", "Class", OK, said(node(":e", EVIDENCE, akg_inDocument=":s"))),
    ("EvidenceQuote", "MinCount", OK, said(node(":e", EVIDENCE, akg_quote=""))),
    ("EvidenceQuote", "MaxCount", OK, said(node(":e", EVIDENCE, akg_quote='"一", "二"'))),
    ("EvidenceQuote", "Datatype", OK, said(node(":e", EVIDENCE, akg_quote='"一"@ja'))),
    ("EvidenceQuote", "MinLength", OK, said(node(":e", EVIDENCE, akg_quote='""'))),
    ("EvidenceStart", "MinCount", OK, said(node(":e", EVIDENCE, akg_start=""))),
    ("EvidenceStart", "MaxCount", OK, said(node(":e", EVIDENCE, akg_start="1, 2"))),
    ("EvidenceStart", "Datatype", OK, said(node(":e", EVIDENCE, akg_start='"3"'))),
    ("EvidenceStart", "MinInclusive", said(node(":e", EVIDENCE, akg_start="0")), said(node(":e", EVIDENCE, akg_start="-1"))),
    ("EvidenceStart", "LessThan", said(node(":e", EVIDENCE, akg_start="6")), said(node(":e", EVIDENCE, akg_start="7"))),
    ("EvidenceEnd", "MinCount", OK, said(node(":e", EVIDENCE, akg_end=""))),
    ("EvidenceEnd", "MaxCount", OK, said(node(":e", EVIDENCE, akg_end="7, 8"))),
    ("EvidenceEnd", "Datatype", OK, said(node(":e", EVIDENCE, akg_end="7.0"))),
    ("EvidenceEnd", "MinInclusive", OK, said(node(":e", EVIDENCE, akg_end="-7"))),
    ("EvidencePage", "MaxCount", OK, said(node(":e", EVIDENCE, akg_pageStart="1, 2"))),
    ("EvidencePage", "Datatype", OK, said(node(":e", EVIDENCE, akg_pageStart='"2"'))),
    ("EvidencePage", "MinInclusive", said(node(":e", EVIDENCE, akg_pageStart="1")), said(node(":e", EVIDENCE, akg_pageStart="0"))),
    ("EvidencePage", "LessThanOrEquals", said(node(":e", EVIDENCE, akg_pageStart="3")), said(node(":e", EVIDENCE, akg_pageStart="4"))),
    ("EvidenceLastPage", "MaxCount", OK, said(node(":e", EVIDENCE, akg_pageEnd="3, 4"))),
    ("EvidenceLastPage", "Datatype", OK, said(node(":e", EVIDENCE, akg_pageEnd='"3"'))),
    ("EvidenceSection", "MaxCount", said(node(":e", EVIDENCE, akg_section="")), said(node(":e", EVIDENCE, akg_section='"一", "二"'))),
    ("EvidenceSection", "Datatype", OK, said(node(":e", EVIDENCE, akg_section='"一"@ja'))),
    ("EvidenceSection", "MinLength", OK, said(node(":e", EVIDENCE, akg_section='""'))),
    ("EvidenceParagraph", "MaxCount", OK, said(node(":e", EVIDENCE, akg_paragraph="5, 6"))),
    ("EvidenceParagraph", "Datatype", OK, said(node(":e", EVIDENCE, akg_paragraph='"5"'))),
    ("EvidenceParagraph", "MinInclusive", OK, said(node(":e", EVIDENCE, akg_paragraph="0"))),
    ("EvidenceRole", "MaxCount", OK, said(node(":e", EVIDENCE, akg_textRole='"body", "item"'))),
    ("EvidenceRole", "In", OK, said(node(":e", EVIDENCE, akg_textRole='"preface"'))),
    ("UnresolvedReason", "MinCount", node(":u", OPEN) + node(":d", DOCUMENT), node(":u", OPEN, akg_reason="")),
    ("UnresolvedReason", "Datatype", node(":u", OPEN) + node(":d", DOCUMENT), node(":u", OPEN, akg_reason="7")),
    ("UnresolvedReason", "MinLength", node(":u", OPEN) + node(":d", DOCUMENT), node(":u", OPEN, akg_reason='""')),
    ("DocumentIdentifier", "MinCount", OK, node(":d", DOCUMENT, dcterms_identifier="")),
    ("DocumentIdentifier", "MaxCount", OK, node(":d", DOCUMENT, dcterms_identifier='"a", "b"')),
    ("DocumentIdentifier", "MinLength", OK, node(":d", DOCUMENT, dcterms_identifier='""')),
    ("DocumentTitle", "MinCount", OK, node(":d", DOCUMENT, dcterms_title="")),
    ("DocumentTitle", "MinLength", OK, node(":d", DOCUMENT, dcterms_title='""')),
    ("DocumentSource", "MinCount", OK, node(":d", DOCUMENT, dcterms_source="")),
    ("DocumentText", "MinCount", node(":d", DOCUMENT, schema_text='""'), node(":d", DOCUMENT, schema_text="")),
    ("DocumentText", "MaxCount", OK, node(":d", DOCUMENT, schema_text='"a", "b"')),
    ("DocumentText", "Datatype", OK, node(":d", DOCUMENT, schema_text='"a"@ja')),
    ("DocumentIssued", "Or", node(":d", DOCUMENT, dcterms_issued='"2024-08-09"^^xsd:date'), node(":d", DOCUMENT, dcterms_issued='"2024"')),
    (
        "DocumentIssued",
        "MaxCount",
        node(":d", DOCUMENT, dcterms_issued='"2024"^^xsd:gYear'),
        node(":d", DOCUMENT, dcterms_issued='"2024"^^xsd:gYear, "2025"^^xsd:gYear'),
    ),
    ("HeldBackSubject", "MinCount", held(), held(akg_heldSubject="")),
    ("HeldBackSubject", "MaxCount", held(), held(akg_heldSubject=":s, :o")),
    ("HeldBackSubject", "NodeKind", held(), held(akg_heldSubject='"会"')),
    ("HeldBackPredicate", "MinCount", held(), held(akg_heldPredicate="")),
    ("HeldBackPredicate", "MaxCount", held(), held(akg_heldPredicate="akg:replaces, akg:partOf")),
    ("HeldBackPredicate", "NodeKind", held(), held(akg_heldPredicate='"partOf"')),
    ("HeldBackObject", "MinCount", held(akg_heldObject='"2024-02-30"^^xsd:date'), held(akg_heldObject="")),
    ("HeldBackObject", "MaxCount", held(), held(akg_heldObject=":s, :o")),
    ("HeldBackObject", "NodeKind", held(), held(akg_heldObject="[]")),
    ("HeldBackReason", "MinCount", held(), held(akg_reason="")),
    ("HeldBackReason", "MinLength", held(), held(akg_reason='""@ja')),
    ("HeldBackEvidence", "MinCount", held(), held(prov_wasDerivedFrom="")),
    ("HeldBackEvidence", "Class", held(), held(prov_wasDerivedFrom=":d")),
    ("HeldBackShape", "NodeKind", held(akg_shape=""), held(akg_shape='"NotItself"')),
    ("HeldBackOnly", "Not", held(), held(a="akg:HeldBack, akg:Claim")),
    ("DecisionDecides", "MinCount", decided(), decided(akg_decides="")),
    ("DecisionDecides", "MaxCount", decided(), decided(akg_decides=":c, :c3")),
    ("DecisionDecides", "NodeKind", decided(), decided(akg_decides='"c"')),
    ("DecisionVerdict", "MinCount", decided(), decided(akg_verdict="")),
    ("DecisionVerdict", "MaxCount", decided(), decided(akg_verdict="akg:Corrected, akg:Rejected")),
    ("DecisionVerdict", "In", decided(), decided(akg_verdict="akg:Actual")),
    ("DecisionReviewer", "MinCount", decided(akg_reviewer='"甲", "乙"'), decided(akg_reviewer="")),
    ("DecisionReviewer", "Datatype", decided(), decided(akg_reviewer=":someone")),
    ("DecisionReviewer", "MinLength", decided(), decided(akg_reviewer='""')),
    ("DecisionTime", "MinCount", decided(), decided(prov_endedAtTime="")),
    ("DecisionTime", "MaxCount", decided(), decided(prov_endedAtTime='"2025-01-02T03:04:05Z"^^xsd:dateTime, "2025-01-03T03:04:05Z"^^xsd:dateTime')),
    ("DecisionTime", "Datatype", decided(), decided(prov_endedAtTime='"2025-01-02"^^xsd:date')),
    ("DecisionCorrection", "MaxCount", decided(), decided(akg_correctedTo=":c2, :c3")),
    ("DecisionCorrection", "NodeKind", decided(), decided(akg_correctedTo='"c2"')),
    ("DecisionCorrected", "Or", decided(akg_verdict="akg:Rejected", akg_correctedTo=""), decided(akg_correctedTo="")),
    ("ReviewStatus", "MaxCount", said(akg_reviewStatus="akg:Rejected"), said(akg_reviewStatus="akg:Accepted, akg:Rejected")),
    ("ReviewStatus", "In", said(akg_reviewStatus="akg:Accepted"), said(akg_reviewStatus="akg:Corrected")),
    ("MeetingDate", "Or", thing(":s", Kind.MEETING), MEETING + 'skos:prefLabel "日米首脳会談"@ja .'),
    (
        "MeetingDate",
        "Or",
        MEETING + 'skos:prefLabel "日米首脳会談"@ja ; dcterms:date "2024-04"^^xsd:gYearMonth .',
        MEETING + 'skos:prefLabel "日米首脳会談"@ja ; dcterms:title "2024-04" .',
    ),
    (
        "MeetingDate",
        "Or",
        said(
            context=MEETING + 'skos:prefLabel "日米首脳会談"@ja .',
            rdf_predicate="akg:heldOn",
            rdf_object='"2025"^^xsd:gYear',
        ),
        said(context=MEETING + 'skos:prefLabel "会"@ja .' + thing(":o"), rdf_predicate="akg:meetingOf"),
    ),
    ("MeetingIdentity", "Or", thing(":s", Kind.MEETING), MEETING + DAY + " ."),
    ("MeetingIdentity", "Or", thing(":s", Kind.MEETING, " ; akg:meetingOf :o") + thing(":o"), MEETING + DAY + ' ; skos:altLabel "会"@ja .'),
    ("Date", "Or", thing(":s", Kind.TREATY, ' ; akg:signedOn "1960-01-19"^^xsd:date'), thing(":s", Kind.TREATY, ' ; akg:signedOn "1960-01-19"')),
    ("Date", "Or", thing(":s", more=' ; akg:establishedOn "2010"^^xsd:gYear'), thing(":s", more=' ; akg:establishedOn "2010-13"^^xsd:gYearMonth')),
    ("Date", "Or", thing(":s", more=' ; akg:endedOn "2024-04"^^xsd:gYearMonth'), thing(":s", more=' ; akg:endedOn "2024-02-30"^^xsd:date')),
    ("Date", "Or", thing(":s", more=' ; akg:endedOn "2024-04/2025-03"^^edtf:EDTF'), thing(":s", more=' ; akg:endedOn "令和6年度"^^edtf:EDTF')),
    ("DateInClaims", "Or", dated('"1960~"^^edtf:EDTF'), dated('"1960年"')),
    ("DateInClaims", "Or", dated('"../1995"^^edtf:EDTF'), dated('"1995 to 1996"^^edtf:EDTF')),
    ("DateInClaims", "Or", dated('"199X"^^edtf:EDTF'), dated(":o3")),
    *(
        ("NotItself", "Disjoint", thing(":s", more=f" ; {p} :o") + thing(":o", more=back), thing(":s", more=f" ; {p} :s"))
        for p, back in (("akg:partOf", ""), ("akg:replaces", ""), ("akg:counterpartOf", " ; akg:counterpartOf :s"))
    ),
    (
        "NotItself",
        "Disjoint",
        thing(":s", Kind.LAW, " ; akg:revises :o ; akg:implements :o ; akg:basedOn :o") + thing(":o", Kind.LAW),
        thing(":s", Kind.LAW, " ; akg:implements :s"),
    ),
    ("ReplacesNoCycle", "Disjoint", thing(":s", more=" ; akg:replaces :o") + thing(":o"), thing(":s", more=" ; akg:replaces :o") + thing(":o", more=" ; akg:replaces :s")),
    (
        "RevisesNoCycle",
        "Disjoint",
        thing(":s", Kind.TREATY, " ; akg:revises :o, :p") + thing(":o", Kind.TREATY, " ; akg:revises :p") + thing(":p", Kind.TREATY),
        thing(":s", Kind.TREATY, " ; akg:revises :o")
        + thing(":o", Kind.TREATY, " ; akg:revises :p")
        + thing(":p", Kind.TREATY, " ; akg:revises :s"),
    ),
    ("ReplacesSameKind", "Or", thing(":s", more=" ; akg:replaces :o") + thing(":o", Kind.COMMAND), thing(":s", more=" ; akg:replaces :o") + thing(":o", Kind.LAW)),
    (
        "RenamedFromSameKind",
        "Or",
        thing(":s", more=" ; akg:renamedFrom :o ; akg:replaces :o") + thing(":o"),
        thing(":s", more=" ; akg:renamedFrom :o") + thing(":o", Kind.PROGRAMME),
    ),
    (
        "CounterpartOfSameKind",
        "Or",
        thing(":s", Kind.POST, " ; akg:counterpartOf :o") + thing(":o", Kind.POST, " ; akg:counterpartOf :s"),
        thing(":s", Kind.POST, " ; akg:counterpartOf :o") + thing(":o", Kind.FORUM, " ; akg:counterpartOf :s"),
    ),
    ("SameKindInClaims", "SPARQL", OK, said(context=thing(":s") + thing(":o", Kind.TREATY))),
    ("CounterpartsBothWays", "Equals", thing(":s", more=" ; akg:counterpartOf :o") + thing(":o", more=" ; akg:counterpartOf :s"), thing(":s", more=" ; akg:counterpartOf :o") + thing(":o")),
    ("RenamedReplaces", "Equals", thing(":s", more=" ; akg:renamedFrom :o ; akg:replaces :o") + thing(":o"), thing(":s", more=" ; akg:renamedFrom :o") + thing(":o")),
]  # fmt: skip
