"""Builds into a store: what is read, what is left as it was, what is taken out, and what is said about it."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from stores_made import Plain, content

from alliancekg import keeping
from alliancekg.keeping import keep
from alliancekg.summaries import Changed
from extract.affected.fingerprint import Fingerprint
from extract.documents import LoadOptions
from extract.errors import DocumentError
from extract.model import Document, Extraction
from graph.store.collection import reading

FACTS = {"a.txt": "協議会 replaces 連絡会\n", "b.txt": "対話 partOf 協議会\n", "c.txt": "協議会 establishedOn 2024-04-10\n"}
LONG_AGO = 1_600_000_000


class Counting(Plain):
    """Says which documents it was given."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for extraction in super().extract(documents):
            self.read.append(extraction.document.identifier)
            yield extraction


class Place:
    """A directory of documents and a store of them."""

    def __init__(self, at: Path) -> None:
        self.documents, self.store = at / "documents", at / "store"
        self.documents.mkdir()
        for name, text in FACTS.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> Path:
        path = self.documents / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, (LONG_AGO, LONG_AGO))
        return path

    def build(self, *paths: Path, **how) -> tuple[Changed, list[str]]:
        """What a build said became of the documents, and which were read."""
        extractor = Counting()
        summary = keep(paths or [self.documents], self.store, extractor=extractor, **how)
        assert summary.changed is not None
        self.summary = summary
        return summary.changed, extractor.read


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path)
    assert made.build() == (Changed(3, 0, 0, 0, 0), ["a.txt", "b.txt", "c.txt"])
    return made


def test_what_is_as_it_was_is_not_read(place: Place) -> None:
    before = content(place.store)
    assert place.build() == (Changed(0, 0, 0, 0, 3), [])
    assert content(place.store) == before
    with reading(place.store) as collection:
        assert len(collection._ledger.builds()) == 1, "nothing was done"


def test_a_file_that_was_only_touched_is_not_read(place: Place) -> None:
    (place.documents / "a.txt").touch()
    assert place.build() == (Changed(0, 0, 0, 0, 3), [])


def test_new_and_changed_documents_are_read(place: Place) -> None:
    place.write("a.txt", "協議会 replaces 懇談会\n")
    place.write("d.txt", "懇談会 partOf 対話\n")
    assert place.build() == (Changed(1, 1, 0, 0, 2), ["a.txt", "d.txt"])
    assert not any("連絡会" in quad for quad in content(place.store))


def test_a_change_of_the_same_size_and_time_is_seen(place: Place) -> None:
    place.write("c.txt", "協議会 establishedOn 2024-04-11\n")
    assert place.build() == (Changed(0, 1, 0, 0, 2), ["c.txt"])


def test_a_sidecar_counts(place: Place) -> None:
    place.write("a.meta.toml", 'published = "2024-05"\n')
    assert place.build() == (Changed(0, 1, 0, 0, 2), ["a.txt"])
    (place.documents / "a.meta.toml").unlink()
    assert place.build() == (Changed(0, 1, 0, 0, 2), ["a.txt"])


def test_options_count(place: Place) -> None:
    changed, read = place.build(options=LoadOptions(publisher="某省"))
    assert (changed.changed, len(read)) == (3, 3)
    assert place.build(options=LoadOptions(publisher="某省")) == (Changed(0, 0, 0, 0, 3), [])


def test_what_no_path_leads_to_stays_until_it_is_pruned(place: Place) -> None:
    (place.documents / "c.txt").unlink()
    assert place.build() == (Changed(0, 0, 0, 0, 3, elsewhere=1), [])
    assert any("2024-04-10" in quad for quad in content(place.store))
    assert place.build(prune=True) == (Changed(0, 0, 0, 1, 2), [])
    assert not any("2024-04-10" in quad for quad in content(place.store))


def test_nothing_is_pruned_while_a_path_leads_nowhere(place: Place) -> None:
    before = content(place.store)
    with pytest.raises(DocumentError, match="nothing is taken out while this path leads nowhere"):
        place.build(place.documents / "a.txt", place.documents.parent / "mistyped", prune=True)
    assert content(place.store) == before


