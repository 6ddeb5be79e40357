"""Bodies of which a sentence only says that there are none: 「NATOのような統合司令部は持たなかった」.

Nothing is claimed of them, and no later sentence goes on about them.
"""

from __future__ import annotations

import re

from extract.relations.discourse.context import Context
from extract.relations.grammar.groups import Group, fits
from ontology.terms import Kind

LACKED = re.compile(
    r"(?:(?:持た|もた|有さ)|(?:持っ|もっ|有し|備え|備わっ|存在し|抱え)て(?:は|も)?い|存在[しせ]|備わら)(?:な[いかくけ]|ず|ませ)|(?:な(?:い|かった)|ありません)(?:。|$|が、)"
)
BODIES = (Kind.COMMAND, Kind.FORUM, Kind.INSTITUTION)


def drop_absent(context: Context) -> None:
    """Take out of a sentence the bodies that it says are not there, unless the text has spoken of them before."""
    absent = [g for g in context.groups if g.particle in {"は", "も", "が", "を"} and fits(g, BODIES) and _lacked(context, g)]
    known = set(context.discourse.mentions[: context.discourse.opened])
    absent = [g for g in absent if known.isdisjoint(k for _, k in context.members(g))]
    context.discourse.absent |= {key for group in absent for _, key in context.members(group)}
    context.groups = tuple(g for g in context.groups if g not in absent)


def _lacked(context: Context, group: Group) -> bool:
    """Whether the verb that a group hangs on says that there is none."""
    verb = context.tree.phrases[group.phrase.depends_on]
    return verb.index > group.phrase.index and bool(LACKED.match(context.text, verb.start))
