"""What belongs to an entry's headword without a word that says so: what comes to the parts that were listed, the force that was raised."""

from __future__ import annotations

import re

from extract.model import Stretch
from extract.relations.bodies.below import PART
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import SUPPLIED, quote
from extract.relations.factuality.standing import phrase_standing, standing
from extract.relations.grammar.events import Event, Voice
from extract.relations.grammar.frames import Role
from extract.relations.grammar.groups import fits
from extract.relations.grammar.roles import fill
from ontology.terms import Factuality, Kind, Property


def assert_own_parts(context: Context) -> None:
    """Make the claims of what a sentence of an entry tells of the headword's own bodies."""
    _in_row(context)
    for event in context.events:
        _raised(context, event)


ADDED = re.compile(r"加わ[りっ]|増設さ|新設さ|設けら|設置さ|置かれ")


def _in_row(context: Context) -> None:
    """What comes to the parts that the text has told of its headword: 「三つの研究所を置く。2024年には第四研究所が加わった」."""
    whole = context.discourse.headword((Kind.GOVERNMENT_BODY, Kind.COMMAND, Kind.ORGANISATION, Kind.ARMED_FORCE))
    head_of = context.things.knowledge.rules.head_of
    told = context.drafts.subjects(whole, Property.PART_OF) if whole else ()
    heads = {head.word for key in told if (head := head_of(context.things[key].label))}
    for group in context.groups if whole and heads else ():
        verb = context.tree.phrases[group.phrase.depends_on]
        below = context.tree.dependants[verb.index]
        elsewhere = any(p.particle in {"に", "へ", "は", "には"} and p.name for p in below)
        if (
            group.particle not in {"が", "も"}
            or elsewhere
            or not fits(group, PART)
            or not ADDED.match(context.text, verb.start)
        ):
            continue
        for member, key in context.members(group):
            head, found = head_of(context.things[key].label), phrase_standing(context.tree, verb).factuality
            if whole and found and head and head.word in heads and key != whole:
                _part(context, (key, whole), found, (member.start, member.end), (verb.start, verb.end))


OWN_KINDS = (Kind.ARMED_FORCE, Kind.COMMAND)
OTHERS = (Role.AGENT, Role.GOAL, Role.UNDER, Role.VENUE, Role.BASIS)


def _raised(context: Context, event: Event) -> None:
    """The force or the command that an entry on a company of states says to have been raised is its own: 1982年に半島の盾軍が創設された."""
    whole, found = context.discourse.headword((Kind.PARTNERSHIP,)), standing(context.tree, event).factuality
    told = event.frame.rule == "establish" and event.modified is None and event.voice is Voice.PASSIVE
    if whole is None or found is None or not told or len(context.groups) != 1:
        return
    fillers = fill(event, context.tree, context.groups)
    alone = not any(fillers.get(role) for role in OTHERS)
    for group in fillers.get(Role.THEME) if alone else ():
        for member, key in context.members(group) if group.particle in {"が", "も"} and fits(group, OWN_KINDS) else ():
            others = context.things.knowledge.states.prefix(member.name.label)
            if not others and not context.drafts.objects(key, Property.PART_OF):
                _part(context, (key, whole), found, (member.start, member.end), (event.start, event.phrase.end))


def _part(context: Context, told: tuple[str, str], found: Factuality, *places: Stretch) -> None:
    evidence = quote(context.named.sentence, *places)
    context.drafts.add(told[0], Property.PART_OF, told[1], found, evidence, "hierarchy", confidence=SUPPLIED)
