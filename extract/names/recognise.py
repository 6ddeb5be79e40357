"""Names over one document: what each recogniser finds, settled into one list for each sentence.

Two passes: the first learns names and their short forms wherever the document defines them, the second
finds all of them everywhere. Then equal things are made one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.model import Sentence, Timex
from extract.names.anaphora import anaphors, sessions
from extract.names.compounds import structural_names
from extract.names.coordinated import between_states, joined_modifiers, shared_heads
from extract.names.definitions import Alias, aliases
from extract.names.descriptions import describes, named_in_bracket, saying_what, with_its_kind
from extract.names.drawn_up import drawn_up
from extract.names.found import Name, fold, longest
from extract.names.knowledge import Knowledge
from extract.names.lexicon import Known, Lexicon, make_lexicon
from extract.names.listed import listed_names
from extract.names.organs import RULE as ORGAN_RULE
from extract.names.organs import entry_of, organs
from extract.names.people import titled_people
from extract.names.quoted import quoted_names
from extract.names.spellings import called_afterwards, of_year, spell
from extract.names.states import place_names, state_names
from extract.names.surnames import join_surnames
from extract.names.things import Things, _strip
from extract.names.titles import legal_titles
from extract.names.widened import OF_WHAT, described_names, whose_doing, widen
from extract.tokens import Token
from ontology.terms import Kind, is_a

ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&/-]{1,5}")
ACRONYM_FIRST = re.compile(r"([A-Z]{3,8})(?:パートナーシップ|同盟)")
ACRONYM_LAST = re.compile(r"(?<![A-Za-z0-9-])([A-Z]{3,8})[」』]?$")
# Recognisers whose finds refer to what was named before.
REFERRING = frozenset({"anaphor", "bare", "both", "session"})


@dataclass(frozen=True, slots=True)
class Holding:
    """A person and the post that stands with the name, by their places in the sentence."""

    person: tuple[int, int]
    post: tuple[int, int]


Found = tuple[tuple[Name, ...], tuple[Holding, ...]]


@dataclass(frozen=True, slots=True)
class NamedSentence:
    """A sentence with its words, dates and names. `names` do not overlap, are in text order and have keys, but for the ambiguous."""

    sentence: Sentence
    tokens: tuple[Token, ...]
    timexes: tuple[Timex, ...]
    names: tuple[Name, ...]
    holdings: tuple[Holding, ...] = ()


def recognise(
    sentences: Sequence[Sentence],
    tokens: Sequence[tuple[Token, ...]],
    timexes: Sequence[tuple[Timex, ...]],
    *,
    knowledge: Knowledge,
) -> tuple[tuple[NamedSentence, ...], Things]:
    """The names of every sentence and the things that they mean."""
    things = Things(knowledge)
    found = [_find(s, t, x, knowledge) for s, t, x in zip(sentences, tokens, timexes, strict=True)]
    entry = entry_of(sentences, [names for names, _ in found])
    found = [(organs(names, s.text, entry), held) for s, (names, held) in zip(sentences, found, strict=True)]
    said = saying_what(sentences, [names for names, _ in found], states=knowledge.states)
    found = [(tuple(n for n in names if n not in what), held) for what, (names, held) in zip(said, found, strict=True)]
    found = _standing(sentences, found)
    given = [_learn(s.text, names, things) for s, (names, _) in zip(sentences, found, strict=True)]
    _footnoted(sentences, [names for names, _ in found], things)
    called_afterwards(sentences, [names for names, _ in found], things)
    _shortened(things, [names for names, _ in found])
    spell(things)
    join_surnames(things, ((t, names) for t, (names, _) in zip(tokens, found, strict=True)))
    learnt = _learnt(things)
    named = []
    for sentence, words, dates, (names, holdings) in zip(sentences, tokens, timexes, found, strict=True):
        more = learnt.find(sentence.text, words)
        settled = [_settle(n, things) for n in longest((*names, *more)) if not _dated(n, dates)]
        settled = [*of_year(settled, sentence.text, things)]
        named.append(NamedSentence(sentence, words, dates, tuple(settled), holdings))
    del given
    return tuple(named), things


def _find(sentence: Sentence, tokens: tuple[Token, ...], timexes: tuple[Timex, ...], knowledge: Knowledge) -> Found:
    text, rules = sentence.text, knowledge.rules
    blocked = frozenset(i for x in timexes for i in range(x.start, x.end))
    people = titled_people(tokens, blocked=blocked, rules=rules, lexicon=knowledge.lexicon, states=knowledge.states)
    compounds = structural_names(tokens, blocked=blocked, rules=rules, lexicon=knowledge.lexicon, states=knowledge.states)
    held = [t for t in people if t.person and t.post]
    compounds = tuple(
        n for n in compounds if not any(t.person and t.post and n.start == t.person.start and n.end < t.post.end for t in held)
    )  # 申源湜国防部|長官
    numbered = [
        Name(m.start(), m.end(), m.group(), rule.kind, certainty=3, rule=rule.rule)
        for rule in rules.numbered
        for m in rule.pattern.finditer(text)
        if not _inside_word(text, m)
    ]
    states = state_names(text, tokens, states=knowledge.states)
    known = knowledge.lexicon.find(text, tokens)
    names = longest(
        (
            *known,
            *(w for n in compounds if not OF_WHAT.fullmatch((w := _whole(n, text, tokens, states, blocked)).label)),
            *shared_heads(text, states, longest((*known, *compounds)), known=knowledge.states),
            *between_states(text, states, longest((*known, *compounds)), known=knowledge.states),
            *joined_modifiers(text, tokens, blocked=blocked, rules=rules, states=knowledge.states),
            *(widen(n, text, tokens, blocked=blocked) for n in described_names(text, tokens, rules=rules, blocked=blocked)),
            *legal_titles(text, tokens, rules=rules, states=knowledge.states, blocked=blocked),
            *listed_names(text, rules=rules),
            *drawn_up(text, tokens, blocked=blocked),
            *numbered,
            *quoted_names(text, rules=rules),
            *states,
            *place_names(text, tokens, states=knowledge.states, bodies=_seats((*known, *compounds))),
            *(n for t in people for n in (t.person, t.post) if n),
            *anaphors(text, tokens, rules=rules),
            *sessions(text, tokens, bodies=_bodies(known)),
        )
    )
    names = tuple(n for n in names if not (_says_what(n, text, names) or describes(n, text, names, states=knowledge.states)))
    names = tuple(with_its_kind(named_in_bracket(n, text, names, rules=rules), text) for n in names)
    kept = {(n.start, n.end) for n in names}
    holdings = tuple(
        Holding((t.person.start, t.person.end), (t.post.start, t.post.end))
        for t in people
        if t.person and t.post and {(t.person.start, t.person.end), (t.post.start, t.post.end)} <= kept
    )
    return names, holdings


def _whole(name: Name, text: str, tokens: Sequence[Token], states: Sequence[Name], blocked: frozenset[int]) -> Name:
    """A compound with what stands before it and belongs to it."""
    return whose_doing(widen(name, text, tokens, blocked=blocked), text, states)


# What is done to a series of meetings alone: 次官級会合を立ち上げ, 防衛大臣会合として定例化.
SERIES = re.compile(
    r"[」』]?(?:\([^()]*\))?(?:(?:を|が|は、?)(?:新たに|正式に)?(?:立ち上げ|創設|新設|設置|設け|発足|定例化|常設化|制度化)"
    r"|として(?:定例化|定期化|常設化|制度化)|の下に(?:置|設))"
)
TALKS = re.compile(r"首脳|会談$")


def _standing(sentences: Sequence[Sentence], found: Sequence[Found]) -> list[Found]:
    """The names with those meetings made forums that the document tells to be set up: 次官級会合を立ち上げた."""
    series = {
        n.label
        for s, (names, _) in zip(sentences, found, strict=True)
        for n in names
        if n.kind is Kind.MEETING and n.rule not in REFERRING and not TALKS.search(n.label) and SERIES.match(s.text, n.end)
    }
    return [
        (tuple(replace(n, kind=Kind.FORUM) if n.kind is Kind.MEETING and n.label in series else n for n in names), held)
        for names, held in found
    ]


def _says_what(name: Name, text: str, names: Sequence[Name]) -> bool:
    """Whether a name only says what the quotation behind it names: 共同海上演習 of 共同海上演習「海上連合」."""
    quoted = name.kind is Kind.OCCURRENCE and not name.keys and text.startswith(("「", "『"), name.end)
    return quoted and any(n.start == name.end + 1 and n.kind is Kind.OCCURRENCE for n in names)


def _bodies(known: Sequence[Name]) -> frozenset[int]:
    """Where the names of bodies that hold meetings end."""
    return frozenset(n.end for n in known if is_a(n.kind, Kind.PARTNERSHIP) or is_a(n.kind, Kind.FORUM))


def _seats(names: Sequence[Name]) -> frozenset[int]:
    """Where the names of bodies that have a seat begin."""
    return frozenset(n.start for n in names if n.kind in {Kind.COMMAND, Kind.ORGANISATION, Kind.GOVERNMENT_BODY})


def _inside_word(text: str, match: re.Match[str]) -> bool:
    """Whether a numbered name is the tail or the head of a longer Latin word or number."""
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1]
    return (before.isascii() and (before.isalnum() or before == "-")) or (
        after.isascii() and after.isalnum() and text[match.end() - 1].isascii()
    )


def _dated(name: Name, timexes: Sequence[Timex]) -> bool:
    """Whether a name is part of a date: a date never names."""
    return any(x.start <= name.start and name.end <= x.end for x in timexes)


def _learn(text: str, names: Sequence[Name], things: Things) -> tuple[Alias, ...]:
    """Take a sentence's names in, and the further names that it gives them."""
    keys: dict[int, str] = {}
    bare = (Alias(n.start, text[n.start : n.end]) for n in names if n.rule == ORGAN_RULE)
    given = (*aliases(text, names, rules=things.knowledge.rules), *bare)
    short = {fold(a.text) for a in given if ACRONYM.fullmatch(a.text)}
    for name in names:
        if name.ambiguous and _another(name, given, things):
            keys[name.start] = things.take(name.label, name.kind)
            things.redefine(keys[name.start], name.label)
            continue
        if name.plural or name.ambiguous or name.rule in REFERRING or name.kind is Kind.MEETING:
            continue
        if name.keys and fold(name.label) in short:
            continue  # an acronym that is given right here is taken in with what it is given to
        keys[name.start] = things.known(name.keys[0]).key if name.keys else things.take(name.label, name.kind)
    for alias in given:
        key = keys.get(alias.start)
        if key is None:
            continue
        other = things.find(alias.text, things.kind(key))
        if other and fold(alias.text) in short and not things.alike(key, other):
            things.redefine(key, alias.text)
            continue
        if other != key and key in things.knowledge.sharers.get(fold(alias.text), ()):
            things.redefine(key, alias.text)  # 2025会計年度国防権限法(NDAA): this year's here
        elif other and things.current(other) != things.current(key):
            if other not in things:
                things.known(other)
            things.merge(key, other)
        elif fold(alias.text) not in things.knowledge.sharers:
            things.name(key, alias.text)
    return given


