"""Relational nouns: 「YのメンバーはX」, 「XはYの後継である」, 「Xはカウンターパートとして、Yと…」, read from `rules/nouns.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extract.model import Bound, Date, Timex
from extract.relations.discourse.context import Context, keys_of
from extract.relations.discourse.draft import LIKELY, quote
from extract.relations.factuality.outlook import gone_by, with_date
from extract.relations.factuality.standing import phrase_standing
from extract.relations.grammar.copulas import DENIED
from extract.relations.grammar.timing import span_of
from extract.relations.nouns.contents import matters
from extract.relations.nouns.owners import TOPIC_MARKS, owners_of
from extract.relations.nouns.possession import CHANGED, Pair, pairs
from extract.relations.nouns.turns import seat
from extract.rules import check_keys, read_rules
from extract.syntax import Phrase
from ontology.terms import Factuality, Kind, Property

FILE = "nouns.toml"
COMING = re.compile(r"^と(?:なる|なり)(?:$|[^まてた])")
# What a role may carry in front and still be only the role: 日本側議長, 初代議長.
QUALIFIED = re.compile(r"^(?:[一-龥ァ-ヶー]{1,8}側|初代|第[\d一二三四五六七八九十]+代|現|共同)")
MOVED = re.compile(r"移[っりさし転]|変更|" + CHANGED.pattern)


@dataclass(frozen=True, slots=True)
class Noun:
    """A relational noun and the property that it names, from possessor to value unless reversed.

    `listing`: the noun tells it only where it is listed under, 「Yの分科委員会として、X…」.
    """

    rule: str
    words: tuple[str, ...]
    predicate: Property
    reverse: bool
    of: tuple[Kind, ...]
    kinds: tuple[Kind, ...]
    listing: bool


@cache
def nouns() -> tuple[Noun, ...]:
    """The relational nouns as shipped. Raises DataFileError where the file is wrong."""
    data = read_rules(FILE)
    check_keys(data, required=("noun",), file=FILE, at="the file")
    found = []
    for table in data["noun"]:
        required = ("id", "meaning", "words", "property", "of", "kinds", "example", "claims", "counterexample")
        check_keys(table, required=required, optional=("reversed", "listing"), file=FILE, at=f"noun {table.get('id')}")
        of, kinds = (tuple(Kind(k) for k in table[key]) for key in ("of", "kinds"))
        words = tuple(sorted(table["words"], key=len, reverse=True))
        reverse, listing = bool(table.get("reversed")), bool(table.get("listing"))
        found.append(Noun(table["id"], words, Property(table["property"]), reverse, of, kinds, listing))
    return tuple(found)


FIRST = re.compile(r"原(?:加盟|締約|構成)国|創設(?:国|メンバー)")  # what they were at first they were, whatever came after
TO_COME = re.compile(r"(?:予定|見通し|見込み|計画|方針)(?:だ|で)(?!った|あった|した)")  # 本部はリヤドに置かれる見通しだ


def assert_nouns(context: Context) -> None:
    """Make the claims of a sentence's relational nouns."""
    for phrase in context.tree.phrases:
        content = _role(context, phrase)
        for noun in nouns() if content else ():
            if content.endswith(noun.words):
                _assert(context, noun, phrase)


def _role(context: Context, phrase: Phrase) -> str:
    """The words of a phrase that can be a relational noun; those of a name only if it is no more than the role."""
    if phrase.timex:
        return ""
    if phrase.name is None:
        return context.text[phrase.start : phrase.content_end]
    bare = QUALIFIED.sub("", phrase.name.label)
    return bare if bare in _roles() else ""


@cache
def _roles() -> frozenset[str]:
    return frozenset(word for noun in nouns() for word in noun.words)


def _assert(context: Context, noun: Noun, phrase: Phrase) -> None:
    found = _standing(context, noun, phrase)
    if found is None:
        return
    made = list(_pairs(context, noun, phrase))
    for pair in made:
        since, until = _validity(context, pair, made)
        first = FIRST.search(context.text, phrase.start, phrase.content_end)
        if until is None and not first and gone_by(context.tree.phrases[pair.at.depends_on].tail):
            continue
        subject, obj = (pair.value, pair.owner) if noun.reverse else (pair.owner, pair.value)
        context.drafts.add(
            subject,
            noun.predicate,
            obj,
            with_date(found, since, context.published),
            quote(context.named.sentence, (phrase.start, phrase.end), *pair.places),
            noun.rule,
            confidence=LIKELY,
            valid_from=since,
            valid_until=until,
        )
        if noun.predicate is Property.HAS_MEMBER and found is Factuality.ACTUAL and until is None:
            seat(context, subject, obj, phrase, since)
        if noun.predicate is Property.LOCATED_IN and found is Factuality.ACTUAL and since:
            _left(context, noun, phrase, pair, since)


