"""The code blocks of the documentation: what they are, and how each kind is run.

A comment right above a block, `<!-- … -->`, says what else is to be known of it:

    file: NAME       its text is written to the file NAME
    exits CODE       its last command ends with CODE; without this, with 0
    types: A / B     what its user types, line by line
    server           it runs beside `alliancekg serve --store my-store --writable`, in a slow test
    virtuoso         it runs beside a Virtuoso, in a slow test
    answer           the table below has rows of the answer to the last command; `…` stands for what is cut
    not run: WHY     it is not run, for one of the reasons in `NOT_RUN`, but checked to be a thing that could be
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import click
import pyoxigraph as ox
import pytest
from markdown_it import MarkdownIt

from alliancekg.cli import cli, run
from alliancekg.knowledge_graph import open_graph
from alliancekg.plain_text import is_plain
from ontology.terms import AKGID, AKGSH
from ontology.terms import PREFIXES as OURS
from queries.catalogue import question

HOME = Path(__file__).parent.parent
PAGES = sorted([HOME / "README.md", HOME / "CONTRIBUTING.md", *(HOME / "docs").rglob("*.md")])
LANGUAGES = {"console", "python", "sparql", "turtle", "toml", "json", "text"}
# What stands before the Turtle of a page: the prefixes of every graph, and those of its parts.
PARTS = ("build", "claim", "decision", "document", "evidence", "held", "meeting", "run", "unresolved")
PREFIXES = OURS | {"akgsh": AKGSH} | {part: f"{AKGID}{part}/" for part in PARTS}
SERVED = "http://127.0.0.1:8000"  # where the pages let `serve` listen
VIRTUOSO = "http://localhost:8890"
TOKEN = "choose-a-long-one"  # that they give it
COMMANDS = {"ls", "cp", "cat", "head"}  # of the system, as they are
_COMMENT = re.compile(r"<!-- (.*?) -->\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A code block, or with the marker `answer` a table: where it stands, what it is, and what the comment above it says."""

    page: Path
    line: int
    language: str
    text: str
    marker: str = ""

    @property
    def told(self) -> tuple[str, str]:
        """The marker and what it is about."""
        word, _, rest = self.marker.partition(":")
        return word.strip(), rest.strip()

    def __str__(self) -> str:
        return f"{self.page.relative_to(HOME)}:{self.line}"


def blocks(page: Path, text: str) -> tuple[Block, ...]:
    """The code blocks and marked tables of a page, in their order."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    found, marker, lines = list[Block](), "", text.splitlines()
    for token in tokens:
        if token.type == "html_block":
            comment = _COMMENT.search(token.content)
            marker = comment[1] if comment else ""
            continue
        first, last = token.map or (0, 0)
        if token.type == "fence" and not token.info.startswith("{"):
            found.append(Block(page, first + 1, token.info.strip(), token.content, marker))
        elif token.type == "code_block":
            found.append(Block(page, first + 1, "indented", token.content, marker))
        elif token.type == "table_open" and marker == "answer":
            found.append(Block(page, first + 1, "table", "\n".join(lines[first:last]), marker))
        marker = ""
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a console block: its words, what is set before them, where its output goes, and the lines below it."""

    words: tuple[str, ...]
    environment: tuple[tuple[str, str], ...]
    to: str
    printed: str


def commands(text: str) -> Iterator[Command]:
    r"""Each `$ ` with what is printed below it; a `\` at the end of a line joins the next.

    Raises ValueError where a shell would make something else of it: a sign of its own that is not in quotes.
    """
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, _, printed = re.sub(r"\\\n\s*", "", part).partition("\n")
        lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
        lexer.commenters, lexer.whitespace_split = "", True
        words = list(lexer)
        to = words[-1] if ">" in words[-2:-1] else ""
        words = words[:-2] if to else words
        if any(set(word) <= set("()<>|&;") for word in words):
            raise ValueError(f"a shell would not take this for one command: {line}")
        at = next(i for i, word in enumerate(words) if not re.match(r"[A-Z_]+=", word))
        environment = tuple(tuple(word.split("=", 1)) for word in words[:at])
        yield Command(tuple(words[at:]), environment, to, printed)  # type: ignore[arg-type]


def check_call(words: Iterable[str]) -> None:
    """That `alliancekg …` names a command, options that it has, and parameters that the question takes."""
    name, *rest = words
    called = cli.get_command(click.Context(cli), name)
    assert called, name
    if isinstance(called, click.Group):
        called = called.get_command(click.Context(called), rest[0])
    known = {option for parameter in called.params for option in parameter.opts} | {"--help"}  # type: ignore[union-attr]
    assert {word for word in rest if re.match(r"--?\w", word)} <= known
    if name == "ask" and not is_plain(rest[0]):
        given = {word.partition("=")[0] for word in rest[1:] if re.match(r"[\w-]+=", word)}
        parameters = question(rest[0]).parameters
        assert {p.name for p in parameters if p.required} <= given <= {p.name for p in parameters}


def _set_up(words: tuple[str, ...]) -> None:
    if words[0] == "make":
        assert re.search(rf"^{words[1]}:", (HOME / "Makefile").read_text(), re.MULTILINE)
    elif "pip" in words:
        extras = tomllib.loads((HOME / "pyproject.toml").read_text())["project"]["optional-dependencies"]
        assert words[-1] in {"jupyterlab", *(f"alliancekg[{extra}]" for extra in extras)}
    else:
        assert words in {(".", ".venv/bin/activate"), ("jupyter", "lab", "notebooks")}


