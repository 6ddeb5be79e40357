"""Who reads the documentation and does what it says: each kind of code block is run in its way, and what comes is compared."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from documented import HOME, Block, Command, commands

from alliancekg.cli import run
from alliancekg.knowledge_graph import open_graph
from ontology.terms import AKGID, AKGSH
from ontology.terms import PREFIXES as OURS

# What stands before the Turtle of a page: the prefixes of every graph, and those of its parts.
PARTS = ("build", "claim", "decision", "document", "evidence", "held", "meeting", "run", "unresolved")
PREFIXES = OURS | {"akgsh": AKGSH} | {part: f"{AKGID}{part}/" for part in PARTS}
SYSTEM = {"ls", "cp", "cat", "head"}  # commands of the system, run as they are


class Reader:
    """Somebody who does what a page says, block by block, in the present directory."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.patch = monkeypatch
        self.instead: dict[str, str] = {}  # what stands on the page, and what is true here: addresses, names
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.asked: tuple[str, ...] = ()

    def do_all(self, blocks: Sequence[Block]) -> int:
        """Run blocks one after another; how many there were."""
        for block in blocks:
            try:
                self.do(block)
            except AssertionError as error:
                error.add_note(f"in {block}")
                raise
        return len(blocks)

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
            assert call.words[0] in SYSTEM, call.words
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
        assert len(answer) > 0 or block.page.is_relative_to(HOME / "docs" / "reference"), "the query finds nothing"

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
