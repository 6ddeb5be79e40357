"""The README speaks of every command, and of none that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from alliancekg.cli import cli
from queries.catalogue import catalogue

README = Path(__file__).parent.parent / "README.md"
COMMANDS = cli.list_commands(click.Context(cli))
CALLS = re.findall(r"^    alliancekg ((?:[^\n]|\n      )+)", README.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert any(call.split()[0] == command for call in CALLS)


@pytest.mark.parametrize("call", CALLS)
def test_every_call_in_the_readme_is_one(call: str) -> None:
    command, *rest = call.split()
    assert command in COMMANDS
    known = {name for parameter in cli.get_command(click.Context(cli), command).params for name in parameter.opts}  # type: ignore[union-attr]
    assert {word for word in rest if word.startswith("-")} <= known
    if command == "ask":
        question = next(q for q in catalogue() if q.slug == rest[0])
        given = {word.partition("=")[0] for word in rest[1:] if "=" in word}
        assert {p.name for p in question.parameters if p.required} <= given <= {p.name for p in question.parameters}
