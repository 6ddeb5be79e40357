"""Notices: the fields below a name, 「第1回日豪宇宙安全保障協議 / 日時:2021年3月9日 / 場所:キャンベラ」, 「名称:X / 設置:2016年7月」."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.model import Bound, Timex
from extract.relations.discourse.context import CONVENING, Context
from extract.relations.discourse.draft import CERTAIN, LIKELY, quote
from extract.relations.discourse.meetings import meeting_of
from extract.relations.factuality.outlook import with_date
from extract.relations.nouns.brackets import DEEDS
from ontology.terms import Factuality, Kind, Property, is_a

# What may stand beside a body's name where a line only announces its meeting.
ANNOUNCING = re.compile(
    r"(?:^[・○◎●■]?(?:正式)?(?:名称|会議名|協定名|組織名|機関名)\s?[::]|第[\d一二三四五六七八九十]+回|[「」『』・\s]|の|開催|実施|結果|概要|会合|について|\([^()]*\))*"
)
FIELD = re.compile(
    r"^(?:[\d①-⑳]{1,2}[.)、\s]*|[・○◎●■(]\s*)?(?:\d{1,3}(?:つ|(?:か|カ|ヵ|ヶ)国)の)?(?P<name>[一-龥]{2,5})(?:\)|[::\s])*"
    r"(?![をがはもにでとの])"
)
DATE = frozenset({"日時", "日程", "期日", "開催日", "開催日時", "実施日", "年月日"})
PLACE = frozenset({"場所", "開催地", "会場", "開催場所"})
HEARD = frozenset({"出席者", "参加者", "参加国", "出席国", "参加機関"})
CHAIR_NAMES = frozenset({"議長", "共同議長", "座長"})
SEAT = frozenset({"場所", "所在地", "本部", "事務局", "司令部", "本拠地"})
MEMBERS = frozenset({"加盟国", "原加盟国", "創設国", "構成国", "参加国", "構成員", "メンバー", "参加機関"})
PARTIES = frozenset({"締約国", "原締約国", "加盟国", "当事国", "署名国"})
OF_DATE = re.compile(r"(?:年月)?日?$")  # 設置年月日
DESCRIBED = (Kind.AGREEMENT, Kind.PROGRAMME, Kind.INSTITUTION)
HEADING = re.compile(r"^[#\s・■◆○【\[]+|[】\]::\s]+$|(?:一覧|\[編集\])+$")
NOTED = re.compile(r"[^。]{1,16}\([^。]{1,20}\)$")  # a state with what sets it apart: アルバニア(1968年脱退)
LISTED = re.compile(r"[、・,\s\-–()の旗。]|など|ほか")
REACH = 8  # sentences from the announcement to its last field


@dataclass(slots=True)
class Notices:
    """The meeting that a notice announces, while its fields are read."""

    body: str | None = None
    meeting: str | None = None
    at: int = -REACH
    heading: str = ""  # 加盟国 on a line of its own, whose list the next lines are

    def read(self, context: Context) -> None:
        """Take in an announcement, or make the claims of a field below it."""
        if self._announced(context) or self._headed(context):
            return
        field = FIELD.match(context.text)
        if self.body is None or field is None or context.index - self.at > REACH:
            return
        name = field.group("name")
        deed = DEEDS.get(OF_DATE.sub("", name))
        if deed:
            self._deed(context, deed, field.end())
        elif name in DATE:
            self._dated(context, field.end())
        elif self.meeting and name in PLACE | HEARD | CHAIR_NAMES:
            self._filled(context, name, field.end())
        elif self.meeting is None:
            self._described(context, name, field.end())

    def _announced(self, context: Context) -> bool:
        for name in context.named.names:
            beside = context.text[: name.start] + context.text[name.end :]
            keys = context.of(name)
            if keys and any(is_a(name.kind, k) for k in (*CONVENING, *DESCRIBED)) and ANNOUNCING.fullmatch(beside):
                self.body, self.meeting, self.at = keys[0], None, context.index
                return True
        return False

    def _headed(self, context: Context) -> bool:
        """Take in 加盟国 on a line of its own, or make the claims of the states that are listed below it."""
        alone = HEADING.sub("", context.text)
        if alone in MEMBERS | PARTIES:
            self.heading = alone
            title = context.discourse.title if context.discourse.entry else None
            self.body = title or self.body
            return True
        listed = bool(self.heading) and bool(context.named.names) and not LISTED.sub("", _without_names(context))
        if listed and self.body and self.meeting is None:
            self._described(context, self.heading, 0)
        elif self.heading and not NOTED.match(context.text):
            self.heading = ""
        return listed

    def _deed(self, context: Context, deed: Property, start: int) -> None:
        """設置:2016年7月, 署名:1995年3月 are of the thing itself."""
        timex = _date_at(context, start)
        if timex is None or timex.date is None or self.body is None:
            return
        evidence = quote(context.named.sentence, (0, timex.end))
        factuality = with_date(Factuality.ACTUAL, timex.date, context.published)
        context.drafts.add(self.body, deed, timex.date, factuality, evidence, "notice", confidence=CERTAIN)

    def _described(self, context: Context, field: str, start: int) -> None:
        """議長:X, 本部:Y, 加盟国:Z of a body or text of which no meeting is announced."""
        titles = {h.post for h in context.named.holdings}
        for name in (n for n in context.named.names if n.start >= start and (n.start, n.end) not in titles):
            predicate = _of_body(field, name.kind, self.body and context.things.kind(self.body))
            for key in context.of(name) if predicate and self.body else ():
                evidence = quote(context.named.sentence, (0, name.end))
                context.drafts.add(
                    self.body or "", predicate or Property.COVERS, key, Factuality.ACTUAL, evidence, "notice", confidence=LIKELY
                )

    def _dated(self, context: Context, start: int) -> None:
        timex = _date_at(context, start)
        convenes = self.body is not None and any(is_a(context.things.kind(self.body), k) for k in CONVENING)
        if timex is None or timex.date is None or self.body is None or not convenes:
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


def _without_names(context: Context) -> str:
    """What a line says beside the states that it names."""
    inside = {i for n in context.named.names if n.kind is Kind.STATE for i in range(n.start, n.end)}
    return "".join(c for i, c in enumerate(context.text) if i not in inside)


def _date_at(context: Context, start: int) -> Timex | None:
    return next((t for t in context.named.timexes if t.start == start and t.date and t.bound is Bound.AT), None)


def _of_body(field: str, kind: Kind, of: Kind | str | None) -> Property | None:
    """What a field says of the names of a class in it, of a body or a text of a class."""
    body = isinstance(of, Kind) and is_a(of, Kind.INSTITUTION)
    if field in CHAIR_NAMES and body and kind in {Kind.POST, Kind.PERSON}:
        return Property.CHAIRED_BY
    if field in SEAT and body and kind is Kind.PLACE:
        return Property.LOCATED_IN
    if field in MEMBERS and body and (kind in {Kind.STATE, Kind.POST} or is_a(kind, Kind.INSTITUTION)):
        return Property.HAS_MEMBER
    return Property.HAS_PARTY if field in PARTIES and not body and kind is Kind.STATE else None


def _property(field: str, kind: Kind) -> Property | None:
    """What a field of a notice says of the names of a class in it."""
    if field in PLACE:
        return Property.HELD_IN if kind in {Kind.PLACE, Kind.STATE} else None
    if field in CHAIR_NAMES:
        return Property.CHAIRED_BY if kind in {Kind.POST, Kind.PERSON} else None
    return Property.HAS_PARTICIPANT if kind in {Kind.STATE, Kind.PERSON, Kind.POST} else None
