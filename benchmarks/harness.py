"""How a benchmark measures: ways of doing one thing take turns, what comes out of them is compared, and each round gives one ratio.

    yield from compare("load", "1e5 triples", [Contender("alliancekg", ours), Contender("rdflib", theirs)], rounds=5)

The last contender is the reference: a ratio is what one takes over what the reference takes in the same round, so that less than 1 is
better and a machine that is busy for a while spoils none.
"""

from __future__ import annotations

import gc
import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median


class DifferingError(Exception):
    """Two ways of doing one thing gave different things: their times mean nothing."""


def _nothing() -> None:
    """What a contender prepares that needs nothing prepared."""


@dataclass(frozen=True, slots=True)
class Contender:
    """One way of doing a thing: `run` is timed, and gives what came out, None where that cannot be compared; `before` is not timed."""

    name: str
    run: Callable[[], object]
    before: Callable[[], object] = _nothing


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure of each contender for each round, in `unit`; the last contender is the reference."""

    benchmark: str
    what: str
    unit: str
    samples: Mapping[str, Sequence[float]]
    notes: Mapping[str, object] = field(default_factory=dict)

    @property
    def reference(self) -> str:
        return list(self.samples)[-1]

    def middle(self, contender: str) -> float:
        return median(self.samples[contender])

    def spread(self, contender: str) -> tuple[float, float]:
        return min(self.samples[contender]), max(self.samples[contender])

    def ratios(self, contender: str) -> list[float]:
        """Round by round what the contender takes over what the reference does, in ascending order."""
        pairs = zip(self.samples[contender], self.samples[self.reference], strict=True)
        return sorted(own / other for own, other in pairs if other)


def compare(
    benchmark: str,
    what: str,
    contenders: Sequence[Contender],
    *,
    rounds: int,
    repeat: int = 1,
    notes: Mapping[str, object] | None = None,
) -> Iterator[Measured]:
    """Milliseconds elapsed and of the processor, one turn being `repeat` runs, of this process and those that it started and that ended.

    Raises DifferingError where two runs, of one contender or of two, gave different things.
    """
    elapsed: dict[str, list[float]] = {one.name: [] for one in contenders}
    processor: dict[str, list[float]] = {one.name: [] for one in contenders}
    first: tuple[str, object] | None = None
    for number in range(rounds):
        turn = number % len(contenders)
        for one in (*contenders[turn:], *contenders[:turn]):
            one.before()
            gc.collect()
            began, used = time.perf_counter(), processor_seconds()
            for _ in range(repeat):
                outcome = one.run()
            elapsed[one.name].append(1000 * (time.perf_counter() - began) / repeat)
            processor[one.name].append(1000 * (processor_seconds() - used) / repeat)
            if outcome is not None:
                first = first or (one.name, outcome)
                _same(what, first, (one.name, outcome))
    yield Measured(benchmark, what, "ms", elapsed, notes or {})
    yield Measured(benchmark, what, "ms of the processor", processor, notes or {})


def _same(what: str, first: tuple[str, object], other: tuple[str, object]) -> None:
    if first[1] != other[1]:
        given = f"{_cut(first[1])} and {_cut(other[1])}"
        raise DifferingError(f"{what}: {first[0]} and {other[0]} gave different things: {given}")


def _cut(outcome: object) -> str:
    return repr(outcome)[:200]


def processor_seconds() -> float:
    """What this process and those of its children that have ended have had of the processor."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def peak(task: Callable[..., object], *given: object) -> tuple[float, object]:
    """The most memory in MB that a process of its own needed for `task`, with what came out of it. Both are to be picklable."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_told_peak, args=(theirs, task, given))
    process.start()
    theirs.close()
    try:
        used, outcome = ours.recv()
    except EOFError:
        raise RuntimeError(f"the process of {task.__name__} ended without an answer") from None
    finally:
        process.join()
    return used, outcome


def _told_peak(connection: Connection, task: Callable[..., object], given: Sequence[object]) -> None:
    outcome = task(*given)
    # Not ru_maxrss, which a process inherits from the one that started it.
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    kilobytes = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    connection.send((kilobytes / 1024, outcome))
