"""Whether the rooms are ours.

`extract`, `graph`, `ontology` and `queries` are top-level packages, and others have packages of these
names too. One that comes first on the path would fail in strange ways: it is named instead.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

ROOMS = ("extract", "graph", "ontology", "queries")


def check(beside: Path | None = None) -> None:
    """Raises ImportError where a room does not stand in the folder `beside`, by default the one of this package."""
    home = (beside or Path(__file__).parent.parent).resolve()
    for room in ROOMS:
        spec = find_spec(room)
        found = Path(spec.origin).resolve().parent if spec and spec.origin else None
        if found is None:
            raise ImportError(f"the package {room!r} of alliancekg is missing. Install alliancekg again.")
        if found.parent != home:
            raise ImportError(
                f"the package {room!r} of alliancekg is hidden by another one of that name: {found}. "
                "Uninstall or rename that one, or put alliancekg into an environment of its own."
            )
