"""Evaluation agrees with another scorer of the same gold format, where one is at hand.

Its file is named by the environment variable ALLIANCEKG_REFERENCE_SCORER; without it the test is skipped.
"""

from __future__ import annotations

import importlib.util
import json
import os
from datetime import date
from pathlib import Path

import pytest
from gold_lines import dated, entity, fact, on
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import Claim, Date, Document, Entity, Extraction, Span
from graph.evaluation.gold import read
from graph.evaluation.scoring import evaluate
from graph.files import write
from graph.making import make
from graph.runs import Run
from ontology.terms import Factuality, Kind, Level, Property

SCORER = Path(os.environ.get("ALLIANCEKG_REFERENCE_SCORER", ""))


TEXT = "甲は乙に代わる。" * 20
NAMES = {
    Kind.FORUM: ("日米安全保障協議委員会", "日米拡大抑止協議", "防衛産業協力フォーラム"),
    Kind.AGREEMENT: ("国家防衛戦略に関する共同文書", "防衛戦略に関する共同文書"),
    Kind.PERSON: ("上川陽子", "木原稔"),
    Kind.POST: ("外務事務次官", "防衛大臣"),
    Kind.TOPIC: ("拡大抑止の強化", "宇宙"),
    Kind.STATE: ("米国", "日本"),
}
WORDS = [
    *(name for names in NAMES.values() for name in names),
    "上川",
    "事務次官",
    "拡大抑止",
    "SCC",
    "会議",
    "防衛戦略に関する共同文書案",
]
EDTF = ["2010", "2010-02", "2010-02-03", "2010-02-03/2010-02-05", "2011"]
PROPERTIES = [
    Property.ESTABLISHED_ON, Property.HELD_ON, Property.ADOPTED_BY, Property.ESTABLISHED_BY, Property.COUNTERPART_OF,
    Property.COVERS, Property.HOLDS_POST, Property.LEVEL, Property.MEETING_OF,
]  # fmt: skip
DATED = (Property.ESTABLISHED_ON, Property.HELD_ON)


def a_date(edtf):
    return Date(edtf, date(2010, 1, 1), date(2012, 1, 1))


def an_extraction(name, claims):
    things = [
        Entity(label, kind, label, ("SCC",) * (label == "日米安全保障協議委員会")) for kind in NAMES for label in NAMES[kind]
    ]
    things += [
        Entity("m1", Kind.MEETING, "日米2プラス2", forum="日米安全保障協議委員会", on=a_date("2010-02-03")),
        Entity("m2", Kind.MEETING, "日米首脳会談", on=a_date("2010-02-03/2010-02-05")),
    ]
    made = [Claim(*claim, (Span(at, at + 2),), "r") for at, claim in enumerate(claims)]
    return Extraction(Document(f"{name}.txt", TEXT), tuple(things), (), tuple(made))


SUBJECTS = [*(name for names in NAMES.values() for name in names), "m1", "m2"]
SOME_CLAIMS = st.lists(
    st.sampled_from(PROPERTIES).flatmap(
        lambda p: st.tuples(
            st.sampled_from(SUBJECTS),
            st.just(p),
            st.sampled_from([a_date(e) for e in EDTF] if p in DATED else [*Level][:2] if p is Property.LEVEL else SUBJECTS),
            st.sampled_from(Factuality),
        )
    ),
    max_size=12,
)
A_THING = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=2),
    st.builds(on, st.sampled_from(EDTF), st.sampled_from(["日米2プラス2", "SCC", "日米首脳会談"])),
)
SOME_GOLD = st.lists(
    st.one_of(
        st.builds(entity, st.sampled_from([k.value for k in NAMES]), st.sampled_from(WORDS)),
        st.sampled_from(PROPERTIES).flatmap(
            lambda p: st.builds(
                fact,
                A_THING,
                st.just(p.value),
                st.builds(dated, st.sampled_from(EDTF))
                if p in DATED
                else st.sampled_from([["MinisterialLevel"], ["SummitLevel"]])
                if p is Property.LEVEL
                else A_THING,
                st.sampled_from([f.value for f in Factuality]),
            )
        ),
    ),
    min_size=1,
    max_size=25,
)


@pytest.fixture(scope="module")
def reference():
    if not SCORER.is_file():
        pytest.skip("the reference scorer is not at hand")
    spec = importlib.util.spec_from_file_location("reference_scorer", SCORER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@settings(deadline=None)
@given(first=SOME_CLAIMS, second=SOME_CLAIMS, lines=SOME_GOLD)
def test_recall_is_that_of_the_reference(reference, tmp_path_factory, first, second, lines) -> None:
    folder = tmp_path_factory.mktemp("agreement")
    store = make([an_extraction("a", first), an_extraction("b", second)], run=Run("0", None)).store
    write(store, folder / "g.ttl")
    (folder / "a.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
    ours = evaluate(store, read([folder / "a.jsonl"]), whole=True)
    theirs = reference.score(reference.Built(folder / "g.ttl"), lines)
    assert {p.value: (t.gold, t.found, t.coarser) for p, t in ours.by_property.items()} == {
        p: (t["gold"], t["found"], t["coarser"]) for p, t in theirs["claim"].items()
    }
    entities, standing = theirs["entity"], theirs["factuality"]
    assert (ours.entities.gold, ours.entities.found, ours.entities.typed, ours.entities.split) == tuple(
        entities[key] for key in ("gold", "found", "typed", "split")
    )
    right = sum(row[gold] for gold, row in ours.factuality.items())
    assert (right, ours.claims.found + ours.claims.coarser) == (standing["right"], standing["right"] + standing["wrong"])
