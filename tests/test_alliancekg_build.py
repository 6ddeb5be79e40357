"""Building: good documents become a graph whatever stands beside them. The extraction is a stub, but for one test."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import alliancekg as akg
from alliancekg import building
from alliancekg.cli import run
from extract.model import Claim, Document, Entity, Extraction, Span, Unresolved
from ontology.terms import Factuality, Kind, Property

SAYS = "新協議は旧協議に代わるものだ。"


class FirstSentence:
    """Takes every document to say that a new forum replaces an old one, in its first characters."""

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for document in documents:
            forums = (Entity("new", Kind.FORUM, "新協議"), Entity("old", Kind.FORUM, "旧協議"))
            claim = Claim("new", Property.REPLACES, "old", Factuality.ACTUAL, (Span(0, len(SAYS)),), "stub")
            yield Extraction(document, forums, (), (claim,), (Unresolved(Span(0, 2), "新協", "no date"),))


@pytest.fixture(autouse=True)
def stub(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "model" not in request.keywords:
        monkeypatch.setattr(building, "extractor_of", lambda *_: FirstSentence())


@pytest.fixture
def good(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(SAYS, encoding="utf-8")
    return tmp_path / "good.txt"


def bad_input(folder: Path, kind: str) -> Path:
    path = folder / "bad.txt"
    match kind:
        case "empty file":
            path.write_text("")
        case "bytes that are no text":
            path.write_bytes(bytes(range(256)) * 40)
        case "20 MB":
            path.write_bytes("あ".encode() * 7_000_000)
        case "broken sidecar":
            path.write_text(SAYS, encoding="utf-8")
            (folder / "bad.meta.toml").write_text("title = [", encoding="utf-8")
        case "directory without documents":
            path.mkdir()
    return path


KINDS = ["missing path", "empty file", "bytes that are no text", "20 MB", "broken sidecar", "directory without documents"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_bad_input_costs_itself_alone(tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    bad, out = bad_input(tmp_path, kind), tmp_path / "g.ttl"
    code = run(["build", str(bad), str(good), "-o", str(out)])
    lines = capsys.readouterr().err.splitlines()
    assert code == 2
    assert len(akg.open(out).ask("which-forum-replaced-which")) == 1
    assert lines[0].startswith(f"alliancekg: {tmp_path}/bad")
    assert lines[-1] == f"left out 1: {bad}"
    assert sum(str(bad.with_suffix("")) in line for line in lines) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_to_read_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    bad, out = bad_input(tmp_path, kind), tmp_path / "g.ttl"
    assert run(["build", str(bad), "-o", str(out)]) == 2
    assert not out.exists()
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert "no document could be read" in lines[1]


def test_a_graph_that_is_there_stays_when_nothing_can_be_read(tmp_path: Path) -> None:
    out = tmp_path / "g.ttl"
    out.write_text("# mine")
    assert run(["build", str(tmp_path / "none.txt"), "-o", str(out)]) == 2
    assert out.read_text() == "# mine"


@pytest.mark.parametrize("output", ["g.xyz", "g", "none/g.ttl"])
def test_an_output_that_cannot_be_written_is_found_out_first(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str], output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "extractor_of", lambda *_: pytest.fail("extracted in vain"))
    assert run(["build", str(good), "-o", str(tmp_path / output)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_summary_of_a_good_build(tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "g.ttl"
    assert run(["build", str(good), "-o", str(out)]) == 0
    assert capsys.readouterr().err.splitlines() == [
        "1 document, 2 entities, 1 claim (1 Actual)",
        f"1 expression stayed unresolved (1 date): 'alliancekg ask unresolved --graph {out}' lists them",
        "no date of publication is known of 1 document (good.txt); a sidecar with 'published' gives it",
        f"wrote {out}",
    ]
    assert [row["reason"] for row in akg.open(out).ask("unresolved").rows] == ["no date"]


def test_what_is_doubtful_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_bytes(SAYS.encode("utf-16-le") + "\n".encode("utf-16-le"))
    assert run(["build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "g.ttl")]) == 0
    assert "doubtful: a.txt: read as utf-16-le, though no byte order mark says so" in capsys.readouterr().err.splitlines()
    assert run(["build", str(tmp_path / "a.txt"), "--encoding", "utf-16-le", "-o", str(tmp_path / "g.ttl")]) == 0
    assert "doubtful:" not in capsys.readouterr().err


def test_documents_of_every_format_and_in_archives(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "a.html").write_text(f"<p>{SAYS}</p>", encoding="utf-8")
    (papers / "broken.pdf").write_bytes(b"%PDF-1.7")
    with zipfile.ZipFile(papers / "more.zip", "w") as archive:
        archive.writestr("inner.txt", SAYS)
        archive.writestr("bad.docx", "no")
    out = tmp_path / "g.ttl"
    assert run(["build", str(papers), "-o", str(out)]) == 2
    err = capsys.readouterr().err
    assert "2 documents" in err
    for left_out in ("broken.pdf: not a PDF", "more.zip/bad.docx: not a zip file"):
        assert left_out in err
    rows = akg.open(out).query("SELECT ?name { ?d <http://purl.org/dc/terms/identifier> ?name }").rows
    assert {str(row["name"]) for row in rows} == {"a.html", "more.zip/inner.txt"}


def test_a_limit_that_is_given(tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", str(good), "--max-characters", "3", "-o", str(tmp_path / "g.ttl")]) == 2
    assert "the limit is 3. Split it, or raise --max-characters." in capsys.readouterr().err


def test_a_limit_in_python(good: Path) -> None:
    with pytest.raises(akg.DocumentError, match="no document could be read"):
        akg.build([good], options=akg.LoadOptions(limits=akg.Limits(max_characters=3)))


def test_twice_the_same_bytes(tmp_path: Path, good: Path) -> None:
    for name in ("a.ttl", "b.ttl"):
        run(["build", str(good), "-o", str(tmp_path / name)])
    assert (tmp_path / "a.ttl").read_bytes() == (tmp_path / "b.ttl").read_bytes()


def test_a_file_given_twice_is_read_once_and_two_of_one_name_are_told_apart(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "good.txt").write_text(SAYS, encoding="utf-8")
    out = tmp_path / "g.ttl"
    assert run(["build", str(good), str(good), "-o", str(out)]) == 0
    capsys.readouterr()
    assert run(["build", str(good), str(other), "-o", str(out)]) == 2
    assert "same name as" in capsys.readouterr().err


def test_in_python(good: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        graph = akg.build([good, tmp_path / "none.txt"])
    assert len(graph.ask("which-forum-replaced-which")) == 1
    assert "none.txt" in caplog.text
    with pytest.raises(akg.DocumentError, match="no document could be read"):
        akg.build([])


@pytest.mark.parametrize(("given", "complaint"), [("none.ttl", "none.ttl"), ("good.txt", "good.txt")])
def test_a_broken_authority_file(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str], given: str, complaint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["build", str(good), "--authority", str(tmp_path / given), "-o", str(tmp_path / "g.ttl")]) == 2
    err = capsys.readouterr().err
    assert complaint in err
    assert len(err.splitlines()) == 1


@pytest.mark.model
def test_a_sentence_becomes_an_answer_with_its_words(tmp_path: Path, extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "2024年6月、日米防衛産業協力・取得・維持整備定期協議(DICAS)が新設された。DICASは、システム・技術フォーラムに代わるものだ。"
    (tmp_path / "news.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(building, "extractor_of", lambda *_: extractor)
    graph = akg.build([tmp_path / "news.txt"])
    (row,) = graph.ask("which-forum-replaced-which").rows
    assert row["factuality"] == "Actual"
    assert str(row["quote"]) in text
    for column, name in (("new", "DICAS"), ("old", "システム・技術フォーラム")):
        assert name in {alias["name"] for alias in graph.ask("aliases", entity=str(row[f"{column}_iri"])).rows}
