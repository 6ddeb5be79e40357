"""What stands below a body, told by 下 or もと: 米宇宙軍の下にある軍団, 「協議会の下には、A、Bがある」."""

from __future__ import annotations

import re

from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, quote
from extract.relations.factuality.standing import phrase_standing
from extract.relations.grammar.groups import Group, fits
from ontology.terms import Factuality, Kind, Property

PART = (Kind.FORUM, Kind.COMMAND, Kind.INSTITUTION, Kind.ARMED_FORCE, Kind.MECHANISM, Kind.GOVERNMENT_BODY, Kind.ORGANISATION)
BELOW = frozenset({"の下", "のもと"})
WITH_BELOW = re.compile(r"(?:下|もと)に(?:は|も)?、?$")
STANDING = re.compile(r"(?:下|もと)に(?:ある|置かれた|置かれる|置かれている|属する)$")
THERE_IS = re.compile(r"(?:が|も)(?:ある|あり|あっ|存在|並[びぶん]|連なる)")


def assert_below(context: Context) -> None:
    """Make the claims of what is said to stand below a body that has a name."""
    for above in (g for g in context.groups if g.particle in BELOW and fits(g, PART)):
        for group in (g for g in context.groups if g.phrase.index > above.phrase.index and fits(g, PART)):
            if STANDING.search(context.text[above.phrase.start : above.phrase.end]):
                if group.phrase.index == above.phrase.depends_on:
                    _claim(context, above, group, Factuality.ACTUAL, most=1)
            elif WITH_BELOW.search(above.phrase.tail):
                found = _there(context, above, group)
                if found is not None:
                    _claim(context, above, group, found)


def _there(context: Context, above: Group, group: Group) -> Factuality | None:
    """Whether a sentence says that a group is there below another, and what stands of that: SCCの下には、SSC、SDCなどがある."""
    verb = context.tree.phrases[group.phrase.depends_on]
    there = THERE_IS.search(context.text[group.phrase.content_end : verb.end])
    if group.particle not in {"が", "も"} or above.phrase.depends_on not in {group.phrase.index, verb.index} or not there:
        return None
    return phrase_standing(context.tree, verb).factuality


def _claim(context: Context, above: Group, group: Group, found: Factuality, most: int | None = None) -> None:
    for member, key in context.members(group)[:most]:
        evidence = quote(context.named.sentence, (above.start, above.end), (member.start, member.end))
        for _, whole in context.members(above):
            context.drafts.add(key, Property.PART_OF, whole, found, evidence, "hierarchy.below", confidence=LIKELY)
