"""What a change touches: names and words of rules those who ask for them, all else everything."""

from __future__ import annotations

import copy
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.affected.changes import changes
from extract.affected.fingerprint import Fingerprint, authority_parts, fingerprint, loader
from extract.affected.rules import BY_WORD, parts_of, rule_files
from extract.model import Document, Extraction, Role
from extract.names.consulted import ALL, beyond_text, consulted, searchable
from extract.names.found import fold
from extract.names.knowledge import make_knowledge
from extract.rules import read_rules
from ontology.authority import Entry
from ontology.terms import Kind

JAPAN = Entry("japan", Kind.STATE, "日本", "Japan", ("日本国",), (), ("日",))
RAA = Entry("japan-uk-raa", Kind.TREATY, "日英円滑化協定", "Japan-UK Reciprocal Access Agreement", ("日英RAA",), ("RAA",))
OTHER = Entry("japan-australia-raa", Kind.TREATY, "日豪円滑化協定", None, (), ("RAA",))
SCC = Entry("scc", Kind.FORUM, "日米安全保障協議委員会", None, ("日米「２＋２」", "キャンプ・デービッド会合"), ())
ALL_OF_THEM = (JAPAN, RAA, OTHER, SCC)


def reading(text, *asked, name="a.txt"):
    return Extraction(Document(name, text), asked=asked)


def set_in_lines(words):
    """Words that are broken over two lines, in a paragraph of lines of one width."""
    first, second = words.split("\n")
    before = "この年の初めから両国の政府の間で続けられてきた長い交渉がようやくまとまり、多くの人々の努力が実って、"
    wide = len(before) // 2
    lines = [before[:wide], before[wide : 2 * wide], (before * 2)[: wide - len(first)] + first, second]
    return "\n".join(lines)


def asked_of(text):
    """The entries that a reading of the text looks at."""
    text = searchable([text])
    named = {e.key: (e.label, *e.names, *e.ambiguous) for e in ALL_OF_THEM}
    return tuple(f"akgid:{key}" for key, names in named.items() if any(fold(n) in text for n in names))


def telling(parts):
    return Fingerprint(str(parts), lambda: parts)


def authority(*entries):
    return telling(authority_parts(entries))


def touches(before, after, *readings):
    """Which readings the change touches; it must not matter which way it goes."""
    there, back = changes(before, after), changes(after, before)
    found = [there.touch(r) for r in readings]
    assert found == [back.touch(r) for r in readings]
    return found


@pytest.mark.parametrize(
    "text",
    [
        "日英円滑化協定が結ばれた。",
        set_in_lines("日英円滑\n化協定が秋に効力を生じることとなった。"),
        "日英円滑化¹協定が結ばれた。\n\n¹ 2023年に署名。",  # with a footnote's call inside
        "日英ＲＡＡが結ばれた。",  # in full width
        "日英raaが結ばれた。",
        "日英 RAA が結ばれた。",
        "the JAPAN-UK Reciprocal Access Agreement という。",
        "RAAが結ばれた。",  # a name that it shares
        "名称は「円滑化協定(japan-uk-raa)」である。",  # a word that would be made into its key
    ],
)
def test_an_entry_touches_what_has_one_of_its_names(text):
    gone = tuple(e for e in ALL_OF_THEM if e is not RAA)
    unlike = reading("日豪円滑化協定と日英協約が結ばれた。")
    assert touches(authority(*ALL_OF_THEM), authority(*gone), reading(text), unlike) == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "日米2+2が開かれた。",
        "日米「2＋2」が開かれた。",
        set_in_lines("キャンプ・\nデービッド会合と呼ばれることとなった。"),
        "キャンプデービッド会合で",
    ],
)
def test_names_are_found_as_they_are_compared(text):
    gone = (JAPAN, RAA, OTHER)
    assert touches(authority(*ALL_OF_THEM), authority(*gone), reading(text)) == [True]


def renamed(entry, **how):
    return tuple(replace(e, **how) if e is entry else e for e in ALL_OF_THEM)


