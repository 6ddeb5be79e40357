"""Several processes that read documents, each with a model of its own, for one that takes what they read.

Extractions come in the order of the documents, as they do from one process. No more documents are under way than a few for each
process, so that memory stays what it is however many there are.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from extract.errors import DocumentError
from extract.model import Document, Extraction, Role
from ontology.authority import Entry

if TYPE_CHECKING:
    from extract.pipeline import Extractor

AHEAD = 4  # documents under way for each process: enough that none waits while a long one is read
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


class ParallelExtractor:
    """Reads documents in `jobs` processes with one authority; `include` is that of `Extractor`.

    What starts processes must be importable: in a script, stand below `if __name__ == "__main__":`.
    """

    def __init__(self, authority: Sequence[Entry], *, jobs: int, include: Collection[Role] = ()) -> None:
        self._authority, self._include, self._jobs = tuple(authority), frozenset(include), jobs

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """One extraction for each document, in order. Raises DocumentError where a process is lost."""
        rest = iter(documents)
        first = list(islice(rest, AHEAD * self._jobs))
        if not first:
            return
        pool = ProcessPoolExecutor(
            min(self._jobs, len(first)),
            mp_context=multiprocessing.get_context(
                "spawn"
            ),  # a fork would take the threads of the libraries with it, half dead
            initializer=_start,
            initargs=(self._authority, self._include),
        )
        under_way: deque[Future[Extraction]] = deque()
        try:
            with _one_thread_each():
                under_way.extend(pool.submit(_read, document) for document in first)
            while under_way:
                yield under_way.popleft().result()
                under_way.extend(pool.submit(_read, document) for document in islice(rest, 1))
        except BrokenProcessPool as error:
            raise DocumentError(
                "a process that read documents has ended, perhaps for want of memory",
                where=f"--jobs {self._jobs}",
                todo="Use fewer jobs: each takes about 600 MB. What a store has kept so far need not be read again.",
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Processes that start in here multiply with one thread each: those of several would get into one another's way."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


_extractor: Extractor | None = None  # of this process


def _start(authority: Sequence[Entry], include: Collection[Role]) -> None:
    """Make the extractor that this process reads all its documents with; it loads the model with the first."""
    global _extractor  # noqa: PLW0603 - a pool hands its initialiser's work on by no other way
    from extract.pipeline import Extractor  # noqa: PLC0415 - the process that only waits needs none of it

    _extractor = Extractor(authority, include=include)


def _read(document: Document) -> Extraction:
    if _extractor is None:
        raise RuntimeError("this process has not been started by a ParallelExtractor")
    return _extractor.extract_one(document)
