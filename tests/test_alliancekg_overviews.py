"""What a notebook shows for a graph and for a report."""

from __future__ import annotations

import alliancekg as akg
from graph.findings import Finding, Report


def test_a_graph_shows_what_is_in_it(tell) -> None:
    kg = akg.KnowledgeGraph(
        tell("""
        document late 2024-05
        document early 1990
        Forum a = 甲<b>
        Forum b = 乙
        late: a partOf b
        late: a hasMember b Planned
        early: b establishedOn 1980
        early: b endedOn 1985 verdict=Rejected
        """)
    )
    shown = kg._repr_html_()
    assert "<th>もの / things</th><th>2</th>" in shown
    assert "<td>協議体 / forum</td><td>2</td>" in shown
    assert "<th>主張 / claims</th><th>3</th>" in shown
    assert "<td>予定 / planned</td><td>1</td>" in shown
    rows = (
        "<td>「early」</td><td>1990</td><td>1</td><td>b establishedOn 1980</td>",
        "<td>「late」</td><td>2024-05</td><td>2</td>",
    )
    assert shown.index(rows[0]) < shown.index(rows[1])


def test_markup_in_a_document_is_text(tell) -> None:
    shown = akg.KnowledgeGraph(
        tell("document <b>\nForum a = 甲\nForum b = 乙\n<b>: a partOf b".replace("<b>", "x&y"))
    )._repr_html_()
    assert "「x&amp;y」" in shown


def test_an_empty_graph_shows_nothing_but_headings(tell) -> None:
    assert "<td>" not in akg.KnowledgeGraph(tell("document d"))._repr_html_()


def test_a_report_shows_its_findings() -> None:
    finding = Finding("Violation", "akgid:a", "akg:replaces", "<i>", "akgsh:x", "誤り", "wrong")
    shown = Report(False, (finding,))._repr_html_()
    assert "does not conform" in shown
    assert "<td>&lt;i&gt;</td><td>誤り</td><td>wrong</td>" in shown
    assert "<table>" not in Report(True)._repr_html_()
