"""Who makes up a body, or between whom an agreement is, told by a list of states and a word for such a thing.

「Xは、A、B、Cの3か国による軍事同盟である」, 「1959年に成立したA、B、Cの地域機構。」 (in an entry on X).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.model import Stretch
from extract.names.states import PAIR, SO_MANY
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, SUPPLIED, quote
from extract.relations.discourse.entries import spoken_of
from extract.relations.factuality.standing import phrase_standing
from extract.relations.grammar.groups import Group, fits
from extract.relations.texts.parties import BETWEEN_STATES
from ontology.terms import Factuality, Kind, Property, is_a

BODIES = (Kind.PARTNERSHIP, Kind.FORUM, Kind.MECHANISM, Kind.ORGANISATION, Kind.ARMED_FORCE, Kind.COMMAND)
BODY = (
    r"機構|(?<!米)同盟(?:関係)?|枠組み|対話|協議体?|会議体?|連合体?|グループ|組織|(?<!報道)機関|共同体|連盟|フォーラム|"
    r"パートナーシップ|部隊|多国籍軍|連合軍|合同軍|遠征軍|体制|集まり"
)
TEXT = r"条約|協定|取決め|取り決め|取極|宣言|覚書|憲章|議定書"
COUNTED = rf"(?:の|、)?(?:計|全)?(?:{SO_MANY}|両国|各国)(?:政府)?"
NOUNS = r"[一-龥ァ-ヶーA-Za-z・の、的]{0,24}?"
REST = r"[^。はがも]{0,50}?"
WHEN = r"(?:[^ぁ-ん。]{1,12}(?:に|で|にて|、))*(?:共同で|新たに)?"
FOUNDING = r"結成|設立|創設|発足|組織|形成|締結|署名|調印|創立|新設"
DID = rf"(?:(?:{FOUNDING})(?:した|して|する|し、)|立ち上げた|結んだ|つくった|作った|つくる|作る)"
DONE = rf"(?:(?:{FOUNDING})(?:した|され(?:た|て|、|る))|成立した|誕生した|結ばれた|つくられた|作られた|立ち上げられた)"
# What joins states to the word for what they have together, behind an optional count of them.
JOINING = (
    rf"(?:による{REST}"
    rf"|(?:の間の|間の|の){NOUNS}"
    rf"|が{WHEN}{DID}{REST}"
    rf"|(?:(?:の)?間で|により|によって|で){WHEN}{DONE}{REST}"
    rf"|(?:から|で)(?:構成(?:する|され)|成る|なる|成り|成っ|つくる|作る){REST}"
    rf"|を(?:原?加盟国|構成国|構成員|参加国|メンバー国?|締約国|当事国)とする{REST}"
    rf"|が(?:加盟|参加|参画|加入)(?:する|している|した|していた){REST}"
    r")"
)
SAID = r"(?:のこと)?(?:で(?:ある|あり|あった|す|した)|だ(?=。|った|$)|で、|(?:を|と)(?:いう|いい|指す|言う)|、もしくは|(?=。|$|\n))"
MADE = re.compile(rf"(?:など|等)?(?:{COUNTED})?(?:など|等)?{JOINING}(?P<head>{BODY}|{TEXT}){SAID}")
# What may stand between a topic and the states: when and where.
BETWEEN = re.compile(r"(?:冷戦(?:期|下|時代|中)|当初|現在|主に|西側|東側|旧|、|の|に|で|において|にて)*")

# How many they are together, at the end of a list that other words part: A、Bのほか、Cを合わせた8か国で構成される.
ALTOGETHER = re.compile(
    rf"(?:(?:を|も)(?:合わせた|加えた|含む|含めた)|など(?:の)?|の|、)(?:[一-龥ァ-ヶー・]{{0,10}}の)?(?:合計|計|全)?{SO_MANY}"
    r"(?:(?:で|から)(?:構成(?:され|する|して)|成[るりっ]|な[るりっ]|つくる|つくって)|が(?:加盟|参加|参画)(?:する|し(?:て|、)))"
)
# What stands between the states of such a list.
AMONG = re.compile(r"(?:、|や|と|及び|および|など|等|の?ほかに?|に加え|をはじめ|、?さらに|[一-龥]{1,8}の|か国|の)*")

# Those with whom it began: 7か国が最初の加盟国として結成された.
FIRST = re.compile(
    rf"(?:など|等)?(?:{COUNTED})?(?:など|等)?[がを](?:最初の|当初の)?(?:原|創設)?(?:加盟国|構成国|参加国|メンバー国?)(?:として|に)、?"
    rf"[^。はがを]{{0,20}}(?:{FOUNDING}|スタート|誕生)(?:し|さ)"
)


def assert_rosters(context: Context) -> None:
    """Make the claims of the members and parties that a sentence lists."""
    for group in context.groups:
        if group.members[0].name.kind is Kind.STATE and len(context.members(group)) >= PAIR:
            _made_of(context, group)
            _first(context, group)
    _altogether(context)


def _made_of(context: Context, group: Group) -> None:
    """The states of which a body or a text is said to be."""
    told = MADE.match(context.text, group.members[-1].name.end)
    if told is None:
        return
    head = context.tree.at(told.end("head") - 1)
    found = phrase_standing(context.tree, head).factuality if head else Factuality.ACTUAL
    for key, places in _spoken_of(context, group, told.group("head")):
        predicate = _property(context, key, told.group("head"))
        if predicate and found:
            _claim(context, (key, predicate), group, found, (*places, (group.start, told.end("head"))))


def _altogether(context: Context) -> None:
    """The states of a list that ends on how many they are, of the body that is the sentence's topic right before it."""
    for group in context.groups:
        told = ALTOGETHER.match(context.text, group.members[-1].name.end) if fits(group, (Kind.STATE,)) else None
        topics = [g for g in context.groups if g.particle in {"は", "とは"} and g.end <= group.start]
        if told is None or len(topics) != 1 or not fits(topics[0], BODIES):
            continue
        listed = [g for g in context.groups if fits(g, (Kind.STATE,)) and topics[0].end < g.start <= group.start]
        edges = [topics[0].phrase.end, *(g.members[-1].name.end for g in listed[:-1])]
        parts = [context.text[a : g.start] for a, g in zip(edges, listed, strict=True)]
        head = context.tree.at(told.end() - 1)
        found = phrase_standing(context.tree, head).factuality if head else None
        if found and all(AMONG.fullmatch(p) for p in parts):
            for key in (k for _, k in context.members(topics[0])):
                for states in listed:
                    place = ((topics[0].start, topics[0].end), (listed[0].start, told.end()))
                    _claim(context, (key, Property.HAS_MEMBER), states, found, place)


