"""The Virtuoso that other tests lean on: it takes a graph, gives it back, forgets it, and is gone afterwards."""

from __future__ import annotations

import subprocess
import urllib.error
from pathlib import Path

import pytest
import virtuoso_server
from virtuoso_server import SERVER, Virtuoso

GRAPH = "urn:graph/日本"
TOLD = '<urn:あ> <urn:名> "「同盟」\\n\\"引用\\" \u200fעברית"@ja .'


@pytest.mark.slow
def test_what_is_loaded_is_answered_and_cleared(virtuoso: Virtuoso) -> None:
    virtuoso.load(TOLD.encode(), GRAPH)
    virtuoso.load(TOLD.encode(), GRAPH)
    assert virtuoso.graphs() == (GRAPH,)
    assert "「同盟」\n" in virtuoso.ask("SELECT ?o { <urn:あ> ?p ?o }").decode()
    virtuoso.clear()
    assert virtuoso.graphs() == ()


@pytest.mark.slow
def test_only_its_user_may_load(virtuoso: Virtuoso) -> None:
    stranger = Virtuoso(virtuoso.root, virtuoso.sql_port, password="wrong")
    with pytest.raises(urllib.error.HTTPError, match="401"):
        stranger.load(TOLD.encode(), GRAPH)
    assert virtuoso.graphs() == ()


@pytest.mark.slow
def test_it_is_stopped_when_a_test_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if word := virtuoso_server.missing():
        pytest.skip(word)
    started: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **k: started.append(start(*a, **k)) or started[-1])
    with pytest.raises(ZeroDivisionError), virtuoso_server.running(tmp_path) as server:
        1 / 0  # noqa: B018
    assert [process.poll() is not None for process in started if SERVER in process.args] == [True]
    with pytest.raises(urllib.error.URLError, match="refused"):
        server.ask("ASK {}")


def test_where_it_is_not_installed_a_word_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert "virtuoso-t" in virtuoso_server.missing()
