"""`alliancekg questions` and `alliancekg ask`: the library, and one answer of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from alliancekg.cli_options import ENDPOINT, GRAPH, LANG, MAX_ANSWER, STORE, TIMEOUT, engine
from alliancekg.cli_output import FORMAT, Form, show
from alliancekg.plain_text import is_plain, readable
from queries.answers import Answer
from queries.asking import ask as answer_to
from queries.catalogue import AS_OF, catalogue, question
from queries.errors import QueryError


@click.command()
@click.argument("slug", required=False)
@click.option("--sparql", is_flag=True, help="Print the SPARQL of the question, to copy.")
@LANG
@FORMAT
def questions(slug: str | None, sparql: bool, lang: str, form: str) -> None:
    """List the questions of the library with their parameters, or describe the one of that SLUG."""
    if sparql:
        if slug is None:
            raise click.UsageError("Say of which question: alliancekg questions SLUG --sparql.")
        click.echo(question(slug).sparql, nl=False)
        return
    listed = catalogue() if slug is None else (question(slug),)
    rows = tuple(
        (q.slug, _parameters(q.slug), q.title.in_(lang), *((q.description.in_(lang), q.example.in_(lang)) if slug else ()))
        for q in listed
    )
    columns = ("question", "parameters", "title", *(("description", "example") if slug else ()))
    if Form(form) is Form.TTL:
        raise click.UsageError("The list of questions is no graph: take table, json or csv.")
    show(Answer(columns, rows), Form(form))
    if Form(form) is Form.TABLE and slug is None:
        note = f"Every question also takes {AS_OF.name}=DATE: {AS_OF.wording.en}."
        click.echo(f"すべての質問で {AS_OF.name}=DATE も使える: {AS_OF.wording.ja}。" if lang == "ja" else note)


def _parameters(slug: str) -> str:
    """As they are typed: those in brackets may be left out."""
    written = (f"{p.name}={p.type.value.upper()}" for p in question(slug).parameters if p is not AS_OF and p.required)
    optional = (f"[{p.name}={p.type.value.upper()}]" for p in question(slug).parameters if p is not AS_OF and not p.required)
    return " ".join((*written, *optional))


@click.command()
@click.argument("asked", metavar="QUESTION")
@click.argument("values", metavar="[PARAM=VALUE]...", nargs=-1)
@GRAPH
@STORE
@ENDPOINT
@TIMEOUT
@MAX_ANSWER
@LANG
@FORMAT
def ask(
    asked: str,
    values: Sequence[str],
    *,
    graph: Path | None,
    store: Path | None,
    endpoint: str | None,
    timeout: int,
    max_answer: int,
    lang: str,
    form: str,
) -> int:
    """Answer a QUESTION, by its slug or in plain Japanese or English.

    Every answer names the words and the document that it rests on. A question in plain words is answered only where it is
    clear which question of the library it asks; else the nearest are offered, and the exit code is 1.
    """
    parameters = _pairs(values)
    if not is_plain(asked):
        question(asked)  # an unknown one is said before a graph is read
        show(answer_to(engine(graph, store, endpoint, timeout, max_answer), asked, parameters, lang=lang), Form(form))
        return 0
    from alliancekg.cli_plain import answer_plain  # noqa: PLC0415 - a slug needs nothing of it

    readable(asked)
    options = _options(graph=graph, store=store, endpoint=endpoint, lang=lang)
    return answer_plain(
        engine(graph, store, endpoint, timeout, max_answer), asked, parameters, options, lang=lang, form=Form(form)
    )


def _options(*, graph: Path | None, store: Path | None, endpoint: str | None, lang: str) -> tuple[str, ...]:
    """The options that a command to copy needs to mean the same."""
    given = (("--graph", graph), ("--store", store), ("--endpoint", endpoint), ("--lang", lang if lang != "ja" else None))
    return tuple(word for option, value in given if value is not None for word in (option, str(value)))


def _pairs(values: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in values:
        name, equals, given = value.partition("=")
        if not equals:
            raise QueryError(f"{value!r} is no parameter", todo="Write NAME=VALUE, as in entity=SCC.")
        if name in found:
            raise QueryError(f"the parameter {name!r} is given twice")
        found[name] = given
    return found
