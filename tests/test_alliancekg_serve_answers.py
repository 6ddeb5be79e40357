"""The library over HTTP gives what the command line gives, in every format and both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from stores_made import made, plain

from alliancekg.cli import run
from alliancekg.serving import StoreGraphs
from extract.model import Document
from queries.catalogue import catalogue
from queries.serving.app import application
from queries.serving.library import FORMATS
from queries.serving.limits import Limits

WITHOUT_PARAMETERS = [one.slug for one in catalogue() if not any(p.required and not p.default for p in one.parameters)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = "甲委員会 replaces 乙|対話\n甲委員会 establishedOn 2024-04-10\n甲委員会 establishedOn 2025-04-10\n"
    return made(tmp_path_factory.mktemp("answered") / "store", plain(Document("a.txt", text, published="2025")))


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[TestClient]:
    with TestClient(application(StoreGraphs(store), Limits(seconds=20, workers=1))) as there:
        yield there


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("slug", "values"),
    [("profile", {"entity": "甲委員会"}), *((slug, {}) for slug in WITHOUT_PARAMETERS)],
    ids=str,
)
def test_an_answer_is_that_of_the_command_line(
    store: Path, client: TestClient, capfdbinary, slug: str, values: dict[str, str], form: str
) -> None:
    for lang in ("ja", "en"):
        words = ["ask", slug, *(f"{name}={value}" for name, value in values.items())]
        code = run([*words, "--store", str(store), "--format", form, "--lang", lang])
        printed = capfdbinary.readouterr().out
        answer = client.get(f"/questions/{slug}", params={**values, "format": form, "lang": lang})
        if code:  # an answer that rests on no claims is no graph
            assert (code, form, answer.status_code) == (2, "ttl", 400)
            continue
        assert answer.content.rstrip(b"\n") == printed.rstrip(b"\n"), answer.text
        assert answer.headers["content-type"].startswith(FORMATS[form])


def test_there_is_something_to_compare(client: TestClient) -> None:
    rows = [client.get(f"/questions/{slug}").json()["rows"] for slug in WITHOUT_PARAMETERS]
    assert sum(map(bool, rows)) >= 3
    assert len(WITHOUT_PARAMETERS) > 8
