"""The extraction run: which software and model made claims, and when.

Source: PROV-O (W3C 2013), section 3.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pyoxigraph import Literal, NamedNode, Triple

from graph import literals
from graph.identity import build_iri, document_iri, run_iri, software_iri, term_iri
from ontology.terms import PREFIXES

_RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")


def _prov(local: str) -> NamedNode:
    return NamedNode(PREFIXES["prov"] + local)


def _schema(local: str) -> NamedNode:
    return NamedNode(PREFIXES["schema"] + local)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the extraction. `model` is a name and version such as "ja_ginza 5.3.0", None where none was needed.

    A run without times is told by software and model alone: builds of the same documents are then byte for
    byte the same.
    """

    version: str
    model: str | None = None
    started: datetime | None = None
    ended: datetime | None = None
    software: str = "alliancekg"

    @property
    def iri(self) -> NamedNode:
        return run_iri(self.software, self.version, self.model or "", self.started.isoformat() if self.started else "")


def encode_run(run: Run) -> Iterator[Triple]:
    """The run as a prov:Activity of a software agent that used a model."""
    agent = software_iri(f"{run.software} {run.version}")
    yield Triple(run.iri, _RDF_TYPE, _prov("Activity"))
    yield Triple(run.iri, _prov("wasAssociatedWith"), agent)
    yield from _software(agent, _prov("SoftwareAgent"), run.software, run.version)
    if run.model:
        model = software_iri(run.model)
        name, _, version = run.model.partition(" ")
        yield Triple(run.iri, _prov("used"), model)
        yield from _software(model, _prov("Entity"), name, version)
    if run.started:
        yield Triple(run.iri, _prov("startedAtTime"), literals.moment(run.started))
    if run.ended:
        yield Triple(run.iri, _prov("endedAtTime"), literals.moment(run.ended))


@dataclass(frozen=True, slots=True)
class Build:
    """One change of a store: the documents (identifiers) that were read anew by `run`, and those that were taken out."""

    number: int
    started: datetime
    ended: datetime
    run: Run
    put: Sequence[str] = ()
    removed: Sequence[str] = ()


def encode_build(build: Build) -> Iterator[Triple]:
    """The build as a prov:Activity that used documents and was informed by a run of the extraction."""
    iri = build_iri(build.number)
    yield Triple(iri, _RDF_TYPE, term_iri("Build"))
    yield Triple(iri, _RDF_TYPE, _prov("Activity"))
    yield Triple(iri, _prov("startedAtTime"), literals.moment(build.started))
    yield Triple(iri, _prov("endedAtTime"), literals.moment(build.ended))
    yield Triple(iri, _prov("wasInformedBy"), build.run.iri)
    for identifier in build.put:
        yield Triple(iri, _prov("used"), document_iri(identifier))
    for identifier in build.removed:
        yield Triple(iri, _prov("invalidated"), document_iri(identifier))


def _software(iri: NamedNode, kind: NamedNode, name: str, version: str) -> Iterator[Triple]:
    yield Triple(iri, _RDF_TYPE, kind)
    yield Triple(iri, _RDF_TYPE, _schema("SoftwareApplication"))
    yield Triple(iri, _schema("name"), Literal(name))
    if version:
        yield Triple(iri, _schema("softwareVersion"), Literal(version))
