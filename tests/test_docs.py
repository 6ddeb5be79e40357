"""The documentation: it builds without a warning, its code blocks do what they say, and nothing that there is is missing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from documented import HOME, LANGUAGES, NOT_RUN, PAGES, SERVED, TOKEN, VIRTUOSO, Block, blocks, check_not_run, commands
from reader_of_docs import Reader, like
from reference_pages import completed
from reference_pages.vocabulary import terms, vocabulary
from served import serving
from virtuoso_server import Virtuoso

import alliancekg
from alliancekg.cli import cli

OUTSIDE = ("server", "virtuoso")  # what blocks may need besides files
READ = {page: blocks(page, completed(page.read_text(encoding="utf-8"))) for page in PAGES}
RUN = {page: [b for b in found if b.told[0] not in {*OUTSIDE, "not run"}] for page, found in READ.items()}
MARKERS = {"", "file", "exits 1", "exits 2", "types", *OUTSIDE, "answer", "not run"}


def named(page: Path) -> str:
    return str(page.relative_to(HOME))


@dataclass(frozen=True)
class Home:
    """A folder with what the pages take for granted, and where it is kept as it was: a store knows its documents by their paths."""

    folder: Path
    kept: Path

    def as_it_was(self) -> Path:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.kept, self.folder)
        return self.folder


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, extractor: object) -> Home:
    """`examples`, one's own `my-documents`, and a graph and a store of these."""
    made = Home(tmp_path_factory.mktemp("docs") / "home", tmp_path_factory.mktemp("kept") / "home")
    for name in ("examples", "my-documents"):
        shutil.copytree(HOME / "examples", made.folder / name)
    language = extractor.nlp
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("spacy.load", lambda *_, **__: language)
        with alliancekg.build([made.folder / "my-documents"], store=made.folder / "my-store") as graph:
            graph.save(made.folder / "my.ttl")
    made.folder.rename(made.kept)
    return made


@pytest.fixture
def reader(home: Home, monkeypatch: pytest.MonkeyPatch, extractor: object) -> Reader:
    """Somebody in that folder; the language model is loaded already."""
    language = extractor.nlp
    monkeypatch.chdir(home.as_it_was())
    monkeypatch.setattr("spacy.load", lambda *_, **__: language)
    monkeypatch.setenv("ALLIANCEKG_REVIEWER", "sato")
    monkeypatch.delenv("COLUMNS", raising=False)
    return Reader(monkeypatch)


@pytest.mark.model
@pytest.mark.parametrize("page", [page for page, found in RUN.items() if found], ids=named)
def test_every_block_of_a_page_does_what_it_says(page: Path, reader: Reader) -> None:
    assert reader.do_all(RUN[page])


def beside(outside: str) -> list[Path]:
    return [page for page, found in READ.items() if any(b.told[0] == outside for b in found)]


def blocks_for(page: Path, outside: str) -> list[Block]:
    return [block for block in READ[page] if block.told[0] in {"file", outside}]


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize("page", beside("server"), ids=named)
def test_every_block_that_wants_a_server_does_what_it_says(page: Path, reader: Reader, tmp_path: Path) -> None:
    shutil.copytree("my-store", tmp_path / "served")
    with serving(tmp_path / "served", "--writable", token=TOKEN) as server:
        reader.instead = {SERVED: server.url}
        assert reader.do_all(blocks_for(page, "server"))


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize("page", beside("virtuoso"), ids=named)
def test_every_block_that_wants_virtuoso_does_what_it_says(page: Path, reader: Reader, virtuoso: Virtuoso) -> None:
    reader.instead = {VIRTUOSO: virtuoso.root, "USER=me": f"USER={virtuoso.user}", "WORD=secret": f"WORD={virtuoso.password}"}
    assert reader.do_all(blocks_for(page, "virtuoso"))


