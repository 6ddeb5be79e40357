"""What was measured, as a table for people and as JSON, with the machine and the versions that it was measured on."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks.harness import Measured

_LIBRARIES = ("alliancekg", "pyoxigraph", "rdflib", "pyshacl", "spacy", "ginza", "ja-ginza", "networkx")


def surroundings() -> dict[str, object]:
    """Processor, cores that this process may use, memory, system, and the versions of what was measured."""
    return {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "load": os.getloadavg()[0],
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "versions": {name: version(name) for name in _LIBRARIES},
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def as_json(found: Iterable[Measured]) -> str:
    """Every sample of every round, beside what the table says."""
    told = [
        {
            "benchmark": one.benchmark,
            "what": one.what,
            "unit": one.unit,
            "reference": one.reference,
            "samples": {name: list(samples) for name, samples in one.samples.items()},
            "ratios": {name: one.ratios(name) for name in one.samples},
            **one.notes,
        }
        for one in found
    ]
    return json.dumps({"surroundings": surroundings(), "measured": told}, ensure_ascii=False, indent=1)


def as_markdown(found: Sequence[Measured]) -> str:
    """A table for each benchmark: median and spread of each contender, and the ratio to the last one."""
    parts = []
    for benchmark in dict.fromkeys(one.benchmark for one in found):
        lines = [
            f"## {benchmark}",
            "",
            "| what | way | median | least–most | unit | ratio | least–most |",
            "|---|---|--:|--:|---|--:|--:|",
        ]
        lines += [line for one in found if one.benchmark == benchmark for line in _lines(one)]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _lines(one: Measured) -> Iterable[str]:
    for name in one.samples:
        low, high = one.spread(name)
        ratios = one.ratios(name)
        told = f"{median(ratios):.2f} | {ratios[0]:.2f}–{ratios[-1]:.2f}" if ratios and name != one.reference else "|"
        yield f"| {one.what} | {name} | {_figure(one.middle(name))} | {_figure(low)}–{_figure(high)} | {one.unit} | {told} |"


def _figure(value: float) -> str:
    return f"{value:.4g}" if value < 1000 else f"{value:.0f}"
