"""The claims of a page: about a thing, in a document, or one alone, each with its words and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from ontology.terms import AKG, PREFIXES, Factuality
from queries.binding import bind
from queries.engine import Cell, Engine
from queries.serving.pages.addresses import address
from queries.serving.pages.graphs import is_users
from queries.serving.pages.showing import Names, Shown

HELD_BACK = "HeldBack"
CLAIM, HELD = ox.NamedNode(AKG + "Claim"), ox.NamedNode(AKG + HELD_BACK)
SUBJECT, OBJECT = (ox.NamedNode(PREFIXES["rdf"] + word) for word in ("subject", "object"))
HELD_SUBJECT, HELD_OBJECT = (ox.NamedNode(AKG + word) for word in ("heldSubject", "heldObject"))


def _query(sort: str, subject: str, predicate: str, value: str) -> str:
    """Claims, or what is held back: that has words of its own, so that nothing takes it for a claim."""
    return f"""
PREFIX akg: <https://w3id.org/alliancekg/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT DISTINCT ?claim ?subject ?predicate ?object ?factuality ?status ?from ?until ?earliest ?confidence ?rule ?run
  ?document ?quote ?start ?end ?reason ?graph WHERE {{
  VALUES ?claim {{ UNDEF }}
  ?claim a {sort} ; {subject} ?subject ; {predicate} ?predicate ; {value} ?object ; akg:factuality ?factuality ;
    prov:wasDerivedFrom ?evidence .
  ?evidence akg:inDocument ?document ; akg:quote ?quote ; akg:start ?start ; akg:end ?end .
  OPTIONAL {{ GRAPH ?graph {{ ?claim a {sort} }} }}
  OPTIONAL {{ ?claim akg:reviewStatus ?status }}
  OPTIONAL {{ ?claim akg:validFrom ?from }}
  OPTIONAL {{ ?claim akg:validUntil ?until }}
  OPTIONAL {{ ?claim akg:earliest ?earliest }}
  OPTIONAL {{ ?claim akg:confidence ?confidence }}
  OPTIONAL {{ ?claim akg:rule ?rule }}
  OPTIONAL {{ ?claim prov:wasGeneratedBy ?run }}
  OPTIONAL {{ ?claim akg:reason ?reason }}
}}
"""


_CLAIMS = _query("akg:Claim", "rdf:subject", "rdf:predicate", "rdf:object")
_HELD = _query("akg:HeldBack", "akg:heldSubject", "akg:heldPredicate", "akg:heldObject")


@dataclass(frozen=True, slots=True)
class Words:
    """A quote and where it stands: offsets in code points, `end` exclusive."""

    quote: str
    start: int
    end: int
    document: Shown


@dataclass(frozen=True, slots=True)
class Said:
    """A claim as a page shows it. `factuality` and `status` are local names; what is not there is empty.

    `reasons` say why it is held back; `user` is the graph of the user who wrote it, if no document says it.
    """

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
    reasons: tuple[str, ...]
    user: Shown | None

    @property
    def is_fact(self) -> bool:
        return self.factuality == Factuality.ACTUAL and not self.is_rejected and not self.is_held

    @property
    def is_rejected(self) -> bool:
        return self.status == "Rejected"

    @property
    def is_held(self) -> bool:
        return self.status == HELD_BACK

    @property
    def start(self) -> int:
        return self.words[0].start


def claims(engine: Engine, lang: str, iris: Iterable[ox.NamedNode], *, held: bool = False) -> list[Said]:
    """The claims of these IRIs, or what is held back under them, in the order of their documents' text."""
    if not (wanted := list(iris)):
        return []
    result = engine.run(bind(_HELD if held else _CLAIMS, {"claim": wanted}))
    named = [result.variables.index(name) for name in ("subject", "object", "document", "run")]
    names = Names(engine, {row[at] for row in result.rows for at in named}, lang)
    found: dict[str, Said] = {}
    for row in result.rows:
        said = _said(dict(zip(result.variables, row, strict=True)), names, lang)
        known = found.get(said.iri, said)
        words = sorted({*known.words, *said.words}, key=lambda w: (w.document.href, w.start, -w.end))
        reasons = tuple(sorted({*known.reasons, *said.reasons}))
        found[said.iri] = replace(
            said,
            words=tuple(words),
            reasons=reasons,
            status=HELD_BACK if held else said.status,
            user=known.user and said.user,  # what a document says too is no user's
        )
    return sorted(found.values(), key=lambda said: (said.document_iri, said.start, said.iri))


def _said(row: dict[str, Cell], names: Names, lang: str) -> Said:
    iri, reason, graph = _text(row["claim"]), row["reason"], row["graph"]
    words = Words(_text(row["quote"]), _offset(row["start"]), _offset(row["end"]), names.show(row["document"]))
    return Said(
        iri=iri,
        href=address(iri),
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
        reasons=(reason.value,) if isinstance(reason, ox.Literal) and reason.language in {lang, None} else (),
        user=names.show(graph) if is_users(graph) else None,
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
