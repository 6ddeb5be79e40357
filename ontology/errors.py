"""The root of the error tree. Every room derives its own errors from here.

AllianceKGError
├── DataFileError      one of our own data files (rules, shapes, queries, authority) is wrong
├── DocumentError      a document cannot be read          (extract)
├── GraphError         a graph cannot be read or written  (graph)
├── QueryError         a question or query cannot be answered (queries)
├── LogFileError       the file for the log cannot be written (alliancekg)
└── ClusterError       a Dask cluster cannot be used, or is lost (alliancekg)
"""

from __future__ import annotations


class AllianceKGError(Exception):
    """What went wrong, where, and what to do about it, in one line of plain English."""

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        self.what, self.where, self.todo = what, where, todo
        super().__init__(": ".join(part for part in (where, what) if part) + (f". {todo}" if todo else ""))


class DataFileError(AllianceKGError):
    """A data file of the project, or one that the user put in its place, does not say what it must."""
