"""Dates as parameters."""

from __future__ import annotations

import pytest

from queries.dates import days
from queries.errors import QueryError


@pytest.mark.parametrize(
    ("text", "first", "last", "following"),
    [
        ("1997", "1997-01-01", "1997-12-31", "1998-01-01"), ("2024-02", "2024-02-01", "2024-02-29", "2024-03-01"),
        ("2023-12", "2023-12-01", "2023-12-31", "2024-01-01"), ("2024-12-31", "2024-12-31", "2024-12-31", "2025-01-01"),
        (" 1997-09 ", "1997-09-01", "1997-09-30", "1997-10-01"), ("2024-04/2025-03", "2024-04-01", "2025-03-31", "2025-04-01"),
        ("9998", "9998-01-01", "9998-12-31", "9999-01-01"),
    ],
)  # fmt: skip
def test_days(text: str, first: str, last: str, following: str) -> None:
    found = days(text)
    assert (found.first.isoformat(), found.last.isoformat(), found.next) == (first, last, following)


@pytest.mark.parametrize(
    "text", ["", "97", "1997-13", "2023-02-29", "1997-9", "199x", "1997/", "/1997", "1997/1996", "令和6年", "2024-01-01T00:00", "0000", "9999", "１９９７-01-32"]
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(QueryError, match="is no date"):
        days(text, "from")
