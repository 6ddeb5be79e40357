"""What the tests share: the extractor with its model, loaded once, and graphs told as tables."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import settings
from virtuoso_server import Virtuoso, missing, running

from extract.model import Date
from graph.evaluation.gold import Gold, read
from ontology.terms import AKG, AKGID, PREFIXES, Factuality, Kind, Level, lineage
from queries.dates import days

Tell = Callable[[str], ox.Store]

# What takes seconds is a fault; what takes a fifth of one may be a machine that has other things to do.
settings.register_profile("unhurried", deadline=timedelta(seconds=5))
settings.load_profile("unhurried")
settings.register_profile("long", max_examples=20 * settings.get_profile("default").max_examples, deadline=None)


@pytest.fixture(scope="session")
def extractor() -> object:
    """The extractor over the curated names. Tests that take it carry `@pytest.mark.model`."""
    from extract.pipeline import Extractor
    from ontology.authority import load

    return Extractor(load(None))


@pytest.fixture(scope="session")
def extractor_without_names(extractor: object) -> object:
    """The extractor that knows no name but those of states; it shares the loaded model."""
    from extract.pipeline import Extractor
    from ontology.authority import states

    return Extractor(states(), nlp=extractor.nlp)


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    """One Virtuoso for all tests of the session; they take `virtuoso`, and carry `@pytest.mark.slow`."""
    if word := missing():
        pytest.skip(word)
    with running(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server


@pytest.fixture
def virtuoso(virtuoso_server: Virtuoso) -> Virtuoso:
    """A real Virtuoso without graphs."""
    virtuoso_server.clear()
    return virtuoso_server


@pytest.fixture
def gold(tmp_path: Path) -> Callable[..., tuple[Gold, ...]]:
    """Gold files from lists of lines, read: gold(a=[…], b=[…])."""

    def written(**files: list[object]) -> tuple[Gold, ...]:
        paths = []
        for name, lines in files.items():
            paths.append(tmp_path / f"{name}.jsonl")
            paths[-1].write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
        return read(paths)

    return written


@pytest.fixture(scope="session")
def tell() -> Tell:
    """A graph from a short telling, one thing a line, as the encoder would write it:

    document KEY [ISSUED]                                       titled 「KEY」
    KIND KEY = LABEL | NAME | ~SHARED NAME | en:LABEL
    DOCUMENT: SUBJECT PROPERTY OBJECT [FACTUALITY] [from=DATE] [until=DATE] [by=KEY] [verdict=VERDICT] [held=SHAPE,…]
    DOCUMENT? QUOTE : REASON                                    something unresolved

    A verdict is Accepted, Rejected or Corrected, as a reviewer gives it; a claim that breaks a SHAPE is held back.
    An object is a level, a date (it starts with a digit) or a key. The quote of a claim is its own line.
    """
    return _store


def _store(telling: str) -> ox.Store:
    store = ox.Store()
    lines = [line.strip() for line in textwrap.dedent(telling).splitlines() if line.strip()]
    for number, line in enumerate(lines):
        head, _, rest = line.partition(" ")
        if head == "document":
            triples = _document(rest)
        elif head in set(Kind):
            triples = _thing(Kind(head), rest)
        elif head.endswith("?"):
            triples = _unresolved(head[:-1], rest, number)
        else:
            triples = _claim(head.removesuffix(":"), rest, number)
        store.extend(ox.Quad(s, p, o) for s, p, o in triples)
    return store


Triples = Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]


def _term(curie: str) -> ox.NamedNode:
    prefix, _, local = curie.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def _id(key: str) -> ox.NamedNode:
    return ox.NamedNode(AKGID + key)


def _date(edtf: str) -> ox.Literal:
    precision = Date(edtf, None, None).precision
    prefix = PREFIXES["edtf"] if precision == "EDTF" else PREFIXES["xsd"]
    return ox.Literal(edtf, datatype=ox.NamedNode(prefix + precision))


def _document(rest: str) -> Triples:
    key, _, issued = rest.partition(" ")
    yield _id(f"document/{key}"), _term("dcterms:title"), ox.Literal(f"「{key}」")
    yield _id(f"document/{key}"), _term("dcterms:identifier"), ox.Literal(f"{key}.txt")
    yield _id(f"document/{key}"), _term("schema:text"), ox.Literal(f"text of {key} with EDD")
    if issued:
        yield _id(f"document/{key}"), _term("dcterms:issued"), _date(issued)


def _thing(kind: Kind, rest: str) -> Triples:
    key, _, names = rest.partition(" = ")
    for cls in lineage(kind):
        yield _id(key), _term("rdf:type"), ox.NamedNode(AKG + cls)
    for place, name in enumerate(n.strip() for n in names.split("|")):
        if name.startswith("en:"):
            yield _id(key), _term("skos:prefLabel"), ox.Literal(name[3:], language="en")
        elif name.startswith("~"):
            yield _id(key), _term("akg:ambiguousLabel"), ox.Literal(name[1:], language="ja")
        else:
            label = "skos:altLabel" if place else "skos:prefLabel"
            yield _id(key), _term(label), ox.Literal(name, language="en" if name.isascii() else "ja")


def _evidence(node: ox.NamedNode, document: str, quote: str, number: int) -> Triples:
    yield node, _term("akg:inDocument"), _id(f"document/{document}")
    yield node, _term("akg:quote"), ox.Literal(quote)
    yield node, _term("akg:start"), ox.Literal(number * 100)
    yield node, _term("akg:end"), ox.Literal(number * 100 + len(quote))


def _unresolved(document: str, rest: str, number: int) -> Triples:
    quote, _, reason = rest.partition(" : ")
    node = _id(f"unresolved/{number}")
    yield node, _term("rdf:type"), _term("akg:Unresolved")
    yield node, _term("akg:reason"), ox.Literal(reason)
    yield from _evidence(node, document, quote, number)


def _claim(document: str, rest: str, number: int) -> Triples:
    words = rest.split()
    options = dict(word.split("=") for word in words[3:] if "=" in word)
    factuality = next((word for word in words[3:] if "=" not in word), Factuality.ACTUAL.value)
    claim, subject, predicate = _id(f"claim/{number}"), _id(words[0]), _term(f"akg:{words[1]}")
    told = _object(words[2])
    if "held" in options:
        yield from _held(claim, subject, predicate, told, options["held"])
    else:
        yield from _said(claim, subject, predicate, told, factuality, options)
    yield claim, _term("akg:factuality"), _term(f"akg:{Factuality(factuality)}")
    yield claim, _term("akg:confidence"), ox.Literal("0.9", datatype=_term("xsd:decimal"))
    yield claim, _term("prov:wasDerivedFrom"), _id(f"evidence/{number}")
    yield from _evidence(_id(f"evidence/{number}"), document, rest, number)


def _held(
    claim: ox.NamedNode, subject: ox.NamedNode, predicate: ox.NamedNode, told: ox.NamedNode | ox.Literal, shapes: str
) -> Triples:
    yield claim, _term("rdf:type"), _term("akg:HeldBack")
    yield claim, _term("akg:heldSubject"), subject
    yield claim, _term("akg:heldPredicate"), predicate
    yield claim, _term("akg:heldObject"), told
    yield claim, _term("prov:wasGeneratedBy"), _id("run/1")
    yield _id("run/1"), _term("prov:endedAtTime"), ox.Literal("2025-01-01T12:00:00+09:00", datatype=_term("xsd:dateTime"))
    for shape in shapes.split(","):
        yield claim, _term("akg:shape"), ox.NamedNode(f"https://w3id.org/alliancekg/shapes#{shape}")
        yield claim, _term("akg:reason"), ox.Literal(f"breaks {shape}", language="en")
        yield claim, _term("akg:reason"), ox.Literal(f"{shape}に反する", language="ja")


def _said(
    claim: ox.NamedNode,
    subject: ox.NamedNode,
    predicate: ox.NamedNode,
    told: ox.NamedNode | ox.Literal,
    factuality: str,
    options: dict[str, str],
) -> Triples:
    yield claim, _term("rdf:type"), _term("akg:Claim")
    yield claim, _term("rdf:subject"), subject
    yield claim, _term("rdf:predicate"), predicate
    yield claim, _term("rdf:object"), told
    stands = options.get("verdict", "Accepted") == "Accepted"
    if "verdict" in options:
        decision = ox.NamedNode(f"{claim.value}/decision")
        yield claim, _term("akg:reviewStatus"), _term("akg:Accepted" if stands else "akg:Rejected")
        yield decision, _term("rdf:type"), _term("akg:Decision")
        yield decision, _term("akg:decides"), claim
        yield decision, _term("akg:verdict"), _term(f"akg:{options['verdict']}")
        yield decision, _term("akg:reviewer"), ox.Literal("査読者")
        yield decision, _term("rdfs:comment"), ox.Literal("誤読")
        yield decision, _term("prov:endedAtTime"), ox.Literal("2025-01-02T12:04:05+09:00", datatype=_term("xsd:dateTime"))
    if factuality == Factuality.ACTUAL and stands:
        yield subject, predicate, told
    if isinstance(told, ox.Literal):
        span = days(told.value)
        yield claim, _term("akg:earliest"), ox.Literal(span.first.isoformat(), datatype=_term("xsd:date"))
        yield claim, _term("akg:latest"), ox.Literal(span.last.isoformat(), datatype=_term("xsd:date"))
    for option, name in (("from", "akg:validFrom"), ("until", "akg:validUntil")):
        if option in options:
            yield claim, _term(name), _date(options[option])
    if "by" in options:
        yield claim, _term("prov:wasAttributedTo"), _id(options["by"])


def _object(word: str) -> ox.NamedNode | ox.Literal:
    if word[0].isdigit():
        return _date(word)
    return _term(f"akg:{word}") if word in set(Level) else _id(word)
