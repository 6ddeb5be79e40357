"""What is done for an agreement's sake: Aを具体化するB, Aの実効性を確保するため、Bを決定した; and what rests on one: Aに基づくB.

Sources of the wording: the verbs of carrying out that white papers use of guidelines and laws.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.relations.context import Context
from extract.relations.draft import LIKELY, quote
from extract.relations.factuality import phrase_standing
from extract.relations.groups import Group, fits
from extract.syntax import Phrase
from ontology.terms import Factuality, Kind, Property

CARRY_OUT = re.compile(r"(?:具体化|実施|履行|担保|国内法化|確保|実行)$")
EFFECT = re.compile(r"(?:実効性|実施|履行|規定|内容|着実な実施|義務)$")
BASED = frozenset({"に基づき", "に基づいて", "に基づく", "に基く", "の下で", "のもとで"})
ACTING = (Kind.ARMED_FORCE, Kind.GOVERNMENT_BODY, Kind.STATE)
RESTING = (Kind.INSTITUTION, Kind.AGREEMENT, Kind.PROGRAMME, Kind.OCCURRENCE)


def assert_purposes(context: Context) -> None:
    """Make the claims of what carries out an agreement and of what rests on one."""
    for group in context.groups:
        if fits(group, (Kind.PROGRAMME,)) and group.particle == "を":
            _built_on(context, group)
        if not fits(group, (Kind.AGREEMENT,)):
            continue
        verb = _carrying_out(context, group)
        if verb:
            for target in _carriers(context, verb):
                _claim(context, Property.IMPLEMENTS, target, group, verb)
        if group.particle in BASED:
            for target in _resting(context, group):
                _claim(context, Property.BASED_ON, target, group, None)


GROUND = re.compile(r"^(?:基|ベース|土台|母体|下敷き)(?:に|と|として)")


def _built_on(context: Context, group: Group) -> None:
    """Xを基に開発されたY: what a programme is built on."""
    ground = context.tree.phrases[group.phrase.depends_on]
    if not GROUND.match(context.text[ground.start : ground.end]):
        return
    for event in context.events:
        if event.frame.rule == "develop" and event.phrase.index > ground.index:
            for theme in context.themes(event):
                _claim(context, Property.BUILDS_ON, theme, group, ground)
            return


def _carrying_out(context: Context, group: Group) -> Phrase | None:
    """The verb that carries an agreement out: 宣言にある相互運用性を具体化する, 指針の実効性を確保する."""
    phrase = group.phrase
    for _ in range(3):
        if phrase.depends_on <= phrase.index:
            return None
        above = context.tree.phrases[phrase.depends_on]
        content = context.text[above.start : above.content_end]
        if phrase.particle == "を" and CARRY_OUT.search(content) and re.match(r"[」』]?(?:する|し)", above.tail):
            direct = phrase is group.phrase or EFFECT.search(context.text[phrase.start : phrase.content_end])
            return above if direct or phrase is not group.phrase else None
        if phrase.particle not in {"の", "にある", "を", "に"} and "ある" not in phrase.tail:
            return None
        phrase = above
    return None


def _carriers(context: Context, verb: Phrase) -> Iterator[Group]:
    """What carries it out: the noun that the verb stands before, or the theme of the clause that it is the purpose of."""
    above = context.tree.phrases[verb.depends_on]
    for group in context.groups:
        if group.phrase.index == above.index and above.index > verb.index and fits(group, (Kind.AGREEMENT,)):
            yield group
            return
    if (
        "ため" not in context.text[verb.start : (above.end if above.index > verb.index else verb.end)]
        and "ため" not in context.text
    ):
        return
    for event in context.events:
        if event.phrase.index > verb.index and "ため" in context.text[verb.end - 1 : event.phrase.start]:
            themes = [g for g in context.themes(event) if fits(g, (Kind.AGREEMENT,))]
            if themes:
                yield themes[0]
                return


def _resting(context: Context, group: Group) -> Iterator[Group]:
    """What rests on an agreement: the noun behind に基づく, the theme or the subject of the clause behind に基づき."""
    above = context.tree.phrases[group.phrase.depends_on]
    for other in context.groups:
        if other.phrase.index == above.index and other.phrase.index > group.phrase.index and fits(other, RESTING):
            yield other
            return
    for event in context.events:
        modified = event.modified
        if event.phrase.index > group.phrase.index and (modified is None or modified.name is None):
            themes = [g for g in context.themes(event) if g.phrase.index > group.phrase.index and fits(g, RESTING)]
            if themes and not fits(themes[0], (Kind.STATE,)):
                yield themes[0]
                return
    for other in context.groups:
        owns = other.particle == "の" and context.tree.phrases[other.phrase.depends_on].particle == "は"
        if other.phrase.index > group.phrase.index and (other.particle in {"は", "が"} or owns) and fits(other, RESTING[:3]):
            if fits(other, ACTING):
                return  # who acts on the agreement does not rest on it
            yield other
            return
        if other.phrase.index > group.phrase.index:
            return  # somebody else's clause begins


def _claim(context: Context, predicate: Property, target: Group, group: Group, verb: Phrase | None) -> None:
    found = phrase_standing(context.tree, context.tree.phrases[target.phrase.depends_on]).factuality
    if found is None:
        return
    for member, key in context.members(target):
        for source, agreement in context.members(group):
            places = [(member.start, member.end), (source.start, source.end)] + ([(verb.start, verb.end)] if verb else [])
            end = max(e for _, e in places)
            evidence = quote(context.named.sentence, *places, (end - 1, end))
            standing = found if target.particle in {"が", "は", "を", "も"} else Factuality.ACTUAL
            context.drafts.add(key, predicate, agreement, standing, evidence, f"purpose.{predicate.value}", confidence=LIKELY)
