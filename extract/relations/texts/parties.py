"""Whose agreement or programme it is, by its name or by whom it is with: 日・NATO協力計画, 米国との防衛協力協定, A社による「共同研究」."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.model import Stretch
from extract.names.found import Name, fold
from extract.names.knowledge import Knowledge
from extract.names.states import PAIR
from extract.names.titles import parties
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, quote
from extract.relations.factuality.standing import standing
from extract.relations.grammar.groups import Group, fits, governs
from ontology.terms import Factuality, Kind, Property, is_a

# What stands before the states in a name: 共同開発のための日英取決め, 新たな日豪物品役務相互提供協定.
CONNECTED = re.compile(r"^(?:.{2,40}?(?:に関する|のための|についての|に係る)|新たな|新|旧)(?=.{4})")
BETWEEN_STATES = (Kind.TREATY, Kind.ARRANGEMENT, Kind.JOINT_STATEMENT, Kind.GUIDELINES)
NEXT = re.compile(r"(?:間の)?(?:新たな|二国間の?|初の)?[「『]?")
LONGEST = 12


def sides(label: str, knowledge: Knowledge, *, anywhere: bool = True) -> tuple[str, ...]:
    """The keys of those between whom a name says that it is, states or alliances of states; none where it names fewer than two.

    日・NATO国別適合パートナーシップ計画 → japan, nato. `anywhere`: also those at the head of 日米韓枠組みに関する覚書.
    """
    for text in (CONNECTED.sub("", label), label)[: 2 if anywhere else 1]:
        found = parties(text, knowledge.states) or knowledge.states.prefix(text)
        if len(found) < PAIR:
            found = _with_alliance(text, knowledge)
        if len(found) >= PAIR:
            return found
    return ()


def _with_alliance(text: str, knowledge: Knowledge) -> tuple[str, ...]:
    """A state and an alliance in either order: 日・NATO, 日EU, EU・インド."""
    first = _longest_side(text, knowledge)
    rest = text[len(first) :].lstrip("・")
    second = _longest_side(rest, knowledge)
    if not second or (len(second) == 1 and not text.startswith("・", len(first))):
        return ()  # the 加 of NATO加盟 is no Canada
    found = (_side(first, knowledge), _side(second, knowledge))
    return found if found[0] != found[1] else ()


def _longest_side(text: str, knowledge: Knowledge) -> str:
    return next((text[:n] for n in range(min(LONGEST, len(text)), 0, -1) if _side(text[:n], knowledge)), "")


def _side(text: str, knowledge: Knowledge) -> str:
    letter = knowledge.states.letters.get(text)
    state = knowledge.states.named(text) or ((letter,) if letter else ())
    if state:
        return state[0] if len(state) == 1 else ""
    key = knowledge.bearers.get(fold(text), "")
    return key if key and knowledge.entries[key].kind is Kind.PARTNERSHIP else ""


def assert_parties(context: Context) -> None:
    """Make the claims of the parties that the agreements of a sentence are named with."""
    for name in context.named.names:
        if not name.plural and name.rule != "anaphor":
            for key in context.of(name):
                _named(context, name, key)
    for group in context.groups:
        if fits(group, MAKERS) and group.particle == "による":
            _made_by(context, group)
        if fits(group, (Kind.STATE,)) or governs(group.members[0].name):
            _of_several(context, group)
        if fits(group, (Kind.STATE,)):
            _with_one(context, group)


def _named(context: Context, name: Name, key: str) -> None:
    things = context.things
    kind = things.kind(key)
    if not is_a(kind, Kind.AGREEMENT) or kind is Kind.LAW:
        return
    for side in sides(name.label, things.knowledge, anywhere=kind in BETWEEN_STATES):
        things.known(side)
        _add(context, key, side, (name.start, name.end), "name.states")


def _of_several(context: Context, group: Group) -> None:
    """日本と英国の情報保護協定, 豪英米3か国による協定: whose the agreement right behind is."""
    members = context.members(group)
    if len(members) < PAIR or group.particle not in {"の", "との", "による"}:
        return
    for key, end in _behind(context, group):
        for _, member in members:
            state = context.bound(member)
            _add(context, key, state, (group.start, end), "parties.of")


MAKERS = (Kind.STATE, Kind.ORGANISATION)


def _made_by(context: Context, group: Group) -> None:
    """川崎重工業とレオナルド社による「無人ヘリ共同研究」が始まる: who carries out the programme right behind."""
    for name in context.named.names:
        behind = name.start >= group.phrase.end and NEXT.fullmatch(context.text[group.phrase.end : name.start])
        if not behind or name.kind is not Kind.PROGRAMME or name.rule == "anaphor":
            continue
        told = (e for e in context.events if any(m.name is name for g in context.themes(e) for m in g.members))
        event = next(told, None)
        found = standing(context.tree, event).factuality if event else Factuality.ACTUAL
        for member, maker in context.members(group) if found else ():
            for key in context.of(name):
                evidence = quote(context.named.sentence, (member.start, name.end))
                context.drafts.add(
                    key, Property.DEVELOPED_BY, maker, found or Factuality.ACTUAL, evidence, "parties.makers", confidence=LIKELY
                )


def _with_one(context: Context, group: Group) -> None:
    """スウェーデンは米国との防衛協力協定を承認した: a party, and the state that the sentence is about the other one."""
    members = context.members(group)
    if len(members) != 1 or group.particle != "との":
        return
    topics = [g for g in context.groups if g.particle in {"は", "が", "も"} and g.end <= group.start and fits(g, (Kind.STATE,))]
    for key, end in _behind(context, group):
        _add(context, key, members[0][1], (group.start, end), "parties.with")
        for member, state in context.members(topics[-1]) if topics else ():
            if state != members[0][1]:
                _add(context, key, state, (member.start, end), "parties.with")


def _behind(context: Context, group: Group) -> Iterator[tuple[str, int]]:
    """The agreement that stands right behind a group of states, and where its name ends."""
    for name in context.named.names:
        if name.start >= group.phrase.end and NEXT.fullmatch(context.text[group.phrase.end : name.start]):
            for key in context.of(name):
                if context.things.kind(key) in BETWEEN_STATES[:2] and name.rule != "anaphor":
                    yield key, name.end


def _add(context: Context, key: str, party: str, place: Stretch, rule: str) -> None:
    evidence = quote(context.named.sentence, place)
    context.drafts.add(key, Property.HAS_PARTY, party, Factuality.ACTUAL, evidence, rule, confidence=LIKELY)
