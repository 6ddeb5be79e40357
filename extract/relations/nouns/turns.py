"""Who sits in a body one after the other: those whom others replace, and posts that brackets say to have been renamed.

「当初の米側のメンバーは大使だった。1990年から米側のメンバーが国務長官に格上げされた」 → 大使 until 1990.
「外務大臣、防衛庁長官(2007年から防衛大臣)が出席する」 → 防衛庁長官 until 2007, 防衛大臣 from 2007.
"""

from __future__ import annotations

import re

from extract.model import Bound, Date, Span
from extract.names.found import Name
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, quote
from extract.relations.discourse.memory import Seat
from extract.syntax import Phrase
from ontology.terms import Factuality, Kind, Property

REPLACED = re.compile(r"格上げ|格下げ|変更|交代|代わ|替わ|改め|改ま|変わ|入れ替|なっ|なり|なる")
SIDE = re.compile(r"([一-龥ァ-ヶー]{1,8})側の?[「『]?$")


def seat(context: Context, body: str, member: str, noun: Phrase, since: Date | None) -> None:
    """Take note of who sits in a body and for whom; those of the same side whose place they take had it until then."""
    side = _side(context, noun)
    replacing = since is not None and REPLACED.match(context.text, context.tree.phrases[noun.depends_on].start)
    for told in context.discourse.seated if replacing else ():
        earlier = told.sentence < context.index and told.body == body and told.side == side
        if earlier and told.member != member:
            context.drafts.limit(body, Property.HAS_MEMBER, told.member, until=since)
    if since is None:
        context.discourse.seated.append(Seat(context.index, body, side, member))


def _side(context: Context, noun: Phrase) -> str:
    """Whose members are spoken of: the state before the noun, or the words before 側; "" where nothing tells."""
    for phrase in context.tree.phrases[: noun.index]:
        state = phrase.name is not None and phrase.name.kind is Kind.STATE
        if phrase.depends_on == noun.index and state and phrase.particle == "の":
            return "".join(context.of(phrase.name)) if phrase.name else ""
    told = SIDE.search(context.text, 0, noun.start)
    return "".join(context.things.knowledge.states.named(told[1])) or told[1] if told else ""


# 防衛庁長官(2007年から防衛大臣に), 外交部長官(1998年までは外務部長官)
IN_TURN = re.compile(r"(?:に(?:改称|名称変更|変更|格上げ|改組)?)?[))]")
HOLDS_WHILE = (Property.HAS_MEMBER, Property.CHAIRED_BY, Property.COUNTERPART_OF)


def assert_turns(context: Context) -> None:
    """Part what a sentence says of a post between those that brackets say to have followed one another."""
    for first in context.named.names:
        if first.kind is not Kind.POST or context.text[first.end : first.end + 1] != "(":
            continue
        timex = next((t for t in context.named.timexes if t.start == first.end + 1 and t.date), None)
        second = next((n for n in context.named.names if timex and n.kind is Kind.POST and n.start > timex.end), None)
        if timex is None or timex.date is None or second is None or not _in_turn(context, timex.end, second):
            continue
        if timex.bound is Bound.FROM:
            _part(context, first, second, timex.date, named=first)
        elif timex.bound is Bound.UNTIL:
            _part(context, second, first, timex.date, named=first)


def _in_turn(context: Context, after: int, second: Name) -> bool:
    """Whether brackets hold nothing but a date and the other post."""
    between = context.text[after : second.start]
    return bool(re.fullmatch(r"(?:から|まで|以降|より)?は?、?", between) and IN_TURN.match(context.text, second.end))


def _joined(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Stretches of a document in order, those that touch made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def _part(context: Context, earlier: Name, later: Name, when: Date, *, named: Name) -> None:
    """Give both posts what the sentence says of the one that stands before the brackets, each in its time."""
    place = quote(context.named.sentence, (min(earlier.start, later.start), max(earlier.end, later.end)))
    for held in context.of(named)[:1]:
        for claim in context.drafts.told_in(context.named.sentence, held, *HOLDS_WHILE):
            context.drafts.limit(
                claim.subject,
                claim.predicate,
                held,
                since=when if named is later else None,
                until=when if named is earlier else None,
            )
            other = earlier if named is later else later
            for key in context.of(other)[:1]:
                context.drafts.add(
                    claim.subject,
                    claim.predicate,
                    key,
                    Factuality.ACTUAL,
                    _joined((*claim.evidence, *place)),
                    claim.rule,
                    confidence=LIKELY,
                    valid_from=when if other is later else None,
                    valid_until=when if other is earlier else None,
                )
