"""Parsers in a process of their own: a document that hangs, crashes or eats memory costs itself, and never the build.

One process serves document after document, as its libraries take a second to load. It is ended when a document takes
too long, and replaced when it is gone. A document that crashes a process which others have used before is tried once
more in a fresh one, as one of those may have left the damage.
"""

from __future__ import annotations

import json
import logging
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from extract.errors import DocumentError
from extract.formats.extracted import Extracted, from_json
from extract.formats.limits import DEFAULT, Limits
from extract.formats.worker import READY

START = 60.0  # seconds that starting the process may take

MODULE = "import extract.formats.worker"
USES = 200  # documents after which the process is replaced, with whatever they left in its memory
# -P: the folder that one happens to stand in is no place to import from. The path is ours, whatever started us.
BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from extract.formats.worker import main; main()"
_log = logging.getLogger(__name__)


class GoneError(Exception):
    """The process ended without an answer."""


class TooLongError(Exception):
    """The process gave no answer in time, and was ended."""


class Parsers:
    """The process with the parsers; it is started by the first document that needs it, and ended by `close`."""

    def __init__(self, limits: Limits = DEFAULT, *, boot: str = BOOT) -> None:
        self.limits, self._boot = limits, boot
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[bytes] = queue.Queue()
        self._used = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.close()

    def parse(self, path: Path, members: Sequence[str] = (), *, encoding: str | None = None) -> Extracted:
        """What a document gives. Raises DocumentError where it cannot be read, or cost its process."""
        done = self._ask("parse", path, members, encoding)
        try:
            return from_json(done)
        except (TypeError, KeyError, ValueError) as error:
            raise _crashed(path, members, "its parser gave no sense") from error

    def list(self, path: Path) -> tuple[tuple[str, ...], ...]:
        """The documents in an archive, each by the names that lead to it. Raises DocumentError as above."""
        return tuple(tuple(map(str, names)) for names in self._ask("list", path, (), None))

    def close(self) -> None:
        """End the process."""
        if self._process is None:
            return
        process, self._process = self._process, None
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()

    def _ask(self, task: str, path: Path, members: Sequence[str], encoding: str | None) -> Any:  # noqa: ANN401 - JSON
        request = json.dumps(
            {"task": task, "path": str(path), "members": list(members), "encoding": encoding, "limits": asdict(self.limits)}
        )
        if self._used >= USES:
            self.close()
        fresh = self._process is None
        try:
            answer = self._answer(request.encode("ascii") + b"\n")
        except GoneError as error:
            if fresh:
                raise _crashed(path, members, f"its parser crashed ({error})") from error
            _log.info("%s: the parsers crashed, tried once more", path)
            return self._ask(task, path, members, encoding)
        except TooLongError as error:
            raise _crashed(path, members, f"it takes more than {self.limits.seconds:g} seconds to read") from error
        if "refused" in answer:
            what, where, todo = map(str, answer["refused"])
            raise DocumentError(what, where=where, todo=todo)
        return answer["done"]

    def _answer(self, request: bytes) -> dict[str, Any]:
        process = self._running()
        self._used += 1
        assert process.stdin is not None
        try:
            process.stdin.write(request)
            process.stdin.flush()
            line = self._answers.get(timeout=self.limits.seconds)
        except OSError:
            line = b""
        except queue.Empty as error:
            self.close()
            raise TooLongError from error
        try:
            answer = json.loads(line)
        except ValueError as error:
            raise GoneError(self._ending(line)) from error
        if not isinstance(answer, dict) or not answer.keys() & {"done", "refused"}:
            raise GoneError(self._ending(line))
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        """The process, started where it is not there."""
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-P", "-c", self._boot, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._answers, self._used = queue.Queue(), 0
        threading.Thread(target=_pass_on, args=(self._process.stdout, self._answers), daemon=True).start()
        try:
            ready = self._answers.get(timeout=START)
        except queue.Empty:
            ready = b""
        if ready != READY:
            self.close()
            raise DocumentError("the process for parsers does not start", todo=f"Try 'python -c \"{MODULE}\"' to see why.")
        return self._process

    def _ending(self, line: bytes) -> str:
        """How the process ended, for people; it is gone after that."""
        process, code = self._process, None
        if process is not None and not line:
            try:
                code = process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                code = None
        self.close()
        if code is None:
            return "it gave no sense"
        return f"signal {-code}" if code < 0 else f"exit code {code}"


def _pass_on(pipe: IO[bytes], answers: queue.Queue[bytes]) -> None:
    """Pass lines on until there are none; the empty one at the end tells so."""
    try:
        for line in pipe:
            answers.put(line)
    except (OSError, ValueError):  # closed while it was read
        pass
    answers.put(b"")


def _crashed(path: Path, members: Sequence[str], what: str) -> DocumentError:
    return DocumentError(
        what,
        where="/".join((str(path), *members)),
        todo="Save it in another format, or raise --max-seconds or --max-memory.",
    )
