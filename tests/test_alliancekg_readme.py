"""The README speaks of every command, and of none that is not there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from alliancekg.building import run
from alliancekg.cli import cli
from alliancekg.plain_text import is_plain
from queries.asking import ask
from queries.catalogue import catalogue
from queries.engine import Embedded

README = Path(__file__).parent.parent / "README.md"
EXAMPLES = Path(__file__).parent.parent / "examples"
COMMANDS = cli.list_commands(click.Context(cli))
CALLS = re.findall(r"^    alliancekg ((?:[^\n]|\n      )+)", README.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert any(call.split()[0] == command for call in CALLS)


@pytest.mark.parametrize("call", CALLS)
def test_every_call_in_the_readme_is_one(call: str) -> None:
    command, *rest = shlex.split(call)
    assert command in COMMANDS
    called = cli.get_command(click.Context(cli), command)
    if isinstance(called, click.Group):
        called = called.get_command(click.Context(called), rest[0])
    known = {name for parameter in called.params for name in parameter.opts}  # type: ignore[union-attr]
    assert {word for word in rest if word.startswith("-")} <= known
    if command == "ask" and not is_plain(rest[0]):
        question = next(q for q in catalogue() if q.slug == rest[0])
        given = {word.partition("=")[0] for word in rest[1:] if "=" in word}
        assert {p.name for p in question.parameters if p.required} <= given <= {p.name for p in question.parameters}


def rows_shown() -> list[tuple[str, ...]]:
    """The rows of the table of the first result, the lines of each cell joined without spaces."""
    lines = re.findall(r"^    ([│├].*)$", README.read_text(encoding="utf-8"), re.MULTILINE)
    rows: list[list[list[str]]] = [[]]
    for line in lines:
        if line.startswith("├"):
            rows.append([])
        else:
            rows[-1].append(line.strip("│").split("│"))
    return [tuple("".join("".join(cell.split()) for cell in column) for column in zip(*row, strict=True)) for row in rows[1:]]


@pytest.mark.model
def test_the_first_result_is_what_the_demo_prints(extractor: object) -> None:
    answer = ask(Embedded(run([EXAMPLES], extractor=extractor).store), "which-forum-replaced-which", {}, lang="ja")
    printed = {tuple("".join(cell.split()) for cell in row) for row in answer.table()[1]}
    shown = rows_shown()
    assert len(shown) == 3
    assert set(shown) <= printed


def test_every_limit_is_documented_with_its_default() -> None:
    from alliancekg.cli_limits import OPTIONS
    from extract.formats.limits import DEFAULT, MB

    rows = dict(re.findall(r"^\| `(--max-[a-z]+)` \| ([\d,]+)", README.read_text(encoding="utf-8"), re.MULTILINE))
    wanted = {option: f"{getattr(DEFAULT, field) / (MB if unit == MB else 1):,.0f}" for option, field, unit, _ in OPTIONS}
    assert rows == wanted
