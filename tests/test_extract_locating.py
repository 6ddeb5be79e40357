"""Where the words of a claim stand, as a reader would look them up."""

import pytest
from reading_of import B, F, H, L

from extract.locating import locate
from extract.model import Document, Role, Span
from extract.reading import read_sentences

TEXT = (
    "同盟の歩み\n\n第1章 はじまり\n\n1 協議の場\n\n委員会は1960年に設置された¹。その下に小委員会が\n\n¹ 当初は大使が出席した。\n\n\f"
    "置かれた。\n\n次の機関がある。\n\n・調整グループ\n・運用調整所\n\n第2章 その後\n\n会合は続いた。\n"
)
PLACES = [
    ("委員会は1960年", (3, B, ("はじまり", "協議の場"), 1)),
    ("小委員会が", (3, B, ("はじまり", "協議の場"), 1)),
    ("置かれた。", (3, B, ("はじまり", "協議の場"), 2)),
    ("大使が出席", (4, F, ("はじまり", "協議の場"), 1)),
    ("運用調整所", (7, L, ("はじまり", "協議の場"), 2)),
    ("その後", (8, H, ("その後",), 2)),
    ("会合は続いた", (9, B, ("その後",), 2)),
]


def located(text, words, name="a.txt"):
    at = text.index(words)
    sentences = [s for s in read_sentences(Document(name, text)) if s.role is not Role.BOILERPLATE]
    return locate(text, sentences, [Span(at, at + len(words))])


@pytest.mark.parametrize(("words", "expected"), PLACES)
def test_paragraph_role_section_and_page(words, expected):
    (found,) = located(TEXT, words)
    base = located(TEXT, "同盟の歩み")[0].paragraph  # the title is the first paragraph
    assert base == 1
    assert (found.paragraph - 1, found.role, found.section, found.page) == expected
    assert found.last_page == found.page


def test_words_that_run_over_a_page_have_two():
    (found,) = located("委員会が設置さ\fれた。会合が開かれた。", "設置さ\fれた")
    assert (found.page, found.last_page) == (1, 2)


def test_without_form_feeds_there_are_no_pages():
    (found,) = located(TEXT.replace("\f", ""), "委員会は1960年")
    assert found.page is None
    assert found.last_page is None


def test_a_document_of_one_page_may_be_known_to_have_pages():
    (found,) = locate("委員会が発足した。", read_sentences(Document("a.pdf", "委員会が発足した。")), [Span(0, 3)], paged=True)
    assert (found.page, found.last_page) == (1, 1)


def test_what_stands_in_no_sentence_has_no_place():
    assert located("委員会が発足した。\n\n- 12 -\n\n会合が開かれた。\n", "12") == ()
    assert locate("", (), ()) == ()
