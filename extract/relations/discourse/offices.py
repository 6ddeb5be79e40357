"""Whose office a title is that several states have: カナダの|カーニー首相 is no prime minister of Japan."""

from __future__ import annotations

import re

from extract.names.found import Name, fold
from extract.names.leaders import state_of_leader
from extract.names.states import SO_MANY
from extract.relations.discourse.context import Context
from ontology.terms import Kind, Property

FROM_SIDE = re.compile(r"(?:政府)?(?:側)?(?:から)?(?:は|の|が|も)?、?(?:[、と・]|及び|および|並びに)*")


def office_of(context: Context, name: Name) -> tuple[str, ...]:
    """The office of the state that is told before its holder; none where the sentence tells none."""
    state = _holders_state(context, name) if name.kind is Kind.POST else None
    if state:
        return (_post_of(context, name, state),)
    return office_of_holder(context, name) or _held_before(context, name) or _of_others(context, name)


HOME = "japan"
# Whose foreign ministers are those of many states.
OF_MEMBERS = re.compile(rf"(?:(?:参加|加盟|構成|締約|当事|議長|主催|開催)国|{SO_MANY})の?$")
UNITED_STATES = "united-states"
FOREIGN = re.compile(r"[ァ-ヶー]+(?:[・=][ァ-ヶー]+)*")
KANJI = re.compile(r"[一-龥]")
# All who were ever president of the United States are known by name; of other offices there, not all are.
ALL_KNOWN = re.compile(r"大統領$")
WRITTEN_AS_ONE = 3  # 習近平: a Chinese or Korean name that the dictionary has as one word


def office_of_holder(context: Context, name: Name) -> tuple[str, ...]:
    """The office of whoever is known to hold it elsewhere, or cannot hold that of Japan or the United States: モディ|首相, 尹|大統領."""
    if name.kind is not Kind.POST or _tells_state(context, name):
        return ()
    home, holder = _home(context, name), _holder(context, name)
    if home and OF_MEMBERS.search(context.text, 0, name.start):
        return (context.things.another(name.label, Kind.POST),)
    if holder is None:
        return ()
    state = _holders_state(context, name) or state_of_leader(holder.label, name.label)
    if state:
        return (_post_of(context, name, state),) if state != home else ()
    if home is None or not _foreign_to(context, holder, name, home):
        return ()
    return _held_before(context, name) or (context.things.another(name.label, Kind.POST),)


def _holder(context: Context, name: Name) -> Name | None:
    """The person whose name stands right before a title."""
    return next((n for n in context.named.names if n.kind is Kind.PERSON and n.end == name.start), None)


def _tells_state(context: Context, name: Name) -> bool:
    """Whether a title says itself whose office it is: 米大統領."""
    states = context.things.knowledge.states
    return bool(states.prefix(name.label)) or name.label[0] in states.letters


def _home(context: Context, name: Name) -> str | None:
    """The one state whose office the authority calls by the bare title."""
    known = context.things.knowledge.bearers.get(fold(name.label))
    partners = context.things.knowledge.partners(known) if known else frozenset()
    return next(iter(partners)) if len(partners) == 1 else None


def _foreign_to(context: Context, holder: Name, title: Name, home: str) -> bool:
    """Whether a name cannot be that of who holds an office of `home`: katakana in Japan, 李 or 習近平 either."""
    if home == UNITED_STATES:
        return bool(KANJI.search(holder.label) or ALL_KNOWN.search(title.label))
    return home == HOME and bool(FOREIGN.fullmatch(holder.label) or _of_one_letter(context, holder))


def _of_one_letter(context: Context, holder: Name) -> bool:
    """Whether a person's surname is one of the single letters that surnames of Korea and China are."""
    words = [t for t in context.named.tokens if holder.start <= t.start and t.end <= holder.end]
    known = holder.label[0] in context.things.knowledge.rules.surnames
    return known and (len(words[0].text) == 1 or (len(words) == 1 and len(holder.label) == WRITTEN_AS_ONE))


def _of_others(context: Context, name: Name) -> tuple[str, ...]:
    """An office that is not the authority's though nothing tells whose: where that has a holder in the sentence, or others alone are spoken of."""
    things = context.things
    known = things.knowledge.bearers.get(fold(name.label)) if name.kind is Kind.POST else None
    home = _home(context, name)
    if known is None or home is None or name.label in _labels_with_state(context, known):
        return ()
    taken = any(n.kind is Kind.POST and n.end <= name.start and known in context.of(n) for n in context.named.names)
    own = things.knowledge.entries[known].label == name.label
    pair = context.discourse.states
    named = (n for k in {*context.discourse.mentions} if k in things for n in (things[k].label, *things[k].names))
    spoken = {*pair, *context.discourse.mentions, *(s for n in named for s in things.knowledge.states.prefix(n))}
    abroad = pair and home not in spoken
    return (things.another(name.label, Kind.POST),) if (taken and not own) or abroad else ()


def _labels_with_state(context: Context, key: str) -> frozenset[str]:
    """The names of an office that say themselves whose it is."""
    entry, states = context.things.knowledge.entries[key], context.things.knowledge.states
    return frozenset(n for n in (entry.label, *entry.names) if states.prefix(n))


def _held_before(context: Context, name: Name) -> tuple[str, ...]:
    """The office that the text has already said its holder has, where it now gives the bare title."""
    holder = _holder(context, name)
    keys = context.of(holder)[:1] if holder and name.kind is Kind.POST else ()
    held = [p for k in keys for p in context.drafts.objects(k, Property.HOLDS_POST) if isinstance(p, str)]
    called = ((p, (context.things[p].label, *context.things[p].names, *context.things[p].shared)) for p in held)
    told = [p for p, names in called if any(n.endswith(name.label) for n in names)]
    return tuple(told[:1])


def _holders_state(context: Context, name: Name) -> str | None:
    """The state whose office a title is, told before its holder: カナダの|カーニー首相, フィリピンからは|マナロ外相とテオドロ国防相."""
    people = [n for n in context.named.names if n.kind in {Kind.PERSON, Kind.POST} and n.end <= name.start]
    if not any(n.kind is Kind.PERSON and n.end >= name.start - 1 for n in people):
        return None
    for state in reversed([n for n in context.named.names if n.kind is Kind.STATE and n.end <= name.start]):
        between, at = "", state.end
        for person in (n for n in people if n.start >= state.end):
            between += context.text[at : person.start]
            at = person.end
        told = FROM_SIDE.fullmatch(between + context.text[at : name.start])
        return state.keys[0] if told and len(state.keys) == 1 and not state.plural else None
    return None


def _post_of(context: Context, name: Name, state: str) -> str:
    """The office of a state: the one that the authority knows, else one that is called by both."""
    things = context.things
    known = [k for k in name.keys if things.knowledge.partners(k) == frozenset({state})]
    if len(known) == 1:
        things.known(known[0])
        things.called(known[0], name.label)
        return things.current(known[0])
    key = things.take(f"{things.known(state).label}{name.label}", Kind.POST)
    if name.label not in things[key].shared and name.label not in things[key].names:
        things[key].shared.append(name.label)
    things.called(key, name.label)
    return key
