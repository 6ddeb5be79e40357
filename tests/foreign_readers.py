"""RDF tools of others that read files of ours: N3.js and jsonld.js by node, Jena's riot by java. Each gives the quads that it read.

They are independent of the library that writes our files. Tests that use them carry `@pytest.mark.slow`, and skip with a
word where a tool is not there.
"""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pyoxigraph as ox

JARS = Path("/usr/share/java")
PACKAGES = ("n3@2", "jsonld@9")
SECONDS = 300
# A registry that cannot be reached (no network, a certificate that node does not know) is asked once, and given up.
INSTALL_SECONDS = 60
_READ_N3 = """
const { Parser, Writer } = require('n3');
const quads = new Parser({ format: process.argv[2] }).parse(require('fs').readFileSync(process.argv[1], 'utf8'));
const writer = new Writer(process.stdout, { format: 'application/n-quads', end: false });
writer.addQuads(quads);
writer.end();
"""
_READ_JSON_LD = """
const jsonld = require('jsonld');
const refuse = async (url) => { throw new Error('nothing is to be fetched, not even ' + url); };
const told = JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8'));
jsonld.toRDF(told, { format: 'application/n-quads', documentLoader: refuse, safe: true }).then((text) => process.stdout.write(text));
"""
# Debian's package has the classes of Xerces moved (org.apache.jena.ext.xerces to xerces), and their messages not.
_MESSAGES_AT, _MESSAGES_WANTED_AT = "org/apache/jena/ext/xerces/", "xerces/"
# Several bindings of one log cannot stand side by side.
_LOGS = ("slf4j-", "log4j", "jcl-over-", "jul-to-", "logback", "maven")


def missing(*programs: str) -> str:
    """The word to skip with, empty where all are there."""
    absent = [program for program in programs if shutil.which(program) is None]
    return f"{' and '.join(absent)} not installed" if absent else ""


def jena_missing() -> str:
    return missing("java") or ("" if (JARS / "jena-arq.jar").exists() else "Jena not installed (Debian: libapache-jena-java)")


class Node:
    """N3.js and jsonld.js, installed from the registry of npm into a directory."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.failure = ""
        command = [
            "npm",
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--fetch-retries=0",
            "--prefix",
            directory,
            *PACKAGES,
        ]
        try:
            done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=INSTALL_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            self.failure = f"npm did not install {', '.join(PACKAGES)} within {INSTALL_SECONDS} seconds"
            return
        if done.returncode:
            self.failure = f"npm could not install {', '.join(PACKAGES)}: {done.stderr[-300:]}"

    def n3(self, path: Path, media_type: str) -> set[ox.Quad]:
        return self._read(_READ_N3, path, media_type)

    def json_ld(self, path: Path) -> set[ox.Quad]:
        return self._read(_READ_JSON_LD, path)

    def _read(self, script: str, *arguments: str | Path) -> set[ox.Quad]:
        return _quads(["node", "-e", script, *arguments], self._directory)


class Jena:
    """Jena's riot, of Debian's package."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        with zipfile.ZipFile(JARS / "jena-core.jar") as jar:
            for name in jar.namelist():
                if name.startswith(_MESSAGES_AT) and name.endswith(".properties"):
                    copy = directory / name.replace(_MESSAGES_AT, _MESSAGES_WANTED_AT)
                    copy.parent.mkdir(parents=True, exist_ok=True)
                    copy.write_bytes(jar.read(name))
        jars = [jar for jar in sorted(JARS.glob("*.jar")) if not jar.name.startswith(_LOGS)]
        self._path = ":".join(map(str, (directory, *jars, JARS / "slf4j-api.jar", JARS / "slf4j-nop.jar")))

    def read(self, path: Path, syntax: str) -> set[ox.Quad]:
        """The quads of a file.

        Warnings (exit code 1) are not heeded: there is one for each character beyond U+FFFF in an IRI of N-Triples, and
        one for each text that is not in normal form C.
        """
        command = ["java", "-cp", self._path, "riotcmd.riot", f"--syntax={syntax}", "--output=nquads", path]
        return _quads(command, self._directory, good=(0, 1))


def _quads(command: list[str | Path], directory: Path, good: tuple[int, ...] = (0,)) -> set[ox.Quad]:
    done = subprocess.run(command, cwd=directory, capture_output=True, timeout=SECONDS, check=False)
    assert done.returncode in good, done.stderr.decode()
    return set(ox.parse(done.stdout, ox.RdfFormat.N_QUADS))
