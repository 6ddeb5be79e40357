"""Which question of the library a reading asks: every phrasing is tried, and one is taken only where nothing is left over.

A word that no rule explains, a name that no parameter takes, a name in the wrong place: each is a reason not to answer but to
offer what comes nearest. So the library never answers another question than the one that was asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from queries.catalogue import Wording
from queries.plain import reasons
from queries.plain.cues import Cue, Reading, cues_of, unexplained
from queries.plain.fitting import PENALTY, Command, Fit, fits_of
from queries.plain.naming import Mention

OFFERED = 3
_DOUBTS = 2  # the word that is not known, and the cue that it may stand for
_LISTED = 9  # candidates of an ambiguous name
# Whether a name depends on the cue that a phrasing is about; asked only where several predicates stand in the question.
Governs = Callable[[Mention, Cue], bool]


@dataclass(frozen=True, slots=True)
class Understood:
    """The one question that is asked, and by which rule."""

    command: Command
    rule: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """Why nothing is answered, and the questions of the library that come nearest."""

    reasons: tuple[Wording, ...]
    offers: tuple[Command, ...] = ()


def decide(reading: Reading, given: Mapping[str, str] | None = None, governs: Governs | None = None) -> Understood | Unsure:
    """The question that is asked, or what comes nearest. `given` are parameters that the user wrote beside it."""
    fits = sorted(fits_of(reading, given or {}), key=lambda fit: -fit.score)
    sure = [fit for fit in fits if not fit.against and _attached(fit, governs)]
    best = [fit for fit in sure if fit.score == sure[0].score] if sure else []
    commands = list(dict.fromkeys(command for fit in best for command in fit.commands))
    if len(commands) == 1:
        return Understood(commands[0], best[0].phrasing.id)
    if commands:
        return Unsure((_ambiguous(best),), tuple(commands[:_LISTED]))
    return Unsure(_reasons(reading, fits), tuple(dict.fromkeys(_near(fits)))[:OFFERED])


def _near(fits: Sequence[Fit]) -> Iterator[Command]:
    """What comes nearest: what fits in more than it does not, then what tells all of the thing that is named.

    Between them stands what takes the name and is asked by when, who or a date, where a word is not known.
    """
    unknown = min((fit.left for fit in fits), default=0)  # words that no phrasing explains speak against none in particular
    for fit in fits:
        if fit.cued and fit.score + PENALTY * unknown > 0:
            yield from fit.commands
    for fit in fits:
        if fit.left and fit.asked and fit.mention is not None and len(fit.against) <= _DOUBTS:
            yield from fit.commands
    for fit in fits:
        if fit.phrasing.general and fit.mention is not None:
            yield from fit.commands


def _attached(fit: Fit, governs: Governs | None) -> bool:
    """Whether the name depends on what the phrasing is about; the parser is asked for nothing less than a perfect fit."""
    return governs is None or fit.mention is None or fit.about is None or governs(fit.mention, fit.about)


def _ambiguous(best: Sequence[Fit]) -> Wording:
    mention = best[0].mention
    return reasons.several_things(mention.text) if len(best) == 1 and mention is not None else reasons.SEVERAL_WAYS


def _reasons(reading: Reading, fits: Sequence[Fit]) -> tuple[Wording, ...]:
    undated = tuple(reasons.no_date(d.text, d.reason or "") for d in reading.dates if d.date is None)
    left = unexplained(reading, cues_of(reading))
    if undated or left:
        return undated or (reasons.unexplained_words(left),)
    if not (fits and fits[0].cued):
        return (reasons.NOTHING_NEAR,)
    return fits[0].against or (reasons.NESTED,)
