"""Chains at any depth: their order, links that are no facts, forks, circles."""

from __future__ import annotations

from itertools import pairwise

import pytest

from queries.asking import ask
from queries.engine import Embedded

# The question, its parameter, the class, the property, the column that a link comes from and the one it leads to, and
# whether the property points the way that the chain is followed
CHAINS = [
    ("components-of", "entity", "Forum", "partOf", "whole", "part", False),
    ("revision-chain", "agreement", "Guidelines", "revises", "newer", "older", True),
    ("succession-chain", "entity", "Forum", "replaces", "new", "old", True),
    ("succession-chain", "entity", "Forum", "replaces", "old", "new", False),
    ("programme-lineage", "programme", "Programme", "buildsOn", "derived", "base", True),
]
ONE_WAY = [chain for chain in CHAINS if chain[0] != "succession-chain"]
IDS = ["components-of", "revision-chain", "predecessors", "successors", "programme-lineage"]


def links(tell, chain, said: list[str], **parameters: str) -> list[str]:
    """The answer about z as `fromto` (`zy`), with what is not Actual behind it.

    `said` holds such links, too; those that end in `later` stand in a document of 2025, the others in one of 2020.
    """
    slug, parameter, kind, property_, near, far, forth = chain
    lines = ["document a 2020", "document b 2025", *(f"{kind} {key} = 名{key}" for key in "abcdefghijklmnopqrstuvwxyz")]
    for link in said:
        pair, _, rest = link.partition(" ")
        subject, object_ = pair if forth else reversed(pair)
        document = "b" if rest.endswith("later") else "a"
        lines.append(f"{document}: {subject} {property_} {object_} {rest.removesuffix('later')}")
    rows = ask(Embedded(tell("\n".join(lines))), slug, {parameter: "akgid:z"} | parameters).rows
    found = []
    for row in rows:
        standing = "" if row["factuality"] == "Actual" else f" {row['factuality']}"
        found.append(f"{str(row[near])[1:]}{str(row[far])[1:]}{standing}")
    return found if not (slug == "succession-chain" and forth) else found[::-1]  # predecessors: the oldest first


@pytest.mark.parametrize("chain", CHAINS, ids=IDS)
@pytest.mark.parametrize(
    ("said", "found"),
    [
        (["zb", "bx", "xa"], ["zb", "bx", "xa"]),
        (["xa", "bx", "zb"], ["zb", "bx", "xa"]),
        (["zb", "bc", "cb", "cd"], ["zb", "bc", "cb", "cd"]),
        (["zb Planned", "bx", "xa"], ["zb Planned", "bx", "xa"]),
        (["zb", "bx Proposed", "xa"], ["zb", "bx Proposed", "xa"]),
        (["zb Possible", "bx Possible"], ["zb Possible", "bx Possible"]),
        (["zb", "bx Negated", "xa"], ["zb", "bx Negated"]),
        (["zb", "bx verdict=Rejected", "xa"], ["zb"]),
        (["zb", "bx Planned verdict=Rejected", "xa"], ["zb"]),
        (["bx", "xa"], []),
    ],
)
def test_links_in_the_order_of_the_chain(tell, chain, said: list[str], found: list[str]) -> None:
    answered = links(tell, chain, said)
    assert sorted(answered) == sorted(found)
    if "cb" not in said:  # a circle has no order
        assert answered == found


@pytest.mark.parametrize("chain", CHAINS, ids=IDS)
@pytest.mark.parametrize(
    ("said", "found"),
    [
        (["zb", "bx later", "xa"], ["zb"]),
        (["zb later", "zb", "bx later", "bx", "xa"], ["zb", "bx", "xa"]),
        (["zb", "bx Planned", "bx later", "xa"], ["zb", "bx Planned", "xa"]),
        (["zb", "bx Planned later", "xa"], ["zb"]),
        (["zb Planned", "bx later", "xa"], ["zb Planned"]),
        (["zb", "bx Negated", "bx later", "xa"], ["zb", "bx Negated"]),
        (["zb", "bx verdict=Rejected", "bx later", "xa"], ["zb"]),
        (["zb", "bx", "zx later", "xa"], ["zb", "bx", "xa"]),  # a short cut that was told later
    ],
)
def test_as_of_a_day_a_chain_ends_where_it_was_not_yet_told_to_go_on(tell, chain, said: list[str], found: list[str]) -> None:
    then = [link for link in said if not link.endswith("later")]
    asked, as_if = links(tell, chain, said, **{"as-of": "2024"}), links(tell, chain, then, **{"as-of": "2024"})
    assert sorted(asked) == sorted(as_if) == sorted(found)


@pytest.mark.parametrize("chain", ONE_WAY, ids=[chain[0] for chain in ONE_WAY])
def test_a_chain_is_followed_one_way_and_once_round_a_circle(tell, chain) -> None:
    assert links(tell, chain, ["xz", "yx"]) == []
    assert sorted(links(tell, chain, ["zb", "bz"])) == ["bz", "zb"]


def test_of_two_links_that_are_no_facts_the_search_ends_at_the_second(tell) -> None:
    assert links(tell, CHAINS[0], ["zb Planned", "bx Planned", "xa"]) == ["zb Planned", "bx Planned"]


@pytest.mark.parametrize("chain", CHAINS, ids=IDS)
def test_a_long_chain_is_followed_to_its_end(tell, chain) -> None:
    keys = "zyxwvutsrqponmlkjihgfedcba"
    said = [before + after for before, after in pairwise(keys)]
    assert links(tell, chain, said) == said


@pytest.mark.parametrize("chain", CHAINS, ids=IDS)
def test_a_fork_tells_each_link_once_and_none_before_those_that_lead_to_it(tell, chain) -> None:
    found = links(tell, chain, ["cd", "za", "ab", "bc", "zc", "de"])
    assert sorted(found) == ["ab", "bc", "cd", "de", "za", "zc"]
    assert found.index("za") < found.index("ab") < found.index("bc") < found.index("cd") < found.index("de")


@pytest.mark.parametrize("chain", ONE_WAY, ids=[chain[0] for chain in ONE_WAY])
def test_as_of_a_day_a_circle_that_was_closed_later_is_none(tell, chain) -> None:
    assert sorted(links(tell, chain, ["zb", "bz later", "bx"], **{"as-of": "2024"})) == ["bx", "zb"]


def test_a_succession_in_a_circle_is_told_on_both_sides(tell) -> None:
    assert sorted(links(tell, CHAINS[3], ["zb", "bz"])) == ["bz", "bz", "zb", "zb"]


def test_many_links_in_circles_are_no_burden(tell) -> None:
    said = [a + b for a in "zabcdefghijkl" for b in "zabcdefghijkl" if a != b]
    assert len(links(tell, CHAINS[0], said)) == len(said)
