"""Names with a modifying phrase: 沖縄に関する特別行動委員会, …を改正する協定, 装備・技術・補給の作業部会.

A compound with a head noun of agreements or bodies is widened to the left over に関する, についての, のための, に係る;
a bare head noun (協定, 作業部会) also over を…する and の, which would say too much of a full name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.names.compounds import CIRCLED
from extract.names.endings import Endings
from extract.names.found import Name
from extract.names.heads import NameRules
from extract.tokens import Token
from ontology.terms import Kind, is_a

CONNECTIVES = ("に関する", "に関しての", "に係る", "のための", "をめぐる")
INSIDE = frozenset({"の", "及び", "又", "または", "および", "並びに", "や", "・", "かつ"})

WIDENED = (Kind.AGREEMENT, Kind.FORUM, Kind.MEETING, Kind.MECHANISM)
LONGEST_PHRASE = 40
# What a law's title begins with before what it is about: …のために必要な|財源の確保に関する特別措置法.
NEEDED = re.compile(r"(?:我が|わが|[^、。「」『』()はがを]){2,60}のために(?:必要な|行う|講ずる|とるべき)$")
EACH = frozenset({"それぞれ", "各々", "双方", "各国", "両国", "自国"})  # a body of each is no body's name
DEICTIC = re.compile(
    r"(?:それぞれの|各々の|この|その|同|両|本|当|各種|新たな|こうした|二国間の|国間の|多国間の|両国の|日米の|日米間の|双方の|我が国の|政府の)"
)


def widen(name: Name, text: str, tokens: Sequence[Token], *, blocked: frozenset[int]) -> Name:
    """The name with the phrase before it, where one belongs to it; otherwise the name as it is."""
    if not any(is_a(name.kind, k) for k in WIDENED):
        return name
    founding = "の" if OF_WHAT.fullmatch(name.label) and text.endswith("の", 0, name.start) else None
    connective = next((c for c in CONNECTIVES if text[: name.start].endswith(c)), founding)
    if connective is None:
        return name
    start = phrase_start(text, tokens, name.start - len(connective), blocked)
    if start is None or name.end - start > LONGEST_PHRASE + len(name.label):
        return name
    label = text[start : name.end]
    wide = replace(name, start=start, label=label, rule=f"{name.rule}+{connective}")
    return wide if connective in name.rule else widen(wide, text, tokens, blocked=blocked)


# What every body has one of, named only by whose it is: GIGOの|設立条約.
OF_WHAT = re.compile(r"(?:設立|創設|設置|結成)(?:条約|協定|憲章|宣言|議定書|規程|文書)")


AGGRESSION = re.compile(r"(?:侵略|侵攻|侵入|併合|占領|攻撃|空爆|空襲|爆撃)$")
BY = "による"


def whose_doing(name: Name, text: str, states: Sequence[Name]) -> Name:
    """An act of war with the one state whose doing it is: ロシアによる|ウクライナ侵略."""
    if name.kind is not Kind.OCCURRENCE or not AGGRESSION.search(name.label) or not text.endswith(BY, 0, name.start):
        return name
    doer = next((s for s in states if s.end == name.start - len(BY)), None)
    if doer is None or text[max(doer.start - 1, 0) : doer.start] in {"と", "、", "・", "や"}:
        return name
    return replace(name, start=doer.start, label=text[doer.start : name.end], rule=f"{name.rule}+{BY}")


ACRONYM_GIVEN = re.compile(r"\([A-Z][A-Za-z0-9&/-]{1,9}\)$")


GLOSS = re.compile(r"(?<=[一-龥ァ-ヶー])\([一-龥ァ-ヶーA-Z]{2,8}\)$")  # 原子力潜水艦(原潜)|計画


def phrase_start(text: str, tokens: Sequence[Token], end: int, blocked: frozenset[int]) -> int | None:
    """Where the noun phrase that ends at `end` begins: nouns joined by の, 及び, や; None where none ends there."""
    quoted = text[end - 1 : end] in {"」", "』"}
    if quoted:
        opening = max(text.rfind(mark, 0, end) for mark in "「『")
        return opening if opening >= 0 and end - opening <= LONGEST_PHRASE else None
    last = next((i for i, t in enumerate(tokens) if t.end == end), None)
    if last is None or not tokens[last].nominal or tokens[last].text in EACH:
        return None
    first = last
    while first > 0:
        before = tokens[first - 1]
        bracketed = before.text == ")" and (tokens[first].text == "の" or tokens[first].nominal)
        given = (
            (ACRONYM_GIVEN if tokens[first].text == "の" else GLOSS).search(text, 0, tokens[first].start) if bracketed else None
        )
        if given and given.start() > tokens[0].start:
            first = next(i for i, t in enumerate(tokens) if t.end > given.start())  # 政府間機関(GIGO)の設立に関する条約
            continue
        if (
            CIRCLED.match(before.text)
            or before.end != tokens[first].start
            or before.start in blocked
            or before.tag == "名詞-普通名詞-副詞可能"
        ):
            break
        if before.text == "は" and first > 1 and tokens[first - 2].text == "又":
            first -= 1  # 又は is two words to the dictionary
            continue
        if not (
            before.nominal or (before.text in INSIDE and first > 1 and _goes_on_before(text, tokens[first - 2], before.text))
        ):
            break
        first -= 1
    while first <= last and not tokens[first].nominal:
        first += 1
    return _behind_deictic(text, tokens[first : last + 1], end)


def _goes_on_before(text: str, token: Token, joint: str) -> bool:
    """Whether a noun phrase goes on to the left of の: with a noun, or with an acronym in brackets behind one."""
    return token.nominal or (joint == "の" and token.text == ")" and ACRONYM_GIVEN.search(text, 0, token.end) is not None)


def _behind_deictic(text: str, tokens: Sequence[Token], end: int) -> int | None:
    """Where the phrase of `tokens` begins when what points to the text (両国の, それぞれの) is left out, with all before it."""
    start = tokens[0].start
    for token in tokens:
        deictic = DEICTIC.match(text, token.start, end)
        opens = token.start == start or text[token.start - 1] in "やび"  # それぞれの behind や, 及び
        if deictic and opens and any(t.end == deictic.end() for t in tokens):
            start = deictic.end()
    return start if start < end else None


DOING = "名詞-普通名詞-サ変可能"  # the dictionary's tag of what is done
BARE = (
    "プロジェクト合意",
    "閣僚会合",
    "閣僚会議",
    "有識者会議",
    "専門家会議",
    "懇談会",
    "安全保障枠組み",
    "作業部会",
    "調整所",
    "枠組み協定",
    "枠組協定",
    "協定",
    "条約",
    "特別措置法",
    "臨時措置法",
    "法律案",
    "法律",
    "取決め",
    "取り決め",
    "合意",
    "ワーキンググループ",
    "委員会",
    "閣僚会合",
    "指針",
    "勧告",
    "覚書",
    "議定書",
    "共同声明",
    "共同宣言",
)
BARE_ENDINGS = Endings((word, word) for word in BARE)
COUNTED = re.compile(r"(?:[\d一二三四五六七八九十]+(?:つ|個)|複数|多数)$")  # 三つの作業部会 is no name
MAKING = re.compile(r"を(?:[一-龥]{2,6}(?:する|させる)|定める|定めた|認める)$")


def described_names(text: str, tokens: Sequence[Token], *, rules: NameRules, blocked: frozenset[int]) -> tuple[Name, ...]:
    """Names whose head noun stands bare behind a phrase that tells which: …を改正する協定, …の作業部会."""
    found = []
    starts = {t.start: i for i, t in enumerate(tokens)}
    for token in tokens:
        word = BARE_ENDINGS.longest(text[: token.end]) or ""
        at = token.end - len(word)
        if not word or at not in starts or (starts[at] and tokens[starts[at] - 1].end == at and tokens[starts[at] - 1].nominal):
            continue
        name = _described(text, tokens, at, word, rules, blocked)
        if name:
            found.append(name)
    return tuple(found)


def _described(
    text: str, tokens: Sequence[Token], at: int, word: str, rules: NameRules, blocked: frozenset[int]
) -> Name | None:
    """The name made of the phrase before the bare head noun `word` at `at`."""
    head = rules.head_of(word)
    if head is None:
        return None
    before = text[:at]
    making = MAKING.search(before)
    connective = next((c for c in (*CONNECTIVES, "の") if before.endswith(c)), None)
    end = making.start() if making else at - len(connective) if connective else None
    if (
        end is None
        or COUNTED.search(before[:end])
        or before[:end].endswith("間")
        or (connective == "の" and not is_a(head.kind, Kind.INSTITUTION))
    ):
        return None
    start = phrase_start(text, tokens, end, blocked)
    if start is None or at - start > LONGEST_PHRASE or end - start < 2:
        return None
    if [t.tag for t in tokens if start <= t.start < end] == [DOING] and not text.endswith(CONNECTIVES, 0, start):
        return None  # 改正のための条約 is any
    if making and text.endswith(("その", "この"), 0, start):
        return None  # その体制を整備する法律 says what the law does
    if text[start - 1 : start] in {"」", "』"}:
        return None  # 「X」|設立のための条約: what it is called stands in the quotation marks too
    if head.kind is Kind.LAW:
        start = _law_start(text, start, blocked)
    label = text[start : at + len(word)]
    return Name(start, at + len(word), label, _kind(label, head.kind), certainty=0, rule=f"described.{head.rule}")


def _law_start(text: str, start: int, blocked: frozenset[int]) -> int:
    """Where a law's title begins, with the purpose that it opens with: …のために必要な|財源の確保に関する特別措置法."""
    needed = NEEDED.search(text[:start])
    dated = max((i + 1 for i in blocked if needed and needed.start() <= i < start), default=0)
    return start if needed is None or dated else needed.start()


def _kind(label: str, kind: Kind) -> Kind:
    """A treaty that only says what is built together is an arrangement."""
    return Kind.ARRANGEMENT if kind is Kind.TREATY and re.search(r"共同開発|共同生産|共同研究|調達|供給", label) else kind
