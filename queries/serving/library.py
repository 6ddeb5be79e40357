"""`/questions` and `/search`: the library of questions over HTTP, and things by a part of their name."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from queries.catalogue import Question, catalogue, question
from queries.errors import QueryError
from queries.serving.accepted import Accepted
from queries.serving.errors import RefusedError
from queries.serving.jobs import Ask, Search
from queries.serving.media import ANSWERS, negotiate
from queries.serving.pool import Pool
from queries.serving.reading import address_fields
from queries.serving.responding import respond

_JSON = "application/json"
LANGUAGES = ("ja", "en")
FORMATS = {
    "json": _JSON,
    "csv": "text/csv",
    "ttl": "text/turtle",
    "markdown": "text/markdown",
}  # as the command line calls them
LANG = Accepted("lang", "the language of names and messages", "ja", LANGUAGES)
FORMAT = Accepted("format", "the format of the answer, where the header Accept does not say it", among=tuple(FORMATS))
WORDS = Accepted("q", "a part of a name, in any script or width", required=True)
LIMIT = Accepted("limit", "how many are wanted", "50", most=1000)


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
    lang, form = LANG.of(fields), FORMAT.of(fields)
    for beside in (LANG, FORMAT):
        given.pop(beside.name, None)
    offer = negotiate(FORMATS[form] if form else request.headers.get("accept"), ANSWERS)
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
    job = Search(WORDS.of(fields), LANG.of(fields), int(LIMIT.of(fields)))
    return await respond(request, pool, job, content_type=_JSON)
