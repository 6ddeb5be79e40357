"""Where the log goes: to stderr with -v, else errors alone; and to a file where one is given."""

from __future__ import annotations

import logging
import sys
from logging.handlers import WatchedFileHandler
from pathlib import Path
from typing import TextIO

from ontology.errors import AllianceKGError

_BRIEF = "%(levelname)s %(name)s: %(message)s"
_FULL = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class LogFileError(AllianceKGError):
    """The log file cannot be written."""


class Stderr(logging.StreamHandler[TextIO]):
    """Writes to stderr as it is when something is logged, so that a progress bar can step aside."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)


# `extra` of what the command line says by itself as well: it goes into a log file, not a second time to stderr.
SAID = {"said": True}


def log_requests(file: Path) -> None:
    """Write what the server answered to a file, which may be taken away and is then made anew.

    Raises LogFileError where it cannot be written.
    """
    requests = logging.getLogger("queries.serving.access")
    requests.setLevel(logging.INFO)
    requests.addHandler(_opened(WatchedFileHandler, file))


def _opened(kind: type[logging.FileHandler], file: Path) -> logging.FileHandler:
    try:
        return kind(file, encoding="utf-8")
    except OSError as error:
        raise LogFileError(
            f"the log cannot be written: {error.strerror}", where=str(file), todo="Give another file."
        ) from error


def configure(*, verbose: bool = False, file: Path | None = None) -> None:
    """Send the log where it belongs; what was configured before is undone.

    Raises LogFileError where the file cannot be written.
    """
    stderr = Stderr()
    stderr.setLevel(logging.INFO if verbose else logging.ERROR)
    stderr.setFormatter(logging.Formatter(_BRIEF))
    stderr.addFilter(lambda record: not hasattr(record, "said"))
    handlers: list[logging.Handler] = [stderr]
    if file is not None:
        written = _opened(logging.FileHandler, file)
        written.setLevel(logging.INFO)
        written.setFormatter(logging.Formatter(_FULL))
        handlers.append(written)
    logging.basicConfig(level=logging.INFO if verbose or file else logging.ERROR, handlers=handlers, force=True)