def test_a_document_that_moved_is_the_same(place: Place) -> None:
    (place.documents / "later").mkdir()
    (place.documents / "a.txt").rename(place.documents / "later" / "a.txt")
    before = content(place.store)
    assert place.build(prune=True) == (Changed(0, 0, 0, 0, 3), [])
    assert content(place.store) == before


def test_two_documents_of_one_name_are_told(place: Place) -> None:
    other = place.write("other/a.txt", "別会 partOf 対話\n")
    place.build()
    assert [item.path for item in place.summary.skipped] == [other]
    assert "the same name as" in place.summary.skipped[0].reason
    before = content(place.store)
    place.build(other.parent)
    assert [item.path for item in place.summary.skipped] == [other], "the one in the store is still there"
    assert content(place.store) == before


def test_a_file_that_can_no_longer_be_read_leaves_its_document(place: Place) -> None:
    before = content(place.store)
    (place.documents / "a.txt").write_bytes(b"")
    changed, read = place.build(prune=True)
    assert (changed.same, read, len(place.summary.skipped)) == (3, [], 1)
    assert content(place.store) == before
    place.build()
    assert len(place.summary.skipped) == 1, "it is said again"


def test_archives_are_looked_into_when_they_change(place: Place) -> None:
    archive = place.documents / "old.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("x.txt", "対話 partOf 連絡会\n")
        file.writestr("y.txt", "対話 partOf 懇談会\n")
    changed, read = place.build()
    assert (changed.new, read) == (2, ["old.zip/x.txt", "old.zip/y.txt"])
    assert place.build()[1] == []
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("x.txt", "対話 partOf 連絡会\n")
    assert place.build(prune=True) == (Changed(0, 0, 0, 1, 4), [])


def test_what_changed_rules_can_affect_is_read_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed entry of the authority touches those that name it; documents that are not given are read from the store."""
    now = Fingerprint("later", lambda: {"name/連絡会": "other", "entry/連絡会": "new"})
    first = Fingerprint("first", dict)
    monkeypatch.setattr(keeping, "fingerprint", lambda *_: first)
    assert place.build()[0].again == 3, "what else was changed is not known"
    monkeypatch.setattr(keeping, "fingerprint", lambda *_: now)
    (place.documents / "a.txt").unlink()
    touched = []
    monkeypatch.setattr(
        "extract.affected.changes.Changes.touch",
        lambda _self, e: touched.append(e.document.identifier) or "連絡会" in e.document.text,
    )
    assert place.build() == (Changed(0, 0, 1, 0, 2, elsewhere=1), ["a.txt"])
    assert touched == ["a.txt", "b.txt", "c.txt"]
    assert place.build() == (Changed(0, 0, 0, 0, 3, elsewhere=1), [])


def test_nothing_to_read_makes_no_store_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(DocumentError, match="no document could be read"):
        keep([tmp_path / "empty"], tmp_path / "store", extractor=Plain())
    (tmp_path / "empty" / "a.txt").write_text(FACTS["a.txt"], encoding="utf-8")
    keep([tmp_path / "empty"], tmp_path / "store", extractor=Plain())
    assert content(tmp_path / "store")


def test_what_could_not_be_read_is_tried_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "fingerprint", lambda *_: Fingerprint("other", lambda: {"libraries": "other"}))

    def without(name: str) -> Changed | None:
        class Failing(Plain):
            def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
                return super().extract(document for document in documents if document.identifier != name)

        return keep([place.documents], place.store, extractor=Failing()).changed

    before = content(place.store)
    assert without("b.txt") == Changed(0, 0, 2, 0, 1), "the rules changed, and one document could not be read by them"
    assert content(place.store) == before
    assert without("") == Changed(0, 0, 1, 0, 2)
    place.write("d.txt", "部会 partOf 協議会\n")
    assert without("d.txt") == Changed(0, 0, 0, 0, 3)
    assert without("") == Changed(1, 0, 0, 0, 3)
    assert without("") == Changed(0, 0, 0, 0, 4)
