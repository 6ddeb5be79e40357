"""What a sentence is about, for the next: 「SCCは1960年に設置された。外務・防衛の閣僚が出席する。」 goes on about SCC.

A heading is about the thing that it names, a footnote about what calls it.
"""

from __future__ import annotations

import re

from extract.model import Role
from extract.names.found import Name, fold
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import REPLACING
from extract.relations.discourse.meetings import series_called
from extract.relations.grammar.events import modified_noun
from extract.relations.grammar.foundings import founds_unnamed
from extract.relations.grammar.groups import Group, fits
from extract.syntax import FORMAL_NOUNS
from ontology.terms import Kind, Property, is_a

BEGINNING = re.compile(r"(?:設立|設置|創設|新設|発足|締結|策定|署名|調印|発効|批准)(?:式)?")
# What a text or a body has: a sentence about it goes on about the text or the body.
ITS_OWN = re.compile(
    r"署名|調印|締結|発効|施行|批准|批准書|有効期間|有効期限|期間|期限|目的|内容|草案|原案|前文|署名者|"
    r".{0,6}(?:代表|議長|委員長)|本部|事務局|議事録|会合|任務|構成員|メンバー|(?:原|非)?(?:加盟|参加|構成|締約)国|"
    r"(?:最高|(?:最高)?意思決定|執行|諮問)機関|庁舎|人員|定員|定数|職員|要員|兵力|予算|略称|通称|呼称|正式名称|公用語|前身|母体|起源"
)
RANKED = {"は": 0, "とは": 0, "も": 1, "が": 2}  # 3 is what a heading names
GLOSS = re.compile(
    r"<[^<>]*>|\([^()]*\)|[「」『』【】\[\]]|^[#\s\d.]+"
)  # beside the headword: its kind, its reading, its short name
HEADING = re.compile(r"^[#\s\d.()第章節①-⑳・]*(?P<name>.*?)\s*$")


def set_topic(context: Context) -> None:
    """What a sentence is about, for the next: its topic, else its subject; for a heading, the thing that it names."""
    _entitle(context)
    heading = context.named.sentence.role in {Role.TITLE, Role.HEADING}
    for group in sorted(context.groups, key=lambda g: -RANKED.get(g.particle, 9)):
        founded = (group.particle == "の" and _is_subject_deed(context, group)) or _taken_up(group)
        if (group.particle not in RANKED and not heading and not founded) or _inside_noun(context, group):
            continue
        for member, key in context.members(group)[:1]:
            rank = RANKED.get(group.particle, 3)
            own = ITS_OWN.fullmatch(member.name.label) or (rank == RANKED["が"] and _part_of_headword(context, key))
            if context.things.kind(key) is not Kind.STATE and not own:
                context.discourse.topic(context.index, _become(context, key), rank)
        name = group.members[0].name
        if name.kind is Kind.MEETING and name.rule != "session" and not context.of(name):
            context.discourse.topic(context.index, series_called(context.things, name.label), RANKED.get(group.particle, 3))
    if _unnamed(context) and not any(t.sentence == context.index for t in context.discourse.topics):
        context.discourse.topic(context.index, "", 1)


def _part_of_headword(context: Context, key: str) -> bool:
    """Whether something that is a mere subject belongs to what the entry is on, and the text goes on about the whole: …に研究所が加わった."""
    whole = context.discourse.headword((Kind.INSTITUTION,))
    return whole is not None and whole in context.drafts.objects(key, Property.PART_OF)


def _become(context: Context, key: str) -> str:
    """What a sentence says that a thing turned into, about which the text goes on: 同会議は1995年に現在の機構に改組された."""
    told = context.drafts.told_in(context.named.sentence, key, *REPLACING)
    later = {claim.subject for claim in told}
    return next(iter(later)) if len(later) == 1 else key


def _entitle(context: Context) -> None:
    """Take note of what the document's title, or a heading, names."""
    if context.named.sentence.role is Role.TITLE and context.discourse.title is None:
        named = [k for n in context.named.names for k in context.of(n) if not n.plural and n.kind is not Kind.STATE]
        context.discourse.title = named[0] if named else None
        context.discourse.entry = len(set(named)) == 1
        words = {fold(n.label) for n in context.named.names}
        context.discourse.headed = context.discourse.entry and fold(GLOSS.sub("", context.text)) in words
    elif context.named.sentence.role is Role.HEADING and len(context.named.names) == 1:
        _retitle(context, context.named.names[0])


def _unnamed(context: Context) -> bool:
    """Whether a sentence is about what has no name: 新制度の設立が合意され; この演習は."""
    return founds_unnamed(context.tree) or any(
        p.particle in {"は", "とは"}
        and p.head.nominal
        and not p.name
        and not p.timex
        and not ITS_OWN.fullmatch(context.text[p.start : p.content_end])
        for p in context.tree.phrases
    )


def _taken_up(group: Group) -> bool:
    """Whether a sentence only turns to a company of states: クアッドをめぐっては、…が続いた."""
    turned = group.particle in {"をめぐって", "について", "に関して"} and group.phrase.tail.rstrip("、").endswith("は")
    return turned and fits(group, (Kind.PARTNERSHIP,))


def _retitle(context: Context, name: Name) -> None:
    """A heading that is a name opens an entry of its own; so does one of a notice on another agreement than the title's."""
    entry = HEADING.match(context.text)
    whole = entry is not None and entry.group("name") == name.label
    title = context.discourse.title
    notice = is_a(name.kind, Kind.AGREEMENT) and title is not None and is_a(context.things.kind(title), Kind.AGREEMENT)
    if (whole or notice) and context.of(name) and name.kind is not Kind.STATE:
        context.discourse.title = context.of(name)[0]
        context.discourse.entry = context.discourse.entry or whole
        context.discourse.headed = whole


def _inside_noun(context: Context, group: Group) -> bool:
    """Whether a subject is that of a clause which only tells more of a noun: 自衛隊が使用する装備を管理する機関."""
    verb = context.tree.phrases[group.phrase.depends_on]
    noun = modified_noun(context.tree, verb) if group.particle == "が" and verb.index > group.phrase.index else None
    return noun is not None and noun.name is None and noun.head.text not in FORMAL_NOUNS


def _is_subject_deed(context: Context, group: Group) -> bool:
    """Whether a group is what the founding that is the subject is of: 委員会の設立が合意された."""
    deed = context.tree.phrases[group.phrase.depends_on]
    return deed.particle in {"が", "は"} and bool(BEGINNING.fullmatch(context.text[deed.start : deed.content_end]))


def caller_of(context: Context, contexts: dict[int, Context]) -> str | None:
    """What a footnote speaks of: the name that calls it."""
    sentence = context.named.sentence
    caller = contexts.get(sentence.introduced_by) if sentence.introduced_by is not None else None
    if sentence.role is not Role.FOOTNOTE or caller is None or sentence.call_at is None:
        return None
    for name in caller.named.names:
        behind = caller.text[name.end : sentence.call_at]
        if name.end <= sentence.call_at and re.fullmatch(r"[」』]?(?:\([^()]*\))?[」』]?", behind) and caller.of(name):
            return caller.of(name)[0]
    return None
