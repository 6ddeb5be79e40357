"""What the user typed: checked, with a way out."""

from __future__ import annotations

import pytest

from queries.asking import text_of
from queries.catalogue import question
from queries.engine import Embedded
from queries.errors import QueryError
from queries.parameters import given

GRAPH = "document a 2024\ndocument b\nForum scc = 協議委員会 | SCC\na: scc establishedOn 1960"


@pytest.mark.parametrize(
    ("slug", "values", "expected"),
    [
        ("agreements-timeline", {"from_": "1990", "until": " 1999 "}, {"from": "1990", "until": "1999"}),
        ("planned", {"as_of": "2024"}, {"as-of": "2024"}),
        ("planned", {}, {}),
    ],
)
def test_given(slug: str, values: dict[str, str], expected: dict[str, str]) -> None:
    assert given(question(slug), values) == expected


@pytest.mark.parametrize(
    ("slug", "values", "complaint"),
    [
        ("profile", {}, "profile needs entity.*Example: alliancekg ask profile entity=SCC"),
        ("members-at", {"forum": "SCC"}, "needs on"),
        ("planned", {"when": "2024"}, "no parameter 'when'. It takes as-of"),
        ("planned", {"as-of": " "}, "'as-of' is empty"),
        ("planned", {"as-of": "2024", "as_of": "2025"}, "given twice"),
        ("planned", {"as-of": "last year"}, "as-of: 'last year' is no date. Write 1997"),
        ("evidence-for", {"entity": "SCC", "property": "establishOn"}, "no property 'establishOn'. Did you mean establishedOn"),
        ("facts-from", {"document": "c.txt"}, "no document is called 'c.txt'. Did you mean (a.txt or b.txt|b.txt or a.txt)"),
        ("profile", {"entity": "SCD"}, "entity: nothing is called 'SCD'. Did you mean SCC"),
        ("parties-of", {"agreement": "SCC"}, "agreement: nothing is called 'SCC'"),
        ("profile", {"entity": "\ud83d"}, "no text"),
    ],
)
def test_refused(tell, slug: str, values: dict[str, str], complaint: str) -> None:
    with pytest.raises(QueryError, match=complaint):
        text_of(Embedded(tell(GRAPH)), slug, values)
