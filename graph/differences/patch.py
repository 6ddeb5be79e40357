"""The difference of two graphs as an RDF Patch: the rows that make the second out of the first, all of them or none.

Every triple counts here, those of runs and builds too. The rows are N-Quads as the library writes them, sorted; what is
deleted comes first. Source: RDF Patch, https://afs.github.io/rdf-patch/ and https://jena.apache.org/documentation/rdf-patch/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO
from uuid import NAMESPACE_URL, uuid5

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, Store, parse, serialize

from graph.errors import GraphError

# A blank node as subject, as object, or as graph; within a literal a space before `_:` is never followed by the end of the row.
_NAMELESS = re.compile(rb'^_:|^<[^>]*> <[^>]*> _:| _:[^\s"]+ \.$')
_FORM = RdfFormat.N_QUADS


@dataclass(frozen=True, slots=True)
class Patch:
    """The quads to delete and to add as N-Quads, one each, sorted by their bytes."""

    deleted: tuple[bytes, ...]
    added: tuple[bytes, ...]

    def __bool__(self) -> bool:
        return bool(self.deleted or self.added)

    def write(self, out: BinaryIO) -> None:
        """Write it in UTF-8: an identifier that follows from the rows, and one transaction. The same graphs give the same bytes."""
        rows = [b"D " + row for row in self.deleted] + [b"A " + row for row in self.added]
        identifier = uuid5(NAMESPACE_URL, b"\n".join(rows).decode())
        out.write(f"H id <urn:uuid:{identifier}> .\nTX .\n".encode())
        out.writelines(row + b"\n" for row in rows)
        out.write(b"TC .\n")

    def __bytes__(self) -> bytes:
        out = BytesIO()
        self.write(out)
        return out.getvalue()


def patch(before: Store, after: Store) -> Patch:
    """The patch that makes `after` out of `before`.

    Raises GraphError where things without an IRI (blank nodes) differ: a patch cannot say which of them it means.
    """
    old, new = _rows(before), _rows(after)
    deleted, added = old - new, new - old
    if any(map(_NAMELESS.search, (*deleted, *added))):
        old, new = _with_fixed_names(old), _with_fixed_names(new)
        deleted, added = old - new, new - old
        if any(map(_NAMELESS.search, (*deleted, *added))):
            raise GraphError(
                "things without an IRI (blank nodes) differ, and a patch cannot name them",
                todo="Take another format, or give them IRIs.",
            )
    return Patch(tuple(sorted(deleted)), tuple(sorted(added)))


def _rows(store: Store) -> set[bytes]:
    out = BytesIO()
    store.dump(out, _FORM)
    return set(_lines(out))


def _lines(out: BytesIO) -> Iterable[bytes]:
    """The rows; line ends within literals are escaped."""
    return (row for row in out.getvalue().split(b"\n") if row)


def _with_fixed_names(rows: set[bytes]) -> set[bytes]:
    """The rows with blank nodes called by where they stand (RDF Dataset Canonicalization, W3C 2024), so that equal ones are equal."""
    nameless = {row for row in rows if _NAMELESS.search(row)}
    dataset = Dataset(parse(b"\n".join(nameless), _FORM))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0_SHA_256)
    out = BytesIO()
    serialize(dataset, out, _FORM)
    return (rows - nameless) | set(_lines(out))
