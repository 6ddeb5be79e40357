"""What an entry's opening words define: 「南太平洋条約機構 / 1962年に結成された軍事同盟。」 says of its title what it is."""

from __future__ import annotations

import re

from extract.model import Role
from extract.relations.discourse.context import Context
from extract.syntax import Phrase
from ontology.terms import Kind, is_a, lineage

ENDS = re.compile(r"^[」』]?(?:。|$|で(?:ある|あった|す|した)(?:。|$)|だ。|の(?:こと|総称)(?:。|である))")
BODY = re.compile(r"(?:機関|団体|部署|部門|枠組み|体制)$")


def defined(context: Context, noun: Phrase) -> str | None:
    """What the entry is on, where a sentence without a topic says, before anything else is told, that it is `noun`."""
    title, phrases = context.discourse.title, context.tree.phrases
    while noun.tail == "の" and noun.name is None and noun.index + 1 < len(phrases):
        noun = phrases[noun.index + 1]  # 2015年に設立された国の機関
    bare = noun.index == len(context.tree.phrases) - 1 and noun.name is None and ENDS.match(noun.tail)
    if title is None or not context.discourse.entry or not bare or context.named.sentence.role is Role.TITLE:
        return None
    if any(p.particle in {"は", "とは", "も"} and not p.timex for p in context.tree.phrases):
        return None
    if any(t.key != title for t in context.discourse.topics):
        return None
    content, kind = context.text[noun.start : noun.content_end], context.things.kind(title)
    head = context.things.knowledge.rules.head_of(content)
    alike = lineage(head.kind)[-1] is lineage(kind)[-1] if head else is_a(kind, Kind.INSTITUTION) and BODY.search(content)
    return context.things.current(title) if alike else None