@pytest.mark.parametrize(
    ("after", "touched", "untouched"),
    [
        pytest.param(renamed(SCC, names=(*SCC.names, "SCC")), ["SCCで", "日米「2+2」で"], ["委員会で", "RAA"], id="new alias"),
        pytest.param(renamed(SCC, names=()), ["日米「2+2」で", "日米安全保障協議委員会"], ["委員会で"], id="alias gone"),
        pytest.param(renamed(SCC, label_en="Committee"), ["日米「2+2」で", "a committee"], ["RAA"], id="English label"),
        pytest.param(renamed(SCC, ambiguous=("2プラス2",)), ["2プラス2で", "日米「2+2」で"], ["RAA"], id="new shared name"),
        pytest.param(renamed(SCC, kind=Kind.MECHANISM), ["日米「2+2」で"], ["RAA"], id="another class"),
        pytest.param(
            (JAPAN, OTHER, RAA, SCC), ["RAAが"], ["日英円滑化協定が", "日米「2+2」で"], id="order of those that share"
        ),
        pytest.param((SCC, JAPAN, RAA, OTHER), [], ["RAAが", "日米「2+2」で"], id="order of others"),
        pytest.param(renamed(SCC, abbreviations=("安",)), ["日米「2+2」で"], ["安全"], id="a letter of what is no state"),
    ],
)
def test_a_change_of_names_touches_those_who_ask_for_them(after, touched, untouched):
    read = [reading(text, *asked_of(text)) for text in touched + untouched]
    found = touches(authority(*ALL_OF_THEM), authority(*after), *read)
    assert found == [True] * len(touched) + [False] * len(untouched)


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(renamed(JAPAN, names=("日本国", "我が国")), id="name of a state"),
        pytest.param(renamed(JAPAN, abbreviations=()), id="letter of a state"),
        pytest.param((*ALL_OF_THEM, Entry("uk", Kind.STATE, "英国")), id="new state"),
        pytest.param((*ALL_OF_THEM, Entry("marks", Kind.FORUM, "「・」")), id="name of nothing but marks"),
    ],
)
def test_states_touch_everything(after):
    assert touches(authority(*ALL_OF_THEM), authority(*after), reading("何もない。"), reading("")) == [True, True]


def test_what_a_reading_asked_beyond_its_text_touches_it():
    gone = authority(JAPAN, OTHER, SCC)
    composed = reading("日英と日豪の円滑化協定が結ばれた。", "日英円滑化協定")
    by_key = reading("この協定が結ばれた。", "akgid:japan-uk-raa")
    through = reading("この協定が結ばれた。", ALL)
    unknown = Extraction(Document("a.txt", "この協定が結ばれた。"))  # nobody wrote down what it asked
    apart = reading("日英と日豪の円滑化協定が結ばれた。", "日豪円滑化協定", "akgid:japan-uk-raa-2", "word:結ぶ")
    found = touches(authority(*ALL_OF_THEM), gone, composed, by_key, through, unknown, apart)
    assert found == [True, True, True, True, False]


def test_a_silent_part_does_not_count_until_it_is_heard():
    text = "本文である。\n\n参考文献\n\n・鈴木一郎『日英円滑化協定の研究』白浜書房、2010年。\n"
    assert Role.BIBLIOGRAPHY in {s.role for s in _sentences(text)}
    gone = (JAPAN, OTHER, SCC)
    assert touches(authority(*ALL_OF_THEM), authority(*gone), reading(text)) == [False]
    heard = {"heard/bibliography": ""}
    before, after = (telling(authority_parts(e) | heard) for e in (ALL_OF_THEM, gone))
    assert touches(before, after, reading(text)) == [True]
    assert touches(authority(JAPAN), telling(authority_parts((JAPAN,)) | heard), reading(text), reading("本文である。")) == [
        True,
        False,
    ]


def _sentences(text):
    from extract.reading import read_sentences

    return read_sentences(Document("a.txt", text))


