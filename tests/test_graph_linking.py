"""Linking: what is one thing over all documents, and what is two."""

from __future__ import annotations

import random
from datetime import date
from itertools import permutations
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model import Claim, Date, Document, Entity, Extraction, Span
from graph.errors import GraphError
from graph.linking import Linking, link
from ontology.terms import Factuality, Kind, Property

DAY = Date("2024-07-28", date(2024, 7, 28), date(2024, 7, 28))
MONTH = Date("2024-07", date(2024, 7, 1), date(2024, 7, 31))
YEAR = Date("2024", date(2024, 1, 1), date(2024, 12, 31))
SPRING_DAY = Date("2024-04-10", date(2024, 4, 10), date(2024, 4, 10))


def forum(label, *names, kind=Kind.FORUM, **more):
    return Entity(label, kind, label, names, **more)


def curated(key, label, *names, kind=Kind.FORUM, shared=()):
    return Entity(key, kind, label, names, shared, authority=True)


def meeting(key, label, on, of=None):
    return Entity(key, Kind.MEETING, label, forum=of, on=on)


def claim(s, p, o, **more):
    return Claim(s, p, o, Factuality.ACTUAL, (Span(0, 1),), "test", **more)


def read(name, *entities, claims=()):
    return Extraction(Document(name, "本文"), entities, (), tuple(claims))


def link_documents(*contents) -> Linking:
    """Documents a, b, c … of the entities given, or of (entities, claims)."""
    documents = []
    for name, content in zip("abcdefgh", contents, strict=False):
        entities, claims = content if isinstance(content, tuple) else (content, ())
        documents.append(read(name, *entities, claims=claims))
    return link(documents)


def post(person, office="外務大臣", **term):
    return (
        [Entity(person, Kind.PERSON, person), Entity(office, Kind.POST, office)],
        [claim(person, Property.HOLDS_POST, office, **term)],
    )


def year(n):
    return Date(str(n), date(n, 1, 1), date(n, 12, 31))


ONE = {
    "the same label": ([forum("拡大抑止協議")], [forum("拡大抑止協議")]),
    "the same label in another writing": ([forum("システム・技術フォーラム")], [forum("「システム技術フォーラム」")]),
    "full-width and case": ([forum("ＳＣＣ")], [forum("scc")]),
    "an authority key": ([curated("scc", "安保協議委員会")], [curated("scc", "安保協議委員会")]),
    "a curated label": ([curated("scc", "日米安全保障協議委員会")], [forum("日米安全保障協議委員会")]),
    "an alias learnt elsewhere": ([forum("防衛産業協力フォーラム", "DICAS")], [forum("DICAS")]),
    "a curated alias": ([curated("edd", "日米拡大抑止協議", "EDD")], [forum("EDD", kind=Kind.INSTITUTION)]),
    "an alias learnt for a curated thing": ([curated("edd", "日米拡大抑止協議", "核抑止対話会合")], [forum("核抑止対話会合")]),
    "a long cutting of the label": ([forum("日米拡大抑止協議", "拡大抑止協議")], [forum("拡大抑止協議")]),
    "another class of one top class": ([forum("調整所", kind=Kind.MECHANISM)], [forum("調整所", kind=Kind.COMMAND)]),
    "one forum and one day": (
        [forum("協議会"), meeting("m", "協議会", DAY, "協議会")],
        [forum("協議会"), meeting("n", "第三回会合", DAY, "協議会")],
    ),
    "a full name": (post("上川陽子"), post("上川陽子", "法務大臣")),
    "a full name of three letters": ([Entity("p", Kind.PERSON, "木原稔")], [Entity("p", Kind.PERSON, "木原稔")]),
    "a foreign full name": (
        [Entity("p", Kind.PERSON, "ロイド・オースティン")],
        [Entity("p", Kind.PERSON, "ロイド・オースティン")],
    ),
    "surname and post": (post("岸田"), post("岸田文雄")),
    "foreign surname and post": (post("ブリンケン", "国務長官"), post("アントニー・ブリンケン", "国務長官")),
    "surnames with a common post": (post("岸田"), post("岸田")),
    "surnames near in time": (post("福田", "首相", valid_from=year(2007)), post("福田", "首相", valid_from=year(2008))),
}
TWO = {
    "different labels": ([forum("拡大抑止協議")], [forum("拡大抑止対話")]),
    "two authority entries": ([curated("a", "安保条約")], [curated("b", "安保条約")]),
    "different top classes": ([forum("NATO")], [forum("NATO", kind=Kind.PLACE)]),
    "an alias of another class": ([forum("防衛協力", "GIGO")], [forum("GIGO", kind=Kind.PROGRAMME)]),
    "an alias in common": ([forum("日米閣僚協議", "2+2")], [forum("日豪閣僚協議", "2+2")]),
    "a short cutting of a label": ([forum("日米合同協議委員会", "協議委員会")], [forum("協議委員会")]),
    "a name declared to be shared": ([curated("g", "防衛指針", "指針文書集", shared=("指針文書集",))], [forum("指針文書集")]),
    "things that replace each other": (
        ([forum("新司令部", "旧司令部庁舎"), forum("旧司令部庁舎")], [claim("新司令部", Property.REPLACES, "旧司令部庁舎")]),
    ),
    "surname without post": ([Entity("p", Kind.PERSON, "岸田")], [Entity("p", Kind.PERSON, "岸田")]),
    "surname with another post": (post("岸田", "防衛大臣"), post("岸田文雄", "内閣総理大臣")),
    "different given names": (post("鳩山一郎", "首相"), post("鳩山由紀夫", "首相")),
    "surnames far in time": (post("福田", "首相", valid_from=year(1977)), post("福田", "首相", valid_from=year(2007))),
    "a surname and a full name far in time": (
        post("福田", "首相", valid_from=year(1977)),
        post("福田康夫", "首相", valid_from=year(2007)),
    ),
}


