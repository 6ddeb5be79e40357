"""Whatever stands wherever on a page: no character is lost or doubled on its way into the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.formats.pdf_layout import in_order, without_furniture
from extract.formats.pdf_lines import find_lines
from extract.formats.pdf_text import write_page
from extract.formats.pdf_vertical import Glyph, Placed, lay_down

coordinates = st.one_of(st.integers(0, 60).map(lambda n: n * 10.0), st.floats(-50, 700, allow_nan=False))
sizes = st.one_of(st.just(10.0), st.sampled_from([5.0, 7.0, 9.0, 14.0]), st.floats(0.6, 60))
kanji = st.characters(min_codepoint=0x4E00, max_codepoint=0x4E20)
glyphs = st.lists(
    st.builds(
        lambda text, left, base, size: Glyph(text, left, left + size, base, size), kanji, coordinates, coordinates, sizes
    ),
    max_size=60,
)
# Running text in columns: what most pages are.
columns = st.builds(
    lambda count, rows, width, size, gutter: [
        Glyph(chr(0x4E00 + (row + at) % 30), left, left + size, 100 + row * 1.6 * size, size)
        for column in range(count)
        for row in range(rows)
        for at in range(width - row % 3)
        for left in [40 + column * (width + gutter) * size + at * size]
    ],
    st.integers(1, 3), st.integers(1, 20), st.integers(10, 15), st.sampled_from([7.0, 9.0, 10.5]), st.sampled_from([1.2, 2.0, 4.0]),
)  # fmt: skip


def kept(found):
    return sorted(character for character in write_page(in_order(find_lines(found))) if not character.isspace())


@given(st.one_of(glyphs, st.builds(list.__add__, columns, glyphs)))
def test_no_character_is_lost(found):
    assert kept(found) == sorted(glyph.text for glyph in found)


@given(columns)
def test_columns_are_read_one_after_the_other(found):
    text = "".join(write_page(in_order(find_lines(found))).split())
    assert text == "".join(glyph.text for glyph in found) or len({glyph.base for glyph in found}) < 6


@given(st.lists(st.lists(st.tuples(st.sampled_from(["あ。", "柱", "1", "- 2 -"]), coordinates), max_size=5), max_size=6))
def test_furniture_is_taken_from_pages_of_any_kind(pages):
    lines = [
        find_lines([Glyph(c, 50 + 10 * n, 60 + 10 * n, base, 10) for text, base in page for n, c in enumerate(text)])
        for page in pages
    ]
    assert [len(left) <= len(page) for left, page in zip(without_furniture(lines), lines, strict=True)] == [True] * len(pages)


@given(st.lists(st.builds(Placed, kanji, coordinates, coordinates, st.floats(0, 20), sizes, st.integers(0, 3)), max_size=40))
def test_no_upright_character_of_a_vertical_page_is_lost(found):
    laid, beside = lay_down(found)
    assert sorted("".join(glyph.text for glyph in [*laid, *beside])) == sorted(p.text for p in found if p.turn in (0, 3))
