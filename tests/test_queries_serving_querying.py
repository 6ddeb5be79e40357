"""The query page without its editor: the form, its results with names, the downloads, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx2 import Response
from lxml import etree
from starlette.testclient import TestClient
from stores_made import made, plain

from alliancekg.serving import StoreGraphs
from extract.model import Document
from ontology.terms import PREFIXES
from queries.catalogue import catalogue
from queries.serving.app import application
from queries.serving.limits import Limits

PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "en"}
AKG = "PREFIX akg: <https://w3id.org/alliancekg/ontology#> "
REPLACES = AKG + "SELECT ?new ?old { ?new akg:replaces ?old }"


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lines = "甲委員会 replaces 丙対話\n甲委員会 establishedOn 2024-04-10\n"
    return made(tmp_path_factory.mktemp("asked") / "store", plain(Document("a.txt", lines, published="2025")))


@pytest.fixture(scope="module")
def client(directory: Path) -> Iterator[TestClient]:
    with TestClient(application(StoreGraphs(directory), Limits(seconds=10, body=100_000, workers=1))) as there:
        yield there


def tree(answer: Response) -> etree._Element:
    return etree.fromstring(answer.content, etree.XMLParser(resolve_entities=False))


def sent(client: TestClient, text: str, **more: str) -> Response:
    return client.post("/query", data={"query": text, **more}, headers=PAGE)


def table(answer: Response) -> list[list[str]]:
    assert answer.status_code == 200, answer.text
    return [["".join(cell.itertext()) for cell in row.xpath("td")] for row in tree(answer).xpath("//section//tbody/tr")]


def test_things_stand_by_their_names_and_lead_to_their_pages(client: TestClient) -> None:
    answer = sent(client, REPLACES)
    assert table(answer) == [["甲委員会", "丙対話"]]
    assert tree(answer).xpath("//td/a/@href")[0] == "/id/%E7%94%B2%E5%A7%94%E5%93%A1%E4%BC%9A"
    assert tree(answer).xpath("//textarea")[0].text.strip() == REPLACES


def test_what_the_address_says_is_what_the_form_says(client: TestClient) -> None:
    by_address = client.get("/query", params={"query": REPLACES, "lang": "en"}, headers=PAGE)
    link = tree(sent(client, REPLACES, lang="en")).xpath("//section[@aria-labelledby='answer']/p[last()]/a/@href")[0]
    assert table(client.get(link, headers=PAGE)) == table(by_address) == table(sent(client, REPLACES))


@pytest.mark.parametrize(("text", "form", "media", "said"), [
    (REPLACES, "json", "application/sparql-results+json", '"bindings"'),
    (REPLACES, "xml", "application/sparql-results+xml", "<results>"),
    (REPLACES, "csv", "text/csv", "new,old"), (REPLACES, "tsv", "text/tab-separated-values", "?new\t?old"),
    ("ASK {}", "json", "application/sparql-results+json", "true"),
    ("CONSTRUCT WHERE { ?s a ?o }", "ttl", "text/turtle", "a akg:Forum"),
    ("CONSTRUCT WHERE { ?s a ?o }", "rdf", "application/rdf+xml", "<rdf:RDF"),
])  # fmt: skip
def test_a_download_is_what_the_endpoint_gives(client: TestClient, text: str, form: str, media: str, said: str) -> None:
    answer = sent(client, text, format=form)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, media)
    assert answer.headers["content-disposition"] == f'attachment; filename="answer.{form}"'
    assert said in answer.text
    assert answer.content == client.get("/sparql", params={"query": text}, headers={"Accept": media}).content


@pytest.mark.parametrize(("text", "said"), [("ASK { ?s ?p ?o }", "Yes"), ("ASK { FILTER(false) }", "No")])
def test_a_truth_value_is_said_in_words(client: TestClient, text: str, said: str) -> None:
    assert tree(sent(client, text)).xpath("//p[@class='statement']")[0].text == said


def test_a_graph_is_shown_as_a_table(client: TestClient) -> None:
    rows = table(sent(client, AKG + "CONSTRUCT { ?a akg:replaces ?b } { ?a akg:replaces ?b }"))
    assert rows == [["甲委員会", "replaces", "丙対話"]]


def test_long_results_are_cut_on_the_page_and_not_in_the_download(client: TestClient) -> None:
    text = f"SELECT * {{ VALUES ?n {{ {' '.join(map(str, range(900)))} }} }}"
    answer = sent(client, text)
    assert len(table(answer)) == 500
    assert "Only the first ones" in answer.text
    assert len(sent(client, text, format="csv").text.split()) == 901


def test_a_query_longer_than_any_address_is_taken_by_the_form(client: TestClient) -> None:
    text = "# " + "語" * 9_000 + "\n" + REPLACES
    answer = sent(client, text)
    assert table(answer) == [["甲委員会", "丙対話"]]
    assert all(len(href) < 15_000 for href in tree(answer).xpath("//@href"))


@pytest.mark.parametrize(("text", "status", "said"), [
    ("SELECT * { ?s", 400, "expected"), ("INSERT DATA {}", 400, "INSERT is an update"), ("<b>", 400, "this is no query"),
    ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", 403, "SERVICE"),
])  # fmt: skip
def test_what_is_refused_stays_in_the_form_with_the_reason(client: TestClient, text: str, status: int, said: str) -> None:
    answer = sent(client, text)
    assert answer.status_code == status
    assert said in "".join(tree(answer).xpath("//div[@role='alert']/p[2]")[0].itertext())
    assert tree(answer).xpath("//textarea")[0].text.strip() == text


def test_what_takes_too_long_stays_in_the_form_and_the_reader_is_told_in_both_languages(directory: Path) -> None:
    text = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(9)) + " }"
    with TestClient(application(StoreGraphs(directory), Limits(seconds=1, workers=1))) as hurried:
        for lang, said in (("en", "It took too long"), ("ja", "時間がかかりすぎる")):
            answer = sent(hurried, text, lang=lang)
            assert answer.status_code == 504
            assert said in "".join(tree(answer).xpath("//div[@role='alert']")[0].itertext())
            assert tree(answer).xpath("//textarea")[0].text.strip() == text


def test_markup_in_queries_and_results_stays_text(client: TestClient) -> None:
    text = "SELECT (\"</textarea><script>alert(1)</script>\" AS ?a) (<javascript:alert(2)> AS ?b) {}"  # fmt: skip
    answer = sent(client, text)
    page = tree(answer)
    assert page.xpath("//script/@src") == [src for src in page.xpath("//script/@src") if src.startswith("/editor.js?v=")]
    assert len(page.xpath("//script")) == 1
    assert table(answer) == [["</textarea><script>alert(1)</script>", "javascript:alert(2)"]]
    assert not page.xpath("//td//a")


def test_every_question_of_the_library_is_an_example_that_runs(client: TestClient) -> None:
    links = tree(client.get("/query?lang=en", headers=PAGE)).xpath("//section[@aria-labelledby='examples']//a/@href")
    assert len(links) == len(catalogue())
    for link in links:
        text = tree(client.get(link, headers=PAGE)).xpath("//textarea")[0].text
        assert sent(client, text).status_code == 200, link


@pytest.mark.parametrize(("method", "path", "content", "status"), [
    ("GET", "/query?example=no-such", None, 404), ("GET", "/query?query=ASK%7B%7D&format=exe", None, 400),
    ("GET", "/query?query=ASK%7B%7D&format=csv", None, 400), ("GET", "/query?query=%FF", None, 400),
    ("POST", "/query", b"query=%FF", 400), ("POST", "/query", b"x" * 200_000, 413), ("PUT", "/query", b"", 405),
])  # fmt: skip
def test_what_cannot_be_answered_is_a_page_too(client: TestClient, method: str, path: str, content: bytes, status: int) -> None:
    headers = {**PAGE, "Content-Type": "application/x-www-form-urlencoded"}
    answer = client.request(method, path, content=content, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert tree(answer).xpath("//h1")


def test_scripts_come_from_here_alone_and_on_this_page_alone(client: TestClient) -> None:
    policy = client.get("/query", headers=PAGE).headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in client.get("/", headers=PAGE).headers["content-security-policy"]


def test_people_who_open_the_endpoint_are_led_here(client: TestClient) -> None:
    answer = client.get("/sparql", headers=PAGE, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/query")


def test_the_editor_knows_the_terms_in_both_languages(client: TestClient) -> None:
    told = client.get("/editor.json").json()
    assert told["prefixes"] == PREFIXES
    known = {term["name"]: (term["sort"], term["ja"], term["en"]) for term in told["terms"]}
    assert known["akg:establishedOn"] == ("property", "設置日", "established on")
    assert known["skos:prefLabel"] == ("property", "主な名称", "name")


def test_the_editor_is_a_file_of_the_package(client: TestClient) -> None:
    (src,) = tree(client.get("/query", headers=PAGE)).xpath("//script/@src")
    answer = client.get(src)
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.content == (Path(__file__).parent.parent / "queries/serving/pages/editor/editor.js").read_bytes()


def test_relative_iris_are_those_of_the_endpoint(client: TestClient) -> None:
    assert table(sent(client, "SELECT (<x> AS ?x) {}"))[0][0] == "http://testserver/x"
