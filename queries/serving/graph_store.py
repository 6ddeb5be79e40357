"""`/store`: whole graphs by their names. Source: SPARQL 1.1 Graph Store HTTP Protocol (W3C 2013)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from queries.serving.errors import RefusedError
from queries.serving.jobs import WholeGraph
from queries.serving.media import GRAPHS, negotiate
from queries.serving.pool import Pool
from queries.serving.reading import address_fields
from queries.serving.responding import respond
from queries.serving.sparql import iri


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


async def answer_graph(request: Request, pool: Pool) -> Response:
    """The triples of a graph. Raises RefusedError."""
    graph = graph_of(request)
    if graph is None:
        raise RefusedError(400, "the request names no graph", todo="Add ?graph=IRI or ?default.")
    offer = negotiate(request.headers.get("accept"), GRAPHS)
    assert offer.format is not None
    job = WholeGraph(graph, offer.format.media_type.partition(";")[0])
    return await respond(request, pool, job, content_type=offer.content_type)
