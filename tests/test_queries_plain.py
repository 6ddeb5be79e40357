"""Rules of questions in plain words: every example and counterexample, and what the loader refuses."""

from __future__ import annotations

import unicodedata

import pytest
from asked_plainly import CASES, command_of, meaning

from alliancekg.plain import understand
from ontology.errors import DataFileError
from queries.catalogue import catalogue, question
from queries.engine import Embedded
from queries.entities import labelled
from queries.plain.cues import inflected
from queries.plain.deciding import Understood
from queries.plain.naming import mentions_in
from queries.plain.rules import read, rules

PHRASINGS = rules().phrasings


@pytest.fixture(scope="module")
def engine(tell):
    return Embedded(tell((CASES / "graph.txt").read_text(encoding="utf-8")))


@pytest.mark.parametrize(("asked", "command"), [pair for p in PHRASINGS for pair in p.examples])
def test_every_example_is_answered(engine, asked, command):
    found = understand(engine, asked)
    assert isinstance(found, Understood), found
    assert meaning(engine, found.command) == meaning(engine, command_of(command))


@pytest.mark.parametrize(("rule", "asked"), [(p.id, asked) for p in PHRASINGS for asked in p.counterexamples])
def test_no_counterexample_is_answered_by_its_phrasing(engine, rule, asked):
    found = understand(engine, asked)
    assert not isinstance(found, Understood) or found.rule != rule


def test_every_question_of_the_library_can_be_asked_in_both_languages():
    asked = {p.question: [example for example, _ in p.examples] for p in PHRASINGS}
    for q in catalogue():
        examples = [e for p in PHRASINGS if p.question == q.slug for e, _ in p.examples]
        assert {e.isascii() for e in examples} == {True, False}, q.slug
    assert set(asked) == {q.slug for q in catalogue()}


def test_phrasings_name_parameters_that_their_questions_have():
    for p in PHRASINGS:
        known = {parameter.name for parameter in question(p.question).parameters}
        named = {p.entity, p.document, p.date, "property" if p.property or p.properties else None}
        assert named - {None, "period", "mention"} <= known, p.id
        assert p.date != "period" or {"from", "until"} <= known, p.id


def test_ids_are_given_once():
    assert len({p.id for p in PHRASINGS}) == len(PHRASINGS)


CONCEPT = '[[concept]]\nid = "x"\nmeaning = "m"\nja = ["甲"]\n'
PHRASING = '[[phrasing]]\nid = "p"\nquestion = "profile"\nmeaning = "m"\nexample = []\ncounterexample = []\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[concept", "not valid TOML"),
        (CONCEPT + 'de = ["A"]', "unknown key 'de'"),
        (CONCEPT + CONCEPT, "stands twice"),
        (PHRASING + 'cues = ["y"]', "unknown concept 'y'"),
        (CONCEPT + PHRASING + 'roles = ["hero"]', "unknown role 'hero'"),
        (PHRASING + 'property = "likes"', "'likes'"),
        (PHRASING + 'kinds = ["Dragon"]', "'Dragon'"),
        ('[[phrasing]]\nid = "p"', "lacks the key"),
        ("[[rule]]", "unknown key 'rule'"),
    ],
)
def test_a_broken_file_is_refused(text, says):
    with pytest.raises(DataFileError, match=says):
        read(text)


@pytest.mark.parametrize(
    ("base", "form"),
    [("replace", "replaced"), ("succeed", "succeeds"), ("plan", "planned"), ("plan", "planning"), ("policy", "policies"),
     ("set up", "setting up"), ("revise", "revising"), ("body", "bodies"), ("develop", "developed"), ("launch", "launches")],
)  # fmt: skip
def test_english_words_are_known_in_their_forms(base, form):
    assert form in set(inflected(base))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("２プラス２のメンバー", ["2プラス2"]),
        ("the systems and technology forum", ["systems and technology forum"]),
        ("日米安全保障条約と日米同盟", ["日米安全保障条約", "日米同盟"]),
        ("システム技術フォーラム", ["システム技術フォーラム"]),
        ("EDDY", []),
        ("サイバースペース", []),
        ("97指針", ["97指針"]),
        ("who", []),
    ],
)
def test_names_are_found_in_any_writing(engine, text, found):
    assert [
        m.text for m in mentions_in(unicodedata.normalize("NFKC", text), engine, labelled(engine), frozenset({"who"}))
    ] == found
