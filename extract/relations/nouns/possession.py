"""How a relational noun can stand: which groups are its possessor and which its value.

「YのNはXである」「XはYのNである」「YのNであるX」「YはXがNである」「XをNとするY」「YのNとして、Xが…」「YのN:X」「Xに本部を置くY」
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.model import Stretch
from extract.relations.discourse.context import Context, keys_of
from extract.relations.discourse.entries import said_of
from extract.relations.grammar.copulas import AND_THEN, COPULA, DENIED
from extract.relations.grammar.groups import Group
from extract.relations.nouns.owners import SEAT_NOUN, TOPIC_MARKS, Keyed, elided, owners_of
from extract.relations.nouns.seats import seated, set_up_in
from extract.syntax import Phrase
from ontology.terms import Kind, Property

BEING_OF = re.compile(r"^[」』]?(?:で(?:ある|あった)|だった|となる|となった|に(?:あたる|当たる))$")
MADE_INTO = re.compile(r"^[」』]?と(?:する|した|して|し、)")
TAKING_AS = re.compile(r"^[」』]?とし(?:て)?、")
COLON = re.compile(r"^[」』]?(?:\([^()]*\))?(?::|は:)")
CHANGED = re.compile(r"格上げ|変更|交代|なっ|代わ|改め|改ま")
ORGAN = re.compile(r"(?:最高|(?:最高)?意思決定|執行|諮問|付属|附属)機関")
BELOW = re.compile(r"傘下|隷下|指揮下|下部組織|下部機関|付属機関|附属機関")
INCLUDED = re.compile(r"含まれ|名を連ね|加わっ|加わる|入っ|入る|い(?:る|た)|顔を")
OF_BEFORE = re.compile(r"^(?:その|同)$")


@dataclass(frozen=True, slots=True)
class Pair:
    """A possessor and a value with their places, and the phrase that the value stands in."""

    owner: str
    value: str
    places: tuple[Stretch, Stretch]
    at: Phrase


def pairs(
    context: Context, phrase: Phrase, *, of: Sequence[Kind], kinds: Sequence[Kind], predicate: Property, listing: bool
) -> Iterator[Pair]:
    """Possessors and values in each of the ways in which a noun can stand.

    `listing`: the noun only tells in 「YのNとして、Xが…」 (分科委員会として), and says nothing elsewhere.
    """
    owners = keys_of(context, owners_of(context, phrase), of)
    made = list(_made(context, phrase, of=of, kinds=kinds)) if MADE_INTO.match(phrase.tail) and not listing else []
    if phrase.particle == "として" and not made:
        made = list(_as(context, phrase, owners, of=of, kinds=kinds, predicate=predicate))
    if made or listing or MADE_INTO.match(phrase.tail):
        yield from made
        return
    if phrase.particle == "を" and Kind.PLACE in kinds:
        hosts, towns = ([], []) if owners else seated(context, phrase, of=of)
        yield from _crossed(hosts, _keys_at(context, towns, kinds))
        return
    if phrase.particle in TOPIC_MARKS or COLON.match(phrase.tail):
        branch = Kind.PLACE in kinds and not SEAT_NOUN.fullmatch(context.text, phrase.start, phrase.content_end)  # 連絡事務所は
        owners = owners or ([] if branch or COLON.match(phrase.tail) else elided(context, phrase, of))
        values = _keys_at(context, _values(context, phrase), kinds) or _titles(context, phrase, kinds)
    elif phrase.tail == "の" and predicate is Property.PART_OF and BELOW.fullmatch(_last(context, phrase)):
        above = context.tree.phrases[phrase.depends_on]
        beside = [g for g in context.groups if g.end == phrase.start + len(g.phrase.tail) or g.phrase.index == phrase.index]
        owners = owners or keys_of(context, [g for g in beside if not g.particle or g.phrase.index == phrase.index], of)
        values = _keys_at(context, [g for g in context.groups if g.phrase.index == above.index and above.name], kinds)
        if above.name is None and COPULA.match(above.tail):
            values = _said_of(context, phrase, kinds)
    elif BEING_OF.match(phrase.tail) and context.tree.phrases[phrase.depends_on].index > phrase.index:
        above = context.tree.phrases[phrase.depends_on]
        values = _keys_at(context, [g for g in context.groups if g.phrase.index == above.index and above.name], kinds)
        said = COPULA.match(above.tail) or not above.head.nominal
        values = values or (_said_of(context, phrase, kinds) if said else [])
        whole = context.discourse.whole(context.index) if not owners and predicate is Property.PART_OF else None
        if whole and ORGAN.fullmatch(context.text, phrase.start, phrase.content_end):
            owners = [(whole, (phrase.start, phrase.end))]
    elif COPULA.match(phrase.tail) or phrase.particle == "と" or _amounts(context, phrase):
        values = _said_of(context, phrase, kinds)
        if not owners:
            owners, values = _subject_of_subject(context, phrase, of=of, kinds=kinds)
        elif not values and predicate is Property.PART_OF:
            values = _headword(context, phrase, kinds)
    else:
        return
    yield from _crossed(owners, values)


Placed = list[tuple[str, Stretch, Phrase]]


def _last(context: Context, phrase: Phrase) -> str:
    """The words of a phrase behind the name that it may begin with: インド太平洋軍|隷下の."""
    names = [w.end for w in phrase.words if w.name]
    return context.text[max(names, default=phrase.start) : phrase.content_end]


def _crossed(owners: Keyed, values: Placed) -> Iterator[Pair]:
    for owner, place in owners:
        for value, there, at in values:
            yield Pair(owner, value, (place, there), at)


def _amounts(context: Context, phrase: Phrase) -> bool:
    """XはYの後継にあたる, 位置付けられる; Xは加盟国ではない."""
    behind = context.text[phrase.content_end :]
    return bool(DENIED.match(behind) or re.match(r"に(?:あたる|当たる|位置付け|位置づけ)", behind))


def _said_of(context: Context, phrase: Phrase, kinds: Sequence[Kind]) -> Placed:
    """The topic of a noun that is its predicate: Xは(Yの)Nである; a subject before it is of a clause: Zが創設するXは…."""
    subjects = [g for g in context.groups if g.particle in TOPIC_MARKS and g.phrase.index < phrase.index]
    subjects.sort(key=lambda g: g.particle == "が")
    return _keys_at(context, subjects[:1], kinds)


def _headword(context: Context, phrase: Phrase, kinds: Sequence[Kind]) -> Placed:
    """What the text is about, where a sentence without a topic ends on the noun: 航空の安全を守る国土交通省の|外局."""
    key = said_of(context, phrase, kinds)
    return [(key, (phrase.start, phrase.content_end), phrase)] if key else []


def _subject_of_subject(context: Context, phrase: Phrase, *, of: Sequence[Kind], kinds: Sequence[Kind]) -> tuple[Keyed, Placed]:
    """YはXがNである: the topic possesses, the subject is the value."""
    topics = [g for g in context.groups if g.particle in {"は", "も", "では"} and g.phrase.index < phrase.index]
    subjects = [g for g in context.groups if g.particle == "が" and g.phrase.depends_on == phrase.index]
    if not topics or not subjects or topics[0].phrase.index > subjects[0].phrase.index:
        return [], []
    return keys_of(context, topics[:1], of), _keys_at(context, subjects[:1], kinds)


def _as(
    context: Context, phrase: Phrase, owners: Keyed, *, of: Sequence[Kind], kinds: Sequence[Kind], predicate: Property
) -> Iterator[Pair]:
    """XはYのNとして設置された; YのNとして、Xが設置された; XはNとして、YとZと調整する (opposite numbers)."""
    before = context.tree.phrases[phrase.index - 1] if phrase.index else None
    if not owners and before and OF_BEFORE.match(context.text[before.start : before.end]):
        owners = elided(context, phrase, of)
    values = _said_of(context, phrase, kinds)
    if values and values[0][2].particle == "が" and values[0][2].depends_on < phrase.index:
        values = []  # 理事会が設けられ、その下部機関として参謀会議が置かれた: what a clause before is about
    if not values:
        marked = re.compile(r"^[」』]?(?:など|等)?[がをはも]")
        after = [g for g in context.groups if g.phrase.index > phrase.index and marked.match(g.phrase.tail)]
        values = _keys_at(context, after[:1], kinds)
    if not owners and predicate is Property.COUNTERPART_OF:
        owners = keys_of(context, _with(context, phrase), of)
    yield from _crossed(owners, values)


def _with(context: Context, phrase: Phrase) -> list[Group]:
    """Those who are dealt with: Y、Zと調整する, the list being one though the parser parts it."""
    after = [g for g in context.groups if g.phrase.index > phrase.index]
    found: list[Group] = []
    for group in reversed(after):
        listed = found and group.particle == "" and context.text[group.end : found[-1].start] == "、"
        if group.particle in {"と", "との"} or listed:
            found.append(group)
    return found[::-1]


def _made(context: Context, phrase: Phrase, *, of: Sequence[Kind], kinds: Sequence[Kind]) -> Iterator[Pair]:
    """両国軍の参謀総長を共同議長とするX, XはYをカウンターパートとして."""
    values = [
        g
        for g in context.groups
        if g.particle == "を" and g.phrase.index < phrase.index and g.phrase.depends_on in {phrase.index, phrase.depends_on}
    ]
    above = context.tree.phrases[phrase.depends_on]
    owners = [g for g in context.groups if g.phrase.index == above.index and above.index > phrase.index]
    owners = owners or [g for g in context.groups if g.particle in {"は", "が"} and g.phrase.index < phrase.index]
    objects = [p for p in context.tree.dependants[phrase.index] if p.particle == "を" and p.index < phrase.index]
    told = keys_of(context, owners[:1], of)
    if not owners and TAKING_AS.match(phrase.tail) and values:
        told = elided(context, phrase, of)
    found = _keys_at(context, values[-1:], kinds) or [t for p in objects[-1:] for t in _title(context, p, kinds)]
    yield from _crossed(told, found)


def _values(context: Context, phrase: Phrase) -> list[Group]:
    """The groups that a sentence of the form 「NはX、Yである」 ends on; those raised to it in 「Nが国務長官に格上げ」."""
    last = context.tree.phrases[-1]
    after = [g for g in context.groups if g.phrase.index > phrase.index]
    if after and after[-1].phrase.index == last.index and COPULA.match(last.tail):
        return [g for g in after if g.phrase.index == last.index or g.particle in _listing(g)]
    if COLON.match(phrase.tail):
        return after[:1] if after and not after[0].particle else []
    if (
        after
        and after[0].start == phrase.end
        and after[0].members[0].name.kind is Kind.STATE
        and AND_THEN.match(after[0].phrase.tail)
    ):
        return after[:1]  # 原加盟国はA、Bの2か国で、後にCが加盟した
    if phrase.particle == "には" and INCLUDED.match(context.text, context.tree.phrases[phrase.depends_on].start):
        return [g for g in after if g.particle in {"が", "も"} and g.phrase.depends_on == phrase.depends_on]
    other = next(
        (g.start for g in after if g.particle in {"は", "が"} and g.members[0].name.kind is not Kind.PLACE), len(context.text)
    )
    seated = [g for g in after if g.particle in {"に", "へ"} and g.members[0].name.kind is Kind.PLACE and g.start < other]
    if seated or not after:
        return seated or set_up_in(context, phrase)
    return [g for g in after if g.particle == "に" and CHANGED.search(context.text[g.end :])]


def _listing(group: Group) -> frozenset[str]:
    """The particles with which a group is one of those that a sentence ends on; a place may hold the next: 東京の市ヶ谷."""
    return frozenset({"", "と", "や", "の"} if group.members[0].name.kind is Kind.PLACE else {"", "と", "や"})


def _titles(context: Context, phrase: Phrase, kinds: Sequence[Kind]) -> Placed:
    """A bare title that a sentence ends on: 議長は外務審議官である."""
    last = context.tree.phrases[-1]
    copular = last.index > phrase.index and COPULA.match(last.tail) and phrase.depends_on == last.index
    return _title(context, last, kinds) if copular else []


def _title(context: Context, phrase: Phrase, kinds: Sequence[Kind]) -> Placed:
    content = context.text[phrase.start : phrase.content_end]
    if Kind.POST not in kinds or phrase.name or context.things.knowledge.rules.post_of(content) != content:
        return []
    if content in context.things.knowledge.rules.no_posts:
        return []
    return [(context.things.take(content, Kind.POST), (phrase.start, phrase.content_end), phrase)]


def _keys_at(context: Context, groups: Sequence[Group], kinds: Sequence[Kind]) -> Placed:
    return [(key, place, g.phrase) for g in groups for key, place in keys_of(context, [g], kinds)]
