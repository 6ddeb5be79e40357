"""What is done for an agreement's sake: Aを具体化するB, Aの実効性を確保するため、Bを決定した; and what rests on one: Aに基づくB.

Sources of the wording: the verbs of carrying out that white papers use of guidelines and laws.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.names.found import Name
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, quote
from extract.relations.factuality.standing import phrase_standing
from extract.relations.grammar.groups import Group, fits
from extract.syntax import Phrase
from ontology.terms import Factuality, Kind, Property, is_a

CARRY_OUT = re.compile(r"(?:具体化|実施|履行|担保|国内法化|確保|実行)$")
EFFECT = re.compile(r"(?:実効性|実施|履行|規定|内容|着実な実施|義務)$")
BASED = frozenset({"に基づき", "に基づいて", "に基づく", "に基く", "の下で", "のもとで"})
ACTING = (Kind.ARMED_FORCE, Kind.GOVERNMENT_BODY, Kind.STATE)
RESTING = (Kind.INSTITUTION, Kind.AGREEMENT, Kind.PROGRAMME, Kind.OCCURRENCE)


def assert_purposes(context: Context) -> None:
    """Make the claims of what carries out an agreement and of what rests on one."""
    for group in context.groups:
        if not fits(group, (Kind.AGREEMENT,)):
            continue
        verb = _carrying_out(context, group) or _sake(context, group)
        if verb:
            for target in _carriers(context, verb) or _laid_down(context, verb):
                _claim(context, Property.IMPLEMENTS, target, group, verb)
            if FOR_IT.search(context.text, verb.start):
                context.discourse.sake = next(((context.index, key) for _, key in context.members(group)), None)
        if group.particle in BASED:
            for target in _resting(context, group):
                _claim(context, Property.BASED_ON, target, group, None)
    _of_the_last(context)
    for name in context.named.names:
        _named_for(context, name)


FOR_IT = re.compile(r"ため(?:、|に|の)")
POINTING = re.compile(r"^(?:これ|それ|これら)を$")


def _of_the_last(context: Context) -> None:
    """これを担保する国内法として、実施法が成立した: what the last sentence was about is carried out."""
    for phrase in context.tree.phrases:
        verb = context.tree.phrases[phrase.depends_on]
        if not POINTING.match(context.text[phrase.start : phrase.end]) or not CARRY_OUT.search(_content(context, verb)):
            continue
        key = context.discourse.topic_of((Kind.TREATY, Kind.ARRANGEMENT, Kind.GUIDELINES), context.index)
        for target in (_carriers(context, verb) or _laid_down(context, verb)) if key else ():
            for member, law in context.members(target):
                if key and law != key:
                    standing = phrase_standing(context.tree, context.tree.phrases[target.phrase.depends_on]).factuality
                    evidence = quote(context.named.sentence, (phrase.start, verb.end), (member.start, member.end))
                    stated = standing or Factuality.POSSIBLE
                    context.drafts.add(law, Property.IMPLEMENTS, key, stated, evidence, "purpose.implements", confidence=LIKELY)


IMPLEMENTING = re.compile(
    r"^(.+?(?:協定|条約|議定書|取決め|憲章|指針))の?(?:国内)?(?:実施|履行)(?:に関する|のための)?(?:特別措置|特別)?(?:法|法律|法案|法律案)$"
)


def _named_for(context: Context, name: Name) -> None:
    """日豪円滑化協定実施法 carries out 日豪円滑化協定."""
    told = IMPLEMENTING.match(name.label) if is_a(name.kind, Kind.LAW) else None
    treaty = context.things.find(told.group(1), Kind.AGREEMENT) if told else None
    for key in context.of(name):
        if treaty is None:
            return
        if treaty not in context.things:
            context.things.known(treaty)
        evidence = quote(context.named.sentence, (name.start, name.end))
        current = context.things.current(treaty)
        context.drafts.add(key, Property.IMPLEMENTS, current, Factuality.ACTUAL, evidence, "name.implements", confidence=LIKELY)


def _carrying_out(context: Context, group: Group) -> Phrase | None:
    """The verb that carries an agreement out: 宣言にある相互運用性を具体化する, 指針の実効性を確保する."""
    phrase = group.phrase
    for _ in range(3):
        if phrase.depends_on <= phrase.index:
            return None
        above = context.tree.phrases[phrase.depends_on]
        if phrase.particle == "を" and _carries(context, above):
            direct = phrase is group.phrase or EFFECT.search(context.text[phrase.start : phrase.content_end])
            return above if direct or phrase is not group.phrase else None
        if phrase.particle not in {"の", "にある", "を", "に"} and "ある" not in phrase.tail:
            return None
        phrase = above
    return None


INTO_DEED = re.compile(r"実[行施現]に$")


def _carries(context: Context, verb: Phrase) -> bool:
    """Whether a verb carries something out: 具体化する, 実行に移す."""
    if context.text.startswith("移", verb.start):
        return bool(INTO_DEED.search(context.text, 0, verb.start))
    return bool(CARRY_OUT.search(_content(context, verb)) and re.match(r"[」』]?(?:する|し)", verb.tail))


SAKE = re.compile(r"(?:的確な|円滑な|着実な|確実な|国内)?(?:実施|履行|担保|国内法化|具体化|実現)")


def _sake(context: Context, group: Group) -> Phrase | None:
    """The noun that says what is done for an agreement's sake: 協定の実施のため."""
    above = context.tree.phrases[group.phrase.depends_on]
    if group.particle != "の" or above.index <= group.phrase.index or not SAKE.fullmatch(_content(context, above)):
        return None
    return above if re.match(r"の?ため", context.text[above.content_end :]) else None