def things(linked, kind):
    return [entity for entity in linked.entities if entity.kind is kind]


def counted(linked):
    """The people, else the meetings, else all."""
    return things(linked, Kind.PERSON) or things(linked, Kind.MEETING) or linked.entities


@pytest.mark.parametrize("contents", ONE.values(), ids=ONE)
def test_one_thing(contents):
    assert len(counted(link_documents(*contents))) == 1


@pytest.mark.parametrize("contents", TWO.values(), ids=TWO)
def test_two_things(contents):
    assert len(counted(link_documents(*contents))) == 2


MEETINGS = {
    "the month of the only day": ([DAY, MONTH], 1),
    "the year of the only day of a forum": ([DAY, YEAR], 1),
    "month, year and day": ([DAY, MONTH, YEAR], 1),
    "two days in the year": ([DAY, SPRING_DAY, YEAR], 3),
    "two days, and the month of one": ([DAY, SPRING_DAY, MONTH], 2),
    "another month": ([SPRING_DAY, MONTH], 2),
    "no date": ([DAY, None], 2),
    "a day within a meeting of several": ([DAY, Date("2024-07-27/2024-07-28", date(2024, 7, 27), date(2024, 7, 28))], 1),
    "two ways to write one day": ([DAY, Date("2024-07-28/2024-07-28", date(2024, 7, 28), date(2024, 7, 28))], 1),
    "an open end": ([DAY, Date("2024/..", date(2024, 1, 1), None)], 2),
}


@pytest.mark.parametrize(("dates", "count"), MEETINGS.values(), ids=MEETINGS)
def test_meetings_of_a_forum(dates, count):
    linked = link_documents(*([forum("協議会"), meeting("m", "協議会", on, "協議会")] for on in dates))
    assert len(things(linked, Kind.MEETING)) == count


@pytest.mark.parametrize(("dates", "count"), [((DAY, MONTH), 1), ((DAY, YEAR), 2)])
def test_a_year_alone_points_at_no_summit(dates, count):
    linked = link_documents(*([meeting("m", "日米首脳会談", on)] for on in dates))
    assert len(linked.entities) == count


