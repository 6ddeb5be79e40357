"""Names in quotation marks: 「…」 and 『…』 hold a name where a head noun stands in them, behind or before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.names.compounds import TURN, refine
from extract.names.found import Name
from extract.names.heads import NameRules
from ontology.terms import Kind, is_a

PAIRS = {"「": "」", "『": "』", "“": "”"}
EXERCISE = re.compile(r"(?:演習|訓練|作戦)$")
LONGEST_NAME = 80
LONGEST_TITLE = 180
LEGAL = re.compile(r"に関する.*(?:との間の(?:協定|条約|取極)|法律|特別措置法)$")
LONG = 6  # characters in front of 計画 that make a quotation a name
SYSTEM = "quoted.system"
BEHIND = re.compile(r"(と題する|と題した|という(?:名称の)?|と呼ばれる|と称する|の)?([一-龥ァ-ヶー・]{1,12})")
BEFORE = re.compile(r"([一-龥ァ-ヶーA-Za-z0-9・]{1,24})$")
CLAUSE = re.compile(r"[。!?]|(?:する|した|である|れる|いる|ない|べき|こと|だ)$")
EDITION = re.compile(r"\s?(?:\d{4}|\d{1,2}\.\d|\(?\d{4}年\)?|第?\d号?|\((?:令和|平成)?\d{1,4}年度?版\))$")
OWN_TEXT = re.compile(r"\s?の?(閣議決定)")
# What is signed or adopted is a text, whatever it calls itself.
SIGNED = re.compile(r"(?:[にへ](?:正式に|仮)?(?:署名|調印)|[をが](?:正式に)?(?:署名|調印|締結))")
SIGNED_BEFORE = re.compile(r"(?:署名|調印|締結)(?:した|された)(?:文書)?$")
ADOPTED = re.compile(r"[をが](?:正式に)?採択")
ADOPTED_BEFORE = re.compile(r"採択(?:した|された)(?:文書)?$")
# What bears a title in quotation marks behind it; a body that stands there wrote the text or is spoken of.
TITLED = (Kind.AGREEMENT, Kind.PROGRAMME, Kind.OCCURRENCE)
# What stands before the name of a weapon or a system: 防空ミサイル「シースパロー」.
SYSTEMS = (
    *("ミサイル", "戦闘機", "練習機", "輸送機", "護衛艦", "ミサイル防衛システム"),
    *("戦車", "自走砲", "装甲車", "潜水艦", "無人機", "哨戒機", "フリゲート"),
)
VARIANT = re.compile(r"(?:派生型|改良型|発展型|輸出型|後継機|後継艦|後継車両)の?$")
ROW = re.compile(r"」(?:と|や|、|及び|および)「")
LATIN_NAME = re.compile(r"」\([A-Z][A-Za-z]")
BRACKET = re.compile(r"\(([A-Za-z][A-Za-z0-9 .&/+-]{1,30})\)$")


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """The stretches between matching quotation marks, outermost, without the marks.

    >>> [("「甲『乙』」と「丙」"[a:b]) for a, b in quotations("「甲『乙』」と「丙」")]
    ['甲『乙』', '丙']
    """
    start, closing, depth = -1, "", 0
    for i, c in enumerate(text):
        if start < 0 and c in PAIRS:
            start, closing, depth = i + 1, PAIRS[c], 1
        elif start >= 0 and PAIRS.get(c) == closing:
            depth += 1
        elif start >= 0 and c == closing:
            depth -= 1
            if depth == 0:
                yield start, i
                start = -1


def quoted_names(text: str, *, rules: NameRules) -> tuple[Name, ...]:
    """The quotations of a sentence that are names. The span leaves the marks out."""
    found: list[Name] = []
    for opening, end in quotations(text):
        turn = TURN.match(text, opening, end)
        start = turn.end() if turn else opening
        inner = text[start:end]
        longest = LONGEST_TITLE if LEGAL.search(inner) else LONGEST_NAME
        if not 1 < len(inner) <= longest or CLAUSE.search(inner):
            continue
        short = BRACKET.search(inner)
        label = inner[: short.start()] if short else inner
        name = _by_head(text, start, end, label, rules) or _defined(text, start, end, label, rules)
        if not name and found and found[-1].rule.startswith(SYSTEM) and ROW.fullmatch(text, found[-1].end, start):
            name = Name(start, end, label, Kind.PROGRAMME, certainty=2, rule=found[-1].rule)
        if name:
            found.append(name.moved(start, start + len(label)))
    return tuple(found)


def _defined(text: str, start: int, end: int, label: str, rules: NameRules) -> Name | None:
    """A quotation that ends on the word for a plan or a body, and is long or has a Latin name behind it: 「統合計画概要」(Joint Plan)."""
    head = next((h for h in rules.defined if EDITION.sub("", label).endswith(h.word)), None)
    if head is None or re.search(r"[はがをにで]", label) or rules.post_of(label):
        return None
    long = is_a(head.kind, Kind.AGREEMENT) and len(label) >= len(head.word) + LONG
    return (
        Name(start, end, label, head.kind, certainty=2, rule=f"quoted.{head.rule}")
        if long or LATIN_NAME.match(text, end)
        else None
    )


def _by_head(text: str, start: int, end: int, label: str, rules: NameRules) -> Name | None:
    """The name that a head noun in, behind or before the quotation makes of it."""
    head = rules.head_of(label) or rules.head_of(EDITION.sub("", label))
    if EXERCISE.search(text[: start - 1]) and not (head and head.kind is Kind.OCCURRENCE):
        return Name(start, end, label, Kind.OCCURRENCE, certainty=2, rule="quoted.exercise")
    if head and label != head.word and label not in rules.nameless:
        return Name(start, end, label, refine(label, head), certainty=2, rule=f"quoted.{head.rule}")
    decided = OWN_TEXT.match(text, end + 1)
    if decided:
        return Name(start, end, label, Kind.POLICY, certainty=2, rule="quoted.decided")
    if SIGNED.match(text, end + 1) or SIGNED_BEFORE.search(text, 0, start - 1):
        return Name(start, end, label, Kind.ARRANGEMENT, certainty=2, rule="quoted.signed")
    if ADOPTED.match(text, end + 1) or ADOPTED_BEFORE.search(text, 0, start - 1):
        return Name(start, end, label, Kind.JOINT_STATEMENT, certainty=2, rule="quoted.adopted")
    behind = BEHIND.match(text, end + 1)
    if behind and behind.group(2):
        for length in range(len(behind.group(2)), 0, -1):
            head = rules.head_of(behind.group(2)[:length])
            if head and head.word == behind.group(2)[:length] and len(head.word) > 1:
                shown = label + head.word if behind.group(1) in {None, "の"} else label
                return Name(start, end, shown, head.kind, certainty=2, rule=f"quoted.behind.{head.rule}")
    before = BEFORE.search(text[: start - 1])
    head = rules.head_of(before.group(1)) if before else None
    head = head if head and any(is_a(head.kind, k) for k in TITLED) else None
    if (before and before.group(1).endswith(SYSTEMS)) or VARIANT.search(text[: start - 1]):
        return Name(start, end, label, Kind.PROGRAMME, certainty=2, rule=SYSTEM)
    if before and (head or before.group(1).endswith(("文書", "報告", "レポート", "閣議決定", "論文"))):
        kind = head.kind if head else Kind.POLICY if before.group(1).endswith("閣議決定") else Kind.JOINT_STATEMENT
        telling = head is not None and before.group(1) != head.word and is_a(head.kind, Kind.AGREEMENT)
        shown = f"{before.group(1)}「{label}」" if telling else label
        return Name(start, end, shown, kind, certainty=2, rule="quoted.before")
    return None
