"""A Dask cluster for the tests, of real processes, and what its workers read with: nothing that needs the model, and killed by what says so."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from stores_made import Plain

from extract.model import Document, Extraction

DEADLY = "kill"
SECONDS = 30  # for a process to be there


class Mortal(Plain):
    """Takes a moment for each document, and dies of those that begin with DEADLY."""

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for document in documents:
            if document.text.startswith(DEADLY):
                os.kill(os.getpid(), signal.SIGKILL)
            time.sleep(0.1)
            yield from super().extract([document])


def mortal(*_: object) -> Mortal:
    return Mortal()


@dataclass(frozen=True, slots=True)
class Running:
    """A scheduler, by its file, and its workers: the processes that read, and those that start them anew."""

    scheduler_file: Path
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]

    def kill_one(self) -> None:
        self.workers[0].kill()


@contextmanager
def running(directory: Path, workers: int, *, nanny: bool) -> Iterator[Running]:
    """A scheduler and so many workers on loopback, stopped whatever happens. With a nanny a worker that died is started anew."""
    file = directory / "scheduler.json"
    here = {"PYTHONPATH": os.pathsep.join((str(Path(__file__).parent), *sys.path)), "OMP_NUM_THREADS": "1"}
    dask = [sys.executable, "-m", "dask"]
    if with_us := shutil.which("setpriv"):  # a test run that is killed takes them with it
        dask = [with_us, "--pdeathsig", "KILL", *dask]
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        with (directory / f"{len(started)}.log").open("wb") as output:
            command = [*dask, *arguments, "--scheduler-file", str(file), "--no-dashboard"]
            started.append(
                subprocess.Popen(
                    command, cwd=directory, env=os.environ | here, stdout=output, stderr=output, start_new_session=True
                )
            )
        return started[-1]

    try:
        scheduler = start("scheduler", "--host", "127.0.0.1", "--port", "0")
        _until(file.exists)
        kept = "--nanny" if nanny else "--no-nanny"
        made = [start("worker", kept, "--nthreads", "1", "--memory-limit", "0", "--host", "127.0.0.1") for _ in range(workers)]
        yield Running(file, scheduler, made)
    finally:
        for process in started:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _until(there: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not there():
        assert time.monotonic() < end
        time.sleep(0.05)
