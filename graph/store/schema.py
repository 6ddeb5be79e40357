"""The tables of the ledger, and how a ledger of an older version becomes one of this version."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from graph.errors import GraphError

APPLICATION = 0x616B6731  # "akg1": marks the file as ours
FORMAT = 3

_TABLES = """
CREATE TABLE manifest (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- What was read: found again by what it was read from and by what read it. Nothing refers to one that is only prepared.
CREATE TABLE reading (key TEXT PRIMARY KEY, linkable TEXT NOT NULL, whole TEXT NOT NULL, digest TEXT NOT NULL);

-- Files as they were when they were read last; one may hold several documents.
CREATE TABLE file (path TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID;

-- What the collection holds. `content` is a digest of the document, `encoded` one of all that its graph is made of.
CREATE TABLE document (
    identifier TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    content TEXT NOT NULL,
    reading TEXT NOT NULL REFERENCES reading (key),
    encoded TEXT NOT NULL DEFAULT '',
    claims TEXT NOT NULL DEFAULT '{}',
    held INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX document_by_path ON document (path);
CREATE INDEX document_by_reading ON document (reading);

-- Each linked entity with a digest of its description.
CREATE TABLE entity (key TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;

-- Which document's claims make which fact (a triple as N-Triples).
CREATE TABLE fact (triple TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (triple, document)) WITHOUT ROWID;
CREATE INDEX fact_by_document ON fact (document);

-- The facts of each document that join into chains, closed or not: circles are found over all documents.
CREATE TABLE link (
    subject TEXT NOT NULL, property TEXT NOT NULL, object TEXT NOT NULL, document TEXT NOT NULL, confidence REAL NOT NULL,
    PRIMARY KEY (subject, property, object, document)
) WITHOUT ROWID;
CREATE INDEX link_by_document ON link (document);

-- Entities that break a shape themselves, and so are not described.
CREATE TABLE dropped (entity TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (entity, document)) WITHOUT ROWID;

-- What reviewers decided, in the order in which they did.
CREATE TABLE decision (id TEXT PRIMARY KEY, made INTEGER NOT NULL, content TEXT NOT NULL);
CREATE TABLE build (number INTEGER PRIMARY KEY, started TEXT NOT NULL, ended TEXT NOT NULL, content TEXT NOT NULL);
"""

_JOININGS = """
-- What people decided about which entities are one, in the order in which they did.
CREATE TABLE joining (number INTEGER PRIMARY KEY, content TEXT NOT NULL);
"""

_WRITES = """
-- What users wrote themselves, as N-Quads without the dot; and each time that they did, with who and when.
CREATE TABLE user_quad (quad TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE user_write (
    number INTEGER PRIMARY KEY, ended TEXT NOT NULL, author TEXT NOT NULL, graphs TEXT NOT NULL,
    added INTEGER NOT NULL, removed INTEGER NOT NULL
);
"""

# From each older format to the next one.
MIGRATIONS: dict[int, str] = {1: _JOININGS, 2: _WRITES}


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables in a new ledger, bring an older one up to date. Raises GraphError for what is no ledger of ours."""
    version = check(connection, path)
    if version == FORMAT:
        return
    connection.execute("BEGIN IMMEDIATE")
    if version is None:
        _run(connection, _TABLES + _JOININGS + _WRITES)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
    else:
        for older in range(version, FORMAT):
            _run(connection, MIGRATIONS[older])
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.execute("COMMIT")


def check(connection: sqlite3.Connection, path: Path) -> int | None:
    """The format of the ledger, None for an empty file. Raises GraphError where it is newer than ours, or no ledger."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application == 0 and version == 0 and not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        return None
    if application != APPLICATION:
        raise GraphError("this is no ledger of a store", where=str(path), todo="Give the directory of a store.")
    if version > FORMAT:
        raise GraphError(
            f"this store was made by a newer version (format {version}, this one reads up to {FORMAT})",
            where=str(path.parent),
            todo="Use that version, or a newer one.",
        )
    return int(version)


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Each statement by itself: executescript would commit before it starts."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
