"""The noun that a verb stands before, as a filler: 昨年設置された委員会, 共同開発した迎撃ミサイルである."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.relations.grammar.definitions import owned_noun, said_noun
from extract.relations.grammar.events import Event, Form, Voice, modified_noun
from extract.relations.grammar.fillers import Fillers
from extract.relations.grammar.frames import Pattern, Role
from extract.relations.grammar.groups import Group, fits
from extract.relations.grammar.lending import lenders
from extract.relations.grammar.listings import PLACING
from extract.syntax import Phrase, Tree
from ontology.terms import Kind, lineage

LISTING = re.compile(r"^[」』]?(?:、|と|や|及び|および|ならびに|並びに|・)、?$")


def fill_head_noun(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """The noun that a verb stands before fills the role that is left open: 昨年設置された委員会, 協定を結んだ両国."""
    modified = event.modified
    if modified is None and event.form is Form.NOMINAL and not _of_its_own(event):
        modified = next((m for above in lenders(event, tree) if (m := modified_noun(tree, above))), None)
        modified = modified or _dated_before(event, tree)
    if modified is None:
        return
    group = _modified_group(event, modified, tree, groups)
    if group is None:
        return
    group = _within_reach(event, tree, group)
    passive = event.voice is Voice.PASSIVE
    gathered = event.frame.rule == "hold.gather"  # 首脳が集まった会議
    if (passive or event.frame.pattern is Pattern.INTRANSITIVE) and _has_subject(event, tree) and not gathered:
        return
    role = _open_role(event, tree, found)
    if role is Role.THEME and not fits(group, event.frame.theme):
        role = Role.AGENT if not found.get(Role.AGENT) else Role.VENUE
    if not found.get(role):
        found.add(role, group)
        if role is Role.THEME and passive and event.form is Form.VERBAL and fits(group, (Kind.AGREEMENT,)):
            for other in _listed_behind(group, tree, groups):
                apart = event.frame.rule in PLACING and APART.match(tree.text, group.members[-1].end)
                if not apart:  # 省の下に置かれたA庁、およびB局: B may stand elsewhere
                    found.add(role, other)


def _open_role(event: Event, tree: Tree, found: Fillers) -> Role:
    """The role that a verb leaves open for the noun that it stands before."""
    pattern = event.frame.pattern
    if pattern in {Pattern.COMPOSITION, Pattern.CHAIR}:
        return Role.THEME
    if pattern is Pattern.DATIVE:
        return Role.AGENT if found.get(Role.THEME) else Role.THEME
    if pattern is Pattern.TOPIC:
        return Role.AGENT
    undergone = event.voice is Voice.PASSIVE or pattern is Pattern.INTRANSITIVE
    return Role.THEME if undergone or not (found.get(Role.THEME) or has_object(event, tree)) else Role.AGENT


APART = re.compile(r"[」』]?(?:\([^()]*\))?、")
AND_ALSO = re.compile(r"[」』]?(?:\([^()]*\))?、?(?:及び|および|並びに|ならびに)、?[「『]?")


def _listed_behind(group: Group, tree: Tree, groups: Sequence[Group]) -> list[Group]:
    """What a list joins to a text that a clause stands before, by 及び and the like: 締結されたA、ならびにB; of bodies, the next may stand elsewhere."""
    found, last = [], group
    for other in groups:
        joined = other.start > last.start and AND_ALSO.fullmatch(tree.text, last.members[-1].end, other.start)
        if joined and lineage(other.members[0].name.kind)[-1] is lineage(group.members[0].name.kind)[-1]:
            found.append(other)
            last = other
    return found


FOUNDING = frozenset({"establish", "establish.begin"})


def _wider(event: Event, modified: Phrase, tree: Tree, groups: Sequence[Group]) -> Group | None:
    """The topic that a founding may be of, though a name stands behind it: Xは、1982年にマルタに置かれたAとBを率いる司令部である."""
    last = tree.phrases[-1]
    verb = next(
        (p for p in tree.governors(modified) if p.index > modified.index and not p.name and p.depends_on == last.index), None
    )
    led = modified.name is not None and verb is not None and verb.index < last.index and not verb.head.tag.startswith("形容")
    undergone = event.voice is Voice.PASSIVE or event.frame.pattern is Pattern.INTRANSITIVE
    if event.frame.rule not in FOUNDING or event.form is not Form.VERBAL or not led or not undergone:
        return None
    topic = _predicated(last, tree, groups)
    return topic if topic and topic.phrase.index < event.phrase.index and fits(topic, event.frame.theme) else None


def _modified_group(event: Event, modified: Phrase, tree: Tree, groups: Sequence[Group]) -> Group | None:
    """The group that a clause before a noun speaks of; where it may be of either of two, a date that a comma sets off shows which."""
    topic = _wider(event, modified, tree, groups)
    if topic is None:
        owned = owned_noun(tree, modified)
        group = None if owned or _said_of_all(modified, tree) else _at(modified, tree, groups)
        return group or _predicated(owned or modified, tree, groups)
    between = tree.phrases[topic.phrase.index + 1 : event.phrase.index]
    return topic if any(p.timex and p.tail.endswith("、") for p in between) else None


def _of_its_own(event: Event) -> bool:
    """Whether a deed is told with what it is done to in one word: 経済共同体設立を目指す機構 was not itself set up so."""
    first = event.phrase.words[0]
    return first.end <= event.start and first.timex is None and first.nominal and event.frame.rule in FOUNDING


def _has_subject(event: Event, tree: Tree) -> bool:
    """Whether something that has no name is what was done: 交渉の開始が発表された協定 was not itself announced."""
    if event.form is not Form.VERBAL:
        return False
    return any(
        p.particle == "が" and p.head.nominal and p.index < event.phrase.index and not p.timex and not p.name
        for p in tree.dependants[event.phrase.index]
    )


def glued_date(tree: Tree, deed: Phrase) -> Phrase | None:
    """The date that a deed before a noun begins with: 2002年|設立の|委員会."""
    before = tree.phrases[deed.index - 1] if deed.index and deed.tail == "の" and not deed.name else None
    return before if before and before.timex and before.tail == "" and before.end == deed.start else None


def _dated_before(event: Event, tree: Tree) -> Phrase | None:
    """The name behind a dated deed: 2002年設立の対テロ合同委員会."""
    above = tree.phrases[event.phrase.depends_on]
    following = above if above.index > event.phrase.index else None
    return following if following and following.name and glued_date(tree, event.phrase) else None


ANOTHER = re.compile(r"、(?:及び|および|並びに|ならびに)")  # 総局の下に置かれた幕僚部、および防衛庁: the next stands elsewhere


def _within_reach(event: Event, tree: Tree, group: Group) -> Group:
    """The members of a list that a clause in front of it speaks of: からなる of the first; else up to a と or 及び that ends a list."""
    if event.frame.pattern is Pattern.COMPOSITION:
        return replace(group, members=group.members[:1])
    kept, bodies = list(group.members[:1]), fits(group, (Kind.INSTITUTION,))
    for before, member in pairwise(group.members):
        joint = tree.text[before.end : member.start]
        if re.search(r"と|及び|および|並びに|ならびに", joint) and (len(kept) > 1 or (bodies and ANOTHER.search(joint))):
            break
        kept.append(member)
    return replace(group, members=tuple(kept))


def _said_of_all(modified: Phrase, tree: Tree) -> bool:
    """Whether a verb before states is of what they have together: 2001年に発足したトルコ、ルーマニアの2か国による合同部隊."""
    named = modified.name is not None and modified.name.kind is Kind.STATE
    return named and modified.tail != "" and said_noun(tree, modified) is not None


def _predicated(noun: Phrase, tree: Tree, groups: Sequence[Group]) -> Group | None:
    """The topic that a bare noun is said of: SM-3は日米が共同開発した迎撃ミサイルである; Xは翌年に発足した反共の防衛機構である."""
    if said_noun(tree, noun) is None:
        return None
    return next((g for g in groups if g.particle in {"は", "とは", "も"} and g.phrase.index < noun.index), None)


def _at(noun: Phrase, tree: Tree, groups: Sequence[Group]) -> Group | None:
    """The group at a noun phrase, or where it only opens a list, the first named one of the list."""
    first = noun
    for _ in range(5):
        for group in groups:
            if group.phrase.index == noun.index or group.members[0].start == noun.start:
                return group
        if noun.depends_on <= noun.index or not LISTING.match(noun.tail):
            break
        noun = tree.phrases[noun.depends_on]
    return _ending_row(first, tree, groups)


UNNAMED_ROW = re.compile(r"(?:[^、。はがをにで]{1,20}、){1,5}(?:ならびに|並びに|及び|および)、?[「『]?")


def _ending_row(noun: Phrase, tree: Tree, groups: Sequence[Group]) -> Group | None:
    """The name that ends a row of what has none: 締結された|研究プロジェクト、ならびに供給保証協定."""
    behind = (g for g in groups if g.start > noun.start)
    return next((g for g in behind if UNNAMED_ROW.fullmatch(tree.text, noun.start, g.start)), None)


def has_object(event: Event, tree: Tree) -> bool:
    """Whether the verb has an object of its own, named or not: 窓口を設置した外務省 was not set up; 会合を開いた委員会 is what met."""
    active = event.form is Form.VERBAL and event.voice is Voice.ACTIVE and not event.frame.event and "を" not in event.verb
    return has_pronoun(event, tree) or (
        active and any(p.particle == "を" and p.index < event.phrase.index for p in tree.dependants[event.phrase.index])
    )


def has_pronoun(event: Event, tree: Tree) -> bool:
    """Whether the theme is only これ or それ."""
    return any(p.particle == "を" and p.head.text in {"これ", "それ", "これら"} for p in tree.dependants[event.phrase.index])


def resolve_pronoun(event: Event, tree: Tree, groups: Sequence[Group], found: Fillers) -> None:
    """これを引き継ぐ: the topic of the sentence, if it is not what takes over."""
    pointed = next(
        (p for p in tree.dependants[event.phrase.index] if p.particle in {"に", "へ"} and p.head.text in {"これ", "それ"}), None
    )
    if event.frame.pattern is Pattern.DATIVE and pointed and not found.get(Role.THEME):
        before = [
            g
            for g in groups
            if g.phrase.index < pointed.index and fits(g, event.frame.theme) and g not in found.get(Role.AGENT)
        ]
        for group in before[-1:]:
            found.add(Role.THEME, group)
        return
    if found.get(Role.THEME) or not has_pronoun(event, tree):
        return
    if event.modified and event.modified.head.text in {"もの", "の"}:
        return  # 新しい指針は、これを改定したものである: what was spoken of before
    for group in groups:
        if group.particle in {"は", "も"} and fits(group, event.frame.theme) and group not in found.get(Role.AGENT):
            found.add(Role.THEME, group)
            return
