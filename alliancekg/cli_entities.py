"""`alliancekg entities`: which things in a store are one, as people decide it."""

from __future__ import annotations

from pathlib import Path

import click

from alliancekg.cli_options import IN_STORE, LANG, REVIEWER
from alliancekg.cli_output import print_table
from alliancekg.joining import Decided, decided, merge, split, withdraw

FINDINGS = 1
_HEADINGS = (
    ("番号", "decision"),
    ("", ""),
    ("一方", "one"),
    ("他方", "other"),
    ("誰が", "by"),
    ("いつ", "when"),
    ("なぜ", "why"),
)


@click.command()
@IN_STORE
@click.option("--merge", "merged", nargs=2, metavar="A B", help="Make one of two things, each given by a name or an IRI.")
@click.option("--split", "whole", metavar="A", help="Make two of one thing; say which with --called or --document.")
@click.option("--called", default="", metavar="NAME", help="With --split: what documents call the other thing.")
@click.option("--document", default="", metavar="NAME", help="With --split: the document that means another thing.")
@click.option("--undo", type=int, metavar="NUMBER", help="Take back a decision.")
@REVIEWER
@click.option("--why", default="", metavar="TEXT", help="The reason, which is kept with the decision.")
@LANG
def entities(
    store: Path,
    *,
    merged: tuple[str, str] | None,
    whole: str | None,
    called: str,
    document: str,
    undo: int | None,
    reviewer: str,
    why: str,
    lang: str,
) -> int:
    """Merge or split entities, and list such decisions. They last: later builds keep to them.

    Exit code 1 if a decision holds on to nothing any more, as documents no longer call things so.
    """
    if sum(given is not None for given in (merged, whole, undo)) > 1:
        raise click.UsageError("Give one of --merge, --split and --undo.")
    if (whole is None and (called or document)) or (whole is not None and bool(called) == bool(document)):
        raise click.UsageError("--split takes either --called NAME or --document NAME.")
    if merged is not None:
        number = merge(store, *merged, who=reviewer, why=why)
        click.echo(f"decision {number}: {merged[0]} and {merged[1]} are one", err=True)
    elif whole is not None:
        number = split(store, whole, called=called, document=document, who=reviewer, why=why)
        click.echo(f"decision {number}: {called or whole + ' in ' + document} is apart from {whole}", err=True)
    elif undo is not None:
        withdraw(store, undo)
        click.echo(f"decision {undo} is taken back", err=True)
    else:
        there = decided(store)
        print_table([words[lang == "en"] for words in _HEADINGS], [_row(one, lang) for one in there])
        return 0 if all(one.holds for one in there) else FINDINGS
    return 0


def _row(one: Decided, lang: str) -> list[str]:
    words = {"merge": ("統合", "are one"), "split": ("分離", "are two")}
    lapsed = ("(該当なし)", "(holds no more)")[lang == "en"]
    joining = one.joining
    what = words[joining.verdict.value][lang == "en"] + ("" if one.holds else " " + lapsed)
    when = joining.when.isoformat(timespec="seconds")
    return [str(one.number), what, str(joining.one), str(joining.other), joining.who, when, joining.why]
