"""The endpoint over a store of two documents: what each request gets, in the test process but for the queries themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from httpx2 import Response
from starlette.testclient import TestClient
from stores_made import made, plain

from alliancekg.serving import StoreGraphs
from extract.model import Document
from graph.identity import document_iri
from graph.store.opening import OpenStore
from queries.asking import ask
from queries.engine import Embedded
from queries.serving.app import application
from queries.serving.limits import Limits

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
QUERY = {"Content-Type": "application/sparql-query"}
UPDATE = {"Content-Type": "application/sparql-update"}
SELECT = "SELECT ?s WHERE { ?s a ?type } LIMIT 1"
A = document_iri("a.txt").value


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = {
        "a.txt": "甲委員会 replaces 乙対話\n甲委員会 establishedOn 2024-04-10\n",
        "b.txt": "ＡＢＣ部会 replaces 甲委員会\n",
    }
    documents = (Document(name, text, published="2025") for name, text in texts.items())
    return made(tmp_path_factory.mktemp("served") / "store", *map(plain, documents))


@pytest.fixture(scope="module")
def client(directory: Path) -> Iterator[TestClient]:
    limits = Limits(seconds=10, rows=20, answer=200_000, body=10_000, workers=1)
    with TestClient(application(StoreGraphs(directory), limits)) as there:
        yield there


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/*", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("application/sparql-results+xml;q=0.9, text/csv;q=0.5", "application/sparql-results+xml"),
        ("application/sparql-results+xml;q=0.1, */*;q=0.2", "application/sparql-results+json"),
        ("application/sparql-results+json;q=0, application/*", "application/sparql-results+xml"),
        ('text/html;level="1,2", text/csv', "text/csv; charset=utf-8"),
        ("application/json", "application/json"),
    ],
)
def test_results_come_in_the_format_that_the_client_likes_best(client: TestClient, accept, content_type) -> None:
    answer = client.get("/sparql", params={"query": SELECT}, headers={"Accept": accept} if accept else {})
    assert (answer.status_code, answer.headers["content-type"]) == (200, content_type)


@pytest.mark.parametrize("media", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json",
                                   "application/trig", "application/n-quads"])  # fmt: skip
@pytest.mark.parametrize("path", [f"/sparql?query={quote('CONSTRUCT WHERE { ?s ?p ?o }')}", f"/store?graph={quote(A)}"])
def test_graphs_come_in_every_syntax_and_say_the_same(client: TestClient, media: str, path: str) -> None:
    first, answer = (client.get(path, headers={"Accept": one}) for one in ("application/n-triples", media))
    assert answer.headers["content-type"].partition(";")[0] == media
    read, wanted = (
        ox.Dataset(ox.Quad(q.subject, q.predicate, q.object) for q in ox.parse(a.content, ox.RdfFormat.from_media_type(m)))
        for a, m in ((answer, media), (first, "application/n-triples"))
    )
    assert len(wanted) > 10
    assert read == wanted


@pytest.mark.parametrize(
    ("query", "accept", "status"),
    [
        (SELECT, "text/turtle", 406),
        ("ASK {}", "text/csv", 406),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv", 406),
        (SELECT, "text/csv;;", 400),
        ("SELECT * {", "*/*", 400),
        ("DROP ALL", "*/*", 400),
        ("", "*/*", 400),
        ("SELECT * { ?s ?p ?o, }", "*/*", 400),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "*/*", 403),
        ("SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:1/> { ?s ?p ?o } }", "*/*", 403),
        ("SELECT * { ?s ?p 1e0service <http://127.0.0.1:1/> { ?s ?p ?o } }", "*/*", 403),
        ("PREFIX : <http://127.0.0.1:1/> SELECT * { SERVICE:x { ?s ?p ?o } }", "*/*", 403),
        ("SELECT * { # >\n SERVICE SILENT ?x { ?s ?p ?o } }", "*/*", 403),
        ("ASK " + "{" * 2000 + "}" * 2000, "*/*", 400),
        ("ASK { FILTER(" + "(" * 2000 + "1" + ")" * 2000 + ") }", "*/*", 400),
        ("SELECT * { ?s ?p ?o }", "*/*", 400),  # more rows than allowed
    ],
)
def test_queries_that_are_refused(client: TestClient, query: str, accept: str, status: int) -> None:
    answer = client.post("/sparql", content=query.encode(), headers={**QUERY, "Accept": accept})
    assert answer.status_code == status, answer.text
    assert answer.text.endswith(".\n") or "\n" not in answer.text[:-1]
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "# SERVICE <x>\nASK {}",
        'ASK { BIND("SERVICE <http://127.0.0.1/>" AS ?service) }',
        "ASK { FILTER NOT EXISTS { ?s <http://example.org/SERVICE#LOAD> ?load } }",
        "PREFIX services: <urn:x:> ASK { FILTER NOT EXISTS { ?s services:LOAD '''it's SERVICE''' } }",
    ],
)
def test_words_in_names_and_strings_are_no_keywords(client: TestClient, query: str) -> None:
    assert client.get("/sparql", params={"query": query}).json()["boolean"] is True


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status"),
    [
        ("POST", "/sparql", FORM, b"query=ASK%20%7B%7D", 200),
        ("POST", "/sparql", {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}, b"query=ASK+%7B%7D", 200),
        ("POST", "/sparql", QUERY, b"ASK {}", 200),
        ("GET", "/sparql?query=ASK%20%7B%7D", {}, b"", 200),
        ("HEAD", "/sparql?query=ASK%20%7B%7D", {}, b"", 200),
        ("GET", "/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", {}, b"", 400),
        ("GET", "/sparql?query=ASK%20%FF", {}, b"", 400),
        ("GET", "/sparql?update=CLEAR%20ALL", {}, b"", 400),
        ("PUT", "/sparql?query=ASK%20%7B%7D", FORM, b"", 405),
        ("POST", "/sparql", {"Content-Type": "text/plain"}, b"ASK {}", 415),
        ("POST", "/sparql", {}, b"ASK {}", 415),
        ("POST", "/sparql", {"Content-Type": "application/sparql-query; charset=UTF-16"}, b"ASK {}", 415),
        ("POST", "/sparql", {**QUERY, "Content-Encoding": "gzip"}, b"ASK {}", 415),
        ("POST", "/sparql", QUERY, b"ASK {} #\xff", 400),
        ("POST", "/sparql", QUERY, b"ASK {} #" + b"x" * 10_000, 413),
        ("POST", "/sparql", FORM, b"query=ASK%20%7B%7D&update=CLEAR%20ALL", 400),
        ("POST", "/sparql", FORM, b"&".join([b"a=1"] * 2000), 400),
        ("POST", "/sparql", FORM, b"", 400),
        ("POST", "/sparql", UPDATE, b"CLEAR ALL", 403),
        ("POST", "/sparql", FORM, b"update=CLEAR+ALL", 403),
        ("PUT", "/store?default", {"Content-Type": "text/turtle"}, b"", 405),
        ("DELETE", "/store?default", {}, b"", 405),
        ("GET", "/store", {}, b"", 400),
        ("GET", "/store?default&graph=urn:x", {}, b"", 400),
        ("GET", "/store?graph=no%20iri", {}, b"", 400),
        ("GET", "/store?graph=urn:x:unknown", {}, b"", 404),
        ("HEAD", "/store?graph=urn:x:unknown", {}, b"", 404),
        ("GET", "/store/unknown", {}, b"", 404),
        ("GET", "/store/../../etc/passwd", {}, b"", 404),
        ("GET", "/nothing", {}, b"", 404),
        ("GET", "/questions/nothing", {}, b"", 404),
        ("GET", "/questions/..%2f..%2fetc%2fpasswd", {}, b"", 404),
        ("GET", "/questions/profile", {}, b"", 400),
        ("GET", "/questions/profile?entity=%E7%84%A1", {}, b"", 400),
        ("GET", "/questions/profile?entity=a&entity=b", {}, b"", 400),
        ("GET", "/questions/profile?entity=a&wrong=b", {}, b"", 400),
        ("GET", "/questions/planned?format=pdf", {}, b"", 400),
        ("GET", "/questions/planned?lang=xx", {}, b"", 400),
        ("GET", "/search", {}, b"", 400),
        ("GET", "/search?q=a&limit=0", {}, b"", 400),
        ("GET", "/search?q=a&limit=%D9%A1", {}, b"", 400),
        ("GET", "/sparql", {"Accept": "text/csv"}, b"", 406),
        ("GET", "/sparql?named-graph-uri=urn:x", {}, b"", 400),
        ("GET", "/search?q=a&limit=" + "9" * 5000, {}, b"", 400),
        ("GET", "/health", {}, b"", 200),
        ("GET", "/ready", {}, b"", 200),
    ],
)
def test_statuses(client: TestClient, method: str, path: str, headers: dict[str, str], body: bytes, status: int) -> None:
    answer = client.request(method, path, headers=headers, content=body)
    assert answer.status_code == status, answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "text/plain"),
        ("application/json", "application/problem+json"),
        ("application/problem+json, text/plain;q=0.5", "application/problem+json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("image/png", "text/plain"),
        ("no media type", "text/plain"),
    ],
)
@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nothing", 404), ("GET", "/id/%20?lang=xx", 400), ("PUT", "/health", 405),
                                                        ("GET", "/questions/nothing?format=json", 404), ("GET", "/store?graph=x", 400)])  # fmt: skip
def test_refusals_come_in_the_form_asked_for(client: TestClient, method, path, status, accept, media) -> None:
    answer = client.request(method, path, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (status, media)
    assert "Accept" in answer.headers["vary"]
    if media == "application/problem+json":
        assert answer.json()["status"] == status
        assert answer.json()["detail"]


def rows(answer: Response) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    return [{name: cell["value"] for name, cell in row.items()} for row in answer.json()["results"]["bindings"]]


def test_without_a_dataset_all_graphs_are_read_as_one_and_with_one_that_alone(client: TestClient) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    whole, document, none = (
        int(rows(client.get("/sparql", params={"query": query, **dataset}))[0]["n"])
        for dataset in ({}, {"default-graph-uri": A}, {"named-graph-uri": A})
    )
    named = int(rows(client.get("/sparql", params={"query": query.replace("{ ?", f"FROM <{A}> {{ ?")}))[0]["n"])
    assert whole > document > none == 0
    assert named == document


def test_the_dataset_of_the_request_counts_before_that_of_the_query(client: TestClient) -> None:
    query = "ASK FROM <urn:x:other> { GRAPH ?g { ?s a ?type } }"
    assert client.get("/sparql", params={"query": query}).json()["boolean"] is False
    assert client.get("/sparql", params={"query": query, "named-graph-uri": A}).json()["boolean"] is True


@pytest.mark.parametrize(
    "path", ["/sparql?query=ASK%20%7B%7D", f"/store?graph={quote(A)}", "/questions/planned", "/search?q=x"]
)
def test_what_a_client_has_is_not_sent_again(client: TestClient, path: str) -> None:
    tag = client.get(path).headers["etag"]
    for given in (tag, f'"other", {tag}', "*", tag.removeprefix("W/")):
        again = client.get(path, headers={"If-None-Match": given})
        assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get(path, headers={"Accept": "*/*;q=0.5", "If-None-Match": tag}).status_code == 304


def test_what_differs_from_time_to_time_has_no_tag(client: TestClient) -> None:
    assert "etag" not in client.get("/sparql", params={"query": "SELECT (NOW() AS ?now) {}"}).headers


def test_other_sites_may_ask(client: TestClient) -> None:
    answer = client.get("/sparql?query=ASK%7B%7D", headers={"Origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"
    asked = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    assert client.options("/sparql", headers=asked).status_code == 200


def test_large_answers_are_compressed_where_the_client_can(client: TestClient) -> None:
    there = client.get("/store?default", headers={"Accept-Encoding": "gzip"})
    assert there.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in client.get("/store?default", headers={"Accept-Encoding": "identity"}).headers


@pytest.mark.parametrize(("slug", "parameters"), [("which-forum-replaced-which", {}), ("profile", {"entity": "甲委員会"})])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_questions_are_answered_as_on_the_command_line(
    client: TestClient, directory: Path, slug: str, parameters, lang
) -> None:
    with OpenStore(directory) as store:
        answer = ask(Embedded(store.graph), slug, parameters, lang=lang)
        wanted = {"json": answer.to_json(), "csv": answer.to_csv(), "ttl": answer.to_turtle()}
    assert len(answer) > 0
    got = {form: client.get(f"/questions/{slug}", params={**parameters, "lang": lang, "format": form}) for form in wanted}
    assert {form: one.content.decode() for form, one in got.items()} == wanted
    assert (
        client.get(f"/questions/{slug}", params=parameters, headers={"Accept": "text/csv"}).headers["content-type"][:8]
        == "text/csv"
    )


def test_every_question_is_listed(client: TestClient) -> None:
    listed = client.get("/questions").json()["questions"]
    assert {"slug", "title", "parameters"} <= listed[0].keys()
    assert "profile" in {one["slug"] for one in listed}


@pytest.mark.parametrize(("words", "found"), [("委員", ["甲委員会"]), ("abc", ["ＡＢＣ部会"]), ("ＡＢc", ["ＡＢＣ部会"]), ("無", []),
                                              ('"><script>', []), ("甲", ["甲委員会"])])  # fmt: skip
def test_things_are_found_by_a_part_of_a_name(client: TestClient, words: str, found: list[str]) -> None:
    answer = client.get("/search", params={"q": words}).json()
    assert [one["label"] for one in answer["results"]] == found
    assert answer["query"] == words


def test_the_log_holds_no_query_and_no_token(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="queries.serving.access"):
        client.get("/sparql", params={"query": "ASK { } #secret1"}, headers={"Authorization": "Bearer secret2"})
    assert '"path": "/sparql", "status": 200' in caplog.text
    assert "secret" not in caplog.text


def test_a_new_build_is_answered_from_at_once(tmp_path: Path) -> None:
    store = made(tmp_path / "store", plain(Document("a.txt", "甲 replaces 乙", published="2025")))
    with TestClient(application(StoreGraphs(store), Limits(workers=1))) as client:
        first = client.get("/search", params={"q": "丙"})
        assert first.json()["total"] == 0
        made(store, plain(Document("b.txt", "丙 replaces 甲", published="2025")))
        again = client.get("/search", params={"q": "丙"}, headers={"If-None-Match": first.headers["etag"]})
        assert again.json()["total"] == 1


def test_another_store_is_not_taken_for_the_one_before(tmp_path: Path) -> None:
    tags = []
    for name in ("甲", "丙"):
        store = made(tmp_path / name, plain(Document("a.txt", f"{name} replaces 乙", published="2025")))
        with TestClient(application(StoreGraphs(store), Limits(workers=1))) as client:
            tags.append(client.get("/search", params={"q": "乙"}).headers["etag"])
    assert tags[0] != tags[1]


@pytest.mark.parametrize(
    ("path", "told"), [("/sparql", "UnionDefaultGraph"), ("/.well-known/void", "http://rdfs.org/ns/void#triples")]
)
def test_the_service_and_the_dataset_describe_themselves(client: TestClient, path: str, told: str) -> None:
    answer = client.get(path, headers={"Accept": "application/n-triples"})
    assert list(ox.parse(answer.content, ox.RdfFormat.N_TRIPLES))
    assert told in answer.text
    assert "SPARQL11Update" not in answer.text


def test_metrics_count_what_was_answered(client: TestClient) -> None:
    before = client.get("/metrics").text
    client.get("/nothing")
    line = next(line for line in client.get("/metrics").text.splitlines() if 'method="GET",status="404"' in line)
    assert line not in before


def test_metrics_are_in_the_format_of_prometheus(client: TestClient) -> None:
    client.get("/health")
    families, told = {}, client.get("/metrics").text
    assert told.endswith("\n")
    for line in told.splitlines():
        if line.startswith("#"):
            _, word, name, rest = line.split(" ", 3)
            families.setdefault(name, []).append((word, rest))
        else:
            sample = re.fullmatch(r'([a-z_]+)(?:\{((?:[a-z]+="[^"\\\n]*",?)*)\})? ([0-9.e+-]+)', line)
            assert sample, line
            assert any(sample[1].startswith(name) for name in families)
    assert all([word for word, _ in said] == ["HELP", "TYPE"] for said in families.values())
    buckets = [int(count) for count in re.findall(r"_bucket\{.*\} (\d+)", told)]
    assert buckets == sorted(buckets)
    assert buckets[-1] == int(re.search(r"_count (\d+)", told)[1]) > 0
