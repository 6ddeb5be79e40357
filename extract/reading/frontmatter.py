"""Front matter of Markdown: the lines between two `---` or `+++` at the very top that say what the document is."""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST = 20_000  # characters
_fence = re.compile(r"(?P<fence>---|\+\+\+)[ \t]*(?:\r\n|\r|\n)")
_entry = re.compile(r"(?P<key>[A-Za-z_][\w-]{0,40})[ \t]*(?P<sign>[:=])[ \t]*(?P<value>.*)")


class FrontMatter(NamedTuple):
    """Its entries by lower-case key, and where the text behind it begins."""

    entries: dict[str, str]
    end: int


def find_front_matter(text: str) -> FrontMatter | None:
    r"""The front matter of a text, or None. Only `key: value` (YAML) and `key = "value"` (TOML) are read, no structures.

    >>> find_front_matter('---\ntitle: 日米の歴史\n---\n本文').entries
    {'title': '日米の歴史'}
    """
    opening = _fence.match(text)
    if opening is None:
        return None
    closing = re.compile(rf"^{re.escape(opening['fence'])}[ \t]*$", re.MULTILINE).search(
        text[: opening.end() + LONGEST].replace("\r", "\n"), opening.end()
    )
    if closing is None:
        return None
    sign = ":" if opening["fence"] == "---" else "="
    entries = {}
    for line in text[opening.end() : closing.start()].splitlines():
        found = _entry.fullmatch(line.strip())
        if found and found["sign"] == sign:
            entries[found["key"].lower()] = _unquoted(found["value"].strip())
    return FrontMatter(entries, closing.end())


def _unquoted(value: str) -> str:
    quoted = len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
