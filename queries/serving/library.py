"""`/questions` and `/search`: the library of questions over HTTP, and things by a part of their name."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from queries.catalogue import Question, catalogue, question
from queries.errors import QueryError
from queries.serving.errors import RefusedError
from queries.serving.jobs import Ask, Search
from queries.serving.media import ANSWERS, negotiate
from queries.serving.pool import Pool
from queries.serving.reading import address_fields
from queries.serving.responding import respond

_JSON = "application/json"
LANGUAGES = ("ja", "en")
MOST_FOUND = 1000
FORMATS = {"json": _JSON, "csv": "text/csv", "ttl": "text/turtle"}


def list_questions(_request: Request) -> Response:
    """All questions with their parameters and columns."""
    return JSONResponse({"questions": [described(one) for one in catalogue()]})


def described(asked: Question) -> dict[str, Any]:
    """A question as a client needs to know it."""
    return {
        "slug": asked.slug,
        "title": _both(asked.title),
        "description": _both(asked.description),
        "example": _both(asked.example),
        "parameters": [
            {
                "name": p.name,
                "type": p.type.value,
                "required": p.required,
                "default": p.default,
                "description": _both(p.wording),
            }
            for p in asked.parameters
        ],
        "columns": [{"name": c.name, "type": c.type.value, "description": _both(c.wording)} for c in asked.columns],
    }


def _both(wording: Any) -> dict[str, str]:  # noqa: ANN401
    return {"ja": wording.ja, "en": wording.en}


async def answer_question(request: Request, pool: Pool) -> Response:
    """The answer to a question: the parameters stand in the address, with `lang` and `format`. Raises RefusedError."""
    asked, fields = asked_for(request), address_fields(request)
    given = {name: fields.one(name) or "" for name, _ in fields.pairs}
    lang = _one_of(given.pop("lang", "ja"), LANGUAGES, "lang")
    form = given.pop("format", None)
    accept = request.headers.get("accept") if form is None else FORMATS[_one_of(form, tuple(FORMATS), "format")]
    offer = negotiate(accept, ANSWERS)
    job = Ask(asked.slug, given, lang, offer.media)
    return await respond(request, pool, job, content_type=offer.content_type)


def asked_for(request: Request) -> Question:
    """The question whose slug stands in the address. Raises RefusedError."""
    try:
        return question(request.path_params["slug"])
    except QueryError as error:
        raise RefusedError(404, error.what, todo=error.todo) from error


async def search(request: Request, pool: Pool) -> Response:
    """What bears a name that holds `q`. Raises RefusedError."""
    fields = address_fields(request)
    words = (fields.one("q") or "").strip()
    if not words:
        raise RefusedError(400, "the request does not say what to look for", todo="Add ?q=NAME.")
    lang = _one_of(fields.one("lang") or "ja", LANGUAGES, "lang")
    most = fields.one("limit") or "50"
    if not (most.isascii() and most.isdecimal() and 1 <= int(most) <= MOST_FOUND):
        raise RefusedError(400, f"limit is no number from 1 to {MOST_FOUND}")
    return await respond(request, pool, Search(words, lang, int(most)), content_type=_JSON)


def _one_of(given: str, known: tuple[str, ...], name: str) -> str:
    if given not in known:
        raise RefusedError(400, f"{name} is none of {', '.join(known)}")
    return given