def edited(file, edit):
    data = copy.deepcopy(read_rules(file))
    edit(data)
    return data


def rules(file, edit=lambda _data: None):
    return telling(parts_of(file, edited(file, edit)))


@pytest.mark.parametrize("file", rule_files())
def test_an_edited_example_touches_nothing(file):
    def explain(data):
        rows = next(iter(data.values()))
        for row in rows if isinstance(rows, list) else [rows]:
            row |= {"meaning": "Otherwise.", "example": "別の例。", "counterexample": "別の反例。"}

    assert changes(rules(file), rules(file, explain)).nothing


@pytest.mark.parametrize("file", rule_files())
def test_any_other_edit_touches_something(file):
    def edit(data):
        rows = next(iter(data.values()))
        (rows[0] if isinstance(rows, list) else rows)["id"] = "other"

    assert not changes(rules(file), rules(file, edit)).nothing


def with_word(file, row, word):
    def edit(data):
        table, key = BY_WORD[file]
        data[table][row][key].append(word)

    return edit


@pytest.mark.parametrize(
    ("word", "touched", "untouched"),
    [
        ("昇華", ["協定に昇華した。"], ["協定が消えた。"]),
        ("昇る", [("日が昇った。", "word:昇る")], [("日が沈んだ。", "word:沈む"), ("昇進した。", "word:沈む")]),
        ("効力を昇る", [("効力を1昇った。", "word:効力を昇る")], [("効力を高く昇った。", "word:昇る"), ("効力を失った。",)]),
        ("Launchする", ["launchする。"], ["launch。"]),
    ],
)
@pytest.mark.parametrize("file", sorted(BY_WORD))
def test_a_word_touches_those_who_have_it(file, word, touched, untouched):
    readings = [reading(*((r,) if isinstance(r, str) else r)) for r in touched + untouched]
    found = touches(rules(file), rules(file, with_word(file, 1, word)), *readings)
    assert found == [True] * len(touched) + [False] * len(untouched)


def test_an_altered_rule_touches_those_who_have_one_of_its_verbs():
    def alter(data):
        row = next(r for r in data["frame"] if r["id"] == "belong")
        row["facts"] = row["facts"][:0]

    found = touches(
        rules("relations.toml"), rules("relations.toml", alter), reading("司令部に所属する。"), reading("司令部に置く。")
    )
    assert found == [True, False]


@pytest.mark.parametrize(
    ("file", "edit"),
    [
        (
            "relations.toml",
            with_word("relations.toml", 0, "とても長い動詞であると言わざるを得ないものをする"),
        ),  # how far back all verbs are sought
        ("relations.toml", lambda data: data["light"]["verbs"].append("昇る")),
        ("memberships.toml", lambda data: data["membership"][0].update(elided=False)),  # 加盟国となる asks for it too
        ("activities.toml", lambda data: [r.update(label="{verb}") for r in data["activity"] if r.get("kind") == "Meeting"]),
        ("nouns.toml", lambda data: data["noun"].reverse()),
        ("nouns.toml", lambda data: data["noun"][0].pop("id")),  # which the reading will refuse
        ("memberships.toml", lambda data: data.update(membership="x")),
        ("names.toml", lambda data: data["head"][0]["words"].append("協定書類")),
        ("dates.toml", lambda data: data["about"][0]["words"].append("近辺")),
        ("reading.toml", lambda data: data["rule"].pop()),
    ],
)
def test_what_no_word_is_proven_for_touches_everything(file, edit):
    assert touches(rules(file), rules(file, edit), reading("何もない。")) == [True]


def test_code_and_libraries_touch_everything():
    parts = dict(fingerprint(ALL_OF_THEM, ()).parts)
    for part in ("rules/gone.toml", "code/extract/pipeline.py", "code/ontology/terms.py", "libraries", "rules/topics.toml"):
        assert touches(telling(parts), telling(parts | {part: "otherwise"}), reading("何もない。")) == [True]


