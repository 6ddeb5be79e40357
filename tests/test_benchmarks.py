"""The harness measures what it says and refuses what differs; every benchmark runs on tiny sizes."""

from __future__ import annotations

import json
import time
from functools import partial
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS, measure
from benchmarks.harness import Contender, DifferingError, Measured, compare, peak
from benchmarks.questions import _in_time
from benchmarks.report import as_json, as_markdown
from benchmarks.scale import QUICK


def test_contenders_take_turns_and_each_is_prepared_untimed() -> None:
    said: list[str] = []
    contenders = [Contender(name, lambda name=name: said.append(name), lambda: said.append("-")) for name in ("a", "b")]
    elapsed, processor = compare("of", "what", contenders, rounds=3, repeat=2)
    assert "".join(said) == "-aa-bb" + "-bb-aa" + "-aa-bb"
    assert elapsed.reference == processor.reference == "b"
    assert [len(samples) for one in (elapsed, processor) for samples in one.samples.values()] == [3, 3, 3, 3]


def test_what_comes_out_differently_fails_whichever_gave_it() -> None:
    with pytest.raises(DifferingError, match="a and b gave different things"):
        list(compare("of", "what", [Contender("a", lambda: 1), Contender("b", lambda: 2)], rounds=1))
    turns = iter((1, 2))
    with pytest.raises(DifferingError, match="a and a gave"):
        list(compare("of", "what", [Contender("a", lambda: next(turns)), Contender("b", lambda: None)], rounds=2))


def test_a_contender_whose_outcome_cannot_be_compared_is_timed_all_the_same() -> None:
    (elapsed, _) = compare("of", "what", [Contender("a", lambda: None), Contender("b", lambda: 2)], rounds=1)
    assert list(elapsed.samples) == ["a", "b"]


def test_ratios_are_those_of_each_round() -> None:
    told = Measured("of", "what", "ms", {"a": [10, 40], "b": [5, 10]})
    assert told.ratios("a") == [2, 4]
    assert "| what | a | 25 | 10–40 | ms | 3.00 | 2.00–4.00 |" in as_markdown([told])
    assert json.loads(as_json([told]))["measured"][0]["ratios"] == {"a": [2, 4], "b": [1, 1]}


def _fill(megabytes: int) -> int:
    return len(b"1" * (megabytes * 2**20))


def test_peak_memory_is_that_of_the_task_alone() -> None:
    held = b"1" * (300 * 2**20)  # by this process, of which the other one must know nothing
    little, _ = peak(_fill, 1)
    much, outcome = peak(_fill, 200)
    assert outcome == 200 * 2**20
    assert little < 300
    assert 180 < much - little < 220
    del held


def test_what_is_not_answered_in_time_is_given_up() -> None:
    assert _in_time(int, 60)
    assert not _in_time(partial(time.sleep, 60), 0.1)


@pytest.mark.slow
@pytest.mark.parametrize("name", BENCHMARKS)
def test_every_benchmark_runs_on_tiny_sizes(name: str, tmp_path: Path) -> None:
    into = tmp_path / "bench.json"
    assert measure([name], QUICK, into) == 0
    assert json.loads(into.read_text(encoding="utf-8"))["measured"]
