"""Amendments that have no name but their date: 「2015年の自衛隊法改正により」 is an act of its own that revises the law."""

from __future__ import annotations

import re

from extract.model import Stretch
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, quote
from extract.relations.factuality.outlook import with_date
from extract.relations.factuality.standing import standing
from ontology.terms import Factuality, Kind, Property, is_a

AMENDED = re.compile(r"[」』]?(?:の)?(改正|改定|改訂)(?=[はがをにのも、。]|により|によって|では|で)")


def assert_amendments(context: Context) -> list[tuple[str, Stretch]]:
    """Make the claims of a sentence's dated amendments; those that came about, with their places."""
    made = []
    for name in context.named.names:
        timex = context.dates.get(name.start)
        amended = AMENDED.match(context.text, name.end)
        if timex is None or timex.date is None or amended is None or not is_a(name.kind, Kind.AGREEMENT):
            continue
        found = _standing(context, amended.start(1))
        if found is None:
            continue
        for key in context.of(name):
            thing = context.things[key]
            label = f"{timex.date.edtf[:4]}年の{thing.label}{amended.group(1)}"
            act = context.things.take(label, thing.kind)
            evidence = quote(context.named.sentence, (timex.start, amended.end()))
            stated = with_date(found, timex.date, context.published)
            context.drafts.add(act, Property.REVISES, key, stated, evidence, "amendment", confidence=LIKELY)
            context.drafts.add(act, Property.ADOPTED_ON, timex.date, stated, evidence, "amendment", confidence=LIKELY)
            if stated is Factuality.ACTUAL:
                made.append((act, (timex.start, amended.end())))
    return made


def _standing(context: Context, at: int) -> Factuality | None:
    """Whether the amendment came about: 2014年の法改正は見送られた."""
    event = next((e for e in context.events if e.frame.rule == "revise" and e.phrase.start <= at < e.phrase.end), None)
    return standing(context.tree, event).factuality if event else Factuality.ACTUAL