def test_nothing_touches_nothing():
    there = changes(fingerprint(ALL_OF_THEM, ()), fingerprint(ALL_OF_THEM, ()))
    assert (there.nothing, there.everything, there.parts) == (True, False, ())
    assert not there.touch(Extraction(Document("a.txt", "日英円滑化協定")))


@pytest.mark.parametrize(
    ("module", "told"),
    [("_sources", lambda suffix: [(f"extract/formats/pdf{suffix}", "otherwise")]), ("_libraries", lambda: [("lxml", "7")])],
)
def test_files_are_loaded_again_by_other_code(monkeypatch, module, told):
    before = loader()
    assert loader() == before
    monkeypatch.setattr(f"extract.affected.fingerprint.{module}", told)
    assert loader() != before


@pytest.mark.parametrize(
    "other",
    [
        fingerprint((*ALL_OF_THEM, replace(SCC, key="other")), ()),
        fingerprint(ALL_OF_THEM[::-1], ()),
        fingerprint(ALL_OF_THEM, {Role.COMMENT}),
    ],
)
def test_whole_tells_any_change(other):
    assert fingerprint(ALL_OF_THEM, ()).whole != other.whole


def test_roles_that_are_heard_anyway_change_nothing():
    assert fingerprint(ALL_OF_THEM, [Role.BODY]) == fingerprint(ALL_OF_THEM, ())


names = st.text(st.characters(codec=None), max_size=6)


@given(st.lists(st.tuples(names, names, names), max_size=4))
def test_a_fingerprint_survives_json(made):
    entries = [Entry(key, Kind.FORUM, label, names=(name,)) for key, label, name in made]
    parts = authority_parts(entries)
    there = Fingerprint("w", lambda: parts)
    back = Fingerprint.from_json(there.to_json())
    assert (back, back.parts) == (there, parts)
    assert changes(there, back).nothing


@pytest.mark.parametrize("text", ["", "[]", "7", '"x"', "{}", '{"whole": "x"}', '{"whole": "x", "parts": []}', "{"])
def test_what_is_no_fingerprint_differs_in_everything(text):
    assert changes(Fingerprint.from_json(text), fingerprint(ALL_OF_THEM, ())).everything


def test_a_reading_writes_down_what_it_asks():
    asked = set()
    knowledge = consulted(make_knowledge(ALL_OF_THEM), asked)
    knowledge.bearers.get("日英円滑化協定")
    assert "日仏円滑化協定" not in knowledge.sharers
    assert knowledge.lexicon.lookup("RAA")[0].key == "japan-uk-raa"
    assert knowledge.partners("scc") == frozenset()
    assert knowledge.entries.get("日仏") is None
    assert asked == {"日英円滑化協定", "日仏円滑化協定", "raa", "akgid:scc", "akgid:日仏"}
    text = searchable(["日英円滑化協定(RAA)", "日仏"])
    assert beyond_text(asked, text, knowledge.entries) == ("akgid:scc", "日仏円滑化協定")
    list(knowledge.entries)
    assert ALL in asked


@given(st.lists(names, max_size=4), st.text(st.characters(codec=None), max_size=40))
def test_hostile_names_and_texts(made, text):
    before, after = (authority(*(Entry(f"k{i}", Kind.FORUM, n) for i, n in enumerate(some))) for some in (made, made[1:]))
    assert changes(before, after).touch(reading(text)) in {True, False}


QUICK = """
import sys, time
from ontology.authority import load
entries = load()
from extract.affected.fingerprint import fingerprint
fingerprint(entries, ())
began = time.perf_counter()
fingerprint(entries, ())
took = time.perf_counter() - began
assert not {"spacy", "ginza", "sudachipy", "extract.pipeline"} & set(sys.modules), sorted(sys.modules)
assert took < 0.5, took  # some 15 ms; a machine under load is given time
"""


def test_a_fingerprint_is_quick_and_needs_no_model():
    assert subprocess.run([sys.executable, "-c", QUICK], check=False).returncode == 0
