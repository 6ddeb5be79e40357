"""The parts of the documentation that are made when it is built: the vocabulary and the questions.

A page says where they go by a line `<!-- made: NAME -->`. They are made anew each time and never committed, so that they cannot
be out of date.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from reference_pages.questions import questions
from reference_pages.vocabulary import vocabulary

if TYPE_CHECKING:
    from sphinx.application import Sphinx

MADE: dict[str, Callable[[], str]] = {"vocabulary": vocabulary, "questions": questions}
_PLACE = re.compile(r"^<!-- made: (\w+) -->$", re.MULTILINE)


def completed(page: str) -> str:
    """The Markdown of a page with what is made in its place."""
    return _PLACE.sub(lambda place: MADE[place[1]](), page)


def setup(app: Sphinx) -> dict[str, bool]:
    """Make Sphinx complete each page as it reads it, and read those that are completed whenever it builds."""
    app.connect("source-read", _complete)
    app.connect("env-get-outdated", lambda *_: [f"reference/{name}" for name in MADE])
    return {"parallel_read_safe": True}


def _complete(_app: Sphinx, _page: str, content: list[str]) -> None:
    content[0] = completed(content[0])
