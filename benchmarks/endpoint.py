"""(7) The endpoint under several clients at once: requests per second, how long they wait, and the memory of the server.

The reference is one client, so that a ratio says what a request costs when others ask too. Each client asks one of five questions after
another, over a connection that it keeps.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote

from alliancekg.knowledge_graph import open_store
from benchmarks.asked import parameters
from benchmarks.harness import DifferingError, Measured
from benchmarks.scale import Scale
from benchmarks.stores import store_of
from queries.asking import text_of

_ASKED = ("members-at", "profile", "succession-chain", "who-decided", "implementing")
_START = "import sys; from alliancekg.cli import main; main(sys.argv[1:])"


def run(scale: Scale) -> Iterator[Measured]:
    directory = store_of(scale.triples[0])
    queries = _queries(directory)
    rates: dict[str, list[float]] = {}
    waits: dict[str, dict[str, list[float]]] = {name: {} for name in ("p50", "p95", "p99")}
    with _serving(directory, waiting=max(scale.clients)) as (process, port):
        right = _turn(port, queries, len(queries))[1]  # warms it up, and says what is to come
        for _ in range(scale.rounds):
            for clients in reversed(scale.clients):
                name = f"{clients} client{'s' if clients > 1 else ''}"
                rate, times = _round(port, queries, clients, max(1, scale.requests // clients), right)
                rates.setdefault(name, []).append(rate)
                cuts = quantiles(times, n=100, method="inclusive")
                for which, at in (("p50", 49), ("p95", 94), ("p99", 98)):
                    waits[which].setdefault(name, []).append(1000 * cuts[at])
        memory = _memory(process)
    yield Measured("endpoint", f"{scale.triples[0]} triples", "requests/s", rates)
    for which, samples in waits.items():
        yield Measured("endpoint", f"{scale.triples[0]} triples, {which}", "ms", samples)
    yield Measured("endpoint", f"{scale.triples[0]} triples, peak memory of all processes", "MB", {"serve": [memory]})


def _queries(directory: Path) -> list[str]:
    with open_store(directory) as graph:
        asked = parameters(graph.store)
        return [f"/sparql?query={quote(text_of(graph.engine, slug, asked[slug][0]))}" for slug in _ASKED]


@contextmanager
def _serving(directory: Path, *, waiting: int) -> Iterator[tuple[int, int]]:
    """The server's process and port."""
    command = [sys.executable, "-c", _START, "serve", "--store", str(directory), "--port", "0", "--queue", str(waiting)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=dict(os.environ)) as process:
        assert process.stderr is not None
        found = re.search(r":(\d+)/sparql", process.stderr.readline())
        try:
            if found is None:
                raise RuntimeError(f"the server did not start: {process.stderr.read()}")
            yield process.pid, int(found[1])
        finally:
            process.terminate()
            process.communicate(timeout=60)


Answers = dict[str, list[object]]


def _turn(port: int, queries: Sequence[str], count: int) -> tuple[list[float], Answers]:
    """Ask so many, one after another: the seconds of each, and what was answered to which."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    times: list[float] = []
    told: Answers = {}
    for at in range(count):
        query = queries[at % len(queries)]
        began = time.perf_counter()
        connection.request("GET", query, headers={"Accept": "application/sparql-results+json"})
        response = connection.getresponse()
        body = response.read()
        times.append(time.perf_counter() - began)
        if response.status != 200:
            raise DifferingError(f"the server answered {response.status}: {body[:200]!r}")
        told[query] = json.loads(body)["results"]["bindings"]
    connection.close()
    return times, told


def _round(port: int, queries: Sequence[str], clients: int, each: int, right: Answers) -> tuple[float, list[float]]:
    """Requests per second of so many clients, and the seconds of each request."""
    with ThreadPoolExecutor(clients) as pool:
        began = time.perf_counter()
        turns = list(pool.map(partial(_turn, port, queries), [each] * clients))
        elapsed = time.perf_counter() - began
    for _, told in turns:
        if any(answer != right[query] for query, answer in told.items()):
            raise DifferingError(f"{clients} clients were not all told the same")
    times = [one for turn, _ in turns for one in turn]
    return len(times) / elapsed, times


def _memory(process: int) -> float:
    """MB at most, of a process and those that it started, summed."""
    threads = Path(f"/proc/{process}/task").glob("*/children")
    children = [child for thread in threads for child in thread.read_text(encoding="ascii").split()]
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    own = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0) / 1024
    return own + sum(_memory(int(child)) for child in children)
