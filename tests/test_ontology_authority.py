"""The curated names: what the shipped files hold, and what a wrong file is told."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest

from ontology import files
from ontology.authority import Entry, folded, load
from ontology.errors import DataFileError
from ontology.terms import Kind, lineage

HEAD = """@prefix akg: <https://w3id.org/alliancekg/ontology#> .
@prefix akgid: <https://w3id.org/alliancekg/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


@pytest.fixture(scope="module")
def entries() -> dict[str, Entry]:
    return {entry.key: entry for entry in load()}


def test_the_field_is_covered(entries: dict[str, Entry]) -> None:
    assert len(entries) >= 300
    assert {entry.kind for entry in entries.values()} >= set(Kind) - {Kind.AGREEMENT, Kind.MEETING, Kind.PERSON}
    assert all(entry.label_en for entry in entries.values())


@pytest.mark.parametrize(
    ("key", "kind", "names"),
    [
        ("scc", Kind.FORUM, ["日米安全保障協議委員会", "SCC", "日米2プラス2", "安全保障協議委員会"]),
        ("sdc", Kind.FORUM, ["日米防衛協力小委員会", "防衛協力小委員会", "SDC"]),
        ("dicas", Kind.FORUM, ["日米防衛産業協力・取得・維持整備定期協議", "DICAS"]),
        ("s-and-tf", Kind.FORUM, ["システム・技術フォーラム", "S&TF"]),
        ("acm", Kind.MECHANISM, ["同盟調整メカニズム", "ACM"]),
        ("guidelines", Kind.GUIDELINES, ["日米防衛協力のための指針"]),
        ("guidelines-1978", Kind.GUIDELINES, ["日米防衛協力のための指針(1978年)", "78指針"]),
        ("security-treaty", Kind.TREATY, ["日米安全保障条約", "日米安保条約"]),
        ("three-principles-on-defense-transfer", Kind.POLICY, ["防衛装備移転三原則"]),
        ("indo-pacific-command", Kind.COMMAND, ["インド太平洋軍"]),
        ("department-of-defense", Kind.GOVERNMENT_BODY, ["国防総省", "国防省", "ペンタゴン"]),
        ("ncg", Kind.FORUM, ["核協議グループ"]),
        ("japan-australia-raa", Kind.TREATY, ["日豪円滑化協定", "日豪RAA"]),
        ("nato", Kind.PARTNERSHIP, ["NATO", "北大西洋条約機構"]),
        ("gcap", Kind.PROGRAMME, ["GCAP"]),
        ("foreign-minister", Kind.POST, ["外務大臣", "外相"]),
        ("united-states", Kind.STATE, ["米国", "アメリカ", "アメリカ合衆国"]),
        ("yokota", Kind.PLACE, ["横田基地"]),
    ],
)
def test_main_entries(entries: dict[str, Entry], key: str, kind: Kind, names: list[str]) -> None:
    entry = entries[key]
    assert entry.kind is kind
    assert set(names) <= {entry.label, *entry.names}


@pytest.mark.parametrize(
    ("name", "some_bearers"),
    [
        ("2プラス2", {"scc", "japan-australia-two-plus-two", "japan-uk-two-plus-two"}),
        ("2+2", {"scc", "us-rok-two-plus-two"}),
        ("指針", {"guidelines", "guidelines-1978", "guidelines-1997", "guidelines-2015"}),
        ("ガイドライン", {"guidelines", "guidelines-2015"}),
        ("安保条約", {"security-treaty", "security-treaty-1951"}),
        ("国家安全保障戦略", {"nss-japan", "nss-us"}),
        ("国家防衛戦略", {"nds-japan", "nds-us"}),
        ("国家安全保障会議", {"nsc-japan", "nsc-us"}),
        ("ACSA", {"japan-us-acsa", "japan-uk-acsa", "japan-germany-acsa"}),
        ("RAA", {"japan-australia-raa", "japan-philippines-raa"}),
        ("GSOMIA", {"japan-us-gsomia", "japan-rok-gsomia"}),
        ("地位協定", {"japan-us-sofa", "us-rok-sofa"}),
        ("軍事委員会", {"mcm", "nato-military-committee"}),
        ("調整メカニズム", {"acm", "bilateral-coordination-mechanism"}),
    ],
)
def test_shared_names_are_nobodys_own(entries: dict[str, Entry], name: str, some_bearers: set[str]) -> None:
    assert some_bearers <= {key for key, entry in entries.items() if name in entry.ambiguous}
    assert not [key for key, entry in entries.items() if name in {entry.label, *entry.names}]


def test_the_general_thing_bears_the_name_before_the_dated_ones(entries: dict[str, Entry]) -> None:
    for dated in ("guidelines-1978", "guidelines-1997", "guidelines-2015"):
        assert entries["guidelines"].label in entries[dated].ambiguous


def test_no_label_stands_on_two_entries(entries: dict[str, Entry]) -> None:
    bearers = defaultdict(set)
    for key, entry in entries.items():
        for name in (entry.label, entry.label_en or "", *entry.names):
            form = unicodedata.normalize("NFKC", name).lower()
            bearers[re.sub(r"[\s・「」『』“”\"']", "", form)].add(key)
    assert not {name: keys for name, keys in bearers.items() if len(keys) > 1}


