"""Gold files: what is read of them, and every line that must be refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from gold_lines import entity, fact, on

from graph.evaluation.gold import GoldError, MeetingOn, Names, On, read
from ontology.terms import Kind, Property

OWN_GOLD = sorted((Path(__file__).parent / "cases" / "gold").glob("*.jsonl"))


GOOD = {"kind": "claim", "s": ["甲"], "p": "establishedOn", "o": {"date": "2010"}, "f": "Actual", "quote": "と言う"}
REFUSED = {
    "no JSON": ("{", "not JSON"),
    "no object": ("[1]", "no JSON object"),
    "no kind": ("{}", "kind None is unknown"),
    "an unknown kind": ('{"kind": "fact"}', "kind 'fact' is unknown"),
    "an unknown key": (GOOD | {"note": "x"}, "key 'note' is unknown"),
    "a key too few": ({k: v for k, v in GOOD.items() if k != "s"}, "key 's' is missing"),
    "no quote": ({k: v for k, v in GOOD.items() if k != "quote"}, "key 'quote' is missing"),
    "an empty quote": (GOOD | {"quote": " "}, "quote is empty"),
    "a quote that is no text": (GOOD | {"quote": 1}, "quote is empty"),
    "an unknown property": (GOOD | {"p": "foundedOn"}, "'foundedOn', which the vocabulary does not have"),
    "a property that is no text": (GOOD | {"p": ["x"]}, "which the vocabulary does not have"),
    "an unknown factuality": (GOOD | {"f": "Sure"}, "'Sure', which the vocabulary does not have"),
    "an unknown class": (entity("Club", "甲"), "'Club', which the vocabulary does not have"),
    "no names": (entity("Forum"), "no list of names"),
    "a name alone": ({"kind": "entity", "type": "Forum", "names": "甲"}, "no list of names"),
    "a name that is no text": ({"kind": "entity", "type": "Forum", "names": ["甲", 1]}, "no name"),
    "a name without letters": (entity("Forum", "「」"), "no name"),
    "an entity with a quote": (entity("Forum", "甲") | {"quote": "x"}, "key 'quote' is unknown"),
    "no date": (GOOD | {"o": ["2010"]}, "object of establishedOn is a date"),
    "a date too many": (GOOD | {"p": "replaces"}, "object of replaces is no date"),
    "a date that is none": (GOOD | {"o": {"date": "2010年"}}, "this is no date"),
    "a month that is none": (GOOD | {"o": {"date": "2010-13"}}, "no month 13"),
    "a date as a number": (GOOD | {"o": {"date": [2010]}}, "no date"),
    "more than a date": (GOOD | {"o": {"date": "2010", "on": "2010"}}, "key 'on' is unknown"),
    "a limit that is none": (GOOD | {"from": "then"}, "'from': 'then': this is no date"),
    "a meeting without a date": (GOOD | {"s": {"meeting": ["甲"]}}, "key 'on' is missing"),
    "a meeting of a bad date": (GOOD | {"s": on("x", "甲")}, "'on': 'x': this is no date"),
    "a node that is none": (GOOD | {"s": 1}, "'s' is no list of names"),
    "an unknown level": (GOOD | {"p": "level", "o": ["閣僚級"]}, "閣僚級 is no level"),
}


@pytest.mark.parametrize(("line", "complaint"), REFUSED.values(), ids=list(REFUSED))
def test_a_bad_line_is_named(tmp_path: Path, line: str | dict, complaint: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{json.dumps(GOOD)}\n\n{line if isinstance(line, str) else json.dumps(line)}\n", encoding="utf-8")
    with pytest.raises(GoldError) as refused:
        read([path])
    assert complaint in str(refused.value)
    assert str(refused.value).startswith(f"{path}:3: ")
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "complaint"), [(None, "cannot be read"), (b"\x93\xfa\x96\x7b", "not UTF-8"), (b"\n \n", "no line of gold")]
)
def test_a_bad_file_is_named(tmp_path: Path, content: bytes | None, complaint: str) -> None:
    path = tmp_path / "a.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(GoldError, match=complaint) as refused:
        read([path])
    assert str(path) in str(refused.value)


def test_gold_is_read(gold, tmp_path: Path) -> None:
    limits = {"from": "1990", "until": "1995-03"}
    (one,) = gold(
        a=[entity("Forum", "甲", "乙"), fact(on("2024-07", "甲"), "level", "DirectorLevel", "Planned") | limits, GOOD]
    )
    assert one.name == "a"
    assert (one.entities[0].kind, one.entities[0].names, one.entities[0].line) == (Kind.FORUM, Names(("甲", "乙")), 1)
    planned, founded = one.claims
    assert (planned.subject, planned.predicate, planned.factuality) == (
        MeetingOn(("甲",), "2024-07"),
        Property.LEVEL,
        "Planned",
    )
    assert (planned.valid_from, planned.valid_until, planned.line, founded.object) == ("1990", "1995-03", 2, On("2010"))
    path = tmp_path / "a.jsonl"
    assert len(read([path, tmp_path / "." / "a.jsonl"])) == 1


@pytest.mark.parametrize("path", OWN_GOLD, ids=lambda p: p.stem)
def test_our_own_gold_can_be_read(path: Path) -> None:
    (gold,) = read([path])
    assert gold.claims
    assert gold.entities
