"""A difference as lines for people, document by document, and one line that sums it up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from graph.differences.comparing import Changed, Changes, Difference
from graph.differences.snapshot import Decided, Fact, Stated, Term, Thing, Told
from graph.differences.wording import Wording

_SIGNS = {"added": "+", "gone": "−", "changed": "~"}
_PARTS = ("claims", "documents", "things", "moves", "facts", "decisions")
_T_contra = TypeVar("_T_contra", contravariant=True)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Line:
    """Text to show, indented by a number of steps."""

    indent: int
    text: str


class _Telling(Protocol[_T_contra]):
    """How one thing that came or went is told."""

    def __call__(self, one: _T_contra, words: Wording, /, *, before: bool) -> str: ...


def lines(difference: Difference, lang: str) -> Iterator[Line]:
    """All that differs: documents with their claims, then things, facts and decisions, at last the sum."""
    words = Wording(difference, lang)
    yield from _documents(difference, words)
    yield from _things(difference, words)
    yield from _section(words.word("facts"), _signed(difference.facts, words, _fact))
    yield from _section(words.word("decisions"), _decisions(difference, words))
    yield Line(0, summary(difference, lang))


def summary(difference: Difference, lang: str) -> str:
    """One line: how many claims, documents, things … came, went and changed."""
    words = Wording(difference, lang)
    told = [f"{words.word(part)} {counted}" for part in _PARTS if (counted := _counted(getattr(difference, part)))]
    if not told:
        return words.word("nothing")
    return "、".join(told) if lang == "ja" else ", ".join(told)


def _counted(found: Changes[Any] | tuple[object, ...]) -> str:
    if isinstance(found, tuple):
        return str(len(found)) if found else ""
    counts = (("+", len(found.added)), ("−", len(found.gone)), ("~", len(found.changed)))
    return " ".join(f"{sign}{count}" for sign, count in counts if count)


def _section(heading: str, told: Iterable[Line]) -> Iterator[Line]:
    inside = list(told)
    if inside:
        yield Line(0, heading)
        yield from inside


def _documents(difference: Difference, words: Wording) -> Iterator[Line]:
    claims, about = _by_document(difference), _document_changes(difference, words)
    after = {change.before.iri: change.after.iri for change in difference.documents.changed}
    grouped: dict[Term | None, list[tuple[str, Stated | Changed[Stated]]]] = defaultdict(list)
    for document, how, one in claims:
        grouped[after.get(document, document) if document else None].append((how, one))
    for document in sorted({*grouped, *about}, key=words.document):
        yield Line(0, f"{words.word('document')} {words.document(document)}")
        yield from about.get(document, [])
        yield from _claims(grouped.get(document, []), words)


def _by_document(difference: Difference) -> Iterator[tuple[Term | None, str, Stated | Changed[Stated]]]:
    found = difference.claims
    yield from ((claim.document, "gone", claim) for claim in found.gone)
    yield from ((change.after.document, "changed", change) for change in found.changed)
    yield from ((claim.document, "added", claim) for claim in found.added)


def _document_changes(difference: Difference, words: Wording) -> dict[Term | None, list[Line]]:
    found: dict[Term | None, list[Line]] = {}
    for how in ("added", "gone"):
        for told in getattr(difference.documents, how):
            found[told.iri] = [Line(1, f"{_SIGNS[how]} {words.word(how)}")]
    for change in difference.documents.changed:
        found[change.after.iri] = [Line(1, f"~ {_document_field(change, field, words)}") for field in change.fields]
    return found


def _document_field(change: Changed[Told], field: str, words: Wording) -> str:
    if field == "text":
        return f"{words.word('text')}: {words.word('changed')}"
    was, now = (
        {"identifier": told.identifier, **dict(told.metadata)}.get(field, "–") for told in (change.before, change.after)
    )
    return f"{words.word(field)}: {was} → {now}"


def _claims(told: Iterable[tuple[str, Stated | Changed[Stated]]], words: Wording) -> Iterator[Line]:
    """Those that only stand elsewhere in the text are counted, not listed."""
    shifted = 0
    for how, one in told:
        if not isinstance(one, Changed):
            yield Line(1, f"{_SIGNS[how]} {_claim(one, words, before=how == 'gone')}")
            yield from _quotes(one, words)
        elif one.fields == ("place",):
            shifted += 1
        else:
            yield Line(1, f"~ {_claim(one.after, words)}")
            yield from (Line(3, _field(one, field, words)) for field in one.fields if field != "place")
            if "quotes" not in one.fields:
                yield from _quotes(one.after, words)
    if shifted:
        yield Line(1, f"~ {shifted} {words.word('shifted')}")


def _claim(claim: Stated, words: Wording, *, before: bool = False) -> str:
    """日米拡大抑止協議 ― 設置日 ― 2010 [予定]."""
    triple = " ― ".join(words.value(claim, part, before=before) for part in ("subject", "predicate", "object"))
    limits = f" ({claim.valid_from}/{claim.valid_until})" if claim.valid_from or claim.valid_until else ""
    said_by = f" ({words.value(claim, 'attributed_to', before=before)})" if claim.attributed_to else ""
    status = f" [{words.word(claim.status)}]" if claim.status else ""
    return f"{triple} [{words.value(claim, 'factuality')}]{limits}{said_by}{status}"


def _quotes(claim: Stated, words: Wording) -> Iterator[Line]:
    if claim.evidence:
        yield Line(3, f"「{words.value(claim, 'quotes')}」")


def _field(change: Changed[Stated], field: str, words: Wording) -> str:
    was, now = words.value(change.before, field, before=True), words.value(change.after, field)
    return f"{words.word(field)}: {was} → {now}"


def _things(difference: Difference, words: Wording) -> Iterator[Line]:
    told: list[Line] = []
    for move in difference.moves:
        was, now = words.name(move.before, before=True), words.name(move.after)
        if was == now:
            was, now = (term.value if hasattr(term, "value") else str(term) for term in (move.before, move.after))
        told.append(Line(1, f"{words.how(move.how)}: {was} → {now}"))
    told += _signed(difference.things, words, _thing)
    told += (Line(1, f"~ {_thing_change(change, words)}") for change in difference.things.changed)
    yield from _section(words.word("things"), told)


def _thing(thing: Thing, words: Wording, *, before: bool) -> str:  # noqa: ARG001 - a thing brings its own label
    return f"{words.label(thing)} [{words.word(thing.kind)}]"


def _thing_change(change: Changed[Thing], words: Wording) -> str:
    told = []
    for field in change.fields:
        was, now = getattr(change.before, field), getattr(change.after, field)
        if field == "kind":
            told.append(f"{words.word('kind')}: {words.word(was)} → {words.word(now)}")
        elif field == "labels":
            told.append(f"{words.word('labels')}: {_listed(was)} → {_listed(now)}")
        else:
            come = [f"+{name}" for name in now if name not in was]
            told.append(f"{words.word('names')}: {' '.join([*come, *(f'−{name}' for name in was if name not in now)])}")
    return f"{words.label(change.after)} ({'; '.join(told)})"


def _listed(labels: Iterable[tuple[str, str]]) -> str:
    return " / ".join(label for _, label in labels)


def _fact(fact: Fact, words: Wording, *, before: bool) -> str:
    ends = (words.name(end, before=before) for end in (fact.subject, fact.object))
    return f" ― {words.word(fact.predicate)} ― ".join(ends)


def _decisions(difference: Difference, words: Wording) -> Iterator[Line]:
    claims = {claim.iri: claim for graph in (difference.before, difference.after) for claim in graph.claims}

    def told(one: Decided, words: Wording, *, before: bool) -> str:
        claim = claims.get(one.claim) if one.claim else None
        about = _claim(claim, words, before=before) if claim else words.name(one.claim)
        why = f": {one.why}" if one.why else ""
        return f"{words.word(one.verdict)} ― {about} ({', '.join(part for part in (one.who, one.when) if part)}){why}"

    yield from _signed(difference.decisions, words, told)
    for change in difference.decisions.changed:
        yield Line(1, f"− {told(change.before, words, before=True)}")
        yield Line(1, f"+ {told(change.after, words, before=False)}")


def _signed(found: Changes[_T], words: Wording, tell: _Telling[_T]) -> Iterator[Line]:
    yield from (Line(1, f"− {tell(one, words, before=True)}") for one in found.gone)
    yield from (Line(1, f"+ {tell(one, words, before=False)}") for one in found.added)
