"""Readers and a writer at one server for a while (ALLIANCEKG_LOAD seconds): answers alone, and memory that does not grow."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from stores_made import made, plain

from extract.model import Document

HOME = Path(__file__).parent.parent


@pytest.mark.slow
def test_readers_and_a_writer_get_answers_and_memory_does_not_grow(tmp_path: Path) -> None:
    text = "".join(f"甲{i} replaces 乙{i}\n" for i in range(300))
    store = made(tmp_path / "store", plain(Document("a.txt", text, published="2025")))
    seconds = os.environ.get("ALLIANCEKG_LOAD", "60")
    command = [sys.executable, str(HOME / "benchmarks" / "serving_load.py"), str(store), "--seconds", seconds]
    environment = {**os.environ, "PYTHONPATH": str(HOME)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=float(seconds) + 200, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ended with status 0, said: nothing" in done.stdout
    for kind, came in (("read", "200"), ("write", "201"), ("write", "204")):
        assert re.search(rf"^{kind} +{came} +\d", done.stdout, re.MULTILINE), done.stdout
