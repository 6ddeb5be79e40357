"""Who plays which role of an event: by particles, by what the verb stands before, by what the sentence goes on about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.relations.grammar.adjusting import (
    drop_beside_complement,
    drop_beside_successor,
    drop_others_subjects,
    drop_patients,
    find_chaired,
    find_cleft_agent,
    find_superior,
    keep_one_subject,
    prefer_possessed,
    topicalise,
)
from extract.relations.grammar.events import Event, Form, find_events
from extract.relations.grammar.fillers import Fillers
from extract.relations.grammar.frames import Pattern, Role
from extract.relations.grammar.groups import Group, fits
from extract.relations.grammar.head_nouns import fill_head_noun, resolve_pronoun
from extract.relations.grammar.lending import lenders
from extract.relations.grammar.links import houses, link_of, lying_there
from extract.relations.grammar.listings import PLACING, all_attending, in_row, listed, placed_with, take_all
from extract.relations.grammar.outcomes import find_goal
from extract.relations.grammar.particles import INTO, role_of
from extract.relations.grammar.sharing import DECIDING, ENDINGS, share
from extract.relations.grammar.timing import clause_dates, cleft_dates, noun_dates
from extract.syntax import Tree
from ontology.terms import Kind


def fill(event: Event, tree: Tree, groups: Sequence[Group]) -> Fillers:
    """The fillers that the sentence itself gives to an event's roles."""
    found = Fillers()
    groups = [g for g in groups if not _side_only(g, groups, tree.text) and not lying_there(event, tree, g.phrase)]
    for group in groups:
        link = link_of(event, tree, group)
        if link:
            _assign(event, group, link, found)
        if houses(event, tree, group):
            found.add(Role.VENUE, group)
    others = drop_others_subjects(event, tree, found)
    groups = [g for g in groups if g not in others]
    _take_lists(event, tree, groups, found)
    take_all(event, tree, groups, found)
    fill_head_noun(event, tree, groups, found)
    find_superior(event, tree, groups, found)
    share(event, tree, groups, found)
    if event.frame.pattern is Pattern.CHAIR:
        find_chaired(event, tree, groups, found)
        _chaired_by_others(event, tree, found)
    find_cleft_agent(event, tree, groups, found)
    _told_to(event, tree, groups, found)
    drop_patients(event, found)
    prefer_possessed(event, found)
    drop_beside_complement(event, tree, found)
    drop_beside_successor(event, tree, found)
    keep_one_subject(event, tree, found)
    topicalise(event, tree, found)
    decided = event.form is Form.NOMINAL and any(DECIDING.match(tree.text, p.start) for p in lenders(event, tree))
    if event.frame.pattern is Pattern.LABILE and not found.get(Role.THEME) and not (decided and event.frame.rule in ENDINGS):
        found.roles[Role.THEME] = [g for g in found.get(Role.AGENT) if fits(g, event.frame.theme)]
        found.roles[Role.AGENT] = []
    if event.frame.pattern is Pattern.INTRANSITIVE and not found.get(Role.THEME):
        found.roles[Role.THEME] = [g for g in found.get(Role.AS) if fits(g, event.frame.theme)]
    resolve_pronoun(event, tree, groups, found)
    _turned_from(event, found)
    if event.frame.rule in INTO and not found.get(Role.GOAL):
        find_goal(event, tree, groups, found)
    found.times = cleft_dates(event, tree, groups, found) or noun_dates(event, tree) or clause_dates(event, tree)
    _journeying(event, tree, found)
    return found


