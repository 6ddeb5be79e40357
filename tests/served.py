"""A real server in a process of its own, for tests that kill, wait and break off."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TOKEN = "only for tests"
_START = "import sys; from alliancekg.cli import main; main(sys.argv[1:])"


@dataclass
class Served:
    process: subprocess.Popen[str]
    host: str
    port: int
    said: list[str]

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"


@contextmanager
def serving(store: Path, *options: str, token: str = TOKEN) -> Iterator[Served]:
    """`alliancekg serve` on a free port, ended in the end."""
    command = [sys.executable, "-c", _START, "serve", "--store", str(store), "--port", "0", *options]
    environment = {**os.environ, "ALLIANCEKG_TOKEN": token}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        said: list[str] = []
        found = None
        while found is None:
            line = process.stderr.readline()
            assert line, "".join(said)
            said.append(line)
            found = re.search(r"http://(.+):(\d+)/sparql", line)
        reader = threading.Thread(target=lambda: said.extend(process.stderr or ()), daemon=True)
        reader.start()
        try:
            yield Served(process, found[1], int(found[2]), said)
        finally:
            process.terminate()
            process.wait(30)
            reader.join(30)
