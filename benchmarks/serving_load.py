"""Readers and a writer at one server at once, for as long as is wanted: what was answered, and what memory each process came to.

    python benchmarks/serving_load.py STORE [--seconds 600] [--readers 8] [--pause 1]

The store is copied, and the server listens on this machine alone. Every reader has an address of its own, so that none is taken for
another; the writer puts, changes and drops a graph, and rests `pause` seconds in between. Ends with status 1 where anything but an
answer or a 503 came back, or where what a process keeps for itself (RssAnon) grew by more than a fifth and 40 MB from the second tenth of
the time to the end.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode

TOKEN = "only for measuring"
SPARQL = (
    "SELECT * { ?s ?p ?o } LIMIT 2000",
    "SELECT ?type (COUNT(*) AS ?n) { ?s a ?type } GROUP BY ?type ORDER BY DESC(?n)",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s a ?type ; ?p ?o } LIMIT 5000",
    "ASK { GRAPH <urn:load> { ?s ?p ?o } }",
)
READ = (
    *(f"/sparql?{urlencode({'query': query})}" for query in SPARQL),
    "/questions/agreements-timeline",
    "/questions/which-forum-replaced-which?format=csv",
    "/search?q=%E5%8D%94%E8%AD%B0",
    "/",
    "/ontology",
    "/store?default",
    "/.well-known/void",
    "/metrics",
)
TRIPLES = "".join(f"<urn:load:{n}> <urn:b> {n} .\n" for n in range(200)).encode()
WRITES = (
    ("PUT", "/store?graph=urn:load", "text/turtle", TRIPLES),
    ("POST", "/sparql", "application/sparql-update", b"INSERT DATA { GRAPH <urn:load> { <urn:load:a> <urn:b> 1 } }"),
    ("DELETE", "/store?graph=urn:load", "text/turtle", b""),
)


class Load:
    """What came back so far, by what was asked, and whether it is to go on."""

    def __init__(self, port: int) -> None:
        self.port, self.over = port, threading.Event()
        self.answered: Counter[tuple[str, str]] = Counter()

    def ask(self, kind: str, source: str, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> None:
        """One request on a connection of its own."""
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120, source_address=(source, 0))
            with closing(connection):
                connection.request(method, path, body, headers)
                answer = connection.getresponse()
                answer.read()
                came = str(answer.status)
        except (OSError, http.client.HTTPException) as error:
            came = type(error).__name__
        self.answered[kind, came] += 1

    def read(self, number: int) -> None:
        """Ask one thing after another, each reader beginning with another."""
        paths = deque(READ)
        paths.rotate(number)
        for path in cycle(paths):
            if self.over.is_set():
                return
            self.ask("read", f"127.0.1.{number + 1}", "GET", path, {"Accept-Encoding": "gzip"})

    def write(self, pause: float) -> None:
        for method, path, media, body in cycle(WRITES):
            if self.over.wait(pause):
                return
            headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": media}
            self.ask("write", "127.0.0.1", method, path, headers, body)


@contextmanager
def served(store: Path) -> Iterator[tuple[int, int]]:
    """The server's process and port, over a copy of a store."""
    start = "import sys; from alliancekg.cli import main; main(sys.argv[1:])"
    with tempfile.TemporaryDirectory() as place:
        copy = shutil.copytree(store, Path(place) / "store")
        command = [sys.executable, "-c", start, "serve", "--store", str(copy), "--port", "0", "--writable"]
        environment = {**os.environ, "ALLIANCEKG_TOKEN": TOKEN}
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
            assert process.stderr is not None
            found = re.search(r":(\d+)/sparql", process.stderr.readline())
            assert found is not None, process.stderr.read()
            try:
                yield process.pid, int(found[1])
            finally:
                process.terminate()
                said = process.communicate(timeout=90)[1]
                print(f"ended with status {process.returncode}, said: {said.strip() or 'nothing'}")


def memory(parent: int) -> dict[int, float]:
    """MB that the server and each of its processes keep for themselves, by process."""
    found = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            said = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
        except OSError:  # it has ended meanwhile
            continue
        if parent in {int(said["Pid"]), int(said["PPid"])} and "RssAnon" in said:
            found[int(said["Pid"])] = int(said["RssAnon"].split()[0]) / 1024
    return found


def run(store: Path, seconds: float, readers: int, pause: float) -> int:
    with served(store) as (process, port):
        load = Load(port)
        threads = [threading.Thread(target=load.read, args=(number,)) for number in range(readers)]
        threads.append(threading.Thread(target=load.write, args=(pause,)))
        for thread in threads:
            thread.start()
        time.sleep(seconds / 10)
        before = memory(process)
        time.sleep(seconds * 0.9)
        after = memory(process)
        load.over.set()
        for thread in threads:
            thread.join()
    wrong = 0
    for (kind, came), count in sorted(load.answered.items()):
        wrong += count * (came not in {"200", "201", "204", "503"})
        print(f"{kind:6} {came:24} {count:8,}")
    for one in sorted(before.keys() | after.keys()):
        start, end = before.get(one), after.get(one)
        grown = start is not None and end is not None and end > start * 1.2 + 40
        wrong += grown
        name = "server" if one == process else "process"
        told = [f"{value:8.1f} MB" if value is not None else "  not there" for value in (start, end)]
        print(f"{name:8} {told[0]} after a tenth {told[1]} at the end{'  grown' if grown else ''}")
    print(f"{sum(load.answered.values()) / seconds:.1f} requests a second over {seconds:g} seconds; {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--pause", type=float, default=1)
    given = parser.parse_args()
    sys.exit(run(given.store, given.seconds, given.readers, given.pause))