def test_the_joined_meeting_bears_the_exact_date():
    linked = link_documents([meeting("m", "日米首脳会談", MONTH)], [meeting("m", "日米首脳会談", DAY)])
    (only,) = linked.entities
    assert (only.key, only.label, only.on) == ("meeting/日米首脳会談/2024-07-28", "日米首脳会談(2024年7月28日)", DAY)


def test_a_kind_of_meeting_that_is_a_forum_by_another_name():
    linked = link_documents(
        [curated("scc", "日米安全保障協議委員会", "日米2プラス2"), meeting("m", "会合", DAY, "scc")],
        [meeting("m", "日米2プラス2", DAY)],
    )
    (only,) = things(linked, Kind.MEETING)
    assert (only.key, only.forum) == ("meeting/scc/2024-07-28", "scc")


def test_a_name_of_two_things_identifies_neither():
    linked = link_documents([forum("日米閣僚協議", "2+2", "日米会合")], [forum("日豪閣僚協議", "２＋２")])
    assert [(e.label, e.names, e.shared_names) for e in linked.entities] == [
        ("日米閣僚協議", ("日米会合",), ("2+2",)),
        ("日豪閣僚協議", (), ("２＋２",)),
    ]


def test_the_authority_may_give_a_name_to_one_that_others_are_said_to_share():
    linked = link_documents(
        [
            curated("ours", "外務大臣", "外相", kind=Kind.POST),
            curated("theirs", "英外務大臣", kind=Kind.POST, shared=("外相",)),
        ],
        [Entity("x", Kind.POST, "某国外務長官", ("外務卿",), ())],
    )
    names = {e.key: (e.names, e.shared_names) for e in linked.entities}
    assert names == {"ours": (("外相",), ()), "theirs": ((), ("外相",)), "某国外務長官": (("外務卿",), ())}


def test_what_shares_its_label_is_joined_with_its_like_alone():
    untold = Entity("x", Kind.POST, "首相", (), ("首相",))
    linked = link_documents([curated("ours", "首相", "総理", kind=Kind.POST), untold], [untold])
    assert [(e.key, e.label, e.names) for e in linked.entities] == [("ours", "首相", ("総理",)), ("首相", "首相", ())]


def test_a_name_that_things_are_said_to_share_identifies_no_unseen_thing():
    linked = link_documents([curated("scc", "日米協議委員会", shared=("2+2",))], [forum("日豪閣僚協議", "２＋２")])
    assert {e.label: (e.names, e.shared_names) for e in linked.entities} == {
        "日米協議委員会": ((), ("2+2",)),
        "日豪閣僚協議": ((), ("２＋２",)),
    }


def test_an_alias_of_two_things_joins_neither_with_the_third():
    linked = link_documents([forum("甲司令部", "JHQ")], [forum("乙司令部", "JHQ")], [forum("JHQ")])
    assert {e.label: (e.names, e.shared_names) for e in linked.entities} == {
        "甲司令部": ((), ("JHQ",)),
        "乙司令部": ((), ("JHQ",)),
        "JHQ": ((), ()),
    }


def test_a_chain_of_aliases_joins_no_two_authority_entries():
    linked = link_documents([curated("a", "甲委員会", "乙委員会の会合")], [forum("乙委員会の会合", "丙"), curated("c", "丙")])
    assert len(linked.entities) == 3


def test_all_names_come_together():
    linked = link_documents(
        [forum("防衛産業協力フォーラム", "DICAS", kind=Kind.INSTITUTION)],
        [forum("DICAS", "ダイキャス")],
        [forum("DICAS", "防衛産業協力会合")],
    )
    (only,) = linked.entities
    assert only == Entity(
        "防衛産業協力フォーラム", Kind.FORUM, "防衛産業協力フォーラム", ("DICAS", "ダイキャス", "防衛産業協力会合")
    )
    assert set(linked.keys.values()) == {only.key}


