"""The pages of the endpoint: what each request gets, and that nothing a store holds becomes markup, script or a foreign link."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pyoxigraph as ox
import pytest
from httpx2 import Response
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from starlette.requests import Request
from starlette.testclient import TestClient
from stores_made import exactly, made, plain

from alliancekg.serving import StoreGraphs
from extract.model import Claim, Document, Entity, Extraction, Span
from graph.identity import document_iri
from graph.store.opening import OpenStore
from ontology.terms import AKGID, Factuality, Kind, Property
from queries.serving.app import application
from queries.serving.errors import RefusedError
from queries.serving.limits import Limits
from queries.serving.pages.addresses import address, iris_at, outward
from queries.serving.pages.highlights import pieces
from queries.serving.pages.viewing import refusal

PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
HOSTILE = "<script>alert(1)</script>\"'&\u202e委"
TEXT = "𠮷甲委員会は<b>乙</b>対話に代わり2024年4月10日に設ける。" + HOSTILE


def hostile() -> Extraction:
    """A document whose names, title, source and words would be markup, and whose evidence overlaps."""
    entities = (Entity("a", Kind.FORUM, HOSTILE, names=("<img src=x onerror=alert(2)>",)), Entity("b", Kind.FORUM, "乙対話"))
    when = exactly(date(2024, 4, 10))
    claims = (
        Claim("a", Property.REPLACES, "b", Factuality.ACTUAL, (Span(1, 20),), "made<i>", 0.9),
        Claim("a", Property.ESTABLISHED_ON, when, Factuality.ACTUAL, (Span(6, 30),), "made", 0.9),
        Claim("b", Property.ESTABLISHED_ON, when, Factuality.PLANNED, (Span(len(TEXT) - 20, len(TEXT)),), "made", 0.5),
    )
    document = Document(
        "x y.txt", TEXT, title="</title><script>alert(3)</script>", source="javascript:alert(4)", published="2025"
    )
    return Extraction(document, entities, (), claims)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lines = "甲委員会 replaces 丙対話\n甲委員会 establishedOn 2024-04-10\n"
    return made(tmp_path_factory.mktemp("paged") / "store", plain(Document("a.txt", lines, published="2025")), hostile())


@pytest.fixture(scope="module")
def client(directory: Path) -> Iterator[TestClient]:
    with TestClient(application(StoreGraphs(directory), Limits(seconds=10, workers=1))) as there:
        yield there


def subjects(directory: Path, kind: str) -> list[str]:
    query = f"SELECT DISTINCT ?it WHERE {{ ?it a <https://w3id.org/alliancekg/ontology#{kind}> }} ORDER BY ?it"
    with OpenStore(directory) as store:
        return [row[0].value for row in store.graph.query(query, use_default_graph_as_union=True)]


def tree(answer: Response) -> etree._Element:
    return etree.fromstring(answer.content, etree.XMLParser(resolve_entities=False))


KA = address(AKGID + "甲委員会")


@pytest.mark.parametrize(
    ("path", "headers", "status", "media"),
    [
        ("/", PAGE, 200, "text/html"),
        (KA, PAGE, 200, "text/html"),
        (KA, {}, 200, "text/turtle"),
        (KA, {"Accept": "*/*"}, 200, "text/turtle"),
        (KA, {"Accept": "application/ld+json"}, 200, "application/ld+json"),
        (KA, {"Accept": "image/png"}, 406, "text/plain"),
        (KA + "?format=ttl", PAGE, 200, "text/turtle"),
        (KA + "?format=exe", PAGE, 400, "text/html"),
        (KA + "?format=exe", {}, 400, "text/plain"),
        (KA + "?lang=de", PAGE, 400, "text/html"),
        ("/id/nobody", PAGE, 404, "text/html"),
        ("/id/nobody", {}, 404, "text/plain"),
        ("/id/%FF", PAGE, 404, "text/html"),
        ("/id/%253Cscript%253E", PAGE, 404, "text/html"),
        ("/id/a%0D%0AX-Evil:%201", PAGE, 404, "text/html"),
        ("/sparql", {}, 200, "text/turtle"),
        ("/sparql", {"Accept": "text/turtle, text/html;q=0.5"}, 200, "text/turtle"),
        ("/nowhere", PAGE, 404, "text/html"),
        ("/nowhere", {}, 404, "text/plain"),
        ("/sparql?query=SELECT", PAGE, 400, "text/html"),
        ("/sparql?query=SELECT", {}, 400, "text/plain"),
        ("/search?q=%FF", PAGE, 400, "text/html"),
        ("/id/x?q=%FF", PAGE, 400, "text/html"),
        ("/ontology", PAGE, 200, "text/html"),
        ("/ontology", {}, 200, "text/turtle"),
        ("/context.jsonld", {}, 200, "application/ld+json"),
        ("/style.css", {}, 200, "text/css"),
        ("/questions", PAGE, 200, "text/html"),
        ("/questions", {}, 200, "application/json"),
        ("/questions/profile", PAGE, 200, "text/html"),
        ("/questions/profile?entity=&as-of=", PAGE, 200, "text/html"),
        ("/questions/profile?entity=甲委員会&as-of=", PAGE, 200, "text/html"),
        ("/questions/profile?entity=甲委員会&format=csv", PAGE, 200, "text/csv"),
        ("/questions/profile?entity=<script>", PAGE, 400, "text/html"),
        ("/questions/profile?entity=甲委員会&unknown=1", PAGE, 400, "text/html"),
        ("/questions/no-such", PAGE, 404, "text/html"),
        ("/search", PAGE, 200, "text/html"),
        ("/search?q=甲", PAGE, 200, "text/html"),
        ('/search?q="><script>', PAGE, 200, "text/html"),
        ("/search?q=甲", {}, 200, "application/json"),
    ],
)
def test_each_address_answers_in_the_form_that_is_asked_for(client: TestClient, path, headers, status, media) -> None:
    answer = client.get(path, headers={"Accept": "", **headers})
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (status, media), answer.text[:500]
    assert "X-Evil" not in answer.headers
    if media == "text/html":
        assert "Accept" in answer.headers["vary"]
        assert "script" not in answer.headers["content-security-policy"]
        assert not tree(answer).xpath("//script | //style | //@style | //@*[starts-with(name(), 'on')]")


@pytest.mark.parametrize(("status", "ja", "en"), [
    (400, "読み取れない", "cannot be read"), (403, "許されていません", "not allowed"), (404, "ありません", "nothing at this address"),
    (413, "大きすぎます", "too large"), (500, "続けられません", "could not go on"), (503, "混み合っています", "too much to do"),
    (504, "時間がかかりすぎる", "took too long"),
])  # fmt: skip
def test_whoever_is_refused_reads_why_in_either_language(status: int, ja: str, en: str) -> None:
    for lang, words in (("ja", ja), ("en", en)):
        headers = [(b"accept", PAGE["Accept"].encode()), (b"accept-language", lang.encode())]
        scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"a=%FF", "headers": headers}
        answer = asyncio.run(refusal(Request(scope), RefusedError(status, "<b>reason</b>")))
        page = etree.fromstring(bytes(answer.body))
        assert (answer.status_code, page.get("lang")) == (status, lang)
        assert words in page.xpath("//main/p")[0].text
        assert "<b>reason</b>" in "".join(page.itertext())
        assert ("Retry-After" in answer.headers) == (status == 503)


@pytest.mark.parametrize(("header", "query", "lang"), [
    ("", "", "ja"), ("en", "", "en"), ("ja,en;q=0.5", "", "ja"), ("en", "?lang=ja", "ja"), ("de,en;q=0.1", "", "en"),
])  # fmt: skip
def test_pages_are_in_the_language_of_the_reader(client: TestClient, header: str, query: str, lang: str) -> None:
    page = tree(client.get("/" + query, headers={**PAGE, "Accept-Language": header}))
    assert page.get("lang") == lang
    assert ("What the store holds" in "".join(page.itertext())) == (lang == "en")


def test_what_a_store_holds_never_becomes_markup_or_a_foreign_link(client: TestClient, directory: Path) -> None:
    for kind in ("Forum", "Document", "Claim", "Evidence"):
        for iri in subjects(directory, kind):
            answer = client.get(address(iri), headers=PAGE)
            assert answer.status_code == 200, iri
            page = tree(answer)
            assert not page.xpath("//script | //img | //main//b | //main//i | //@*[starts-with(name(), 'on')]")
            assert not [href for href in page.xpath("//@href") if urlsplit(href).scheme not in {"", "http", "https"}]
    name = tree(client.get(address(subjects(directory, "Forum")[0]), headers=PAGE)).xpath("//h1//bdi")
    assert name


def test_a_document_shows_its_whole_text_with_overlapping_evidence(client: TestClient) -> None:
    answer = client.get(address(document_iri("x y.txt").value), headers={**PAGE, "Accept-Language": "en"})
    page = tree(answer)
    text = page.xpath("//div[@class='text']")[0]
    for number in text.xpath(".//sup"):  # takes its tail away too, if not told otherwise
        number.text = "".join("" for _ in number)
        for link in list(number):
            number.remove(link)
    assert "".join(text.itertext()) == TEXT
    assert [mark.text for mark in text.xpath(".//mark")] == [TEXT[1:6], TEXT[6:20], TEXT[20:30], TEXT[-20:]]
    assert "planned" in "".join(page.xpath("//li[@class='apart']")[0].itertext())


def test_a_planned_claim_stands_apart_and_is_no_date_of_the_timeline(client: TestClient) -> None:
    page = tree(client.get(address(AKGID + "乙対話"), headers={**PAGE, "Accept-Language": "en"}))
    assert [cell.text for cell in page.xpath("//section[@aria-labelledby='marked']//span[contains(@class, 'standing')]")] == [
        "planned"
    ]
    assert not page.xpath("//section[@aria-labelledby='facts']")


def test_what_claims_say_is_not_said_again_without_them(client: TestClient) -> None:
    page = tree(client.get(KA, headers=PAGE))
    assert page.xpath("//section[@aria-labelledby='facts']")
    assert not page.xpath("//section[@aria-labelledby='further']")


def test_turtle_says_what_the_page_rests_on(client: TestClient) -> None:
    told = list(ox.parse(client.get(KA).content, ox.RdfFormat.TURTLE))
    assert {"subject", "quote", "prefLabel"} <= {quad.predicate.value.replace("#", "/").rpartition("/")[2] for quad in told}


def test_every_link_resolves_from_the_start_page_on(client: TestClient) -> None:
    waiting, seen = ["/?lang=en"], set[str]()
    while waiting:
        here = waiting.pop()
        if here in seen or here.startswith("/sparql"):
            continue
        seen.add(here)
        answer = client.get(here, headers=PAGE)
        assert answer.status_code == 200, here
        if answer.headers["content-type"].startswith("text/html"):
            page = tree(answer)
            assert len(page.xpath("//main")) == len(page.xpath("//h1")) == 1
            assert len(set(page.xpath("//@id"))) == len(page.xpath("//@id")), here
            links = (urlsplit(urljoin(here, href)) for href in page.xpath("//a/@href | //link/@href"))
            waiting += [link._replace(fragment="").geturl() for link in links if not link.netloc]
            assert {href[1:] for href in page.xpath("//a/@href[starts-with(., '#')]")} <= set(page.xpath("//@id"))
    assert len(seen) > 50


def test_a_page_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get(KA, headers=PAGE)
    again = client.get(KA, headers={**PAGE, "If-None-Match": first.headers["etag"]})
    english = client.get(KA + "?lang=en", headers={**PAGE, "If-None-Match": first.headers["etag"]})
    assert (again.status_code, english.status_code) == (304, 200)


LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters='<>"{}|^`\\%'), min_size=1)


@given(st.lists(LETTERS | st.sampled_from(["%20", "%E2%80%AE", "%E5", "%41", "%2F"]), min_size=1).map("".join))
def test_addresses_lead_back_to_their_iris(name: str) -> None:
    assert AKGID + name in iris_at(address(AKGID + name).removeprefix("/id/"))


@pytest.mark.parametrize("text", [
    "javascript:alert(1)", " javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//host", "/path", "http://",
    "https://a\u202eb/", 'https://a/"onclick', "https://a b/", "file:///etc/passwd", "http://[", "vbscript:x",
])  # fmt: skip
def test_only_addresses_of_the_web_become_links(text: str) -> None:
    assert outward(text) == ""


@given(st.text(), st.lists(st.tuples(st.integers(-2, 30), st.integers(-2, 30), st.integers(1, 5))))
def test_pieces_make_up_the_text_and_each_span(text: str, spans: list[tuple[int, int, int]]) -> None:
    found = pieces(text, spans)
    assert "".join(piece.text for piece in found) == text
    for start, end, number in spans:
        if 0 <= start < end <= len(text):
            at, covered = 0, ""
            for piece in found:
                if start <= at < end:
                    assert number in piece.claims
                    covered += piece.text
                at += len(piece.text)
            assert covered == text[start:end]
