"""Builds on a Dask cluster of real processes: the graph is that of a build here, whatever becomes of the workers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cluster_readers import DEADLY, Mortal, Running, mortal, running
from stores_made import content

from alliancekg import clustering
from alliancekg.building import run
from alliancekg.clustering import Cluster, ClusterError, Reader
from alliancekg.extracting import Where
from alliancekg.keeping import keep
from alliancekg.reading import Watcher
from extract.model import Document, Extraction

pytestmark = pytest.mark.slow
EXAMPLES = Path(__file__).parent.parent / "examples"


def written(directory: Path, count: int) -> Path:
    """Documents that say something of each other, and of bodies that all of them name."""
    directory.mkdir()
    for n in range(count):
        (directory / f"{n:03}.txt").write_text(f"部会{n} partOf 協議会\n協議会 replaces 連絡会\n", encoding="utf-8")
    return directory


def clustered(cluster: Running, left_out: list[str]) -> Cluster:
    """What reads on the cluster as `Mortal` does."""
    return Cluster(str(cluster.scheduler_file), Reader((), (), mortal), lambda path, _error: left_out.append(path.name))


def test_a_worker_is_killed_in_the_middle(tmp_path: Path) -> None:
    documents, left_out, read = written(tmp_path / "documents", 60), [], 0

    def done(_extraction: Extraction) -> None:
        nonlocal read
        read += 1
        if read == 15:
            cluster.kill_one()

    with running(tmp_path, 3, nanny=False) as cluster:
        keep([documents], tmp_path / "far", extractor=clustered(cluster, left_out), watcher=Watcher(done=done))
    keep([documents], tmp_path / "here", extractor=Mortal())
    assert (read, left_out) == (60, [])
    assert content(tmp_path / "far") == content(tmp_path / "here")


def test_what_workers_die_of_is_set_aside_and_nothing_else(tmp_path: Path) -> None:
    documents, left_out = written(tmp_path / "documents", 20), []
    (documents / "004.txt").write_text(f"{DEADLY}\n", encoding="utf-8")
    with running(tmp_path, 2, nanny=True) as cluster:
        summary = keep([documents], tmp_path / "far", extractor=clustered(cluster, left_out))
        assert (summary.documents, left_out) == (19, ["004.txt"])
        (documents / "004.txt").write_text("部会4 partOf 協議会\n協議会 replaces 連絡会\n", encoding="utf-8")
        again = keep([documents], tmp_path / "far", extractor=clustered(cluster, left_out))
    assert again.changed is not None
    assert (again.changed.new, again.changed.same, again.skipped) == (1, 19, ())
    keep([documents], tmp_path / "here", extractor=Mortal())
    assert content(tmp_path / "far") == content(tmp_path / "here")


def test_there_is_no_scheduler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "CONNECTING", 1)
    for address in ("tcp://127.0.0.1:1", "nowhere", "ftp://127.0.0.1", str(written(tmp_path / "documents", 1) / "000.txt")):
        with pytest.raises(ClusterError, match="no scheduler answers"):
            run([tmp_path / "documents"], where=Where(cluster=address))


def test_there_are_no_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "CONNECTING", 2)
    with running(tmp_path, 0, nanny=False) as cluster, pytest.raises(ClusterError, match="it has no workers"):
        list(clustered(cluster, []).extract([Document("a.txt", "")]))


def test_all_workers_are_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "PATIENCE", 0.2)
    monkeypatch.setattr(clustering, "ROUNDS", 3)
    with running(tmp_path, 1, nanny=False) as cluster:
        coming = clustered(cluster, []).extract([Document(f"{n}.txt", "") for n in range(20)])
        next(coming)
        cluster.kill_one()
        with pytest.raises(ClusterError, match="no workers any more"):
            list(coming)


def test_the_scheduler_is_lost(tmp_path: Path) -> None:
    with running(tmp_path, 1, nanny=False) as cluster:
        coming = clustered(cluster, []).extract([Document(f"{n}.txt", "") for n in range(200)])
        next(coming)
        cluster.scheduler.kill()
        with pytest.raises(ClusterError, match="lost"):
            list(coming)


def test_workers_that_would_read_otherwise_are_refused(tmp_path: Path) -> None:
    reader = Reader((), (), mortal)
    reader._wanted = "what another alliancekg has"
    with running(tmp_path, 1, nanny=False) as cluster, pytest.raises(ClusterError, match="another alliancekg"):
        list(Cluster(str(cluster.scheduler_file), reader, pytest.fail).extract([Document("a.txt", "")]))


@pytest.mark.model
def test_the_command_on_the_examples(tmp_path: Path, extractor: object) -> None:
    with running(tmp_path, 3, nanny=False) as cluster:
        command = ["build", EXAMPLES, "--store", tmp_path / "far", "--cluster", cluster.scheduler_file]
        done = subprocess.run(
            [sys.executable, "-c", "from alliancekg.cli import main; main()", *map(str, command)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    keep([EXAMPLES], tmp_path / "here", extractor=extractor)
    assert content(tmp_path / "far") == content(tmp_path / "here")
