"""Questions in plain Japanese and English: read by `extract`, decided by `queries`, answered like any other.

No language model is loaded where a question has one predicate: its words and particles tell all. Where it has several, GiNZA's parser says
which of them each name belongs to.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from alliancekg.plain_text import readable
from extract.asked import dates_of, governors, is_japanese, words_of
from queries.answers import Answer
from queries.asking import ask
from queries.engine import Engine
from queries.entities import Labelled, labelled
from queries.errors import QueryError
from queries.plain.cues import Cue, Reading, cues_of
from queries.plain.deciding import OFFERED, Governs, Understood, Unsure, decide
from queries.plain.fitting import Command
from queries.plain.naming import Mention, mentions_in
from queries.plain.rules import rules
from queries.plain.suggesting import with_near_names

_UNQUOTED = frozenset("@%+=:,./-_・ー")  # besides letters of any script, which shells leave alone


class UnsureError(QueryError):
    """A question in plain words that could not be made out for certain. `offers` are what comes nearest, as commands."""

    def __init__(self, unsure: Unsure) -> None:
        self.unsure = unsure
        self.offers = tuple(written(command) for command in unsure.offers)
        super().__init__(
            f"not sure what is asked: {'; '.join(reason.en for reason in unsure.reasons)}", todo=_todo(self.offers)
        )


def understand(
    engine: Engine, question: str, given: Mapping[str, str] | None = None, *, parsing: Callable[[], None] = lambda: None
) -> Understood | Unsure:
    """The question of the library that is asked in plain words, or what comes nearest.

    `given` are parameters written beside it; `as-of` among them is what 昨年 is counted from. `parsing` is called before the language model
    is loaded. Raises QueryError where the text is empty, too long or no text.
    """
    values = {name.rstrip("_").replace("_", "-"): value for name, value in (given or {}).items()}
    labels = labelled(engine)
    reading = _reading(engine, readable(question), labels, values.get("as-of"))
    found = decide(reading, values, _governs(reading, parsing))
    if isinstance(found, Understood):
        return found
    near = _with_near_names(engine, reading, labels, values)
    return replace(found, offers=tuple(dict.fromkeys((*near, *found.offers)))[: max(OFFERED, len(found.offers))])


def _reading(engine: Engine, text: str, labels: Sequence[Labelled], published: str | None) -> Reading:
    mentions = mentions_in(text, engine, labels, ordinary_words())
    japanese = is_japanese(text, [(m.start, m.end) for m in mentions])
    within = {i for m in mentions for i in range(m.start, m.end)}
    dates = dates_of(text, japanese=japanese, published=published)
    apart = tuple(d for d in dates if within.isdisjoint(range(d.start, d.end)))
    return Reading(text, japanese, words_of(text, japanese=japanese), mentions, apart)


def _with_near_names(
    engine: Engine, reading: Reading, labels: Sequence[Labelled], given: Mapping[str, str]
) -> Iterator[Command]:
    """What would be asked if a name that is not known were one of those nearest to it. No model is loaded for it."""
    for text in with_near_names(reading, [label for _, label, _ in labels]):
        found = decide(_reading(engine, text, labels, given.get("as-of")), given)
        if isinstance(found, Understood):
            yield found.command


def ask_plainly(engine: Engine, question: str, given: Mapping[str, str], *, lang: str) -> Answer:
    """The answer to a question in plain words, with the command that it was understood as. Raises UnsureError, QueryError."""
    found = understand(engine, question, given)
    if isinstance(found, Unsure):
        raise UnsureError(found)
    answer = ask(engine, found.command.slug, dict(found.command.parameters), lang=lang)
    return replace(answer, understood=written(found.command))


def written(command: Command, options: tuple[str, ...] = ()) -> str:
    """A command as it is typed."""
    words = ("alliancekg", "ask", command.slug, *(f"{name}={value}" for name, value in command.parameters), *options)
    return " ".join(word if all(c.isalnum() or c in _UNQUOTED for c in word) else shlex.quote(word) for word in words)


def ordinary_words() -> frozenset[str]:
    """The English words of the rules, which are no acronyms when they stand in small letters."""
    return frozenset(word for words in rules().english.values() for phrase in words for word in phrase.split())


def _governs(reading: Reading, parsing: Callable[[], None]) -> Governs | None:
    """What tells whether a name depends on a cue; None where there is only one predicate, or the question is English."""
    cues = cues_of(reading)
    predicates = [cue for cue in cues if cue.verbal and not cue.silent]
    if not reading.japanese or len(predicates) < 2:
        return None
    if _nested(cues, predicates):
        return lambda _mention, _cue: False

    def governs(mention: Mention, cue: Cue) -> bool:
        """Whether the first predicate above the name is the cue. A noun that asks for it (成果) is not looked for among verbs."""
        kind = mention.candidates[0].kind
        if kind is None or not cue.verbal:
            return True
        parsing()
        above = governors(reading.text, reading.words, ((mention.start, mention.end), kind), reading.dates)
        first = next((place for place in above if any(place[0] <= c.start < place[1] for c in predicates)), None)
        return first is None or first[0] <= cue.start < first[1]

    return governs


def _nested(cues: Sequence[Cue], predicates: Sequence[Cue]) -> bool:
    """Whether one predicate speaks of a noun that is part of another: [EDDを決めた会合]が設置した組織. No phrasing asks two things."""
    nouns = [cue for cue in cues if not cue.verbal and not cue.silent]
    return any(first.end <= noun.start < last.start for first, last in pairwise(predicates) for noun in nouns)


def _todo(offers: tuple[str, ...]) -> str:
    return f"Did you mean: {' | '.join(offers)}" if offers else "'alliancekg questions' lists what can be asked."
