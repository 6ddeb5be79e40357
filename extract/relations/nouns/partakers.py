"""Who takes part, told by what stands in a name or beside it: ショルツ首相の独仏首脳会談, 中露合同演習「X」, 4か国による枠組み「クアッド」."""

from __future__ import annotations

import re

from extract.names.found import Name
from extract.names.states import PAIR, SO_MANY
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, quote
from extract.relations.discourse.memory import COMPANIES
from ontology.terms import Factuality, Kind, Property, is_a

# The states that make up a body, told before its name: 3か国でつくる|中央会議, の首脳が集まる|会合.
MAKING_UP = (
    r"(?:政府)?(?:が|で)(?:つくる|作る|つくっている|作っている|構成する|結成する|構成している|運営する)"
    r"|(?:で|から)(?:構成|組織|形成)(?:される|されている|された)|から(?:成る|なる)|が(?:加盟|参加|参画)(?:する|している)"
)
COUNTED = re.compile(
    rf"(?:など|等|ら)?(?:の|、)?(?:[一-龥ァ-ヶー・]{{0,8}}?の?)?(?:計|全)?(?:加盟)?{SO_MANY}(?:{MAKING_UP})(?!新たな|新しい)[一-龥ァ-ヶー・の]{{0,14}}?[「『]?"
)
FRAMEWORK = re.compile(
    rf"(?:による|の)?(?:{SO_MANY}(?:による|の|間の)?)?(?:多国間の?|新たな|安全保障の?)?(?:枠組み|組織|機構|協議体|グループ|集まり|連合)?(?:である|の)?、?[「『]?"
)
SPEAKING = re.compile(r"(?:質問|答弁|発言|演説|挨拶|報告|証言|説明)$")


def spoke(context: Context) -> None:
    """参議院予算委員会における上田議員の質問: those who speak at a meeting take part in it."""
    for place in context.groups:
        meeting = context.meetings.get(place.members[0].name.start)
        if meeting is None or place.particle not in {"における", "での", "において", "で"}:
            continue
        for group in context.groups:
            above = context.tree.phrases[group.phrase.depends_on]
            if (
                group.particle == "の"
                and group.start > place.end
                and SPEAKING.search(context.text[above.start : above.content_end])
            ):
                for member, person in context.members(group):
                    evidence = quote(context.named.sentence, (place.start, place.end), (member.start, above.end))
                    context.drafts.add(meeting, Property.HAS_PARTICIPANT, person, Factuality.ACTUAL, evidence, "meeting.spoke")


BY = re.compile(r"^(.+?)による.+")


def done_by(context: Context, name: Name, key: str) -> None:
    """ロシアによるウクライナ侵略: whose doing an event is, by its name."""
    found = BY.match(name.label)
    for state in context.things.knowledge.states.named(found.group(1)) if found else ():
        if context.things.kind(key) is Kind.OCCURRENCE:
            context.things.known(state)
            context.drafts.add(
                key,
                Property.HAS_PARTICIPANT,
                state,
                Factuality.ACTUAL,
                quote(context.named.sentence, (name.start, name.end)),
                "name.by",
            )


def made_of(context: Context) -> None:
    """米国、日本、オーストラリア、インドの4か国による枠組み「クアッド」: the states that a partnership's name is given with."""
    for group in context.groups:
        name = group.members[0].name
        if name.kind is not Kind.STATE:
            continue
        following = next((n for n in context.named.names if n.start >= group.end), None)
        if following is None or not any(is_a(following.kind, k) for k in (*COMPANIES, Kind.ORGANISATION)):
            continue
        between = context.text[group.end : following.start]
        listed = len(context.members(group)) > PAIR and FRAMEWORK.fullmatch(between) and between.strip("、「『")
        if (listed and following.kind in {Kind.PARTNERSHIP, Kind.FORUM}) or COUNTED.fullmatch(between):
            for key in context.of(following):
                evidence = quote(context.named.sentence, (group.start, following.end))
                for _, state in context.members(group):
                    context.drafts.add(key, Property.HAS_MEMBER, state, Factuality.ACTUAL, evidence, "made-of")


