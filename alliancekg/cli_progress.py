"""Progress of a build on a terminal: documents, characters, claims, time left. Elsewhere nothing of it is printed."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Column
from rich.text import Text

from alliancekg.cli_output import console
from alliancekg.reading import Skipped, Watcher
from extract.model import Document, Extraction

NAME = 24  # columns for the name of the document that is being read; a Japanese character takes two


class Counts(ProgressColumn):
    """How far it is: 3/12 documents, 46k/120k characters, 210 claims."""

    def render(self, task: Task) -> Text:
        """The counts, once they are known."""
        if task.total is None:
            return Text("finding documents")
        documents = f"{task.fields['done']}/{task.fields['documents']} documents"
        return Text(f"{documents}, {_short(task.completed)}/{_short(task.total)} characters, {task.fields['claims']:,} claims")


def _short(number: float) -> str:
    """A number in at most five characters: 950, 46k, 1.2M."""
    if number < 10_000:
        return str(int(number))
    return f"{number / 1000:.0f}k" if number < 1_000_000 else f"{number / 1_000_000:.1f}M"


class Bar:
    """What the watcher of a build tells, put into one line."""

    def __init__(self, bar: Progress) -> None:
        self.bar, self.task = bar, bar.add_task("", total=None, documents=0, done=0, claims=0)
        self.left: dict[str, None] = {}  # the names of those to be read, in order
        self.done_characters = 0
        self.done, self.claims = 0, 0

    def started(self, documents: Sequence[Document]) -> None:
        self.left = dict.fromkeys(document.identifier for document in documents)
        total = sum(len(document.text) for document in documents)
        self.bar.update(self.task, total=total, documents=len(documents), done=0, claims=0)
        self._name()

    def reached(self, characters: int) -> None:
        self.bar.update(self.task, completed=self.done_characters + characters)

    def finished(self, extraction: Extraction) -> None:
        self.done += 1
        self.claims += len(extraction.claims)
        self.left.pop(extraction.document.identifier, None)
        self.done_characters += len(extraction.document.text)
        self.bar.update(self.task, completed=self.done_characters, done=self.done, claims=self.claims)
        self._name()

    def _name(self) -> None:
        self.bar.update(self.task, description=next(iter(self.left), "linking, writing"))


@contextmanager
def watching() -> Iterator[Watcher]:
    """A watcher that shows progress where stderr is a terminal; elsewhere only what goes wrong is said while it runs."""

    def skipped(item: Skipped) -> None:
        click.echo(f"alliancekg: {' '.join(item.reason.split())}", err=True)

    if not sys.stderr.isatty():
        yield Watcher(skipped=skipped)
        return
    with progress(console(err=True)) as bar:
        shown = Bar(bar)
        yield Watcher(started=shown.started, reached=shown.reached, done=shown.finished, skipped=skipped)


def progress(terminal: Console) -> Progress:
    """The line with the name of the document at hand, a bar, the counts and the time left; it goes when all is done."""
    name = TextColumn(
        "{task.description}", markup=False, table_column=Column(max_width=NAME, no_wrap=True, overflow="ellipsis")
    )
    counts = Counts(table_column=Column(no_wrap=True, overflow="ellipsis"))
    return Progress(name, BarColumn(bar_width=10), counts, TimeRemainingColumn(), console=terminal, transient=True)
