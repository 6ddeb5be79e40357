"""What a name says that its bearer deals with: 拡大抑止に関する日米閣僚会合, 日米韓情報共有取決め, 軍事情報包括保護協定.

A title says it before に関する and its kin; a compound between the states and the head noun, where what is left there
is a field of its own. Names of states, places and known bodies, ranks, and words that tell nothing are no fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extract.names.found import Name
from extract.names.things import Things
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, quote, topic_key
from extract.relations.matters.topics import topics_of
from extract.rules import check_keys, read_rules
from ontology.terms import Factuality, Kind, Property, is_a

FILE = "topics.toml"
TITLED = re.compile(r"^(.{2,40}?)(?:のための措置)?(?:に関する|についての|に係る|をめぐる)(?=.{2})")
AIMED = re.compile(r"^(.{2,40}?)(?:のための|を目的とする)(?=.{2})")
DEED = re.compile(r"^(.{2,30})を([一-龥ァ-ヶー]{2,6})する(?=.{2})")
AMENDED = re.compile(r"改正する")
CONCERNING = re.compile(r"(?:に関する|についての|をめぐる|に係る|のための)(?:新たな)?[「『]?$")
# 共同調達に関する対話のための新たな枠組みとしての「…フォーラム」
SERVING = re.compile(
    r"(?:に関する|についての|のための)[^、。はがを]{0,20}(?:枠組み|場|仕組み|機関|組織|メカニズム|協議体)としての[「『]?$"
)
CONCERNED = (Kind.FORUM, Kind.PARTNERSHIP, Kind.AGREEMENT, Kind.MEETING, Kind.MECHANISM)
COMPOUND = (Kind.TREATY, Kind.ARRANGEMENT, Kind.LAW, Kind.FORUM, Kind.MECHANISM, Kind.INSTITUTION)
INNER = re.compile(r"[ぁ-ん「」\d](?<!の$)")
NUMBER_OF_PRINCIPLES = re.compile(r"[二三四五六七八2-8](?=原則$)")
WITH_STATES = re.compile(r"NATO|EU|ASEAN|GCC")
KATAKANA = re.compile(r"[ァ-ヶー・]+")
SHORTEST, LONGEST = 3, 24
LEAST_AIM = 4  # 平和のためのパートナーシップ, 未来のための…: no field


def assert_entitled(context: Context, name: Name, key: str) -> None:
    """Make the claims of what a name, or the words right before one that is known otherwise, says it is about.

    日米韓情報共有取決め → covers 情報共有; 宇宙状況把握に関するEDUK計画 → covers 宇宙状況把握.
    """
    kind = context.things.kind(key)
    if name.rule == "anaphor" or not any(is_a(kind, k) for k in (Kind.INSTITUTION, Kind.AGREEMENT, Kind.MEETING)):
        return
    evidence = quote(context.named.sentence, (name.start, name.end))
    for text in fields_of(name.label, kind, context.things) if not name.rule.startswith("quoted.behind") else ():
        topic = topic_key(context.things, text)
        context.drafts.add(key, Property.COVERS, topic, Factuality.ACTUAL, evidence, "name.about", confidence=LIKELY)
    if SERVING.search(context.text, 0, name.start) and any(is_a(kind, k) for k in CONCERNED):
        _concerned(context, name, key, SERVING)
    elif CONCERNING.search(context.text, 0, name.start) and any(is_a(kind, k) for k in CONCERNED):
        _concerned(context, name, key)


def _concerned(context: Context, name: Name, key: str, said: re.Pattern[str] | None = None) -> None:
    found = said.search(context.text, 0, name.start) if said else None
    before = context.tree.at((found.start() if found else name.start) - 1)
    while before and before.index and not before.head.nominal:
        before = context.tree.phrases[before.index - 1]
    for start, end, text in topics_of(context.tree, before) if before and before.head.nominal and not before.timex else ():
        topic = topic_key(context.things, text)
        evidence = quote(context.named.sentence, (start, end), (name.start, name.end))
        context.drafts.add(key, Property.COVERS, topic, Factuality.ACTUAL, evidence, "name.about", confidence=LIKELY)


def fields_of(label: str, kind: Kind, things: Things) -> Iterator[str]:
    """The fields that a name tells, by its title or in its compound."""
    titled = TITLED.match(label) or AIMED.match(label)
    if titled:
        rest = label[titled.end() :]
        aimless = titled.re is AIMED and (kind is Kind.JOINT_STATEMENT or len(titled[1]) < LEAST_AIM)
        if not (
            (titled[1].startswith("「") and not titled[1].endswith("」"))
            or rest.startswith(("指針", "ガイドライン"))
            or aimless
            or "年度" in titled[1]
        ):
            yield titled[1].strip("「」")
        return
    deed = DEED.match(label) if not AMENDED.search(label) else None
    if deed:
        yield f"{deed[1]}の{deed[2]}"
        return
    field = compound_field(label, kind, things)
    if field:
        yield field


def compound_field(label: str, kind: Kind, things: Things) -> str | None:
    """The field between the states and the head of a compound: 日米サイバー防衛政策ワーキンググループ → サイバー防衛政策."""
    head = next((h for h in reversed(things.knowledge.rules.heads) if label.endswith(h.word) and _like(h.kind, kind)), None)
    counted = kind is Kind.POLICY and NUMBER_OF_PRINCIPLES.search(label)
    if head is None or not (kind in COMPOUND or counted) or INNER.search(label[: -len(head.word)]):
        return None
    core = (label[: counted.start()] if counted else label[: -len(head.word)]).removesuffix("の")
    before, after, none = _words()
    shorter = ""
    while shorter != core:
        shorter, core = core, _without_state(core, things)
        if (found := before.match(core)) and found.end() < len(core):
            core = core[found.end() :]
    while (found := after.search(core)) and found.start() > 0:
        core = core[: found.start()]
    core = core.strip("・")
    telling = [p for p in core.split("・") if p and not any(words.fullmatch(p) for words in (none, before, after))]
    if (
        not telling
        or not SHORTEST <= len(core) <= LONGEST
        or KATAKANA.fullmatch(core)
        or none.fullmatch(core)
        or _known(core, things)
    ):
        return None
    return core


def _without_state(core: str, things: Things) -> str:
    """A compound without the states that it begins with: 日・フィリピン防衛装備品, 日米韓情報共有, オーストラリア国防."""
    states = things.knowledge.states
    letters = 0
    while letters < len(core) and (core[letters] in states.letters or (letters and core[letters] == "・")):
        letters += 1
    for at in {min(letters, 1), 2 if core[1:2] == "・" and letters else 0, 0}:
        for length in range(min(len(core) - at, 12), 1, -1):
            word = core[at : at + length]
            if states.named(word) or (at and WITH_STATES.fullmatch(word)) or _partnership(word, things):
                return core[at + length :].lstrip("・間の")
    return core


def _partnership(word: str, things: Things) -> bool:
    """Whether a word is the acronym of a lasting group of states: SEATO of SEATO防衛協議会."""
    return word.isascii() and word.isupper() and things.find(word, Kind.PARTNERSHIP) is not None


def _like(kind: Kind, other: Kind) -> bool:
    """Whether a head noun makes names of a class: the 議会 of 協議会 does not make a forum."""
    return is_a(kind, other) or is_a(other, kind) or all(is_a(k, Kind.AGREEMENT) for k in (kind, other))


def _known(core: str, things: Things) -> bool:
    """Whether the rest of a compound is itself a name: 自衛隊 of 自衛隊法, ワルシャワ of ワルシャワ条約."""
    found = things.find(core, Kind.INSTITUTION) or things.find(core, Kind.PLACE) or things.find(core, Kind.STATE)
    return found is not None or bool(things.knowledge.states.named(core)) or things.knowledge.rules.post_of(core) is not None


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The words that go from the front and the end of a compound, and what is no field. Raises DataFileError where the file is wrong."""
    data = read_rules(FILE)
    (table,) = data["field"]
    required = ("id", "meaning", "before", "after", "none", "example", "claims", "counterexample")
    check_keys(table, required=required, file=FILE, at=f"field {table.get('id')}")
    before, after, none = ("|".join(sorted(table[key], key=len, reverse=True)) for key in ("before", "after", "none"))
    return re.compile(f"(?:{before})"), re.compile(f"(?:{after})$"), re.compile(f"(?:{none})")