BLOCKS = [block for found in READ.values() for block in found]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_block_says_what_it_is(page: Path) -> None:
    for block in READ[page]:
        assert block.language in LANGUAGES | {"table"}, f"{block}: {block.language or 'no language'}"
        assert block.told[0] in MARKERS, f"{block}: {block.marker}"
        if block.language == "console":
            assert block.text.startswith("$ "), f"{block}: it begins with no command"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_no_code_hides_in_a_directive(page: Path) -> None:
    assert set(re.findall(r"^\s*```\{([\w-]+)", page.read_text(encoding="utf-8"), re.MULTILINE)) <= {
        "toctree",
        "image",
        "eval-rst",
    }


@pytest.mark.parametrize("block", [b for b in BLOCKS if b.told[0] == "not run"], ids=str)
def test_what_is_not_run_could_be(block: Block) -> None:
    check_not_run(block)


def test_only_reasons_that_are_used_are_known() -> None:
    assert {block.told[1] for block in BLOCKS if block.told[0] == "not run"} == set(NOT_RUN)


@pytest.mark.parametrize("command", cli.list_commands(click.Context(cli)))
def test_every_command_is_shown_at_work(command: str) -> None:
    calls = (call.words for block in BLOCKS if block.language == "console" for call in commands(block.text))
    assert any(words[:2] == ("alliancekg", command) for words in calls)


def test_every_public_name_has_its_place() -> None:
    page = (HOME / "docs" / "reference" / "python.md").read_text(encoding="utf-8")
    assert [name for name in alliancekg.__all__ if not re.search(rf"[. ]{name}$", page, re.MULTILINE)] == []


def test_every_limit_is_documented_with_its_default() -> None:
    from alliancekg.cli_limits import OPTIONS
    from extract.formats.limits import DEFAULT, MB

    page = (HOME / "docs" / "how-to" / "build.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(--max-[a-z]+)` \| ([\d,]+)", page, re.MULTILINE))
    assert rows == {option: f"{getattr(DEFAULT, field) / (MB if unit == MB else 1):,.0f}" for option, field, unit, _ in OPTIONS}


def links(page: Path) -> Iterator[str]:
    yield from re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    assert [link for link in links(page) if not (page.parent / link).exists()] == []