def _content(context: Context, phrase: Phrase) -> str:
    return context.text[phrase.start : phrase.content_end]


# What a text is said to be there for: (実施する)ためのものである, ための細目を定める.
IS_FOR = re.compile(
    r"(?:ための|もの|ことを目的と)(?:もの|具体的な|詳細な|細目|手続き?|枠組み|措置|文書|取決め|計画)*(?:で|だ|を定め|を規定|と?し|する)"
)


NATIONAL = re.compile(r"(?:国内法|担保法|関連法|実施法|国内措置)(?:令|制)?(?:として|である|の)?$")


def _carriers(context: Context, verb: Phrase) -> list[Group]:
    """What carries it out: the noun that the verb stands before, or the theme of the clause that it is the purpose of."""
    above = context.tree.phrases[verb.depends_on]
    for group in context.groups:
        if group.phrase.index == above.index and above.index > verb.index and fits(group, (Kind.AGREEMENT,)):
            return [group]
    topics = [g for g in context.groups if g.particle in {"は", "とは"} and g.end <= verb.start and fits(g, (Kind.AGREEMENT,))]
    if topics and IS_FOR.match(context.text, verb.end):
        return topics[-1:]
    national = above.index > verb.index and NATIONAL.search(context.text[above.start : above.end])
    if "ため" not in context.text[verb.content_end :] and not national:
        return []
    for event in context.events:
        if event.phrase.index > verb.index and (national or "ため" in context.text[verb.end - 1 : event.phrase.start]):
            themes = [g for g in context.themes(event) if fits(g, (Kind.AGREEMENT,)) and g.start > verb.end]
            if themes:
                return themes[:1]
    return []


MAKING = re.compile(r"(?:提出|整備|改正|制定|成立|可決|策定|公布|施行|新設|追加|設け|定め|盛り込)")
PROVISION = re.compile(r"(?:規定|条文|条項|罰則)$")


def _laid_down(context: Context, verb: Phrase) -> list[Group]:
    """The law that is brought in, or that something is written into, for the purpose: 協定の実施のため、…法案を提出する."""
    for group in context.groups:
        made = context.tree.phrases[group.phrase.depends_on]
        if group.start < verb.end or not fits(group, (Kind.LAW, Kind.POLICY)) or not MAKING.match(_content(context, made)):
            continue
        written = any(PROVISION.search(_content(context, p)) for p in context.tree.dependants[made.index])
        if group.particle in {"を", "が"} or (group.particle == "に" and written):
            return [group]
    return []


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
