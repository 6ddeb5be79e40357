"""Who plays which role of an event: by particles, by what the verb stands before, by what the sentence goes on about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.relations.grammar.adjusting import (
    drop_beside_complement,
    drop_others_subjects,
    drop_patients,
    find_chaired,
    find_cleft_agent,
    find_superior,
    jointly,
    keep_one_subject,
    prefer_possessed,
    topicalise,
)
from extract.relations.grammar.clauses import goes_through
from extract.relations.grammar.events import Event, Form, Voice, find_events, modified_noun
from extract.relations.grammar.fillers import Fillers
from extract.relations.grammar.frames import Pattern, Role
from extract.relations.grammar.groups import Group, fits
from extract.relations.grammar.head_nouns import fill_head_noun, resolve_pronoun
from extract.relations.grammar.lending import lenders
from extract.relations.grammar.outcomes import find_goal
from extract.relations.grammar.particles import INTO, MERGING, role_of
from extract.relations.grammar.themes import theme_is_open
from extract.relations.grammar.timing import clause_dates, cleft_dates, noun_dates
from extract.relations.grammar.venues import housed
from extract.syntax import FORMAL_NOUNS, Phrase, Tree
from ontology.terms import Kind, lineage


def fill(event: Event, tree: Tree, groups: Sequence[Group]) -> Fillers:
    """The fillers that the sentence itself gives to an event's roles."""
    found = Fillers()
    groups = [g for g in groups if not _side_only(g, groups, tree.text)]
    for group in groups:
        link = _link(event, tree, group)
        if link:
            _assign(event, group, link, found)
        if _houses(event, tree, group):
            found.add(Role.VENUE, group)
    others = drop_others_subjects(event, tree, found)
    groups = [g for g in groups if g not in others]
    if event.frame.pattern is Pattern.COMPOSITION:
        for group in tuple(found.get(Role.PART))[:1] if event.verb != "からなる" else ():
            found.roles[Role.PART] = listed(group, groups, tree)
    if event.frame.rule in {*INTO, "replace", "contain"}:
        found.roles[Role.THEME] = [x for g in found.get(Role.THEME) for x in listed(g, groups, tree)]
    if event.frame.rule == "attend":
        found.roles[Role.AGENT] = [x for g in found.get(Role.AGENT) for x in _all_attending(g, groups, tree)]
    _take_all(event, tree, groups, found)
    fill_head_noun(event, tree, groups, found)
    find_superior(event, tree, groups, found)
    _shared(event, tree, groups, found)
    if event.frame.pattern is Pattern.CHAIR:
        find_chaired(event, tree, groups, found)
        _chaired_by_others(event, tree, found)
    find_cleft_agent(event, tree, groups, found)
    _told_to(event, tree, groups, found)
    drop_patients(event, found)
    prefer_possessed(event, found)
    drop_beside_complement(event, tree, found)
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
    return found


def _turned_from(event: Event, found: Fillers) -> None:
    """XはYから改称された: the subject is what came of it."""
    old = [g for g in found.get(Role.SOURCE) if fits(g, event.frame.theme)]
    new = [g for g in found.get(Role.THEME) if g.particle in {"は", "が", "も"}]
    if event.frame.rule in INTO and old and new and not found.get(Role.GOAL):
        found.roles[Role.THEME], found.roles[Role.GOAL] = old, new


def listed(group: Group, groups: Sequence[Group], tree: Tree) -> list[Group]:
    """A group and those that a list names before it, each with modifiers of its own: XとYからなるA、ZのBとCから構成される."""
    found = [group]
    at = groups.index(group)
    for earlier in reversed(groups[:at]):
        following = found[0]
        between = tree.phrases[earlier.phrase.index + 1 : following.phrase.index]
        if earlier.phrase.index >= following.phrase.index or earlier.members[0].name.kind in {Kind.STATE, Kind.PLACE}:
            continue
        reaches = all(following.phrase.index in {g.index for g in tree.governors(p)} for p in between)
        if (
            earlier.particle in {"", "と", "や"}
            and reaches
            and (
                earlier.phrase.tail.rstrip("」』") in {"、", "と", "や", "と、", "・", "及び"}
                or (between and tree.text[between[0].start : between[0].end] in JOINING)
            )
        ):
            if lineage(earlier.members[0].name.kind)[-1] == lineage(group.members[0].name.kind)[-1]:
                found.insert(0, earlier)
        elif not reaches:
            break
    return found


def _all_attending(last: Group, groups: Sequence[Group], tree: Tree) -> list[Group]:
    """Who attends, the other side and a list of bodies with their states included: 日本のA社、英国のB社が参画する."""
    bodies = listed(last, groups, tree) if fits(last, (Kind.ORGANISATION, Kind.ARMED_FORCE, Kind.GOVERNMENT_BODY)) else [last]
    return [*_of_other_side(last, groups, tree), *bodies]


SIDE = re.compile(r"、[^、。]{1,14}側(?:から)?[はが]?、?")


