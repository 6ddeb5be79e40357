"""Tables in HTML, as notebooks and pages show them."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from graph.names import fit_for_xml


def escaped(text: str) -> str:
    """Text as HTML shows it, also within quotation marks.

    >>> escaped('<b> "&"')
    '&lt;b&gt; &quot;&amp;&quot;'
    """
    return html.escape(fit_for_xml(text))


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, every cell as text."""
    head = "".join(f"<th>{escaped(heading)}</th>" for heading in headings)
    body = "\n".join("<tr>" + "".join(f"<td>{escaped(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
