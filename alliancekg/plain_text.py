"""The text of a question before anything is understood: whether it is a slug, and whether it can be read at all."""

from __future__ import annotations

import re
import unicodedata

from queries.errors import QueryError

LONGEST = 300  # characters of a question
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", re.IGNORECASE)


def is_plain(question: str) -> bool:
    """Whether a first argument is no slug, nor anything that was meant as one.

    >>> is_plain("members-at"), is_plain("menbers_at"), is_plain("SCCのメンバー"), is_plain("SCC members")
    (False, False, True, True)
    """
    return _SLUG.fullmatch(question) is None


def readable(question: str) -> str:
    """The question as it is read. Raises QueryError where there is none."""
    if any("\ud800" <= c <= "\udfff" for c in question):
        raise QueryError("the question is no text", todo="Write it in UTF-8.")
    if len(question) > LONGEST:
        raise QueryError(
            f"the question has {len(question)} characters, and the longest may have {LONGEST}", todo="Ask for one thing."
        )
    text = _normalised(question)
    if not any(c.isalnum() for c in text):
        raise QueryError("the question is empty", todo="Ask in words, or by a slug: 'alliancekg questions' lists them.")
    return text


def _normalised(text: str) -> str:
    """NFKC without invisible characters; white space and control characters are single spaces."""
    spaced = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in unicodedata.normalize("NFKC", text))
    return " ".join("".join(c for c in spaced if unicodedata.category(c) != "Cf").split())
