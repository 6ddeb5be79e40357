"""What stands below a body, told by 下 or もと: 米宇宙軍の下にある軍団, 「協議会の下には、A、Bがある」."""

from __future__ import annotations

import re

from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, SUPPLIED, quote
from extract.relations.factuality.standing import phrase_standing
from extract.relations.grammar.groups import Group, fits
from extract.syntax import Phrase
from ontology.terms import Factuality, Kind, Property

PART = (Kind.FORUM, Kind.COMMAND, Kind.INSTITUTION, Kind.ARMED_FORCE, Kind.MECHANISM, Kind.GOVERNMENT_BODY, Kind.ORGANISATION)
BELOW = frozenset({"の下", "のもと"})
WITH_BELOW = re.compile(r"(?:下|もと)に(?:は|も)?、?$")
STANDING = re.compile(r"(?:下|もと)に(?:ある|置かれた|置かれる|置かれている|属する)$")
# 運用部会、技術部会などの|分科会があり
SUCH_AS = re.compile(r"^[」』]?(?:など|等|といった)の?$")
BODIES = re.compile(r"(?:委員会|部会|分科会|作業部会|作業グループ|機関|組織|部隊|司令部|部局|部署|センター|研究所)$")
BARE = re.compile(r"(?:合同)?(?:委員会|協議会|機構|同盟|司令部|理事会)")  # 協議会の下には: the one that was told of last
THERE_IS = re.compile(r"(?:が|も)(?:ある|あり|あっ|存在|並[びぶん]|連なる)")


def assert_below(context: Context) -> None:
    """Make the claims of what is said to stand below a body."""
    _bare(context)
    for above in (g for g in context.groups if g.particle in BELOW and fits(g, PART)):
        for group in (g for g in context.groups if g.phrase.index > above.phrase.index and fits(g, PART)):
            if STANDING.search(context.text[above.phrase.start : above.phrase.end]):
                if group.phrase.index == above.phrase.depends_on:
                    _claim(context, above, group, Factuality.ACTUAL, most=1)
            elif WITH_BELOW.search(above.phrase.tail):
                found = _there(context, above.phrase, group)
                if found is not None:
                    _claim(context, above, group, found)


def _bare(context: Context) -> None:
    """What stands below the body that a sentence opens with by its head noun alone: 「協議会の下には、Aがある」."""
    first = context.tree.phrases[0] if context.tree.phrases else None
    if first is None or first.name or first.particle not in BELOW or not WITH_BELOW.search(first.tail):
        return
    word = context.text[first.start : first.content_end]
    key = context.discourse.latest(Kind.FORUM, word, exact=True) if BARE.fullmatch(word) else None
    if key is None or key in {k for n in context.named.names for k in context.of(n)}:
        return  # 委員会の下には、A委員会がある
    for group in (g for g in context.groups if fits(g, PART)):
        found = _there(context, first, group)
        for member, part in context.members(group) if found else ():
            evidence = quote(context.named.sentence, (first.start, first.end), (member.start, member.end))
            context.drafts.add(
                part, Property.PART_OF, key, found or Factuality.ACTUAL, evidence, "hierarchy.below", confidence=SUPPLIED
            )


def _there(context: Context, above: Phrase, group: Group) -> Factuality | None:
    """Whether a sentence says that a group is there below another, and what stands of that: SCCの下には、SSC、SDCなどがある."""
    such = context.tree.phrases[group.phrase.depends_on]
    listed = SUCH_AS.match(group.phrase.tail) and BODIES.search(context.text[such.start : such.content_end])
    last = such if listed else group.phrase
    verb = context.tree.phrases[last.depends_on]
    there = THERE_IS.search(context.text[last.content_end : verb.end])
    if last.particle not in {"が", "も"} or above.depends_on not in {last.index, verb.index} or not there:
        return None
    return phrase_standing(context.tree, verb).factuality


def _claim(context: Context, above: Group, group: Group, found: Factuality, most: int | None = None) -> None:
    for member, key in context.members(group)[:most]:
        evidence = quote(context.named.sentence, (above.start, above.end), (member.start, member.end))
        for _, whole in context.members(above):
            context.drafts.add(key, Property.PART_OF, whole, found, evidence, "hierarchy.below", confidence=LIKELY)
