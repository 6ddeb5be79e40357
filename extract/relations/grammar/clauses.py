"""Through which clauses a topic or subject goes on: Xが…を宣言し、…を行い、…した."""

from __future__ import annotations

import re

from extract.relations.grammar.events import CONTINUING, Event
from extract.relations.grammar.groups import Group
from extract.syntax import Phrase, Tree


def goes_through(event: Event, tree: Tree, group: Group) -> bool:
    """Whether the clause that a topic or subject belongs to goes on to the event: Xが…を宣言し、…を行い、…した."""
    if group.particle in {"が", "も"}:
        return leads_to(event, tree, group.phrase)
    path = [p.index for p in tree.governors(group.phrase)]
    if event.phrase.index in path:
        return True
    clause = tree.phrases[group.phrase.depends_on]
    goes_on = clause.index < event.phrase.index and re.search(
        r"(?:し|て|り|い|び|み|ち|き|ぎ|れ|え|め|せ|け)、?$", clause.tail or clause.head.text
    )
    return bool(goes_on) and clause.depends_on == event.phrase.depends_on and clause.depends_on != event.phrase.index


def leads_to(event: Event, tree: Tree, phrase: Phrase) -> bool:
    """Whether clauses that only go on lead from a subject to the event, none of them in front of a noun."""
    here = tree.phrases[phrase.depends_on]
    while here.index < event.phrase.index:
        if not CONTINUING.search(tree.text[here.start : here.end]) or here.depends_on <= here.index:
            return False
        beyond = tree.phrases[here.depends_on]
        if beyond.index > event.phrase.index:
            return beyond.index == event.phrase.depends_on
        here = beyond
    return here.index == event.phrase.index
