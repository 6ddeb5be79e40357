"""Posts that people held: 「Xは統合幕僚長に就任した」, 「師団長、校長を歴任」, 「事務総長はXが務める」."""

from __future__ import annotations

import re

from extract.model import Bound, Date, Stretch
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, SUPPLIED, quote
from extract.relations.factuality.outlook import with_date
from extract.relations.factuality.standing import phrase_standing
from extract.relations.grammar.groups import Group, Member
from extract.relations.nouns.holders import ORDINAL, person_named, post_named
from extract.syntax import Phrase
from ontology.terms import Kind, Property

# Verbs of holding a post, and the particle that marks it.
HOLDING = {"歴任": "を", "務める": "を", "就任": "に", "着任": "に", "任命": "に", "起用": "に", "就く": "に"}
JOINED = frozenset({"、", "・", "及び", "、及び", "と", "や", "並びに"})
CHAIR = re.compile(r"(?:議長|座長|委員長)$")  # who chairs a body is told of the body
BEGINNING = frozenset({"就任", "着任", "任命", "起用", "就く"})


def assert_careers(context: Context) -> None:
    """Make the claims of who takes or held which post."""
    for phrase in context.tree.phrases:
        verb = _verb(context, phrase)
        if verb is None:
            continue
        posts = [
            g for g in context.groups if g.members[0].name.kind is Kind.POST and _object(context, g, phrase, HOLDING[verb])
        ]
        posts = [*_listed(context, posts), *posts]
        served = [] if posts else _served(context, phrase, verb)
        holder = _holder(context, phrase)
        found = phrase_standing(context.tree, phrase).factuality
        if holder is None or found is None:
            continue
        held = [(g.members[0], post) for g in served if (post := post_named(context, g))]
        held = held or [(m, _without_turn(context, m, key)) for group in posts for m, key in context.members(group)]
        key, place = holder
        since = _since(context, phrase, any_date=verb in BEGINNING)
        for member, post in held:
            evidence = quote(context.named.sentence, (member.start, phrase.end), *place)
            standing = with_date(found, since, context.published)
            confidence = LIKELY if place else SUPPLIED
            context.drafts.add(
                key, Property.HOLDS_POST, post, standing, evidence, "career", confidence=confidence, valid_from=since
            )


def _without_turn(context: Context, member: Member, post: str) -> str:
    """The post itself where the words tell whose turn it is: 初代事務総長."""
    title = ORDINAL.sub("", member.name.label)
    return post if title == member.name.label else context.things.take(title, Kind.POST)


def _verb(context: Context, phrase: Phrase) -> str | None:
    content = context.text[phrase.start : phrase.content_end]
    return next((v for v in HOLDING if phrase.head.lemma == v or content.endswith(v)), None)


def _object(context: Context, group: Group, phrase: Phrase, particle: str) -> bool:
    """Whether a list of posts is what the verb takes: its own, or a list that ends on what it takes."""
    if group.phrase.index >= phrase.index:
        return False
    if group.phrase.depends_on == phrase.index:
        return group.particle in {particle, f"{particle}は"}
    above = context.tree.phrases[group.phrase.depends_on]
    return group.particle == "" and above.depends_on == phrase.index and above.particle == particle


def _listed(context: Context, posts: list[Group]) -> list[Group]:
    """The posts that a list names before one, however the parser hangs them: ノルウェー首相、NATO事務総長を歴任した."""
    found: list[Group] = []
    for group in reversed(context.groups):
        following = found[0] if found else next(iter(posts), None)
        if following is None or group.start >= following.start or group in posts:
            continue
        if group.members[0].name.kind is not Kind.POST or context.text[group.end : following.start] not in JOINED:
            break
        found.insert(0, group)
    return found


def _placed(person: tuple[str, Stretch] | None) -> tuple[str, list[Stretch]] | None:
    return (person[0], [person[1]]) if person else None


def _holder(context: Context, phrase: Phrase) -> tuple[str, list[Stretch]] | None:
    """The person: the sentence's subject, else the last person named, in a profile."""
    for group in context.groups:
        if (
            group.particle in {"は", "が", "も"}
            and group.members[0].name.kind is Kind.PERSON
            and group.phrase.index < phrase.index
        ):
            for member, key in context.members(group):
                return key, [(member.start, member.end)]
    below = [p for p in context.tree.dependants[phrase.index] if p.index < phrase.index]
    subject = next((p for p in below if p.particle == "が" and not p.name), None)
    if subject:
        floor = max((p.end for p in below if p.index < subject.index), default=0)
        return _placed(person_named(context, subject, floor))
    if any(p.particle in {"は", "が"} and p.head.nominal for p in context.tree.phrases[: phrase.index]):
        return None
    people = context.discourse.people
    return (people[-1], []) if people and context.discourse.in_profile else None


def _since(context: Context, phrase: Phrase, *, any_date: bool) -> Date | None:
    """Since when: the day of an appointment, else only what a から tells."""
    bounds = frozenset(Bound) - {Bound.UNTIL} if any_date else {Bound.FROM}
    dated = (p.timex for p in context.tree.dependants[phrase.index] if p.timex and p.index < phrase.index)
    return next((t.date for t in dated if t.date and t.bound in bounds), None)


def _served(context: Context, phrase: Phrase, verb: str) -> list[Group]:
    """The post that a sentence is about where it tells who serves in it: 事務総長はXが務める."""
    if verb != "務める":
        return []
    topics = [g for g in context.groups if g.particle == "は" and g.phrase.depends_on == phrase.index]
    return [g for g in topics[:1] if g.members[0].name.kind is Kind.POST and not CHAIR.search(g.members[0].name.label)]
