"""How long a body was there: 「1979年まで存在した機構」, 「Xは1955年から1977年まで存続した」."""

from __future__ import annotations

import re

from extract.model import Bound, Date, Stretch, Timex
from extract.relations.discourse.context import Context, keys_of
from extract.relations.discourse.draft import LIKELY, quote
from extract.relations.discourse.entries import defined
from extract.relations.factuality.standing import phrase_standing
from extract.relations.grammar.timing import span_of
from extract.syntax import Phrase
from ontology.terms import Factuality, Kind, Property

EXISTED = re.compile(r"(?:存在|存続|実在)$")
PAST = re.compile(r"^[」』]?(?:し|してい|していまし|しまし)た")
BODIES = (Kind.INSTITUTION,)
TOPICS = frozenset({"は", "とは", "も", "が"})


def assert_lifetimes(context: Context) -> None:
    """Make the claims of when the bodies of a sentence began and ended to exist."""
    for verb in context.tree.phrases:
        if not EXISTED.search(context.text[verb.start : verb.content_end]) or not PAST.match(verb.tail):
            continue
        if phrase_standing(context.tree, verb).factuality is not Factuality.ACTUAL:
            continue
        for key, place in _bodies(context, verb):
            for timex in (p.timex for p in context.tree.dependants[verb.index] if p.timex and p.index < verb.index):
                for predicate, date in _told(timex):
                    evidence = quote(context.named.sentence, place, (timex.start, verb.end))
                    context.drafts.add(key, predicate, date, Factuality.ACTUAL, evidence, "lifetime", confidence=LIKELY)


def _told(timex: Timex | None) -> list[tuple[Property, Date]]:
    """What the date of an existence tells: its end, or both of its ends."""
    if timex is None or timex.date is None:
        return []
    span = span_of(timex)
    if span:
        return [(Property.ESTABLISHED_ON, span[0]), (Property.ENDED_ON, span[1])]
    return [(Property.ENDED_ON, timex.date)] if timex.bound is Bound.UNTIL else []


def _bodies(context: Context, verb: Phrase) -> list[tuple[str, Stretch]]:
    """What existed: the topic, the name that the verb stands before, or what an entry is on."""
    above = context.tree.phrases[verb.depends_on]
    modified = [g for g in context.groups if g.phrase.index == above.index > verb.index and above.name]
    topics = [g for g in context.groups if g.particle in TOPICS and g.phrase.index < verb.index]
    found = keys_of(context, modified[:1] or topics[:1], BODIES)
    told = defined(context, above) if not modified and not topics else None
    return found or ([(told, (verb.start, above.end))] if told else [])
