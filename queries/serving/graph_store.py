"""`/store`: whole graphs by their names. Source: SPARQL 1.1 Graph Store HTTP Protocol (W3C 2013)."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from uuid import uuid4

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import Response

from queries.serving.errors import RefusedError
from queries.serving.jobs import WholeGraph
from queries.serving.limits import Limits
from queries.serving.media import GRAPHS, negotiate, plain
from queries.serving.pool import Pool
from queries.serving.reading import address_fields, body_of, media_of, text_of
from queries.serving.responding import respond
from queries.serving.sparql import iri
from queries.serving.uploads import FORMATS, MULTIPART, Drop, Upload
from queries.serving.writer import Writer

_MOST_FILES = 100


def graph_of(request: Request) -> str | None:
    """The IRI of the graph that a request is about, "" for the default graph, None where it names none.

    Directly below `/store` the address itself is the name (section 4.1), else a parameter says it (4.2). Raises RefusedError.
    """
    fields = address_fields(request)
    named, default = fields.one("graph"), "default" in fields
    if request.path_params.get("rest"):
        if fields.pairs:
            raise RefusedError(400, "the address names the graph, and has parameters", todo="Leave them out.")
        return iri(str(request.url))
    if named is not None and default:
        raise RefusedError(400, "the request names two graphs", todo="Give either graph=IRI or default.")
    return "" if default else iri(named) if named is not None else None


async def change_graph(request: Request, writer: Writer, limits: Limits) -> Response:
    """Put, merge into or drop a graph. Raises RefusedError."""
    graph, if_there = graph_of(request), _expected(request)
    if request.method == "DELETE":
        if graph is None:
            raise _not_named()
        await writer.write(request, Drop(graph, if_there))
        return Response(status_code=204)
    location = {}
    if graph is None:
        if request.method != "POST":
            raise _not_named()
        graph = f"{str(request.url.replace(query='')).rstrip('/')}/{uuid4()}"
        location = {"Location": graph}
    pieces = await _pieces(request, limits)
    made = await writer.write(request, Upload(graph, pieces, replace=request.method == "PUT", if_there=if_there))
    return Response(status_code=201 if made else 204, headers=location)


def _expected(request: Request) -> bool | None:
    """Whether the client says that the graph has to be there, or must not be. Raises RefusedError (412).

    Tags here are weak, and a weak one never matches where something is changed. Source: RFC 9110, section 13.1.
    """
    if_match, if_none_match = (request.headers.get(name, "").strip() for name in ("if-match", "if-none-match"))
    if if_match not in {"", "*"}:
        raise RefusedError(412, "the tags of graphs are weak, and no ground to change them", todo="Send If-Match: *, or none.")
    return True if if_match else False if if_none_match == "*" else None


async def _pieces(request: Request, limits: Limits) -> tuple[tuple[str, bytes], ...]:
    """The body, or each file of a form (section 5.5). Raises RefusedError."""
    media, parameters = media_of(request)
    body = await body_of(request, limits)
    if media != MULTIPART:
        return ((_known(media), _as_utf8(body, parameters)),)

    async def whole() -> AsyncGenerator[bytes, None]:
        yield body

    try:
        parser = MultiPartParser(
            request.headers, whole(), max_files=_MOST_FILES, max_fields=_MOST_FILES, max_part_size=limits.body
        )
        form = await parser.parse()
    except (MultiPartException, KeyError) as error:
        raise RefusedError(400, f"the form is malformed: {error}") from error
    pieces = []
    for _name, part in form.multi_items():
        if isinstance(part, UploadFile):
            said, told = plain(part.content_type or "text/turtle")
            pieces.append((_known(said), _as_utf8(await part.read(), told)))
        else:
            pieces.append(("text/turtle", part.encode()))
    await form.close()
    if not pieces:
        raise RefusedError(400, "the form is empty or broken off")
    return tuple(pieces)


def _known(media: str) -> str:
    if media not in FORMATS:
        raise RefusedError(415, f"a graph as {media!r} is not taken", todo=f"Send {', '.join(FORMATS)}.")
    return media


def _as_utf8(body: bytes, parameters: dict[str, str]) -> bytes:
    text_of(body, parameters)
    return body


async def answer_graph(request: Request, pool: Pool) -> Response:
    """The triples of a graph. Raises RefusedError."""
    graph = graph_of(request)
    if graph is None:
        raise _not_named()
    offer = negotiate(request.headers.get("accept"), GRAPHS)
    assert offer.format is not None
    job = WholeGraph(graph, offer.format.media_type.partition(";")[0])
    return await respond(request, pool, job, content_type=offer.content_type)


def _not_named() -> RefusedError:
    return RefusedError(400, "the request names no graph", todo="Add ?graph=IRI or ?default.")
