"""Every cue of the data file against its own examples, and the loader against broken files."""

import re

import pytest

from extract.reading.cues import Cue, all_cues, cues, parse_cues
from ontology.errors import DataFileError

RULES = all_cues()


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule in RULES for text in rule.examples], ids=lambda value: str(value)[:40]
)
def test_examples_hold(rule, text):
    assert rule.holds(text)


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule in RULES for text in rule.counterexamples], ids=lambda value: str(value)[:40]
)
def test_counterexamples_do_not(rule, text):
    assert not rule.holds(text)


@pytest.mark.parametrize("kind", list(Cue))
def test_every_kind_has_rules(kind):
    assert cues(kind).rules


def test_sections_and_lines_give_a_role():
    assert all(rule.role for kind in (Cue.SECTION, Cue.LINE) for rule in cues(kind))
    assert all(rule.family for kind in (Cue.NOTE, Cue.CALL) for rule in cues(kind))


GOOD = {"id": "x", "kind": "link", "meaning": "m", "pattern": "a", "example": "a", "counterexample": "b"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"colour": "red"}, "unknown key 'colour'"),
        ({"kind": "smell"}, "smell"),
        ({"role": "hero"}, "hero"),
        ({"pattern": "("}, "no regular expression"),
        ({"meaning": None}, "lacks the key 'meaning'"),
    ],
)
def test_broken_rules_are_refused(change, says):
    table = {key: value for key, value in (GOOD | change).items() if value is not None}
    with pytest.raises(DataFileError, match=re.escape(says)) as caught:
        parse_cues({"rule": [table]})
    assert "reading.toml" in str(caught.value)


def test_two_rules_of_one_id_are_refused():
    with pytest.raises(DataFileError, match="two rules"):
        parse_cues({"rule": [GOOD, GOOD]})
    with pytest.raises(DataFileError, match="unknown key"):
        parse_cues({"rule": [GOOD], "rules": []})
