"""Who holds a post, said without a title beside the name: 「初代の事務局長はタイのポット・サラシンである」, 「Xは…研究員である」."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.model import Stretch
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, quote
from extract.relations.factuality.standing import phrase_standing
from extract.relations.grammar.copulas import COPULA, DENIED
from extract.relations.grammar.groups import Group
from extract.relations.nouns.owners import owners_of
from extract.syntax import Phrase
from extract.tokens import Token
from ontology.terms import Factuality, Kind, Property

SUBJECT = frozenset({"は", "が", "も"})
ORDINAL = re.compile(r"^(?:初代|第[\d一二三四五六七八九十]+代|現|現在の)")
FORMER = re.compile(r"^[元前]")
KATAKANA = re.compile(r"[ァ-ヶー]{2,}")
FULL_KATAKANA = re.compile(r"[ァ-ヶー]{2,}(?:[・=][ァ-ヶー]{1,})+")
# What follows a name without being of it.
ADDRESS = re.compile(r"(?:氏|博士|教授|議員|元帥|(?:[陸海空]軍)?[大中少]将|[陸海空]将補?|将軍|提督|[大中少]佐)?$")
LEADING = re.compile(r"(?:[^、。]{1,25}の|、)$")  # タイの, 米国出身の
Placed = tuple[str, Stretch]  # a thing and where it stands
WAS = re.compile(r"^[」』]?(?:だった|である|であった)$")
BRACKET = re.compile(r"(?:\([^()]*\))?")


def assert_holders(context: Context) -> None:
    """Make the claims about who holds the posts of a sentence."""
    for group in context.groups:
        if group.members[0].name.kind is not Kind.POST or len(group.members) > 1:
            continue
        if group.particle in SUBJECT:
            _named_after(context, group)
        elif WAS.match(group.phrase.tail):
            _named_behind(context, group)
        elif _copular(context, group.phrase):
            _named_before(context, group)


def _copular(context: Context, phrase: Phrase) -> bool:
    return bool(COPULA.match(phrase.tail) or DENIED.match(context.text[phrase.content_end :]))


def _start(context: Context, group: Group) -> int:
    """Where a post begins with what tells its turn: 初代の事務局長."""
    before = context.tree.phrases[group.phrase.index - 1] if group.phrase.index else group.phrase
    return before.start if ORDINAL.match(context.text[before.start : before.end]) else group.start


def _named_after(context: Context, group: Group) -> None:
    """PはXである: a person as the predicate of a post."""
    above = context.tree.phrases[group.phrase.depends_on]
    if above.index <= group.phrase.index or not _copular(context, above):
        return
    ordinal = bool(ORDINAL.match(context.text[_start(context, group) :]))
    person = person_named(context, above, group.phrase.end, expected=ordinal)
    post = post_named(context, group)
    if person and post:
        _claim(context, person, (post, (group.start, group.end)), above)


def _named_behind(context: Context, group: Group) -> None:
    """XだったP: a person right behind a clause that tells the post: 海上幕僚長だった酒井良."""
    behind = context.tree.phrases[min(group.phrase.index + 1, len(context.tree.phrases) - 1)]
    if group.phrase.depends_on != behind.index or behind is group.phrase:
        return
    person = person_named(context, behind, group.phrase.end)
    post = _post_of_body(context, group)
    if person and post:
        _claim(context, person, post, group.phrase)


def _named_before(context: Context, group: Group) -> None:
    """XはPである: a person as the subject of a post."""
    subject = next((p for p in context.tree.dependants[group.phrase.index] if p.particle in SUBJECT), None)
    if subject is None or subject.timex:
        return
    person = person_named(context, subject, 0)
    post = _post_of_body(context, group)
    if person and post:
        _claim(context, person, post, group.phrase)


def person_named(context: Context, phrase: Phrase, floor: int, *, expected: bool = False) -> Placed | None:
    """The person whom a phrase names: one found as a name, else a personal name that nothing but 「Yの」 stands before."""
    for name in context.named.names:
        held = any(h.person == (name.start, name.end) for h in context.named.holdings)
        ends = floor <= name.start < name.end <= phrase.content_end and ADDRESS.fullmatch(
            context.text[name.end : phrase.content_end]
        )
        if name.kind is Kind.PERSON and ends and not held:
            keys = context.of(name)
            return (keys[0], (name.start, name.end)) if keys else None
    span = None if phrase.name else _person_until(context, floor, phrase.content_end, expected=expected)
    if span is None:
        return None
    key = context.things.take(context.text[slice(*span)], Kind.PERSON)
    context.discourse.mention((key,), Kind.PERSON)
    return key, span


def _claim(context: Context, person: Placed, post: Placed, predicate: Phrase) -> None:
    found = phrase_standing(context.tree, predicate).factuality
    if found is None:
        return
    if DENIED.match(context.text[predicate.content_end :]):
        found = Factuality.NEGATED
    evidence = quote(context.named.sentence, person[1], post[1])
    context.drafts.add(person[0], Property.HOLDS_POST, post[0], found, evidence, "holder.copula", confidence=LIKELY)


def _person_until(context: Context, start: int, end: int, *, expected: bool = False) -> Stretch | None:
    """The stretch [a, b) of a personal name that ends, but for a rank, at `end`; before it, since `start`, nothing but 「Yの」.

    One word of katakana is a name where no dictionary has it, or where a person is `expected`.
    """
    text = context.text[start:end]
    text = ADDRESS.sub("", text, count=1)
    inside = [t for t in context.named.tokens if t.start >= start and t.end <= start + len(text)]
    name = list(_personal(inside))
    if not name or name[0].end > start + len(text):
        return None
    first, last = name[0].start, start + len(text)
    before = context.text[start:first]
    if before and not LEADING.match(before):
        return None
    if any(n.start < last and first < n.end for n in context.named.names):
        return None
    shown = context.text[first:last]
    certain = all(t.person for t in name) or FULL_KATAKANA.fullmatch(shown)
    lone = len(name) == 1 and KATAKANA.fullmatch(shown) and (name[0].unknown or expected)
    return (first, last) if certain or lone else None


def _personal(tokens: list[Token]) -> Iterator[Token]:
    """The words at the end of a stretch that can be a personal name, left to right."""
    first = len(tokens)
    while first and (tokens[first - 1].person or KATAKANA.fullmatch(tokens[first - 1].text) or tokens[first - 1].text in "・="):
        first -= 1
    yield from tokens[first:]


def post_named(context: Context, group: Group) -> str | None:
    """The post that a subject names: that of the body that it is said to be of, where one is known by that name."""
    name = group.members[0].name
    title = ORDINAL.sub("", name.label)
    if FORMER.match(title) or FORMER.match(context.text[max(name.start - 1, 0) :]):
        return None
    for owner in owners_of(context, group.phrase):
        known = context.things.find(f"{owner.members[0].name.label}{title}", Kind.POST)
        if known:
            return context.things.take(f"{owner.members[0].name.label}{title}", Kind.POST)
    keys = context.of(name)
    if title != name.label:
        return context.things.take(title, Kind.POST)
    return keys[0] if keys else None


def _post_of_body(context: Context, group: Group) -> Placed | None:
    """The post that a predicate names, with the body that stands right before it: 王立防衛研究所アジア部研究員."""
    name = group.members[0].name
    if FORMER.match(name.label) or FORMER.match(context.text[name.start - 1 :]):
        return None
    bodies = [n for n in context.named.names if n.end <= name.start and n.kind in {Kind.ORGANISATION, Kind.GOVERNMENT_BODY}]
    for body in bodies:
        if BRACKET.fullmatch(context.text[body.end : name.start]):
            key = context.things.take(f"{body.label}{name.label}", Kind.POST)
            context.things.name(key, context.text[body.start : name.end])
            return key, (body.start, name.end)
    keys = context.of(name)
    return (keys[0], (name.start, name.end)) if keys else None
