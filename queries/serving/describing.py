"""What the endpoint and its graph are, told as RDF: the service description and VoID.

Source: SPARQL 1.1 Service Description (W3C 2013); Describing Linked Datasets with the VoID Vocabulary (W3C 2011), section 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from ontology.terms import AKG, AKGID, PREFIXES
from queries.serving.media import GRAPHS, RESULTS, negotiate
from queries.serving.pool import Pool
from queries.serving.responding import respond
from queries.serving.uploads import FORMATS
from queries.serving.worker import Out

_SD = "http://www.w3.org/ns/sparql-service-description#"
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")


def describe_service(request: Request, base: str, *, writable: bool) -> Response:
    """The service description. Raises RefusedError where the client wants it in no way that there is."""
    offer = negotiate(request.headers.get("accept"), GRAPHS)
    assert isinstance(offer.format, ox.RdfFormat)
    body = ox.serialize(_service(base, writable=writable), format=offer.format, prefixes={**PREFIXES, "sd": _SD})
    return Response(body, headers={"Content-Type": offer.content_type, "Vary": "Accept"})


def _service(base: str, *, writable: bool) -> Iterator[ox.Triple]:
    service, dataset, graph = ox.NamedNode(base), ox.BlankNode(), ox.BlankNode()
    yield ox.Triple(service, _TYPE, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), service)
    for language in ("SPARQL11Query", "SPARQL11Update") if writable else ("SPARQL11Query",):
        yield ox.Triple(service, _sd("supportedLanguage"), _sd(language))
    yield ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for made in {offer.format for offer in (*RESULTS, *GRAPHS) if offer.format is not None}:
        yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(made.iri))
    if writable:
        for read in FORMATS.values():
            yield ox.Triple(service, _sd("inputFormat"), ox.NamedNode(read.iri))
    yield ox.Triple(service, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, _TYPE, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), graph)
    yield ox.Triple(graph, _TYPE, _sd("Graph"))


async def describe_dataset(request: Request, pool: Pool) -> Response:
    """What the store holds, as VoID. Raises RefusedError as above."""
    offer = negotiate(request.headers.get("accept"), GRAPHS)
    assert isinstance(offer.format, ox.RdfFormat)
    site = str(request.url.replace(path="", query="", fragment=""))
    return await respond(request, pool, Void(site, offer.format.media_type.partition(";")[0]), content_type=offer.content_type)


@dataclass(frozen=True, slots=True)
class Void:
    """The dataset under an address, with its size."""

    site: str
    form: str

    def run(self, store: ox.Store, out: Out) -> None:
        form = ox.RdfFormat.from_media_type(self.form)
        assert form is not None
        out.write(ox.serialize(self._triples(store), format=form, prefixes=PREFIXES) or b"")

    def _triples(self, store: ox.Store) -> Iterator[ox.Triple]:
        dataset = ox.NamedNode(f"{self.site}/.well-known/void#dataset")
        yield ox.Triple(dataset, _TYPE, _void("Dataset"))
        yield ox.Triple(dataset, ox.NamedNode(PREFIXES["dcterms"] + "title"), ox.Literal("alliancekg", language="en"))
        yield ox.Triple(dataset, _void("sparqlEndpoint"), ox.NamedNode(f"{self.site}/sparql"))
        yield ox.Triple(dataset, _void("uriSpace"), ox.Literal(AKGID))
        yield ox.Triple(dataset, _void("vocabulary"), ox.NamedNode(AKG))
        yield ox.Triple(dataset, _void("triples"), ox.Literal(len(store)))
        documents = sum(
            graph.value.startswith(f"{AKGID}document/") for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)
        )
        yield ox.Triple(dataset, _void("documents"), ox.Literal(documents))


def _sd(local: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + local)


def _void(local: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES["void"] + local)
