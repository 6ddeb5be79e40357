"""Which question of the library a reading asks: every phrasing is tried, and one is taken only where nothing is left over.

A word that no rule explains, a name that no parameter takes, a name in the wrong place: each is a reason not to answer but to
offer what comes nearest. So the library never answers another question than the one that was asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extract.model import Bound, Timex
from ontology.terms import is_a
from queries.catalogue import ParameterType, Question, question
from queries.dates import days
from queries.errors import QueryError
from queries.plain.cues import Cue, Reading, cues_of, unexplained
from queries.plain.naming import Candidate, Mention
from queries.plain.roles import roles_of
from queries.plain.rules import ALWAYS, Phrasing, rules

OFFERED = 3
_PENALTY = 3  # for what a phrasing leaves over
_LISTED = 9
Parameters = tuple[tuple[str, str], ...]
# Whether a name depends on the cue that a phrasing is about; asked only where several predicates stand in the question.
Governs = Callable[[Mention, Cue], bool]


@dataclass(frozen=True, slots=True)
class Command:
    """A question of the library with its parameters: what stands behind `alliancekg ask`."""

    slug: str
    parameters: Parameters = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """The one question that is asked, and by which rule."""

    command: Command
    rule: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """Why nothing is answered, and the questions of the library that come nearest."""

    reasons: tuple[str, ...]
    offers: tuple[Command, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """How a phrasing fits.

    `against` is what speaks against it, `left` how many words it leaves over, `cued` whether its cues are there; `commands`
    are several where a name is ambiguous.
    """

    phrasing: Phrasing
    score: float
    against: tuple[str, ...]
    left: int
    cued: bool
    commands: tuple[Command, ...]
    mention: Mention | None = None
    about: Cue | None = None


@dataclass(slots=True)
class _Trial:
    """What is gathered while one phrasing is tried."""

    score: float = 0
    against: list[str] = field(default_factory=list)
    parameters: dict[str, str] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()
    entity: str | None = None
    mention: Mention | None = None
    cued: bool = True


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
    """What comes nearest: what fits in more than it does not, then what tells all of the thing that is named."""
    unknown = min((fit.left for fit in fits), default=0)  # words that no phrasing explains speak against none in particular
    for fit in fits:
        if fit.cued and fit.score + _PENALTY * unknown > 0:
            yield from fit.commands
    for fit in fits:
        if fit.phrasing.general and fit.mention is not None:
            yield from fit.commands


def _attached(fit: Fit, governs: Governs | None) -> bool:
    """Whether the name depends on what the phrasing is about; the parser is asked for nothing less than a perfect fit."""
    return governs is None or fit.mention is None or fit.about is None or governs(fit.mention, fit.about)


def _ambiguous(best: Sequence[Fit]) -> str:
    return "a name could mean several things" if len(best) == 1 else "it could be asked in several ways"


def _reasons(reading: Reading, fits: Sequence[Fit]) -> tuple[str, ...]:
    undated = tuple(
        f"{d.text!r} has no date of its own ({d.reason}); as-of=DATE would say when it was asked"
        for d in reading.dates
        if d.date is None
    )
    if undated:
        return undated
    left = unexplained(reading, cues_of(reading))
    if left:
        return (f"no rule explains {', '.join(map(repr, left))}",)
    return fits[0].against if fits and fits[0].cued else ("no question of the library is asked in such words",)


def fits_of(reading: Reading, given: Mapping[str, str]) -> Iterator[Fit]:
    """How each phrasing fits, in the order of the rules."""
    cues = cues_of(reading)
    for phrasing in rules().phrasings:
        yield _fit(phrasing, question(phrasing.question), reading, cues, given)


def _fit(phrasing: Phrasing, asked: Question, reading: Reading, cues: Sequence[Cue], given: Mapping[str, str]) -> Fit:
    trial = _Trial()
    used = _cued(phrasing, cues, trial)
    about = next((cue for cue in used if not cue.concepts.isdisjoint(phrasing.about)), None)
    spoken = {(cue.start, cue.end) for cue in used}
    # 指針の沿革: what is a cue need be no name
    mentions = [m for m in reading.mentions if (m.start, m.end) not in spoken]
    documents = [m for m in mentions if all(c.kind is None for c in m.candidates)]
    _document(phrasing, asked, documents, trial)
    _entity(phrasing, asked, reading, [m for m in mentions if m not in documents], about, trial)
    _dates(phrasing, asked, reading.dates, trial)
    for name, value in given.items():
        trial.parameters[name.rstrip("_").replace("_", "-")] = value
    _required(asked, trial)
    left = unexplained(reading, used)
    trial.score -= _PENALTY * len(left)
    trial.against += [f"no rule explains {', '.join(map(repr, left))}"] if left else []
    against = tuple(dict.fromkeys(trial.against))
    commands = tuple(_commands(phrasing, asked, trial))
    return Fit(phrasing, trial.score, against, len(left), trial.cued, commands, trial.mention, about)


def _cued(phrasing: Phrasing, cues: Sequence[Cue], trial: _Trial) -> tuple[Cue, ...]:
    """The cues that the phrasing has use for."""
    there = {concept for cue in cues for concept in cue.concepts}
    for choice in phrasing.cues:
        if there.isdisjoint(choice):
            trial.against.append(f"nothing says {' or '.join(choice)}")
            trial.score -= 2
            trial.cued = False
        else:
            trial.score += 2
    wanted = {concept for choice in phrasing.cues for concept in choice} | phrasing.allows | ALWAYS
    if phrasing.properties:
        said = [(concept, value) for concept, value in phrasing.properties if concept in there]
        wanted.update(concept for concept, _ in said[:1])
        if said:
            trial.score += 2
            trial.parameters["property"] = said[0][1]
        else:
            trial.against.append("nothing says which property")
            trial.score -= 2
            trial.cued = False
    if phrasing.property:
        trial.parameters["property"] = phrasing.property
    return tuple(cue for cue in cues if not cue.concepts.isdisjoint(wanted))


def _document(phrasing: Phrasing, asked: Question, mentions: Sequence[Mention], trial: _Trial) -> None:
    for mention in mentions:
        if phrasing.document and phrasing.document not in trial.parameters and len(mention.candidates) == 1:
            trial.parameters[phrasing.document] = mention.candidates[0].value
            trial.score += 2
        else:
            trial.against.append(f"{asked.slug} has no use for the document {mention.text!r}")
            trial.score -= _PENALTY


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
            trial.against.append(f"{asked.slug} has no use for {mention.text!r}")
            trial.score -= _PENALTY
            continue
        fitting = tuple(c for c in mention.candidates if _fits(c, phrasing.kinds) and _fits(c, parameter.kinds))
        if not fitting:
            wanted = " or ".join(phrasing.kinds or parameter.kinds)
            trial.against.append(f"{mention.text!r} is no {wanted}")
            trial.score -= _PENALTY
            continue
        trial.entity, trial.candidates, trial.mention = parameter.name, fitting, mention
        trial.score += 2
        if roles_of(reading, mention, about).isdisjoint(phrasing.roles):
            trial.against.append(f"{mention.text!r} stands in another place than in {asked.slug}")
            trial.score -= 2


def _fits(candidate: Candidate, kinds: Iterable[object]) -> bool:
    wanted = tuple(kinds)
    return candidate.kind is not None and (not wanted or any(is_a(candidate.kind, kind) for kind in wanted))  # type: ignore[arg-type]


def _dates(phrasing: Phrasing, asked: Question, dates: Sequence[Timex], trial: _Trial) -> None:
    if not dates:
        return
    value = as_parameter(dates[0])
    if phrasing.date is None or len(dates) > 1 or value is None:
        trial.against.append(f"{asked.slug} has no use for {', '.join(repr(d.text) for d in dates)}")
        trial.score -= _PENALTY
        return
    trial.score += 1
    if phrasing.date == "period":
        first, last = value.split("/") if "/" in value else (value, value)
        if dates[0].bound is not Bound.UNTIL:
            trial.parameters["from"] = first
        if dates[0].bound is not Bound.FROM:
            trial.parameters["until"] = last
    elif phrasing.date != "mention":
        trial.parameters[phrasing.date] = value
        if dates[0].bound is not Bound.AT:
            trial.against.append(f"{asked.slug} asks for one time, not from or until {dates[0].text!r}")
            trial.score -= 1


def as_parameter(timex: Timex) -> str | None:
    """A date as the library takes it: 1997, 1997-09, 1997-09-23, 1960/1969; None where it has no bounds."""
    date = timex.date
    if date is None or date.earliest is None or date.latest is None:
        return None
    try:
        days(date.edtf)
    except QueryError:
        whole_years = (date.earliest.month, date.earliest.day, date.latest.month, date.latest.day) == (1, 1, 12, 31)
        return f"{date.earliest.year}/{date.latest.year}" if whole_years else f"{date.earliest}/{date.latest}"
    return date.edtf


def _required(asked: Question, trial: _Trial) -> None:
    for parameter in asked.parameters:
        if not parameter.required or parameter.name in trial.parameters or parameter.name == trial.entity:
            continue
        what = {ParameterType.DATE: "date", ParameterType.DOCUMENT: "document"}.get(parameter.type, "name that the graph knows")
        trial.against.append(f"{asked.slug} needs {parameter.name}, and the question has no {what} for it")
        trial.score -= 2


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
