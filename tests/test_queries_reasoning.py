"""What follows from the vocabulary is answered without the user knowing: sub-classes, sub-properties, symmetric counterparts, holders of posts.

The graph is made as a build makes it, from one document that says each thing once and in its narrowest words.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from graphs_made import ungated

from extract.model import Claim, Date, Document, Entity, Extraction, Span
from graph.runs import Run
from ontology.terms import SIGNATURES, SUPER_PROPERTY, Factuality, Kind, Level, Property
from queries.asking import ask
from queries.engine import Embedded

RUN = Run("0.1.0", "ja_ginza 5.3.0", datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC), datetime(2025, 1, 2, 3, 5, tzinfo=UTC))
DAY = Date("2018-05-30", date(2018, 5, 30), date(2018, 5, 30))
THINGS = [
    Entity("new", Kind.COMMAND, "インド太平洋軍"), Entity("old", Kind.COMMAND, "太平洋軍"), Entity("older", Kind.ARMED_FORCE, "極東軍"),
    Entity("mechanism", Kind.MECHANISM, "調整機構"), Entity("ministry", Kind.GOVERNMENT_BODY, "外務省"), Entity("department", Kind.GOVERNMENT_BODY, "国務省"),
    Entity("treaty", Kind.TREATY, "条約"), Entity("law", Kind.LAW, "法律"), Entity("policy", Kind.POLICY, "方針"), Entity("older-policy", Kind.POLICY, "旧方針"),
    Entity("topic", Kind.TOPIC, "拡大抑止"), Entity("state", Kind.STATE, "日本"), Entity("meeting", Kind.MEETING, "会談"),
    Entity("other-meeting", Kind.MEETING, "別の会談"), Entity("person", Kind.PERSON, "岸田"), Entity("post", Kind.POST, "外相"), Entity("premier", Kind.POST, "首相"),
]  # fmt: skip
SAID = [
    ("new", Property.RENAMED_FROM, "old", "改称された"), ("old", Property.REPLACES, "older", "代わった"), ("new", Property.ESTABLISHED_ON, DAY, "発足した"),
    ("new", Property.LEVEL, Level.MINISTERIAL, "閣僚級の"), ("new", Property.PART_OF, "mechanism", "傘下の"), ("mechanism", Property.HAS_MEMBER, "state", "加わる"), ("ministry", Property.HAS_MEMBER, "state", "属する"),
    ("ministry", Property.COUNTERPART_OF, "department", "相手方の"), ("treaty", Property.SIGNED_ON, DAY, "署名された"), ("law", Property.IMPLEMENTS, "treaty", "実施する"),
    ("policy", Property.RENAMED_FROM, "older-policy", "改められた"), ("law", Property.COVERS, "topic", "扱う"), ("treaty", Property.HAS_PARTY, "state", "結んだ"), ("policy", Property.REVISES, "older-policy", "改定した"),
    ("meeting", Property.MEETING_OF, "mechanism", "会談は"), ("meeting", Property.HELD_ON, DAY, "開かれ"), ("meeting", Property.RESULTED_IN, "treaty", "まとまった"), ("treaty", Property.ADOPTED_BY, "ministry", "了承した"),
    ("meeting", Property.HAS_PARTICIPANT, "person", "岸田外相が出た"), ("person", Property.HOLDS_POST, "post", "岸田外相"), ("other-meeting", Property.HAS_PARTICIPANT, "person", "岸田首相も来た"), ("person", Property.HOLDS_POST, "premier", "岸田首相"),
]  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Embedded:
    text = "。".join(words for *_, words in SAID)
    claims = tuple(
        Claim(s, p, o, Factuality.ACTUAL, (Span(text.index(words), text.index(words) + len(words)),), "told", 0.9)
        for s, p, o, words in SAID
    )
    return Embedded(ungated([Extraction(Document("a.txt", text), tuple(THINGS), (), claims)], RUN))


@pytest.mark.parametrize(
    ("slug", "parameters", "columns", "rows"),
    [
        # sub-properties: what was renamed was replaced
        ("which-forum-replaced-which", {}, "new old", ["インド太平洋軍 太平洋軍", "太平洋軍 極東軍"]),
        ("succession-chain", {"entity": "インド太平洋軍"}, "new old", ["インド太平洋軍 太平洋軍", "太平洋軍 極東軍"]),
        ("succession-chain", {"entity": "旧方針"}, "side new", ["successor 方針"]),
        ("evidence-for", {"entity": "太平洋軍", "property": "replaces"}, "subject value", ["インド太平洋軍 太平洋軍", "太平洋軍 極東軍"]),
        # sub-classes: a command is an institution, a treaty or law an agreement
        ("established-between", {"from": "2018", "until": "2018"}, "institution date", ["インド太平洋軍 2018-05-30"]),
        ("agreements-timeline", {"from": "2018", "until": "2018"}, "agreement date", ["条約 2018-05-30"]),
        ("forums-by-level", {}, "forum", ["インド太平洋軍"]),
        ("shared-members", {}, "one other member", ["外務省 調整機構 日本"]),
        ("components-of", {"entity": "調整機構"}, "part whole", ["インド太平洋軍 調整機構"]),
        ("members-at", {"forum": "調整機構", "on": "2018"}, "member", ["日本"]),
        ("meetings-of", {"forum": "調整機構"}, "meeting", ["会談"]),
        ("outcomes-of", {"forum": "調整機構"}, "outcome", ["条約"]),
        ("who-decided", {"entity": "条約"}, "by", ["外務省"]),
        ("implementing", {"agreement": "条約"}, "implementation", ["法律"]),
        ("covering", {"topic": "拡大抑止"}, "subject", ["法律"]),
        ("parties-of", {"agreement": "条約"}, "party", ["日本"]),
        ("revision-chain", {"agreement": "方針"}, "newer older", ["方針 旧方針"]),
        # symmetric: either may be asked
        ("counterparts", {"entity": "国務省"}, "one other", ["外務省 国務省"]),
        ("counterparts", {"entity": "外務省"}, "one other", ["外務省 国務省"]),
        ("evidence-for", {"entity": "国務省", "property": "counterpartOf"}, "subject value", ["外務省 国務省"]),
        ("profile", {"entity": "国務省"}, "subject value", ["外務省 国務省"]),
        # whoever holds a post where the words stand went as its holder, and as nobody else
        ("attended", {"person": "外相"}, "meeting person holder", ["会談 外相 岸田"]),
        ("attended", {"person": "首相"}, "meeting person holder", ["別の会談 首相 岸田"]),
        ("attended", {"person": "岸田"}, "meeting person", ["会談 岸田", "別の会談 岸田"]),
    ],
)  # fmt: skip
def test_answers_follow_from_the_vocabulary(
    engine: Embedded, slug: str, parameters: dict[str, str], columns: str, rows
) -> None:
    answer = ask(engine, slug, parameters)
    wanted = columns.split()
    assert set(wanted) <= set(answer.columns), answer.columns
    assert sorted(" ".join(str(row[name]) for name in wanted) for row in answer.rows) == sorted(rows)


def test_a_query_of_ones_own_finds_them_too(engine: Embedded) -> None:
    prefix = "PREFIX akg: <https://w3id.org/alliancekg/ontology#> "
    for pattern, count in (
        ("?x a akg:Institution", 6),
        ("?x a akg:Agreement", 4),
        ("?x akg:replaces ?y", 3),
        ("?x akg:counterpartOf ?y", 2),
    ):
        assert len(engine.run(f"{prefix}SELECT * {{ {pattern} }}").rows) == count, pattern


def test_nothing_else_follows() -> None:
    """A further sub-property or symmetric property needs a row above."""
    assert SUPER_PROPERTY == {Property.RENAMED_FROM: Property.REPLACES}
    assert [p for p in Property if SIGNATURES[p].symmetric] == [Property.COUNTERPART_OF]
