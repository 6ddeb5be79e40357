"""Circles over all documents: the least supported fact gives way, whatever the order."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model import Claim, Document, Extraction, Span
from graph.cycles import Support, cycles, without
from graph.gate import NO_CYCLE, Passed
from graph.runs import Run
from graph.said import Said
from ontology.terms import Factuality, Property

REPLACES, RENAMED, REVISES = Property.REPLACES, Property.RENAMED_FROM, Property.REVISES


def facts(*said, prop=REPLACES):
    """Facts from "a>b 2 0.9": subject, object, documents, confidence."""
    found = {}
    for one in said:
        link, documents, confidence = one.split()
        subject, told = link.split(">")
        found[subject, prop, told] = Support(int(documents), float(confidence))
    return found


@pytest.mark.parametrize(
    ("said", "barred"),
    [
        (["a>b 1 0.5", "b>c 1 0.5", "a>c 1 0.5"], []),
        (["a>b 2 0.5", "b>a 1 0.9"], ["b>a"]),  # fewer documents
        (["a>b 1 0.5", "b>a 1 0.9"], ["a>b"]),  # less sure
        (["a>b 1 0.9", "b>a 1 0.9"], ["a>b", "b>a"]),  # nothing to choose between
        (["a>a 9 1.0"], ["a>a"]),
        (["a>b 3 0.9", "b>c 2 0.9", "c>a 1 0.9", "c>d 1 0.1"], ["c>a"]),
        (["a>b 3 0.9", "b>a 2 0.9", "b>c 3 0.9", "c>b 1 0.9"], ["b>a", "c>b"]),  # two circles with one body in both
        (["a>b 1 0.9", "b>a 2 0.9", "c>d 1 0.9", "d>c 2 0.9"], ["a>b", "c>d"]),
    ],
)
def test_the_least_supported_gives_way(said, barred):
    assert {f"{s}>{o}" for s, _, o in cycles(facts(*said))} == set(barred)


def test_a_renaming_goes_with_its_succession_and_properties_are_apart():
    wide = facts("a>b 1 0.5", "b>a 2 0.5", "c>d 1 0.5")
    narrow = facts("a>b 1 0.5", "c>d 1 0.5", prop=RENAMED)
    other = facts("d>c 1 0.5", "b>a 1 0.5", prop=REVISES)
    found = cycles(wide | narrow | other)
    assert set(found) == {("a", REPLACES, "b"), ("a", RENAMED, "b")}
    finding = found["a", REPLACES, "b"]
    assert (finding.focus, finding.path, finding.value) == ("akgid:a", "akg:replaces", "akgid:b")
    assert finding.shape == NO_CYCLE[REPLACES]
    assert finding.message_ja == "後継の関係は循環しない。"
    assert finding.message_en == "Succession does not run in a circle."


LINKS = st.tuples(st.sampled_from("abcde"), st.sampled_from([REPLACES, REVISES]), st.sampled_from("abcde"))
FACTS = st.dictionaries(LINKS, st.builds(Support, st.integers(1, 3), st.sampled_from([0.5, 0.9])))


@given(said=FACTS, order=st.randoms(use_true_random=False))
def test_no_circle_is_left_nothing_else_goes_and_order_decides_nothing(said, order):
    barred = cycles(said)
    for prop in NO_CYCLE:
        given_ = nx.DiGraph([(s, o) for s, p, o in said if p is prop])
        left = nx.DiGraph([(s, o) for s, p, o in said.keys() - barred.keys() if p is prop])
        assert nx.is_directed_acyclic_graph(left)
        for subject, p, told in barred:
            assert p is not prop or nx.has_path(given_, told, subject)
    shuffled = list(said.items())
    order.shuffle(shuffled)
    assert cycles(dict(shuffled)) == barred


def claim(subject, told, predicate=REPLACES, factuality=Factuality.ACTUAL):
    return Claim(subject, predicate, told, factuality, (Span(0, 2),), "sample")


def test_claims_that_say_what_may_not_stand_are_held_back():
    claims = (claim("a", "b"), claim("a", "b", RENAMED), claim("a", "b", factuality=Factuality.PLANNED), claim("c", "d"))
    passed = Passed(Said(Extraction(Document("a.txt", "旧会")), claims, (), Run("0.1.0")))
    barred = cycles(facts("a>b 1 0.5", "b>a 2 0.5"))
    less = without(passed, barred)
    assert less.said.claims == claims[2:]
    assert [(one.document, one.claim.predicate) for one in less.held] == [("a.txt", RENAMED), ("a.txt", REPLACES)]
    assert {finding for one in less.held for finding in one.findings} == set(barred.values())
    assert without(passed, {}) is passed