def _property(context: Context, key: str, word: str) -> Property | None:
    """What states are to a thing that is called by a word: members of a body, parties to a text (which may found an alliance)."""
    kind = context.things.kind(key)
    if is_a(kind, Kind.AGREEMENT):
        return Property.HAS_PARTY if re.search(rf"(?:{TEXT})$|同盟", word) else None
    bound = kind is Kind.PARTNERSHIP and re.search(rf"(?:{TEXT})$", word)  # an alliance is called by its treaty, too
    return Property.HAS_MEMBER if bound or re.search(rf"(?:{BODY})$", word) else None


def _spoken_of(context: Context, group: Group, word: str) -> Iterator[tuple[str, tuple[Stretch, ...]]]:
    """What a sentence is about: its topic right before the states; in a sentence without one, what the text is about."""
    topics = [g for g in context.groups if g.particle in {"は", "とは", "も"} and g.end <= group.start]
    if topics:
        topic = topics[-1]
        if len(topics) == 1 and fits(topic, (*BODIES, *BETWEEN_STATES, Kind.INSTITUTION)) and _only_when(context, topic, group):
            yield from ((key, ((member.start, member.end),)) for member, key in context.members(topic))
        return
    first = context.tree.at(group.start)
    if first is None or any(p.particle in {"を", "には"} and not p.timex for p in context.tree.phrases[: first.index]):
        return
    kinds = BETWEEN_STATES if re.fullmatch(TEXT, word) else (*BODIES, Kind.INSTITUTION)
    key = spoken_of(context, first, kinds)
    if key is None and "同盟" in word:
        key = spoken_of(context, first, BETWEEN_STATES)
    if key and not is_a(context.things.kind(key), Kind.GOVERNMENT_BODY):
        yield key, ()


def _only_when(context: Context, topic: Group, group: Group) -> bool:
    """Whether nothing but a time and a place stands between a topic and the states."""
    start = topic.phrase.end
    apart = [(t.start, t.end) for t in context.named.timexes] + [
        (n.start, n.end) for n in context.named.names if n.kind is Kind.PLACE
    ]
    left = "".join(c for i, c in enumerate(context.text[start : group.start], start) if not any(a <= i < b for a, b in apart))
    return bool(BETWEEN.fullmatch(left))


def _first(context: Context, group: Group) -> None:
    """Those with whom a body began, which the sentence is about, or the text where it has no topic."""
    if not FIRST.match(context.text, group.members[-1].name.end):
        return
    topics = [g for g in context.groups if g.particle in {"は", "とは", "も"} and g.end <= group.start]
    keys = [key for topic in topics[-1:] for _, key in context.members(topic)]
    told = context.discourse.company(context.index) if not topics else None
    for key in [told] if told else keys:
        if any(is_a(context.things.kind(key), k) for k in BODIES):
            place = (group.start, group.phrase.end)
            _claim(context, (key, Property.HAS_MEMBER), group, Factuality.ACTUAL, (place,))


def _claim(context: Context, told: tuple[str, Property], group: Group, found: Factuality, places: tuple[Stretch, ...]) -> None:
    key, predicate = told
    evidence = quote(context.named.sentence, *places)
    confidence = LIKELY if len(places) > 1 else SUPPLIED
    known = context.drafts.objects(key, predicate)  # the verb of a founding tells since when, too
    for _, state in context.members(group):
        if context.things.kind(state) is Kind.STATE and state not in known:
            context.drafts.add(key, predicate, state, found, evidence, "roster", confidence=confidence)
