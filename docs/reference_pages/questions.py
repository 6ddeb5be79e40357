"""The questions of the library, from the headers of their files."""

from __future__ import annotations

from collections.abc import Iterator

from queries.catalogue import Column, Parameter, Question, catalogue
from queries.header import MARK

_TYPES = {
    "entity": "any name of it",
    "date": "a year, month or day: `1997`, `1997-09`, `1997-09-23`",
    "document": "a file name or title",
    "property": "a property, such as `establishedOn`",
    "text": "text",
}


def questions() -> str:
    """Markdown: a section for each question, by slug."""
    return "\n".join(line for question in catalogue() for line in _section(question))


def _section(question: Question) -> Iterator[str]:
    yield from (f"## {question.slug}", "", f"**{question.title.en}** · {question.title.ja}", "")
    yield from (question.description.en, "", question.description.ja, "")
    examples = dict.fromkeys((question.example.ja, question.example.en))
    yield from ("```console", *(f"$ {example} --graph my.ttl" for example in examples), "```", "")
    yield from ("| parameter | | takes | 説明 |", "|---|---|---|---|")
    yield from (_parameter(parameter) for parameter in question.parameters)
    yield from ("", "| column | holds | 見出し |", "|---|---|---|")
    yield from (_column(column) for column in question.columns)
    sparql = (line for line in question.sparql.splitlines() if not line.startswith(MARK))
    yield from ("", "<details><summary>SPARQL</summary>", "", "```sparql", *sparql, "```", "", "</details>", "")


def _parameter(parameter: Parameter) -> str:
    need = "needed" if parameter.required else "may be left out"
    kinds = f" ({', '.join(parameter.kinds)})" if parameter.kinds else ""
    takes = f"{parameter.wording.en}: {_TYPES[parameter.type]}{kinds}"
    return f"| `{parameter.name}` | {need} | {takes} | {parameter.wording.ja} |"


def _column(column: Column) -> str:
    return f"| `{column.name}` | {column.wording.en} | {column.wording.ja} |"
