"""The answer to a question of the library as a page: its table beneath the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from ontology.terms import AKG
from queries.answers import Answer, Value
from queries.asking import ask
from queries.catalogue import Column, ColumnType, Question, question
from queries.engine import Embedded
from queries.labels import Label
from queries.serving.errors import RefusedError
from queries.serving.pages.addresses import address
from queries.serving.pages.paging import SIZE
from queries.serving.pages.rendering import View, page
from queries.serving.pages.showing import Shown
from queries.serving.pages.vocabulary import TERMS, term_label
from queries.serving.worker import Out


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """A question with the values of its form, and its answer."""

    slug: str
    values: Mapping[str, str]
    view: View

    def run(self, store: ox.Store, out: Out) -> None:
        asked = question(self.slug)
        answer = ask(Embedded(store), self.slug, self.values, lang=self.view.lang)
        out.write(form_page(asked, self.values, self.view, table=_table(asked, answer, self.view)))


def form_page(
    asked: Question,
    values: Mapping[str, str],
    view: View,
    *,
    table: dict[str, Any] | None = None,
    wrong: RefusedError | None = None,
) -> bytes:
    """The form of a question; beneath it the answer, or what is wrong with what was asked."""
    return page("question.html", view, asked=asked, values=values, table=table, wrong=wrong)


def _table(asked: Question, answer: Answer, view: View) -> dict[str, Any]:
    columns = [column for column in asked.columns if not column.inner]
    inner = [column.name for column in asked.columns if column.inner]
    rows = []
    shown = range(*slice((view.number - 1) * SIZE, view.number * SIZE).indices(len(answer)))
    for row in answer.rows[shown.start : shown.stop]:
        claims = [address(str(iri)) for name in inner for iri in _list(row[name])]
        rows.append(([_cell(column, row, view.lang) for column in columns], claims))
    return {
        "headings": answer.headings,
        "rows": rows,
        "count": len(answer),
        "more": shown.stop < len(answer),
        "claims": bool(inner),
    }


def _cell(column: Column, row: Mapping[str, Value], lang: str) -> Sequence[Shown]:
    values, iris = _list(row[column.name]), _list(row.get(f"{column.name}_iri"))
    together = len(values) == len(iris)
    return [_shown(column, value, str(iris[at]) if together else "", lang) for at, value in enumerate(values)]


def _shown(column: Column, value: Any, iri: str, lang: str) -> Shown:  # noqa: ANN401
    text = value.in_full if isinstance(value, Label) else str(value).lower() if isinstance(value, bool) else str(value)
    if AKG + text in TERMS and (iri or column.type is ColumnType.TERM):
        return Shown(term_label(AKG + text, lang), address(AKG + text))
    return Shown(text, address(iri) if _is_iri(iri) else "")


def _is_iri(text: str) -> bool:
    try:
        return bool(text and ox.NamedNode(text))
    except ValueError:
        return False


def _list(value: Value) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, list) else [value]
