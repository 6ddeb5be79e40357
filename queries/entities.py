"""Which thing a name means: any of its names, in either script, or its IRI.

Names are compared as graph/ compares them: NFKC, lower case, without spaces, quotation marks and
middle dots. A name that only one thing has as its preferred label means that thing; one that several
things share is never guessed.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from ontology.terms import AKG, PREFIXES, Kind, is_a, lineage
from queries.binding import bind
from queries.engine import Engine
from queries.errors import QueryError

_IGNORED = re.compile(r"[\s「」『』“”\"'〈〉《》・･,，、]+")
_PREF_LABEL = ox.NamedNode(PREFIXES["skos"] + "prefLabel")
_NAMED = """
PREFIX akg: <https://w3id.org/alliancekg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?how ?label ?class WHERE {
  VALUES ?thing { UNDEF }
  VALUES ?label { UNDEF }
  VALUES ?how { skos:prefLabel skos:altLabel akg:ambiguousLabel }
  ?thing ?how ?label ; a ?class .
}
"""
Labelled = tuple[str, str, bool]  # the IRI of what has a name, the name, and whether it is the preferred label
_LABELLED = """
PREFIX akg: <https://w3id.org/alliancekg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?how ?label WHERE {
  VALUES ?how { skos:prefLabel skos:altLabel akg:ambiguousLabel }
  ?thing ?how ?label .
}
"""
_CLASSES = """
SELECT ?thing ?class WHERE {
  VALUES ?thing { UNDEF }
  ?thing a ?class .
}
"""


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A thing and one of its names."""

    iri: str
    label: str
    kind: Kind
    preferred: bool


def comparable(name: str) -> str:
    """A name as compared.

    >>> comparable("「２プラス２」")
    '2プラス2'
    """
    return _IGNORED.sub("", unicodedata.normalize("NFKC", name)).lower()


def resolve(engine: Engine, name: str, *, where: str = "", kinds: Sequence[Kind] = ()) -> ox.NamedNode:
    """The thing that `name` means in the graph, of one of `kinds` if any are given.

    Raises QueryError where nothing has that name (the nearest names are suggested), or several things do (they are listed).
    """
    iri = _as_iri(name)
    if iri is not None:
        if not _named(engine, thing=iri):
            raise QueryError(f"the graph has no {name}", where=where, todo="Give a name or another IRI.")
        return iri
    everything: list[Named] | None = None
    found = [n for n in _named(engine, label=name) if _fits(n, kinds)]
    if not found:
        everything = [n for n in _named(engine) if _fits(n, kinds)]
        found = [n for n in everything if comparable(n.label) == comparable(name)]
    if not found:
        near = nearest(name, (n.label for n in everything or ()))
        todo = f"Did you mean {' or '.join(near)}?" if near else "No name in the graph comes near it."
        raise QueryError(f"nothing is called {name!r}", where=where, todo=todo)
    for candidates in (found, [n for n in found if n.preferred]):
        if len({n.iri for n in candidates}) == 1:
            return ox.NamedNode(candidates[0].iri)
    raise QueryError(
        f"{name!r} could be {_listed(engine, sorted({n.iri for n in found}))}",
        where=where,
        todo="Give one of these names or IRIs.",
    )


def labelled(engine: Engine) -> list[Labelled]:
    """Every name in a graph."""
    return [
        (thing.value, label.value, how == _PREF_LABEL)
        for thing, how, label in engine.run(_LABELLED).rows
        if isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal)
    ]


def kinds_of(engine: Engine, iris: Collection[str]) -> dict[str, Kind]:
    """The class of each thing that has one of ours, the most specific of them."""
    if not iris:
        return {}
    kinds: dict[str, Kind] = {}
    for thing, kind in engine.run(bind(_CLASSES, {"thing": [ox.NamedNode(iri) for iri in sorted(iris)]})).rows:
        if isinstance(thing, ox.NamedNode) and isinstance(kind, ox.NamedNode):
            _note_kind(kinds, thing, kind)
    return kinds


def _note_kind(kinds: dict[str, Kind], thing: ox.NamedNode, kind: ox.NamedNode) -> bool:
    """Keep the class of a thing if it is one of ours and more specific than what is known; whether it is one of ours."""
    local = kind.value.removeprefix(AKG)
    if local not in set(Kind):
        return False
    kinds[thing.value] = max(kinds.get(thing.value, Kind(local)), Kind(local), key=lambda k: len(lineage(k)))
    return True


def nearest(name: str, names: Iterable[str], n: int = 3) -> tuple[str, ...]:
    """The names most like `name`: those that contain it or that it contains, then those spelt alike."""
    by_key: dict[str, str] = {}
    for known in names:
        by_key.setdefault(comparable(known), known)
    key = comparable(name)
    # A single character is in half of all names and says nothing.
    within = [k for k in by_key if len(key) > 1 and len(k) > 1 and (key in k or k in key)]
    within.sort(key=lambda k: (abs(len(k) - len(key)), k))
    alike = difflib.get_close_matches(key, by_key, n=n, cutoff=0.5)
    return tuple(by_key[k] for k in dict.fromkeys([*within[:n], *alike]))[:n]


def _fits(named: Named, kinds: Sequence[Kind]) -> bool:
    return not kinds or any(is_a(named.kind, kind) for kind in kinds)


def _as_iri(name: str) -> ox.NamedNode | None:
    """The IRI that the user wrote, in full or with one of our prefixes."""
    prefix, colon, local = name.strip().partition(":")
    if not colon:
        return None
    if prefix in PREFIXES:
        return _checked(PREFIXES[prefix] + local)
    return _checked(name.strip()) if prefix in {"http", "https", "urn"} else None


def _checked(iri: str) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None


def _named(engine: Engine, *, thing: ox.NamedNode | None = None, label: str | None = None) -> list[Named]:
    """Things of our classes with their names: all, or those of one thing, or those with exactly that label."""
    labels = [] if label is None else [ox.Literal(label), ox.Literal(label, language="ja"), ox.Literal(label, language="en")]
    result = engine.run(bind(_NAMED, {"thing": [thing] if thing else [], "label": labels}))
    kinds: dict[str, Kind] = {}
    names: dict[str, set[tuple[str, bool]]] = defaultdict(set)
    for iri, how, text, kind in result.rows:
        if not (isinstance(iri, ox.NamedNode) and isinstance(kind, ox.NamedNode) and isinstance(text, ox.Literal)):
            continue
        if _note_kind(kinds, iri, kind):
            names[iri.value].add((text.value, how == _PREF_LABEL))
    return sorted(Named(iri, name, kinds[iri], preferred) for iri in names for name, preferred in names[iri])


def _listed(engine: Engine, iris: Sequence[str]) -> str:
    """Candidates as a person tells them apart: preferred label, class, CURIE."""
    shown = []
    for iri in iris:
        names = _named(engine, thing=ox.NamedNode(iri))
        best = min(names, key=lambda n: (not n.preferred, n.label.isascii(), n.label))
        shown.append(f"{best.label} ({best.kind}, {iri.replace(PREFIXES['akgid'], 'akgid:')})")
    return "; ".join(shown)
