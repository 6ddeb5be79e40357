"""The query page: any query in a form, with an editor where there is JavaScript, its results with names, and downloads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from ontology.terms import PREFIXES
from queries.catalogue import catalogue, question
from queries.engine import Cell, Embedded
from queries.errors import QueryError
from queries.serving.errors import RefusedError
from queries.serving.jobs import Query
from queries.serving.media import GRAPHS, RESULTS, TRUTH, Offer
from queries.serving.pages.rendering import EDITOR, HTML, View, page
from queries.serving.pages.showing import Names
from queries.serving.pages.viewing import LASTING, POLICY, as_page, html, view_of
from queries.serving.pages.vocabulary import completions
from queries.serving.pool import Pool
from queries.serving.reading import FORM, Fields, address_fields, body_of, fields_of, media_of, text_of
from queries.serving.refusing import may_change
from queries.serving.responding import STATUS_HEADERS, respond
from queries.serving.sparql import offers_for
from queries.serving.worker import Out, explained

_HEADER = re.compile(r"\A(?:#\+.*\n)*\s*")
_MOST = 500  # rows of a page
_TERMS = json.dumps({"prefixes": PREFIXES, "terms": completions()}, ensure_ascii=False).encode()
# The editor asks for the terms that it completes, and brings its styles as adopted sheets; nothing writes markup by script.
_POLICY = f"{POLICY}; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'"
_FIRST = """PREFIX akg: <https://w3id.org/alliancekg/ontology#>

SELECT ?new ?old WHERE {
  ?new akg:replaces ?old
}
LIMIT 20
"""
_NAMED = {
    "json": ("JSON", "application/sparql-results+json"),
    "xml": ("XML", "application/sparql-results+xml"),
    "csv": ("CSV", "text/csv"),
    "tsv": ("TSV", "text/tab-separated-values"),
    "ttl": ("Turtle", "text/turtle"),
    "nt": ("N-Triples", "application/n-triples"),
    "rdf": ("RDF/XML", "application/rdf+xml"),
    "jsonld": ("JSON-LD", "application/ld+json"),
}


@dataclass(frozen=True, slots=True)
class QueryPage:
    """A query and what it gives, as far as a page has room."""

    query: Query
    view: View

    def run(self, store: ox.Store, out: Out) -> None:
        with explained(self.query.text):
            found = self.query.complete(out).results(store)
            result = _table(store, found, self.view.lang)
        out.write(_page(self.query.text, self.view, result=result))


def _table(store: ox.Store, found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, lang: str) -> dict[str, Any]:
    """What a page shows of a result, cell by cell with names."""
    if isinstance(found, ox.QueryBoolean):
        return {"truth": bool(found), "formats": _formats(TRUTH)}
    if isinstance(found, ox.QueryTriples):
        headings: tuple[str, ...] = ("subject", "predicate", "object")
        formats = _formats(GRAPHS)
        rows: list[tuple[Cell, ...]] = [(t.subject, t.predicate, t.object) for t in islice(found, _MOST + 1)]
    else:
        headings, formats = tuple(v.value for v in found.variables), _formats(RESULTS)
        rows = [tuple(solution) for solution in islice(found, _MOST + 1)]
    names = Names(Embedded(store), {cell for row in rows for cell in row}, lang)
    shown = [[names.show(cell) for cell in row] for row in rows[:_MOST]]
    return {"truth": None, "headings": headings, "rows": shown, "cut": len(rows) > _MOST, "formats": formats}


def _formats(offers: Iterable[Offer]) -> Mapping[str, str]:
    """What a result can be had as: the name in the address, and the one that people know."""
    media = {offer.media for offer in offers}
    return {name: label for name, (label, known) in _NAMED.items() if known in media}


def _page(
    text: str, view: View, *, result: dict[str, Any] | None = None, wrong: RefusedError | None = None, example: str = ""
) -> bytes:
    return page("query.html", view, text=text, result=result, wrong=wrong, example=example, examples=catalogue())


async def query(request: Request, pool: Pool) -> Response:
    """The form; with a query its results, as a page or as a file to keep. What cannot be run stays in the form, with the reason."""
    fields = address_fields(request) if request.method in {"GET", "HEAD"} else await _sent(request, pool)
    view, text, example = view_of(request, fields), fields.one("query"), fields.one("example")
    if example is not None:
        return html(_page(_sparql_of(example), view, example=example), policy=_POLICY)
    if not (text or "").strip():
        return html(_page(_FIRST, view), policy=_POLICY)
    assert text is not None
    asked = Query(text, str(request.url.replace(path="/sparql", query="")), "")
    try:
        if (form := fields.one("format")) is not None:
            return await _download(request, pool, asked, form)
        offers_for(text)
        job = QueryPage(asked, view)
        return as_page(await respond(request, pool, job, content_type=HTML, lasting=not may_change(text)), _POLICY)
    except RefusedError as error:
        response = html(_page(text, view, wrong=error), status=error.status, policy=_POLICY)
        response.headers.update(STATUS_HEADERS.get(error.status, {}))
        return response


async def _sent(request: Request, pool: Pool) -> Fields:
    media, parameters = media_of(request)
    if media != FORM:
        raise RefusedError(415, f"a body of {media or 'no media type'} is not taken", todo=f"Send {FORM}.")
    return fields_of(text_of(await body_of(request, pool.limits.for_anybody()), parameters))


def _sparql_of(slug: str) -> str:
    try:
        return _HEADER.sub("", question(slug).sparql)
    except QueryError as error:
        raise RefusedError(404, error.what, todo=error.todo) from error


async def _download(request: Request, pool: Pool, asked: Query, form: str) -> Response:
    offers = {offer.media: offer for offer in offers_for(asked.text)}
    offer = offers.get(_NAMED[form][1]) if form in _NAMED else None
    if offer is None:
        raise RefusedError(400, f"the format of this answer is none of {', '.join(_formats(offers.values()))}")
    job = Query(asked.text, asked.base, offer.media)
    response = await respond(request, pool, job, content_type=offer.content_type, lasting=not may_change(asked.text))
    response.headers["Content-Disposition"] = f'attachment; filename="answer.{form}"'
    return response


async def editor(request: Request, pool: Pool) -> Response:
    """The editor: the one script that there is."""
    del request, pool
    return Response(EDITOR, media_type="text/javascript", headers=LASTING)


async def terms(request: Request, pool: Pool) -> Response:
    """What the editor completes: prefixes, and the terms of the vocabulary with their names in both languages."""
    del request, pool
    return Response(_TERMS, media_type="application/json", headers=LASTING)
