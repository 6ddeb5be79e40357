"""Names to things: any name of a thing, never a guess between two."""

from __future__ import annotations

import pytest

from ontology.terms import AKGID, Kind
from queries.engine import Embedded
from queries.entities import nearest, resolve
from queries.errors import QueryError

THINGS = """
    Forum scc = 日米安全保障協議委員会 | SCC | 2+2 | ~2プラス2 | en:Security Consultative Committee
    Forum aus = 日豪外務・防衛閣僚協議 | ~2プラス2
    Guidelines g97 = 97指針 | ~指針
    Guidelines g15 = 15指針 | ~指針
    Arrangement road = ロードマップ
    Programme roadmap = 計画表 | ロードマップ
    Topic cyber = サイバー
    Policy cyber-policy = サイバー
"""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("日米安全保障協議委員会", "scc"), ("SCC", "scc"), ("scc", "scc"), ("ＳＣＣ", "scc"), ("２＋２", "scc"), ("「SCC」", "scc"),
        ("security consultative committee", "scc"), ("日豪 外務防衛閣僚協議", "aus"), ("akgid:g97", "g97"), (AKGID + "g97", "g97"), (" SCC ", "scc"),
        ("ロードマップ", "road"),  # the preferred name of one thing beats another name of a second
    ],
)  # fmt: skip
def test_a_name_finds_its_thing(tell, name: str, expected: str) -> None:
    assert resolve(Embedded(tell(THINGS)), name).value == AKGID + expected


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("2プラス2", ["日米安全保障協議委員会 (Forum, akgid:scc)", "日豪外務・防衛閣僚協議 (Forum, akgid:aus)"]),
        ("指針", ["97指針 (Guidelines, akgid:g97)", "15指針 (Guidelines, akgid:g15)"]),
        ("サイバー", ["サイバー (Topic, akgid:cyber)", "サイバー (Policy, akgid:cyber-policy)"]),
    ],
)
def test_a_shared_name_lists_the_candidates(tell, name: str, listed: list[str]) -> None:
    with pytest.raises(QueryError, match="could be") as refused:
        resolve(Embedded(tell(THINGS)), name)
    assert all(candidate in str(refused.value) for candidate in listed)


def test_the_class_that_is_asked_for_decides(tell) -> None:
    assert resolve(Embedded(tell(THINGS)), "サイバー", kinds=[Kind.AGREEMENT]).value == AKGID + "cyber-policy"


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("安全保障協議", "日米安全保障協議委員会"), ("日米安全保障委員会", "日米安全保障協議委員会"), ("Security Consultive Comittee", "Security Consultative Committee"),
        ("98指針", "97指針"), ("SCCC", "SCC"),
    ],
)  # fmt: skip
def test_an_unknown_name_suggests_the_nearest(tell, name: str, suggestion: str) -> None:
    with pytest.raises(QueryError, match="Did you mean") as refused:
        resolve(Embedded(tell(THINGS)), name)
    assert suggestion in str(refused.value)


@pytest.mark.parametrize("name", ["akgid:nothing", "https://example.org/x", "qqqqqqqq", "akgid:a b", "「」", "・"])
def test_what_is_not_there(tell, name: str) -> None:
    with pytest.raises(QueryError):
        resolve(Embedded(tell(THINGS)), name)


def test_nearest_prefers_names_that_hold_the_word() -> None:
    assert nearest("協議", ["外務協議", "協会議", "防衛", "日米協議委員会"])[:2] == ("外務協議", "日米協議委員会")
