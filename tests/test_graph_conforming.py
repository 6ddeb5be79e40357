"""What is surely in order is so by pySHACL too, whatever is done to a graph; and sound documents are surely in order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store, Triple
from test_graph_gate import DAY, YEAR, document, linked, says

from extract.model import Locator, Role, Span, Unresolved
from graph import conforming
from graph.conforming import surely
from graph.linking import link
from graph.triples_index import UnknownError
from graph.validation import validate
from ontology.terms import AKG, EDTF_DATATYPE, PREFIXES, Level, Property

SAYING = (
    says("new", Property.ESTABLISHED_ON, DAY),
    says("new", Property.REPLACES, "old", valid_from=YEAR),
    says("new", Property.RENAMED_FROM, "old"),
    says("new", Property.LEVEL, Level.DIRECTOR),
    says("meeting", Property.HELD_IN, "tokyo"),
    says("minister", Property.COUNTERPART_OF, "secretary", attributed_to="japan"),
    says("earlier", Property.ENDED_ON, YEAR),
)
SOUND = document(
    *SAYING,
    unresolved=[Unresolved(Span(0, 2), "新会", "unclear")],
    locators=[Locator(SAYING[0].evidence[0], 3, Role.BODY, ("経緯",), 2, 4)],
)
TRIPLES = list(linked(SOUND, link([SOUND])).triples())
PROPERTIES = sorted({triple.predicate for triple in TRIPLES}, key=str)
TYPES = [PREFIXES["xsd"] + kind for kind in ("date", "gYear", "gYearMonth", "integer", "decimal", "string", "dateTime")]
TEXTS = ["2024-02-30", "2024-07-28", "2024", "2024-13", "0000", "1.5", "-1", "0", "", "x", "2024-07", "body"]
ODD = [
    *(Literal(text, datatype=NamedNode(kind)) for kind in (*TYPES, EDTF_DATATYPE) for text in TEXTS),
    *(Literal(text, language=language) for text in ("新会", "旧会", "") for language in ("ja", "en")),
    *(NamedNode(AKG + name) for name in ("Forum", "Institution", "Treaty", "Claim", "Actual", "replaces", "level", "Meeting")),
]
SUBJECTS = sorted({triple.subject for triple in TRIPLES}, key=str)


def stored(triples):
    store = Store()
    store.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in triples)
    return store


def test_a_sound_document_is_surely_in_order():
    assert len(TRIPLES) > 150
    assert surely(TRIPLES)
    assert validate(stored(TRIPLES)).conforms


def test_what_follows_of_a_class_is_for_pyshacl_to_judge():
    narrower = Triple(NamedNode(AKG + "Committee"), NamedNode(PREFIXES["rdfs"] + "subClassOf"), NamedNode(AKG + "Forum"))
    assert not surely([*TRIPLES, narrower])


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_what_is_surely_in_order_is_so_by_pyshacl(data):
    triples = list(TRIPLES)
    for _ in range(data.draw(st.integers(1, 2))):
        at = data.draw(st.integers(0, len(triples) - 1))
        subject, predicate, _told = triples[at]
        told = data.draw(st.sampled_from([*ODD, *SUBJECTS]))
        how = data.draw(st.sampled_from(["leave out", "replace", "add", "add of another"]))
        if how in {"leave out", "replace"}:
            del triples[at]
        if how == "add of another":
            subject, predicate = data.draw(st.sampled_from(SUBJECTS)), data.draw(st.sampled_from(PROPERTIES))
        if how != "leave out":
            triples.append(Triple(subject, predicate, told))
    if surely(triples):
        assert validate(stored(triples)).results == ()


def test_nothing_is_sure_by_shapes_that_are_not_understood(monkeypatch):
    def unknown():
        raise UnknownError("closed")

    monkeypatch.setattr(conforming, "_rules", unknown)
    assert not surely(TRIPLES)
