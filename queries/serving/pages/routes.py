"""The addresses of the pages, and by content negotiation what stands there for programs.

A thing and what is said of it have one address here, answered at once: the IRIs themselves are those of w3id.org, which sends on
(303) to a server like this one, so that nobody takes the page for the thing, and a second detour would only cost time.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response

from queries.catalogue import catalogue, question
from queries.errors import QueryError
from queries.serving import library
from queries.serving.errors import RefusedError
from queries.serving.jobs import Search
from queries.serving.media import ANSWERS, GRAPHS, Offer, negotiate
from queries.serving.pages.addresses import address, iris_at
from queries.serving.pages.answering import AnswerPage, form_page
from queries.serving.pages.describing import Description
from queries.serving.pages.overview import StartPage
from queries.serving.pages.rendering import HTML, LOOK, STYLE, View, page
from queries.serving.pages.showing import Shown
from queries.serving.pages.things import ThingPage
from queries.serving.pages.vocabulary import CONTEXT, ONTOLOGY, TERMS, term_label
from queries.serving.pool import Pool
from queries.serving.reading import Fields, address_fields
from queries.serving.responding import STATUS_HEADERS, client_of, respond
from queries.serving.worker import Job

Handler = Callable[[Request, Pool], Awaitable[Response]]
_PAGE = Offer("text/html", None, HTML)
_THINGS = (
    *(offer for offer in GRAPHS if offer.media in {"text/turtle", "application/ld+json", "application/n-triples"}),
    _PAGE,
)
_FORMATS = {"ttl": "text/turtle", "jsonld": "application/ld+json", "nt": "application/n-triples", "html": "text/html"}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Vary": "Accept, Accept-Language",
}


async def start(request: Request, pool: Pool) -> Response:
    """What the store holds."""
    return await _paged(request, pool, StartPage(_view(request)))


async def thing(request: Request, pool: Pool) -> Response:
    """Whatever the store knows of an IRI below `https://w3id.org/alliancekg/id/`: a page, or triples."""
    view = _view(request)
    iris = iris_at(_raw_path(request).removeprefix("/id/"))
    offer = _offer(request, _THINGS)
    if offer is _PAGE:
        return await _paged(request, pool, ThingPage(iris, view))
    response = await respond(request, pool, Description(iris, offer.media), content_type=offer.content_type)
    response.headers["Vary"] = _HEADERS["Vary"]
    return response


async def ontology(request: Request, pool: Pool) -> Response:
    """The vocabulary: Turtle as it is kept, or a page."""
    del pool
    view, offer = _view(request), _offer(request, (_THINGS[0], _PAGE))
    if offer is not _PAGE:
        return Response(ONTOLOGY, headers={"Content-Type": offer.content_type, "Vary": _HEADERS["Vary"]})
    return _html(page("ontology.html", view, terms=list(TERMS.values()), show_term=lambda iri: _term(iri, view.lang)))


def _term(iri: str, lang: str) -> Shown:
    return Shown(term_label(iri, lang), address(iri) if iri in TERMS else "")


async def questions(request: Request, pool: Pool) -> Response:
    """The library: a list for people, or JSON."""
    del pool
    if _offer(request, (*ANSWERS[:1], _PAGE)) is not _PAGE:
        return library.list_questions(request)
    return _html(page("questions.html", _view(request), questions=catalogue()))


async def one_question(request: Request, pool: Pool) -> Response:
    """A question: a form with the answer beneath it, or the answer in a format for programs."""
    fields = address_fields(request)
    if "format" in fields or _offer(request, (*ANSWERS, _PAGE)) is not _PAGE:
        return await library.answer_question(request, pool)
    view = _view(request)
    try:
        asked = question(request.path_params["slug"])
    except QueryError as error:
        return _refused(RefusedError(404, error.what, todo=error.todo), view)
    known = {p.name for p in asked.parameters}
    given = {name: fields.one(name) or "" for name, _ in fields.pairs if name != "lang"}
    values = {name: value for name, value in given.items() if value.strip() or name not in known}
    if any(p.required and not p.default and p.name not in values for p in asked.parameters):
        return _html(form_page(asked, values, view))
    try:
        return await _answered(request, pool, AnswerPage(asked.slug, values, view))
    except RefusedError as error:
        if error.status != 400:
            return _refused(error, view)
        return _html(form_page(asked, values, view, wrong=str(error)), status=400)


async def search(request: Request, pool: Pool) -> Response:
    """Things by a part of their name: a page, or JSON."""
    fields = address_fields(request)
    if _offer(request, (*ANSWERS[:1], _PAGE)) is not _PAGE:
        return await library.search(request, pool)
    view, words = _view(request), (fields.one("q") or "").strip()
    if not words:
        return _html(page("search.html", view, words="", found=None))
    try:
        found = json.loads(await pool.read(Search(words, view.lang, 50), client_of(request)))
    except RefusedError as error:
        return _refused(error, view)
    shown = [
        (Shown(one["label"], address(one["iri"])), one["name"], [_term(iri, view.lang) for iri in one["types"] if iri in TERMS])
        for one in found["results"]
    ]
    return _html(page("search.html", view, words=words, found={"total": found["total"], "results": shown}))


async def style(request: Request, pool: Pool) -> Response:
    """The one style sheet."""
    del request, pool
    return Response(STYLE, media_type="text/css", headers={"Cache-Control": "no-cache", "ETag": f'"{LOOK}"'})


async def context(request: Request, pool: Pool) -> Response:
    """The context of the JSON-LD that the vocabulary refers to."""
    del request, pool
    return Response(CONTEXT, media_type="application/ld+json")


ROUTES: Mapping[str, Handler] = {
    "/": start,
    "/id/{rest:path}": thing,
    "/ontology": ontology,
    "/context.jsonld": context,
    "/style.css": style,
    "/questions": questions,
    "/questions/{slug}": one_question,
    "/search": search,
}


def _view(request: Request) -> View:
    """The language that the address says, else the one that the reader's browser likes best. Raises RefusedError."""
    fields = address_fields(request)
    beside = tuple(pair for pair in fields.pairs if pair[0] != "lang")
    chosen = _chosen(fields)
    return View(_raw_path(request), chosen or _preferred(request.headers.get("accept-language", "")), bool(chosen), beside)


