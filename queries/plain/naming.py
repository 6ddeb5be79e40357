"""Names in a question: the longest that the graph knows, in either script, compared as everywhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ontology.terms import Kind
from queries.engine import Engine
from queries.entities import Labelled, comparable, kinds_of
from queries.parameters import documents

_PLUS = re.compile(r"(?<=[0-9])プラス(?=[0-9])")
_LONGEST = 120
_SHORT = 5  # acronyms up to this length are no ordinary words in small letters


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that a name can mean. `kind` is None for a document; `value` is how a command names it."""

    iri: str
    value: str
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at `text[start:end]` of the question, and what it can mean."""

    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class _Bearer:
    """Something that has a name, the name as the graph writes it, and whether it is the preferred label."""

    iri: str
    label: str
    preferred: bool


Known = Mapping[str, Sequence[_Bearer]]  # by the form in which names are compared


def mentions_in(
    text: str, engine: Engine, labels: Iterable[Labelled], ordinary: frozenset[str] = frozenset()
) -> tuple[Mention, ...]:
    """The names of a graph in a text (NFKC), the longest first at each place, none within another.

    `labels` are all names of the graph; the classes of only those things are fetched that can be meant. Words of `ordinary` are
    no names in small letters.
    """
    form, places = _form_of(text)
    known: dict[str, list[_Bearer]] = defaultdict(list)
    for iri, label, preferred in labels:
        known[_folded(label)].append(_Bearer(iri, label, preferred))
    spans = list(_spans(form, places, text, known, ordinary))
    bearers = {bearer.iri for _, _, name in spans for bearer in known[name]}
    kinds = kinds_of(engine, bearers)
    own = _own_labels(known, bearers & set(kinds))
    papers = {_folded(name): (iri, name) for iri, name in documents(engine)}
    spans += _spans(form, places, text, {name: [_Bearer(*paper, preferred=True)] for name, paper in papers.items()}, ordinary)
    found: list[Mention] = []
    for start, end, name in sorted(spans, key=lambda span: (span[0], -span[1])):
        meant = [Candidate(b.iri, own[b.iri], kinds[b.iri]) for b in _meant([b for b in known.get(name, ()) if b.iri in kinds])]
        meant = meant or [Candidate(*papers[name], None)] if name in papers else meant
        if meant and (not found or start >= found[-1].end):
            found.append(Mention(start, end, text[start:end], tuple(dict.fromkeys(meant))))
    return tuple(found)


def _spans(
    form: str, places: Sequence[int], text: str, known: Known, ordinary: frozenset[str]
) -> Iterator[tuple[int, int, str]]:
    """Where names stand, overlapping or not: start, end and form."""
    longest = min(_LONGEST, max(map(len, known), default=0))
    for at in range(len(form)):
        for length in range(1, min(longest, len(form) - at) + 1):
            name = form[at : at + length]
            if name in known:
                start, end = places[at], places[at + length - 1] + 1
                if _whole(text, start, end) and not _ordinary(text[start:end], known[name], ordinary):
                    yield start, end, name


def _own_labels(known: Known, iris: Collection[str]) -> dict[str, str]:
    """For each thing how a command names it: by a preferred label that means it and nothing else, else by its IRI."""
    values = dict.fromkeys(iris, "")
    for bearers in known.values():
        meant = {bearer.iri for bearer in _meant(bearers)}
        for bearer in bearers:
            if bearer.iri in values and bearer.preferred and meant == {bearer.iri}:
                values[bearer.iri] = min(filter(None, (values[bearer.iri], bearer.label)), key=lambda v: (v.isascii(), v))
    return {iri: value or iri for iri, value in values.items()}


def _meant(bearers: Sequence[_Bearer]) -> Sequence[_Bearer]:
    """What has the name as its own; if nothing or several do, all that bear it."""
    own = [bearer for bearer in bearers if bearer.preferred]
    return own if len({bearer.iri for bearer in own}) == 1 else bearers


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a name does not begin or end inside a word in Latin or katakana, or inside a number."""
    return not (_joined(text[start - 1 : start], text[start]) or _joined(text[end - 1], text[end : end + 1]))


def _joined(left: str, right: str) -> bool:
    if not left or not right:
        return False
    return any(_is(left) and _is(right) for _is in (_latin, _katakana))


def _latin(c: str) -> bool:
    return c.isascii() and c.isalnum()


def _katakana(c: str) -> bool:
    return "ァ" <= c <= "ヶ" or c == "ー"


def _ordinary(said: str, bearers: Sequence[_Bearer], words: frozenset[str]) -> bool:
    """Whether what looks like a name is an ordinary word: a lone sign, a number, or `who` beside the acronym WHO."""
    if said.isdecimal():
        return True
    as_written = any(bearer.label == said for bearer in bearers)
    return not as_written and (len(said) == 1 or (len(said) <= _SHORT and said.isascii() and said.lower() in words))


def _folded(name: str) -> str:
    return _PLUS.sub("+", comparable(name))


def _form_of(text: str) -> tuple[str, list[int]]:
    """A text as names are compared, and where each of its characters stands."""
    form: list[str] = []
    places: list[int] = []
    plus = {m.start(): m.end() for m in _PLUS.finditer(text)}
    at = 0
    while at < len(text):
        folded = "+" if at in plus else comparable(text[at])
        for character in folded:
            form.append(character)
            places.append(at)
        at = plus.get(at, at + 1)
    return "".join(form), places
