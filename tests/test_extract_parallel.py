"""Several processes read what one reads, in the same order; a lost one is told of."""

import os
import signal

import pytest

from extract import parallel
from extract.errors import DocumentError
from extract.model import Document
from extract.parallel import THREADS, ParallelExtractor
from ontology.authority import load

TEXTS = ("SCCは1960年に設置された。", "2024年7月28日、日米両政府は協定に署名した。", "日豪閣僚協議は東京で開かれた。", "なし。")
DOCUMENTS = [Document(f"{n}.txt", TEXTS[n % len(TEXTS)] * (1 + n % 5), published="2024") for n in range(11)]


@pytest.mark.model
def test_two_processes_read_what_one_does(extractor):
    # More documents than are under way at a time.
    assert len(DOCUMENTS) > 2 * parallel.AHEAD
    found = list(ParallelExtractor(load(None), jobs=2).extract(iter(DOCUMENTS)))
    assert found == [extractor.extract_one(document) for document in DOCUMENTS]
    assert any(reading.claims for reading in found)


def test_a_lost_process_is_told_of(monkeypatch):
    monkeypatch.setattr(parallel, "_read", _die)
    with pytest.raises(DocumentError, match="fewer jobs"):
        list(ParallelExtractor((), jobs=2).extract(DOCUMENTS))


def _die(document):
    os.kill(os.getpid(), signal.SIGKILL)


def test_no_process_is_started_for_nothing(monkeypatch):
    monkeypatch.setattr(parallel, "ProcessPoolExecutor", lambda *_, **__: pytest.fail("started"))
    assert list(ParallelExtractor((), jobs=2).extract([])) == []


def test_the_environment_is_as_before(monkeypatch):
    monkeypatch.setenv(THREADS[0], "3")
    monkeypatch.delenv(THREADS[1], raising=False)
    with parallel._one_thread_each():
        assert {os.environ[name] for name in THREADS} == {"1"}
    assert os.environ[THREADS[0]] == "3"
    assert THREADS[1] not in os.environ
