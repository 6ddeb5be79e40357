"""What holds of every reading, whatever the text."""

import unicodedata
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.model import Document, Role
from extract.reading import read_sentences
from extract.reading.ends import match_brackets, sentence_ranges
from extract.reading.prose import Piece, is_ascending, read_prose

PIECES = st.sampled_from(
    [
        "日米両政府は協議の場を設けた", "。", "、", "\n", "\n\n", "\r\n", "\f", "\u3000", " ", "¹", "²²", "¹ ", "(注1)", "注1 ", "[1]", "*1 ", "※1", "[^1]", "[^1]: ",
        "「", "」", "『", "』", "(", ")", "（", "）", "・", "- ", "① ", "ア ", "1 ", "(1) ", "# ", "| 甲 | 乙 |", "---", "12", "- 3 -", "①", "㈱", "ｶﾞ", "か\u3099",
        "\u00ad", "\u200b", "…", "ﷺ", "U.S. ", "The council met. ", "opera-", "tional", "参考文献", "[著者プロフィール]", "返信削除", "コメント", "一覧に戻る", "同上、4頁",
        "2024年8月9日掲載", "https://example.org/a", "！？", "．", "５００", "Ａ", "\u0301", "e", "```", "**", "[a](b)", "title: x", "ア 監視 イ 除去",
        "†", "※", "目次", "注", "\t", "  ", "│ 甲 │ 乙 │", "┌──┐", "記者：", "Q. ", "○甲君　", "市（いち）", "【東京＝甲】", "――――", "^ ", "3) ", "(1)", "1. ",
        "=2面", "[編集]", "第1章 ", "同盟 12", "> ", "<b>", "図1 ", "By Taro Yamada", "あ", "公開日：2024年8月9日",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))
NAMES = st.sampled_from(["a.txt", "a.md"])
slow = settings(max_examples=4 * settings().max_examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def is_from(character, source):
    return character in unicodedata.normalize("NFKC", source) or character in source or (character == " " and source.isspace())


@slow
@given(TEXTS, NAMES)
def test_every_character_has_its_place(text, name):
    for sentence in read_sentences(Document(name, text)):
        assert len(sentence.text) == len(sentence.starts) == len(sentence.ends)
        for character, start, end in zip(sentence.text, sentence.starts, sentence.ends, strict=True):
            assert 0 <= start < end <= len(text)
            assert is_from(character, text[start:end])


@slow
@given(TEXTS, NAMES)
def test_places_ascend_and_none_is_used_twice(text, name):
    used = set()
    for sentence in read_sentences(Document(name, text)):
        places = list(zip(sentence.starts, sentence.ends, strict=True))
        assert all(one == other or one[1] <= other[0] for one, other in pairwise(places))
        stretch = {at for start, end in set(places) for at in range(start, end)}
        assert not used & stretch
        used |= stretch


@slow
@given(TEXTS, NAMES)
def test_sentences_are_in_order_and_whole(text, name):
    sentences = read_sentences(Document(name, text))
    for index, sentence in enumerate(sentences):
        assert sentence.index == index
        assert sentence.text == sentence.text.strip()
        assert sentence.text
        assert sentence.introduced_by is None or 0 <= sentence.introduced_by < len(sentences)
        if sentence.call_at is not None:
            assert sentence.role in (Role.FOOTNOTE, Role.BIBLIOGRAPHY)
            assert 0 < sentence.call_at <= len(sentences[sentence.introduced_by].text)
        spans = sentence.source(0, len(sentence.text))
        assert all(one.end < other.start for one, other in pairwise(spans))
    assert all(one.paragraph <= other.paragraph for one, other in pairwise(sentences))


@slow
@given(
    st.lists(
        st.sampled_from(["両国は協議を続けた。", "甲、", "「乙」", "丙が発足した。", "\n", "NATOは", "2024年に"]), max_size=40
    ).map("".join),
    NAMES,
)
def test_no_word_is_lost(text, name):
    read = {
        at
        for sentence in read_sentences(Document(name, text))
        for a, b in zip(sentence.starts, sentence.ends, strict=True)
        for at in range(a, b)
    }
    assert all(at in read or character.isspace() for at, character in enumerate(text))


@slow
@given(TEXTS)
def test_reading_is_the_same_twice(text):
    document = Document("a.txt", text)
    assert read_sentences(document) == read_sentences(document)


@slow
@given(TEXTS)
def test_ranges_cover_the_text(text):
    ranges = sentence_ranges(text, limit=50)
    assert [at for start, end in ranges for at in range(start, end)] == list(range(len(text)))
    assert all(end - start <= 50 for start, end in ranges)


@slow
@given(TEXTS)
def test_brackets_are_matched_inside_out(text):
    pairs = sorted(match_brackets(text).items())
    assert all(opens < closes for opens, closes in pairs)
    assert all(
        inner > outer_closes or inner_closes < outer_closes for (_, outer_closes), (inner, inner_closes) in pairwise(pairs)
    )


@slow
@given(TEXTS)
def test_prose_of_one_piece_ascends(text):
    prose = read_prose(text, (Piece(0, len(text)),)) if text else None
    assert prose is None or is_ascending(prose)
