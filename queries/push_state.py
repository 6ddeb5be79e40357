"""How far a push has come, in a small file, so that one that was interrupted goes on where it was.

The file holds, for each address that was pushed to, which graphs are there since, and of a push that has not ended its digest and the
number of batches that the store has acknowledged. It holds no credentials, and of an address neither user nor query string.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from queries.address import Address
from queries.errors import QueryError

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Progress:
    """Of one address: the graphs that pushes have put there, and of the one that has not ended its digest and batches done."""

    graphs: tuple[str, ...] = ()
    digest: str = ""
    done: int = 0


class StateFile:
    """The part of a file that is about one address. Without a path nothing is read or kept."""

    def __init__(self, path: Path | None, to: Address) -> None:
        self._path, self._shown = path, to.shown
        self._key = hashlib.sha256(to.url.encode()).hexdigest()[:16]

    def read(self) -> Progress:
        """What is known of the address. Raises QueryError where the file is none of ours."""
        entry = self._pushes().get(self._key, {})
        try:
            return Progress(tuple(map(str, entry.get("graphs", ()))), str(entry.get("digest", "")), int(entry.get("done", 0)))
        except (AttributeError, TypeError, ValueError) as error:
            raise self._broken() from error

    def write(self, progress: Progress) -> None:
        """Put it in the place of what was known, at once and whole. Raises QueryError where that cannot be done."""
        if self._path is None:
            return
        pushes = self._pushes() | {self._key: {"address": self._shown, **asdict(progress)}}
        text = json.dumps({"alliancekg-push": _VERSION, "pushes": pushes}, ensure_ascii=False, indent=1)
        part = self._path.with_name(f".{self._path.name}.part")
        try:
            part.write_text(text, encoding="utf-8")
            part.replace(self._path)
        except OSError as error:
            raise QueryError(
                f"the state of the push cannot be kept: {error.strerror}",
                where=str(self._path),
                todo="Give another --state FILE.",
            ) from error

    def _pushes(self) -> dict[str, Any]:
        if self._path is None:
            return {}
        try:
            held = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise QueryError(f"cannot read the state of the push: {error.strerror}", where=str(self._path)) from error
        except ValueError as error:
            raise self._broken() from error
        if not isinstance(held, dict) or held.get("alliancekg-push") != _VERSION or not isinstance(held.get("pushes"), dict):
            raise self._broken()
        pushes: dict[str, Any] = held["pushes"]
        return pushes

    def _broken(self) -> QueryError:
        return QueryError(
            "this is no state of a push, or that of another version",
            where=str(self._path),
            todo="Remove it to begin anew, or give another --state FILE.",
        )
