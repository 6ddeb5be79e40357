"""A build that is killed at any moment: what was acknowledged is there, nothing is half there, and going on leads to the same end."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from stores_made import IN_MEMORY, Plain, content

from alliancekg.keeping import keep
from alliancekg.reading import this_run
from graph.store.collection import Change, reading, writing
from ontology.errors import AllianceKGError

MOMENTS = 70  # of builds and prunes
REVIEWED = 30  # moments of reviews
BUILD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from alliancekg.keeping import keep
from alliancekg.reading import this_run
from graph.store.collection import Change, reading, writing
from stores_made import Plain
print("ready", flush=True)
keep([Path(sys.argv[1])], Path(sys.argv[2]), prune=True, extractor=Plain())
print("done", flush=True)
"""
REVIEW = """
import sys
from pathlib import Path
from alliancekg.reviewing import reviewing
from graph.reviewing.items import Ruling
from ontology.terms import Verdict
print("ready", flush=True)
with reviewing(Path(sys.argv[2]), "査読者") as room:
    for at, item in enumerate(room.items()):
        print(room.record(Ruling(item, list(Verdict)[at % 2])).id, flush=True)
print("done", flush=True)
"""
BODIES = ("防衛協議会", "作業部会", "連絡会議", "調整所", "対話")


def lines(rng: random.Random) -> str:
    """A document that says a few things of a few bodies."""
    said = []
    for _ in range(rng.randint(1, 12)):
        one, other = rng.sample(BODIES, 2)
        said.append(
            rng.choice(
                (f"{one} partOf {other}", f"{one} establishedOn 20{rng.randint(10, 24)}-04-10", f"{one} hasMember {other}")
            )
        )
    return "\n".join(said) + "\n"


def alter(documents: Path, rng: random.Random) -> None:
    """Put in, change and take out some documents."""
    for _ in range(rng.randint(1, 6)):
        path = documents / f"{rng.randrange(12)}.txt"
        if path.exists() and rng.random() < 0.3 and len(list(documents.iterdir())) > 1:
            path.unlink()
        else:
            path.write_text(lines(rng), encoding="utf-8")


@pytest.fixture
def in_memory() -> Iterator[Path]:
    with TemporaryDirectory(dir=IN_MEMORY) as directory:
        yield Path(directory)


@pytest.mark.slow
def test_a_build_may_be_killed_at_any_moment(in_memory: Path) -> None:
    rng = random.Random(5)
    documents, store = in_memory / "documents", in_memory / "store"
    documents.mkdir()
    alter(documents, rng)
    before: set[str] | None = None
    lasts, outcomes = 1.0, {"before": 0, "after": 0}
    for moment in range(MOMENTS):
        keep([documents], in_memory / "undisturbed", prune=True, extractor=Plain())
        after = content(in_memory / "undisturbed")
        said, took = killed(BUILD, documents, store, after=rng.uniform(0, lasts) if moment else 9)
        acknowledged = "done" in said
        lasts = took if moment == 0 else lasts
        if before is not None or acknowledged:
            there = content(store)
            assert there == after or (there == before and not acknowledged), f"at moment {moment}"
            outcomes["after" if there == after else "before"] += 1
        keep([documents], store, prune=True, extractor=Plain())
        assert content(store) == after
        assert len(list((store / "graphs").iterdir())) <= 2, "what the kill left behind is swept away"
        before = after
        alter(documents, rng)
    assert min(outcomes.values()) > MOMENTS / 20, f"the kills fell before and after the commit alike: {outcomes}"


def killed(what: str, documents: Path, store: Path, *, after: float) -> tuple[list[str], float]:
    """Start a script, kill it so many seconds after it began; the lines that it said by then, and how long it took."""
    command = [sys.executable, "-c", what, str(documents), str(store), str(Path(__file__).parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        began = time.monotonic()
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        took = time.monotonic() - began
        return process.stdout.read().splitlines(), took


@pytest.mark.slow
def test_a_review_may_be_killed_at_any_moment(in_memory: Path) -> None:
    rng = random.Random(7)
    documents, undecided = in_memory / "documents", in_memory / "undecided"
    documents.mkdir()
    for _ in range(6):
        alter(documents, rng)
    keep([documents], undecided, extractor=Plain())
    before, lasts, outcomes = content(undecided), 1.0, {"none": 0, "some": 0, "all": 0}
    for moment in range(REVIEWED):
        store = in_memory / f"reviewed-{moment}"
        shutil.copytree(undecided, store)
        said, took = killed(REVIEW, documents, store, after=rng.uniform(lasts / 4, lasts) if moment else 9)
        lasts = took if moment == 0 else lasts
        with reading(store) as collection:
            decided = [decision for one in collection.decisions().values() for decision in one]
        acknowledged = set(said) - {"done"}
        assert acknowledged <= {decision.id for decision in decided}
        there = content(store)
        with writing(store) as collection:
            collection.change(Change(), run=this_run())
        after = content(store)
        assert there == after or (there == before and "done" not in said), "the graph holds all decisions, or none yet"
        outcomes["all" if "done" in said else "some" if decided else "none"] += 1
        at_once = in_memory / f"at-once-{moment}"
        shutil.copytree(undecided, at_once)
        with writing(at_once) as collection:
            collection.keep_decisions(decided)
            collection.change(Change(), run=this_run())
        assert after == content(at_once)
    assert outcomes["some"] > REVIEWED / 10, f"the kills fell between decisions: {outcomes}"


@pytest.mark.slow
def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if (
        mount is None
        or subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(disk)], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("a file system of its own cannot be mounted here")
    try:
        documents = tmp_path / "documents"
        documents.mkdir()
        (documents / "a.txt").write_text("協議会 partOf 対話\n", encoding="utf-8")
        keep([documents], disk / "store", extractor=Plain())
        before = content(disk / "store")
        rng = random.Random(1)
        for at in range(100):
            (documents / f"b{at}.txt").write_text("".join(lines(rng) for _ in range(20)), encoding="utf-8")
        with pytest.raises(AllianceKGError, match="disk is full"):
            keep([documents], disk / "store", extractor=Plain())
        assert content(disk / "store") == before
        subprocess.run([mount, "-o", "remount,size=500m", str(disk)], check=True)
        keep([documents], disk / "store", extractor=Plain())
        keep([documents], tmp_path / "roomy", extractor=Plain())
        assert content(disk / "store") == content(tmp_path / "roomy")
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
