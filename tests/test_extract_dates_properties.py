"""Dates hold together: format and parse, bounds, eras, and spans on any text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.dates import (
    DateError,
    approximate,
    era_year,
    from_century,
    from_day,
    from_days,
    from_decade,
    from_fiscal_year,
    from_month,
    from_season,
    from_year,
    interval,
    parse_edtf,
    read_dates,
    read_number,
    western_year,
)
from extract.dates.recognition import recognise
from extract.model import Date, Precision, Role, Sentence
from ontology.errors import AllianceKGError

YEARS = st.integers(1000, 9000)
DAYS = st.dates(date(1868, 1, 25), date(2100, 12, 31))
POINTS = st.one_of(
    st.builds(from_year, YEARS),
    st.builds(from_month, YEARS, st.integers(1, 12)),
    st.dates(date(1000, 1, 1), date(9000, 1, 1)).map(lambda d: from_day(d.year, d.month, d.day)),
    st.builds(from_season, YEARS, st.integers(21, 24)),
    st.builds(from_decade, YEARS),
    st.builds(from_century, st.integers(10, 90)),
)
DATES = st.one_of(
    POINTS,
    POINTS.map(approximate),
    st.builds(from_fiscal_year, YEARS, opens=st.sampled_from([4, 10])),
    st.builds(interval, POINTS, st.none()),
    st.builds(interval, st.none(), POINTS),
    st.tuples(POINTS, POINTS).map(lambda two: interval(*sorted(two, key=lambda d: (d.earliest, d.latest)))),
)
PIECES = [
    "年",
    "月",
    "日",
    "年度",
    "(",
    ")",
    "「",
    "」",
    "同",
    "翌",
    "前",
    "同年",
    "翌年",
    "昨年",
    "先月",
    "きょう",
    "昭和",
    "令和",
    "R",
    "'",
    "~",
    "から",
    "まで",
]
PIECES += [
    "、",
    "と",
    "の",
    "末",
    "前半",
    "頃",
    "以降",
    "年代",
    "世紀",
    "四半期",
    "か月",
    "後",
    "その",
    "約",
    " ",
    "/",
    "-",
    ".",
    "元",
    "〇",
    "一",
    "十",
    "千",
    "２",
    "0",
]
PIECES += [str(n) for n in (1, 2, 7, 9, 12, 28, 31, 53, 78, 97, 1978, 2024, 2030)]
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))


def line(text: str) -> Sentence:
    return Sentence(0, text, tuple(range(len(text))), tuple(range(1, len(text) + 1)), Role.BODY, 0)


@given(DATES)
def test_what_is_formatted_is_parsed_back(made: Date) -> None:
    assert parse_edtf(made.edtf) == made
    assert parse_edtf(str(made)).precision is made.precision


@given(DATES)
def test_bounds_are_in_order(made: Date) -> None:
    assert made.earliest is None or made.latest is None or made.earliest <= made.latest


@given(DAYS)
def test_bounds_contain_every_day_of_the_date(day: date) -> None:
    exact = from_day(day.year, day.month, day.day)
    fiscal = from_fiscal_year(day.year - (day.month < 4))
    wholes = [
        from_month(day.year, day.month),
        from_year(day.year),
        from_decade(day.year),
        from_century(day.year // 100 + 1),
        fiscal,
    ]
    for whole in wholes:
        assert whole.earliest is not None
        assert whole.latest is not None
        assert exact.earliest == exact.latest == day
        assert whole.earliest <= day <= whole.latest


@given(DAYS, st.integers(0, 4000))
def test_a_stretch_of_days_has_its_ends_as_bounds(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    made = from_days(first, last)
    assert (made.earliest, made.latest) == (first, last)


@given(DAYS)
def test_era_and_western_year_are_inverse(day: date) -> None:
    name, number = era_year(day)
    assert western_year(name, number) == day.year
    text = f"{name}{'元' if number == 1 else number}年{day.month}月{day.day}日"
    ((timex,),) = read_dates([line(text)], published=None)
    assert timex.date == from_day(day.year, day.month, day.day)


@given(st.dates(date(1500, 1, 1), date(2199, 12, 31)))
def test_a_written_day_is_read_back_in_every_notation(day: date) -> None:
    kanji = str(day.year).translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    wide = f"{day.year}年{day.month}月{day.day}日".translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    written = [f"{day.year}年{day.month}月{day.day}日", f"{day.year}/{day.month}/{day.day}", day.isoformat(), wide]
    for text in [*written, f"{kanji}年{day.month}月{day.day}日"]:
        ((timex,),) = read_dates([line(text)], published=None)
        assert (timex.text, timex.date) == (text, from_day(day.year, day.month, day.day))


@given(st.integers(11, 9999))
def test_kanji_numerals_are_inverse(number: int) -> None:
    digits = "〇一二三四五六七八九"
    thousands, hundreds, tens, ones = (number // 1000, number // 100 % 10, number // 10 % 10, number % 10)
    powers = [("" if n == 1 else digits[n]) + power for n, power in ((thousands, "千"), (hundreds, "百"), (tens, "十")) if n]
    assert read_number(str(number).translate(str.maketrans("0123456789", digits))) == number
    assert read_number("".join(powers) + (digits[ones] if ones else "")) == number


@settings(max_examples=4 * settings().max_examples)
@given(TEXTS, st.sampled_from([None, "2024", "2024-08", "2024-08-09", "2023/2024", "199X"]))
def test_any_text_is_read_without_error_overlap_or_a_wrong_quote(text: str, published: str | None) -> None:
    (found,) = read_dates([line(text)], published=parse_edtf(published) if published else None)
    at = 0
    for timex in found:
        assert at <= timex.start < timex.end <= len(text)
        assert text[timex.start : timex.end] == timex.text
        assert (timex.date is None) == (timex.reason is not None)
        assert timex.date is None or parse_edtf(timex.date.edtf) == timex.date
        at = timex.end


@given(TEXTS)
def test_what_is_recognised_does_not_depend_on_the_document(text: str) -> None:
    (with_date,) = read_dates([line(text)], published=parse_edtf("2024-08-09"))
    assert [(r.start, r.end) for r in recognise(text)] == [(t.start, t.end) for t in with_date]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-13",
        "2024-02-30",
        "2024年",
        "24",
        "..",
        "../..",
        "/",
        "2025/2024",
        "2024/2025/2026",
        "19X4",
        "197X-01",
        "2024-7-1",
        "0000",
        "２０２４",
        "2024-25",
        "2024-XX-01",
    ],
)
def test_what_is_no_edtf_is_refused(text: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_edtf(text)
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, AllianceKGError)


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "precision"),
    [
        ("1978", date(1978, 1, 1), date(1978, 12, 31), Precision.YEAR),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), Precision.MONTH),
        ("2024-07-28", date(2024, 7, 28), date(2024, 7, 28), Precision.DAY),
        ("2024-22", date(2024, 6, 1), date(2024, 8, 31), Precision.OTHER),
        ("2024-24", date(2024, 1, 1), date(2025, 2, 28), Precision.OTHER),
        ("197X", date(1970, 1, 1), date(1979, 12, 31), Precision.OTHER),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31), Precision.OTHER),
        ("2024-XX", date(2024, 1, 1), date(2024, 12, 31), Precision.OTHER),
        ("2024-02-XX", date(2024, 2, 1), date(2024, 2, 29), Precision.OTHER),
        ("2024-XX-XX", date(2024, 1, 1), date(2024, 12, 31), Precision.OTHER),
        ("2000~", date(2000, 1, 1), date(2000, 12, 31), Precision.OTHER),
        ("2000?", date(2000, 1, 1), date(2000, 12, 31), Precision.OTHER),
        ("2024-04/2025-03", date(2024, 4, 1), date(2025, 3, 31), Precision.OTHER),
        ("1990/..", date(1990, 1, 1), None, Precision.OTHER),
        ("../1990", None, date(1990, 12, 31), Precision.OTHER),
        ("1990/", date(1990, 1, 1), None, Precision.OTHER),
    ],
)
def test_edtf_bounds(edtf: str, earliest: date | None, latest: date | None, precision: Precision) -> None:
    made = parse_edtf(edtf)
    assert (made.earliest, made.latest, made.precision, made.edtf) == (earliest, latest, precision, edtf)


@pytest.mark.parametrize(
    "call",
    [
        lambda: from_year(0),
        lambda: from_month(2024, 13),
        lambda: from_day(2024, 2, 30),
        lambda: from_season(2024, 25),
        lambda: from_decade(-10),
        lambda: from_century(101),
        lambda: interval(None, None),
        lambda: interval(from_year(1995), from_year(1990)),
        lambda: read_number("十年"),
        lambda: western_year("慶応", 4),
        lambda: western_year("令和", 0),
        lambda: era_year(date(1800, 1, 1)),
    ],
)
def test_numbers_that_make_no_date_are_refused(call: object) -> None:
    with pytest.raises(DateError):
        call()  # type: ignore[operator]
