"""Dates in English questions: what is read, and what is none."""

from __future__ import annotations

import pytest

from extract.dates.english import read_english_dates
from extract.model import Bound


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in 1985", [("1985", Bound.AT)]),
        ("In September 1997, and on 23 September 1997", [("1997-09", Bound.AT), ("1997-09-23", Bound.AT)]),
        ("September 23rd, 1997", [("1997-09-23", Bound.AT)]),
        ("the 23rd of September 1997", [("1997-09-23", Bound.AT)]),
        ("Sept. 1997 or 1997-09-23", [("1997-09", Bound.AT), ("1997-09-23", Bound.AT)]),
        ("in the 1990s", [("1990/1999", Bound.AT)]),
        ("the late 1990s", [("1995/1999", Bound.AT)]),
        ("since 2000", [("2000", Bound.FROM)]),
        ("2000 onwards", [("2000", Bound.FROM)]),
        ("before 1970", [("1969", Bound.UNTIL)]),
        ("until 1970", [("1970", Bound.UNTIL)]),
        ("before March 1970", [("1970-02", Bound.UNTIL)]),
        ("after 31 December 1999", [("2000-01-01", Bound.FROM)]),
        ("after the 1990s", [("2000", Bound.FROM)]),
        ("before the 1990s", [("1989", Bound.UNTIL)]),
        ("date from 1960", [("1960", Bound.AT)]),
        ("treaties from the 1960s", [("1960/1969", Bound.AT)]),
        ("from the 2015 meeting", [("2015", Bound.AT)]),
        ("from 2015", [("2015", Bound.FROM)]),
        ("between 1990 and 1995", [("1990/1995", Bound.AT)]),
        ("from 1990 to 1995", [("1990/1995", Bound.AT)]),
        ("what was signed in 1990 on defence", [("1990", Bound.AT)]),
        ("1990-1995", [("1990/1995", Bound.AT)]),
        ("in 1990 and 1995", [("1990", Bound.AT), ("1995", Bound.AT)]),
    ],
)
def test_a_date_is_read(text, found):
    assert [(str(t.date), t.bound) for t in read_english_dates(text)] == found
    assert all(text[t.start : t.end] == t.text for t in read_english_dates(text))


@pytest.mark.parametrize("text", ["last year", "two years ago", "recently", "tomorrow", "between 1995 and 1990"])
def test_what_cannot_be_dated_has_a_reason(text):
    (timex,) = read_english_dates(text)
    assert timex.date is None
    assert timex.reason


@pytest.mark.parametrize(
    "text", ["SM-3", "F-1990", "resolution 19971", "1997x", "may", "the second", "knowledge", "1 2 3", "31 September"]
)
def test_what_is_no_date_is_left_alone(text):
    assert read_english_dates(text) == ()


@pytest.mark.parametrize("text", ["31 September 1997", "1997-13"])
def test_a_day_that_no_calendar_has_leaves_the_rest(text):
    assert [str(t.date) for t in read_english_dates(text)] in ([], ["1997"], ["1997-09"])
