"""`python -m benchmarks [NAME…] [--quick] [--triples N] [--json FILE]`: exit code 1 where two ways of doing one thing gave different things."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from benchmarks.harness import DifferingError, Measured
from benchmarks.report import as_json, as_markdown, surroundings
from benchmarks.scale import FULL, QUICK, Scale

# Each is a module with `run(scale)`.
BENCHMARKS: tuple[str, ...] = ("extraction", "stages", "rebuilding", "growing", "questions", "checking", "files", "endpoint")
Run = Callable[[Scale], Iterator[Measured]]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which: {', '.join(BENCHMARKS)}; all where none is named")
    parser.add_argument("--quick", action="store_true", help="tiny sizes: whether it works, not how fast it is")
    parser.add_argument(
        "--triples", type=float, metavar="N", help="of the graphs: 1e7, say, which takes long, in place of the usual sizes"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every sample to FILE")
    given = parser.parse_args()
    if unknown := set(given.names) - set(BENCHMARKS):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    # A generated document holds what no shape lets through now and then, and the store says so of each.
    logging.getLogger("graph").setLevel(logging.ERROR)
    scale = QUICK if given.quick else FULL
    if given.triples:
        scale = replace(scale, triples=(int(given.triples),))
    return measure(given.names or BENCHMARKS, scale, given.json)


def measure(names: tuple[str, ...] | list[str], scale: Scale, into: Path | None) -> int:
    """Run them one after another, and print what each found as soon as it is known."""
    print(*(f"{name}: {value}" for name, value in surroundings().items()), sep="\n", flush=True)
    found: list[Measured] = []
    for name in names:
        run: Run = import_module(f"benchmarks.{name}").run
        try:
            own = list(run(scale))
        except DifferingError as error:
            print(f"FAILED {name}: {error}", file=sys.stderr)
            return 1
        print(f"\n{as_markdown(own)}", flush=True)
        found += own
        if into is not None:
            into.write_text(as_json(found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
