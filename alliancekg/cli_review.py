"""`alliancekg review`: accept, reject and correct claims, on the terminal or by a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from alliancekg.cli_options import IN_STORE, LANG, REVIEWER
from alliancekg.cli_output import show_lines, show_quote, show_table
from alliancekg.reviewing import ReviewRoom, reviewing
from graph.errors import GraphError
from graph.reviewing.items import Choice, Context, Order
from graph.reviewing.spreadsheet import from_csv, to_csv
from graph.reviewing.walk import Walk
from graph.vocabulary import called
from ontology.terms import Factuality, Property

FINDINGS = 1
_HEADINGS = {"ja": ("文書", "主語", "述語", "原文", "判定", "査読者", "適用されない理由"), "en": ("document", "subject", "property", "quote", "verdict", "reviewer", "why it does not apply")}  # fmt: skip


class Terminal:
    """The screen of a walk."""

    def show(self, text: str) -> None:
        show_lines([(0, text)])

    def show_quote(self, context: Context) -> None:
        show_quote(context.before, context.quote, context.after)

    def ask(self, prompt: str) -> str:
        return input(prompt)


@click.command()
@IN_STORE
@REVIEWER
@click.option("--document", "documents", multiple=True, help="Only the claims of this document; may be given again.")
@click.option(
    "--property",
    "properties",
    multiple=True,
    type=click.Choice([p.value for p in Property]),
    metavar="PROPERTY",
    help="Only claims of this property (establishedOn …); may be given again.",
)
@click.option(
    "--factuality",
    "factualities",
    multiple=True,
    type=click.Choice([f.value for f in Factuality]),
    help="Only claims of this standing; may be given again.",
)
@click.option("--least", type=click.FloatRange(0, 1), default=0.0, help="Only claims that are at least so sure.")
@click.option("--most", type=click.FloatRange(0, 1), default=1.0, help="Only claims that are at most so sure.")
@click.option(
    "--order",
    type=click.Choice([o.value for o in Order]),
    default=Order.TEXT.value,
    show_default=True,
    help="As in the text, or the least sure first.",
)
@click.option("--decided", is_flag=True, help="Also claims about which something was decided already.")
@click.option(
    "--export",
    "to",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the claims to a CSV file, to be filled in, in place of walking through them.",
)
@click.option(
    "--import",
    "source",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Take decisions from such a file, all of them or none.",
)
@click.option("--lapsed", is_flag=True, help="List the decisions that do not apply any more; exit code 1 where there are any.")
@LANG
def review(
    store: Path, reviewer: str, documents: Sequence[str], properties: Sequence[str], factualities: Sequence[str],
    *, least: float, most: float, order: str, decided: bool, to: Path | None, source: Path | None, lapsed: bool, lang: str,
) -> int:  # fmt: skip
    """Go through the claims of a store and accept, reject or correct each; a decision is on disk as soon as it is made.

    Decisions hold when documents are read anew. A rejected claim makes no fact, and questions leave it out.
    """
    if sum((to is not None, source is not None, lapsed)) > 1:
        raise click.UsageError("--export, --import and --lapsed are done one at a time.")
    choice = Choice(
        frozenset(documents),
        frozenset(map(Property, properties)),
        frozenset(map(Factuality, factualities)),
        least,
        most,
        decided,
    )
    with reviewing(store, reviewer) as room:
        if lapsed:
            return _list(room, lang)
        if source is not None:
            _take(room, source)
        elif to is not None:
            _write(to, to_csv(room.items(choice, Order(order)), lang))
        else:
            Walk(room.items(choice, Order(order)), Terminal(), record=room.record, withdraw=room.withdraw, lang=lang).run()
    return 0


def _take(room: ReviewRoom, source: Path) -> None:
    try:
        data = source.read_bytes()
    except OSError as error:
        raise GraphError(f"the file cannot be read: {error.strerror}", where=str(source)) from error
    decisions = room.take(from_csv(data, room.items(Choice(decided=True)), str(source)))
    click.echo(f"{len(decisions)} decisions", err=True)


def _write(path: Path, data: bytes) -> None:
    """A file that is there may hold what a reviewer filled in: it stays."""
    try:
        with path.open("xb") as out:
            out.write(data)
    except FileExistsError:
        raise GraphError("this file is there already", where=str(path), todo="Import it first, or give another name.") from None
    except OSError as error:
        raise GraphError(f"the file cannot be written: {error.strerror}", where=str(path)) from error


def _list(room: ReviewRoom, lang: str) -> int:
    rows = [
        (
            decision.binding.document, decision.binding.subject.label, called(decision.binding.predicate, lang),
            " … ".join(decision.binding.quotes), called(decision.verdict, lang), decision.who, reason.in_(lang),
        )
        for decision, reason in room.lapsed()
    ]  # fmt: skip
    if rows:
        show_table(_HEADINGS[lang], rows)
    return FINDINGS if rows else 0
