"""Compounds that only say what a thing is, and name nothing: 「X条約は、…に発効した軍備管理条約である」, 「相互協力条約(X条約)」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.model import Role, Sentence
from extract.names.found import Name
from extract.names.heads import NameRules
from extract.names.states import States
from ontology.terms import Kind, lineage

TOPIC = re.compile(r"[」』]?(?:\([^()]*(?:\([^()]*\)[^()]*)*\))?[」』]?(?:は|とは)、?")
IS_IT = re.compile(r"(?:で(?:ある|あり|あった|す|した|、)|だった|だ(?=。|$)|の(?:一つ|ひとつ|1つ)|(?=。|$))")
# What stands before it says more of it, as a clause or の does; behind は or a comma it may be another name of the thing.
SAID_MORE = re.compile(
    r"(?:[たるいうくすつぬぶむぐな]|(?:[間国的級初唯]|最初|最大|最古|独自|固有|事実上|世界|地域|域内|[洋州ア東]|一連|一種)の)$"
)
# What many texts are, though one of them is called so.
COMMON = re.compile(r"(?:集団|相互|共同)(?:的)?(?:安全保障|防衛|援助)(?:条約|協定)")
PLAIN = re.compile(r"[一-龥々ァ-ヶー・]{2,20}$")
LATIN = re.compile(r"[A-Za-z]{2,}")


def describes(name: Name, text: str, names: Sequence[Name], *, states: States) -> bool:
    """Whether a compound is only what the sentence says that its topic is.

    What is known, stands in quotation marks or bears the names of states or an acronym is a name wherever it is.
    """
    if (
        (name.keys and not COMMON.fullmatch(name.label))
        or name.kind in {Kind.PERSON, Kind.POST, Kind.STATE, Kind.PLACE}
        or text[name.end - 1] in "」』"
    ):
        return False
    if LATIN.search(name.label) or states.prefix(name.label) or not IS_IT.match(text, name.end):
        return False
    owned = any(n.end == name.start - 1 for n in names)
    if not (SAID_MORE.search(text[: name.start]) or (text[name.start - 1] == "の" and not owned)):
        return False
    tops = {lineage(name.kind)[-1]}
    if tops & {Kind.AGREEMENT, Kind.MEETING}:
        tops.add(Kind.INSTITUTION)  # FPDAは、5か国が結んだ一連の防衛取極である; ADMMプラスは唯一の国防相会議である
    return any(n.end < name.start and lineage(n.kind)[-1] in tops and TOPIC.match(text, n.end) for n in names)


END = re.compile(r"(?:である|だ|です)?。?")
TOPICAL = re.compile(r"は|も、")


def saying_what(sentences: Sequence[Sentence], names: Sequence[Sequence[Name]], *, states: States) -> list[tuple[Name, ...]]:
    """Of each sentence the compounds that only say what the title names: 三国間の安全保障条約 in an entry on ANZUS条約."""
    titled = [
        n for s, here in zip(sentences, names, strict=True) for n in here if s.role is Role.TITLE and n.kind is not Kind.STATE
    ]
    entry = titled[0] if len(titled) == 1 else None
    return [
        tuple(n for n in here if entry and s.role is Role.BODY and _is_entry(n, s.text, entry, here, states))
        for s, here in zip(sentences, names, strict=True)
    ]


def _is_entry(name: Name, text: str, entry: Name, names: Sequence[Name], states: States) -> bool:
    """Whether a compound ends a sentence that has no topic, and says no more than what the entry is."""
    if name.keys or name.start == 0 or not END.fullmatch(text, name.end) or TOPICAL.search(text[: name.start]):
        return False
    if LATIN.search(name.label) or states.prefix(name.label) or lineage(name.kind)[-1] is not lineage(entry.kind)[-1]:
        return False
    return bool(SAID_MORE.search(text[: name.start])) or any(n.end == name.start - 1 and n.kind is Kind.STATE for n in names)


def named_in_bracket(name: Name, text: str, names: Sequence[Name], *, rules: NameRules) -> Name:
    """The name with what only describes it before its brackets, as one word for the parser: 両国が結んだ|相互協力条約(バグダード条約)."""
    if text[name.start - 1 : name.start] != "(" or text[name.end : name.end + 1] != ")":
        return name
    before = PLAIN.search(text[: name.start - 1])
    head = rules.head_of(before.group()) if before else None
    alike = head is not None and lineage(head.kind)[-1] is lineage(name.kind)[-1]
    if before is None or not alike or any(n.start < name.start - 1 and n.end > before.start() for n in names):
        return name
    return replace(name, start=before.start(), end=name.end + 1)


DRILL = re.compile(r"」?(?:多国間|合同|共同)?(?:軍事|海上)?(?:演習|訓練)")


def with_its_kind(name: Name, text: str) -> Name:
    """The name of an exercise with the word behind it, as one word for the parser: 「ベルサマ・リマ」演習が実施されている."""
    drill = DRILL.match(text, name.end) if name.kind is Kind.OCCURRENCE and not DRILL.search(name.label) else None
    if drill is None or (drill.group().startswith("」") and text[name.start - 1 : name.start] != "「"):
        return name
    return replace(name, start=name.start - drill.group().startswith("」"), end=drill.end())
