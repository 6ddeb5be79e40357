"""Documents read on an existing Dask cluster: spread over its workers, the readings back to the one process that writes.

A worker loads the model once. Few documents are out at a time, so that what comes back never piles up before the writer. What a lost
worker was at is read elsewhere; a document that workers die of is set aside and named. Workers that would read differently (other
code, other rules, another model) are refused. Needs the extra `cluster`.

Source: https://distributed.dask.org/en/stable/resilience.html (what becomes of the tasks of a lost worker), …/plugins.html.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock

from distributed import Client, Future, KilledWorker, Worker, WorkerPlugin, get_worker
from distributed.client import FutureCancelledError

from alliancekg.extracting import extractor_here
from alliancekg.reading import Extracts, LeaveOut
from extract.affected.fingerprint import fingerprint
from extract.errors import DocumentError
from extract.model import Document, Extraction, Role
from ontology.authority import Entry
from ontology.errors import AllianceKGError

log = logging.getLogger(__name__)

AHEAD = 3  # documents that are out for each worker: one is read, one waits there, one is on its way
CONNECTING = 30  # seconds for the scheduler to answer, and for a first worker to be there
PATIENCE = 60  # seconds without a reading after which the cluster is asked whether it still has workers
ROUNDS = 10  # of them without any worker, and it is given up
_AGAIN = "Run the build again: into a store it goes on where it was."


class ClusterError(AllianceKGError):
    """The cluster cannot be used, or is lost."""


class Reader(WorkerPlugin):
    """What reads documents on a worker, one at a time; the model is loaded when the first one comes.

    It stays on the workers for the next build that asks for the same: `name` says for which. `make` takes the place of what makes an
    extractor with the GiNZA model.
    """

    idempotent = True  # the one that is there has loaded the model

    def __init__(
        self, entries: Sequence[Entry], include: Collection[Role], make: Callable[..., Extracts] = extractor_here
    ) -> None:
        self._entries, self._include, self._make = tuple(entries), tuple(include), make
        self._wanted = fingerprint(self._entries, self._include).whole
        self.name = f"alliancekg-{self._wanted[:16]}-{make.__name__}"

    def setup(self, worker: Worker) -> None:
        """Called by Dask on each worker, also on those that come later."""
        self._same = fingerprint(self._entries, self._include).whole == self._wanted
        self._address = worker.address
        self._turn = Lock()
        self._extractor: Extracts | None = None

    def read(self, document: Document) -> Extraction:
        """What the document says. Raises ClusterError where this worker would read it differently from the process that asks."""
        if not self._same:
            todo = "Install there the same alliancekg, with its constraints.txt and the same Python."
            raise ClusterError("this worker has another alliancekg, model or Python", where=self._address, todo=todo)
        with self._turn:
            if self._extractor is None:
                self._extractor = self._make(self._entries, self._include, lambda _characters: None)
            (extraction,) = self._extractor.extract([document])
        return extraction


def read_by(name: str, document: Document) -> Extraction:
    """The task: read a document by the plugin of this name on the worker that runs it."""
    reader = get_worker().plugins[name]
    if not isinstance(reader, Reader):
        raise TypeError(name)
    return reader.read(document)


class Cluster:
    """Reads documents on the cluster at `address`: tcp://HOST:PORT, tls://HOST:PORT, or the path of a scheduler file.

    `leave_out` is told of documents that are set aside. Raises ClusterError where there is no cluster, or none any more.
    """

    def __init__(self, address: str, reader: Reader, leave_out: LeaveOut) -> None:
        self._address, self._reader, self._leave_out = address, reader, leave_out

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """One extraction for each document that workers survive, as they come back."""
        with self._connected() as client:
            suspects = yield from self._read(client, documents)
            # Some of them only lay beside what a worker died of: each by itself tells which.
            for document in suspects:
                if (yield from self._read(client, [document])):
                    self._set_aside(document)

    def _read(self, client: Client, documents: Iterable[Document]) -> Generator[Extraction, None, list[Document]]:
        """The extractions as they come back; returns the documents that several workers were lost with."""
        waiting, lost = iter(documents), list[Document]()
        out: dict[Future[Extraction], Document] = {}
        back: SimpleQueue[Future[Extraction]] = SimpleQueue()
        try:
            while True:
                workers = max(len(client.nthreads()), 1)
                for document in islice(waiting, max(AHEAD * workers - len(out), 0)):
                    future = client.submit(read_by, self._reader.name, document, pure=False)
                    out[future] = document
                    future.add_done_callback(back.put)
                if not out:
                    return lost
                future = self._next(client, back)
                document = out.pop(future)
                if isinstance(future.exception(), KilledWorker):
                    lost.append(document)
                else:
                    yield future.result()
        finally:
            client.cancel(list(out))

    def _next(self, client: Client, back: SimpleQueue[Future[Extraction]]) -> Future[Extraction]:
        """The next one that is done, however long it takes while there are workers."""
        without = 0
        while without < ROUNDS:
            try:
                return back.get(timeout=PATIENCE)
            except Empty:
                without = 0 if client.nthreads() else without + 1
                if without:
                    log.warning("the cluster at %s has no workers now; waiting for some", self._address)
        raise ClusterError("it has no workers any more", where=self._address, todo=_AGAIN)

    def _set_aside(self, document: Document) -> None:
        error = DocumentError(
            "workers were lost reading it, also when it was alone",
            where=document.identifier,
            todo="Give them more memory, or split it.",
        )
        self._leave_out(Path(document.identifier), error)

    @contextmanager
    def _connected(self) -> Iterator[Client]:
        """A client of the cluster, whose workers have what reads documents."""
        try:
            client = Client(_scheduler(self._address), timeout=CONNECTING, set_as_default=False)
        except (OSError, ValueError, TypeError, KeyError) as error:
            todo = "Start one with `dask scheduler`, and give its address: tcp://HOST:8786."
            raise ClusterError("no scheduler answers", where=self._address, todo=todo) from error
        try:
            with client:
                client.wait_for_workers(1, timeout=CONNECTING)
                client.register_plugin(self._reader)
                yield client
        except TimeoutError as error:
            raise ClusterError("it has no workers", where=self._address, todo="Start some with `dask worker`.") from error
        except (OSError, CancelledError, FutureCancelledError) as error:
            raise ClusterError(f"the cluster is lost: {error}", where=self._address, todo=_AGAIN) from error


def _scheduler(address: str) -> str:
    """The address, also where it is a scheduler file's. Raises OSError, ValueError, TypeError or KeyError where that is none."""
    file = Path(address)
    return str(json.loads(file.read_text(encoding="utf-8"))["address"]) if file.is_file() else address
