"""The addresses of the pages, and by content negotiation what stands there for programs.

A thing and what is said of it have one address here, answered at once: the IRIs themselves are those of w3id.org, which sends on
(303) to a server like this one, so that nobody takes the page for the thing, and a second detour would only cost time.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response

from queries.catalogue import catalogue
from queries.serving import library
from queries.serving.errors import RefusedError
from queries.serving.jobs import Search
from queries.serving.media import ANSWERS, THINGS, Offer, negotiate
from queries.serving.pages.addresses import address, iris_at
from queries.serving.pages.answering import AnswerPage, form_page
from queries.serving.pages.describing import Description
from queries.serving.pages.overview import StartPage
from queries.serving.pages.querying import editor, query, terms
from queries.serving.pages.rendering import HTML, STYLE, page
from queries.serving.pages.showing import Shown
from queries.serving.pages.things import ThingPage
from queries.serving.pages.viewing import LASTING, PAGE, VARY, as_page, html, raw_path, view_of
from queries.serving.pages.vocabulary import CONTEXT, ONTOLOGY, TERMS, term_label
from queries.serving.pool import Pool
from queries.serving.reading import address_fields
from queries.serving.responding import client_of, respond
from queries.serving.worker import Job

Handler = Callable[[Request, Pool], Awaitable[Response]]
_THINGS = (*THINGS, PAGE)
_FOUND = 50  # results of a page
_FORMATS = {"jsonld": "application/ld+json", "nt": "application/n-triples", "html": "text/html", **library.FORMATS}


async def start(request: Request, pool: Pool) -> Response:
    """What the store holds."""
    return await _answered(request, pool, StartPage(view_of(request)))


async def thing(request: Request, pool: Pool) -> Response:
    """Whatever the store knows of an IRI below `https://w3id.org/alliancekg/id/`: a page, or triples."""
    view = view_of(request)
    iris = iris_at(raw_path(request).removeprefix("/id/"))
    offer = _offer(request, _THINGS)
    if offer is PAGE:
        return await _answered(request, pool, ThingPage(iris, view))
    response = await respond(request, pool, Description(iris, offer.media), content_type=offer.content_type)
    response.headers["Vary"] = VARY
    return response


async def ontology(request: Request, pool: Pool) -> Response:
    """The vocabulary: Turtle as it is kept, or a page."""
    del pool
    view, offer = view_of(request), _offer(request, (_THINGS[0], PAGE))
    if offer is not PAGE:
        return Response(ONTOLOGY, headers={"Content-Type": offer.content_type, "Vary": VARY})
    return html(page("ontology.html", view, terms=list(TERMS.values()), show_term=lambda iri: _term(iri, view.lang)))


def _term(iri: str, lang: str) -> Shown:
    return Shown(term_label(iri, lang), address(iri) if iri in TERMS else "")


async def questions(request: Request, pool: Pool) -> Response:
    """The library: a list for people, or JSON."""
    del pool
    if _offer(request, (*ANSWERS[:1], PAGE)) is not PAGE:
        return library.list_questions(request)
    return html(page("questions.html", view_of(request), questions=catalogue()))


async def one_question(request: Request, pool: Pool) -> Response:
    """A question: a form with the answer beneath it, or the answer in a format for programs."""
    fields = address_fields(request)
    if "format" in fields or _offer(request, (*ANSWERS, PAGE)) is not PAGE:
        return await library.answer_question(request, pool)
    view, asked = view_of(request), library.asked_for(request)
    known = {p.name for p in asked.parameters}
    given = {name: fields.one(name) or "" for name, _ in fields.pairs if name not in {"lang", "page"}}
    values = {name: value for name, value in given.items() if value.strip() or name not in known}
    if any(p.required and not p.default and p.name not in values for p in asked.parameters):
        return html(form_page(asked, values, view))
    try:
        return await _answered(request, pool, AnswerPage(asked.slug, values, view))
    except RefusedError as error:
        if error.status != 400:
            raise
        return html(form_page(asked, values, view, wrong=error), status=400)


async def search(request: Request, pool: Pool) -> Response:
    """Things by a part of their name: a page, or JSON."""
    fields = address_fields(request)
    if _offer(request, (*ANSWERS[:1], PAGE)) is not PAGE:
        return await library.search(request, pool)
    view, words = view_of(request), (fields.one("q") or "").strip()
    if not words:
        return html(page("search.html", view, words="", found=None, more=False))
    job = Search(words, view.lang, _FOUND, (view.number - 1) * _FOUND)
    found = json.loads(await pool.read(job, client_of(request)))
    shown = [
        (Shown(one["label"], address(one["iri"])), one["name"], [_term(iri, view.lang) for iri in one["types"] if iri in TERMS])
        for one in found["results"]
    ]
    return html(
        page(
            "search.html",
            view,
            words=words,
            found={"total": found["total"], "results": shown, "first": job.start + 1},
            more=found["total"] > view.number * _FOUND,
        )
    )


async def style(request: Request, pool: Pool) -> Response:
    """The one style sheet."""
    del request, pool
    return Response(STYLE, media_type="text/css", headers=LASTING)


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
    "/query": query,
    "/editor.js": editor,
    "/editor.json": terms,
}
POSTED = frozenset({"/query"})  # a query may be longer than an address


def _offer(request: Request, offers: tuple[Offer, ...]) -> Offer:
    form = address_fields(request).one("format")
    if form is not None and form not in _FORMATS:
        raise RefusedError(400, f"format is none of {', '.join(sorted(_FORMATS))}")
    return negotiate(request.headers.get("accept") if form is None else _FORMATS[form], offers)


async def _answered(request: Request, pool: Pool, job: Job) -> Response:
    return as_page(await respond(request, pool, job, content_type=HTML))
