"""Review: a decision finds its claim again, or says why not; CSV and terminal give the same decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from claims_told import DICAS, JAPAN, MEMBER, PLAN, TEXT, THINGS, on, says
from graphs_made import ungated
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Store
from read_for_review import BEFORE, CLAIMS, NOON, SUCCEEDS, Read

from extract.model import Claim, Date, Document, Entity, Span
from graph.errors import GraphError
from graph.identity import claim_iri
from graph.reviewing.correcting import corrected
from graph.reviewing.decisions import Binding, Correction, Named, decide, from_json, to_json
from graph.reviewing.items import Choice, Order, Ruling, chosen
from graph.reviewing.matching import Lapse, bind, match
from graph.runs import Run
from graph.validation import validate
from ontology.terms import AKG, AKGID, Factuality, Kind, Level, Property, Verdict


def shifted(claim: Claim, by: int) -> Claim:
    return replace(claim, evidence=tuple(Span(span.start + by, span.end + by) for span in claim.evidence))


LONGER = "序文を足した。\n"
STILL = {
    "nothing changed": Read(*CLAIMS),
    "the words moved": Read(*(shifted(claim, len(LONGER)) for claim in CLAIMS), text=LONGER + TEXT),
    "another rule, less sure": Read(PLAN, replace(SUCCEEDS, rule="other", confidence=0.2), MEMBER),
    "a thing of another key": Read(
        *(replace(c, subject="known") if c.subject == "dicas" else c for c in CLAIMS),
        things=(replace(DICAS, key="known", authority=True), *THINGS[1:]),
    ),
    "a thing called by another of its names": Read(*CLAIMS, things=(replace(DICAS, label="DICAS", names=("防衛産業協力フォーラム",)), *THINGS[1:])),
    "a thing that lost its longer name": Read(*CLAIMS, things=(replace(DICAS, label="DICAS", names=()), *THINGS[1:])),
    "a thing of a closer class": Read(*CLAIMS, things=(replace(DICAS, kind=Kind.MECHANISM), *THINGS[1:])),
    "longer evidence": Read(PLAN, replace(SUCCEEDS, evidence=(Span(SUCCEEDS.evidence[0].start, SUCCEEDS.evidence[0].end + 3),)), MEMBER),
    "shorter evidence": Read(PLAN, replace(SUCCEEDS, evidence=(Span(SUCCEEDS.evidence[0].start + 6, SUCCEEDS.evidence[0].end),)), MEMBER),
}  # fmt: skip


@pytest.mark.parametrize("after", STILL.values(), ids=STILL)
def test_a_decision_finds_its_claim_again(after: Read) -> None:
    decision = BEFORE.decision(Property.REPLACES)
    matches = after.match(decision)
    assert matches.applied == ((decision, after.claim(Property.REPLACES)),)
    assert not matches.lapsed


ELSEWHERE = TEXT + "DICASはS&TFの後継である。"
GONE = {
    "the words are gone": (Read(PLAN, MEMBER, text=TEXT.replace("DICASはS&TFに代わる", "両者は併存する"), things=THINGS), Lapse.NO_QUOTE),
    "no claim says it": (Read(PLAN, MEMBER), Lapse.NO_CLAIM),
    "of another standing": (Read(replace(SUCCEEDS, factuality=Factuality.PLANNED)), Lapse.NO_CLAIM),
    "with a limit in time": (Read(replace(SUCCEEDS, valid_from=on("2024"))), Lapse.NO_CLAIM),
    "of another thing": (Read(replace(SUCCEEDS, object="scc")), Lapse.NO_CLAIM),
    "a thing of another top class": (
        Read(replace(SUCCEEDS, subject="dicas2"), things=(Entity("dicas2", Kind.PROGRAMME, "防衛産業協力フォーラム", ("DICAS",)), *THINGS[1:])),
        Lapse.NO_CLAIM,
    ),
    "from other words": (Read(says("dicas", Property.REPLACES, "stf", "DICASはS&TFの後継である", text=ELSEWHERE), text=ELSEWHERE), Lapse.OTHER_WORDS),
}  # fmt: skip


@pytest.mark.parametrize(("after", "why"), GONE.values(), ids=GONE)
def test_a_decision_that_applies_no_longer_says_why(after: Read, why: Lapse) -> None:
    decision = BEFORE.decision(Property.REPLACES)
    assert after.match(decision).lapsed == ((decision, why),)
    assert not after.match(decision).applied


@pytest.mark.parametrize("why", Lapse)
def test_every_reason_is_told_in_both_languages(why: Lapse) -> None:
    assert why.in_("en") == why.value
    assert not why.in_("ja").isascii()


def test_of_two_things_of_one_name_the_words_decide_and_else_nothing() -> None:
    document = Document("a.txt", TEXT)
    entities = {"one": Entity("one", Kind.FORUM, "作業部会"), "two": Entity("two", Kind.FORUM, "作業部会"), "japan": JAPAN}
    first = says("one", Property.HAS_MEMBER, "japan", "SCCは毎年開かれ、日本が参加する")
    second = says("two", Property.HAS_MEMBER, "japan", "日本が参加する")
    for wanted in (first, second):
        binding = bind(document, wanted, entities)
        decision = decide("c", binding, Verdict.ACCEPTED, who="某", when=NOON)
        assert match([decision], document, [first, second], entities).applied == ((decision, wanted),)
    same = replace(second, evidence=first.evidence)
    decision = decide("c", bind(document, first, entities), Verdict.ACCEPTED, who="某", when=NOON)
    assert match([decision], document, [first, same], entities).lapsed == ((decision, Lapse.TWO_CLAIMS),)


def test_the_last_decision_holds() -> None:
    first, last = BEFORE.decision(Property.REPLACES), BEFORE.decision(Property.REPLACES, Verdict.ACCEPTED)
    assert BEFORE.match(first, last).standing == {BEFORE.claim(Property.REPLACES): last}
    assert len(BEFORE.review(first, last).claims) == len(BEFORE.claims)


# Values


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"who": " "}, "the name of who decides"),
        ({"when": datetime(2025, 1, 1)}, "zone"),  # noqa: DTZ001 - that is the mistake
        ({"verdict": Verdict.CORRECTED}, "a correction says"),
        ({"correction": Correction(object="SCC")}, "a correction says"),
    ],
)
def test_what_is_no_decision_is_refused(fields, what: str) -> None:
    binding = bind(BEFORE.document, BEFORE.claims[0], BEFORE.names.entities)
    with pytest.raises(GraphError, match=what):
        decide("c", binding, **{"verdict": Verdict.REJECTED, "who": "某", "when": NOON, **fields})


words = st.text(max_size=12)
named = st.builds(Named, words, st.sampled_from(Kind), st.tuples(words))
bindings = st.builds(
    Binding, words, named, st.sampled_from(Property), st.one_of(named, st.sampled_from(Level), words), st.sampled_from(Factuality),
    st.lists(words).map(tuple), st.lists(st.tuples(st.integers(), st.integers())).map(tuple), words, words, st.none() | named,
)  # fmt: skip
corrections = st.builds(
    Correction, st.none() | words, st.none() | st.sampled_from(Property), st.none() | words, st.none() | st.sampled_from(Factuality),
    st.none() | words, st.none() | words,
)  # fmt: skip


@given(bindings, corrections, st.text(min_size=1).filter(str.strip), st.text(), st.datetimes(timezones=st.just(UTC)))
def test_json_keeps_every_decision(binding, correction, who, why, when) -> None:
    import json

    verdict = Verdict.CORRECTED if correction else Verdict.ACCEPTED
    decision = decide("claim", binding, verdict, who=who, when=when, why=why, correction=correction)
    assert from_json(json.loads(json.dumps(to_json(decision)))) == decision


@pytest.mark.parametrize("broken", [{}, {"correction": {"colour": "red"}}, {"verdict": "Perhaps"}, {"offsets": [1]}])
def test_damaged_json_is_one_error(broken) -> None:
    whole = to_json(BEFORE.decision(Property.REPLACES))
    with pytest.raises(GraphError, match="damaged"):
        from_json({**whole, **broken} if broken else {})


# Corrections


CORRECTIONS = {
    "object by any of its names": (Property.REPLACES, Correction(object="SCC"), {"object": "scc"}),
    "subject": (Property.REPLACES, Correction(subject="Security Consultative Committee"), {"subject": "scc"}),
    "property": (Property.REPLACES, Correction(predicate=Property.PART_OF), {"predicate": Property.PART_OF}),
    "date": (Property.ESTABLISHED_ON, Correction(object="2024-06-09"), {"object": Date("2024-06-09", date(2024, 6, 9), date(2024, 6, 9))}),
    "factuality": (Property.ESTABLISHED_ON, Correction(factuality=Factuality.ACTUAL), {"factuality": Factuality.ACTUAL}),
    "level": (Property.LEVEL, Correction(object="WorkingLevel"), {"object": Level.WORKING}),
    "limit": (Property.HAS_MEMBER, Correction(valid_from="2024"), {"valid_from": on("2024")}),
    "property and object": (Property.REPLACES, Correction(predicate=Property.HAS_MEMBER, object="米国"), {"predicate": Property.HAS_MEMBER, "object": "us"}),
}  # fmt: skip


@pytest.mark.parametrize(("predicate", "correction", "fields"), CORRECTIONS.values(), ids=CORRECTIONS)
def test_a_correction_says_what_is_otherwise(predicate, correction, fields) -> None:
    claim = BEFORE.claim(predicate)
    assert corrected(claim, correction, BEFORE.names) == replace(claim, **fields, rule="review", confidence=1.0)


def test_a_limit_in_time_can_be_taken_away() -> None:
    claim = replace(BEFORE.claim(Property.HAS_MEMBER), valid_from=on("2024"))
    assert corrected(claim, Correction(valid_from=""), BEFORE.names).valid_from is None


@pytest.mark.parametrize(
    ("predicate", "correction", "what"),
    [
        (Property.REPLACES, Correction(object="誰も知らない組織"), "nothing is called"),
        (Property.REPLACES, Correction(object="日本"), "not of a class"),
        (Property.REPLACES, Correction(object=" "), "nothing is called"),
        (Property.REPLACES, Correction(object="DICAS"), "no relation to itself"),
        (Property.ESTABLISHED_ON, Correction(object="昨年"), "昨年"),
        (Property.LEVEL, Correction(object="高級"), "no level"),
        (Property.REPLACES, Correction(predicate=Property.ESTABLISHED_ON), "cannot say this"),
        (Property.REPLACES, Correction(predicate=Property.HAS_PARTY), "cannot say this"),
        (Property.HAS_MEMBER, Correction(valid_from="いつか"), "いつか"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(predicate, correction, what) -> None:
    with pytest.raises(GraphError, match=what):
        corrected(BEFORE.claim(predicate), correction, BEFORE.names)


# RDF


def graph_of(read: Read, *decisions) -> Store:
    """The graph of a document after review, as the store makes it."""
    done = read.review(*decisions)
    kept = {claim_iri("a.txt", claim).value for claim in done.claims}
    rejected = {iri for claim in read.claims if (iri := claim_iri("a.txt", claim).value) not in kept}
    store = ungated([read.extraction], Run("0.1.0", None, NOON, NOON), rejected)
    store.extend(Quad(t.subject, t.predicate, t.object, NamedNode(AKGID + "graph/decisions")) for t in done.triples)
    return store


def objects(store: Store, subject: NamedNode, predicate: str) -> list[str]:
    return [quad.object.value.removeprefix(AKG) for quad in store.quads_for_pattern(subject, NamedNode(predicate), None, None)]


def test_decisions_in_rdf_are_as_the_documentation_says_and_conform() -> None:
    accepted = BEFORE.decision(Property.ESTABLISHED_ON, Verdict.ACCEPTED)
    rejected = BEFORE.decision(Property.HAS_MEMBER, why="別の\n委員会")
    correction = BEFORE.decision(Property.REPLACES, Verdict.CORRECTED, Correction(object="SCC"))
    store = graph_of(BEFORE, accepted, rejected, correction)
    assert validate(store).conforms
    iris = {claim.predicate: claim_iri("a.txt", claim) for claim in BEFORE.claims}
    status = AKG + "reviewStatus"
    assert objects(store, iris[Property.ESTABLISHED_ON], status) == ["Accepted"]
    assert objects(store, iris[Property.HAS_MEMBER], status) == ["Rejected"]
    assert objects(store, iris[Property.REPLACES], status) == ["Rejected"]
    assert objects(store, iris[Property.LEVEL], status) == []
    (placed,) = objects(store, NamedNode(correction.iri), AKG + "correctedTo")
    assert placed == correction.corrected_to
    assert objects(store, NamedNode(placed), "http://www.w3.org/1999/02/22-rdf-syntax-ns#object") == [AKGID + "scc"]
    assert objects(store, NamedNode(placed), status) == ["Accepted"]
    assert objects(store, NamedNode(rejected.iri), "http://www.w3.org/2000/01/rdf-schema#comment") == ["別の\n委員会"]


def test_what_is_rejected_makes_no_fact_and_what_is_put_in_its_place_may() -> None:
    done = BEFORE.review(
        BEFORE.decision(Property.HAS_MEMBER), BEFORE.decision(Property.REPLACES, Verdict.CORRECTED, Correction(object="SCC"))
    )
    assert sorted((claim.predicate.value, str(claim.object)) for claim in done.claims) == [
        ("establishedOn", "2024"),
        ("level", "DirectorGeneralLevel"),
        ("replaces", "scc"),
    ]


def test_a_claim_corrected_to_one_that_is_there_is_not_told_twice() -> None:
    both = Read(*CLAIMS, replace(MEMBER, object="us"))
    member = next(item for item in both.items() if item.claim.object == "japan")
    decision = Ruling(member, Verdict.CORRECTED, correction=Correction(object="米国")).decided("某", NOON)
    done = both.review(decision)
    assert len(done.claims) == len(both.claims) - 1
    assert validate(graph_of(both, decision)).conforms


def test_a_correction_to_what_is_no_longer_known_still_rejects_and_is_listed() -> None:
    decision = BEFORE.decision(Property.REPLACES, Verdict.CORRECTED, Correction(object="SCC"))
    after = Read(PLAN, SUCCEEDS, things=THINGS[:2])
    done = after.review(decision)
    assert done.lapsed == ((decision, Lapse.CORRECTION),)
    assert [claim.predicate for claim in done.claims] == [Property.ESTABLISHED_ON]


def test_a_decision_without_its_claim_is_told_and_conforms() -> None:
    decision = BEFORE.decision(Property.REPLACES, Verdict.CORRECTED, Correction(object="SCC"))
    store = graph_of(Read(PLAN), decision)
    assert objects(store, NamedNode(decision.iri), AKG + "decides") == [decision.claim]
    assert validate(store).conforms


# What there is to review


def test_claims_are_chosen_and_ordered() -> None:
    decided = BEFORE.decision(Property.ESTABLISHED_ON, Verdict.ACCEPTED)
    found = BEFORE.items(decided)

    def told(choice, order=Order.TEXT):
        return [item.claim.predicate.value for item in chosen(found, choice, order)]

    assert told(Choice()) == ["replaces", "hasMember", "level"]
    assert told(Choice(decided=True)) == ["establishedOn", "replaces", "hasMember", "level"]
    assert told(Choice(), Order.CONFIDENCE) == ["level", "replaces", "hasMember"]
    assert told(Choice(most=0.6)) == ["replaces", "level"]
    assert told(Choice(least=0.6, properties=frozenset({Property.REPLACES, Property.LEVEL}))) == ["replaces"]
    assert told(Choice(factualities=frozenset({Factuality.PLANNED}), decided=True)) == ["establishedOn"]
    assert told(Choice(documents=frozenset({"b.txt"}))) == []
