"""The patch of two graphs makes one of the other, whatever is in them; Jena reads it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from claims_told import JAPAN, MEMBER, PLAN, decided, document, graph, n, on, says
from hypothesis import given
from hypothesis import strategies as st
from jena_library import as_nquads, needs_jena

from extract.model import Claim, Entity, Span
from graph.differences import Changed, compare, patch
from graph.errors import GraphError
from ontology.terms import Factuality, Kind, Property

SUCCEEDS = says("dicas", Property.REPLACES, "stf", "DICASはS&TFに代わる")
CLAIMS = (PLAN, SUCCEEDS, MEMBER)
ACTUAL_PLAN = replace(PLAN, factuality=Factuality.ACTUAL)


def applied(change: bytes, store: ox.Store) -> set[ox.Quad]:
    """A reader of RDF Patch of its own: the quads of the store after the patch."""
    rows = change.decode().rstrip("\n").split("\n")
    assert re.fullmatch(r"H id <urn:uuid:[0-9a-f-]{36}> \.", rows[0])
    assert (rows[1], rows[-1]) == ("TX .", "TC .")
    quads = set(store)
    for row in rows[2:-1]:
        operation, statement = row.split(" ", 1)
        (quad,) = ox.parse(statement, ox.RdfFormat.N_QUADS, rename_blank_nodes=False)
        if operation == "D":
            quads.remove(quad)
        else:
            assert operation == "A"
            assert quad not in quads
            quads.add(quad)
    return quads


def test_the_patch_makes_the_second_graph_of_the_first_named_graphs_and_all() -> None:
    before, after = graph(document(*CLAIMS)), decided(graph(document(ACTUAL_PLAN, SUCCEEDS)), "Rejected", '"引用"\n改行\\')
    change = bytes(patch(before, after))
    assert applied(change, before) == set(after)
    assert change == bytes(patch(before, after))
    assert b"graph/decisions> ." in change


def test_blank_nodes_that_are_alike_make_no_row_and_others_are_refused() -> None:
    def with_blank(value):
        store = graph(document(*CLAIMS))
        blank = ox.BlankNode()
        store.add(ox.Quad(n("akg:x"), n("akg:y"), blank))
        store.add(ox.Quad(blank, n("akg:z"), ox.Literal(value)))
        return store

    assert not patch(with_blank(" _:1 ."), with_blank(" _:1 ."))
    with pytest.raises(GraphError, match="blank nodes"):
        patch(with_blank("1"), with_blank("2"))


KEYS = ("dicas", "stf", "scc", "japan")
LABELS = {
    "dicas": ("防衛産業協力フォーラム", "DICAS", "新協議体"),
    "stf": ("システム・技術フォーラム", "S&TF"),
    "scc": ("SCC", "協議委員会"),
}
SENTENCES = ("甲が設置された。", "乙に代わる。\n", "丙が参加する\u2028。", "「丁」を\"引用\"する。")  # fmt: skip


@st.composite
def extractions(draw):
    text = "".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4)))
    things = [
        Entity(key, Kind.FORUM, draw(st.sampled_from(LABELS[key])), draw(st.sampled_from([(), LABELS[key][:1], LABELS[key]])))
        for key in LABELS
    ]
    meeting = Entity("m", Kind.MEETING, "協議", on=draw(st.sampled_from([on("2024"), on("2024-07"), on("2025")])))

    def span():
        start = draw(st.integers(0, len(text) - 1))
        return Span(start, draw(st.integers(start + 1, len(text))))

    def claim():
        predicate = draw(
            st.sampled_from(
                [
                    Property.REPLACES,
                    Property.HAS_MEMBER,
                    Property.COUNTERPART_OF,
                    Property.ESTABLISHED_ON,
                    Property.HAS_PARTICIPANT,
                ]
            )
        )
        date_wanted = predicate is Property.ESTABLISHED_ON
        told = on(draw(st.sampled_from(["2024", "2025"]))) if date_wanted else draw(st.sampled_from(KEYS))
        subject = "m" if predicate is Property.HAS_PARTICIPANT else draw(st.sampled_from(KEYS[:3]))
        factuality = draw(st.sampled_from([Factuality.ACTUAL, Factuality.PLANNED]))
        return Claim(subject, predicate, told, factuality, (span(),), "r", draw(st.sampled_from([0.5, 0.9])))

    claims = tuple(claim() for _ in range(draw(st.integers(0, 4))))
    return text, (*things, meeting, JAPAN), claims


@st.composite
def graphs(draw):
    names = draw(st.lists(st.sampled_from(["a.txt", "b.txt", "c.txt"]), unique=True, max_size=3))
    found = [draw(extractions()) for _ in names]
    return graph(
        *(
            document(*claims, identifier=name, text=text, things=things)
            for name, (text, things, claims) in zip(names, found, strict=True)
        )
    )


@given(graphs(), graphs())
def test_patches_and_differences_hold_for_any_two_graphs(before, after) -> None:
    assert not compare(before, before)
    assert not patch(before, before)
    assert applied(bytes(patch(before, after)), before) == set(after)
    assert applied(bytes(patch(after, before)), after) == set(before)
    mirrored(compare(before, after), compare(after, before))


def mirrored(there, back) -> None:
    for part in ("claims", "documents", "things", "facts", "decisions"):
        one, other = getattr(there, part), getattr(back, part)
        assert set(one.added) == set(other.gone)
        assert set(one.gone) == set(other.added)
        assert set(one.changed) == {Changed(c.after, c.before, c.fields) for c in other.changed}
    turned = {"renamed": "renamed", "merged": "split", "split": "merged"}
    assert {(m.before, m.after, m.how) for m in there.moves} == {(m.after, m.before, turned[m.how]) for m in back.moves}
    assert bool(there) == bool(back)


@pytest.mark.slow
@needs_jena
def test_jena_reads_every_row(tmp_path: Path) -> None:
    before, after = (
        graph(document(*CLAIMS)),
        decided(graph(document(ACTUAL_PLAN, SUCCEEDS)), "Rejected", '"引用"\n改行\\\u202e'),
    )
    rows = bytes(patch(before, after)).decode().split("\n")
    read = {}
    for operation in "DA":
        file = tmp_path / f"{operation}.nq"
        file.write_text("\n".join(row[2:] for row in rows if row.startswith(operation + " ")), encoding="utf-8")
        read[operation] = set(ox.parse(as_nquads(file, tmp_path), ox.RdfFormat.N_QUADS))
    assert read["D"]
    assert (set(before) - read["D"]) | read["A"] == set(after)
