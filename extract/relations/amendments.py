"""Amendments that have no name but their date: 「2015年の自衛隊法改正により」 is an act of its own that revises the law."""

from __future__ import annotations

import re

from extract.relations.context import Context
from extract.relations.draft import LIKELY, quote
from extract.relations.factuality import with_date
from ontology.terms import Factuality, Kind, Property, is_a

AMENDED = re.compile(r"[」』]?(?:の)?(改正|改定|改訂)(?=[はがをにのも、。]|により|によって|では|で)")


def assert_amendments(context: Context) -> None:
    """Make the claims of a sentence's dated amendments."""
    for name in context.named.names:
        timex = context.dates.get(name.start)
        amended = AMENDED.match(context.text, name.end)
        if timex is None or timex.date is None or amended is None or not is_a(name.kind, Kind.AGREEMENT):
            continue
        for key in context.of(name):
            thing = context.things[key]
            label = f"{timex.date.edtf[:4]}年の{thing.label}{amended.group(1)}"
            act = context.things.take(label, thing.kind)
            evidence = quote(context.named.sentence, (timex.start, amended.end()))
            standing = with_date(Factuality.ACTUAL, timex.date, context.published)
            context.drafts.add(act, Property.REVISES, key, standing, evidence, "amendment", confidence=LIKELY)
            context.drafts.add(act, Property.ADOPTED_ON, timex.date, standing, evidence, "amendment", confidence=LIKELY)
