"""Press notices: the fields below the name of a meeting, 「第1回日豪宇宙安全保障協議 / 日時:2021年3月9日 / 場所:キャンベラ」."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.model import Bound
from extract.relations.discourse.context import CONVENING, Context
from extract.relations.discourse.draft import CERTAIN, LIKELY, quote
from extract.relations.discourse.meetings import meeting_of
from extract.relations.factuality.outlook import with_date
from ontology.terms import Factuality, Kind, Property, is_a

# What may stand beside a body's name where a line only announces its meeting.
ANNOUNCING = re.compile(r"(?:第[\d一二三四五六七八九十]+回|[「」『』・\s]|の|開催|実施|結果|概要|会合|について|\([^()]*\))*")
FIELD = re.compile(r"^(?:[\d①-⑳]{1,2}[.)、\s]*|[・○◎●■(]\s*)?(?P<name>[一-龥]{2,5})(?:\)|[::\s])*")
DATE = frozenset({"日時", "日程", "期日", "開催日", "開催日時", "実施日", "年月日"})
PLACE = frozenset({"場所", "開催地", "会場", "開催場所"})
HEARD = frozenset({"出席者", "参加者", "参加国", "出席国", "参加機関"})
CHAIR_NAMES = frozenset({"議長", "共同議長", "座長"})
REACH = 8  # sentences from the announcement to its last field


@dataclass(slots=True)
class Notices:
    """The meeting that a notice announces, while its fields are read."""

    body: str | None = None
    meeting: str | None = None
    at: int = -REACH

    def read(self, context: Context) -> None:
        """Take in an announcement, or make the claims of a field below it."""
        if self._announced(context):
            return
        field = FIELD.match(context.text)
        if self.body is None or field is None or context.index - self.at > REACH:
            return
        name = field.group("name")
        if name in DATE:
            self._dated(context, field.end())
        elif self.meeting and name in PLACE | HEARD | CHAIR_NAMES:
            self._filled(context, name, field.end())

    def _announced(self, context: Context) -> bool:
        for name in context.named.names:
            beside = context.text[: name.start] + context.text[name.end :]
            keys = context.of(name)
            if keys and any(is_a(name.kind, k) for k in CONVENING) and ANNOUNCING.fullmatch(beside):
                self.body, self.meeting, self.at = keys[0], None, context.index
                return True
        return False

    def _dated(self, context: Context, start: int) -> None:
        timex = next((t for t in context.named.timexes if t.start == start and t.date and t.bound is Bound.AT), None)
        if timex is None or timex.date is None or self.body is None:
            return
        self.meeting = meeting_of(context.things, self.body, timex.date)
        context.discourse.met(self.meeting, context.index)
        evidence = quote(context.named.sentence, (0, timex.end))
        factuality = with_date(Factuality.ACTUAL, timex.date, context.published)
        context.drafts.add_meeting(self.meeting, evidence, factuality, CERTAIN)

    def _filled(self, context: Context, field: str, start: int) -> None:
        if self.meeting is None:
            return
        on = context.things[self.meeting].on
        factuality = with_date(Factuality.ACTUAL, on, context.published)
        titles = {h.post for h in context.named.holdings}
        for name in (n for n in context.named.names if (n.start, n.end) not in titles):
            predicate = _property(field, name.kind)
            if predicate is None or name.start < start:
                continue
            for key in context.of(name):
                evidence = quote(context.named.sentence, (0, name.end))
                context.drafts.add(self.meeting, predicate, key, factuality, evidence, "notice", confidence=LIKELY)


def _property(field: str, kind: Kind) -> Property | None:
    """What a field of a notice says of the names of a class in it."""
    if field in PLACE:
        return Property.HELD_IN if kind in {Kind.PLACE, Kind.STATE} else None
    if field in CHAIR_NAMES:
        return Property.CHAIRED_BY if kind in {Kind.POST, Kind.PERSON} else None
    return Property.HAS_PARTICIPANT if kind in {Kind.STATE, Kind.PERSON, Kind.POST} else None
