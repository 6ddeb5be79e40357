"""What clauses of a sentence share: its topic serves each of them, a subject those that go on from it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.relations.grammar.clauses import goes_through
from extract.relations.grammar.events import Event, Form, Voice, modified_noun
from extract.relations.grammar.fillers import Fillers
from extract.relations.grammar.frames import Pattern, Role
from extract.relations.grammar.groups import Group, fits
from extract.relations.grammar.lending import lenders
from extract.relations.grammar.links import link_of
from extract.relations.grammar.particles import MERGING, role_of
from extract.relations.grammar.themes import theme_is_open
from extract.syntax import FORMAL_NOUNS, Phrase, Tree
from ontology.terms import Kind


def share(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """A topic of the whole sentence serves each of its clauses; a subject serves the clauses that go on from it."""
    above = [p.index for p in tree.governors(event.phrase)]
    if event.form is Form.NOMINAL and not any(lenders(event, tree)):
        return
    if event.form is Form.NOMINAL and any(_before_noun(tree, p) for p in lenders(event, tree)):
        return
    own = any(g.particle == "が" and link_of(event, tree, g) for g in groups)
    if event.frame.pattern is Pattern.DATIVE:
        own = own or any(p.particle == "が" and p.index < event.phrase.index for p in tree.dependants[event.phrase.index])
    formal = event.modified is None or event.modified.head.text in FORMAL_NOUNS
    if own and formal:
        _topic_acted_on(event, tree, groups, found)
        _attended_above(event, tree, groups, found)
    if own or not (formal or event.frame.pattern is Pattern.TOPIC):
        return
    for group in groups:
        onward = group.particle in {"は", "も", "が", "では", "においては", "には"} and goes_through(event, tree, group)
        if group.phrase.index >= event.phrase.index or not (group.phrase.depends_on in above or onward):
            continue
        goal = event.frame.pattern is Pattern.DATIVE and group.particle == "には" and fits(group, event.frame.theme)
        if not (group.particle in {"は", "も", "が", "では", "とは"} or goal) or link_of(event, tree, group):
            continue
        if _of_another(event, tree, group):
            continue
        role = role_of(event, group, "direct")
        joined = event.verb in MERGING and role is not None and all(g.particle == "と" for g in found.get(role))
        beside = role is Role.AGENT and event.frame.pattern is Pattern.INTRANSITIVE and group.particle == "が"
        if role and (joined or not found.get(role)) and not beside:  # Yが加わって、Xは発足した: Y founds nothing
            found.add(role, group)


def _of_another(event: Event, tree: Tree, group: Group) -> bool:
    """Whether what a clause before is about has no part in the event that the sentence goes on to."""
    if event.frame.family == "end":  # 理事会が解散を決定し、1977年に解消した: the whole ended, not the board
        return (group.particle == "が" and _decides(event, tree, group)) or _another_ends(event, tree, group)
    undergone = event.voice is Voice.PASSIVE and event.frame.rule == "establish" and group.particle == "が"
    return undergone and role_of(event, group, "direct") is Role.AGENT  # 協定が締結され、防空司令部を改組し設置された


POINTERS = frozenset({"この", "その", "同", "これらの", "それらの"})  # この作業は終了した: the topic did


def _another_ends(event: Event, tree: Tree, group: Group) -> bool:
    """Whether the verb of an end has a subject of its own behind a group: 条約は停止され、同盟の活動は終了した ends no treaty."""
    below = [p for p in tree.dependants[event.phrase.index] if group.phrase.index < p.index < event.phrase.index]
    told = [p for p in below if p.tail.rstrip("、") in {"は", "が", "も"} and p.head.nominal and not p.timex and not p.name]
    return any(not any(tree.text[d.start : d.end] in POINTERS for d in tree.dependants[p.index]) for p in told)


def _before_noun(tree: Tree, verb: Phrase) -> bool:
    """Whether a lending verb stands before a noun of its own: 共同開発を開始した|Xについて発表した."""
    noun = modified_noun(tree, verb)
    return noun is not None and noun.head.text not in FORMAL_NOUNS


def _attended_above(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """What a sentence goes on about who takes part in: 演習には17か国が参加し、独空軍も加わった."""
    if event.frame.pattern is not Pattern.DATIVE or found.get(Role.THEME) or not theme_is_open(event, tree):
        return
    for group in groups:
        if group.particle == "には" and fits(group, event.frame.theme) and goes_through(event, tree, group):
            found.add(Role.THEME, group)
            return


ENDINGS = frozenset({"end", "end.dissolve", "end.expire"})  # 理事会が解散を決定した: of what is not said
DECIDING = re.compile(r"決定|決め|承認|合意|可決|採択|申し合わせ|宣言")


def _decides(event: Event, tree: Tree, group: Group) -> bool:
    """Whether a group is the subject of a clause before an event in which something is decided."""
    verb = tree.phrases[group.phrase.depends_on]
    return verb.index < event.phrase.index and bool(DECIDING.match(tree.text, verb.start))


def _topic_acted_on(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """A text or programme that the sentence is about is what those who are named with が signed or adopted: Xは、両大臣が署名し、6月に発効した."""
    entrusted = event.frame.rule == "develop" and event.phrase.particle == "を" and any(lenders(event, tree))
    if event.voice is not Voice.ACTIVE or event.frame.pattern in UNACTED:
        return
    if event.form is not Form.VERBAL and not entrusted:
        return
    if found.get(Role.THEME) or not theme_is_open(event, tree):
        return
    above = {p.index for p in tree.governors(event.phrase)}
    for group in groups:
        topical = (
            group.particle in {"は", "も"}
            and group.phrase.index < event.phrase.index
            and (group.phrase.depends_on in above or (event.frame.rule == "attend" and goes_through(event, tree, group)))
        )
        if topical and fits(group, event.frame.theme) and fits(group, (Kind.AGREEMENT, Kind.PROGRAMME)):
            found.add(Role.THEME, group)


UNACTED = frozenset({Pattern.INTRANSITIVE, Pattern.LABILE, Pattern.TOPIC})
