"""What `alliancekg ask` says of a question in plain words: how it was understood, the answer, or what comes nearest."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import ExitStack

import click

from alliancekg.cli_output import Form, console, show
from alliancekg.plain import understand, written
from queries.asking import ask
from queries.engine import Engine
from queries.plain.deciding import Understood

UNSURE = 1
_SAID = {
    "understood": ("理解した質問", "understood as"),
    "unsure": ("質問を特定できない", "not sure what is asked"),
    "offers": ("近い質問", "the nearest questions"),
    "none": ("'alliancekg questions' で質問の一覧を見られる", "'alliancekg questions' lists what can be asked"),
    "parsing": ("文を解析している…", "reading the sentence…"),
}


def answer_plain(
    engine: Engine, question: str, given: Mapping[str, str], options: tuple[str, ...], *, lang: str, form: Form
) -> int:
    """Answer a question, or offer what comes nearest; the exit code. How it was understood goes to stderr, so that stdout is the answer."""
    with ExitStack() as waiting:

        def parsing() -> None:
            if sys.stderr.isatty():
                waiting.enter_context(console(err=True).status(_said("parsing", lang)))

        found = understand(engine, question, given, parsing=parsing)
    if isinstance(found, Understood):
        click.echo(f"{_said('understood', lang)}: {written(found.command, options)}", err=True)
        show(ask(engine, found.command.slug, dict(found.command.parameters), lang=lang), form)
        return 0
    click.echo(f"alliancekg: {_said('unsure', lang)}: {'; '.join(reason.in_(lang) for reason in found.reasons)}", err=True)
    click.echo(f"{_said('offers' if found.offers else 'none', lang)}{':' if found.offers else ''}", err=True)
    for command in found.offers:
        click.echo(written(command, options))
    return UNSURE


def _said(what: str, lang: str) -> str:
    return _SAID[what][lang == "en"]
