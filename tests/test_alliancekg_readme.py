"""The README leads to everything; what its blocks do is tested with the documentation (`test_docs.py`)."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from alliancekg.cli import cli

HOME = Path(__file__).parent.parent
README = (HOME / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", cli.list_commands(click.Context(cli)))
def test_every_command_is_named(command: str) -> None:
    assert f"`alliancekg {command}`" in README


@pytest.mark.parametrize("guide", sorted((HOME / "docs" / "how-to").glob("*.md")), ids=lambda guide: guide.stem)
def test_every_guide_is_linked(guide: Path) -> None:
    assert f"(docs/how-to/{guide.name})" in README


def test_it_is_short() -> None:
    assert len(README.splitlines()) < 150
