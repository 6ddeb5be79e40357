"""What a page says of a thing: facts apart from what is none, users apart from documents, long lists part by part."""

from __future__ import annotations

from collections.abc import Iterator

import browsed
import pyoxigraph as ox
import pytest
from lxml import etree
from starlette.testclient import TestClient
from stores_made import made, plain

from alliancekg.serving import StoreGraphs
from extract.model import Document
from graph.identity import document_iri
from ontology.terms import AKG, AKGID, PREFIXES
from queries.serving.app import application
from queries.serving.limits import Limits
from queries.serving.pages.addresses import address
from queries.serving.pages.paging import Part, part
from queries.serving.pages.rendering import View
from queries.serving.pages.things import ThingPage
from queries.serving.worker import Out

HUB, DOCUMENT = AKGID + "hub", AKGID + "document/a"
PAGE = {"Accept": "text/html", "Accept-Language": "en"}


class Kept(Out):
    """Takes the bytes of a page."""

    def __init__(self) -> None:
        self.page = b""

    def write(self, some: bytes) -> int:
        self.page += some
        return len(some)


def tree(page: bytes) -> etree._Element:
    return etree.fromstring(page, etree.XMLParser(resolve_entities=False))


def shown(store: ox.Store, iri: str, number: int = 1, lang: str = "en") -> etree._Element:
    out = Kept()
    ThingPage((iri,), View(address(iri), lang, chosen=False, number=number)).run(store, out)
    return tree(out.page)


def section(page: etree._Element, name: str) -> str:
    """The text of a section, empty where there is none."""
    return "".join("".join(one.itertext()) for one in page.xpath(f"//section[@aria-labelledby='{name}']"))


def quad(subject: str, predicate: str, value: str | ox.Literal, graph: str = "") -> ox.Quad:
    prefix, _, local = predicate.partition(":")
    told = ox.NamedNode(value) if isinstance(value, str) else value
    where = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(PREFIXES[prefix] + local), told, where)


def claim(number: int, subject: str, value: str, graph: str = DOCUMENT) -> Iterator[ox.Quad]:
    """A claim that a thing is part of another, in words that stand at its number."""
    iri, evidence = f"{AKGID}claim/{number}", f"{AKGID}evidence/{number}"
    for word, told in (("rdf:type", AKG + "Claim"), ("rdf:subject", subject), ("rdf:predicate", AKG + "partOf"),
                       ("rdf:object", value), ("akg:factuality", AKG + "Actual"), ("prov:wasDerivedFrom", evidence)):  # fmt: skip
        yield quad(iri, word, told, graph)
    yield quad(evidence, "akg:inDocument", DOCUMENT, graph)
    yield quad(evidence, "akg:quote", ox.Literal("甲"), graph)
    yield quad(evidence, "akg:start", ox.Literal(number), graph)
    yield quad(evidence, "akg:end", ox.Literal(number + 1), graph)


@pytest.fixture(scope="module")
def hub() -> ox.Store:
    """A thing that 450 others are said to be parts of, in one document."""
    store = ox.Store()
    for number in range(450):
        store.extend(claim(number, f"{AKGID}member{number}", HUB))
    store.add(quad(DOCUMENT, "rdf:type", AKG + "Document", DOCUMENT))
    store.add(quad(DOCUMENT, "schema:text", ox.Literal("甲" * 450), DOCUMENT))
    return store


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    directory = tmp_path_factory.mktemp("things")
    with TestClient(application(StoreGraphs(browsed.store_in(directory)), Limits(seconds=10, workers=1))) as there:
        there.held = address(browsed.first(directory / "store", "?it a akg:HeldBack"))
        there.thing = address(browsed.first(directory / "store", "?it a akg:Forum FILTER(CONTAINS(STR(?it), 'script'))"))
        yield there


@pytest.mark.parametrize(("lang", "reason"), [
    ("en", "This property joins things of the same kind."), ("ja", "この性質は同じ種類のものどうしを結ぶ。"),
])  # fmt: skip
def test_what_is_held_back_is_told_as_such_with_its_reason_and_nowhere_else(client: TestClient, lang: str, reason: str) -> None:
    page = tree(client.get(client.thing, headers={**PAGE, "Accept-Language": lang}).content)
    assert "丙協定" in section(page, "held")
    assert reason in section(page, "held")
    for name in ("facts", "marked", "timeline", "here", "further"):
        assert "丙協定" not in section(page, name), name


def test_the_page_of_what_is_held_back_says_that_it_is_no_fact(client: TestClient) -> None:
    page = tree(client.get(client.held, headers=PAGE).content)
    assert page.xpath("//h1")[0].text == "Claim held back"
    assert "It is no fact." in "".join(page.xpath("//p[@class='apart']")[0].itertext())
    assert "tells it as a fact" not in "".join(page.itertext())
    assert page.xpath("//mark")[0].text == browsed.QUOTE[3:9]


def test_a_document_lists_what_is_held_back_apart_and_marks_no_words_by_it(client: TestClient) -> None:
    page = tree(client.get(address(browsed.DOCUMENT), headers=PAGE).content)
    assert "丙協定" in section(page, "held")
    assert "丙協定" not in section(page, "claims")
    assert client.held not in page.xpath("//div[@class='text']//@href")


def test_what_a_reviewer_rejected_is_no_fact(client: TestClient) -> None:
    page = tree(client.get(client.thing, headers=PAGE).content)
    assert "renamed from" in section(page, "rejected")
    assert "renamed from" not in section(page, "facts")


