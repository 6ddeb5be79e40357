"""The editor in the package is what its sources make, byte for byte, and the licences of all that is in it lie beside it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from node_tools import EDITOR, installed

LOCK = json.loads((EDITOR / "source" / "package-lock.json").read_text(encoding="utf-8"))["packages"]


@pytest.mark.slow
def test_the_editor_is_what_its_sources_make(tmp_path: Path) -> None:
    if word := installed(tmp_path / "source"):
        pytest.skip(word)
    subprocess.run([shutil.which("node") or "node", "build.js", ".."], cwd=tmp_path / "source", check=True, timeout=60)
    for name in ("editor.js", "LICENCES.txt"):
        assert (tmp_path / name).read_bytes() == (EDITOR / name).read_bytes(), f"{name} is out of date: npm run build"


def test_every_package_in_the_editor_has_its_licence_beside_it() -> None:
    wanted = [
        f"{path.removeprefix('node_modules/')} {told['version']} ({told['license']})"
        for path, told in LOCK.items()
        if path and not told.get("dev")
    ]
    listed = (EDITOR / "LICENCES.txt").read_text(encoding="utf-8").splitlines()
    assert [one for one in wanted if one not in listed] == []
    assert len(wanted) > 10


def test_the_lock_pins_contents_and_names_no_registry() -> None:
    assert all(told["integrity"].startswith("sha512-") for path, told in LOCK.items() if path)
    assert not [path for path, told in LOCK.items() if "resolved" in told]