FOLLOWING = re.compile(
    r"(?:は|を|が)?、?(?:次|以下|下記)(?:の(?:とおり|通り|もの|国々?|各国|機関)|に掲げる|に示す)?(?=である|です|だ|[。::]|$)"
)


def listed_under(context: Context) -> Iterator[tuple[Noun, str, Phrase]]:
    """The nouns under which a sentence opens a list, each with its possessor: SCCの構成員は次のとおりである."""
    for phrase in context.tree.phrases:
        content = _role(context, phrase)
        for noun in nouns() if content and FOLLOWING.match(context.text, phrase.content_end) else ():
            if any(content.endswith(w) for w in noun.words) and noun.kinds != (Kind.TOPIC,):
                for key, _ in keys_of(context, owners_of(context, phrase), noun.of)[:1]:
                    yield noun, key, phrase


def _left(context: Context, noun: Noun, phrase: Phrase, pair: Pair, when: Date) -> None:
    """本部は1967年にパリからブリュッセルへ移された: where the seat was until then."""
    for group in context.groups:
        beside = group.phrase.depends_on == pair.at.depends_on and group.phrase.index < pair.at.index
        places = keys_of(context, [group], noun.kinds) if beside and group.particle == "から" else []
        for key, place in places:
            evidence = quote(context.named.sentence, (phrase.start, phrase.end), place)
            context.drafts.add(
                pair.owner,
                noun.predicate,
                key,
                Factuality.ACTUAL,
                evidence,
                noun.rule,
                confidence=LIKELY,
                valid_until=when,
            )


def _pairs(context: Context, noun: Noun, phrase: Phrase) -> Iterator[Pair]:
    if noun.kinds == (Kind.TOPIC,):
        return matters(context, phrase, of=noun.of)
    return pairs(context, phrase, of=noun.of, kinds=noun.kinds, predicate=noun.predicate, listing=noun.listing)


def _standing(context: Context, noun: Noun, phrase: Phrase) -> Factuality | None:
    if noun.predicate is Property.COUNTERPART_OF and COMING.match(phrase.tail):
        return Factuality.PLANNED
    predicate = _predicate(context, phrase)
    if TO_COME.match(context.text, predicate.start):
        return Factuality.PLANNED
    found = phrase_standing(context.tree, predicate).factuality
    if found is Factuality.ACTUAL and DENIED.match(context.text[predicate.content_end :]):
        return Factuality.NEGATED
    return found


def _predicate(context: Context, phrase: Phrase) -> Phrase:
    """The phrase that says it: the noun's own, or the one that the noun is the subject of."""
    above = context.tree.phrases[phrase.depends_on]
    return above if phrase.particle in TOPIC_MARKS | {"として", "を"} and above.index > phrase.index else phrase


def _aside(context: Context, timex: Timex) -> bool:
    """Whether a date stands in brackets, where it tells of what stands before them alone."""
    return context.text.count("(", 0, timex.start) > context.text.count(")", 0, timex.start)


def _validity(context: Context, pair: Pair, made: Sequence[Pair]) -> tuple[Date | None, Date | None]:
    """From when and until when what a clause says held: 1990年12月の会合から, 2007年まで, 1952年から1966年まで."""
    verb = pair.at.depends_on
    places = {pair.at.index, verb}
    near = [p.timex for p in context.tree.phrases if p.timex and p.timex.date and p.depends_on in places]
    several = len({p.at.index for p in made}) > 1
    timexes = near if several else near or [t for t in context.named.timexes if t.date and not _aside(context, t)]
    spans = [s for t in timexes if (s := span_of(t))]
    if spans and near:
        return spans[0]
    since = next((t.date for t in timexes if t.bound is Bound.FROM), None)
    until = next((t.date for t in timexes if t.bound is Bound.UNTIL), None)
    moved = verb != pair.at.index and MOVED.match(context.text[context.tree.phrases[verb].start :])
    if moved and since is None:
        since = next((t.date for t in near if t.bound is Bound.AT), None)
    for group in context.groups:
        if group.particle == "から" and group.members[0].name.kind is Kind.MEETING and since is None:
            keys = context.of(group.members[0].name)
            since = context.things[keys[0]].on if keys else None
    return since, until
