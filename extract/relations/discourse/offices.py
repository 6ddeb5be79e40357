"""Whose office a title is that several states have: カナダの|カーニー首相 is no prime minister of Japan."""

from __future__ import annotations

import re

from extract.names.found import Name, fold
from extract.relations.discourse.context import Context
from ontology.terms import Kind, Property

FROM_SIDE = re.compile(r"(?:政府)?(?:側)?(?:から)?(?:は|の|が|も)?、?(?:[、と・]|及び|および|並びに)*")


def office_of(context: Context, name: Name) -> tuple[str, ...]:
    """The office of the state that is told before its holder; none where the sentence tells none."""
    state = _holders_state(context, name) if name.kind is Kind.POST else None
    if state:
        return (_post_of(context, name, state),)
    return office_of_foreigner(context, name) or _held_before(context, name) or _of_others(context, name)


HOME = "japan"
OF_MEMBERS = re.compile(
    r"(?:参加|加盟|構成|締約|当事|議長|主催|開催)国の?$"
)  # whose foreign ministers are those of many states
FOREIGN = re.compile(r"[ァ-ヶー]+(?:[・=][ァ-ヶー]+)*")


def office_of_foreigner(context: Context, name: Name) -> tuple[str, ...]:
    """The office of whoever is called in katakana, who holds none of Japan's: ビショップ|外務大臣 in what Japan and Australia agreed."""
    things = context.things
    known = things.knowledge.bearers.get(fold(name.label)) if name.kind is Kind.POST else None
    if known is None or things.knowledge.partners(known) != frozenset({HOME}):
        return ()
    if OF_MEMBERS.search(context.text, 0, name.start):
        return (things.another(name.label, Kind.POST),)
    holder = next((n for n in context.named.names if n.kind is Kind.PERSON and n.end == name.start), None)
    if holder is None or not FOREIGN.fullmatch(holder.label):
        return ()
    state = _holders_state(context, name)
    own = (_post_of(context, name, state),) if state else _held_before(context, name)
    return own or (things.another(name.label, Kind.POST),)


def _of_others(context: Context, name: Name) -> tuple[str, ...]:
    """An office that is not Japan's though nothing tells whose: where Japan's has a holder in the sentence, or others alone are spoken of."""
    things = context.things
    known = things.knowledge.bearers.get(fold(name.label)) if name.kind is Kind.POST else None
    if known is None or things.knowledge.entries[known].label == name.label:
        return ()
    taken = any(n.kind is Kind.POST and n.end <= name.start and known in context.of(n) for n in context.named.names)
    pair = context.discourse.states
    named = (n for k in {*context.discourse.mentions} if k in things for n in (things[k].label, *things[k].names))
    spoken = {*pair, *context.discourse.mentions, *(s for n in named for s in things.knowledge.states.prefix(n))}
    abroad = pair and HOME not in spoken
    return (things.another(name.label, Kind.POST),) if taken or abroad else ()


def _held_before(context: Context, name: Name) -> tuple[str, ...]:
    """The office that the text has already said its holder has, where it now gives the bare title."""
    holder = next((n for n in context.named.names if n.kind is Kind.PERSON and n.end == name.start), None)
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