def test_what_users_write_stands_apart_with_the_graph_that_says_it() -> None:
    store, notes = ox.Store(), AKGID + "notes/私のメモ"
    store.add(quad(HUB, "skos:prefLabel", ox.Literal("甲", language="ja")))
    store.add(quad(HUB, "skos:altLabel", ox.Literal("乙", language="ja"), notes))
    store.add(quad(HUB, "rdf:type", AKG + "Forum", notes))
    store.add(quad(HUB, "skos:prefLabel", ox.Literal("甲", language="ja"), notes))  # says what is there
    page = shown(store, HUB)
    assert "乙" in section(page, "users")
    assert "notes/私のメモ" in section(page, "users")
    assert "甲" not in section(page, "users")
    assert "Other names" not in "".join(page.itertext())
    graph = shown(store, notes)
    assert {"甲", "乙", "Forum"} <= {"".join(cell.itertext()).capitalize() for cell in graph.xpath("//td")}


def test_a_claim_of_a_user_is_marked_and_one_that_a_document_makes_too_is_not() -> None:
    store, notes = ox.Store(), AKGID + "notes"
    store.extend(claim(1, AKGID + "甲", HUB, graph=notes))
    store.extend(claim(2, AKGID + "乙", HUB, graph=notes))
    store.extend(claim(2, AKGID + "乙", HUB))
    rows = shown(store, HUB).xpath("//section[@aria-labelledby='here']//tbody/tr")
    marked = {"".join(row[0].itertext()): "written by a user" in "".join(row.itertext()) for row in rows}
    assert marked == {"甲": True, "乙": False}
    assert "written by a user" in "".join(shown(store, AKGID + "claim/1").itertext())


def test_parts_of_a_long_list_have_everything_once(hub: ox.Store) -> None:
    pages = [shown(hub, HUB, number) for number in (1, 2, 3, 4)]
    listed = [page.xpath("//section[@aria-labelledby='here']//tbody/tr/td[1]/a/@href") for page in pages]
    assert [len(part) for part in listed] == [200, 200, 50, 0]
    assert len({href for part in listed for href in part}) == 450
    links = [page.xpath("//nav[@class='pager']//a/@rel") for page in pages]
    assert links == [["next"], ["prev", "next"], ["prev"], ["prev"]]
    assert pages[0].xpath("//nav[@class='pager']//a/@href") == ["/id/hub?page=2"]


def test_nothing_behind_a_part_is_looked_at_but_one_entry() -> None:
    entries = iter(range(1_000_000))
    assert part(entries, 3, size=10) == Part(tuple(range(20, 30)), more=True)
    assert next(entries) == 31


def test_the_claims_of_a_long_document_are_numbered_on() -> None:
    store = ox.Store()
    for number in range(600):
        store.extend(claim(number, f"{AKGID}member{number}", HUB))
    store.add(quad(DOCUMENT, "rdf:type", AKG + "Document", DOCUMENT))
    store.add(quad(DOCUMENT, "schema:text", ox.Literal("甲" * 600), DOCUMENT))
    first, second = shown(store, DOCUMENT), shown(store, DOCUMENT, 2)
    assert [len(page.xpath("//ol[@class='claims']/li")) for page in (first, second)] == [500, 100]
    assert second.xpath("//ol[@class='claims']/@start") == ["501"]
    assert second.xpath("//sup/a/text()")[0] == "501"
    assert second.xpath("//sup/a/@href")[0] == "/id/claim/500"
    assert len(second.xpath("//div[@class='text']//mark")) == 100


@pytest.mark.parametrize(("path", "status"), [
    ("/?page=1", 200), ("/?page=2", 200), ("/?page=10000", 200), ("/?page=0", 400), ("/?page=10001", 400), ("/?page=-1", 400),
    ("/?page=x", 400), ("/?page=%E5%85%AB", 400), ("/?page=%EF%BC%91", 400), ("/?page=1&page=2", 400),
])  # fmt: skip
def test_the_number_of_a_page_is_a_number(client: TestClient, path: str, status: int) -> None:
    assert client.get(path, headers=PAGE).status_code == status


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A document about 230 forums, and 210 documents that say nothing."""
    lines = "".join(f"甲{i:03} replaces 乙{i:03}\n" for i in range(230))
    documents = [plain(Document("a.txt", lines)), *(plain(Document(f"{i}.txt", f"{i}")) for i in range(210))]
    directory = made(tmp_path_factory.mktemp("crowd") / "store", *documents)
    with TestClient(application(StoreGraphs(directory), Limits(seconds=10, workers=1))) as there:
        yield there


@pytest.mark.parametrize(("path", "listed", "sizes"), [
    ("/?lang=en", "//section[@aria-labelledby='documents']/ul/li", [200, 11]),
    ("/search?q=%E7%94%B2&lang=en", "//ul[@class='results']/li", [50, 50, 50, 50, 30]),
    ("/questions/facts-from?document=a.txt&lang=en", "//tbody/tr", [200, 30]),
])  # fmt: skip
def test_lists_lead_on_to_their_end(crowd: TestClient, path: str, listed: str, sizes: list[int]) -> None:
    found, seen = [], set[str]()
    while path:
        page = tree(crowd.get(path, headers=PAGE).content)
        assert page.get("lang") == "en"
        rows = page.xpath(listed)
        found.append(len(rows))
        seen |= {etree.tostring(row).decode() for row in rows}
        path = next(iter(page.xpath("//a[@rel='next']/@href")), "")
    assert (found, len(seen)) == (sizes, sum(sizes))


def test_a_document_without_claims_has_a_page(crowd: TestClient) -> None:
    assert crowd.get(address(document_iri("3.txt").value), headers=PAGE).status_code == 200
