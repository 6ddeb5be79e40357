"""The pages in Chromium: nothing complains, axe finds nothing, nothing is clipped, and no markup that a store holds comes to life."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright not installed")

import browsed
from browsing import Visitor, chromium, launched, violations, visiting
from node_tools import installed
from playwright.sync_api import Browser, Page
from served import Served

from queries.serving.pages.addresses import address

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not chromium(), reason="Chromium not installed")]

RESULT = "SELECT ?name { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?name } ORDER BY ?name"
KINDS = {
    "start": "/",
    "thing": "?it a akg:Forum FILTER(CONTAINS(STR(?it), 'script'))",
    "document": address(browsed.DOCUMENT),
    "claim": "?it a akg:Claim ; akg:reviewStatus akg:Rejected",
    "held": "?it a akg:HeldBack",
    "users": address(browsed.USERS),
    "ontology": "/ontology",
    "questions": "/questions",
    "form": "/questions/profile",
    "answer": "/questions/which-forum-replaced-which",
    "wrong": "/questions/profile?" + urlencode({"entity": "<script>alert(1)</script>"}),
    "found": "/search?q=" + quote("部会"),
    "nothing": "/search?" + urlencode({"q": '"><script>alert(1)</script>'}),
    "query": "/query",
    "example": "/query?example=profile",
    "result": "/query?" + urlencode({"query": RESULT}),
    "malformed": "/query?" + urlencode({"query": "SELECT * { </textarea><script>alert(1)</script>"}),
    "lost": "/id/nobody",
    "nowhere": "/%3Cscript%3Ealert(1)%3C/script%3E",
    "bad": "/?lang=%3Cscript%3E",
    "broken": "/search?q=%FF",
}
REFUSED = {"wrong": 400, "malformed": 400, "lost": 404, "nowhere": 404, "bad": 400, "broken": 400}


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    directory = tmp_path_factory.mktemp("tools") / "source"
    if word := installed(directory):
        pytest.skip(word)
    return (directory / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return browsed.store_in(tmp_path_factory.mktemp("browsed"))


@pytest.fixture(scope="module")
def paths(store: Path) -> dict[str, str]:
    """The path of a page of every kind."""
    return {kind: at if at[0] == "/" else address(browsed.first(store, at)) for kind, at in KINDS.items()}


@pytest.fixture(scope="module")
def served(store: Path) -> Iterator[Served]:
    with browsed.browsed(store) as server:
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as there:
        yield there


@pytest.fixture(scope="module")
def visitors(browser: Browser, served: Served) -> Iterator[dict[str, Visitor]]:
    """A reader of each language."""
    with ExitStack() as open_ones:
        yield {lang: open_ones.enter_context(visiting(browser, served.url, lang=lang)) for lang in ("ja", "en")}


@pytest.fixture
def visitor(visitors: dict[str, Visitor]) -> Visitor:
    there = visitors["en"]
    there.wrong.clear()
    there.page.set_viewport_size({"width": 1280, "height": 900})
    there.page.emulate_media(color_scheme="light")
    return there


def settled(page: Page) -> Page:
    """The page when the editor is there, if it is one that has it."""
    if page.locator("#query").count():
        page.locator("#editor .cm-content").wait_for()
    return page


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_page_is_faulty(visitors, axe: str, paths: dict[str, str], kind: str, lang: str) -> None:
    visitor = visitors[lang]
    page = settled(visitor.open(paths[kind]))
    assert page.locator("html").get_attribute("lang") == lang
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page, axe) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.scripts.length") == (1 if page.locator("#query").count() else 0)
    assert page.locator("img, iframe, object, b, i, u").count() == 0
    said, visitor.wrong[:] = visitor.wrong[:], []
    assert [one for one in said if kind not in REFUSED or f"status of {REFUSED[kind]}" not in one] == []


@pytest.mark.parametrize("kind", ["start", "thing", "document", "answer", "result", "malformed"])
def test_the_colours_of_the_dark_can_be_read(visitor: Visitor, axe: str, paths: dict[str, str], kind: str) -> None:
    visitor.page.emulate_media(color_scheme="dark")
    page = settled(visitor.open(paths[kind]))
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 29)"
    assert violations(page, axe) == []


def test_an_address_in_japanese_is_found_as_people_type_it(visitor: Visitor) -> None:
    page = visitor.open("/id/乙部会10")
    assert page.locator("h1").inner_text() == "乙部会10"
    assert visitor.wrong == []


def test_whoever_opens_the_endpoint_is_led_to_the_query_page(visitor: Visitor) -> None:
    assert settled(visitor.open("/sparql")).url.endswith("/query")


@pytest.mark.parametrize(("kind", "said"), [
    ("thing", browsed.NAME), ("document", browsed.TITLE), ("document", browsed.QUOTE[30:]), ("thing", browsed.QUOTE),
    ("nothing", '"><script>alert(1)</script>'), ("wrong", "<script>alert(1)</script>"), ("result", browsed.NAME),
    ("claim", "<script>alert(8)</script>"), ("users", "<u>利用者</u>"),
])  # fmt: skip
def test_what_would_be_markup_is_shown_as_text(visitor: Visitor, paths: dict[str, str], kind: str, said: str) -> None:
    text = visitor.open(paths[kind]).locator("main").evaluate("(it) => it.textContent")
    assert said in text.replace("\N{REPLACEMENT CHARACTER}", "")


REACHABLE = "a[href], button, input:not([type=hidden]), textarea:not([hidden]), [tabindex='0']"


@pytest.mark.parametrize("kind", ["start", "thing", "document", "answer", "query", "result", "lost"])
def test_everything_is_reached_by_the_keyboard_in_order(visitor: Visitor, paths: dict[str, str], kind: str) -> None:
    page = settled(visitor.open(paths[kind]))
    wanted = page.evaluate(f"""() => {{
        const all = [...document.querySelectorAll("{REACHABLE}, #editor")];
        all.forEach((it, at) => it.dataset.at = at);
        return all.length;
    }}""")
    reached = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        reached.append(int(page.evaluate("document.activeElement.dataset.at ?? -1")))
    assert reached == list(range(wanted))


def test_the_skip_link_leads_past_the_menu(visitor: Visitor) -> None:
    page = visitor.open("/")
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def write(page: Page, text: str) -> None:
    settled(page).locator("#editor .cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type(text)


def test_the_editor_completes_terms_in_either_language_and_declares_their_prefix(visitor: Visitor) -> None:
    page = visitor.open("/query")
    write(page, "SELECT ?x { ?x a ")
    page.keyboard.insert_text("会合")
    page.keyboard.press("Control+Space")
    page.locator("#editor [aria-selected=true]", has_text="akg:Meeting").wait_for()
    page.wait_for_timeout(200)  # what has only just come up is not yet taken by the key
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('#query').value") == (
        "PREFIX akg: <https://w3id.org/alliancekg/ontology#>\nSELECT ?x { ?x a akg:Meeting}"
    )
    page.keyboard.type(" ; establishedo")
    page.locator("#editor [aria-selected=true]", has_text="akg:establishedOn").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.type(" ?")
    page.locator("#editor [role=option]", has_text="?x").wait_for()
    assert visitor.wrong == []


def test_the_editor_colours_the_words_of_a_query(visitor: Visitor) -> None:
    page = settled(visitor.open("/query"))
    colours = page.evaluate("""() => [...document.querySelector('#editor').shadowRoot.querySelectorAll('.cm-line span')]
        .map((it) => [it.textContent, getComputedStyle(it).color])""")
    by_text = dict(colours)
    assert len({by_text["PREFIX"], by_text["?new"], by_text["20"]}) == 3


def test_a_query_is_run_by_the_keyboard_and_its_result_kept(visitor: Visitor) -> None:
    page = visitor.open("/query")
    write(page, "SELECT (1 + 1 AS ?two) {")
    page.keyboard.press("Control+Enter")
    page.locator("td", has_text="2").wait_for()
    assert "1 + 1" in page.locator("#editor .cm-content").inner_text()
    with page.expect_download() as told:
        page.get_by_role("button", name="CSV").click()
    assert told.value.suggested_filename == "answer.csv"
    assert Path(told.value.path()).read_text(encoding="utf-8").split() == ["two", "2"]
    page.go_back()
    assert visitor.wrong == []


def test_everything_works_without_javascript(browser: Browser, served: Served, paths: dict[str, str]) -> None:
    with visiting(browser, served.url, lang="en", width=390, scripts=False) as visitor:
        for kind, path in paths.items():
            assert visitor.open(path).locator("h1").count() == 1, kind
        page = visitor.open("/query")
        page.locator("#query").fill("ASK {}")
        page.get_by_role("button", name="Run").click()
        page.locator(".statement", has_text="Yes").wait_for()
        page.locator("#q").fill("部会10")
        page.get_by_role("button", name="Search").click()
        page.get_by_role("link", name="乙部会10").click()
        page.get_by_role("heading", level=1, name="乙部会10").wait_for()
        page.get_by_role("link", name="日本語").click()
        page.get_by_role("link", name="質問").click()
        page.locator("main a[href^='/questions/profile']").click()
        page.locator("#p-entity").fill("乙部会10")
        page.get_by_role("button", name="質問する").click()
        page.locator("td", has_text="丁部会10").first.wait_for()
