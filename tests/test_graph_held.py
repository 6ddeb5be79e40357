"""What is held back, as triples: told with its reasons and words, and never in the words of claims."""

from __future__ import annotations

from datetime import date

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store
from rdflib import Graph
from rdflib.compare import isomorphic

from extract.model import Claim, Date, Document, Span
from graph.describing import encode_document
from graph.encoding import encode_evidence
from graph.errors import GraphError
from graph.findings import VIOLATION, Finding
from graph.held import Held, encode_held
from graph.identity import claim_iri, entity_iri, evidence_iri, held_iri, term_iri
from graph.runs import Run, encode_run
from graph.validation import validate
from graph.views import as_rdflib
from ontology.terms import AKGSH, PREFIXES, Factuality, Property

RUN = Run("0.1.0")
TEXT = '新会は新会に代わる。"引用"\u202e\n改行'
DOCUMENT = Document("a b.txt", TEXT)
ITSELF = Finding(
    VIOLATION, "akgid:claim/1", "rdf:subject", "", AKGSH + "ClaimOfTwoThings", "主語と目的語は異なる。", "They differ."
)
CIRCLE = Finding(VIOLATION, "akgid:a", "akg:replaces", "akgid:a", AKGSH + "ReplacesNoCycle", "", "No circle.")
CLAIM = Claim("a", Property.REPLACES, "a", Factuality.ACTUAL, (Span(0, 9), Span(10, 14)), "sample", 0.8)
HELD = Held("a b.txt", CLAIM, (ITSELF, CIRCLE))


def store_of(*triples):
    store = Store()
    store.extend(Quad(t.subject, t.predicate, t.object) for part in triples for t in part)
    return store


def test_a_held_claim_as_triples():
    iri, first, second = (
        str(one) for one in (held_iri("a b.txt", CLAIM), *(evidence_iri("a b.txt", s) for s in CLAIM.evidence))
    )
    prefixes = "".join(f"@prefix {prefix}: <{start}> .\n" for prefix, start in PREFIXES.items())
    expected = f"""{prefixes}
    {iri} a akg:HeldBack ; akg:heldSubject akgid:a ; akg:heldPredicate akg:replaces ; akg:heldObject akgid:a ;
        akg:factuality akg:Actual ; akg:confidence 0.8 ; akg:rule "sample" ; prov:wasGeneratedBy {RUN.iri} ;
        akg:reason "主語と目的語は異なる。"@ja, "They differ."@en, "No circle."@en ;
        akg:shape <{AKGSH}ClaimOfTwoThings>, <{AKGSH}ReplacesNoCycle> ; prov:wasDerivedFrom {first}, {second} .
    {first} a akg:Evidence ; akg:inDocument <https://w3id.org/alliancekg/id/document/a%20b.txt> ;
        akg:quote "新会は新会に代わる" ; akg:start 0 ; akg:end 9 .
    {second} a akg:Evidence ; akg:inDocument <https://w3id.org/alliancekg/id/document/a%20b.txt> ;
        akg:quote "\\"引用\\"" ; akg:start 10 ; akg:end 14 .
    """
    store = store_of(encode_held([HELD], DOCUMENT, RUN))
    assert isomorphic(as_rdflib(store), Graph().parse(data=expected, format="turtle"))
    again = Store()
    again.load(store.dump(format=RdfFormat.N_QUADS), RdfFormat.N_QUADS)
    assert set(again) == set(store)


@pytest.mark.parametrize(
    "claim",
    [
        CLAIM,
        Claim(
            "a",
            Property.ESTABLISHED_ON,
            Date("2024-02-30", date(2024, 2, 29), None),
            Factuality.PLANNED,
            (Span(0, 9),),
            "",
            7.0,
        ),
        Claim('a"\n\u202e\ud800', Property.REPLACES, "b", Factuality.ACTUAL, (Span(0, 15),), "x", attributed_to="c"),
    ],
)
def test_the_graph_of_what_is_held_back_keeps_to_the_shapes_whatever_was_wrong(claim):
    held = encode_held([Held("a b.txt", claim, (ITSELF,))], DOCUMENT, RUN)
    store = store_of(held, encode_run(RUN), encode_document(DOCUMENT))
    assert validate(store).lines() == ()
    used = {quad.predicate.value for quad in store}
    assert not used & {PREFIXES["rdf"] + part for part in ("subject", "predicate", "object")}
    assert not list(store.quads_for_pattern(None, None, term_iri("Claim")))


def test_a_held_claim_is_another_node_than_the_claim_and_shares_its_evidence():
    assert held_iri("a b.txt", CLAIM) != claim_iri("a b.txt", CLAIM)
    store = store_of(encode_held([HELD], DOCUMENT, RUN))
    shared = {(t.subject, t.predicate, t.object) for t in encode_evidence(held_iri("a b.txt", CLAIM), DOCUMENT, CLAIM)}
    assert shared <= {(q.subject, q.predicate, q.object) for q in store}
    value = next(store.quads_for_pattern(None, term_iri("heldObject"), None)).object
    assert value == entity_iri("a")
    reasons = {q.object for q in store.quads_for_pattern(None, term_iri("reason"), None)}
    assert Literal("No circle.", language="en") in reasons


def test_words_that_are_not_there():
    with pytest.raises(GraphError, match="no evidence"):
        list(encode_held([Held("a b.txt", Claim("a", Property.REPLACES, "b", Factuality.ACTUAL, (), "x"), ())], DOCUMENT, RUN))


def test_a_shape_of_ones_own_is_named_in_full():
    finding = Finding(VIOLATION, "", "", "", "akg:MyShape", "", "Mine.")
    store = store_of(encode_held([Held("a b.txt", CLAIM, (finding,))], DOCUMENT, RUN))
    (quad,) = store.quads_for_pattern(None, term_iri("shape"), None)
    assert quad.object == NamedNode(PREFIXES["akg"] + "MyShape")
