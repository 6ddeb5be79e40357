"""Footnotes: lifted out of the text, joined to what calls them, told from what only looks like one."""

import pytest
from reading_of import B, F, R, find, read, texts

PAGED = """1 はじめに

両国は、外務大臣と防衛庁長官が出席する協議委員会¹(Alliance Council 以下 AC と略)を設け、翌年、そこに小委員会²を置くこととし、作業に約 2 年を費やした末に指針をまと

¹ 1960年に設けられた。「2+2」とも呼ばれる。

² 山田太郎「小委員会の成立」『国際研究』第12号、34頁

めた。この指針は公式の協力を可能にした。

次の節では、その後の経過を見る。しかし、その前に、当時の議論が残した課題³を確か

³ 同上、36頁
(https://example.org/a)

める。
"""


def test_footnotes_are_lifted_out_of_the_sentence():
    sentences = read(PAGED)
    split = find(sentences, "両国は")
    assert split.text == (
        "両国は、外務大臣と防衛庁長官が出席する協議委員会(Alliance Council以下ACと略)を設け、翌年、そこに小委員会を置くこととし、"
        "作業に約2年を費やした末に指針をまとめた。"
    )
    assert [span.of(PAGED)[-4:] for span in split.source(0, len(split.text))] == ["針をまと", "めた。"]
    assert find(sentences, "当時の議論").text.endswith("課題を確かめる。")


def test_footnotes_know_their_call():
    sentences = read(PAGED)
    body = find(sentences, "両国は")
    council = body.text.index("協議委員会") + len("協議委員会")
    notes = [s for s in sentences if s.introduced_by == body.index]
    assert [(s.role, s.call_at) for s in notes] == [(F, council), (F, council), (R, body.text.index("小委員会") + 4)]
    assert [s.text for s in notes[:2]] == ["1960年に設けられた。", "「2+2」とも呼ばれる。"]
    same = find(sentences, "同上")
    assert (same.role, same.introduced_by) == (R, find(sentences, "当時の議論").index)
    assert same.text == "同上、36頁(https://example.org/a)"


@pytest.mark.parametrize(
    ("call", "mark"),
    [
        ("(注1)", "注1 "),
        ("（注１）", "（注１）"),
        ("注1)", "注1) "),
        ("*1", "*1 "),
        ("※1", "※1 "),
        ("[1]", "[1] "),
        ("¹²", "¹² "),
        ("[^1]", "[^1]: "),
    ],
)
def test_marks_of_footnotes(call, mark):
    body, note = read(f"協議委員会{call}が発足した。\n\n{mark}当時の名称である。\n")
    assert (body.text, note.text) == ("協議委員会が発足した。", "当時の名称である。")
    assert (note.role, note.introduced_by, note.call_at) == (F, 0, len("協議委員会"))


def test_a_call_behind_the_stop_belongs_to_the_sentence_before():
    first, second, note = read("甲が発足した。¹乙が続いた。\n\n¹ 当時の名称である。\n")
    assert (first.text, second.text) == ("甲が発足した。", "乙が続いた。")
    assert (note.introduced_by, note.call_at) == (0, len(first.text))


def test_marks_without_a_footnote_stay():
    assert texts("注目の[1]と*1と※1が続く。") == ["注目の[1]と*1と※1が続く。"]
    assert texts("甲¹が発足した。") == ["甲が発足した。"]


def test_numbers_that_begin_anew_on_every_page():
    text = "甲¹が発足した。\n\n¹ 甲の注である。\n\n乙¹が発足した。\n\n¹ 乙の注である。\n"
    assert [s.introduced_by for s in read(text) if s.role is F] == [0, 2]


def test_a_footnote_goes_on_behind_the_page_break():
    text = (
        "これには提案¹がなされている。本稿では二つの案を順に比べてみたい。第一の案は、会合を部長級へ、\n\n"
        "¹ 各種の提案として、山田太郎『同盟の制度を考え\n\nやがて大臣も出る場へ広げるものだ。\n\n第二の案は、会合で得たものを計画に生かす。"
        "その際には、各国の担当者が共同で作業することが望ましく、また\n\nるために』がある。\n\n² 当時の名称である。\n\n継続することが望ましい²。\n"
    )
    sentences = read(text)
    assert find(sentences, "各種の提案").text == "各種の提案として、山田太郎『同盟の制度を考えるために』がある。"
    assert find(sentences, "第一の案").text == "第一の案は、会合を部長級へ、やがて大臣も出る場へ広げるものだ。"
    assert find(sentences, "その際には").text.endswith("また継続することが望ましい。")


def test_wrapped_footnotes_end_where_the_text_goes_on():
    text = (
        "両国の政府は協議の場を新たに設けることで一致し、\n翌年には小委員会¹を設置して、具体的な計画の検討\n"
        "¹ 現在の構成員は、日本側が局長級、米国側が次官\n補級であり、議長は両者が共同で務めている。\nを開始した。検討は二年にわたり、その成果は公表さ\nれた。\n"
    )
    assert texts(text, F) == ["現在の構成員は、日本側が局長級、米国側が次官補級であり、議長は両者が共同で務めている。"]
    assert texts(text, B)[0].endswith("具体的な計画の検討を開始した。")


def test_a_call_at_the_start_of_a_line_is_no_footnote():
    text = "両国の政府は協議の場を新たに設けることで一致した委員会\n¹が発足し、続いて具体的な計画の検討も開始されたのであ\nる。\n\n¹ 当時の名称である。\n"
    assert texts(text, F) == ["当時の名称である。"]
    assert "委員会が発足し" in texts(text, B)[0]


@pytest.mark.parametrize(
    ("note", "role"),
    [
        ("山田太郎『同盟の制度』、12頁", R),
        ("同上、44頁", R),
        ("ibid., p. 67", R),
        ("https://example.org/a", R),
        ("首脳共同声明「未来の同盟」(2024年4月10日)(https://example.org/a)", F),
        ("能力を示すことで抑止するもの(山田『同盟の制度』、5頁)", F),
        ("山田『同盟の制度』による。", F),
    ],
)
def test_references_among_footnotes(note, role):
    assert read(f"甲¹が発足した。\n\n¹ {note}\n")[-1].role is role
