"""People called by surname alone: 河野大臣, after 河野太郎外務大臣, is the same man; so is ウォン外相 after ペニー・ウォン外相.

Only where the document gives one full name with that surname.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extract.names.found import Name
from extract.names.things import Things
from extract.tokens import Token
from ontology.terms import Kind

FOREIGN = re.compile(r"[ァ-ヶー]+(?:[・=][A-Zァ-ヶー]+)*[・=]([ァ-ヶー]{2,})")
WRITTEN_AS_ONE = 3  # 習近平: a Chinese or Korean name that the dictionary has as one word


def join_surnames(things: Things, sentences: Iterable[tuple[Sequence[Token], Sequence[Name]]]) -> None:
    """Make one thing of a person's full name and the surname alone."""
    full: dict[str, set[str]] = {}
    alone: dict[str, str] = {}
    for tokens, names in sentences:
        for name in (n for n in names if n.kind is Kind.PERSON):
            key = things.find(name.label, Kind.PERSON)
            if key is None or key not in things:
                continue
            surname = _surname(tokens, name)
            if surname:
                full.setdefault(surname, set()).add(things.current(key))
            else:
                alone[name.label] = key
    for label, key in alone.items():
        bearers = {things.current(k) for k in full.get(label, ())} - {things.current(key)}
        if len(bearers) == 1:
            things.merge(bearers.pop(), key)


def _surname(tokens: Sequence[Token], name: Name) -> str | None:
    """The surname in a full name; None where the name is no full one."""
    foreign = FOREIGN.fullmatch(name.label)
    if foreign:
        return foreign.group(1)
    inside = [t for t in tokens if name.start <= t.start and t.end <= name.end]
    if len(inside) > 1 and inside[0].tag.endswith("人名-姓"):
        return inside[0].text
    one = len(inside) == 1 and inside[0].tag.endswith("人名-一般") and re.fullmatch(r"[一-龥]+", name.label)
    return name.label[0] if one and len(name.label) == WRITTEN_AS_ONE else None
