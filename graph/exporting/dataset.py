"""What the graph is, for catalogues and for who thinks of using it: its size, vocabularies, classes, properties, sources.

Sources: Describing Linked Datasets with the VoID Vocabulary (W3C 2011), sections 4.5 and 4.6; DCAT 3 (W3C 2024), section 6.6.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolution, QuerySolutions, Store, Triple

from graph.errors import GraphError
from graph.exporting.ordering import Part, grouped
from graph.identity import digest
from graph.literals import DATE, number
from ontology.terms import AKGID, ONTOLOGY_IRI, PREFIXES, Kind

DATASET = NamedNode(AKGID + "dataset")

_HEADER = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
_KINDS = " ".join(f"akg:{kind}" for kind in Kind)
# A triple that several named graphs hold is one triple of the dataset.
_PROPERTIES = """SELECT ?what (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects)
  WHERE { SELECT DISTINCT ?s (?p AS ?what) ?o WHERE { ?s ?p ?o } } GROUP BY ?what ORDER BY ?what"""
_CLASSES = "SELECT ?what (COUNT(DISTINCT ?s) AS ?things) WHERE { ?s a ?what } GROUP BY ?what ORDER BY ?what"
_STANDINGS = """SELECT ?what (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
  ?claim a akg:Claim ; akg:factuality ?what FILTER NOT EXISTS { ?claim akg:reviewStatus akg:Rejected } } GROUP BY ?what"""
_TERMS = "SELECT (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects) WHERE { ?s ?p ?o }"
_ENTITIES = f"""SELECT (COUNT(DISTINCT ?s) AS ?things) (MIN(?s) AS ?first) WHERE {{ VALUES ?kind {{ {_KINDS} }} ?s a ?kind }}"""
_EARLIEST = "SELECT (MIN(?day) AS ?what) WHERE { ?claim a akg:Claim ; akg:earliest ?day }"
_LATEST = "SELECT (MAX(?day) AS ?what) WHERE { ?claim a akg:Claim ; akg:latest ?day }"
_MODIFIED = "SELECT (MAX(?time) AS ?what) WHERE { ?activity prov:endedAtTime ?time }"
_LANGUAGES = (
    "SELECT DISTINCT ?tag WHERE { ?s skos:prefLabel ?label BIND (LANG(?label) AS ?tag) FILTER (?tag != '') } ORDER BY ?tag"
)
# What the dataset was made from, by what, and by whom.
_ORIGINS = {
    "wasDerivedFrom": "SELECT DISTINCT ?what WHERE { ?what a akg:Document }",
    "wasGeneratedBy": "SELECT DISTINCT ?what WHERE { ?what a ?kind VALUES ?kind { akg:Build prov:Activity } FILTER NOT EXISTS { ?what a akg:Decision } }",
    "wasAttributedTo": "SELECT DISTINCT ?what WHERE { ?run prov:wasAssociatedWith ?what }",
}
_WORDS = {
    "title": (("文書が述べる同盟の知識グラフ", "ja"), ("A knowledge graph of what documents say of alliances", "en")),
    "description": (
        ("機関、合意、会合などについて文書が述べる主張。根拠の語句と事実性を伴う。alliancekg が作成。", "ja"),
        ("Claims of documents about bodies, agreements and meetings, with the words that say so. Made by alliancekg.", "en"),
    ),
}
_ISO_639_1 = "http://id.loc.gov/vocabulary/iso639-1/"


def described(store: Store) -> Iterator[Part]:
    """The description of all that the store holds, named graphs as one; it stands by itself, not in the store."""
    properties, classes = list(_rows(store, _PROPERTIES)), list(_rows(store, _CLASSES))
    yield DefaultGraph(), grouped((
        *_catalogued(store),
        *_counted(store, properties, classes),
        *_partitioned(properties, classes),
        *_claimed(store),
    ))  # fmt: skip


def _catalogued(store: Store) -> Iterator[Triple]:
    """What it is called, what it is about, from when to when, what it was made from."""
    for kind in (_iri("dcat", "Dataset"), _iri("void", "Dataset")):
        yield _said(_iri("rdf", "type"), kind)
    for name, texts in _WORDS.items():
        yield from (_said(_iri("dcterms", name), Literal(text, language=tag)) for text, tag in texts)
    yield _said(_iri("dcterms", "conformsTo"), NamedNode(ONTOLOGY_IRI))
    for row in _rows(store, _LANGUAGES):
        yield _said(_iri("dcterms", "language"), NamedNode(_ISO_639_1 + _text(row, "tag").lower().partition("-")[0]))
    for how, query in _ORIGINS.items():
        yield from (_said(_iri("prov", how), what) for row in _rows(store, query) if isinstance(what := row["what"], NamedNode))
    if modified := _text(_row(store, _MODIFIED), "what"):
        yield _said(_iri("dcterms", "modified"), Literal(modified, datatype=_iri("xsd", "dateTime")))
    earliest, latest = (_text(_row(store, query), "what") for query in (_EARLIEST, _LATEST))
    if earliest and latest:
        period = NamedNode(DATASET.value + "#period")
        yield _said(_iri("dcterms", "temporal"), period)
        yield Triple(period, _iri("rdf", "type"), _iri("dcterms", "PeriodOfTime"))
        yield Triple(period, _iri("dcat", "startDate"), Literal(earliest, datatype=DATE))
        yield Triple(period, _iri("dcat", "endDate"), Literal(latest, datatype=DATE))


def _counted(store: Store, properties: list[QuerySolution], classes: list[QuerySolution]) -> Iterator[Triple]:
    terms, entities = _row(store, _TERMS), _row(store, _ENTITIES)
    yield _said(_iri("void", "triples"), number(sum(_number(row, "triples") for row in properties)))
    yield _said(_iri("void", "entities"), number(_number(entities, "things")))
    yield _said(_iri("void", "distinctSubjects"), number(_number(terms, "subjects")))
    yield _said(_iri("void", "distinctObjects"), number(_number(terms, "objects")))
    yield _said(_iri("void", "properties"), number(len(properties)))
    yield _said(_iri("void", "classes"), number(len(classes)))
    yield _said(_iri("void", "uriSpace"), Literal(AKGID))
    if isinstance(first := entities["first"], NamedNode):
        yield _said(_iri("void", "exampleResource"), first)
    used = [_text(row, "what") for row in (*properties, *classes)]
    for start in PREFIXES.values():
        if any(iri.startswith(start) for iri in used):
            yield _said(_iri("void", "vocabulary"), NamedNode(start))


def _partitioned(properties: list[QuerySolution], classes: list[QuerySolution]) -> Iterator[Triple]:
    """How many things of each class, how many triples of each property and of how many things."""
    for row in classes:
        part = _part("class", _text(row, "what"))
        yield _said(_iri("void", "classPartition"), part)
        yield Triple(part, _iri("void", "class"), NamedNode(_text(row, "what")))
        yield Triple(part, _iri("void", "entities"), number(_number(row, "things")))
    for row in properties:
        part = _part("property", _text(row, "what"))
        yield _said(_iri("void", "propertyPartition"), part)
        yield Triple(part, _iri("void", "property"), NamedNode(_text(row, "what")))
        yield Triple(part, _iri("void", "triples"), number(_number(row, "triples")))
        yield Triple(part, _iri("void", "distinctSubjects"), number(_number(row, "subjects")))


def _claimed(store: Store) -> Iterator[Triple]:
    """How many claims of each standing there are, those apart that reviewers rejected."""
    for row in _rows(store, _STANDINGS):
        part = _part("claims", _text(row, "what"))
        yield _said(_iri("void", "subset"), part)
        yield Triple(part, _iri("rdf", "type"), _iri("void", "Dataset"))
        yield Triple(part, _iri("dcterms", "subject"), NamedNode(_text(row, "what")))
        yield Triple(part, _iri("void", "entities"), number(_number(row, "claims")))


def _said(predicate: NamedNode, told: NamedNode | Literal) -> Triple:
    return Triple(DATASET, predicate, told)


def _part(kind: str, iri: str) -> NamedNode:
    """A name for what the dataset holds of one class, property or standing: #class-akg-Forum."""
    for prefix, start in PREFIXES.items():
        local = iri.removeprefix(start)
        if local != iri and local.isalnum():
            return NamedNode(f"{DATASET.value}#{kind}-{prefix}-{local}")
    return NamedNode(f"{DATASET.value}#{kind}-{digest(iri)}")


def _iri(prefix: str, local: str) -> NamedNode:
    return NamedNode(PREFIXES[prefix] + local)


def _rows(store: Store, query: str) -> QuerySolutions:
    found = store.query(_HEADER + query, use_default_graph_as_union=True)
    if not isinstance(found, QuerySolutions):
        raise GraphError("the graph cannot be counted")
    return found


def _row(store: Store, query: str) -> QuerySolution:
    """The one row of a query that aggregates all."""
    row: QuerySolution = next(_rows(store, query))
    return row


def _text(row: QuerySolution, name: str) -> str:
    term = row[name]
    return term.value if isinstance(term, NamedNode | Literal) else ""


def _number(row: QuerySolution, name: str) -> int:
    return int(_text(row, name) or 0)
