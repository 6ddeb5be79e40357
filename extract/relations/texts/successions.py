"""Who takes whose place, said beside the founding: 「Yに代わってXが新設された」, 「Yに代わるものとして、Xを設置した」."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import CERTAIN, quote
from extract.relations.factuality.outlook import to_come, with_date
from extract.relations.factuality.standing import standing
from extract.relations.grammar.events import Event
from extract.relations.grammar.groups import Group, fits
from extract.relations.grammar.roles import fill
from extract.syntax import Phrase
from ontology.terms import Kind, Property

INSTEAD = frozenset({"に代わって", "に代わり", "に替わって", "に替わり", "に代えて", "に替えて"})
REPLACING = re.compile(r"^[代替]わる")
AS = re.compile(r"^(?:もの|組織|機関|枠組み|機構|制度|協定|文書|後継)として")
SUCCEEDING = (Kind.INSTITUTION, Kind.AGREEMENT, Kind.PROGRAMME)
BRINGING_ABOUT = frozenset({"establish", "establish.begin", "adopt", "sign"})


def assert_successions(context: Context) -> None:
    """Make the claims of what is founded in the place of another."""
    for group in context.groups:
        above = context.tree.phrases[group.phrase.depends_on]
        if not fits(group, SUCCEEDING):
            continue
        if group.particle in INSTEAD:
            _replaced(context, group, _deed_behind(context, group) or above)
        elif group.particle == "に" and REPLACING.match(context.text[above.start : above.end]):
            stand_in = context.tree.phrases[above.depends_on]
            if AS.match(context.text[stand_in.start : stand_in.end]):
                _replaced(context, group, context.tree.phrases[stand_in.depends_on])


def _deed_behind(context: Context, old: Group) -> Phrase | None:
    """The deed told next of a noun, with no more than its date between: Yに代わって14年に閣議決定された|X."""
    for phrase in context.tree.phrases[old.phrase.index + 1 :]:
        deed = next((e for e in context.events if e.phrase is phrase and e.frame.rule in BRINGING_ABOUT), None)
        if deed:
            return phrase if deed.modified is not None and deed.modified.name else None
        if not phrase.timex and not (phrase.name and phrase.tail == ""):  # 閣議|決定
            return None
    return None


def _replaced(context: Context, old: Group, verb: Phrase) -> None:
    for event, new in _founded(context, verb):
        found = standing(context.tree, event).factuality
        if found is None or not old.members or new.members[0].name.kind is Kind.PLACE:
            continue
        times = fill(event, context.tree, context.groups).times
        since = next((t.date for t in times if t.date), None)
        made = with_date(to_come(event, context.proposed(found), ""), since, context.published)
        for member, key in context.members(new):
            for before, replaced in context.members(old):
                evidence = quote(
                    context.named.sentence,
                    (before.start, before.end),
                    (member.start, member.end),
                    (event.start, event.phrase.end),
                )
                context.drafts.add(
                    key, Property.REPLACES, replaced, made, evidence, "replace.instead", confidence=CERTAIN, valid_from=since
                )


def _founded(context: Context, verb: Phrase) -> Iterator[tuple[Event, Group]]:
    """What the verb founds, where it tells one thing only."""
    for event in context.events:
        if event.phrase.index == verb.index and event.frame.rule in BRINGING_ABOUT:
            themes = context.themes(event)
            if len(themes) == 1 and len(themes[0].members) == 1:
                yield event, themes[0]
                return
