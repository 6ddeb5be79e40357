"""Who has to agree before a text takes effect: 国会の承認を経て発効する, 議会の批准を得て施行された."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, quote
from extract.relations.factuality.outlook import to_come, with_date
from extract.relations.factuality.standing import phrase_standing, standing
from extract.relations.grammar.events import Event
from extract.relations.grammar.groups import Group, fits
from extract.relations.grammar.roles import fill
from extract.syntax import Phrase
from ontology.terms import Factuality, Kind, Property

CONSENT = re.compile(r"(?:事前の)?(?:承認|批准|同意|承諾|議決|批准同意|可決)$")
GAINED = re.compile(r"^を(?:経|得|受け)(?:て|た|、|$)")
THROUGH = re.compile(r"^(?:経|得|受け)(?:て|た|、|$)")
TEXTS = (Kind.AGREEMENT,)
FOLLOWING = frozenset({"effect", "sign", "adopt", "adopt.pass", "publish"})


def assert_approvals(context: Context) -> None:
    """Make the claims of the bodies through whose consent the texts of a sentence go."""
    for group in context.groups:
        if not fits(group, (Kind.GOVERNMENT_BODY,)) or group.particle not in {"の", "による", "での", ""}:
            continue
        consent = context.tree.phrases[group.phrase.depends_on]
        through = _through(context, consent)
        if through and consent.index > group.phrase.index and CONSENT.search(context.text[consent.start : consent.content_end]):
            _consented(context, group, through)


def _through(context: Context, consent: Phrase) -> Phrase | None:
    """The phrase that says that a text goes through a consent: 承認を 経て; 承認を得て is one phrase to the parser."""
    if GAINED.match(consent.tail):
        return consent
    above = context.tree.phrases[consent.depends_on]
    gone = consent.particle == "を" and above.index > consent.index
    return above if gone and THROUGH.match(context.text[above.start : above.end]) else None


def _consented(context: Context, body: Group, through: Phrase) -> None:
    after = [e for e in context.events if e.phrase.index > through.index and e.frame.rule in FOLLOWING]
    found = standing(context.tree, after[0]).factuality if after else phrase_standing(context.tree, through).factuality
    if found is None or found is Factuality.NEGATED:
        return
    times = fill(after[0], context.tree, context.groups).times if after else []
    end = after[0].phrase.end if after else through.end
    when = next((t.date for t in times if t.date), None)
    stated = with_date(to_come(after[0], found, context.text[end : end + 8]) if after else found, when, context.published)
    own = [p.timex for p in context.tree.dependants[through.index] if p.timex and p.timex.date and p.index < through.index]
    for text in _texts(context, body, after[:1]):
        for member, key in context.members(body):
            evidence = quote(context.named.sentence, (member.start, through.end), (end - 1, end))
            context.drafts.add(text, Property.ADOPTED_BY, key, stated, evidence, "approval", confidence=LIKELY)
        for timex in own[:1]:
            if timex.date:
                evidence = quote(context.named.sentence, (timex.start, through.end))
                dated = with_date(stated, timex.date, context.published)
                context.drafts.add(text, Property.ADOPTED_ON, timex.date, dated, evidence, "approval", confidence=LIKELY)


def _texts(context: Context, body: Group, after: Sequence[Event]) -> list[str]:
    """The text that is consented to: that of the verb behind, else the topic of the sentence, or of those before."""
    named = [key for e in after for g in context.themes(e) for _, key in context.members(g)]
    topics = [g for g in context.groups if g.particle in {"は", "が", "も"} and g.end <= body.start and fits(g, TEXTS)]
    named = named or [key for g in topics[-1:] for _, key in context.members(g)]
    topic = context.discourse.topic_of(TEXTS, context.index)
    return named or ([topic] if topic else [])
