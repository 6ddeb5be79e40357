"""(8) What memory a new collection needs while it is linked, checked, encoded and written, as it grows; reading is another process's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.harness import Measured, peak
from benchmarks.scale import Scale
from benchmarks.stores import make


def run(scale: Scale) -> Iterator[Measured]:
    """The smallest collection is the reference."""
    used = {f"{size} documents": [peak(_made, size)[0]] for size in sorted(scale.growing, reverse=True)}
    yield Measured("growing", "a new collection, all but reading, peak memory", "MB", used)


def _made(size: int) -> int:
    with TemporaryDirectory() as directory:
        return make(Path(directory) / "store", size).documents