def _chosen(fields: Fields) -> str:
    lang = fields.one("lang")
    if lang is not None and lang not in library.LANGUAGES:
        raise RefusedError(400, f"lang is none of {', '.join(library.LANGUAGES)}")
    return lang or ""


def _preferred(accepted: str) -> str:
    """Japanese or English by the header Accept-Language; Japanese where it says neither.

    >>> _preferred("de, en-GB;q=0.8, ja;q=0.5"), _preferred(""), _preferred("ja;q=0, en")
    ('en', 'ja', 'en')
    """
    liked = {"ja": 0.0, "en": 0.0}
    for part in accepted.split(","):
        tag, _, rest = part.strip().lower().partition(";")
        lang = tag.strip().partition("-")[0]
        said = rest.strip().removeprefix("q=")
        if lang in liked:
            liked[lang] = max(liked[lang], float(said) if said.replace(".", "", 1).isdecimal() and said.isascii() else 1.0)
    return "en" if liked["en"] > liked["ja"] else "ja"


def _raw_path(request: Request) -> str:
    """The path as it was sent: a code in it is decoded once, by whoever knows what it stands for."""
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    return "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in raw.partition(b"?")[0])


def _offer(request: Request, offers: tuple[Offer, ...]) -> Offer:
    form = address_fields(request).one("format")
    if form is not None and form not in _FORMATS and form not in library.FORMATS:
        raise RefusedError(400, f"format is none of {', '.join(_FORMATS)}")
    accept = request.headers.get("accept") if form is None else (_FORMATS | library.FORMATS)[form]
    return negotiate(accept, offers)


async def _paged(request: Request, pool: Pool, job: ThingPage | StartPage) -> Response:
    try:
        return await _answered(request, pool, job)
    except RefusedError as error:
        return _refused(error, job.view)


async def _answered(request: Request, pool: Pool, job: Job) -> Response:
    response = await respond(request, pool, job, content_type=HTML)
    response.headers.update(_HEADERS)
    return response


def _refused(error: RefusedError, view: View) -> Response:
    response = _html(page("refused.html", view, error=error), status=error.status)
    response.headers.update({**STATUS_HEADERS.get(error.status, {}), "Cache-Control": "no-store"})
    return response


def _html(body: bytes, *, status: int = 200) -> Response:
    return Response(body, status_code=status, headers={**_HEADERS, "Content-Type": HTML, "Cache-Control": "no-cache"})