def _another(name: Name, given: Sequence[Alias], things: Things) -> bool:
    """Whether a shared name is of a thing that none of its known bearers is: the acronym given to it here is none of theirs."""
    acronym = next((a.text for a in given if a.start == name.start and ACRONYM.fullmatch(a.text)), None)
    if acronym is None or fold(acronym) in things.knowledge.bearers or fold(acronym) in things.knowledge.sharers:
        return False
    return not any(fold(acronym) in fold(n) for k in name.keys for n in things.knowledge.entries[k].names)


def _footnoted(sentences: Sequence[Sentence], found: Sequence[Sequence[Name]], things: Things) -> None:
    """A footnote that is no more than a name tells what the acronym that calls it stands for: 「ANNPA³」 … 「³ 海軍原子力推進協力協定。」."""
    texts = {s.index: s.text for s in sentences}
    for sentence, names in zip(sentences, found, strict=True):
        caller = texts.get(sentence.introduced_by) if sentence.introduced_by is not None else None
        if (
            caller is None
            or sentence.call_at is None
            or len(names) != 1
            or names[0].kind in {Kind.STATE, Kind.PERSON, Kind.POST}
        ):
            continue
        acronym = ACRONYM_LAST.search(caller, 0, sentence.call_at)
        whole = names[0].start == 0 and not sentence.text[names[0].end :].strip("。")
        if acronym and whole and not things.find(acronym.group(1), names[0].kind):
            things.name(things.take(names[0].label, names[0].kind), acronym.group(1))


