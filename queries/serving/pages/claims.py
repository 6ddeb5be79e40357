"""The claims of a page: about a thing, in a document, or one alone, each with its words and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from ontology.terms import AKG, Factuality
from queries.binding import bind
from queries.engine import Cell, Engine
from queries.serving.pages.showing import Names, Shown

MOST = 2000  # rows of the graph for one list of a page
_CLAIMS = f"""
PREFIX akg: <https://w3id.org/alliancekg/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT DISTINCT ?claim ?subject ?predicate ?object ?factuality ?status ?from ?until ?earliest ?confidence ?rule ?run
  ?document ?quote ?start ?end WHERE {{
  VALUES ?claim {{ UNDEF }}
  VALUES ?subject {{ UNDEF }}
  VALUES ?object {{ UNDEF }}
  VALUES ?document {{ UNDEF }}
  ?claim a akg:Claim ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; akg:factuality ?factuality ;
    prov:wasDerivedFrom ?evidence .
  ?evidence akg:inDocument ?document ; akg:quote ?quote ; akg:start ?start ; akg:end ?end .
  OPTIONAL {{ ?claim akg:reviewStatus ?status }}
  OPTIONAL {{ ?claim akg:validFrom ?from }}
  OPTIONAL {{ ?claim akg:validUntil ?until }}
  OPTIONAL {{ ?claim akg:earliest ?earliest }}
  OPTIONAL {{ ?claim akg:confidence ?confidence }}
  OPTIONAL {{ ?claim akg:rule ?rule }}
  OPTIONAL {{ ?claim prov:wasGeneratedBy ?run }}
}}
LIMIT {MOST}
"""


@dataclass(frozen=True, slots=True)
class Words:
    """A quote and where it stands: offsets in code points, `end` exclusive."""

    quote: str
    start: int
    end: int
    document: Shown


@dataclass(frozen=True, slots=True)
class Said:
    """A claim as a page shows it. `factuality` and `status` are local names; what is not there is empty."""

    iri: str
    href: str
    subject: Shown
    predicate: Shown
    object: Shown
    factuality: str
    status: str
    valid_from: str
    valid_until: str
    earliest: str
    confidence: str
    rule: str
    run: Shown
    words: tuple[Words, ...]
    document_iri: str

    @property
    def is_fact(self) -> bool:
        return self.factuality == Factuality.ACTUAL and not self.is_rejected

    @property
    def is_rejected(self) -> bool:
        return self.status == "Rejected"

    @property
    def start(self) -> int:
        return self.words[0].start


def claims(engine: Engine, lang: str, **about: str) -> list[Said]:
    """The claims whose `claim`, `subject`, `object` or `document` is the IRI given, in the order of their documents' text."""
    bound = bind(_CLAIMS, {slot: [ox.NamedNode(iri)] for slot, iri in about.items()})
    result = engine.run(bound)
    names = Names(engine, {cell for row in result.rows for cell in row}, lang)
    found: dict[str, Said] = {}
    for row in result.rows:
        said = _said(dict(zip(result.variables, row, strict=True)), names)
        known = found.get(said.iri)
        words = dict.fromkeys((*known.words, *said.words)) if known else said.words
        found[said.iri] = replace(said, words=tuple(sorted(words, key=lambda w: (w.document.href, w.start, -w.end))))
    return sorted(found.values(), key=lambda said: (said.document_iri, said.start, said.iri))


def _said(row: dict[str, Cell], names: Names) -> Said:
    claim = names.show(row["claim"])
    words = Words(_text(row["quote"]), _offset(row["start"]), _offset(row["end"]), names.show(row["document"]))
    return Said(
        iri=_text(row["claim"]),
        href=claim.href,
        subject=names.show(row["subject"]),
        predicate=names.show(row["predicate"]),
        object=names.show(row["object"]),
        factuality=_text(row["factuality"]).removeprefix(AKG),
        status=_text(row["status"]).removeprefix(AKG),
        valid_from=_text(row["from"]),
        valid_until=_text(row["until"]),
        earliest=_text(row["earliest"]),
        confidence=_text(row["confidence"]),
        rule=_text(row["rule"]),
        run=names.show(row["run"]),
        words=(words,),
        document_iri=_text(row["document"]),
    )


def _text(cell: Cell) -> str:
    return cell.value if isinstance(cell, ox.NamedNode | ox.Literal) else ""


def _offset(cell: Cell) -> int:
    text = _text(cell)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0


@dataclass(frozen=True, slots=True)
class Fact:
    """The claims that say the same of a thing: they differ in their words alone."""

    subject: Shown
    predicate: Shown
    object: Shown
    factuality: str
    claims: tuple[Said, ...]


def gathered(found: Sequence[Said]) -> list[Fact]:
    """Claims that say the same together, in the order of their properties and dates."""
    same: dict[tuple[Shown, Shown, Shown, str], list[Said]] = {}
    for said in sorted(found, key=lambda s: (s.predicate.text, s.earliest, s.subject.text, s.object.text)):
        same.setdefault((said.subject, said.predicate, said.object, said.factuality), []).append(said)
    return [Fact(*key, claims=tuple(those)) for key, those in same.items()]
