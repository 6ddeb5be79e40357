"""Names in a question: the longest that the graph knows, in either script, compared as everywhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ontology.terms import Kind
from queries.entities import Named, comparable

DOCUMENT = "document"
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


class Names:
    """The names of a graph by the form in which they are compared."""

    def __init__(self, things: Iterable[Named], documents: Iterable[tuple[str, str]] = ()) -> None:
        things = tuple(things)
        preferred: dict[str, list[Named]] = defaultdict(list)
        bearers: dict[str, set[str]] = defaultdict(set)
        owners: dict[str, set[str]] = defaultdict(set)
        for named in things:
            bearers[_folded(named.label)].add(named.iri)
            if named.preferred:
                preferred[named.iri].append(named)
                owners[_folded(named.label)].add(named.iri)
        self._by_form: dict[str, dict[str, tuple[Candidate, bool, str]]] = defaultdict(dict)
        for named in things:
            value = _value(named.iri, preferred[named.iri], bearers, owners)
            form = _folded(named.label)
            before = self._by_form[form].get(named.iri)
            own = named.preferred or (before is not None and before[1])
            self._by_form[form][named.iri] = (Candidate(named.iri, value, named.kind), own, named.label)
        for iri, name in documents:
            self._by_form[_folded(name)].setdefault(iri, (Candidate(iri, name, None), False, name))
        self._by_form.pop("", None)
        self._longest = min(_LONGEST, max(map(len, self._by_form), default=0))

    def mentions(self, text: str, ordinary: frozenset[str] = frozenset()) -> tuple[Mention, ...]:
        """The names in a text (NFKC), longest first at each place, none within another. Words of `ordinary` are no names in small letters."""
        form, places = _form_of(text)
        found: list[Mention] = []
        at = 0
        while at < len(form):
            for length in range(min(self._longest, len(form) - at), 0, -1):
                known = self._by_form.get(form[at : at + length])
                if known is None:
                    continue
                start, end = places[at], places[at + length - 1] + 1
                said = text[start:end]
                if _whole(text, start, end) and not _ordinary(said, known, ordinary):
                    found.append(Mention(start, end, said, _meant(known)))
                    at += length - 1
                    break
            at += 1
        return tuple(found)

    def labels(self) -> tuple[str, ...]:
        """Every name, one for each form."""
        return tuple(next(iter(known.values()))[2] for known in self._by_form.values())


def _value(iri: str, preferred: list[Named], bearers: Mapping[str, set[str]], owners: Mapping[str, set[str]]) -> str:
    """A preferred label that means this thing and no other, else its IRI."""
    for named in sorted(preferred, key=lambda n: (n.label.isascii(), n.label)):
        form = _folded(named.label)
        if bearers[form] == {iri} or owners[form] == {iri}:
            return named.label
    return iri


def _meant(known: Mapping[str, tuple[Candidate, bool, str]]) -> tuple[Candidate, ...]:
    """What has the name as its own; if nothing or several do, all that bear it."""
    own = [candidate for candidate, preferred, _ in known.values() if preferred]
    return tuple(own) if len(own) == 1 else tuple(candidate for candidate, _, _ in known.values())


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


def _ordinary(said: str, known: Mapping[str, tuple[Candidate, bool, str]], words: frozenset[str]) -> bool:
    """Whether what looks like a name is an ordinary word: a lone sign, a number, or `who` beside the acronym WHO."""
    if said.isdecimal() or (len(said) == 1 and all(name != said for _, _, name in known.values())):
        return True
    return (
        len(said) <= _SHORT and said.isascii() and said.lower() in words and all(name != said for _, _, name in known.values())
    )


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
