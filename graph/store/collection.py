"""A store open for writing: what it holds, and the one way in which it changes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import NamedNode

from extract.model import Extraction
from graph.appearances import appearances
from graph.errors import GraphError
from graph.joining import Joining, Joinings
from graph.joining import from_json as joining_from_json
from graph.joining import to_json as joining_to_json
from graph.linking import Linking, link
from graph.reviewing.decisions import Decision, to_json
from graph.runs import Build, Run, encode_build
from graph.store.deciding import by_document, decisions_made
from graph.store.generation import Generation, files_of, generation
from graph.store.layout import Layout
from graph.store.ledger import Kept, Ledger, opened
from graph.store.projecting import ENCODING, Stale, Target, everything, find_stale, project
from graph.store.user_graphs import UserGraphs, Written, check_shapes, encode_write, quads_of

log = logging.getLogger(__name__)

_MOST = 0.5  # of the documents stale: then the graph is made afresh


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different: documents to put (their readings are kept already), identifiers to remove, stamps of files.

    `fingerprint` says what all readings of the collection are good for from now on; None leaves it.
    """

    put: Sequence[Kept] = ()
    removed: Sequence[str] = ()
    stamps: Mapping[str, str] = field(default_factory=dict)
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change came to: documents encoded anew, and what the collection holds after it."""

    encoded: int
    documents: int
    entities: int
    claims: Mapping[str, int]
    held: int


class Collection:
    """The documents of a store and what they say, in the hands of the only one who writes."""

    def __init__(self, layout: Layout, ledger: Ledger) -> None:
        self._layout, self._ledger = layout, ledger

    def documents(self) -> dict[str, Kept]:
        """The documents of the collection by identifier."""
        return self._ledger.documents()

    def stamps(self) -> dict[str, str]:
        """The files that were read, as they were then."""
        return self._ledger.stamps()

    @property
    def fingerprint(self) -> str | None:
        """What the readings of the collection are good for."""
        return self._ledger.noted("fingerprint")

    def reading(self, identifier: str) -> Extraction:
        """What was read in a document. Raises GraphError where the collection has none of the name."""
        return self._ledger.reading(identifier)

    def has_reading(self, key: str) -> bool:
        return self._ledger.has_reading(key)

    def keep_reading(self, key: str, extraction: Extraction) -> None:
        """Keep what was read: it is on disk when this returns, though no part of the collection before `change`."""
        self._ledger.add_reading(key, extraction)

    def decisions(self) -> Mapping[str, Sequence[Decision]]:
        """What reviewers decided, by the document that it is about, in the order in which it was."""
        return by_document(self._ledger)

    def keep_decisions(self, decisions: Iterable[Decision]) -> None:
        """Keep all of them or none: they are on disk when this returns, and in the graph after `change`."""
        with self._ledger.transaction():
            for decision in decisions:
                self._ledger.add_decision(decision.id, to_json(decision))

    def withdraw_decision(self, decision: Decision) -> None:
        """Forget a decision."""
        with self._ledger.transaction():
            self._ledger.remove_decision(decision.id)

    def joinings(self) -> dict[int, Joining]:
        """What people decided about which entities are one, by number, in the order in which they did."""
        return {number: joining_from_json(content) for number, content in self._ledger.joinings()}

    def applies(self, joining: Joining) -> bool:
        """Whether documents of the collection call things so that the decision has something to hold on to."""
        return Joinings((joining,), appearances(self._ledger.linkables())).applies(joining)

    def join(self, joining: Joining, *, run: Run) -> int:
        """Keep a decision about entities, and change the graph by it: both are on disk when this returns its number."""
        with self._sweeping(), self._ledger.transaction():
            number = self._ledger.add_joining(joining_to_json(joining))
            self._settle(Change(), run)
        return number

    def withdraw_joining(self, number: int, *, run: Run) -> None:
        """Take back a decision about entities. Raises GraphError where there is none of this number."""
        with self._sweeping(), self._ledger.transaction():
            if not self._ledger.remove_joining(number):
                raise GraphError(f"there is no decision {number} about entities", where=str(self._layout))
            self._settle(Change(), run)

    def write(self, how: Callable[[UserGraphs], None], *, author: str) -> Written:
        """Change what users wrote themselves: it is on disk when this returns.

        Raises ProtectedError or ShapeError where `how` does what it must not, GraphError where there is no sound graph; then, and
        where `how` raises, everything is as it was.
        """
        ledger, present = self._ledger, self._sound()
        if present is None:
            raise GraphError(
                "the graph is not up to date", where=str(self._layout), todo="Run `alliancekg build --store` first."
            )
        with self._sweeping(), ledger.transaction():
            number = self._layout.next_number(present)
            with generation(self._layout.graph(number), after=self._layout.graph(present)) as into:
                written = self._write(how, author, into)
            if written:
                ledger.note_graph(number, files_of(self._layout.graph(number)))
        return written

    def _write(self, how: Callable[[UserGraphs], None], author: str, into: Generation) -> Written:
        """By itself, so that nothing holds on to the store when it is to be closed."""
        users = UserGraphs(self._ledger.user_quads(), into.store, self._ledger.facts_among)
        how(users)
        if written := users.settle():
            check_shapes(written, into.store)
            when, graphs = datetime.now(UTC), written.graphs()
            names = [graph.value for graph in graphs]
            done = self._ledger.add_write(written.added, written.removed, ended=when.isoformat(), author=author, graphs=names)
            into.add_builds(encode_write(done, when, author, graphs))
        return written

    def linking(self) -> Linking:
        """What is one thing over all documents."""
        return link(list(self._ledger.linkables()), self.joinings().values())

    def change(self, change: Change, *, run: Run) -> Outcome:
        """Carry out a change wholly or not at all: when this returns it is on disk.

        Raises GraphError where the disk is full or the store is damaged; then everything is as it was.
        """
        if not (change.put or change.removed) and self.is_current:
            if change.stamps or change.fingerprint is not None:
                with self._ledger.transaction():
                    self._note(change)
            return self._outcome(0)
        with self._sweeping(), self._ledger.transaction():
            encoded = self._settle(change, run)
        return self._outcome(encoded)

    def _settle(self, change: Change, run: Run) -> int:
        """Note a change and make the graph that comes of it; how many documents were encoded anew."""
        ledger, started = self._ledger, datetime.now(UTC)
        self._note(change)
        target = Target(ledger, self.linking())
        stale = find_stale(ledger, target)
        many = len(stale.documents) + len(change.removed) > _MOST * len(target.documents)
        present = None if many else self._sound()
        if present is None:
            stale = everything(ledger, target)
        put, ended = [kept.identifier for kept in change.put], datetime.now(UTC)
        done = {"put": put, "removed": list(change.removed)}
        number = ledger.add_build(done, started=started.isoformat(), ended=ended.isoformat())
        self._next(present, stale, target, change.removed, Build(number, started, ended, run, put, change.removed))
        ledger.forget_unused_readings()
        return len(stale.documents)

    @property
    def is_current(self) -> bool:
        """Whether the graph holds what the ledger does, as this version encodes it."""
        made_of = (self._ledger.noted("encoding"), self._ledger.noted("decisions"))
        return self._sound() is not None and made_of == (ENCODING, decisions_made(self._ledger))

    def _outcome(self, encoded: int) -> Outcome:
        return Outcome(encoded, *self._ledger.counts(), self._ledger.claims(), self._ledger.count_held())

    @contextmanager
    def _sweeping(self) -> Iterator[None]:
        """Remove what is not the present graph at the end, whichever it is."""
        try:
            yield
        finally:
            self._layout.sweep(self._ledger.present)

    def _note(self, change: Change) -> None:
        for identifier in change.removed:
            self._ledger.remove_document(identifier)
        for kept in change.put:
            self._ledger.put_document(kept)
        for path, stamp in change.stamps.items():
            self._ledger.stamp(path, stamp)
        self._ledger.forget_files()
        if change.fingerprint is not None:
            self._ledger.note("fingerprint", change.fingerprint)

    def _sound(self) -> int | None:
        """The number of the present graph, if all its files are there."""
        present = self._ledger.present
        if present is None or files_of(self._layout.graph(present)) != self._ledger.files:
            return None
        return present

    def _next(self, present: int | None, stale: Stale, target: Target, removed: Sequence[str], build: Build) -> None:
        """Make the next graph and name it the present one, which takes effect with the transaction."""
        number = self._layout.next_number(self._ledger.present)
        directory = self._layout.graph(number)
        with generation(directory, after=None if present is None else self._layout.graph(present)) as into:
            left_out = project(self._ledger, into, stale, target, removed=removed, run=build.run)
            into.add_builds(encode_build(build))
            into.add(quads_of(self._ledger.user_quads()))  # those among them that went with what documents no longer say
            if present is None:
                for done, ended, author, graphs in self._ledger.writes():
                    into.add_builds(encode_write(done, datetime.fromisoformat(ended), author, map(NamedNode, graphs)))
        for finding in left_out:
            log.warning("left out of the graph: %s", finding.line())
        self._ledger.note_graph(number, files_of(directory))
        self._ledger.note("encoding", ENCODING)
        self._ledger.note("decisions", decisions_made(self._ledger))
        self._ledger.note(
            "software", f"{build.run.software} {build.run.version}" + (f", {build.run.model}" if build.run.model else "")
        )


@contextmanager
def writing(directory: Path) -> Iterator[Collection]:
    """The collection in a directory, made where there is none, in the hands of this process alone.

    Raises GraphError where another process writes, and where it is damaged, of a newer version, or no store.
    """
    layout = Layout(directory)
    with layout.writing(), opened(layout.ledger, writing=True) as ledger:
        layout.sweep(ledger.present)
        yield Collection(layout, ledger)


@contextmanager
def reading(directory: Path) -> Iterator[Collection]:
    """The collection in a directory, to look at. Raises GraphError where there is none, or it is damaged."""
    layout = Layout(directory)
    layout.require()
    with opened(layout.ledger) as ledger:
        yield Collection(layout, ledger)
