"""What a build says at its end: what it read, what it found, what it left out and why."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import click

from alliancekg.cli_output import print_table
from alliancekg.logs import SAID
from alliancekg.summaries import Changed, Summary
from graph.files import READABLE
from ontology.terms import Factuality

log = logging.getLogger(__name__)


def say(summary: Summary, *, output: Path | None = None, store: Path | None = None, verbose: bool = False) -> None:
    """The summary on stderr; the table of claims by property only on a terminal or where more is asked for."""
    if sys.stderr.isatty() or verbose:
        headings, rows = claims_by_property(summary)
        if rows:
            print_table(headings, rows, err=True, ruled=False)
    told = lines(summary, output=output, store=store)
    for line in told:
        click.echo(line, err=True)
    for line in (*told, *reasons(summary), *properties(summary)):
        log.info("%s", line, extra=SAID)


def lines(summary: Summary, *, output: Path | None = None, store: Path | None = None) -> list[str]:
    """Documents, entities, claims and what stayed open, one line each."""
    standing = ", ".join(f"{count} {factuality.value}" for factuality, count in summary.claims.items() if count)
    total = sum(summary.claims.values())
    counted = (_count(summary.documents, "document"), _count(summary.entities, "entity", "entities"), _count(total, "claim"))
    said = [f"read: {of_documents(summary.changed)}"] if summary.changed else []
    said.append(("the store holds " if store else "") + ", ".join(counted) + (f" ({standing})" if standing else ""))
    if summary.held:
        said.append(f"{_count(summary.held, 'claim')} held back: 'alliancekg ask rejected' says why")
    if summary.unresolved:
        expressions = _count(summary.unresolved, "expression")
        graph = f"--store {store}" if store else f"--graph {output}" if output and output.suffix.lower() in READABLE else ""
        how = f": 'alliancekg ask unresolved {graph}' lists them" if graph else ""
        dates = f" ({_count(summary.unresolved_dates, 'date')})" if summary.unresolved_dates else ""
        said.append(f"{expressions} stayed unresolved{dates}{how}")
    if summary.undated:
        said.append(f"no date of publication is known of {_named(summary.undated)}; a sidecar with 'published' gives it")
    said += [f"doubtful: {doubt.identifier}: {doubt.what}" for doubt in summary.doubts]
    if output is not None:
        said.append(f"wrote {output}")
    if summary.skipped:
        said.append(f"left out {len(summary.skipped)}: {', '.join(str(item.path) for item in summary.skipped)}")
    return said


def of_documents(changed: Changed) -> str:
    """What became of the documents of a store: 2 new, 1 changed; 997 as they were."""
    told = ((changed.new, "new"), (changed.changed, "changed"), (changed.again, "read again"), (changed.removed, "taken out"))
    done = ", ".join(f"{count:,} {what}" for count, what in told if count) or "nothing"
    same = f"; {_count(changed.same, 'document')} as before" if changed.same else ""
    return done + same + (f", {changed.elsewhere:,} of them elsewhere than these paths" if changed.elsewhere else "")


def reasons(summary: Summary) -> list[str]:
    """Why each document was left out, and each kind of what stayed open with its number."""
    left_out = [f"left out: {' '.join(item.reason.split())}" for item in summary.skipped]
    return left_out + [f"unresolved, {count}: {reason}" for reason, count in summary.reasons.items()]


def claims_by_property(summary: Summary) -> tuple[list[str], list[list[str]]]:
    """Headings and rows: a property, its claims, and how many of them have each standing."""
    standings = [factuality for factuality in Factuality if summary.claims.get(factuality)]
    ordered = sorted(summary.properties.items(), key=lambda item: (-sum(item[1].values()), item[0].value))
    rows = [
        [
            prop.value,
            f"{sum(counts.values()):,}",
            *(f"{counts[standing]:,}" if counts.get(standing) else "" for standing in standings),
        ]
        for prop, counts in ordered
    ]
    return ["property", "claims", *(standing.value for standing in standings)], rows


def properties(summary: Summary) -> list[str]:
    """The same in words: hasMember: 3 claims (2 Actual, 1 Planned)."""
    (_, _, *standings), rows = claims_by_property(summary)
    return [
        f"{name}: {total} claims ({', '.join(f'{n} {s}' for n, s in zip(counts, standings, strict=True) if n)})"
        for name, total, *counts in rows
    ]


SHOWN = 3  # names of documents without a date


def _named(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"{_count(len(names), 'document')} ({', '.join(names[:SHOWN])}{more})"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