def test_it_builds_without_a_warning_and_asks_nobody_else(tmp_path: Path) -> None:
    build = [
        sys.executable,
        "-m",
        "sphinx",
        "-W",
        "-q",
        "-b",
        "html",
        "-d",
        str(tmp_path / "read"),
        "docs",
        str(tmp_path / "site"),
    ]
    done = subprocess.run(build, cwd=HOME, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    pages = sorted((tmp_path / "site").rglob("*.html"))
    assert {f"{p.relative_to(HOME / 'docs').with_suffix('.html')}" for p in PAGES if p.is_relative_to(HOME / "docs")} <= {
        str(page.relative_to(tmp_path / "site")) for page in pages
    }
    for page in pages:
        assert not re.search(r"<p>\.\. [a-z-]+::", page.read_text("utf-8")), f"{page}: a directive that was not understood"
        fetched = re.findall(
            r'<(?:script|img|link|iframe)\b[^>]*?(?:src|href)="((?:https?:)?//[^"]*)"', page.read_text("utf-8")
        )
        assert fetched == [], page
    for style in (tmp_path / "site").rglob("*.css"):
        assert not re.search(r"@import|url\(['\"]?(?:https?:)?//", style.read_text("utf-8")), style


def test_the_sample_of_the_vocabulary_keeps_to_the_shapes_and_to_its_text() -> None:
    sample = alliancekg.open(HOME / "docs" / "reference" / "sample.ttl")
    assert sample.validate().results == ()
    places = sample.query("""
        PREFIX akg: <https://w3id.org/alliancekg/ontology#>
        SELECT ?text ?quote ?start ?end WHERE {
          ?place akg:quote ?quote ; akg:start ?start ; akg:end ?end ; akg:inDocument/<https://schema.org/text> ?text .
        }""")
    assert len(places) == 7
    assert [row for row in places if row["text"][row["start"] : row["end"]] != row["quote"]] == []


def test_every_term_of_the_vocabulary_is_there_in_both_languages_with_an_example() -> None:
    found = terms()
    parts = re.split(r"^### ", vocabulary(), flags=re.MULTILINE)[1:]
    assert sorted(part.split("`")[1] for part in parts) == sorted(f"akg:{term.name}" for term in found)
    for part in parts:
        assert re.search(r"[ぁ-んァ-ヶ一-龠]", part), part
        assert re.search(r"^> .|^```turtle", part, re.MULTILINE), part


def of(text: str) -> tuple[Block, ...]:
    return blocks(HOME / "README.md", text)


@pytest.mark.parametrize(
    ("text", "language", "marker"),
    [
        ("```console\n$ ls\n```", "console", ""),
        ("<!-- exits 1 -->\n```console\n$ ls\n```", "console", "exits 1"),
        ("<!-- exits 1 -->\nwords\n\n```console\n$ ls\n```", "console", ""),
        ("    make test", "indented", ""),
        ("- item\n\n  ```python\n  1\n  ```", "python", ""),
        ("<!-- answer -->\n| a |\n|---|\n| b |", "table", "answer"),
    ],
)
def test_blocks_are_found_with_what_is_said_of_them(text: str, language: str, marker: str) -> None:
    assert [(block.language, block.marker) for block in of(text)] == [(language, marker)]


def test_what_is_no_code_block_is_left_alone() -> None:
    assert of("| a |\n|---|\n| b |\n\n```{toctree}\nx\n```") == ()


@pytest.mark.parametrize(
    "text",
    [
        "```console\n$ alliancekg questions planned --format csv\nsomething else\n```",
        "```console\n$ alliancekg ask planned\n```",
        "```console\n$ alliancekg questions & ls\n```",
        "```console\n$ rm -r x\n```",
        "<!-- exits 1 -->\n```console\n$ alliancekg questions\n```",
        "```python\nraise ValueError\n```",
        "```sparql\nSELECT\n```",
        "```turtle\na b\n```",
        "```toml\n= 1\n```",
        "```json\n{\n```",
        "```text\nalliancekg build\n```",
    ],
)
def test_a_block_that_does_not_do_what_it_says_is_found(text: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.ttl").write_text("")
    [block] = of(text)
    with pytest.raises((AssertionError, ValueError, SyntaxError, alliancekg.AllianceKGError)):
        Reader(monkeypatch).do(block)


@pytest.mark.parametrize(("cell", "there"), [("planned", True), ("pla…", True), ("pla", False), ("proposals", False)])
def test_rows_that_no_answer_has_are_found(monkeypatch: pytest.MonkeyPatch, cell: str, there: bool) -> None:
    reader = Reader(monkeypatch)
    reader.asked = ("questions", "planned", "--lang", "en")
    [table] = of(f"<!-- answer -->\n| question |\n|---|\n| {cell} |")
    with nullcontext() if there else pytest.raises(AssertionError):
        reader.do(table)


@pytest.mark.parametrize(
    ("shown", "said", "same"),
    [
        ("10 documents, … claims\nwrote a", "10 documents, 218 claims\nwrote a\n", True),
        ("a\n…\nb", "a\nx\ny\nb", True),
        ("a\n…\nb", "a\nx\ny", False),
        ("a  b", "a b", True),
        ("a", "ab", False),
    ],
)
def test_what_is_printed_is_compared_but_for_what_is_cut(shown: str, said: str, same: bool) -> None:
    assert bool(like(shown).fullmatch(" ".join(said.split()))) is same


def test_the_server_of_the_pages_is_the_one_that_serve_starts() -> None:
    serve = cli.get_command(click.Context(cli), "serve")
    defaults = {parameter.name: parameter.default for parameter in serve.params}
    assert f"http://{defaults['host']}:{defaults['port']}" == SERVED
