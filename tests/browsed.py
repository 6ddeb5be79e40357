"""What the tests in a browser look at: a served store in which every kind of page has something to show, and all names are hostile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

from served import TOKEN, Served, serving
from stores_made import exactly, made, plain

from alliancekg.reviewing import reviewing
from extract.model import Claim, Document, Entity, Extraction, Span, Unresolved
from graph.identity import document_iri
from graph.reviewing.items import Ruling
from graph.store.opening import OpenStore
from ontology.terms import AKG, AKGID, Factuality, Kind, Property, Verdict

NAME = "<script>alert(1)</script>\"'&\u202e委員会"
TITLE = "</title><script>alert(2)</script><img src=x onerror=alert(3)>題"
QUOTE = "「甲対話」は<b onclick=alert(4)>乙</b>会に<script>alert(5)</script>代わる。"
TEXT = QUOTE + "2024年4月10日に設ける。2025年に廃止する予定である。\n" + "長い文が続く。" * 40
DOCUMENT = document_iri("a b.txt").value
USERS = AKGID + "notes/私のメモ"


def _hostile() -> Extraction:
    """Claims of every standing about a thing whose name is markup, in a document whose title is."""
    entities = (
        Entity("a", Kind.FORUM, NAME, names=("<img src=x onerror=alert(6)>", "KOU")),
        Entity("b", Kind.FORUM, "乙会" + "とても長い名称" * 6),
        Entity("t", Kind.TREATY, "丙協定"),
    )
    day, whole = exactly(date(2024, 4, 10)), Span(0, len(QUOTE))

    def says(told: Property, value: object, standing: Factuality = Factuality.ACTUAL, words: Span = whole) -> Claim:
        return Claim("a", told, value, standing, (words,), "made", 0.9)

    claims = (
        says(Property.REPLACES, "b"),
        says(Property.ESTABLISHED_ON, day, words=Span(len(QUOTE), len(QUOTE) + 14)),
        says(Property.ENDED_ON, exactly(date(2025, 1, 1)), Factuality.PLANNED, Span(len(QUOTE) + 14, len(QUOTE) + 29)),
        says(Property.PART_OF, "b", Factuality.PROPOSED, Span(2, 20)),
        says(Property.COUNTERPART_OF, "b", Factuality.POSSIBLE, Span(4, 30)),
        says(Property.HAS_MEMBER, "b", Factuality.NEGATED, Span(6, 9)),
        says(Property.RENAMED_FROM, "b", words=Span(1, 9)),  # is rejected
        says(Property.REPLACES, "t", words=Span(3, 9)),  # is held back: one of them is no forum
    )
    document = Document("a b.txt", TEXT, title=TITLE, source="javascript:alert(7)", published="2025")
    return Extraction(document, entities, (Unresolved(Span(0, 4), "<i>甲</i>", "no date"),), claims)


def store_in(directory: Path) -> Path:
    """The store, with a claim that a reviewer rejected."""
    lines = "".join(f"乙部会{i} replaces 丁部会{i}\n乙部会{i} establishedOn 20{i:02}-01-02\n" for i in range(10, 24))
    store = made(directory / "store", _hostile(), plain(Document("b.txt", lines, title="部会の記録", published="2024")))
    with reviewing(store, "<b>査読者</b>") as room:
        (item,) = (one for one in room.items() if one.claim.predicate is Property.RENAMED_FROM)
        room.record(Ruling(item, Verdict.REJECTED, why="<script>alert(8)</script>"))
    return store


@contextmanager
def browsed(store: Path) -> Iterator[Served]:
    """The store served, with a graph that a user wrote."""
    with serving(store, "--writable", "--workers", "2") as server:
        put(server, USERS, f'<{AKGID}甲> <http://www.w3.org/2004/02/skos/core#altLabel> "<u>利用者</u>"@ja .')
        yield server


def put(server: Served, graph: str, turtle: str) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/turtle", "From": "tester@example.org"}
    request = Request(f"{server.url}/store?graph={quote(graph, safe='')}", turtle.encode(), headers, method="PUT")
    with urlopen(request, timeout=60) as answer:
        assert answer.status in {201, 204}


def first(store: Path, pattern: str) -> str:
    """The IRI of the first `?it` that fits a pattern."""
    query = f"PREFIX akg: <{AKG}> SELECT ?it {{ {pattern} }} ORDER BY ?it LIMIT 1"
    with OpenStore(store) as opened:
        (row,) = opened.graph.query(query, use_default_graph_as_union=True)
        return str(row[0].value)
