"""What the paths of a build lead to, beside what the store holds: which documents are new, changed, the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from alliancekg.reading import LeftOut, documents_of, files_under, same_name
from alliancekg.stamps import look, reader_of
from extract.affected.fingerprint import loader
from extract.documents import LoadOptions, Source
from extract.errors import DocumentError
from extract.formats.isolation import Parsers
from extract.model import Document
from graph.store.ledger import Kept


@dataclass(slots=True)
class Found:
    """The documents to which the paths lead: the path of each, those whose files were read, and stamps to be noted."""

    paths: dict[str, str] = field(default_factory=dict)
    loaded: dict[str, Document] = field(default_factory=dict)
    stamps: dict[str, str] = field(default_factory=dict)


def look_at(
    paths: Sequence[Path], known: Mapping[str, Kept], stamps: Mapping[str, str], options: LoadOptions, leave_out: LeftOut
) -> Found:
    """Look at all files under the paths, and read those that are not as their stamps say.

    A file that cannot be read any more leaves its documents as they were; it is named as left out.
    """
    files = files_under(paths, leave_out)
    looking = _Looking({str(path) for path in files}, known, stamps, options, leave_out)
    with Parsers(options.limits) as parsers:
        for path, file in files.items():
            looking.at(file, str(path), parsers)
    return looking.found


class _Looking:
    def __init__(
        self,
        given: AbstractSet[str],
        known: Mapping[str, Kept],
        stamps: Mapping[str, str],
        options: LoadOptions,
        leave_out: LeftOut,
    ) -> None:
        self.given, self.known, self.stamps, self.options, self.leave_out = given, known, stamps, options, leave_out
        self.reader = reader_of(options, loader())
        self.held: dict[str, list[str]] = defaultdict(list)
        for kept in known.values():
            self.held[kept.path].append(kept.identifier)
        self.found = Found()

    def at(self, file: Path, path: str, parsers: Parsers) -> None:
        try:
            same, stamp = look(file, self.reader, self.stamps.get(path))
        except OSError as error:
            self.leave_out(file, DocumentError(f"it cannot be read: {error.strerror}", where=str(file)))
            self._as_before(path)
            return
        if same and path in self.held:
            self._as_before(path)
            if stamp != self.stamps[path]:
                self.found.stamps[path] = stamp
            return
        before = len(self.leave_out.items)
        for source, document in documents_of(file, self.options, parsers, self.leave_out):
            self._take(path, source, document)
        if len(self.leave_out.items) == before:
            self.found.stamps[path] = stamp  # else it is looked at again, and what is wrong with it said again
        else:
            self._as_before(path)

    def _take(self, path: str, source: Source, document: Document) -> None:
        identifier = document.identifier
        other = self.found.paths.get(identifier) or self._elsewhere(identifier, path)
        if other is not None:
            self.leave_out(Path(str(source)), same_name(other, source))
            return
        self.found.paths[identifier] = path
        self.found.loaded[identifier] = document

    def _elsewhere(self, identifier: str, path: str) -> str | None:
        """The file of a document of this name in the store that no path leads to now, if that file is still there."""
        kept = self.known.get(identifier)
        if kept is None or kept.path == path or kept.path in self.given or not Path(kept.path).exists():
            return None
        return kept.path

    def _as_before(self, path: str) -> None:
        for identifier in self.held.get(path, ()):
            first = self.found.paths.setdefault(identifier, path)
            if first != path:
                self.leave_out(Path(path), same_name(first, path))
