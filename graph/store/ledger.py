"""The ledger: what the store knows, in one SQLite file. Typed reads and writes; no decision is taken here.

Source: SQLite, write-ahead log with synchronous=FULL: a commit is on disk before it returns, and readers go on beside a writer.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from extract.model import Extraction
from graph.cycles import Link, Support
from graph.errors import DISK_FULL, GraphError
from graph.store.schema import check, prepare
from graph.store.wire import dump, dump_linkable, load, load_linkable
from ontology.terms import Property

_AT_ONCE = 500  # names in one statement


@dataclass(frozen=True, slots=True)
class Kept:
    """A document of the collection: where its file lies, digests of what it is and of what its graph is made of."""

    identifier: str
    path: str
    content: str
    reading: str
    encoded: str = ""


class Ledger:
    """An open ledger. Every method may raise sqlite3.Error, which `opened` explains."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is written within, or nothing."""
        self._sql.execute("BEGIN IMMEDIATE")
        with self._sql:  # commits at its end, or rolls back
            yield

    # The manifest

    def noted(self, name: str) -> str | None:
        row = self._sql.execute("SELECT value FROM manifest WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def note(self, name: str, value: str) -> None:
        self._sql.execute("INSERT OR REPLACE INTO manifest VALUES (?, ?)", (name, value))

    @property
    def present(self) -> int | None:
        """The number of the present graph."""
        number = self.noted("graph")
        return None if number is None else int(number)

    @property
    def files(self) -> dict[str, int] | None:
        """The files of the present graph with their sizes in bytes, as they were when it was made."""
        noted = self.noted("files")
        return None if noted is None else json.loads(noted)

    def note_graph(self, number: int, files: Mapping[str, int]) -> None:
        """Make this graph the present one."""
        self.note("graph", str(number))
        self.note("files", json.dumps(files))

    # Readings

    def has_reading(self, key: str) -> bool:
        return self._sql.execute("SELECT 1 FROM reading WHERE key = ?", (key,)).fetchone() is not None

    def add_reading(self, key: str, extraction: Extraction) -> None:
        """Keep what was read; outside a transaction it is on disk at once."""
        linkable, whole = dump_linkable(extraction), dump(extraction)
        row = (key, linkable, whole, _digest(linkable, whole))
        self._sql.execute("INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?)", row)

    def reading(self, identifier: str) -> Extraction:
        """What is read in a document of the collection."""
        query = "SELECT whole FROM document JOIN reading ON reading.key = document.reading WHERE identifier = ?"
        row = self._sql.execute(query, (identifier,)).fetchone()
        if row is None:
            raise GraphError("the ledger has no reading of this document", where=identifier)
        return load(row[0])

    def linkables(self) -> Iterator[Extraction]:
        """Of each document what linking needs, by identifier."""
        query = "SELECT identifier, linkable FROM document JOIN reading ON reading.key = document.reading ORDER BY identifier"
        for identifier, text in self._sql.execute(query):
            yield load_linkable(identifier, text)

    def forget_unused_readings(self) -> None:
        self._sql.execute("DELETE FROM reading WHERE key NOT IN (SELECT reading FROM document)")

    # Documents and their files

    def documents(self) -> dict[str, Kept]:
        rows = self._sql.execute("SELECT identifier, path, content, reading, encoded FROM document ORDER BY identifier")
        return {row[0]: Kept(*row) for row in rows}

    def put_document(self, kept: Kept) -> None:
        self._sql.execute(
            "INSERT INTO document (identifier, path, content, reading) VALUES (?, ?, ?, ?) ON CONFLICT (identifier)"
            " DO UPDATE SET path = excluded.path, content = excluded.content, reading = excluded.reading",
            (kept.identifier, kept.path, kept.content, kept.reading),
        )

    def remove_document(self, identifier: str) -> None:
        self._sql.execute("DELETE FROM document WHERE identifier = ?", (identifier,))

    def set_encoded(self, identifier: str, encoded: str, claims: Mapping[str, int], held: int) -> None:
        """Note what the graph holds of a document: a digest of what it is made of, its claims by standing, how many are held."""
        self._sql.execute(
            "UPDATE document SET encoded = ?, claims = ?, held = ? WHERE identifier = ?",
            (encoded, json.dumps(claims, sort_keys=True), held, identifier),
        )

    def counts(self) -> tuple[int, int]:
        """How many documents, how many entities."""
        row = self._sql.execute("SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM entity)").fetchone()
        return int(row[0]), int(row[1])

    def count_held(self) -> int:
        """How many claims are held back."""
        return int(self._sql.execute("SELECT coalesce(sum(held), 0) FROM document").fetchone()[0])

    def claims(self) -> dict[str, int]:
        """How many claims of which standing the graph holds."""
        query = "SELECT each.key, sum(each.value) FROM document, json_each(document.claims) AS each GROUP BY each.key"
        return {key: int(count) for key, count in self._sql.execute(query)}

    def stamps(self) -> dict[str, str]:
        return dict(self._sql.execute("SELECT path, stamp FROM file"))

    def stamp(self, path: str, stamp: str) -> None:
        self._sql.execute("INSERT OR REPLACE INTO file VALUES (?, ?)", (path, stamp))

    def forget_files(self) -> None:
        """Forget the files that no document of the collection comes from."""
        self._sql.execute("DELETE FROM file WHERE path NOT IN (SELECT path FROM document)")

    # Entities

    def entities(self) -> dict[str, str]:
        """The digest of each entity's description, by its linked key."""
        return dict(self._sql.execute("SELECT key, digest FROM entity"))

    def put_entities(self, digests: Mapping[str, str], gone: Iterable[str]) -> None:
        self._sql.executemany("DELETE FROM entity WHERE key = ?", ((key,) for key in gone))
        self._sql.executemany("INSERT OR REPLACE INTO entity VALUES (?, ?)", digests.items())

    # Facts, and the links of chains

    def facts_of(self, identifier: str) -> set[str]:
        return {row[0] for row in self._sql.execute("SELECT triple FROM fact WHERE document = ?", (identifier,))}

    def set_facts(self, identifier: str, triples: Collection[str]) -> None:
        self._sql.execute("DELETE FROM fact WHERE document = ?", (identifier,))
        self._sql.executemany("INSERT INTO fact VALUES (?, ?)", ((triple, identifier) for triple in triples))

    def facts_among(self, triples: Iterable[str]) -> set[str]:
        """Those of the triples that some document's claims make a fact."""
        found: set[str] = set()
        wanted = list(triples)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            query = f"SELECT DISTINCT triple FROM fact WHERE triple IN ({marks})"  # noqa: S608 - question marks alone
            found.update(row[0] for row in self._sql.execute(query, some))
        return found

    def facts(self) -> Iterator[str]:
        return (row[0] for row in self._sql.execute("SELECT DISTINCT triple FROM fact"))

    def count_facts(self) -> int:
        return int(self._sql.execute("SELECT count(DISTINCT triple) FROM fact").fetchone()[0])

    def set_links(self, identifier: str, links: Mapping[Link, float]) -> None:
        self._sql.execute("DELETE FROM link WHERE document = ?", (identifier,))
        rows = ((*link, identifier, confidence) for link, confidence in links.items())
        self._sql.executemany("INSERT INTO link VALUES (?, ?, ?, ?, ?)", rows)

    def supports(self) -> dict[Link, Support]:
        """For each fact that joins into chains how many documents say it, and how surely."""
        query = "SELECT subject, property, object, count(*), max(confidence) FROM link GROUP BY 1, 2, 3"
        return {(s, Property(p), o): Support(count, sure) for s, p, o, count, sure in self._sql.execute(query)}

    def documents_with_link(self, link: Link) -> set[str]:
        query = "SELECT document FROM link WHERE subject = ? AND property = ? AND object = ?"
        return {row[0] for row in self._sql.execute(query, link)}

    def set_dropped(self, identifier: str, entities: Iterable[str]) -> None:
        """Note which entities (linked keys) of a document break a shape themselves."""
        self._sql.execute("DELETE FROM dropped WHERE document = ?", (identifier,))
        self._sql.executemany("INSERT INTO dropped VALUES (?, ?)", ((key, identifier) for key in entities))

    def dropped(self) -> frozenset[str]:
        return frozenset(row[0] for row in self._sql.execute("SELECT DISTINCT entity FROM dropped"))

    def forget_encoded(self, identifier: str) -> None:
        """Forget what the graph held of a document that is no more."""
        self.set_facts(identifier, ())
        self.set_links(identifier, {})
        self.set_dropped(identifier, ())

    # Decisions

    def decisions(self) -> list[dict[str, Any]]:
        """All decisions as JSON objects, in the order in which they were made."""
        return [json.loads(row[0]) for row in self._sql.execute("SELECT content FROM decision ORDER BY made")]

    def add_decision(self, identifier: str, content: Mapping[str, Any]) -> None:
        query = "INSERT INTO decision SELECT ?, coalesce(max(made), 0) + 1, ? FROM decision"
        self._sql.execute(query, (identifier, json.dumps(content)))

    def decisions_made(self) -> list[str]:
        """The identifiers of all decisions, in the same order."""
        return [row[0] for row in self._sql.execute("SELECT id FROM decision ORDER BY made")]

    def remove_decision(self, identifier: str) -> None:
        self._sql.execute("DELETE FROM decision WHERE id = ?", (identifier,))

    def joinings(self) -> list[tuple[int, dict[str, Any]]]:
        """What people decided about entities, as JSON objects with their numbers, in the order in which they did."""
        rows = self._sql.execute("SELECT number, content FROM joining ORDER BY number")
        return [(number, json.loads(content)) for number, content in rows]

    def add_joining(self, content: Mapping[str, Any]) -> int:
        return int(self._sql.execute("INSERT INTO joining (content) VALUES (?)", (json.dumps(content),)).lastrowid or 0)

    def remove_joining(self, number: int) -> bool:
        """Whether there was one of this number."""
        return self._sql.execute("DELETE FROM joining WHERE number = ?", (number,)).rowcount > 0

    # What users wrote

    def user_quads(self) -> list[str]:
        """Their quads, as N-Quads without the dot."""
        return [row[0] for row in self._sql.execute("SELECT quad FROM user_quad")]

    def add_write(self, added: Iterable[str], removed: Iterable[str], *, ended: str, author: str, graphs: Sequence[str]) -> int:
        """Put and remove quads, and note who did; the number of it."""
        new, gone = [(quad,) for quad in added], [(quad,) for quad in removed]
        self._sql.executemany("INSERT OR REPLACE INTO user_quad VALUES (?)", new)
        self._sql.executemany("DELETE FROM user_quad WHERE quad = ?", gone)
        query = "INSERT INTO user_write (ended, author, graphs, added, removed) VALUES (?, ?, ?, ?, ?)"
        row = (ended, author, json.dumps(graphs), len(new), len(gone))
        return int(self._sql.execute(query, row).lastrowid or 0)

    def writes(self) -> list[tuple[int, str, str, list[str]]]:
        """Number, time, author and named graphs of each write, the first one first."""
        rows = self._sql.execute("SELECT number, ended, author, graphs FROM user_write ORDER BY number")
        return [(number, ended, author, json.loads(graphs)) for number, ended, author, graphs in rows]

    # Builds

    def add_build(self, content: Mapping[str, Any], *, started: str, ended: str) -> int:
        query = "INSERT INTO build (started, ended, content) VALUES (?, ?, ?)"
        return int(self._sql.execute(query, (started, ended, json.dumps(content))).lastrowid or 0)

    def builds(self) -> list[tuple[int, str, str, dict[str, Any]]]:
        """Number, start, end and what was done, the first one first."""
        rows = self._sql.execute("SELECT number, started, ended, content FROM build ORDER BY number")
        return [(number, started, ended, json.loads(content)) for number, started, ended, content in rows]

    def damage(self) -> list[str]:
        """What is wrong with the file, all of which is read: its structure, and readings that are not what was written."""
        found = [row[0] for row in self._sql.execute("PRAGMA integrity_check") if row[0] != "ok"]
        query = "SELECT identifier, linkable, whole, digest FROM document JOIN reading ON reading.key = document.reading"
        rows = self._sql.execute(query)
        return found + [f"the reading of {name} is damaged" for name, one, other, said in rows if _digest(one, other) != said]


def _digest(linkable: str, whole: str) -> str:
    return sha256(f"{linkable}\n{whole}".encode()).hexdigest()


def never_finished(directory: Path) -> GraphError:
    """Why a store has nothing to read yet."""
    return GraphError("this store was never finished", where=str(directory), todo="Run its build again.")


@contextmanager
def opened(path: Path, *, writing: bool = False) -> Iterator[Ledger]:
    """The ledger in a file, made where it is to be written and is not there.

    Raises GraphError where it cannot be opened, is damaged, of a newer version or no ledger, or the disk is full.
    """
    try:
        with closing(_connect(path, writing=writing)) as connection:
            if writing:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA foreign_keys = OFF")
                prepare(connection, path)
            elif check(connection, path) is None:
                raise never_finished(path.parent)
            yield Ledger(connection)
    except sqlite3.Error as error:
        raise _explained(error, path) from error


def _connect(path: Path, *, writing: bool) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?mode={'rwc' if writing else 'ro'}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=30)


def _explained(error: sqlite3.Error, path: Path) -> GraphError:
    where, name = str(path), getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_FULL"):
        return GraphError(DISK_FULL, where=where, todo="Make room and run it again.")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return GraphError(f"the file is damaged: {error}", where=where, todo="Restore it from a backup, or build anew.")
    if name.startswith("SQLITE_READONLY"):
        return GraphError("the store may not be written to", where=where, todo="Check its permissions.")
    return GraphError(f"the ledger cannot be used: {error}", where=where)
