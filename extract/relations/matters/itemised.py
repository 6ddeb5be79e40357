"""What a sentence of mere nouns adds to the one before.

「協議会は次の分野を扱う。海洋安全保障、サイバー防衛などである。」

The sentence before must end on what a body, text or meeting deals with; the items are then its matters too.
"""

from __future__ import annotations

import re

from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, quote, topic_key
from extract.relations.matters.topics import ADNOMINAL, np_start, topics_of
from ontology.terms import Kind, Property

# How such a sentence ends: などである, 等です, などだ.
ENDING = re.compile(r"^[」』]?(?:など|等)(?:で(?:ある|す|あった|した)|だ(?:った)?|が(?:ある|あります|挙げられる))?。?$")
BETWEEN = re.compile(r"^[」』]?(?:、|・|や|及び|および|と|と、|や、)?$")
NO_MATTER = frozenset({Kind.STATE, Kind.PERSON, Kind.POST, Kind.PLACE})
RULE = "itemised"


def assert_itemised(context: Context) -> None:
    """Make the claims of a sentence that only lists what the one before said to be dealt with."""
    dealt, phrases = context.discourse.dealt, context.tree.phrases
    if dealt is None or dealt.sentence != context.index - 1 or len(phrases) < 2:
        return
    if not ENDING.match(phrases[-1].tail) or any(n.kind in NO_MATTER for n in context.named.names):
        return
    if not all(p.head.nominal and (p.particle in ADNOMINAL or BETWEEN.match(p.tail)) and not p.timex for p in phrases[:-1]):
        return
    items = list(topics_of(context.tree, phrases[-1]))
    if len(items) < 2 or np_start(context.tree, phrases[0]) < items[0][0] - 1:
        return
    for start, end, text in items:
        for key in dealt.keys:
            evidence = quote(context.named.sentence, (start, end))
            topic = topic_key(context.things, text)
            context.drafts.add(key, Property.COVERS, topic, dealt.factuality, evidence, RULE, confidence=LIKELY)