# Those of states who meet in a body, where it is said what it is: Xとは、日本とアメリカの|閣僚が参加して…議論するものである.
MEETING_IN = re.compile(
    r"の(?:[一-龥・]{1,10}(?:と|を)[一-龥・]{1,10}を?担当する)?[一-龥・]{0,12}(?:閣僚|大臣|長官|首脳|高官|次官|局長|実務者|当局者|担当者|代表|軍人|制服組)"
    r"(?:が|同士が|ら?が)(?:[^、。はがを]{0,10})(?:参加し|出席し|一堂に会し|集ま|顔を合わせ|会し|定期的に(?:協議|会合))"
)


def meeting_in(context: Context) -> None:
    """Xとは、米国と加国の閣僚が参加して議論する場である: the states whose ministers meet in the body that a topic is."""
    for group in context.groups:
        topics = [g for g in context.groups if g.particle in {"は", "とは"} and g.end <= group.start]
        states = context.members(group) if group.members[0].name.kind is Kind.STATE else []
        met = MEETING_IN.match(context.text, group.end) if topics and topics[-1].particle == "とは" else None
        if met is None or len(states) < PAIR or context.text[topics[-1].phrase.end : group.start].strip("、"):
            continue
        for member, key in context.members(topics[-1]):
            if any(is_a(member.name.kind, k) for k in COMPANIES):
                evidence = quote(context.named.sentence, (member.start, member.end), (group.start, met.end()))
                for _, state in states:
                    context.drafts.add(
                        key, Property.HAS_MEMBER, state, Factuality.ACTUAL, evidence, "meeting-in", confidence=LIKELY
                    )


BETWEEN = re.compile(r"^各?([^・]{2,12})・([^・]{2,12}?)(?:各軍|各国)?間の?(?=.{2})")


def between_bodies(context: Context, name: Name, key: str) -> None:
    """各自衛隊・米軍各軍間の調整所: the two bodies, known by name, between which another stands."""
    things = context.things
    told = BETWEEN.match(name.label) if is_a(things.kind(key), Kind.INSTITUTION) else None
    sides = [things.find(side, Kind.INSTITUTION) for side in told.groups()] if told else []
    for side in sides if all(sides) else ():
        if side and side not in things:
            things.known(side)
        evidence = quote(context.named.sentence, (name.start, name.end))
        context.drafts.add(
            key, Property.HAS_MEMBER, things.current(side or ""), Factuality.ACTUAL, evidence, "name.between", confidence=LIKELY
        )


def attended(context: Context) -> None:
    """ショルツ首相とマクロン大統領の独仏首脳会談, バイデン・岸田会談: those whose meeting it is."""
    for group in context.groups:
        if group.particle not in {"の", "による", "との", "", "-"} or group.members[0].name.kind not in {
            Kind.PERSON,
            Kind.POST,
        }:
            continue
        above = context.tree.phrases[group.phrase.depends_on]
        if above.name is None or above.index <= group.phrase.index:
            continue
        for key in context.of(above.name):
            for member, person in context.members(group):
                evidence = quote(context.named.sentence, (member.start, member.end), (above.name.start, above.name.end))
                kind = context.things.kind(key)
                if kind is Kind.MEETING:
                    context.drafts.add(key, Property.HAS_PARTICIPANT, person, Factuality.ACTUAL, evidence, "meeting.of")


EXERCISE = re.compile(
    r"([一-龥ァ-ヶー・]{2,16}?)(?:合同|共同|統合)(?:軍事|海上|実動|指揮所|飛行|航行)?(?:演習|訓練|パトロール)"
)


def exercised(context: Context, name: Name, key: str) -> None:
    """The states whose exercise it is, by what stands in its name or before it: 中露合同演習「X」, 日米共同訓練."""
    if context.things.kind(key) is not Kind.OCCURRENCE:
        return
    quoted = context.text[max(name.start - 1, 0)] in "「『"
    told = EXERCISE.fullmatch(name.label) or (
        re.search(rf"{EXERCISE.pattern}[「『]?$", context.text[: name.start]) if quoted else None
    )
    states = context.things.knowledge.states
    keys = states.named(told.group(1)) if told else ()
    for state in keys if len(keys) >= PAIR else ():
        context.things.known(state)
        evidence = quote(context.named.sentence, (min(told.start(), name.start), name.end)) if told else ()
        context.drafts.add(key, Property.HAS_PARTICIPANT, state, Factuality.ACTUAL, evidence, "name.states", confidence=LIKELY)
