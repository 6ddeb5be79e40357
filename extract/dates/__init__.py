"""Dates of Japanese prose: recognised, anchored, and given as EDTF with their bounds.

A sentence's text goes through three stages: `recognition` finds what looks like a time expression and
reads its numbers and words; `discourse` carries what was said before from sentence to sentence;
`anchoring` and `periods` make a date of it. `calendar` and `eras` know dates alone, and no text.
"""

from extract.dates.calendar import (
    DateError,
    approximate,
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
)
from extract.dates.discourse import read_dates
from extract.dates.eras import era_year, read_number, western_year

__all__ = [
    "DateError",
    "approximate",
    "era_year",
    "from_century",
    "from_day",
    "from_days",
    "from_decade",
    "from_fiscal_year",
    "from_month",
    "from_season",
    "from_year",
    "interval",
    "parse_edtf",
    "read_dates",
    "read_number",
    "western_year",
]
