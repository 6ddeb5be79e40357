"""The description of what the server can be asked: whole, as the routes are, and held to by schemathesis."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from served import TOKEN, serving
from starlette.routing import Route
from starlette.testclient import TestClient
from stores_made import made, plain

from alliancekg.serving import StoreGate, StoreGraphs
from extract.model import Document
from queries.catalogue import catalogue
from queries.serving.app import application
from queries.serving.limits import Limits
from queries.serving.writer import Writing

FOR_PEOPLE = {"/", "/style.css", "/query", "/editor.js", "/editor.json"}
# No schema says which texts are SPARQL or Turtle, which names a store knows, or which days a calendar has.
CONFIGURATION = '[checks.positive_data_acceptance]\nexpected-statuses = ["2xx", "3xx", "4xx"]\n'


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = "甲委員会 replaces 乙対話\n甲委員会 establishedOn 2024-04-10\n"
    return made(tmp_path_factory.mktemp("described") / "store", plain(Document("a.txt", text, published="2025")))


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[TestClient]:
    with TestClient(application(StoreGraphs(store), Limits(workers=1), Writing(StoreGate(store), TOKEN))) as there:
        yield there


def test_every_route_for_programs_is_described_with_its_methods(client: TestClient) -> None:
    described = {
        path: {method.upper() for method in methods} for path, methods in client.get("/openapi.json").json()["paths"].items()
    }
    routed = {
        route.path.replace(":path", ""): set(route.methods or ()) - {"HEAD"}
        for route in client.app.routes
        if isinstance(route, Route) and route.path not in FOR_PEOPLE
    }
    questions = {f"/questions/{one.slug}": routed["/questions/{slug}"] for one in catalogue()}
    del routed["/questions/{slug}"]
    assert described == routed | questions


def test_questions_are_described_by_the_catalogue(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for one in catalogue():
        told = paths[f"/questions/{one.slug}"]["get"]
        assert told["summary"] == one.title.en
        wanted = {p.name: p.required for p in one.parameters} | {"lang": False, "format": False}
        assert {p["name"]: p["required"] for p in told["parameters"]} == wanted
        rows = told["responses"]["200"]["content"]["application/json"]["schema"]["properties"]["rows"]
        assert list(rows["items"]["properties"]) == [column.name for column in one.columns]


def test_a_server_that_only_reads_describes_no_writing(store: Path) -> None:
    with TestClient(application(StoreGraphs(store), Limits(workers=1))) as client:
        told = client.get("/openapi.json").json()
    assert set(told["paths"]["/store"]) == {"get"}
    assert "application/sparql-update" not in told["paths"]["/sparql"]["post"]["requestBody"]["content"]
    assert not told["components"]["securitySchemes"]


def test_the_description_is_found(client: TestClient) -> None:
    answer = client.get("/.well-known/api-catalog")
    assert answer.headers["content-type"] == "application/linkset+json"
    (links,) = answer.json()["linkset"]
    for relation in ("service-desc", "describedby", "status"):
        assert client.get(links[relation][0]["href"]).status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("options", [(), ("--writable",)], ids=["reading", "writing"])
def test_schemathesis_finds_no_failure(store: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    pytest.importorskip("schemathesis", reason="schemathesis is not installed")
    (tmp_path / "schemathesis.toml").write_text(CONFIGURATION)
    examples = os.environ.get("ALLIANCEKG_EXAMPLES", "2")
    with serving(store, "--workers", "2", *options) as server:
        command = [sys.executable, "-m", "schemathesis.cli", "run", f"{server.url}/openapi.json", "--checks", "all",
                   "--max-examples", examples, "--header", f"Authorization: Bearer {TOKEN}", "--continue-on-failure"]  # fmt: skip
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr
    assert re.search(r"(\d{3,}) generated, \1 passed", done.stdout), done.stdout[-4000:]