def test_one_character_names_of_states_are_abbreviations_only(entries: dict[str, Entry]) -> None:
    stand_for = {character: key for key, entry in entries.items() for character in entry.abbreviations}
    expected = {"日": "japan", "米": "united-states", "英": "united-kingdom", "豪": "australia", "韓": "republic-of-korea"}
    assert expected.items() <= stand_for.items()
    assert set("印比独仏伊加露中台北ソ") <= stand_for.keys()
    for entry in entries.values():
        assert min(map(len, (entry.label, *entry.names, *entry.ambiguous))) > 1
        assert not entry.abbreviations or entry.kind is Kind.STATE


def test_files_hold_names_and_nothing_else() -> None:
    allowed = {"skos:prefLabel", "skos:altLabel", "akg:ambiguousLabel", "akg:abbreviation"}
    for path in files.authority():
        properties = set(re.findall(r"^    (\S+) ", path.read_text(encoding="utf-8"), flags=re.MULTILINE))
        assert properties <= allowed, path.name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("日米「２＋２」", "日米2+2"),
        ("ツー・プラス・ツー", "ツープラスツー"),
        ("ﾂｰ･ﾌﾟﾗｽ･ﾂｰ", "ツープラスツー"),
        ("Security Consultative Committee", "securityconsultativecommittee"),
        ("“Global”　Partners", "globalpartners"),
    ],
)
def test_folded(name: str, expected: str) -> None:
    assert folded(name) == expected
    assert folded(expected) == expected


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    one, other = tmp_path / "one.ttl", tmp_path / "other.ttl"
    one.write_text(
        HEAD + 'akgid:x a akg:State ; skos:prefLabel "甲国"@ja, "Ko"@en ; skos:altLabel "甲"@ja ;'
        ' akg:ambiguousLabel "国"@ja ; akg:abbreviation "甲"@ja .',
        encoding="utf-8",
    )
    other.write_text(HEAD + 'akgid:x a akg:State ; skos:altLabel "甲共和国"@ja .', encoding="utf-8")
    assert load([one, other]) == (Entry("x", Kind.STATE, "甲国", "Ko", ("甲", "甲共和国"), ("国",), ("甲",)),)
    assert load([]) == ()


@pytest.mark.parametrize(
    ("turtle", "says"),
    [
        ("akgid:x a akg:Forum ; skos:prefLabel", "is not Turtle"),
        ('akgid:x a akg:Comittee ; skos:prefLabel "会"@ja .', "unknown class .*Comittee"),
        ('akgid:x a skos:Concept ; skos:prefLabel "会"@ja .', "unknown class"),
        ('akgid:x skos:prefLabel "会"@ja .', "akgid:x has no class"),
        ('akgid:x a akg:Forum, akg:Institution ; skos:prefLabel "会"@ja .', "akgid:x has 2 classes"),
        ('akgid:x a akg:Forum ; skos:altLabel "会"@ja .', "akgid:x has no skos:prefLabel"),
        ('akgid:x a akg:Forum ; skos:prefLabel "Forum"@en .', "no skos:prefLabel in Japanese"),
        ('akgid:x a akg:Forum ; skos:prefLabel "会", "会"@ja .', "prefLabel in “”"),
        ('akgid:x a akg:Forum ; skos:prefLabel "会"@ja, "會"@ja .', "has 2 skos:prefLabel in ja"),
        ('akgid:x a akg:Forum ; skos:prefLabel "会"@ja ; skos:altLabel akgid:y .', "no name"),
        ('akgid:x a akg:Forum ; skos:prefLabel "会"@ja ; skos:altLabel " " .', "no name"),
        ('akgid:x a akg:Forum ; skos:prefLabel "会"@ja ; akg:establishedOn "1960" .', "establishedOn is not known here"),
        ('akgid:x a akg:State ; skos:prefLabel "甲国"@ja ; akg:abbreviation "甲国"@ja .', "not one character"),
        ('<urn:x> a akg:Forum ; skos:prefLabel "会"@ja .', "no name under akgid:"),
        (
            'akgid:x a akg:Forum ; skos:prefLabel "甲・会"@ja . akgid:y a akg:Forum ; skos:prefLabel "乙"@ja ; skos:altLabel "甲会" .',
            "akgid:y bears “甲会”, as x does",
        ),
        ('akgid:x a akg:Forum ; skos:prefLabel "甲会"@ja ; akg:ambiguousLabel "甲会"@ja .', "own label and as an ambiguous"),
        (
            """akgid:x a akg:State ; skos:prefLabel "甲国"@ja ; akg:abbreviation "甲" .
            akgid:y a akg:State ; skos:prefLabel "乙国"@ja ; akg:abbreviation "甲" .""",
            "akgid:y is abbreviated “甲”",
        ),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, turtle: str, says: str) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(HEAD + turtle, encoding="utf-8")
    with pytest.raises(DataFileError, match=says) as caught:
        load([path])
    assert str(caught.value).startswith("own.ttl")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [None, b"\x83\x40\xff\xfe"])
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "own.ttl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataFileError, match=r"own\.ttl"):
        load([path])


def test_the_packaged_files_are_there() -> None:
    assert [path.name for path in files.vocabulary()] == ["alliance.ttl"]
    assert {path.stem for path in files.shapes()} >= {"entities", "claims", "evidence", "meetings", "dates"}
    assert all(path.is_file() for path in (*files.vocabulary(), *files.shapes(), *files.authority()))
    assert all(lineage(entry.kind)[0] is entry.kind for entry in load())
