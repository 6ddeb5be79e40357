"""Every example and counterexample of every rule, read as a document of its own."""

from __future__ import annotations

import pytest

from extract.model import Date, Document
from extract.names.heads import name_rules
from extract.names.leaders import state_of_leader
from extract.relations.grammar.frames import frames
from extract.relations.nouns.relational import nouns
from extract.relations.verbs.activities import activities
from extract.rules import check_keys, read_rules
from ontology.authority import load
from ontology.errors import DataFileError

CLAIMING = {
    "relations.toml": "frame",
    "nouns.toml": "noun",
    "activities.toml": "activity",
    "levels.toml": "level",
    "memberships.toml": "membership",
    "topics.toml": "field",
}
RULES = [pytest.param(rule, id=rule["id"]) for file, table in CLAIMING.items() for rule in read_rules(file)[table]]
TITLES = [pytest.param(rule, id=rule["id"]) for rule in read_rules("names.toml")["title"]]
LEADERS = [pytest.param(rule, id=rule["id"]) for rule in read_rules("leaders.toml")["leader"]]
CUES = [pytest.param(rule, id=rule["id"]) for rule in read_rules("factuality.toml")["cue"]]
HEADS = [
    pytest.param(rule, id=rule["id"]) for table in ("head", "numbered", "defined") for rule in read_rules("names.toml")[table]
]


def claims_of(extractor, text):
    """What a text yields, as "subject property object" with the labels that it shows."""
    extraction = extractor.extract_one(Document("rule.txt", text, published="2024-08-09"))
    named = {e.key: (f"{e.on.edtf}の" if e.on else "") + e.label for e in extraction.entities}
    names = {e.key: {named[e.key], *e.names} for e in extraction.entities}
    return extraction, names


def says(claim, names, wanted):
    subject, predicate, value = wanted.split(" ", 2)
    if claim.predicate.value != predicate or subject not in names[claim.subject]:
        return False
    return (
        str(claim.object) == value
        if isinstance(claim.object, Date)
        else value in names.get(str(claim.object), {str(claim.object)})
    )


@pytest.mark.model
@pytest.mark.parametrize("rule", RULES)
def test_example_yields_its_claims(extractor, rule):
    extraction, names = claims_of(extractor, rule["example"])
    missing = [w for w in rule["claims"] if not any(says(c, names, w) for c in extraction.claims)]
    assert not missing, [(names[c.subject], c.predicate.value, str(c.object)) for c in extraction.claims]
    if not rule["claims"]:
        assert not [c for c in extraction.claims if c.rule == rule["id"]]


@pytest.mark.model
@pytest.mark.parametrize("rule", RULES)
def test_counterexample_yields_nothing_by_the_rule(extractor, rule):
    extraction, names = claims_of(extractor, rule["counterexample"])
    assert not [(names[c.subject], c.predicate.value, str(c.object)) for c in extraction.claims if c.rule == rule["id"]]


@pytest.mark.model
@pytest.mark.parametrize("rule", CUES)
def test_cue_decides_its_example_and_not_its_counterexample(extractor, rule):
    wanted, other = (claims_of(extractor, rule[key])[0].claims for key in ("example", "counterexample"))
    assert {c.factuality.value for c in wanted if c.predicate == "establishedOn"} <= {rule["factuality"]}
    assert {c.factuality.value for c in other if c.predicate == "establishedOn"} == {"Actual"} or "2030" in rule[
        "counterexample"
    ]


@pytest.mark.model
@pytest.mark.parametrize("rule", HEADS)
def test_head_noun_makes_a_name_in_its_example_alone(extractor_without_names, rule):
    found = {e.kind.value for e in claims_of(extractor_without_names, rule["example"])[0].entities}
    assert rule["kind"] in found or rule["kind"] == "Meeting"
    other = {e.kind.value for e in claims_of(extractor_without_names, rule["counterexample"])[0].entities}
    assert rule["kind"] not in other


@pytest.mark.model
@pytest.mark.parametrize("rule", TITLES)
def test_a_legal_title_names_the_agreement_that_has_the_short_name(extractor, rule):
    known = {e.key: (*e.names, e.label) for e in claims_of(extractor, rule["example"])[0].entities}
    assert any(name.endswith(rule["short"]) for names in known.values() for name in names)
    other = {e.key: (*e.names, e.label) for e in claims_of(extractor, rule["counterexample"])[0].entities}
    assert not any(name.endswith(rule["short"]) for names in other.values() for name in names)


@pytest.mark.parametrize("rule", LEADERS)
def test_a_leader_is_known_to_hold_the_office_of_the_state(rule):
    entries = {entry.key: entry for entry in load()}
    assert entries[rule["state"]].kind.value == "State"
    title = rule["titles"][0]
    for name in rule["names"]:
        assert state_of_leader(name, title) in {rule["state"], None}, name
    holder, other = (rule[key].partition(title)[0] for key in ("example", "counterexample"))
    assert (state_of_leader(holder, title), state_of_leader(other, title)) == (rule["state"], None)


def test_loaders_give_every_rule_an_id_of_its_own():
    ids = [r.rule for r in (*name_rules().titles, *frames(), *nouns(), *activities(), *name_rules().numbered)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("table", "message"),
    [({"id": "x", "verb": []}, "unknown key 'verb'"), ({"id": "x"}, "lacks the key 'verbs'")],
)
def test_a_wrong_rule_is_refused_by_file_and_key(table, message):
    with pytest.raises(DataFileError, match=message) as error:
        check_keys(table, required=("id", "verbs"), file="relations.toml", at="frame x")
    assert "extract/rules/relations.toml" in str(error.value)