def _shortened(things: Things, found: Sequence[Sequence[Name]]) -> None:
    """防衛協力小委員会 is 日米防衛協力小委員会, where the document names just one body that ends so."""
    bare: dict[str, list[str]] = {}
    for thing in list(things):
        for name in (thing.label, *thing.names):
            if things.knowledge.states.prefix(name):
                bare.setdefault(fold(_strip(name, things.knowledge)), []).append(thing.key)
    for thing in list(things):
        full = {things.current(k) for k in bare.get(fold(thing.label), ())} or _bodies_of(thing.label, thing.kind, things)
        if len(full) == 1 and not thing.authority and thing.kind is not Kind.MEETING:
            whole = things[full.pop()]
            if whole.key != thing.key and not _of_others(thing.label, whole.label, found, things):
                things.merge(whole.key, thing.key)
                continue
        plain = things.plainly(thing.label, thing.kind)
        if plain and things.current(plain) != things.current(thing.key) and not thing.authority:
            things.merge(plain, thing.key)
        elif thing.kind is Kind.PARTNERSHIP and not thing.authority and (short := ACRONYM_FIRST.fullmatch(thing.label)):
            things.name(thing.key, short.group(1))


SHORTENED = (Kind.COMMAND, Kind.FORUM, Kind.MECHANISM, Kind.GOVERNMENT_BODY)


