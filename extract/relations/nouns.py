"""Relational nouns: 「YのメンバーはX」, 「XはYの後継である」, 「Xはカウンターパートとして、Yと…」, read from `rules/nouns.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extract.model import Bound, Date
from extract.relations.context import Context
from extract.relations.draft import LIKELY, quote
from extract.relations.factuality import phrase_standing, with_date
from extract.relations.groups import Group, Member
from extract.rules import check_keys, read_rules
from extract.syntax import Phrase
from ontology.terms import Factuality, Kind, Property, is_a

FILE = "nouns.toml"
COMING = re.compile(r"^と(?:なる|なり)(?:$|[^まてた])")
COPULA = re.compile(
    r"^[」』]?(?:で(?:ある|あり|あった|す|した|、|も)|だ|に(?:ある|あたる|当たる|置)|となる|となり|となった|とな|。|$)"
)
MADE = re.compile(r"^[」』]?と(?:する|した|して|し、)")
TOPICAL = frozenset({"は", "も", "が", "とは", "には"})


@dataclass(frozen=True, slots=True)
class Noun:
    """A relational noun and the property that it names, from possessor to value unless reversed."""

    rule: str
    words: tuple[str, ...]
    predicate: Property
    reverse: bool
    of: tuple[Kind, ...]
    kinds: tuple[Kind, ...]


@cache
def nouns() -> tuple[Noun, ...]:
    """The relational nouns as shipped. Raises DataFileError where the file is wrong."""
    data = read_rules(FILE)
    check_keys(data, required=("noun",), file=FILE, at="the file")
    found = []
    for table in data["noun"]:
        required = ("id", "meaning", "words", "property", "of", "kinds", "example", "claims", "counterexample")
        check_keys(table, required=required, optional=("reversed",), file=FILE, at=f"noun {table.get('id')}")
        of, kinds = (tuple(Kind(k) for k in table[key]) for key in ("of", "kinds"))
        words = tuple(sorted(table["words"], key=len, reverse=True))
        found.append(Noun(table["id"], words, Property(table["property"]), bool(table.get("reversed")), of, kinds))
    return tuple(found)


def assert_nouns(context: Context) -> None:
    """Make the claims of a sentence's relational nouns."""
    for phrase in context.tree.phrases:
        if phrase.name or phrase.timex:
            continue
        content = context.text[phrase.start : phrase.content_end]
        for noun in nouns():
            if any(content.endswith(w) for w in noun.words):
                _assert(context, noun, phrase)
                break


def _assert(context: Context, noun: Noun, phrase: Phrase) -> None:
    coming = noun.predicate is Property.COUNTERPART_OF and COMING.match(phrase.tail)
    found = Factuality.PLANNED if coming else phrase_standing(context.tree, _predicate(context, phrase)).factuality
    if found is None:
        return
    possessors = [g for g in context.groups if g.phrase.depends_on == phrase.index and g.particle in {"の", "における"}]
    since, until = _validity(context)
    for owner, value, places in _pairs(context, noun, phrase, possessors):
        factuality = with_date(found, since, context.published)
        subject, obj = (value, owner) if noun.reverse else (owner, value)
        evidence = quote(context.named.sentence, (phrase.start, phrase.end), *places)
        context.drafts.add(
            subject,
            noun.predicate,
            obj,
            factuality,
            evidence,
            noun.rule,
            confidence=LIKELY,
            valid_from=since,
            valid_until=until,
        )


def _predicate(context: Context, phrase: Phrase) -> Phrase:
    """The phrase that says it: the noun's own, or the one that the noun is the subject of."""
    above = context.tree.phrases[phrase.depends_on]
    return above if phrase.particle in TOPICAL and above.index > phrase.index else phrase


def _pairs(
    context: Context, noun: Noun, phrase: Phrase, possessors: Sequence[Group]
) -> Iterator[tuple[str, str, list[tuple[int, int]]]]:
    """(possessor, value, their places) for each of the ways in which the noun can stand."""
    owners = _keys(context, possessors, noun.of)
    if MADE.match(phrase.tail):
        made = list(_made(context, noun, phrase))
        if made or not phrase.tail.startswith("として"):
            yield from made
            return
    if phrase.particle in TOPICAL:
        elided = context.discourse.topic_of(noun.of, context.index)
        owners = owners or ([(elided, (phrase.start, phrase.end))] if elided else [])
        values = _keys(context, _values(context, phrase), noun.kinds)
    elif COPULA.match(phrase.tail) or phrase.particle in {"として", "と"}:
        subjects = [g for g in context.groups if g.particle in TOPICAL and g.phrase.index < phrase.index]
        values = _keys(context, subjects[:1], noun.kinds)
        if not owners and phrase.particle == "として":
            owners = _keys(
                context, [g for g in context.groups if g.particle in {"と", "との"} and g.phrase.index > phrase.index], noun.of
            )
    else:
        return
    for owner, at in owners:
        for value, place in values:
            yield owner, value, [at, place]


def _made(context: Context, noun: Noun, phrase: Phrase) -> Iterator[tuple[str, str, list[tuple[int, int]]]]:
    """両国軍の参謀総長を共同議長とするX, XはYをカウンターパートとして."""
    values = [
        g
        for g in context.groups
        if g.particle == "を" and g.phrase.index < phrase.index and g.phrase.depends_on in {phrase.index, phrase.depends_on}
    ]
    above = context.tree.phrases[phrase.depends_on]
    owners = [g for g in context.groups if g.phrase.index == above.index and above.index > phrase.index]
    owners = owners or [g for g in context.groups if g.particle in {"は", "が"} and g.phrase.index < phrase.index]
    for owner, at in _keys(context, owners[:1], noun.of):
        for value, place in _keys(context, values[-1:], noun.kinds):
            yield owner, value, [at, place]


def _values(context: Context, phrase: Phrase) -> list[Group]:
    """The groups that a sentence of the form 「NはX、Yである」 ends on; those raised to it in 「Nが国務長官に格上げ」."""
    last = context.tree.phrases[-1]
    after = [g for g in context.groups if g.phrase.index > phrase.index]
    if after and after[-1].phrase.index == last.index and COPULA.match(last.tail):
        return after
    seated = [g for g in after if g.particle in {"に", "へ"} and g.members[0].name.kind is Kind.PLACE]
    if seated:
        return seated
    return [g for g in after if g.particle == "に" and re.search(r"格上げ|変更|交代|なっ|代わ", context.text[g.end :])]


def _keys(context: Context, groups: Sequence[Group], kinds: Sequence[Kind]) -> list[tuple[str, tuple[int, int]]]:
    found = []
    for group in groups:
        for member, key in context.members(group):
            if any(is_a(context.things.kind(key), k) for k in kinds) and not _side(context, member):
                found.append((key, (member.start, member.end)))
    return found


def _side(context: Context, member: Member) -> bool:
    """Whether a state only tells whose side is listed: 日本側は."""
    after = context.text[member.name.start : member.name.end + 1]
    return member.name.kind is Kind.STATE and after.rstrip("は").endswith("側")


def _validity(context: Context) -> tuple[Date | None, Date | None]:
    """From when and until when what a sentence says held: 1990年12月の会合から, 2007年まで."""
    since = next((t.date for t in context.named.timexes if t.bound is Bound.FROM and t.date), None)
    until = next((t.date for t in context.named.timexes if t.bound is Bound.UNTIL and t.date), None)
    for group in context.groups:
        if group.particle == "から" and group.members[0].name.kind is Kind.MEETING and since is None:
            keys = context.of(group.members[0].name)
            since = context.things[keys[0]].on if keys else None
    return since, until
