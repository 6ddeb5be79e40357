"""Tables of questions in plain words with the commands that they ask for, and how the two are compared."""

from __future__ import annotations

import re
from pathlib import Path

from alliancekg.plain import understand
from queries.catalogue import ParameterType, question
from queries.engine import Embedded
from queries.entities import resolve
from queries.plain.deciding import Understood
from queries.plain.fitting import Command

CASES = Path(__file__).parent / "cases" / "plain"
NOTHING = "-"  # a question that the library cannot answer


def table(name: str) -> list[tuple[str, str]]:
    """The lines of a table: a question, and the command that it asks for or NOTHING."""
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [(asked, command) for asked, command in (line.split("\t") for line in lines)]


def meaning(engine: Embedded, command: Command) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A command with its names as IRIs, so that all names of a thing are equal."""
    known = {p.name: p for p in question(command.slug).parameters}
    values = {
        name: resolve(engine, value, kinds=known[name].kinds).value
        if known[name].type is ParameterType.ENTITY and value != "NAME"
        else value
        for name, value in command.parameters
    }
    return command.slug, tuple(sorted(values.items()))


def command_of(line: str) -> Command:
    """A command as the tables write it: members-at forum=SCC on=1985."""
    slug, _, rest = line.partition(" ")
    found = re.findall(r"([\w-]+)=(.*?)(?= [\w-]+=|$)", rest)
    return Command(slug, tuple(found))


def verdict(engine: Embedded, asked: str, line: str) -> str:
    """right, offered (the right one is among what is offered), unsure, or wrong: another question was answered."""
    found = understand(engine, asked)
    if isinstance(found, Understood):
        return "right" if line != NOTHING and meaning(engine, found.command) == meaning(engine, command_of(line)) else "wrong"
    if line == NOTHING:
        return "right"
    return "offered" if meaning(engine, command_of(line)) in [meaning(engine, c) for c in found.offers] else "unsure"
