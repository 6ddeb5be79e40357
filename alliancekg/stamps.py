"""Whether a file is still the one that was read: by its status where that can tell, else by its bytes.

A status (size, times, inode) cannot tell a change within the clock's tick of the reading; such a stamp is "fresh", and the bytes
decide. Source: "racy git", Documentation/technical/racy-git.txt of Git.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from extract.documents import SIDECAR, LoadOptions

_TICK = 2_000_000_000  # nanoseconds: the coarsest clock of a file system that is in use (FAT)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file with its sidecar, and the options that it was read with."""

    status: str
    content: str
    fresh: bool


def look(file: Path, reader: str, known: str | None) -> tuple[bool, str]:
    """Whether a file is what the stamp `known` says, and its stamp as it is now. `reader` says what reads it: options, version.

    Its bytes are looked at only where its status cannot tell. Raises OSError where it cannot be read.
    """
    parts = (file, file.with_suffix(SIDECAR))
    status = [_status(path) for path in parts]
    told = json.dumps([[[s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino] if s else None for s in status], reader])
    was = Stamp(*json.loads(known)) if known else None
    if known and was and not was.fresh and was.status == told:
        return True, known
    newest = max(max(s.st_mtime_ns, s.st_ctime_ns) for s in status if s is not None)
    now = Stamp(told, _content(parts, reader), fresh=time.time_ns() - newest < _TICK)
    return was is not None and was.content == now.content, json.dumps([now.status, now.content, now.fresh])


def reader_of(options: LoadOptions, version: str) -> str:
    """What reads files: another reader may see another document in the same bytes."""
    return f"{version} {options!r}"


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _content(parts: Sequence[Path], reader: str) -> str:
    found = sha256(reader.encode())
    for path in parts:
        try:
            with path.open("rb") as file:
                found.update(hashlib.file_digest(file, "sha256").digest())
        except FileNotFoundError:
            found.update(b"none")
    return found.hexdigest()[:32]