def _tested(words: tuple[str, ...]) -> None:
    assert words[:4] == (".venv/bin/python", "-m", "pytest", "-q")
    assert (HOME / words[4]).exists()


NOT_RUN: dict[str, Callable[[tuple[str, ...]], None]] = {
    "sets up what the tests run in": _set_up,
    "is a test": _tested,
    "keeps running": lambda words: check_call(words[1:]),
}


def check_not_run(block: Block) -> None:
    """That a block which is not run has a reason that is known, and consists of what could be run."""
    for command in commands(block.text):
        NOT_RUN[block.told[1]](command.words)


class Reader:
    """Somebody who does what a page says, block by block, in the present directory."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.patch = monkeypatch
        self.instead: dict[str, str] = {}  # what stands on the page, and what is true here: addresses, names
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.asked: tuple[str, ...] = ()

    def do(self, block: Block) -> None:
        """Run a block, and compare what it prints with what the page says."""
        if block.told[0] == "file":
            Path(block.told[1]).parent.mkdir(parents=True, exist_ok=True)
            Path(block.told[1]).write_text(block.text, encoding="utf-8")
        getattr(self, f"_{block.language}")(block)

    def _console(self, block: Block) -> None:
        told, about = block.told
        if told == "types":
            self.patch.setattr("sys.stdin", StringIO("\n".join(about.split(" / ")) + "\n"))
        text = block.text
        for shown, true in self.instead.items():
            text = text.replace(shown, true)
        calls = list(commands(text))
        for call in calls:
            wanted = int(told.removeprefix("exits ")) if told.startswith("exits") and call is calls[-1] else 0
            code, said = self._called(call)
            assert code == wanted, f"{call.words} ended with {code}:\n{said}"
            assert like(call.printed).fullmatch(spaced(said)) or not call.printed.strip(), f"{call.words} said:\n{said}"

    def _called(self, call: Command) -> tuple[int, str]:
        if call.words[0] == "export":
            for word in call.words[1:]:
                self.patch.setenv(*word.split("=", 1))
            return 0, ""
        if call.words[0] != "alliancekg":
            assert call.words[0] in COMMANDS, call.words
            done = subprocess.run(call.words, capture_output=True, text=True, check=False)
            return done.returncode, done.stdout + done.stderr
        if call.words[1] == "ask":
            self.asked = call.words[1:]
        said, written = _screen(), _screen()
        with self.patch.context() as patch, redirect_stdout(written if call.to else said), redirect_stderr(said):
            for name, value in call.environment:
                patch.setenv(name, value)
            code = run(call.words[1:])
        if call.to:
            Path(call.to).write_text(_seen(written), encoding="utf-8")
        return code, _seen(said)

    def _table(self, block: Block) -> None:
        """Rows of the answer to the last `ask`: of all its columns or some, each cell whole or with `…` for what is cut."""
        said = _screen()
        with redirect_stdout(said), redirect_stderr(_screen()):
            assert run([*self.asked, "--format", "markdown"]) == 0
        there, shown = _rows(_seen(said)), _rows(block.text)
        assert shown, block
        for row in shown:
            assert any(all(like(cell).fullmatch(spaced(have[name])) for name, cell in row.items()) for have in there), row

    def _python(self, block: Block) -> None:
        exec(compile(block.text, str(block), "exec"), self.names)

    def _sparql(self, block: Block) -> None:
        with open_graph("my.ttl") as graph:
            answer = graph.query(block.text)
        assert len(answer) > 0 or "reference" in block.page.parts, "the query finds nothing"

    def _turtle(self, block: Block) -> None:
        declared = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
        assert list(ox.parse(f"{declared}{block.text}", format=ox.RdfFormat.TURTLE))

    def _toml(self, block: Block) -> None:
        assert tomllib.loads(block.text)

    def _json(self, block: Block) -> None:
        for value in block.text.splitlines() if block.told[1].endswith(".jsonl") else [block.text]:
            assert json.loads(value)

    def _text(self, block: Block) -> None:
        """A drawing in letters, a list of names: nothing that somebody would type."""
        typed = re.search(r"^\s*(\$ |alliancekg |make |pip |import |PREFIX |SELECT |@prefix )", block.text, re.MULTILINE)
        assert typed is None, "this is code: say which, so that it is run"


def _screen() -> TextIOWrapper:
    """What commands write to: text as well as bytes."""
    return TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True)


def _seen(screen: TextIOWrapper) -> str:
    assert isinstance(screen.buffer, BytesIO)
    return screen.buffer.getvalue().decode()


def spaced(text: str) -> str:
    """The text with single spaces for any, and without the backslashes that Markdown needs."""
    return " ".join(re.sub(r"\\(?=\W)", "", text).split())


def like(shown: str) -> re.Pattern[str]:
    """What matches a text as the page shows it: `…` stands for anything."""
    return re.compile(".*".join(re.escape(spaced(part)) for part in shown.split("…")).replace(r"\ .*", ".*"), re.DOTALL)


def _rows(table: str) -> list[dict[str, str]]:
    lines = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))] for line in table.strip().splitlines()]
    headings, _, *rows = lines
    return [dict(zip(headings, row, strict=True)) for row in rows]


def environment() -> dict[str, str]:
    """That of a command in a process of its own: it finds what these tests run."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(HOME), str(HOME / "docs")))}
