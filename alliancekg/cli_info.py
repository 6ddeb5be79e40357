"""`alliancekg info`: what is in a store."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from alliancekg.cli_options import IN_STORE, LANG
from alliancekg.cli_output import print_table
from graph.store.inventory import BuildDone, Inventory, damage, inventory

FINDINGS = 1
_SHOWN = 10  # builds, the last ones

_WORDS = {
    "directory": ("ディレクトリ", "directory"),
    "format": ("形式の版", "format"),
    "software": ("ソフトウェア", "software"),
    "documents": ("文書", "documents"),
    "entities": ("もの", "entities"),
    "claims": ("主張", "claims"),
    "facts": ("事実", "facts"),
    "held": ("保留中の主張", "claims held back"),
    "decisions": ("査読の決定", "decisions of reviewers"),
    "triples": ("トリプル", "triples"),
    "size": ("ディスク上", "on disk"),
    "builds": ("構築", "builds"),
}
_OF_BUILDS = (("番号", "build"), ("開始", "started"), ("終了", "ended"), ("読んだ文書", "read"), ("外した文書", "taken out"))


@click.command()
@IN_STORE
@click.option("--check", is_flag=True, help="Read all of its files, and say which are damaged.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@LANG
def info(store: Path, *, check: bool, form: str, lang: str) -> int:
    """Say what is in a store: documents, claims, decisions, builds, versions."""
    found = inventory(store)
    wrong = damage(store) if check else []
    if form == "json":
        click.echo(json.dumps(asdict(found) | {"damage": wrong}, ensure_ascii=False, indent=2))
    else:
        column = lang == "en"
        print_table(["", str(store)], [[_WORDS[name][column], value] for name, value in _figures(found)], ruled=False)
        print_table([words[column] for words in _OF_BUILDS], [_build(b) for b in found.builds[-_SHOWN:]])
    for line in wrong:
        click.echo(f"alliancekg: {line}", err=True)
    return FINDINGS if wrong else 0


def _figures(found: Inventory) -> list[tuple[str, str]]:
    standing = ", ".join(f"{count:,} {factuality}" for factuality, count in sorted(found.claims.items()))
    total = sum(found.claims.values())
    return [
        ("documents", f"{found.documents:,}"),
        ("entities", f"{found.entities:,}"),
        ("claims", f"{total:,}" + (f" ({standing})" if standing else "")),
        ("facts", f"{found.facts:,}"),
        ("held", f"{found.held:,}"),
        ("decisions", f"{found.decisions:,}"),
        ("triples", f"{found.triples:,}"),
        ("builds", f"{len(found.builds):,}"),
        ("size", f"{found.size / 1e6:,.1f} MB"),
        ("software", found.software),
        ("format", str(found.format)),
    ]


def _build(build: BuildDone) -> list[str]:
    moments = (build.started[:19], build.ended[:19])
    return [str(build.number), *(at.replace("T", " ") for at in moments), f"{len(build.put):,}", f"{len(build.removed):,}"]
