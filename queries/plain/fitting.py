"""How each phrasing fits a question: what it uses of it, what it leaves over, and the commands that it would give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extract.model import Bound, Timex
from ontology.terms import SIGNATURES, Kind, Property, is_a
from queries.catalogue import ParameterType, Question, Wording, question
from queries.dates import days
from queries.errors import QueryError
from queries.plain import reasons
from queries.plain.cues import Cue, Reading, cues_of, unexplained
from queries.plain.naming import Candidate, Mention
from queries.plain.roles import roles_of
from queries.plain.rules import ALWAYS, ASKING, Phrasing, rules

PENALTY = 3  # for each thing that a phrasing has no use for
_LACKING = 2  # for each thing that it has need of
Parameters = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Command:
    """A question of the library with its parameters: what stands behind `alliancekg ask`."""

    slug: str
    parameters: Parameters = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """How a phrasing fits.

    `against` is what speaks against it, `left` how many words it leaves over, `cued` whether its cues are there, `asked` whether
    it has use for the date or the asking word of the question; `commands` are several where a name is ambiguous.
    """

    phrasing: Phrasing
    score: float
    against: tuple[Wording, ...]
    left: int
    cued: bool
    asked: bool
    commands: tuple[Command, ...]
    mention: Mention | None = None
    about: Cue | None = None


@dataclass(slots=True)
class _Trial:
    """What is gathered while one phrasing is tried."""

    score: float = 0
    against: list[Wording] = field(default_factory=list)
    parameters: dict[str, str] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()
    entity: str | None = None
    mention: Mention | None = None
    cued: bool = True
    dated: bool = False

    def reject(self, reason: Wording, cost: int) -> None:
        self.against.append(reason)
        self.score -= cost


def fits_of(reading: Reading, given: Mapping[str, str]) -> Iterator[Fit]:
    """How each phrasing fits, in the order of the rules."""
    cues = cues_of(reading)
    for phrasing in rules().phrasings:
        yield _fit(phrasing, question(phrasing.question), reading, cues, given)


def _fit(phrasing: Phrasing, asked: Question, reading: Reading, cues: Sequence[Cue], given: Mapping[str, str]) -> Fit:
    trial = _Trial()
    used = _cued(phrasing, cues, reading.mentions, trial)
    about = next((cue for cue in used if not cue.concepts.isdisjoint(phrasing.about)), None)
    # 指針の沿革: what is a cue need be no name
    mentions = [m for m in reading.mentions if not any(c.start <= m.start and m.end <= c.end for c in used)]
    documents = [m for m in mentions if all(c.kind is None for c in m.candidates)]
    _document(phrasing, asked, documents, trial)
    _entity(phrasing, asked, reading, [m for m in mentions if m not in documents], about, trial)
    _dates(phrasing, asked, reading.dates, trial)
    for name, value in given.items():
        trial.parameters[name] = value
        if name not in {p.name for p in asked.parameters}:
            trial.reject(reasons.no_use(asked.slug, [name]), PENALTY)
    _required(asked, trial)
    left = unexplained(reading, used)
    if left:
        trial.reject(reasons.unexplained_words(left), PENALTY * len(left))
    against = tuple(dict.fromkeys(trial.against))
    commands = tuple(_commands(phrasing, asked, trial))
    asking = trial.dated or any(not cue.concepts.isdisjoint(ASKING) for cue in used)
    return Fit(phrasing, trial.score, against, len(left), trial.cued, asking, commands, trial.mention, about)


def _cued(phrasing: Phrasing, cues: Sequence[Cue], mentions: Sequence[Mention], trial: _Trial) -> tuple[Cue, ...]:
    """The cues that the phrasing has use for."""
    there = {concept for cue in cues for concept in cue.concepts}
    for choice in phrasing.cues:
        if there.isdisjoint(choice):
            trial.reject(reasons.no_cue(choice), _LACKING)
            trial.cued = False
        else:
            trial.score += 2
    wanted = {concept for choice in phrasing.cues for concept in choice} | phrasing.allows | ALWAYS
    if phrasing.properties:
        said = [(concept, value) for concept, value in phrasing.properties if concept in there and _has(mentions, value)]
        wanted.update(concept for concept, _ in said[:1])
        if said:
            trial.score += 2
            trial.parameters["property"] = said[0][1]
        else:
            trial.reject(reasons.NO_PROPERTY, _LACKING)
            trial.cued = False
    if phrasing.property:
        trial.parameters["property"] = phrasing.property
    return tuple(cue for cue in cues if not cue.concepts.isdisjoint(wanted))


def _has(mentions: Sequence[Mention], name: Property) -> bool:
    """Whether one of the things that are named can have the property, or be had by it: no treaty has a day of founding."""
    kinds = (*SIGNATURES[name].domain, *SIGNATURES[name].range)
    return not mentions or any(_fits(candidate, kinds) for mention in mentions for candidate in mention.candidates)


def _document(phrasing: Phrasing, asked: Question, mentions: Sequence[Mention], trial: _Trial) -> None:
    for mention in mentions:
        if phrasing.document and phrasing.document not in trial.parameters and len(mention.candidates) == 1:
            trial.parameters[phrasing.document] = mention.candidates[0].value
            trial.score += 2
        else:
            trial.reject(reasons.no_use(asked.slug, [mention.text]), PENALTY)


def _entity(
    phrasing: Phrasing,
    asked: Question,
    reading: Reading,
    mentions: Sequence[Mention],
    about: Cue | None,
    trial: _Trial,
) -> None:
    parameter = next((p for p in asked.parameters if p.name == phrasing.entity), None)
    for mention in mentions:
        if parameter is None or trial.entity is not None:
            trial.reject(reasons.no_use(asked.slug, [mention.text]), PENALTY)
            continue
        fitting = tuple(c for c in mention.candidates if _fits(c, phrasing.kinds) and _fits(c, parameter.kinds))
        if not fitting:
            trial.reject(reasons.wrong_kind(mention.text, phrasing.kinds or parameter.kinds), PENALTY)
            continue
        trial.entity, trial.candidates, trial.mention = parameter.name, fitting, mention
        trial.score += 2
        if roles_of(reading, mention, about).isdisjoint(phrasing.roles):
            trial.reject(reasons.wrong_place(mention.text, asked.slug), _LACKING)


def _fits(candidate: Candidate, kinds: Sequence[Kind]) -> bool:
    return candidate.kind is not None and (not kinds or any(is_a(candidate.kind, kind) for kind in kinds))


def _dates(phrasing: Phrasing, asked: Question, dates: Sequence[Timex], trial: _Trial) -> None:
    if not dates:
        return
    value = as_parameter(dates[0])
    if phrasing.date is None or len(dates) > 1 or value is None:
        trial.reject(reasons.no_use(asked.slug, [d.text for d in dates]), PENALTY)
        return
    trial.score += 1
    trial.dated = phrasing.date != "mention"
    if phrasing.date == "period":
        first, last = value.split("/") if "/" in value else (value, value)
        if dates[0].bound is not Bound.UNTIL:
            trial.parameters["from"] = first
        if dates[0].bound is not Bound.FROM:
            trial.parameters["until"] = last
    elif phrasing.date != "mention":
        trial.parameters[phrasing.date] = value
        if dates[0].bound is not Bound.AT:
            trial.reject(reasons.no_bound(asked.slug, dates[0].text), 1)


def as_parameter(timex: Timex) -> str | None:
    """A date as the library takes it: 1997, 1997-09, 1997-09-23, 1960/1969; None where it has no bounds."""
    date = timex.date
    if date is None or date.earliest is None or date.latest is None:
        return None
    try:
        days(date.edtf)
    except QueryError:
        whole_years = (date.earliest.month, date.earliest.day, date.latest.month, date.latest.day) == (1, 1, 12, 31)
        first, last = (
            (f"{date.earliest.year}", f"{date.latest.year}") if whole_years else (f"{date.earliest}", f"{date.latest}")
        )
        return first if first == last else f"{first}/{last}"
    return date.edtf


def _required(asked: Question, trial: _Trial) -> None:
    for parameter in asked.parameters:
        if not parameter.required or parameter.name in trial.parameters or parameter.name == trial.entity:
            continue
        trial.reject(reasons.missing(asked.slug, parameter.name), _LACKING)


def _commands(phrasing: Phrasing, asked: Question, trial: _Trial) -> Iterator[Command]:
    """One command for each thing that the name can mean; what is missing stands as NAME or DATE."""
    for candidate in trial.candidates or (None,):
        values = dict(trial.parameters)
        if candidate is not None and trial.entity:
            values.setdefault(trial.entity, candidate.value)
        for parameter in asked.parameters:
            if parameter.required and parameter.name not in values:
                values[parameter.name] = "DATE" if parameter.type is ParameterType.DATE else "NAME"
        order = [p.name for p in asked.parameters]
        yield Command(
            phrasing.question,
            tuple((name, values[name]) for name in sorted(values, key=lambda n: order.index(n) if n in order else 99)),
        )