def _of_other_side(last: Group, groups: Sequence[Group], tree: Tree) -> list[Group]:
    """Those of the side that is told first: 日本側からA大臣、B大臣、米側からC長官が|出席した."""
    people = {Kind.PERSON, Kind.POST}
    before = [g for g in groups if g.phrase.index < last.phrase.index and g.members[0].name.kind in people]
    first = before[-1] if before and last.members[0].name.kind in people else None
    if first is None or first.particle:
        return []
    return [first] if SIDE.fullmatch(tree.text, first.phrase.content_end, last.start) else []


ALL = re.compile(r"いずれも|ともに|それぞれ|双方とも")


def _take_all(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """All that a topic lists are what いずれも says it of: 監視に当たるAと、研究を行うBは、いずれもパリに所在した."""
    if not any(ALL.match(tree.text[p.start : p.end]) for p in tree.dependants[event.phrase.index]):
        return
    for role in (Role.THEME, Role.AGENT):
        filled = found.get(role)
        if len(filled) == 1 and filled[0].particle in {"は", "が", "も"}:
            found.roles[role] = listed(filled[0], groups, tree)


JOINING = frozenset({"及び", "および", "並びに", "ならびに"})


def _side_only(group: Group, groups: Sequence[Group], text: str) -> bool:
    """Whether a state only opens the list of those on its side: 日本側は外務大臣と防衛大臣、米国側は…."""
    name = group.members[0].name
    if name.kind is not Kind.STATE or "側" not in text[name.start : group.phrase.end]:
        return False
    return any(g.phrase.index > group.phrase.index and g.members[0].name.kind in {Kind.PERSON, Kind.POST} for g in groups)


def _taking_over(event: Event, tree: Tree, phrase: Phrase) -> bool:
    """取って代わる is one verb, though the parser sees two."""
    above = tree.phrases[phrase.depends_on]
    return above.index + 1 == event.phrase.index and tree.text[above.start : above.end] in {"取って", "とって"}


OWNED = frozenset({"replace.inherit", "rename"})  # whose verbs may have as object what their theme has


def _link(event: Event, tree: Tree, group: Group) -> str | None:
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
        if event.form is Form.NOMINAL and group.particle in {"の", ""}:
            return "noun"
        return "direct"
    beside = (
        group.particle in {"と", "が", "を"} and above.depends_on == event.phrase.index > above.index and jointly(tree, above)
    )
    if beside or _taking_over(event, tree, phrase):
        return "direct"
    if any(phrase.depends_on == above.index and phrase.index < above.index for above in lenders(event, tree)):
        return "matrix"
    return _on_object(event, group) if above.index + 1 == event.phrase.index else None


def _on_object(event: Event, group: Group) -> str | None:
    """How a group hangs on an event whose verb takes in the word that it stands with: Yの後を|継ぐ, 作業部会を傘下に|置く."""
    if event.frame.rule in OWNED and "を" in event.verb and group.particle == "の":
        return "noun"
    return "direct" if "に" in event.verb[:-1] and group.particle == "を" else None


def _houses(event: Event, tree: Tree, group: Group) -> bool:
    """Whether a group tells where the building stands in which it was done: ソウルの国防部庁舎で開催された."""
    building = housed(tree, group)
    return building is not None and building.depends_on in {event.phrase.index, *(p.index for p in lenders(event, tree))}


def _assign(event: Event, group: Group, link: str, found: Fillers) -> None:
    frame, particle = event.frame, group.particle
    if link == "noun" and group.particle == "" and frame.event and fits(group, (Kind.PLACE,)):
        found.add(Role.VENUE, group)
        return
    if link == "noun":
        topics = [g for g in found.get(Role.THEME) if g.particle in {"は", "も"}]
        if particle == "の" and topics and fits(group, frame.theme):
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


def _shared(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """A topic of the whole sentence serves each of its clauses; a subject serves the clauses that go on from it."""
    above = [p.index for p in tree.governors(event.phrase)]
    if event.form is Form.NOMINAL and not any(lenders(event, tree)):
        return
    if event.form is Form.NOMINAL and any(_before_noun(tree, p) for p in lenders(event, tree)):
        return
    own = any(g.particle == "が" and _link(event, tree, g) for g in groups)
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
        if not (group.particle in {"は", "も", "が", "では", "とは"} or goal) or _link(event, tree, group):
            continue
        if event.frame.rule.startswith("end") and group.particle == "が" and _decides(event, tree, group):
            continue  # 理事会が解散を決定し、1977年に解消した: the whole ended, not the board
        role = role_of(event, group, "direct")
        joined = event.verb in MERGING and role is not None and all(g.particle == "と" for g in found.get(role))
        beside = role is Role.AGENT and event.frame.pattern is Pattern.INTRANSITIVE and group.particle == "が"
        if role and (joined or not found.get(role)) and not beside:  # Yが加わって、Xは発足した: Y founds nothing
            found.add(role, group)


def _before_noun(tree: Tree, verb: Phrase) -> bool:
    """Whether a lending verb stands before a noun of its own: 共同開発を開始した|Xについて発表した."""
    noun = modified_noun(tree, verb)
    return noun is not None and noun.head.text not in FORMAL_NOUNS


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
