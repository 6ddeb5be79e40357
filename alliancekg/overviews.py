"""What a graph is about, at a glance: the tables that a notebook shows for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from graph.markup import table
from graph.networks.statements import Statement
from graph.networks.viewing import View
from graph.networks.wording import called

_SHOWN = 20  # documents


def overview(view: View) -> str:
    """HTML with the things by class, the claims by standing, and the documents, each with the first words that make a claim."""
    kinds = Counter(view.kinds.values())
    standings = Counter(one.factuality for one in view.statements)
    things = [(_both(kind), f"{number:,}") for kind, number in sorted(kinds.items(), key=lambda item: (-item[1], item[0]))]
    claims = [(_both(standing), f"{number:,}") for standing, number in sorted(standings.items(), key=lambda item: -item[1])]
    documents = _documents(view.statements)
    rest = f"<p>… {len(documents) - _SHOWN:,}</p>" if len(documents) > _SHOWN else ""
    return (
        '<div style="display:flex;gap:2em;align-items:flex-start">'
        + table(("もの / things", f"{len(view.kinds):,}"), things)
        + table(("主張 / claims", f"{len(view.statements):,}"), claims)
        + "</div>"
        + table(("文書 / document", "公表 / published", "主張 / claims", "例 / for example"), documents[:_SHOWN])
        + rest
    )


def _documents(statements: Sequence[Statement]) -> list[tuple[str, str, str, str]]:
    """The documents by title: when published, how many claims, and the first quote."""
    claims: Counter[str] = Counter()
    first: dict[str, tuple[str, str, int, str]] = {}
    for one in statements:
        for source in {piece.source for piece in one.evidence}:
            claims[source.iri] += 1
        for piece in one.evidence:
            begins = (piece.source.title, piece.source.issued, piece.start, piece.quote)
            first[piece.source.iri] = min(begins, first.get(piece.source.iri, begins))
    ordered = sorted(first.items(), key=lambda item: (item[1][0], item[0]))
    return [(title, issued, f"{claims[iri]:,}", quote) for iri, (title, issued, _, quote) in ordered]


def _both(term: str) -> str:
    return f"{called(term, 'ja')} / {called(term, 'en')}"
