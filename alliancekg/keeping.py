"""Documents into a store: only what is new or has changed is read, and what changed rules or names can affect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from alliancekg.building import nothing_to_read
from alliancekg.extracting import HERE, Where, extractor_of
from alliancekg.looking import Found, look_at
from alliancekg.reading import Authority, Extracts, LeftOut, Watcher, entries_of, log_read, this_run
from alliancekg.summaries import Changed, Summary, Tally
from extract.affected.changes import changes
from extract.affected.fingerprint import Fingerprint, fingerprint
from extract.documents import DEFAULT, LoadOptions
from extract.errors import DocumentError
from extract.model import Document, Role
from graph.store.collection import Change, writing
from graph.store.collection import Collection as Store
from graph.store.ledger import Kept
from graph.store.wire import digest_of


def keep(
    paths: Sequence[Path],
    directory: Path,
    *,
    authority: Authority = None,
    include: Collection[Role] = (),
    options: LoadOptions = DEFAULT,
    prune: bool = False,
    where: Where = HERE,
    watcher: Watcher | None = None,
    extractor: Extracts | None = None,
) -> Summary:
    """Bring the store in `directory` up to date with the documents under the paths; it is made where it is not there.

    What could not be read stays as it was, and is tried again next time.
    Documents to which no path leads stay, unless `prune`. `extractor` takes the place of the one with the GiNZA model.
    Raises DocumentError where nothing can be read and the store is empty, GraphError where it cannot be used.
    """
    watch = watcher or Watcher()
    entries = entries_of(authority)
    now = fingerprint(entries, include)
    with writing(directory) as store:
        leave_out = LeftOut(watch)
        known = store.documents()
        found = look_at(paths, known, store.stamps(), options, leave_out)
        if not known and not found.paths:
            raise nothing_to_read()
        removed = _gone(known, found, paths, leave_out) if prune else []
        before = Fingerprint.from_json(store.fingerprint or "")
        wanted = _Wanted(known, found, now)
        wanted.read_again(store, before, removed)
        tally = Tally()
        if pending := [document for key, document in wanted.readings.items() if not store.has_reading(key)]:
            watch.started(pending)
            extractor = extractor or extractor_of(entries, include, watch, leave_out, where)
            for extraction in extractor.extract(pending):
                store.keep_reading(wanted.keys[extraction.document.identifier], extraction)
                tally.add(extraction)
                watch.done(extraction)
                log_read(extraction)
            wanted.leave_unread(store)
        told = None if before == now or "again" in wanted.unread.values() else now.to_json()
        stamps = {path: stamp for path, stamp in found.stamps.items() if path not in wanted.unread}
        outcome = store.change(Change(wanted.put, removed, stamps, told), run=this_run())
    return tally.summary(outcome, skipped=leave_out.items, changed=wanted.changed(removed))


def _gone(known: Mapping[str, Kept], found: Found, paths: Sequence[Path], leave_out: LeftOut) -> list[str]:
    """The documents to which no path leads. Raises DocumentError where a path itself cannot be read: it may have led to all."""
    for item in leave_out.items:
        if item.path in paths and not item.path.is_file():
            raise DocumentError("nothing is taken out while this path leads nowhere", where=str(item.path), todo="Check it.")
    return [identifier for identifier in known if identifier not in found.paths]


class _Wanted:
    """What the store shall hold: documents to put, and what has to be read for them, by the key of the reading."""

    def __init__(self, known: Mapping[str, Kept], found: Found, now: Fingerprint) -> None:
        self.known, self.now = known, now
        self.put: list[Kept] = []
        self.readings: dict[str, Document] = {}
        self.keys: dict[str, str] = {}  # of the readings, by identifier
        self.why: dict[str, str] = {}  # what is read now: new, changed, again
        self.unread: dict[str, str] = {}  # why it should have been read what could not, by path
        self.elsewhere = sum(identifier not in found.paths for identifier in known)
        for identifier, document in found.loaded.items():
            before, content = known.get(identifier), digest_of(document)
            if before is None or before.content != content:
                self._read(document, content, found.paths[identifier], "changed" if before else "new")
            elif before.path != found.paths[identifier]:
                self.put.append(replace(before, path=found.paths[identifier]))

    def _read(self, document: Document, content: str, path: str, why: str) -> None:
        """Have a document read; its reading is kept under what it says and the rules of today."""
        identifier = document.identifier
        key = sha256(f"{content} {self.now.whole}".encode()).hexdigest()
        self.put.append(Kept(identifier, path, content, key))
        self.readings[key], self.keys[identifier], self.why[identifier] = document, key, why

    def read_again(self, store: Store, before: Fingerprint, removed: Collection[str]) -> None:
        """Have those read again that what changed since `before` can affect."""
        differing = changes(before, self.now)
        if differing.nothing:
            return
        done = {*removed, *(kept.identifier for kept in self.put)}
        for identifier, kept in self.known.items():
            if identifier not in done and differing.touch(reading := store.reading(identifier)):
                self._read(reading.document, kept.content, kept.path, "again")
                if store.has_reading(self.keys[identifier]):  # of a build that came to no end, or set others aside
                    del self.why[identifier]

    def leave_unread(self, store: Store) -> None:
        """Leave as it was what could not be read now; next time it is tried again, as nothing is noted about it."""
        for kept in [kept for kept in self.put if kept.identifier in self.keys and not store.has_reading(kept.reading)]:
            self.put.remove(kept)
            self.unread[kept.path] = self.why.pop(kept.identifier)

    def changed(self, removed: Collection[str]) -> Changed:
        """What became of the documents."""
        counts = Counter(self.why.values())
        same = len(self.known) - counts["changed"] - counts["again"] - len(removed)
        elsewhere = 0 if removed else self.elsewhere
        return Changed(counts["new"], counts["changed"], counts["again"], len(removed), same, elsewhere)
