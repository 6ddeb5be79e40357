"""Which things are one by decision: merges and splits hold, whatever is linked by names, and say when they hold no more."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extract.model import Document, Entity, Extraction
from graph.errors import GraphError
from graph.joining import Anchor, Joining, Joinings, Sameness, from_json, to_json
from graph.linking import appearances, link
from graph.names import normalised
from ontology.terms import Kind

WHEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def document(name: str, *things: tuple[str, ...], kind: Kind = Kind.FORUM) -> Extraction:
    """A document that calls each thing by a label and other names; a label that begins with * is the authority's."""
    entities = tuple(
        Entity(f"e{at}" if label[0] != "*" else label[1:], kind, label.lstrip("*"), tuple(names), authority=label[0] == "*")
        for at, (label, *names) in enumerate(things)
    )
    return Extraction(Document(name, "text"), entities)


def anchor(label: str, key: str = "", within: str = "", top: Kind = Kind.INSTITUTION) -> Anchor:
    return Anchor(top, normalised(label), key, within)


def decide(verdict: Sameness, one: Anchor, other: Anchor) -> Joining:
    return Joining(verdict, one, other, "山田", WHEN, "「名称」の違い\n")


def things(linking) -> list[set[str]]:
    """The things, each as the set of the documents and keys that mean it."""
    found: dict[str, set[str]] = {}
    for (name, local), key in linking.keys.items():
        found.setdefault(key, set()).add(f"{name}:{local}")
    return sorted(found.values(), key=sorted)


TWO = (document("a", ("装備技術協議",)), document("b", ("技術フォーラム", "技フォ")))
ALIKE = (document("a", ("作業部会",)), document("b", ("作業部会",)), document("c", ("作業部会",)))
ALIAS = (document("a", ("防衛協議会", "防協")), document("b", ("防協",)))
CURATED = (document("a", ("*甲",)), document("b", ("*乙",)), document("c", ("丙",)))
CASES = [
    ("two names", TWO, Sameness.ONE, anchor("装備技術協議"), anchor("技術フォーラム"), [{"a:e0", "b:e0"}]),
    (
        "what one document means",
        ALIKE,
        Sameness.TWO,
        anchor("作業部会"),
        anchor("作業部会", within="b"),
        [{"a:e0", "c:e0"}, {"b:e0"}],
    ),
    ("an alias", ALIAS, Sameness.TWO, anchor("防衛協議会"), anchor("防協"), [{"a:e0"}, {"b:e0"}]),
    ("two of the authority", CURATED, Sameness.ONE, anchor("甲", "甲"), anchor("乙", "乙"), [{"a:甲", "b:乙"}, {"c:e0"}]),
    ("one of the authority", CURATED, Sameness.ONE, anchor("丙"), anchor("乙", "乙"), [{"a:甲"}, {"b:乙", "c:e0"}]),
]


@pytest.mark.parametrize(("given", "verdict", "one", "other", "wanted"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_decision_holds(given, verdict, one, other, wanted) -> None:
    decision = decide(verdict, one, other)
    assert things(link(given)) != wanted
    assert things(link(given, [decision])) == wanted
    assert things(link(given[::-1], [decision])) == wanted
    assert Joinings([decision], appearances(given)).applies(decision)


@pytest.mark.parametrize(
    "other", [anchor("どこにもない"), anchor("装備技術協議"), anchor("技術フォーラム", top=Kind.AGREEMENT)]
)
def test_a_decision_that_holds_on_to_nothing_changes_nothing(other) -> None:
    decision = decide(Sameness.ONE, anchor("装備技術協議"), other)
    assert not Joinings([decision], appearances(TWO)).applies(decision)
    assert things(link(TWO, [decision])) == things(link(TWO))


def test_a_merged_thing_has_all_names_and_a_key_that_does_not_hang_on_the_order() -> None:
    decision = decide(Sameness.ONE, anchor("甲", "甲"), anchor("乙", "乙"))
    for given in (CURATED, CURATED[::-1]):
        (merged,) = [e for e in link(given, [decision]).entities if e.authority]
        assert {merged.label, *merged.names} == {"甲", "乙"}
        assert merged.key == "乙"


def test_a_decision_is_kept_as_it_is() -> None:
    decision = decide(Sameness.TWO, anchor("防衛協議会"), anchor("防協", within="b.txt"))
    assert from_json(to_json(decision)) == decision
    with pytest.raises(GraphError, match="damaged"):
        from_json(to_json(decision) | {"verdict": "perhaps"})
