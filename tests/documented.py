"""The code blocks of the documentation: what they are, and what is to be known of them.

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

import re
import shlex
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from distributed.cli import dask_scheduler, dask_worker
from markdown_it import MarkdownIt

from alliancekg.cli import cli
from alliancekg.plain_text import is_plain
from queries.catalogue import question

HOME = Path(__file__).parent.parent
PAGES = sorted([HOME / "README.md", HOME / "CONTRIBUTING.md", *(HOME / "docs").rglob("*.md")])
LANGUAGES = {"console", "python", "sparql", "turtle", "toml", "json", "text"}
SERVED = "http://127.0.0.1:8000"  # where the pages let `serve` listen
VIRTUOSO = "http://localhost:8890"
TOKEN = "choose-a-long-one"  # that they give it
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


def _clustered(words: tuple[str, ...]) -> None:
    if words[0] == "alliancekg":
        check_call(words[1:])
        return
    called = {"scheduler": dask_scheduler.main, "worker": dask_worker.main}[words[1]]
    known = {option for parameter in called.params for option in (*parameter.opts, *parameter.secondary_opts)}
    assert {word for word in words if word.startswith("--")} <= known


NOT_RUN: dict[str, Callable[[tuple[str, ...]], None]] = {
    "sets up what the tests run in": _set_up,
    "is a test": _tested,
    "needs a cluster": _clustered,
    "keeps running": lambda words: check_call(words[1:]),
}


def check_not_run(block: Block) -> None:
    """That a block which is not run has a reason that is known, and consists of what could be run."""
    for command in commands(block.text):
        NOT_RUN[block.told[1]](command.words)
