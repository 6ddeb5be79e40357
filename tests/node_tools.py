"""What the editor of the query page is built with, and axe, which looks for what keeps people out of a page, from the registry of npm."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

EDITOR = Path(__file__).parent.parent / "queries" / "serving" / "pages" / "editor"
_SECONDS = 120


def installed(directory: Path) -> str:
    """Have the sources of the editor in a directory with all that they need, as the lock file has it.

    Gives the word to skip with where that fails.
    """
    if shutil.which("npm") is None:
        return "npm not installed"
    shutil.copytree(EDITOR / "source", directory, ignore=shutil.ignore_patterns("node_modules"))
    command = ["npm", "ci", "--silent", "--fetch-retries=1"]
    done = subprocess.run(command, cwd=directory, capture_output=True, encoding="utf-8", timeout=_SECONDS, check=False)
    return f"npm could not install what the editor needs: {done.stderr[-300:]}" if done.returncode else ""
