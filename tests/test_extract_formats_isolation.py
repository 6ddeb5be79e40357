"""Parsers that hang, crash, eat memory or lie cost one document; the next is read as if nothing had been."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import threading
import time
import zlib

import pytest
from reportlab.pdfgen.canvas import Canvas

from alliancekg.reading import documents_in
from extract.documents import LoadOptions, load_document
from extract.errors import DocumentError
from extract.formats import isolation
from extract.formats.isolation import BOOT, Parsers
from extract.formats.limits import MB, Limits

PAGE = "<p>1978年に指針が策定された。</p>"
QUICK = Limits(seconds=6.0, memory=600 * MB)  # loading a parser takes a second by itself where the machine is busy


def double(does):
    """A process whose parser does something else with documents that are named after it."""
    patch = (
        "import os, sys, time\n"
        "import extract.formats.worker as worker\n"
        "real = worker.parse\n"
        "def parse(path, *args, **options):\n"
        f"    if 'bad' in path.name: {does}\n"
        "    return real(path, *args, **options)\n"
        "worker.parse = parse\n"
    )
    first, _, last = BOOT.partition("; from ")
    return f"{first}\n{patch}\nfrom {last}"


@pytest.fixture
def pages(tmp_path):
    for name in ("good", "bad"):
        (tmp_path / f"{name}.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


CRASHES = [
    ("time.sleep(60)", "more than 6 seconds"),
    ("os.kill(os.getpid(), 9)", "crashed .signal 9"),
    ("os._exit(3)", "crashed .exit code 3"),
    ("bytearray(10**9)", "more than 600 MB of memory"),
    ("raise ValueError('odd')", "failed .ValueError: odd"),
    ("(f := lambda: f())()", "nested too deep"),
    ("import subprocess; subprocess.run(['true'])", "PermissionError"),
    ("open(path.with_name('written'), 'w')", "PermissionError"),
    ("import socket; socket.create_connection(('127.0.0.1', 9))", "PermissionError"),
    ("print('{\"done\": 1}', flush=True); raise ValueError('printed')", "printed"),
    ("os.write(3, b'no sense\\n'); time.sleep(60)", "crashed .it gave no sense"),
]


@pytest.mark.parametrize(("does", "says"), CRASHES)
def test_one_document_costs_one_document(pages, does, says):
    with Parsers(QUICK, boot=double(does)) as parsers:
        for _ in range(2 if "sleep" not in does else 1):
            assert load_document(pages / "good.html", parsers=parsers).text == "1978年に指針が策定された。\n"
            with pytest.raises(DocumentError, match=says) as caught:
                load_document(pages / "bad.html", parsers=parsers)
            assert caught.value.where == str(pages / "bad.html")
            assert caught.value.todo
        assert load_document(pages / "good.html", parsers=parsers).text
    assert not (pages / "written").exists()


def test_a_hang_ends_in_time(pages):
    with Parsers(QUICK, boot=double("\n        while True: pass")) as parsers:
        began = time.monotonic()
        with pytest.raises(DocumentError, match="more than 6 seconds"):
            load_document(pages / "bad.html", parsers=parsers)
        assert time.monotonic() - began < 12


def test_a_document_is_tried_again_where_another_left_the_damage(pages):
    """The process dies at its second document, whichever that is."""
    dies = "None\n    global seen; seen = globals().get('seen', 0) + 1\n    if seen == 2: os._exit(1)\n"
    with Parsers(boot=double(dies)) as parsers:
        for _ in range(4):
            assert load_document(pages / "good.html", parsers=parsers).text


def test_the_process_serves_many_and_is_renewed(pages, monkeypatch):
    monkeypatch.setattr(isolation, "USES", 3)
    with Parsers() as parsers:
        seen = []
        for _ in range(7):
            load_document(pages / "good.html", parsers=parsers)
            seen.append(parsers._process.pid)
    assert len(set(seen)) == 3
    assert parsers._process is None


def test_no_parser_is_loaded_before_it_is_needed():
    loaded = "{'lxml', 'pypdfium2', 'zipfile', 'spacy'} & set(sys.modules)"
    code = f"import sys, extract.documents, extract.formats.worker; print({loaded})"
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert run.stdout.strip() == "set()"


def test_plain_text_needs_no_process(tmp_path, monkeypatch):
    monkeypatch.setattr(isolation.subprocess, "Popen", lambda *_, **__: pytest.fail("started in vain"))
    (tmp_path / "a.txt").write_text("本文。", encoding="utf-8")
    with Parsers() as parsers:
        assert load_document(tmp_path / "a.txt", parsers=parsers).text == "本文。"


@pytest.fixture
def listening():
    """A server on this machine that counts who calls."""
    server = socket.create_server(("127.0.0.1", 0))
    calls = []

    def listen():
        while True:
            try:
                calls.append(server.accept())
            except OSError:
                return

    threading.Thread(target=listen, daemon=True).start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}", calls
    server.close()


def test_nothing_is_loaded_whatever_a_document_asks_for(tmp_path, listening):
    url, calls = listening
    asks = (
        f'<?xml version="1.0"?><!DOCTYPE html SYSTEM "{url}/a.dtd" [<!ENTITY x SYSTEM "{url}/x">]>'
        f'<html><head><base href="{url}"><link rel="stylesheet" href="{url}/a.css"><script src="{url}/a.js"></script></head>'
        f'<body><img src="{url}/a.png"><iframe src="{url}/"></iframe><p>&x;会合が開かれた。</p></body></html>'
    )
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(50, 500, "Text")
    canvas.linkURL(f"{url}/link", (0, 0, 500, 500))
    canvas.save()
    (tmp_path / "a.html").write_text(asks, encoding="utf-8")
    (tmp_path / "b.xhtml").write_text(asks, encoding="utf-8")
    (tmp_path / "c.pdf").write_bytes(buffer.getvalue())
    with Parsers() as parsers:
        for name in ("a.html", "b.xhtml", "c.pdf"):
            assert load_document(tmp_path / name, parsers=parsers).text
    time.sleep(0.2)
    assert calls == []


def pdf_bomb():
    """A page whose content unpacks to 400 MB from 400 kB."""
    compressor = zlib.compressobj(9)
    stream = b"".join(compressor.compress(b"q Q " * 250_000) for _ in range(400)) + compressor.flush()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(stream), stream),
    ]
    return (
        b"%PDF-1.4\n" + b"".join(b"%d 0 obj%b endobj\n" % (n, o) for n, o in enumerate(objects, 1)) + b"trailer<</Root 1 0 R>>"
    )


def test_a_bomb_in_a_pdf(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf_bomb())
    began = time.monotonic()
    with Parsers(QUICK) as parsers, pytest.raises(DocumentError, match=r"MB of memory|crashed|seconds|no text layer"):
        load_document(tmp_path / "a.pdf", parsers=parsers)
    assert time.monotonic() - began < 30


def test_a_hundred_megabytes_of_nothing(tmp_path):
    for suffix in ("txt", "html", "pdf", "docx", "zip"):
        path = tmp_path / f"a.{suffix}"
        with path.open("wb") as file:
            file.truncate(100 * MB)
        with pytest.raises(DocumentError, match="too large: 100,000,000 bytes"):
            load_document(path)


def test_a_build_goes_on(pages):
    skipped = []
    with Parsers(QUICK, boot=double("os._exit(1)")) as parsers:
        found = documents_in([pages], LoadOptions(), parsers, lambda path, error: skipped.append((path.name, error.what)))
        assert [document.identifier for document in found] == ["good.html"]
    assert skipped == [("bad.html", "its parser crashed (exit code 1)")]


def test_a_process_that_does_not_start_is_said(pages):
    with Parsers(boot="raise SystemExit(1)") as parsers, pytest.raises(DocumentError, match="does not start"):
        load_document(pages / "good.html", parsers=parsers)
