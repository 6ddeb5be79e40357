"""Jena's RIOT, from Debian's libapache-jena-java, as an independent reader of RDF."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

JARS = Path("/usr/share/java")
_MESSAGES = "org/apache/jena/ext/"

needs_jena = pytest.mark.skipif(
    not (shutil.which("java") and (JARS / "jena-cmds.jar").exists()), reason="java or libapache-jena-java is not installed"
)


def as_nquads(file: Path, home: Path) -> bytes:
    """What Jena reads from a file, as N-Quads. `home` is a directory to work in. Raises CalledProcessError on an error."""
    command = [
        "java",
        "-Dfile.encoding=UTF-8",
        "-cp",
        _class_path(home),
        "riotcmd.riot",
        "--strict",
        "--output=nquads",
        str(file),
    ]
    return subprocess.run(command, capture_output=True, check=True).stdout


def _class_path(home: Path) -> str:
    """Every library but the rival loggers. Debian moved Xerces out of Jena's package but left its messages there."""
    with ZipFile(JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(_MESSAGES) and name.endswith(".properties"):
                target = home / name.removeprefix(_MESSAGES)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    others = (str(jar) for jar in sorted(JARS.glob("*.jar")) if "log4j" not in jar.name and "slf4j" not in jar.name)
    return ":".join([str(home), *others, str(JARS / "slf4j-api.jar"), str(JARS / "slf4j-nop.jar")])
