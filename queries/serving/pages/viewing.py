"""From a request to how its page is to be shown, and from a page to a response with the headers that pages have."""

from __future__ import annotations

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from queries.serving import library
from queries.serving.accepted import Accepted
from queries.serving.errors import RefusedError
from queries.serving.media import Offer, negotiate
from queries.serving.pages.paging import LAST
from queries.serving.pages.rendering import HTML, View, page
from queries.serving.reading import Fields, address_fields
from queries.serving.responding import STATUS_HEADERS

PAGE = Offer("text/html", None, HTML)
_TEXT = Offer("text/plain", None, "text/plain")
_PROBLEM, _JSON = (Offer(media, None, "application/problem+json") for media in ("application/problem+json", "application/json"))
VARY = "Accept, Accept-Language"
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_HEADERS = {"Content-Security-Policy": POLICY, "Vary": VARY}
LASTING = {"Cache-Control": "public, max-age=31536000, immutable"}  # its address changes with what it is
_UNROUTED = {404: "there is nothing at this address", 405: "this address takes no such request"}
_NUMBER = Accepted("page", "which part of its lists the page is to show", "1", most=LAST)
_LONGEST = 4000  # characters of parameters that a link repeats: headers have a bound


def view_of(request: Request, fields: Fields | None = None) -> View:
    """The language that the address says, else the one that the reader's browser likes best. Raises RefusedError.

    `fields` are those of a form, where they came in the body; links of the page repeat them.
    """
    fields = fields or address_fields(request)
    beside = tuple(pair for pair in fields.pairs if pair[0] not in {"lang", "page"})
    if sum(len(value) for _, value in beside) > _LONGEST:
        beside = ()
    lang = library.LANG.of(fields) if library.LANG.name in fields else ""
    return View(raw_path(request), lang or preferred(request), bool(lang), beside, int(_NUMBER.of(fields)))


def preferred(request: Request) -> str:
    """The language that the reader's browser likes best."""
    return _preferred(request.headers.get("accept-language", ""))


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


def raw_path(request: Request) -> str:
    """The path as it was sent: a code in it is decoded once, by whoever knows what it stands for."""
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    return "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in raw.partition(b"?")[0])


def as_page(response: Response, policy: str = POLICY) -> Response:
    """With the headers that every page has."""
    response.headers.update({**_HEADERS, "Content-Security-Policy": policy})
    return response


def html(body: bytes, *, status: int = 200, policy: str = POLICY) -> Response:
    """A page that was made in this process."""
    return as_page(Response(body, status, headers={"Content-Type": HTML, "Cache-Control": "no-cache"}), policy)


async def refusal(request: Request, error: Exception) -> Response:
    """What a client is told who is refused: a line of plain text, or as it likes better a page or JSON (RFC 9457)."""
    status, headers = 400, {}
    if isinstance(error, RefusedError):
        status = error.status
    elif isinstance(error, HTTPException):
        status, headers = error.status_code, dict(error.headers or {})
        error = RefusedError(status, _UNROUTED.get(status, error.detail))
    offer = _liked(request)
    if offer is PAGE:
        response = html(page("refused.html", _view_of_any(request), error=error, status=status), status=status)
    elif offer is _TEXT:
        response = PlainTextResponse(f"{error}\n", status)
    else:
        problem = {"title": HTTPStatus(status).phrase, "status": status, "detail": str(error)}
        response = JSONResponse(problem, status, media_type=_PROBLEM.media)
    response.headers.update({**headers, **STATUS_HEADERS.get(status, {}), "Cache-Control": "no-store", "Vary": VARY})
    return response


def _liked(request: Request) -> Offer:
    """In which form the client likes to be told best, text where it likes none."""
    try:
        return negotiate(request.headers.get("accept"), (_TEXT, PAGE, _PROBLEM, _JSON))
    except RefusedError:
        return _TEXT


def _view_of_any(request: Request) -> View:
    """How to show a page to whoever sent what cannot be read."""
    try:
        return view_of(request)
    except RefusedError:
        return View(raw_path(request), preferred(request), False)
