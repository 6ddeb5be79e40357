"""Graphs as files: read, and written so that the old file survives whatever goes wrong.

Every format comes out in the same order every time, each thing's statements together: the same graph gives the
same bytes. The suffix tells the format.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import RdfFormat, Store

from graph.errors import GraphError
from graph.exporting.dataset import described
from graph.exporting.jsonld import write_jsonld
from graph.exporting.nanopublications import nanopublications
from graph.exporting.ordering import Part, apart, as_one, with_stable_names
from graph.exporting.syntaxes import write_n_quads, write_n_triples, write_xml
from graph.exporting.table import write_csv
from graph.exporting.turtle import write_turtle

READABLE: dict[str, RdfFormat] = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
}
_WRITERS: dict[str, Callable[[Iterable[Part], BinaryIO], None]] = {
    ".ttl": write_turtle,
    ".nt": write_n_triples,
    ".nq": write_n_quads,
    ".trig": write_turtle,
    ".jsonld": write_jsonld,
    ".rdf": write_xml,
}
WRITABLE: tuple[str, ...] = (*READABLE, ".graphml", ".csv")


def read(path: Path) -> Store:
    """The graph of an RDF file, in memory; named graphs keep their names.

    Raises GraphError where the file is missing, of a suffix that is no RDF format, or not what its suffix says.
    """
    where = str(path)
    form = READABLE.get(path.suffix.lower())
    if form is None:
        raise GraphError(_unknown(path), where=where, todo=f"Readable are {', '.join(READABLE)}.")
    if path.is_dir():
        raise GraphError("this is a directory, not a graph file", where=where)
    store = Store()
    try:
        store.bulk_load(path=path, format=form)
    except FileNotFoundError:
        raise GraphError("there is no such file", where=where, todo="Make one with `alliancekg build`.") from None
    except SyntaxError as error:
        raise GraphError(f"this is not valid {form.name}: {_one_line(error.msg)}", where=where) from error
    except (OSError, ValueError) as error:
        raise GraphError(f"the file cannot be read: {_one_line(error)}", where=where) from error
    return store


class Content(StrEnum):
    """What of a graph is written; the suffix tells in which format."""

    GRAPH = "graph"
    NANOPUB = "nanopub"
    VOID = "void"


_NAMES = {Content.GRAPH: "a graph", Content.NANOPUB: "nanopublications", Content.VOID: "the description of a graph"}


def write(store: Store, path: Path, *, content: Content = Content.GRAPH, bom: bool = False) -> None:
    """Write the graph in the format of the suffix, all of it or nothing: an existing file stays until the new one is whole.

    `.trig`, `.nq` and `.jsonld` keep named graphs apart, the other RDF formats write them as one. `.csv` holds the
    claims, with a byte order mark if `bom`; `.graphml` the entities and what stands as fact among them. In the place of
    the graph itself `content` writes its claims as nanopublications, or its description (VoID, DCAT). Raises GraphError.
    """
    check_writable(path, content=content, bom=bom)
    try:
        with _replacing(path) as out:
            _write(store, out, path.suffix.lower(), content, bom=bom)
    except OSError as error:
        raise GraphError(f"the file cannot be written: {error.strerror or error}", where=str(path)) from error


def content_called(name: str) -> Content:
    """The content of that name. Raises GraphError where there is none."""
    try:
        return Content(name)
    except ValueError:
        raise GraphError(f"graphs are not written as {name!r}", todo=f"Contents: {', '.join(Content)}.") from None


def _write(store: Store, out: BinaryIO, suffix: str, content: Content, *, bom: bool) -> None:
    if suffix == ".csv":
        write_csv(store, out, bom=bom)
    elif suffix == ".graphml":
        from graph.exporting.graphml import write_graphml  # noqa: PLC0415 - with it comes all that reads dates in text

        write_graphml(store, out)
    else:
        _WRITERS[suffix](_parts(store, suffix, content), out)


def _parts(store: Store, suffix: str, content: Content) -> Iterator[Part]:
    match content:
        case Content.NANOPUB:
            return nanopublications(store)
        case Content.VOID:
            return described(store)
        case Content.GRAPH:
            named = with_stable_names(store)
            return apart(named) if READABLE[suffix].supports_datasets else as_one(named)


def check_writable(path: Path, *, content: Content = Content.GRAPH, bom: bool = False) -> None:
    """Find out before a long build that its result could not be written. Raises GraphError."""
    where, suffix = str(path), path.suffix.lower()
    fitting = [known for known in WRITABLE if _holds(known, content)]
    if suffix not in fitting:
        what = f"a {suffix} file cannot hold {_NAMES[content]}" if suffix in WRITABLE else _unknown(path)
        raise GraphError(what, where=where, todo=f"Writable are {', '.join(fitting)}.")
    if bom and suffix != ".csv":
        raise GraphError("a byte order mark is for .csv files alone", where=where, todo="Leave it out.")
    if path.exists() and not path.is_file():
        raise GraphError("this is no regular file", where=where, todo="Give the name of a file.")
    parent = path.resolve().parent
    if not parent.is_dir():
        raise GraphError(f"there is no directory {parent}", where=where, todo="Create it first.")
    if not os.access(parent, os.W_OK):
        raise GraphError(f"the directory {parent} may not be written to", where=where)


def _holds(suffix: str, content: Content) -> bool:
    """Whether files of this suffix can hold it: nanopublications are named graphs, a description is RDF."""
    if content is Content.NANOPUB:
        return suffix in READABLE and READABLE[suffix].supports_datasets
    return content is Content.GRAPH or suffix in READABLE


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A file beside the wanted one that takes its place when all is written and on disk, and vanishes otherwise."""
    target = path.resolve()  # a link stays a link
    temporary = target.with_name(f".{target.stem[:40]}.{secrets.token_hex(8)}.part")
    try:
        with temporary.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o7777)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _unknown(path: Path) -> str:
    return f"the suffix {path.suffix} is no graph format" if path.suffix else "a graph file needs a suffix"


def _one_line(error: Exception | str) -> str:
    text = " ".join(str(error).split())
    return text if len(text) <= 160 else text[:159] + "…"
