"""What a name's brackets say of it: 「EDD」(2010年設立), クアッド(日本、米国、豪州、インド), X(議長:Y), X(平沢所在).

So does what stands behind it and a colon: 「・日英情報保護協定:2013年7月4日署名」.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.model import Bound, Stretch
from extract.names.found import Name
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import CERTAIN, LIKELY, quote
from extract.relations.factuality.outlook import with_date
from extract.relations.nouns.levels import MEETS, ranks
from ontology.terms import Factuality, Kind, Property, is_a

ISSUED = {
    Kind.JOINT_STATEMENT: Property.PUBLISHED_ON,
    Kind.POLICY: Property.PUBLISHED_ON,
    Kind.ARRANGEMENT: Property.ADOPTED_ON,
    Kind.GUIDELINES: Property.ADOPTED_ON,
    Kind.LAW: Property.ADOPTED_ON,
    Kind.TREATY: Property.SIGNED_ON,
}
BRACKET = re.compile(r"^[」』]?\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
DEEDS = {
    "設立": Property.ESTABLISHED_ON,
    "創設": Property.ESTABLISHED_ON,
    "設置": Property.ESTABLISHED_ON,
    "発足": Property.ESTABLISHED_ON,
    "署名": Property.SIGNED_ON,
    "調印": Property.SIGNED_ON,
    "締結": Property.SIGNED_ON,
    "発効": Property.EFFECTIVE_ON,
    "施行": Property.EFFECTIVE_ON,
    "成立": Property.ADOPTED_ON,
    "策定": Property.ADOPTED_ON,
    "決定": Property.ADOPTED_ON,
    "閣議決定": Property.ADOPTED_ON,
    "発表": Property.PUBLISHED_ON,
    "公表": Property.PUBLISHED_ON,
    "採択": Property.ADOPTED_ON,
    "承認": Property.ADOPTED_ON,
    "可決": Property.ADOPTED_ON,
    "発出": Property.PUBLISHED_ON,
    "新設": Property.ESTABLISHED_ON,
    "結成": Property.ESTABLISHED_ON,
    "新編": Property.ESTABLISHED_ON,
    "廃止": Property.ENDED_ON,
    "解散": Property.ENDED_ON,
    "解体": Property.ENDED_ON,
    "終了": Property.ENDED_ON,
    "失効": Property.ENDED_ON,
    "開始": Property.STARTED_ON,
}
DEED = "|".join(sorted(DEEDS, key=len, reverse=True))
# What a date in brackets, or behind a colon, is of: (2010年設立), :2013年7月4日ロンドンで署名・発効.
TOLD = re.compile(
    rf"(?:に|、)?(?:[^、()\d]{{1,12}}?(?:において|にて|で)、?)?((?:{DEED})(?:(?:・|、|及び)(?:{DEED}))*)(?:(?:さ|し|いた|に|は)|$|[、。;)])"
)
COLON = re.compile(r"[」』]?(?:\([^()]*\))?\s?[::]\s?(?=[\d〇一二三四五六七八九十元平令昭])")
SEPARATORS = re.compile(r"(?:、|,|・|と|及び|および|並びに|や|/)*")
MEMBERS = re.compile(r"(?:加盟国|参加国|構成国|メンバー国?|構成員)(?::|は)$")
REST_OF_LIST = re.compile(r"(?:の[\d二三四五六七八九十]+(?:か|カ|ヵ|ヶ|箇)国|が(?:参加|加盟)|など|ほか|等)?(?=$|[、,;。])|$")
CHAIR_FIELD = re.compile(r"(?:^|[、,;。])(?:[一-龥ァ-ヶー]{1,8}側)?(?:共同)?(?:議長|座長|委員長)(?::|は)$")
SEAT_FIELD = re.compile(r"(?:^|[、,;。])(?:本部|司令部|事務局|所在地)(?::|は)?$")
SEATED_THERE = re.compile(r"^(?:に)?(?:所在|に本部|に司令部|に置かれ)")
FEWEST = {Kind.PARTNERSHIP: 2, Kind.FORUM: 3}


def assert_brackets(context: Context, name: Name, key: str) -> None:
    """Make the claims of the brackets that stand right behind a name, one after the other: 「協議体(EDSCG)」(2016年設立)."""
    at = name.end
    while bracket := BRACKET.match(context.text[at:]):
        _bracket(context, name, key, (at + bracket.start(1), at + bracket.end(1)))
        at += bracket.end()
    colon = COLON.match(context.text, name.end)
    if colon:
        _dates(context, name, key, colon.end(), len(context.text))


def _bracket(context: Context, name: Name, key: str, inner: Stretch) -> None:
    start, end = inner
    _dates(context, name, key, start, end)
    _level(context, name, key, (start, end))
    inside = [n for n in context.named.names if start <= n.start and n.end <= end]
    for run in _runs(context, inside):
        before, after = context.text[start : run[0].start], context.text[run[-1].end : end]
        predicate = _told(context, key, run, before, after)
        if predicate is None:
            continue
        for member in run:
            for value in context.of(member):
                evidence = quote(context.named.sentence, (name.start, member.end))
                context.drafts.add(key, predicate, value, Factuality.ACTUAL, evidence, "bracket", confidence=LIKELY)


def _runs(context: Context, names: list[Name]) -> Iterator[list[Name]]:
    """Names of one kind that are listed together."""
    run: list[Name] = []
    for name in names:
        alike = name.kind is run[-1].kind if run else False
        alike = alike or (bool(run) and {name.kind, run[-1].kind} == {Kind.STATE, Kind.PARTNERSHIP})
        if run and not (alike and SEPARATORS.fullmatch(context.text[run[-1].end : name.start])):
            yield run
            run = []
        run.append(name)
    if run:
        yield run


def _told(context: Context, key: str, run: list[Name], before: str, after: str) -> Property | None:
    """The property that a run of names in the brackets of a thing is the value of."""
    kind, of = context.things.kind(key), run[0].kind
    if of in {Kind.POST, Kind.PERSON} and CHAIR_FIELD.search(before):
        return Property.CHAIRED_BY
    if of is Kind.PLACE and is_a(kind, Kind.INSTITUTION) and (SEAT_FIELD.search(before) or SEATED_THERE.match(after)):
        return Property.LOCATED_IN
    if of is not Kind.STATE or not is_a(kind, Kind.INSTITUTION):
        return None
    if MEMBERS.search(before):
        return Property.HAS_MEMBER
    fewest = FEWEST.get(kind)
    alone = not before and REST_OF_LIST.fullmatch(after)
    return Property.HAS_MEMBER if alone and fewest and sum(len(context.of(n)) for n in run) >= fewest else None


def _level(context: Context, name: Name, key: str, inside: Stretch) -> None:
    """SSC(局長級): a part of the brackets that is only a level."""
    if not any(is_a(context.things.kind(key), k) for k in MEETS):
        return
    for part in re.split(r"[、,;]", context.text[inside[0] : inside[1]]):
        for rank in ranks():
            if rank.word.fullmatch(re.sub(r"(?:の?(?:協議|会合|対話|枠組み))$", "", part)):
                evidence = quote(context.named.sentence, (name.start, inside[1]))
                context.drafts.add(key, Property.LEVEL, rank.level, Factuality.ACTUAL, evidence, rank.rule, confidence=LIKELY)


def _dates(context: Context, name: Name, key: str, start: int, end: int) -> None:
    """「EDD」(2010年設立), 「共同声明」(2024年4月10日)."""
    for timex in context.named.timexes:
        if not (start <= timex.start and timex.end <= end) or timex.date is None or timex.bound is not Bound.AT:
            continue
        rest = context.text[timex.end : end]
        told = TOLD.match(rest)
        predicates = [DEEDS[deed] for deed in re.split(r"[・、及び]+", told.group(1))] if told else []
        kind = context.things.kind(key)
        issued = not rest.strip() and timex.start == start and kind in ISSUED and kind is not Kind.TREATY
        if not predicates and issued and "-" in timex.date.edtf:
            predicates = [ISSUED[kind]]
        for deed in predicates:
            begun = deed is Property.STARTED_ON and is_a(kind, Kind.INSTITUTION)  # 日印海洋対話:2013年1月に開始
            predicate = Property.ESTABLISHED_ON if begun else deed
            factuality = with_date(Factuality.ACTUAL, timex.date, context.published)
            evidence = quote(context.named.sentence, (name.start, end))
            context.drafts.add(key, predicate, timex.date, factuality, evidence, "bracket", confidence=CERTAIN)
