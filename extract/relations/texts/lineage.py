"""From what a programme descends: XはYの設計を土台とする, F-2の開発で得られた成果を基にする, XはYの後継を開発するものだ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, quote
from extract.relations.factuality.standing import phrase_standing
from extract.relations.grammar.events import Form
from extract.relations.grammar.frames import Role
from extract.relations.grammar.groups import Group, fits
from extract.relations.grammar.roles import fill
from extract.syntax import Phrase
from ontology.terms import Factuality, Kind, Property, is_a

GROUND = re.compile(r"^(?:基|もと|ベース|土台|母体|下敷き|基礎)(?:に|と|として)")
USED = re.compile(r"^(?:踏まえ|生か|活か|活用|応用|受け継|引き継|発展)")
GAINED = re.compile(r"^(?:得|培|蓄積|獲得)")
YIELD = re.compile(r"(?:成果|実績|知見|経験|技術|設計|ノウハウ|船体|機体|開発)$")
DEVELOPED = (Kind.PROGRAMME,)
STEPS = 4  # phrases between a programme and what is built on it


def assert_lineage(context: Context) -> None:
    """Make the claims of what the programmes of a sentence build on and are made of."""
    for group in context.groups:
        if not fits(group, DEVELOPED):
            continue
        ground = _ground(context, group)
        if ground:
            for key in _built(context, group, ground):
                _claim(context, Property.BUILDS_ON, key, [group], ground)
        if group.particle == "の":
            _successor(context, group)


TO_COME = re.compile(r"[」』]?(?:しようと)?す(?:る|べ)|[」』]?し(?:ている|ようとし|ます)")
SUCCESSOR = re.compile(r"後継(?:機|艦|型|車両|車)?$")


def _successor(context: Context, group: Group) -> None:
    """この計画は、レオパルト2の後継を独仏で開発するものだ: what is spoken of is to take the place of the old."""
    noun = context.tree.phrases[group.phrase.depends_on]
    if noun.index <= group.phrase.index or not SUCCESSOR.search(context.text[noun.start : noun.content_end]):
        return
    event = next((e for e in context.events if e.phrase.index == noun.depends_on and e.frame.rule == "develop"), None)
    if event is None or noun.particle != "を" or event.form is not Form.VERBAL:
        return
    for key in _built(context, group, noun):
        _claim(
            context,
            Property.REPLACES,
            key,
            _listed(context, group),
            event.phrase,
            to_come=bool(TO_COME.match(event.phrase.tail)),
        )
        fillers = fill(event, context.tree, context.groups)
        together = [g for g in fillers.get(Role.VENUE) if fits(g, (Kind.STATE,))]
        acting = [g for g in fillers.get(Role.AGENT) if not fits(g, DEVELOPED) and fits(g, (Kind.STATE, Kind.INSTITUTION))]
        for maker in (*together, *acting):
            _claim(context, Property.DEVELOPED_BY, key, [maker], event.phrase)


def _ground(context: Context, group: Group) -> Phrase | None:
    """The phrase that makes a programme the ground of another: …を基に, …の設計を土台とし, …で得た成果を踏まえ."""
    phrase = group.phrase
    for _ in range(STEPS):
        above = context.tree.phrases[phrase.depends_on]
        if above.index <= phrase.index:
            return None
        shown = context.text[above.start : above.end]
        of_it = phrase is group.phrase or YIELD.search(context.text[phrase.start : phrase.content_end])
        if phrase.particle == "を" and (GROUND.match(shown) or (USED.match(shown) and phrase is not group.phrase)):
            return above if of_it else None
        carried = YIELD.search(context.text[above.start : above.content_end]) or GAINED.match(shown)
        if not (carried and phrase.particle in {"の", "で", "から", ""}):
            return None
        phrase = above
    return None


def _built(context: Context, group: Group, ground: Phrase) -> Iterator[str]:
    """What is built: the topic of the sentence, the theme of the development behind, or what the text is about."""
    for event in context.events:
        if event.frame.rule == "develop" and event.phrase.index >= ground.index:
            for theme in context.themes(event):
                if theme is not group and fits(theme, DEVELOPED):
                    yield from (key for _, key in context.members(theme))
                    return
    topics = [g for g in context.groups if g.particle in {"は", "も", "が"} and g.end <= group.start]
    if topics:
        yield from (key for _, key in context.members(topics[0]) if is_a(context.things.kind(key), Kind.PROGRAMME))
        return
    key = context.discourse.topic_of(DEVELOPED, context.index)
    if key:
        yield key


AND = re.compile(r"[」』]?(?:\([^()]*\))?(?:と|、|及び|および|並びに)(?:[^、。はがをに]{1,8}の)?[「『]?")


def _listed(context: Context, last: Group) -> list[Group]:
    """A programme and those that a list names before it: 日本のF-X及び英国のテンペスト."""
    found = [last]
    for group in reversed(context.groups):
        if group.end <= found[0].start and fits(group, DEVELOPED):
            if not AND.fullmatch(context.text, group.end, found[0].start):
                break
            found.insert(0, group)
    return found


def _claim(
    context: Context, predicate: Property, key: str, sources: Sequence[Group], verb: Phrase, *, to_come: bool = False
) -> None:
    found = phrase_standing(context.tree, verb).factuality
    if predicate is Property.REPLACES and found is Factuality.PLANNED:
        found = Factuality.ACTUAL  # 統合した計画: the plan is there
    if to_come and found is Factuality.ACTUAL:
        found = Factuality.PLANNED
    for source in sources if found else ():
        for member, other in context.members(source):
            if other != key and found:
                evidence = quote(context.named.sentence, (member.start, verb.end))
                context.drafts.add(key, predicate, other, found, evidence, f"lineage.{predicate.value}", confidence=LIKELY)