def test_like_labels_have_unlike_keys():
    linked = link_documents(
        [forum("NATO"), Entity("p", Kind.PLACE, "NATO")], [Entity("x", Kind.PERSON, "岸田")], [Entity("x", Kind.PERSON, "岸田")]
    )
    keys = [e.key for e in linked.entities]
    assert len(set(keys)) == 4
    assert {"NATO_Institution", "NATO_Place"} < set(keys)


def test_an_unseen_thing_takes_no_key_of_the_authority():
    linked = link_documents([curated("ACM", "同盟調整メカニズム")], [forum("ACM", kind=Kind.PROGRAMME)])
    assert sorted(e.key for e in linked.entities) == ["ACM", "ACM_Programme"]


COLLECTION = [
    read("a", forum("防衛産業協力フォーラム", "DICAS"), forum("協議会"), meeting("m", "協議会", MONTH, "協議会")),
    read("b", forum("DICAS"), forum("協議会", kind=Kind.MECHANISM), meeting("m", "協議会", DAY, "協議会")),
    read("c", *post("岸田")[0], forum("統合司令部", "JHQ"), claims=post("岸田")[1]),
    read("d", *post("岸田文雄")[0], forum("合同司令部", "JHQ"), claims=post("岸田文雄")[1]),
    read("e", *post("岸田")[0], forum("JHQ"), forum("システム技術フォーラム"), claims=post("岸田")[1]),
]


@pytest.mark.parametrize("order", list(permutations(range(5))))
def test_the_order_of_documents_decides_nothing(order):
    assert link([COLLECTION[i] for i in order]) == link(COLLECTION)


@given(st.data())
def test_the_order_of_entities_decides_nothing(data):
    names = st.sampled_from(["甲委員会", "乙委員会", "甲", "AB", "ab", "乙", "丙司令部"])
    kinds = st.sampled_from([Kind.FORUM, Kind.INSTITUTION, Kind.PERSON, Kind.TREATY])
    entity = st.builds(lambda label, kind, others: (label, kind, tuple(others)), names, kinds, st.lists(names, max_size=2))
    contents = data.draw(st.lists(st.lists(entity, max_size=4), max_size=4))
    documents = [
        read(f"d{i}", *(Entity(str(j), kind, label, others) for j, (label, kind, others) in enumerate(content)))
        for i, content in enumerate(contents)
    ]
    mixed = [
        read(d.document.identifier, *data.draw(st.permutations(d.entities))) for d in data.draw(st.permutations(documents))
    ]
    linked = link(mixed)
    assert linked == link(documents)
    assert len({e.key for e in linked.entities}) == len(linked.entities)
    assert set(linked.keys) == {(d.document.identifier, e.key) for d in documents for e in d.entities}
    for one in linked.entities:
        assert not {one.label, *one.names} & set(one.shared_names)


BROKEN = {
    "two documents of one name": ([read("a"), read("a")], "two documents bear this identifier"),
    "a key twice": ([read("a", forum("甲"), forum("甲"))], "the same key"),
    "a meeting of nothing": ([read("a", meeting("m", "会合", DAY, "scc"))], "'scc', which is no entity"),
}


@pytest.mark.parametrize(("extractions", "message"), BROKEN.values(), ids=BROKEN)
def test_extractions_that_contradict_themselves(extractions, message):
    with pytest.raises(GraphError, match=message):
        link(extractions)


def test_cost_grows_with_names_not_pairs():
    """A common alias and a common surname over many documents: pairs would be 16 times as many, names are 4 times."""

    def seconds(size):
        rng = random.Random(1)
        documents = [
            read(
                f"{i}",
                forum(f"第{rng.randrange(size)}委員会", "2+2", f"別名その{i}号"),
                *post("岸田")[0],
                claims=post("岸田")[1],
            )
            for i in range(size)
        ]
        start = process_time()
        link(documents)
        return process_time() - start

    seconds(500)
    assert seconds(8000) < 10 * max(seconds(2000), 0.02)
