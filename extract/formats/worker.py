"""The process in which parsers run: it takes one request a line, answers each with one line, and ends with its input.

It is allowed little: so much memory, so much time, no files written, no sockets, no other processes. Whatever a document
does to it, the answer is data (JSON, never pickle), so that no document speaks to the process that asked.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from extract.errors import DocumentError
from extract.formats.limits import MB, Limits
from extract.formats.parsing import list_members, parse

READY = b"ready\n"  # said once, before the first request
# Audit events of what no parser of ours needs. Source: PEP 578 and the audit events table of the Python documentation.
FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.remove", "os.rename",
             "os.rmdir", "os.mkdir", "os.truncate", "shutil.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.")  # fmt: skip


def main() -> None:
    """Answer requests until there are none."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # libraries that print would spoil the answers
    sys.dont_write_bytecode = True
    _forbid()
    answers.write(READY)
    answers.flush()
    serve(sys.stdin.buffer, answers)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Read requests, write answers."""
    for line in requests:
        request = json.loads(line)
        answers.write(json.dumps(answer(request)).encode("ascii") + b"\n")
        answers.flush()


def answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """What a request comes to: {"done": …}, or {"refused": [what, where, todo]}."""
    limits = Limits(**request["limits"])
    _restrain(limits)
    path, members = Path(request["path"]), tuple(request["members"])
    where = "/".join((str(path), *members))
    try:
        if request["task"] == "list":
            return {"done": list_members(path, limits=limits)}
        return {"done": parse(path, members, limits=limits, encoding=request["encoding"]).as_json()}
    except DocumentError as error:
        return {"refused": [error.what, error.where, error.todo]}
    except MemoryError:
        return {
            "refused": [f"it takes more than {limits.memory // MB:,} MB of memory", where, "Split it, or raise --max-memory."]
        }
    except RecursionError:
        return {"refused": ["it is nested too deep to read", where, "Save it in a simpler form."]}
    except Exception as error:  # noqa: BLE001 - the edge of the process: a parser's mistake costs this document alone
        return {"refused": [f"its parser failed ({type(error).__name__}: {error})"[:500], where, "Save it in another format."]}


def _restrain(limits: Limits) -> None:
    """Bound memory, and time should nobody be left to end us. Systems without such limits (Windows) go without."""
    try:
        import resource  # noqa: PLC0415 - not everywhere
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime + limits.seconds) + 5
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        try:
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        except (ValueError, OSError):
            continue


def _forbid() -> None:
    """Refuse, from now on, what a document could misuse. What Python does not see, the libraries are told not to do."""

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(FORBIDDEN):
            raise PermissionError(f"a document asked for {event}")
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise PermissionError("a document asked to write a file")

    hook: Callable[[str, tuple[object, ...]], None] = watch
    sys.addaudithook(hook)
