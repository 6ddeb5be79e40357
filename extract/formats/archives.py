"""What stands in a zip file: names that are safe to show, and members read within the limits. Nothing is ever written.

Sizes in a zip's headers are only claims, so that what comes out is counted while it comes out.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from extract.errors import DocumentError
from extract.formats.kinds import Format, format_of, is_known
from extract.formats.limits import MB, Limits

CHUNK = 1 << 16
_control = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    ValueError,
    OSError,
    RuntimeError,
    KeyError,
    IndexError,
)


class Budget:
    """What may still be unpacked; shared by all that is unpacked for one document."""

    def __init__(self, limits: Limits, where: str) -> None:
        self.left, self.limit, self.where = limits.max_unpacked, limits.max_unpacked, where

    def take(self, size: int) -> None:
        """Raises DocumentError where it is more than is left."""
        self.left -= size
        if self.left < 0:
            raise DocumentError(
                f"it unpacks to more than {self.limit // MB:,} MB",
                where=self.where,
                todo="Unpack it yourself if you trust it, or raise --max-unpacked.",
            )


def open_zip(raw: bytes, *, limits: Limits, where: str) -> zipfile.ZipFile:
    """The archive in the bytes. Raises DocumentError where it is none, or has too many members."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except BROKEN as error:
        raise DocumentError(f"not a zip file, or broken: {error}", where=where, todo="Pack it again.") from error
    if len(archive.infolist()) > limits.max_members:
        raise DocumentError(
            f"it holds {len(archive.infolist()):,} files, the limit is {limits.max_members:,}",
            where=where,
            todo="Split it, or raise --max-members.",
        )
    return archive


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, budget: Budget, limit: int) -> bytes:
    """The bytes of a member. Raises DocumentError where it is encrypted, broken, or larger than `limit`."""
    if info.flag_bits & 0x1:
        raise DocumentError("it is encrypted", where=budget.where, todo="Unpack it with its password.")
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as member:
            while chunk := member.read(CHUNK):
                size += len(chunk)
                budget.take(len(chunk))
                if size > limit:
                    raise DocumentError(
                        f"too large: more than {limit:,} bytes", where=budget.where, todo="Split it, or raise --max-size."
                    )
                parts.append(chunk)
    except BROKEN as error:
        raise DocumentError(f"the archive is broken: {error}", where=budget.where, todo="Pack it again.") from error
    return b"".join(parts)


def safe_name(info: zipfile.ZipInfo) -> str | None:
    r"""A member's name for people and identifiers; None where it is a folder, hidden, or leads out of the archive.

    Names without the UTF-8 flag are CP932 if they can be, as Japanese Windows packs them.
    """
    name = info.filename
    if not info.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("cp932")
        except UnicodeError:
            name = info.filename
    name = name.replace("\\", "/")
    parts = PurePosixPath(name).parts
    if name.endswith("/") or not parts or name.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", name):
        return None
    if any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return None
    return _control.sub("\ufffd", "/".join(parts))[:1000]


def members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The members by their safe names, sorted. Of two with one name the first counts, which no forger can hide behind."""
    named: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        name = safe_name(info)
        if name is not None:
            named.setdefault(name, info)
    return dict(sorted(named.items()))


def list_documents(raw: bytes, *, limits: Limits, where: str, nesting: int = 1) -> Iterator[tuple[str, ...]]:
    """The documents in an archive and in the archives within it, each by the names that lead to it.

    An archive within that is broken, or deeper than the limit, is given as it is: reading it will say what is wrong.
    """
    archive = open_zip(raw, limits=limits, where=where)
    budget = Budget(limits, where)
    for name, info in members(archive).items():
        if not is_known(name) or name.endswith(".meta.toml"):
            continue
        if format_of(name) is not Format.ARCHIVE or nesting >= limits.max_nesting:
            yield (name,)
            continue
        try:
            inner = read_member(archive, info, budget=budget, limit=limits.max_bytes)
            found = list(list_documents(inner, limits=limits, where=f"{where}/{name}", nesting=nesting + 1))
        except DocumentError:
            yield (name,)
            continue
        for names in found:
            yield (name, *names)


def read_document(raw: bytes, names: Sequence[str], *, limits: Limits, where: str) -> tuple[bytes, str | None]:
    """The bytes of the document that the names lead to, and its sidecar. Raises DocumentError where it cannot be read."""
    budget = Budget(limits, where)
    sidecar: str | None = None
    for depth, name in enumerate(names, start=1):
        if depth > limits.max_nesting:
            raise _too_deep(limits, where)
        archive = open_zip(raw, limits=limits, where=where)
        known = members(archive)
        if name not in known:
            raise DocumentError("it is not in the archive any more", where=where, todo="Run again.")
        raw = read_member(archive, known[name], budget=budget, limit=limits.max_bytes)
        beside = known.get(str(PurePosixPath(name).with_suffix(".meta.toml")))
        if depth == len(names) and beside is not None:
            sidecar = _as_text(read_member(archive, beside, budget=budget, limit=limits.max_bytes), where)
    if format_of(names[-1]) is Format.ARCHIVE:
        if len(names) >= limits.max_nesting:
            raise _too_deep(limits, where)
        list(list_documents(raw, limits=limits, where=where, nesting=len(names)))  # says what is wrong with it
        raise DocumentError("there is no document in it", where=where, todo="Leave it out.")
    return raw, sidecar


def _too_deep(limits: Limits, where: str) -> DocumentError:
    return DocumentError(
        f"archives within archives, more than {limits.max_nesting} deep",
        where=where,
        todo="Unpack it yourself, or raise --max-nesting.",
    )


def _as_text(raw: bytes, where: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeError as error:
        raise DocumentError(f"its sidecar is not UTF-8: {error}", where=where, todo="Mend it, or take it away.") from error
