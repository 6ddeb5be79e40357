"""Nanopublications: each claim by itself, citable, with what it rests on and how it came about.

Every claim that no reviewer rejected becomes one, whatever its standing. The assertion holds the claim with its standing
and its limits in time; the bare triple stands beside it only where the source says it as done, so that a plan is never
asserted. Words, document, run and reviewers' decisions are the provenance. The identifiers are not hashed: who publishes
these makes them trusty and signs them with tools for that. Source: Nanopublication Guidelines (nanopub.org), working draft.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Store, Triple

from graph.exporting.dataset import DATASET
from graph.exporting.lookup import Lookup
from graph.exporting.ordering import Part, grouped
from graph.identity import digest, term_iri
from ontology.terms import AKGID, PREFIXES, Factuality

_NP, _RDF, _PROV, _DCTERMS = (PREFIXES[name] for name in ("np", "rdf", "prov", "dcterms"))
_TYPE, _SUBJECT, _PREDICATE, _OBJECT = (NamedNode(_RDF + part) for part in ("type", "subject", "predicate", "object"))
_DERIVED, _GENERATED, _ATTRIBUTED, _ASSOCIATED, _USED, _ENDED, _STARTED = (
    NamedNode(_PROV + part)
    for part in (
        "wasDerivedFrom",
        "wasGeneratedBy",
        "wasAttributedTo",
        "wasAssociatedWith",
        "used",
        "endedAtTime",
        "startedAtTime",
    )
)
_PREFERRED = NamedNode(PREFIXES["skos"] + "prefLabel")
_CREATED, _CREATOR, _PART_OF = (NamedNode(_DCTERMS + part) for part in ("created", "creator", "isPartOf"))
_CLAIM, _ACTUAL, _REJECTED = term_iri("Claim"), term_iri(Factuality.ACTUAL), term_iri("Rejected")
_FACTUALITY, _STATUS, _IN, _DECIDES = (term_iri(part) for part in ("factuality", "reviewStatus", "inDocument", "decides"))
# What is said of a claim beside what it claims.
_ABOUT_CLAIM = {_DERIVED, _GENERATED, _ATTRIBUTED, _STATUS, term_iri("confidence"), term_iri("rule")}
_MENTIONS = NamedNode(PREFIXES["schema"] + "mentions")


def nanopublications(store: Store) -> Iterator[Part]:
    """The four graphs of each: head, assertion, provenance, publication info; in the order of the claims' IRIs."""
    lookup = Lookup(store)
    claims = (claim for claim in lookup.with_value(_TYPE, _CLAIM) if isinstance(claim, NamedNode))
    for claim in sorted(claims, key=lambda claim: claim.value):
        if _REJECTED not in lookup.values(claim, _STATUS):
            yield from _nanopublication(lookup, claim)


def _nanopublication(lookup: Lookup, claim: NamedNode) -> Iterator[Part]:
    own = AKGID + "claim/"
    name = claim.value.removeprefix(own) if claim.value.startswith(own) else digest(claim.value)
    this = NamedNode(f"{AKGID}nanopub/{name}")
    head, assertion, provenance, info = (
        NamedNode(f"{this.value}#{part}") for part in ("Head", "assertion", "provenance", "pubinfo")
    )
    links = {"hasAssertion": assertion, "hasProvenance": provenance, "hasPublicationInfo": info}
    yield head, grouped([
        Triple(this, _TYPE, NamedNode(_NP + "Nanopublication")),
        *(Triple(this, NamedNode(_NP + link), graph) for link, graph in links.items()),
    ])  # fmt: skip
    yield assertion, grouped(_asserted(lookup, claim))
    yield provenance, grouped(_provenance(lookup, claim, assertion))
    yield info, grouped(_published(lookup, claim, this))


def _asserted(lookup: Lookup, claim: NamedNode) -> Iterator[Triple]:
    """What the source says, with its standing; bare too where it says so as done."""
    yield from (triple for triple in lookup.about(claim) if triple.predicate not in _ABOUT_CLAIM)
    if _ACTUAL in lookup.values(claim, _FACTUALITY):
        for subject in lookup.values(claim, _SUBJECT):
            for predicate in lookup.values(claim, _PREDICATE):
                if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode):
                    yield from (Triple(subject, predicate, told) for told in lookup.values(claim, _OBJECT))


def _provenance(lookup: Lookup, claim: NamedNode, assertion: NamedNode) -> Iterator[Triple]:
    """By which words of which document, by which run, and what reviewers decided."""
    for triple in lookup.about(claim):
        if triple.predicate in _ABOUT_CLAIM:
            yield triple
        if triple.predicate in {_DERIVED, _GENERATED, _ATTRIBUTED}:
            yield Triple(assertion, triple.predicate, triple.object)
    for evidence in lookup.values(claim, _DERIVED):
        yield from lookup.about(evidence)
        for document in lookup.values(evidence, _IN):
            yield from (triple for triple in lookup.about(document) if triple.predicate != _MENTIONS)
    for run in lookup.values(claim, _GENERATED):
        yield from lookup.about(run)
        for how in (_ASSOCIATED, _USED):
            for software in lookup.values(run, how):
                yield from lookup.about(software)
    for decision in lookup.with_value(_DECIDES, claim):
        yield from lookup.about(decision)


def _published(lookup: Lookup, claim: NamedNode, this: NamedNode) -> Iterator[Triple]:
    """When and by which software it was made, to what it belongs, and how the things in it are called.

    A run that does not tell its time leaves the date to who publishes: the same claim stays the same nanopublication.
    """
    yield Triple(this, _PART_OF, DATASET)
    for run in lookup.values(claim, _GENERATED):
        yield from (Triple(this, _CREATOR, agent) for agent in lookup.values(run, _ASSOCIATED))
        times = lookup.values(run, _ENDED) or lookup.values(run, _STARTED)
        yield from (Triple(this, _CREATED, time) for time in times)
    for end in (_SUBJECT, _OBJECT):
        for thing in lookup.values(claim, end):
            yield from (triple for triple in lookup.about(thing) if triple.predicate == _PREFERRED)