def _bodies_of(label: str, kind: Kind, things: Things) -> set[str]:
    """The bodies whose names put only whose they are before a name: 国連軍後方司令部 for 後方司令部."""
    if kind not in SHORTENED:
        return set()
    full = ((t, n.removesuffix(label)) for t in things if t.kind is kind for n in (t.label, *t.names) if n.endswith(label))
    return {
        t.key
        for t, owner in full
        if owner
        and (ACRONYM.fullmatch(owner) or any(is_a(k.kind, Kind.INSTITUTION) for k in things.knowledge.lexicon.lookup(owner)))
    }


def _of_others(label: str, full: str, found: Sequence[Sequence[Name]], things: Things) -> bool:
    """Whether a short name stands where the text speaks of other states than those of the full one."""
    own = frozenset(things.knowledge.states.prefix(full))
    for names in found:
        pairs = {frozenset(n.keys) for n in names if n.kind is Kind.STATE and len(n.keys) > 1}
        if own and pairs and own not in pairs and any(n.label == label for n in names):
            return True
    return False


def _learnt(things: Things) -> Lexicon:
    """The names that the document taught and the authority does not know."""
    return make_lexicon(
        (name, Known(thing.key, thing.kind))
        for thing in things
        for name in (thing.label, *thing.names)
        if thing.kind not in {Kind.STATE, Kind.PERSON, Kind.POST, Kind.MEETING} and fold(name) not in things.knowledge.sharers
    )


def _settle(name: Name, things: Things) -> Name:
    """A name with the key of its thing; the ambiguous ones wait for their context."""
    if name.kind is Kind.STATE:
        for key in name.keys:
            things.known(key)
        return name
    redefined = things.redefined.get(fold(name.label))
    if (name.ambiguous and not redefined) or name.rule in REFERRING or name.kind is Kind.MEETING:
        return name
    if redefined:
        return replace(name, keys=(things.current(redefined),), kind=things.kind(redefined), ambiguous=False)
    key = things.current(name.keys[0]) if name.keys and name.keys[0] in things else things.take(name.label, name.kind)
    return replace(name, keys=(key,), kind=things.kind(key))
