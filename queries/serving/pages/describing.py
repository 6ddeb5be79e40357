"""The triples about something that the store knows: its own, its claims with their evidence, and the names of what they name."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from ontology.terms import PREFIXES
from queries.binding import bind
from queries.engine import Embedded
from queries.serving.errors import RefusedError
from queries.serving.pages.things import known
from queries.serving.worker import Out

_ABOUT = """
PREFIX akg: <https://w3id.org/alliancekg/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
CONSTRUCT { ?s ?p ?o } WHERE {
  VALUES ?it { UNDEF }
  { ?it ?p ?o BIND(?it AS ?s) }
  UNION { ?s rdf:subject ?it ; ?p ?o }
  UNION { ?claim rdf:subject ?it ; prov:wasDerivedFrom ?s . ?s ?p ?o }
  UNION { ?it prov:wasDerivedFrom ?s . ?s ?p ?o }
  UNION { ?s akg:decides ?it ; ?p ?o }
  UNION { ?it ?link ?s . VALUES ?p { skos:prefLabel dcterms:title } ?s ?p ?o }
}
"""


@dataclass(frozen=True, slots=True)
class Description:
    """What the graph says of the first of some IRIs that it knows, in the syntax of a media type."""

    iris: tuple[str, ...]
    form: str

    def run(self, store: ox.Store, out: Out) -> None:
        engine = Embedded(store)
        iri = known(engine, self.iris)
        triples = set(engine.run(bind(_ABOUT, {"it": [ox.NamedNode(iri)]})).triples or ())
        if len(triples) > out.rows:
            raise RefusedError(400, f"the answer has more than {out.rows:,} triples", todo="Ask by SPARQL.")
        form = ox.RdfFormat.from_media_type(self.form)
        assert form is not None
        out.write(ox.serialize(sorted(triples, key=str), format=form, prefixes=PREFIXES) or b"")
