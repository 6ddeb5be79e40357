"""Every constraint of the shapes, with a graph that it accepts and one that it refuses.

All graphs of one sort are checked in one run: every case has names of its own, by which its results are known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import pyshacl
import pytest
from rdflib import RDF, SH, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node
from shapes_made import CASES, thing

from ontology import files
from ontology.terms import PREFIXES, SIGNATURES, Kind, Property, is_a, lineage

SHAPES = Namespace("https://w3id.org/alliancekg/shapes#")
TOPS = tuple(kind for kind in Kind if len(lineage(kind)) == 1)
Results = frozenset[tuple[str, str]]  # (shape, constraint component), local names

COMPONENT_OF = {
    SH.minCount: "MinCount", SH.maxCount: "MaxCount", SH.nodeKind: "NodeKind", SH.datatype: "Datatype", SH["class"]: "Class",
    SH["in"]: "In", SH["or"]: "Or", SH.hasValue: "HasValue", SH.minLength: "MinLength", SH.minInclusive: "MinInclusive",
    SH.maxInclusive: "MaxInclusive", SH.lessThan: "LessThan", SH.lessThanOrEquals: "LessThanOrEquals", SH.disjoint: "Disjoint",
    SH.equals: "Equals", SH.uniqueLang: "UniqueLang", SH.sparql: "SPARQL",
    SH["not"]: "Not",
}  # fmt: skip
NO_CONSTRAINT = {
    RDF.type, SH.path, SH.message,
    SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf,
}  # fmt: skip


def parsed(turtle: str, case: str) -> Graph:
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    return Graph().parse(data=f"{prefixes}@prefix : <urn:{case}:> .\n{turtle}", format="turtle")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    graph = Graph()
    for path in files.shapes():
        graph.parse(path)
    return graph


def findings(shapes: Graph, cases: Mapping[str, Graph]) -> dict[str, Results]:
    """What the shapes say of each case, all checked in one graph."""
    together, owner = Graph(), {}
    for case, graph in cases.items():
        for triple in graph:
            together.add(triple)
            # names and literals of one case alone tell whose a result is, where the focus is a property
            owner.update({term: case for term in triple if str(term).startswith(f"urn:{case}:") or isinstance(term, BNode)})
    _conforms, report, _text = pyshacl.validate(together, shacl_graph=shapes, inplace=True, inference="none")
    assert isinstance(report, Graph)
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus, value, shape = (report.value(result, p) for p in (SH.focusNode, SH.value, SH.sourceShape))
        component = (
            str(report.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH)).removesuffix("ConstraintComponent")
        )
        for case in whose(focus, value, owner, cases):
            found[case].add((str(shape).removeprefix(str(SHAPES)), component))
    return {case: frozenset(found[case]) for case in cases}


def whose(focus: Node | None, value: Node | None, owner: Mapping[Node, str], cases: Mapping[str, Graph]) -> Iterator[str]:
    if focus in owner:
        yield owner[focus]
    elif value in owner:
        yield owner[value]
    elif isinstance(value, Literal):
        yield from (case for case, graph in cases.items() if (None, RDF.object, value) in graph)


@pytest.fixture(scope="module")
def accepted(shapes: Graph) -> dict[str, Results]:
    return findings(shapes, {f"case{n}": parsed(good, f"case{n}") for n, (_, _, good, _) in enumerate(CASES)})


@pytest.fixture(scope="module")
def refused(shapes: Graph) -> dict[str, Results]:
    return findings(shapes, {f"case{n}": parsed(bad, f"case{n}") for n, (_, _, _, bad) in enumerate(CASES)})


@pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{shape}-{how}-{n}" for n, (shape, how, _, _) in enumerate(CASES)])
def test_each_constraint_accepts_and_refuses(number: int, accepted: dict[str, Results], refused: dict[str, Results]) -> None:
    shape, component, _good, _bad = CASES[number]
    assert accepted[f"case{number}"] == frozenset()
    assert (shape, component) in refused[f"case{number}"]


def named(shapes: Graph) -> list[URIRef]:
    kinds = (SH.NodeShape, SH.PropertyShape)
    return sorted({s for kind in kinds for s in shapes.subjects(RDF.type, kind) if isinstance(s, URIRef)})


def test_no_constraint_is_without_its_cases(shapes: Graph) -> None:
    by_signature = {f"{p[0].upper()}{p[1:]}{part}" for p in Property for part in PARTS}
    declared = set()
    for shape in named(shapes):
        local = shape.removeprefix(str(SHAPES))
        for predicate in set(shapes.predicates(shape)) - NO_CONSTRAINT:
            if local not in by_signature:
                declared.add((local, COMPONENT_OF[predicate]))
    assert declared == {(shape, component) for shape, component, _, _ in CASES}


def test_messages_in_both_languages(shapes: Graph) -> None:
    for shape in named(shapes):
        constrained = set(shapes.predicates(shape)) - NO_CONSTRAINT
        holder = shapes.value(shape, SH.sparql) or shape
        languages = sorted(str(message.language) for message in shapes.objects(holder, SH.message))
        assert languages == (["en", "ja"] if constrained else []), shape


PARTS = ("Subject", "Object", "SubjectInClaims", "ObjectInClaims")


def joined(prop: Property) -> tuple[list[tuple[Kind, str]], list[tuple[Kind, str]]]:
    """Every class at the top, and one below, as subject and as object: (class, name)."""
    kinds = (*TOPS, Kind.COMMAND, Kind.POLICY)
    takes_thing = not (SIGNATURES[prop].takes_date or SIGNATURES[prop].takes_level)
    return [(k, f":s{k}") for k in kinds], [(k, f":o{k}") for k in kinds] if takes_thing else []


@pytest.fixture(scope="module")
def misjoined(shapes: Graph) -> dict[Property, set[tuple[str, str]]]:
    """For each property, joined with everything as fact and in claims: (shape, name) of what was refused."""
    graph = Graph()
    for prop in Property:
        subjects, objects = joined(prop)
        value = '"2024"^^xsd:gYear' if SIGNATURES[prop].takes_date else "akg:SummitLevel"
        turtle = "".join(thing(name, kind) for kind, name in (*subjects, *objects))
        for n, (_, name) in enumerate(subjects):
            target = objects[n][1] if objects else value
            turtle += f"{name} akg:{prop} {target} . [] rdf:subject {name} ; rdf:predicate akg:{prop} ; rdf:object {target} .\n"
        for triple in parsed(turtle, prop):
            graph.add(triple)
    _conforms, report, _text = pyshacl.validate(graph, shacl_graph=shapes, inplace=True, inference="none")
    assert isinstance(report, Graph)
    found: dict[Property, set[tuple[str, str]]] = {prop: set() for prop in Property}
    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape = str(report.value(result, SH.sourceShape)).removeprefix(str(SHAPES))
        for term in {report.value(result, SH.focusNode), report.value(result, SH.value)}:
            _urn, _, rest = str(term).partition(":")
            owner, _, name = rest.partition(":")
            if _urn == "urn":
                found[Property(owner)].add((shape, f":{name}"))
    return found


@pytest.mark.parametrize("prop", Property)
def test_domain_and_range(prop: Property, misjoined: dict[Property, set[tuple[str, str]]]) -> None:
    signature, stem = SIGNATURES[prop], f"{prop[0].upper()}{prop[1:]}"
    subjects, objects = joined(prop)
    for ends, allowed, part in ((subjects, signature.domain, "Subject"), (objects, signature.range, "Object")):
        wrong = {name for kind, name in ends if not any(is_a(kind, one) for one in allowed)}
        assert not ends or wrong
        for shape in (stem + part, stem + part + "InClaims"):
            assert {name for s, name in misjoined[prop] if s == shape} == wrong


@pytest.mark.parametrize(
    ("value", "refusals"), [("akg:SummitLevel", 0), ("akg:MinisterialLevel", 0), ("akg:Actual", 2), ('"閣僚級"', 2)]
)
def test_levels(shapes: Graph, value: str, refusals: int) -> None:
    graph = parsed(
        thing(":s", more=f" ; akg:level {value}") + f"[] rdf:subject :s ; rdf:predicate akg:level ; rdf:object {value} .", "x"
    )
    _conforms, report, _text = pyshacl.validate(graph, shacl_graph=shapes, inplace=True, inference="none")
    refused = set(report.objects(None, SH.sourceShape))
    assert refused == ({SHAPES.LevelObject, SHAPES.LevelObjectInClaims} if refusals else set())


@pytest.mark.parametrize(("given", "results"), [("urn:x:bad", 1), ("urn:x:s", 0)])
def test_only_what_changed_can_be_checked(shapes: Graph, given: str, results: int) -> None:
    graph = parsed(thing(":s") + ':bad a akg:State ; skos:altLabel "甲"@ja .', "x")
    _conforms, report, _text = pyshacl.validate(
        graph, shacl_graph=shapes, focus_nodes=[URIRef(given)], inplace=True, inference="none"
    )
    assert len(list(report.subjects(RDF.type, SH.ValidationResult))) == results
