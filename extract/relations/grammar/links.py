"""How a group of names hangs on an event: on its verb, on the verb that lends its arguments, or on its noun."""

from __future__ import annotations

import re

from extract.relations.grammar.adjusting import jointly
from extract.relations.grammar.events import Event, Form, is_appellation
from extract.relations.grammar.groups import Group, fits
from extract.relations.grammar.lending import lenders
from extract.relations.grammar.particles import INTO
from extract.relations.grammar.venues import housed
from extract.syntax import Phrase, Tree
from ontology.terms import Kind, is_a


def _taking_over(event: Event, tree: Tree, phrase: Phrase) -> bool:
    """取って代わる is one verb, though the parser sees two."""
    above = tree.phrases[phrase.depends_on]
    return above.index + 1 == event.phrase.index and tree.text[above.start : above.end] in {"取って", "とって"}


LYING = re.compile(r"(?:あ(?:り|って)|位置し(?:て|ており)?|所在し(?:て|ており)?|置かれ(?:て|ており)?)、?$")


def lying_there(event: Event, tree: Tree, phrase: Phrase) -> bool:
    """Whether a place is that of a clause before, right in front of its verb: 庁舎は省内に|あり、三つの研究所を置く."""
    if phrase.index >= event.phrase.index or phrase.particle not in {"に", "にも"}:
        return False
    if LYING.search(phrase.tail):
        return True  # the parser takes 省内にあり as one
    if phrase.index + 1 >= event.phrase.index:
        return False
    behind = tree.phrases[phrase.index + 1]
    return LYING.match(tree.text, behind.start, behind.end) is not None


PEOPLE = (Kind.PERSON, Kind.POST, Kind.STATE)
HELD = (Kind.MEETING, Kind.FORUM, Kind.PLACE)


def _met_with(event: Event, tree: Tree, group: Group) -> bool:
    """Whether those with whom it is held stand before what is held or where, on which the parser hangs them: 長官と|会談を|行った."""
    if not event.frame.event or group.particle != "と" or not fits(group, PEOPLE):
        return False
    above = tree.phrases[group.phrase.depends_on]
    if above.particle == "の" and not above.name:
        above = tree.phrases[above.depends_on]  # 長官と|都内の|公館で
    thing = above.name is None or any(is_a(above.name.kind, k) for k in HELD)
    held = above.depends_on == event.phrase.index > above.index
    return thing and held and above.particle in {"を", "で", "において", "にて"}


OWNED = frozenset({"replace.inherit", "rename"})  # whose verbs may have as object what their theme has


BEING_THERE = re.compile(r"[」』]?に(?:は|も)?(?:あり|あって|ある)")


def link_of(event: Event, tree: Tree, group: Group) -> str | None:
    """How a group hangs on an event: "direct", "matrix" (on the verb that lends its arguments), "noun" (の, or glued to it)."""
    phrase = group.phrase
    above = tree.phrases[phrase.depends_on]
    if (
        event.frame.rule in INTO
        and group.particle == "から"
        and above.depends_on == event.phrase.index
        and above.particle in {"への", "へ"}
    ):
        return "direct"  # 防衛庁から防衛省への移行
    if phrase.index == event.phrase.index:
        if event.frame.rule == "develop" and event.form is Form.NOMINAL and group.end < event.start:
            return "noun"  # Xの共同開発で合意した
        return "direct" if event.verb == "からなる" else None
    if event.phrase.tail == "の" and group.particle == "が" and phrase.index + 1 == event.phrase.index:
        return "direct"  # 陸軍が創設予定の司令部は…
    if phrase.depends_on == event.phrase.index and phrase.index < event.phrase.index:
        return _on_verb(event, group)
    beside = (
        group.particle in {"と", "が", "を"} and above.depends_on == event.phrase.index > above.index and jointly(tree, above)
    )
    if beside or _taking_over(event, tree, phrase) or _met_with(event, tree, group):
        return "direct"
    if any(phrase.depends_on == above.index and phrase.index < above.index for above in lenders(event, tree)):
        return "matrix"
    near = above.index + 1 == event.phrase.index
    near = near or (event.frame.rule == "rename" and above.depends_on == event.phrase.index and is_appellation(tree, above))
    return _on_object(event, group) if near else None


def _on_verb(event: Event, group: Group) -> str | None:
    """How a group that the parser hangs on the verb of an event does: 省内にあり、研究所を|置く tells where another thing is."""
    if BEING_THERE.match(group.phrase.tail):
        return None
    return "noun" if event.form is Form.NOMINAL and group.particle in {"の", ""} else "direct"


def _on_object(event: Event, group: Group) -> str | None:
    """How a group hangs on an event whose verb takes in the word that it stands with: Yの後を|継ぐ, 作業部会を傘下に|置く."""
    if event.frame.rule in OWNED and "を" in event.verb and group.particle == "の":
        return "noun"
    if event.frame.rule == "rename" and "を" in event.verb and group.particle in {"に", "と", "へ"}:
        return "direct"  # 連合評議会と名称を|改めた
    return "direct" if "に" in event.verb[:-1] and group.particle == "を" else None


def houses(event: Event, tree: Tree, group: Group) -> bool:
    """Whether a group tells where the building stands in which it was done: ソウルの国防部庁舎で開催された."""
    building = housed(tree, group)
    return building is not None and building.depends_on in {event.phrase.index, *(p.index for p in lenders(event, tree))}
