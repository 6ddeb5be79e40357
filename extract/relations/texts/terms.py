"""How long a text holds: 有効期間は2030年まで, 条約を2026年2月まで延長した, 協定は2025年末に期限を迎える.

What ends on a day that was set beforehand is planned to end then, whatever comes of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.dates import parse_edtf
from extract.model import Bound, Date, Stretch, Timex
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, quote
from extract.relations.factuality.standing import phrase_standing
from extract.relations.grammar.groups import fits
from extract.syntax import Phrase
from ontology.terms import Factuality, Kind, Property, is_a

TERM = re.compile(r"(?:有効期間|有効期限|存続期間|対象期間|適用期間|期間|期限)")
LAPSE = re.compile(r"(?:有効)?(?:期限|期間)[がを](?:切れ|迎え|満了)|満期を迎え|満了を迎え")
RANGE = re.compile(r"^([\d-]+)/([\d-]+)$")
NEAR = 20  # characters between the word for the term and its end


def assert_terms(context: Context) -> None:
    """Make the claims of when the texts of a sentence are to end."""
    for phrase in context.tree.phrases:
        content = context.text[phrase.start : phrase.content_end]
        if TERM.fullmatch(content) and phrase.particle in {"は", "が", "も"}:
            _set(context, phrase)
        elif content.endswith("延長") and re.match(r"[」』]?(?:し|す|さ)", phrase.tail):
            _extended(context, phrase)
    lapse = LAPSE.search(context.text)
    if lapse:
        _lapsing(context, lapse.start(), lapse.end())


def _set(context: Context, term: Phrase) -> None:
    """Xの有効期間は2030年までとする."""
    for timex in context.named.timexes:
        last = _last_day(timex)
        if timex.start >= term.end and timex.start - term.end < NEAR and last:
            for owner in _owners(context, term):
                until = re.compile("まで|末|で").match(context.text, timex.end)
                _claim(context, owner, last, (term.start, until.end() if until else timex.end))
            return


def _extended(context: Context, verb: Phrase) -> None:
    """Xを2026年2月まで延長した; Xの期限は2026年まで延長された."""
    below = [p for p in context.tree.dependants[verb.index] if p.index < verb.index]
    until = next((p.timex for p in below if p.timex and p.timex.bound is Bound.UNTIL), None)
    objects = [p for p in below if p.particle == "を" and not p.timex]
    if until is None or until.date is None:
        return
    term = next((p for p in below if TERM.fullmatch(context.text[p.start : p.content_end])), None)
    if term is None and objects and objects[0].name is None:
        return
    found = phrase_standing(context.tree, verb).factuality
    if found in {None, Factuality.NEGATED}:
        return
    for owner in _owners(context, term or verb):
        standing = Factuality.PLANNED if found is Factuality.ACTUAL else found
        _claim(context, owner, until.date, (until.start, verb.end), standing)


def _lapsing(context: Context, start: int, end: int) -> None:
    """Xは2025年末に期限を迎える; 2025年末に期限を迎えるX."""
    verb = context.tree.at(end - 1)
    before = [t for t in context.named.timexes if t.end <= start and start - t.end <= len("には、")]
    if verb is None or not before or before[-1].date is None:
        return
    behind = next((n for n in context.named.names if n.start == verb.end and is_a(n.kind, Kind.AGREEMENT)), None)
    for owner in context.of(behind) if behind else _owners(context, verb):
        _claim(context, owner, before[-1].date, (before[-1].start, verb.end))


def _last_day(timex: Timex) -> Date | None:
    """The end that a term's date tells: of 2030年まで, of 2026年から2030年まで."""
    if timex.date is None:
        return None
    span = RANGE.match(timex.date.edtf)
    if span:
        return parse_edtf(span.group(2))
    return timex.date if timex.bound is Bound.UNTIL else None


def _owners(context: Context, phrase: Phrase) -> Iterator[str]:
    """The text that a term or an extension is of: named with it, else the topic of the sentence, else of those before."""
    below = [p for p in context.tree.dependants[phrase.index] if p.index < phrase.index and not p.timex]
    named = [g for g in context.groups if g.phrase.index in {p.index for p in below} and fits(g, (Kind.AGREEMENT,))]
    other = next((p for p in below if p.particle == "の" and not p.name), None)
    if not named and other:
        spoken = _spoken_of(context, other)
        if spoken:
            yield spoken
        return  # 交渉の期限
    topics = [g for g in context.groups if g.particle in {"は", "が", "も"} and g.end <= phrase.start]
    topics = [g for g in topics if fits(g, (Kind.AGREEMENT,))]
    for group in (named or topics)[-1:]:
        yield from (key for _, key in context.members(group))
        return
    key = context.discourse.topic_of((Kind.AGREEMENT,), context.index)
    if key:
        yield key


def _spoken_of(context: Context, phrase: Phrase) -> str | None:
    """The text that a bare word for one means: 協定の有効期間."""
    content = context.text[phrase.start : phrase.content_end]
    head = context.things.knowledge.rules.head_of(content)
    if head is None or not is_a(head.kind, Kind.AGREEMENT) or head.word != content:
        return None
    return context.discourse.latest(head.kind, head.word, exact=True)


def _claim(context: Context, key: str, last: Date, place: Stretch, standing: Factuality = Factuality.PLANNED) -> None:
    evidence = quote(context.named.sentence, place)
    context.drafts.add(key, Property.ENDED_ON, last, standing, evidence, "term", confidence=LIKELY)
