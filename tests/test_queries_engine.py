"""The embedded engine and the remote one: the same protocol. How a remote one fails stands in test_queries_transport.py."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from scripted_server import serving

from queries.asking import ask, query
from queries.engine import Embedded, refuse_update
from queries.errors import QueryError

GRAPH = """
    document a 2024
    Forum new = 新協議 | NEW
    Forum old = 旧協議
    a: new replaces old
"""
UPDATES = [
    "DROP ALL", "INSERT DATA { <urn:a> <urn:b> 1 }", "PREFIX x: <urn:x#> DELETE WHERE { ?s ?p ?o }", "# SELECT\nCLEAR DEFAULT",
    "BASE <http://e/> LOAD <file:///etc/passwd>", "with <urn:g> delete { ?s ?p ?o } where { ?s ?p ?o }", " \n\tCreate graph <urn:g>",
]  # fmt: skip


@pytest.mark.parametrize("sparql", UPDATES)
def test_updates_are_refused(tell, sparql: str) -> None:
    engine = Embedded(tell(GRAPH))
    before = len(engine.run("SELECT * { ?s ?p ?o }").rows)
    with pytest.raises(QueryError, match="is an update, and queries only read"):
        engine.run(sparql)
    assert len(engine.run("SELECT * { ?s ?p ?o }").rows) == before


@pytest.mark.parametrize(
    "sparql", ["SELECT ?insert { ?insert ?p ?o }", "PREFIX drop: <urn:drop#> ASK { ?s drop:x ?o }", "", "#DROP ALL"]
)
def test_what_only_looks_like_an_update_is_not_refused_as_one(sparql: str) -> None:
    assert refuse_update(sparql) is None


@pytest.mark.parametrize(
    "sparql", ["SELECT * WHERE { ?s", "", "nonsense", "SELECT ?x { ?x unknown:y ?z }", "SELECT * { ?s ?p ?o } ; DROP ALL"]
)
def test_broken_sparql_is_one_line(tell, sparql: str) -> None:
    with pytest.raises(QueryError, match="malformed") as refused:
        Embedded(tell(GRAPH)).run(sparql)
    assert len(str(refused.value).splitlines()) == 1
    assert len(str(refused.value)) < 240


def test_named_graphs_are_read_as_one() -> None:
    store = ox.Store()
    store.load(b"<urn:g> { <urn:a> <urn:b> 1 } <urn:c> <urn:b> 2 .", ox.RdfFormat.TRIG)
    assert len(Embedded(store).run("SELECT * { ?s <urn:b> ?o }").rows) == 2


DATASET = b"""
<urn:g> { <urn:a> <urn:b> 1 } <urn:h> { <urn:a> <urn:b> 2 } <urn:a> <urn:b> 3 .
"""


@pytest.mark.parametrize(
    ("clause", "pattern", "expected"),
    [
        ("", "?s ?p ?o", "123"),
        ("", "GRAPH ?g { ?s ?p ?o }", "12"),
        ("", "?s ?p ?o # FROM <urn:g>", "123"),
        ("", "?s ?p ?o FILTER (?o != 'FROM <urn:g>')", "123"),
        ("FROM <urn:g>", "?s ?p ?o", "1"),
        ("from<urn:g>FROM <urn:h>", "?s ?p ?o", "12"),
        ("FROM <urn:g>", "GRAPH ?g { ?s ?p ?o }", ""),
        ("FROM NAMED <urn:g>", "?s ?p ?o", ""),
        ("FROM NAMED <urn:g>", "GRAPH ?g { ?s ?p ?o }", "1"),
        ("FROM <urn:g> FROM NAMED <urn:h>", "{ ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } }", "12"),
        ("FROM <urn:none>", "?s ?p ?o", ""),
    ],
)
def test_a_query_is_about_the_graphs_that_it_names(clause: str, pattern: str, expected: str) -> None:
    store = ox.Store()
    store.load(DATASET, ox.RdfFormat.TRIG)
    found = Embedded(store).run(f"SELECT ?o {clause} WHERE {{ {pattern} \n}} ORDER BY ?o")
    assert "".join(row[0].value for row in found.rows) == expected  # type: ignore[union-attr]


def test_brackets_without_end_are_refused_before_the_parser_sees_them() -> None:
    with pytest.raises(QueryError, match="nests more than"):
        Embedded(ox.Store()).run("SELECT * " + "{" * 50_000)


@pytest.fixture
def endpoint(tell) -> Iterator[str]:
    with serving(tell(GRAPH)) as server:
        yield server.url


@pytest.mark.parametrize(
    "sparql", ["SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o", "ASK { ?s ?p ?o }", "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }", "ASK { ?s <urn:none> ?o }"]
)  # fmt: skip
def test_a_remote_endpoint_answers_as_the_embedded_engine(tell, endpoint: str, sparql: str) -> None:
    from queries.remote import Remote

    theirs, ours = query(Remote(endpoint), sparql), query(Embedded(tell(GRAPH)), sparql)
    assert sorted(map(str, theirs.rows)) == sorted(map(str, ours.rows))
    assert theirs.truth == ours.truth


def test_a_question_asked_of_a_remote_endpoint(tell, endpoint: str) -> None:
    from queries.remote import Remote

    theirs = ask(Remote(endpoint), "profile", {"entity": "NEW"})
    assert theirs == ask(Embedded(tell(GRAPH)), "profile", {"entity": "NEW"})
    assert len(theirs) == 1


def test_an_endpoint_that_is_not_there() -> None:
    from queries.remote import Remote

    with pytest.raises(QueryError, match="cannot reach the endpoint"):
        Remote("http://127.0.0.1:9/sparql", timeout=1).run("ASK {}")


def test_a_remote_update_is_refused_before_anything_is_sent() -> None:
    from queries.remote import Remote

    with pytest.raises(QueryError, match="is an update"):
        Remote("http://127.0.0.1:9/sparql").run("DROP ALL")
