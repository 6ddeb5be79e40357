"""A file, or an archive's member → what its format gives of it. This is what runs in a process of its own.

The libraries of a format are imported when its first document is there.
"""

from __future__ import annotations

import stat
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from extract.errors import DocumentError
from extract.formats.extracted import Extracted
from extract.formats.kinds import Format, format_of
from extract.formats.limits import Limits
from extract.formats.plain import read_plain


def parse(path: Path, members: Sequence[str] = (), *, limits: Limits, encoding: str | None = None) -> Extracted:
    """Read a document. `members` are the names that lead to it within an archive. Raises DocumentError."""
    where = "/".join((str(path), *members))
    raw, sidecar = read_file(path, limits=limits), None
    if members:
        from extract.formats.archives import read_document  # noqa: PLC0415 - most documents stand in no archive

        raw, sidecar = read_document(raw, members, limits=limits, where=where)
    name = members[-1] if members else path.name
    extracted = _read(format_of(name), raw, limits=limits, where=where, encoding=encoding)
    return replace(extracted, sidecar=sidecar) if sidecar is not None else extracted


def list_members(path: Path, *, limits: Limits) -> tuple[tuple[str, ...], ...]:
    """The documents in an archive, each by the names that lead to it. Raises DocumentError where it cannot be read."""
    from extract.formats.archives import list_documents  # noqa: PLC0415 - see above

    return tuple(list_documents(read_file(path, limits=limits), limits=limits, where=str(path)))


def _read(kind: Format, raw: bytes, *, limits: Limits, where: str, encoding: str | None) -> Extracted:
    match kind:
        case Format.HTML:
            from extract.formats.html import read_html  # noqa: PLC0415 - lxml is needed when such a file is there

            return read_html(raw, limits=limits, where=where, encoding=encoding)
        case Format.PDF:
            from extract.formats.pdf import read_pdf  # noqa: PLC0415 - as is PDFium

            return read_pdf(raw, limits=limits, where=where)
        case Format.DOCX:
            from extract.formats.docx import read_docx  # noqa: PLC0415

            return read_docx(raw, limits=limits, where=where)
        case Format.ARCHIVE:
            raise DocumentError("it is an archive and no document", where=where, todo="Unpack it.")
        case _:
            return read_plain(raw, limits=limits, where=where, encoding=encoding)


def read_file(path: Path, *, limits: Limits) -> bytes:
    """The bytes of a regular file that is not too large. Raises DocumentError for any other."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise DocumentError("not a regular file", where=str(path), todo="Give a text file.")
        if status.st_size > limits.max_bytes:
            raise DocumentError(
                f"too large: {status.st_size:,} bytes, the limit is {limits.max_bytes:,}",
                where=str(path),
                todo="Split it, or raise --max-size.",
            )
        with path.open("rb") as file:
            return file.read(limits.max_bytes + 1)
    except FileNotFoundError as error:
        raise DocumentError("there is no such file", where=str(path), todo="Check the path.") from error
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror}", where=str(path), todo="Check its permissions.") from error
