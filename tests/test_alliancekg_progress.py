"""What a build tells while it runs and at its end: on a terminal, in a pipe, in a log file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

import alliancekg as akg
from alliancekg import extracting
from alliancekg.cli import run
from alliancekg.cli_progress import Bar, progress
from alliancekg.cli_summary import claims_by_property, lines, properties, reasons
from alliancekg.reading import Skipped
from alliancekg.summaries import Summary
from extract.model import Claim, Document, Entity, Extraction, Role, Span, Unresolved
from ontology.terms import Factuality, Kind, Property

SAYS = "新協議は旧協議に代わるものだ。"
ASKED: list[object] = []


class Stub:
    """Takes every document to say that a new forum replaces an old one, and tells how far it is."""

    def __init__(self, _entries: object, include: object, reached: object) -> None:
        ASKED.append(include)
        self.reached = reached

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for document in documents:
            self.reached(len(document.text) // 2)
            forums = (Entity("new", Kind.FORUM, "新協議"), Entity("old", Kind.FORUM, "旧協議"))
            claim = Claim("new", Property.REPLACES, "old", Factuality.ACTUAL, (Span(0, len(SAYS)),), "stub")
            yield Extraction(document, forums, (), (claim,), (Unresolved(Span(0, 2), "新協", "no date"),))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracting, "extractor_here", Stub)
    monkeypatch.setenv("FORCE_COLOR", "1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name in ("日米防衛協力のための指針の歩みと同盟の調整機構.txt", "b.txt"):
        (tmp_path / "in" / name).write_text(SAYS * 40, encoding="utf-8")
    (tmp_path / "in" / "empty.txt").write_text("")
    return tmp_path / "in"


@pytest.mark.parametrize("columns", [80, 100])
def test_a_terminal_sees_how_far_it_is(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    assert run(["build", str(folder), "-o", str(tmp_path / "g.ttl")]) == 2
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Zac-ln-z]", "\n", re.sub(r"\x1b\[[0-9;]*m", "", screen.getvalue()))
    assert "2/2 documents, 1200/1200 characters, 2 claims" in shown
    bars = [line for line in re.split(r"[\r\n]+", shown) if "characters" in line]
    assert all(cell_len(line) <= columns for line in bars)
    (row,) = [line for line in shown.splitlines() if line.startswith("│ replaces")]
    assert row.split() == ["│", "replaces", "│", "2", "│", "2", "│"]


def test_the_name_of_a_document_takes_its_columns() -> None:
    screen = Terminal()
    terminal = Console(file=screen, force_terminal=True, width=80, color_system=None)
    document = Document("日米防衛協力のための指針の歩みと同盟の調整機構.txt", SAYS)
    with progress(terminal) as bar:
        shown = Bar(bar)
        shown.started([document, document])
        shown.reached(10)
        bar.refresh()
    bars = [line for line in re.split(r"[\r\n]+|\x1b\[[0-9;?]*[A-Za-z]", screen.getvalue()) if "0/2 documents" in line]
    assert bars
    assert all("日米防衛協力" in line and "…" in line and cell_len(line) <= 80 for line in bars)


def test_a_pipe_sees_nothing_of_it(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", str(folder), "-o", str(tmp_path / "g.ttl")]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 6
    assert not re.search(r"\x1b|\r|━|characters|│", printed.err)


@pytest.mark.parametrize("where", ["before", "behind"])
def test_the_log_file_has_all_of_it(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], where: str) -> None:
    log = tmp_path / "build.log"
    option = ["--log-file", str(log)]
    build = ["build", str(folder), "-o", str(tmp_path / "g.ttl")]
    assert run([*option, *build] if where == "before" else [*build, *option]) == 2
    told = log.read_text(encoding="utf-8")
    for wanted in (
        "read b.txt: 600 characters, without a date, 1 claims, 1 unresolved",
        "left out: ",
        "empty",
        "2 documents, 2 entities, 2 claims (2 Actual)",
        "unresolved, 2: no date",
        "replaces: 2 claims (2 Actual)",
    ):
        assert wanted in told
    assert "INFO" not in capsys.readouterr().err


def test_verbose_says_more_on_stderr(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["build", "-v", str(folder), "-o", str(tmp_path / "g.ttl")])
    err = capsys.readouterr().err
    assert "INFO alliancekg.reading: read b.txt" in err
    assert err.count("2 documents, 2 entities, 2 claims (2 Actual)") == 1
    assert err.count("empty.txt: ") == 1
    assert "│ replaces" in err


def test_a_log_file_that_cannot_be_written(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", str(folder), "-o", str(tmp_path / "g.ttl"), "--log-file", str(tmp_path / "none" / "x.log")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "the log cannot be written" in line


def test_what_is_left_alone_can_be_asked_for(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ASKED.clear()
    options = ["--include", "comments", "--include", "bibliographies"]
    run(["build", str(folder), "-o", str(tmp_path / "g.ttl"), *options])
    akg.build([folder], include=["comment"])
    with pytest.raises(akg.DocumentError, match="no part called 'menu'"):
        akg.build([folder], include=["menu"])
    assert ASKED == [[Role.COMMENT, Role.BIBLIOGRAPHY], [Role.COMMENT]]
    capsys.readouterr()
    assert run(["build", str(folder), "-o", str(tmp_path / "g.ttl"), "--include", "menus"]) == 2
    assert "comments" in capsys.readouterr().err


SUMMARY = Summary(
    documents=5,
    entities=9,
    claims={Factuality.ACTUAL: 3, Factuality.PLANNED: 1, Factuality.NEGATED: 0},
    unresolved=3,
    skipped=(Skipped(Path("x.txt"), "x.txt: the file is\nempty"),),
    properties={
        Property.HELD_ON: {Factuality.ACTUAL: 1},
        Property.HAS_MEMBER: {Factuality.ACTUAL: 2, Factuality.PLANNED: 1},
    },
    reasons={"no date of issue": 2, "no year": 1},
    unresolved_dates=3,
    undated=("a.txt", "b.txt", "c.txt", "d.txt"),
)


def test_the_summary_in_words_and_numbers() -> None:
    assert lines(SUMMARY, output=Path("g.csv")) == [
        "5 documents, 9 entities, 4 claims (3 Actual, 1 Planned)",
        "3 expressions stayed unresolved (3 dates)",
        "no date of publication is known of 4 documents (a.txt, b.txt, c.txt and 1 more); a sidecar with 'published' gives it",
        "wrote g.csv",
        "left out 1: x.txt",
    ]
    assert reasons(SUMMARY) == [
        "left out: x.txt: the file is empty",
        "unresolved, 2: no date of issue",
        "unresolved, 1: no year",
    ]
    assert claims_by_property(SUMMARY) == (
        ["property", "claims", "Actual", "Planned"],
        [["hasMember", "3", "2", "1"], ["heldOn", "1", "1", ""]],
    )
    assert properties(SUMMARY) == ["hasMember: 3 claims (2 Actual, 1 Planned)", "heldOn: 1 claims (1 Actual)"]
