"""Texts that are called alike and are of different states: 「中国とソロモン諸島は安全保障協定に署名し、豪州とバヌアツも安全保障協定を結んだ」."""

from __future__ import annotations

import re

from extract.names.found import Name
from extract.names.states import PAIR
from extract.relations.discourse.context import Context
from ontology.terms import Kind, Property, is_a

LISTED = re.compile(r"(?:政府)?(?:と|、|及び|および|並びに|・|,|、及び)")  # what stands between states that are named together
OF = re.compile(r"(?:両国|両政府|政府)?(?:との|の)?間?の(?:「|『)?")
AS_SUBJECT = re.compile(r"(?:両国|両政府|両首脳|政府)?(?:は|が|も)")
CONCLUDED = re.compile(
    r"[」』]?(?:\([^()]*\))?(?:に|を|の)(?:(?:仮)?署名|調印|締結|結[びばぶん]|交わ|取り交わ|採択|合意|妥結|発表|公表|改定|発効)"
)


def told_parties(context: Context, name: Name) -> tuple[str, ...]:
    """The states that the sentence says a text is of: 日独の協定, 日本とドイツは…協定に署名した; none where it does not say."""
    rows: list[list[Name]] = []
    for state in context.named.names:
        if state.kind is not Kind.STATE or not state.keys or state.end > name.start:
            continue
        if rows and LISTED.fullmatch(context.text[rows[-1][-1].end : state.start]):
            rows[-1].append(state)
        else:
            rows.append([state])
    for row in reversed(rows):
        keys = tuple(dict.fromkeys(k for state in row for k in state.keys))
        behind = context.text[row[-1].end : name.start]
        subject = AS_SUBJECT.match(behind) and CONCLUDED.match(context.text, name.end)
        if len(keys) >= PAIR and (OF.fullmatch(behind) or subject):
            return keys
    return ()


def known_parties(context: Context, key: str) -> frozenset[str]:
    """The states that a text is known to be of: by what the authority calls it, else by what the document has said."""
    partners = context.things.knowledge.partners(key)
    if len(partners) >= PAIR:
        return frozenset(partners)
    parties = context.drafts.objects(key, Property.HAS_PARTY)
    return frozenset(p for p in parties if isinstance(p, str) and context.things.kind(p) is Kind.STATE)


def apart(context: Context, name: Name, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The bearer of a name that this sentence means: another one than that of other states, else the last that was spoken of."""
    if len(keys) != 1 or not is_a(name.kind, Kind.AGREEMENT) or context.things.knowledge.states.prefix(name.label):
        return keys
    told = told_parties(context, name)
    if not told:
        return (_last_called(context, name, keys[0]),)
    known = known_parties(context, keys[0])
    if len(known) < PAIR or known <= {*told} or {*told} <= known:
        return keys
    states = "・".join(context.things.known(s).label for s in told)
    key = context.things.take(f"{name.label}({states})", name.kind)
    context.things.called(key, name.label)
    return (key,)


def _last_called(context: Context, name: Name, key: str) -> str:
    """Of several that the text calls so, the last that it has named."""
    for spoken in reversed(context.discourse.mentions):
        if spoken == key or context.things[spoken].label.startswith(f"{name.label}("):
            return spoken
    return key