def _take_lists(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """Take in those that a list names before the one that its particle stands behind."""
    if event.frame.pattern is Pattern.COMPOSITION:
        for group in tuple(found.get(Role.PART))[:1] if event.verb != "からなる" else ():
            found.roles[Role.PART] = listed(group, groups, tree)
    if event.frame.rule in {*INTO, "replace", "contain"}:
        found.roles[Role.THEME] = [x for g in found.get(Role.THEME) for x in listed(g, groups, tree)]
    if event.frame.rule in PLACING:
        found.roles[Role.THEME] = [x for g in found.get(Role.THEME) for x in placed_with(g, groups, tree)]
    if event.form is Form.VERBAL and event.modified is None and len(found.get(Role.THEME)) == 1:
        found.roles[Role.THEME] = in_row(found.get(Role.THEME)[0], event, groups, tree)
    if event.frame.rule in {"attend", "attend.travel"}:
        found.roles[Role.AGENT] = [x for g in found.get(Role.AGENT) for x in all_attending(g, groups, tree)]


PURPOSE = re.compile(r"(?:する)?(?:ため|べく|目的で)")
JOURNEY = re.compile(r"訪問|訪れ|出発|滞在|日程|出張|赴")


def _journeying(event: Event, tree: Tree, found: Fillers) -> None:
    """Who sets out to attend has not attended yet, and the days of a journey are not those of the meeting: 6日、会合に出席するため出発した."""
    if event.frame.rule != "attend":
        return
    if PURPOSE.match(tree.text, event.phrase.content_end):
        found.roles[Role.AGENT], found.times = [], []
    found.times = [t for t in found.times if not JOURNEY.search(tree.text, t.end, event.start)]


def _turned_from(event: Event, found: Fillers) -> None:
    """XはYから改称された: the subject is what came of it."""
    old = [g for g in found.get(Role.SOURCE) if fits(g, event.frame.theme)]
    new = [g for g in found.get(Role.THEME) if g.particle in {"は", "が", "も"}]
    if event.frame.rule in INTO and old and new and not found.get(Role.GOAL):
        found.roles[Role.THEME], found.roles[Role.GOAL] = old, new


def _side_only(group: Group, groups: Sequence[Group], text: str) -> bool:
    """Whether a state only opens the list of those on its side: 日本側は外務大臣と防衛大臣、米国側は…."""
    name = group.members[0].name
    if name.kind is not Kind.STATE or "側" not in text[name.start : group.phrase.end]:
        return False
    return any(g.phrase.index > group.phrase.index and g.members[0].name.kind in {Kind.PERSON, Kind.POST} for g in groups)


def _assign(event: Event, group: Group, link: str, found: Fillers) -> None:
    frame, particle = event.frame, group.particle
    if link == "noun" and group.particle == "" and frame.event and fits(group, (Kind.PLACE,)):
        found.add(Role.VENUE, group)
        return
    if link == "noun":
        topics = [g for g in found.get(Role.THEME) if g.particle in {"は", "も"}]
        glued = particle == "" and frame.rule == "establish"  # 内務省は「海上輸送庁」新設を発表した
        if (glued or (particle == "の" and topics)) and fits(group, frame.theme):
            found.roles[Role.THEME] = [group]  # 理事会は、委員会の設置を承認した: it is the committee that is set up
            found.roles[Role.AGENT] = [*found.get(Role.AGENT), *topics]
            return
        found.add(Role.THEME if fits(group, frame.theme) and not found.get(Role.THEME) else Role.AGENT, group)
        return
    if (
        link == "direct"
        and particle == ""
        and event.form is Form.VERBAL
        and fits(group, frame.theme)
        and group.end >= event.phrase.start - 1
    ):
        found.add(Role.THEME, group)  # 署名 glued to its object: 「協定署名」
        return
    if particle == "" and group.end == event.start and fits(group, (Kind.INSTITUTION,)):
        found.add(Role.AGENT, group)  # 閣議決定, 国会承認
        return
    role = role_of(event, group, link)
    if role:
        found.add(role, group)


TOLD_TO = re.compile(r"(?:(?:す|させ)る|[うくすつぬぶむる])?よう(?:に)?、?(?:指示|命|求め|要請|依頼|勧告|委託)")
DOERS = frozenset({"draft", "adopt.compile"})


def _told_to(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """Those who are told to do it do it: 協議会に対し、勧告を作成するよう指示した."""
    if event.frame.rule not in DOERS or not TOLD_TO.match(tree.text, event.phrase.content_end):
        return
    told = [g for g in groups if g.particle in {"に", "に対し", "に対して"} and g.phrase.index < event.phrase.index]
    if told:
        found.roles[Role.AGENT] = told[-1:]


def _chaired_by_others(event: Event, tree: Tree, found: Fillers) -> None:
    """A topic is what is chaired where が marks others, who have no name: 支援グループは、加盟国と非加盟国が共同議長を務める."""
    topics = [g for g in found.get(Role.AGENT) if g.particle == "は" and fits(g, event.frame.theme)]
    others = any(p.particle == "が" and p.head.nominal and not p.name for p in tree.dependants[event.phrase.index])
    if topics and others:
        found.roles[Role.AGENT] = [g for g in found.get(Role.AGENT) if g not in topics]
        found.roles[Role.THEME] = topics


def previous_theme(event: Event, tree: Tree, groups: Sequence[Group], kinds: Sequence[Kind]) -> Group | None:
    """What the clause before was about, for a clause that names nothing: …がまとめられ、SCCで合意された."""
    for earlier in reversed(list(find_events(tree))):
        if event.frame.rule in ENDINGS and earlier.form is Form.NOMINAL:
            continue  # 戦争の終結を受けて、理事会は解散を決め、翌年に解消した
        if earlier.phrase.index >= event.phrase.index or earlier.modified is not None:
            continue
        for group in fill(earlier, tree, groups).get(Role.THEME):
            if fits(group, kinds):
                return group
    return None
