"""Whether a graph keeps to the shapes of the vocabulary.

Superclasses are stated in the graph, so that no inference is needed. Source: SHACL (W3C 2017), section 3.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path

import pyshacl
from pyoxigraph import Store
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from graph.errors import GraphError
from graph.findings import VIOLATION, Finding, Report, shortened
from graph.views import as_rdflib
from ontology.errors import DataFileError
from ontology.files import shapes as shipped_shapes


def validate(store: Store, *, shapes: Sequence[Path] | None = None, focus: Collection[str] | None = None) -> Report:
    """Check a graph against the shapes of the vocabulary, or those of the files `shapes`.

    `focus` holds the IRIs of the only things to check; None checks all. Raises DataFileError where a shapes file is
    wrong, GraphError where the check itself fails.
    """
    if focus is not None and not focus:
        return Report(conforms=True)
    rules = _shipped() if shapes is None else _shapes(shapes)
    try:
        _conforms, results, _text = pyshacl.validate(
            as_rdflib(store, unchanging=True),
            shacl_graph=rules,
            focus_nodes=None if focus is None else [URIRef(iri) for iri in sorted(focus)],
            inplace=True,
            inference="none",
        )
    except (pyshacl.errors.ReportableRuntimeError, pyshacl.errors.ShapeLoadError) as error:
        raise GraphError(f"the graph cannot be validated: {error.message}") from error
    if not isinstance(results, Graph):
        raise GraphError(f"the graph cannot be validated: {results}")
    findings = _findings(results, rules)
    return Report(all(finding.severity != VIOLATION for finding in findings), findings)


def messages(shape: str) -> tuple[str, str]:
    """What a shape of the vocabulary, an IRI, says to whoever breaks it, in Japanese and English."""
    said = {m.language: str(m) for m in _shipped().objects(URIRef(shape), SH.message) if isinstance(m, Literal)}
    return said.get("ja", ""), said.get("en", "")


@cache
def _shipped() -> Graph:
    """The shapes of the vocabulary, read once."""
    return _shapes(shipped_shapes())


def _shapes(paths: Iterable[Path]) -> Graph:
    graph = Graph()
    for path in paths:
        try:
            graph.parse(path, format="turtle")
        except (OSError, SyntaxError) as error:
            raise DataFileError(" ".join(str(error).split())[:200], where=str(path)) from error
    return graph


def _findings(results: Graph, rules: Graph) -> tuple[Finding, ...]:
    found = []
    # pySHACL drops the language of the messages of constraints in SPARQL
    languages = {str(m): m.language for m in rules.objects(None, SH.message) if isinstance(m, Literal)}
    for result in results.subjects(RDF.type, SH.ValidationResult):
        messages = {
            str(m): m.language or languages.get(str(m))
            for m in results.objects(result, SH.resultMessage)
            if isinstance(m, Literal)
        }
        found.append(
            Finding(
                severity=_short(results.value(result, SH.resultSeverity)).removeprefix("sh:"),
                focus=_short(results.value(result, SH.focusNode)),
                path=_path(results, results.value(result, SH.resultPath)),
                value=_short(results.value(result, SH.value)),
                shape=_short(_named(rules, results.value(result, SH.sourceShape))),
                message_ja=" ".join(sorted(m for m, language in messages.items() if language == "ja")),
                message_en=" ".join(sorted(m for m, language in messages.items() if language != "ja")),
            )
        )
    return tuple(sorted(set(found)))


def _named(rules: Graph, shape: Node | None) -> Node | None:
    """The named shape that a nameless one stands in."""
    seen: set[Node] = set()
    while isinstance(shape, BNode) and shape not in seen:
        seen.add(shape)
        shape = next(rules.subjects(None, shape), None)
    return shape


def _path(results: Graph, path: Node | None, joined_by: str = "/") -> str:
    """A property path as SPARQL writes it (SPARQL 1.1 Query Language, W3C 2013, section 9.1)."""
    if not isinstance(path, BNode):
        return _short(path)
    if (first := results.value(path, RDF.first)) is not None:
        rest = _path(results, results.value(path, RDF.rest), joined_by)
        return _path(results, first) + (f"{joined_by}{rest}" if rest != "rdf:nil" else "")
    if (inverse := results.value(path, SH.inversePath)) is not None:
        return f"^{_path(results, inverse)}"
    for how, sign in ((SH.oneOrMorePath, "+"), (SH.zeroOrMorePath, "*"), (SH.zeroOrOnePath, "?")):
        if (step := results.value(path, how)) is not None:
            return f"{_path(results, step)}{sign}"
    return _path(results, results.value(path, SH.alternativePath), "|")


def _short(term: Node | None) -> str:
    """The term with a prefix where one fits, a literal as its text."""
    if isinstance(term, URIRef):
        return shortened(str(term))
    return str(term) if isinstance(term, Literal) else ""
