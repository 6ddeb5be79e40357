"""What a name says that its bearer deals with: 拡大抑止に関する日米閣僚会合, 日米韓情報共有取決め, 軍事情報包括保護協定.

A title says it before に関する and its kin; a compound between the states and the head noun, where what is left there
is a field of its own. Names of states, places and known bodies, ranks, and words that tell nothing are no fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extract.names.found import Name
from extract.names.states import DIRECTION
from extract.names.things import Things
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, SUPPLIED, quote, topic_key
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
SAID = re.compile(r"に関する|についての|をめぐる|に係る|のための")
CONCERNED = (Kind.FORUM, Kind.PARTNERSHIP, Kind.AGREEMENT, Kind.MEETING, Kind.MECHANISM)
COMPOUND = (Kind.TREATY, Kind.ARRANGEMENT, Kind.LAW, Kind.FORUM, Kind.MECHANISM, Kind.INSTITUTION)
INNER = re.compile(r"[ぁ-ん「」\d](?<!の$)")
NUMBER_OF_PRINCIPLES = re.compile(r"[二三四五六七八2-8](?=原則$)")
WITH_STATES = re.compile(r"NATO|EU|ASEAN|GCC")
KATAKANA = re.compile(r"[ァ-ヶー・]+")
GLOSS = re.compile(r"\([^()]*\)")  # AUKUS(オーカス)
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
    doing = _doings(context, name)
    for text in fields_of(name.label, kind, context.things, doing) if not name.rule.startswith("quoted.behind") else ():
        topic = topic_key(context.things, text)
        sure = LIKELY if SAID.search(name.label) else SUPPLIED  # 情報共有に関する取決め, beside 情報共有取決め
        context.drafts.add(key, Property.COVERS, topic, Factuality.ACTUAL, evidence, "name.about", confidence=sure)
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


def _doings(context: Context, name: Name) -> Doings:
    """The words of a name that tell something that can be done, and those that name places."""
    inside = [t for t in context.named.tokens if name.start <= t.start and t.end <= name.end]
    return Doings(
        tuple(t.text for t in inside if t.tag.startswith("名詞-普通名詞-サ変")), tuple(t.text for t in inside if t.place)
    )


@dataclass(frozen=True, slots=True)
class Doings:
    """The words of a name that tell something that can be done (監視), and those that name places."""

    deeds: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    def field(self, text: str) -> bool:
        """Whether a text ends on something that can be done, or on what is a field though it cannot: 紛争防止, 海洋情報."""
        return text.endswith(self.deeds) or bool(_words().ending.search(text))

    def place(self, text: str) -> bool:
        """Whether nothing but a place is named: 厚木 of 厚木連絡協議会."""
        return any(text == place or text.removesuffix("地域") == place for place in self.places)


def fields_of(label: str, kind: Kind, things: Things, doing: Doings) -> Iterator[str]:
    """The fields that a name tells, by its title or in its compound."""
    titled = TITLED.match(label) or AIMED.match(label)
    if titled:
        rest = label[titled.end() :]
        aimless = titled.re is AIMED and (
            kind is Kind.JOINT_STATEMENT or len(titled[1]) < LEAST_AIM or not doing.field(titled[1])
        )
        if not (
            (titled[1].startswith("「") and not titled[1].endswith("」"))
            or rest.startswith(("指針", "ガイドライン"))
            or aimless
            or "年度" in titled[1]
        ):
            yield GLOSS.sub("", titled[1].strip("「」"))
        return
    deed = DEED.match(label) if not AMENDED.search(label) else None
    if deed:
        yield f"{deed[1]}の{deed[2]}"
        return
    field = compound_field(label, kind, things)
    told = field and not doing.place(field) and (kind is not Kind.INSTITUTION or doing.field(field))
    if field and told:
        yield GLOSS.sub("", field)


def compound_field(label: str, kind: Kind, things: Things) -> str | None:
    """The field between the states and the head of a compound: 日米サイバー防衛政策ワーキンググループ → サイバー防衛政策."""
    head = next((h for h in reversed(things.knowledge.rules.heads) if label.endswith(h.word) and _like(h.kind, kind)), None)
    counted = kind is Kind.POLICY and NUMBER_OF_PRINCIPLES.search(label)
    if head is None or not (kind in COMPOUND or counted) or INNER.search(label[: -len(head.word)]):
        return None
    core = (label[: counted.start()] if counted else label[: -len(head.word)]).removesuffix("の")
    words = _words()
    before, after, none = words.before, words.after, words.none
    shorter = ""
    while shorter != core:
        shorter, core = core, _without_state(core, things)
        if (found := before.match(core)) and found.end() < len(core):
            core = core[found.end() :]
    while (found := after.search(core)) and found.start() > 0:
        core = core[: found.start()]
    core = core.strip("・")
    telling = [p for p in core.split("・") if p and not any(w.fullmatch(p) for w in (none, before, after))]
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
        if DIRECTION.match(core, letters):
            break
        letters += 1
    for at in {min(letters, 1), 2 if core[1:2] == "・" and letters else 0, 0}:
        for length in range(min(len(core) - at, 12), 1, -1):
            word = core[at : at + length]
            if DIRECTION.match(core, at + length - 1):
                continue
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


@dataclass(frozen=True, slots=True)
class Words:
    """The words that go from the front and the end of a compound, what is no field, and what a field ends on."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    none: re.Pattern[str]
    ending: re.Pattern[str]


@cache
def _words() -> Words:
    """The words of compounds as shipped. Raises DataFileError where the file is wrong."""
    data = read_rules(FILE)
    (table,) = data["field"]
    required = ("id", "meaning", "before", "after", "none", "ending", "example", "claims", "counterexample")
    check_keys(table, required=required, file=FILE, at=f"field {table.get('id')}")
    before, after, none, ending = (
        "|".join(sorted(table[key], key=len, reverse=True)) for key in ("before", "after", "none", "ending")
    )
    return Words(
        re.compile(f"(?:{before})"), re.compile(f"(?:{after})$"), re.compile(f"(?:{none})"), re.compile(f"(?:{ending})$")
    )
