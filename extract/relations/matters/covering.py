"""What a body deals with and what a text covers: verbs of dealing, lists of fields."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.model import Stretch
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, quote, topic_key
from extract.relations.discourse.memory import Dealt
from extract.relations.factuality.cues import Standing
from extract.relations.factuality.sayings import quoted_saying
from extract.relations.factuality.standing import phrase_standing
from extract.relations.grammar.copulas import COPULA
from extract.relations.grammar.events import Event, Form, Voice
from extract.relations.grammar.fillers import Fillers
from extract.relations.grammar.groups import Group, fits
from extract.relations.matters.dealers import IN_VIEW, hosts, keys_of_group, unnamed
from extract.relations.matters.entitled import assert_entitled
from extract.relations.matters.topics import LIGHT, TELLING, listed_fields, topic_phrases, topics_of
from extract.syntax import Phrase
from ontology.terms import Factuality, Kind, Property

# Named things that can be a matter: 日米同盟について協議する, 中国に言及する. Bodies and texts are something else.
MATTERS = frozenset({Kind.TOPIC, Kind.STATE, Kind.PLACE, Kind.PARTNERSHIP, Kind.PROGRAMME, Kind.OCCURRENCE})
HOLDING = frozenset({"に", "には", "で", "では", "において", "における", "にも", "でも"})
OF = frozenset({"の", "における", "に対する", "への"})
ADVERBIAL = re.compile(r"^[」』]?(?:的)?に$")
ONGOING = re.compile(r"を?(?:行っ|進め|続け|実施し|し)ていく(?:こと|方針|予定)")  # 協議を行っていくことで合意した
PROVIDED = re.compile(r"(?<!た)(?<!だ)(?:もの|こと)とされ")  # what a text provides, no hearsay
PROVISION = 60
ASKING = frozenset({"求める", "重視", "歓迎", "非難", "強調"})
URGED = re.compile(
    r"(?:す|する)べき(?:だ|である)?と(?:し|提言|主張|勧告|求め|述べ|論じ|訴え)"
)  # who urges others does not deal with it
LASTING = frozenset(
    {"担当", "担う", "所掌", "所管", "司る", "つかさどる", "受け持つ", "統括", "管理", "監督", "任務とする", "当たる"}
)
HABITS = frozenset({"cover.task", "cover.engage"})  # what a body does again and again is its field; what it did once is a deed
# 前身に当たる, 10周年にあたる tells what it is, no duty
CORRESPONDING = frozenset({"当たる", "あたる"})
LIKE = re.compile(
    r"(?:前身|後継|後身|母体|源流|原型|原点|起源|先駆け|相手|相手方|カウンターパート|機関|組織|機構|制度|版|もの|位|割|分|倍|周年|年|日|節目|違反|例|一部|一種|最中|要|要衝)$"
)
MAY_BE = re.compile(r"(?:り?[う得]る|らな|ると|るか)")  # 武力攻撃に当たり得る
SPEAKING = frozenset({"cover", "cover.mention", "cover.apply"})  # one can speak of a town; what is done to it is no matter
DUTY = re.compile(r"(?:任務|業務|職務|作業|活動|取組み?|取り組み|問題|対策|情報)$")
ONCE = re.compile(r"(?:初めて|史上初|\d月)[^、。]{0,24}$")  # 2007年9月、初めて揃って演習を行っている
HABITUAL = re.compile(r"(?:る|う|く|す|つ|ぶ|む|ぐ|ている|てきた|ため|務とする)[。、」』]?$")


MAKING = frozenset(
    {"管理", "運営", "監督", "統括", "実行", "遂行", "執行", "製造", "生産", "開発", "設計", "建造", "組み立て", "最終組み立て"}
)  # deeds done to a thing, no fields


def cover(context: Context, event: Event, fillers: Fillers, state: Standing) -> None:
    """What a body deals with, what a text covers."""
    own = event.frame.rule == "cover"
    deed = event.frame.rule in HABITS and event.verb not in LASTING
    deed = deed and (not HABITUAL.search(_ending(context, event)) or bool(ONCE.search(context.text, 0, event.start)))
    if state.factuality is None or deed or URGED.match(context.text, event.phrase.content_end):
        return
    if (event.form is not Form.VERBAL and not own) or (event.frame.rule in HABITS and _on_occasion(event)):
        return
    enclosed = _enclosed(context, event)
    subjects = [g for g in hosts(event, fillers) if g not in enclosed]
    phrases = list(topic_phrases(context.tree, event, [g.phrase.index for g in subjects]))
    if event.modified is not None and event.modified.head.text not in IN_VIEW:
        told = _before_noun(context, event, event.modified, subjects)
        if told is None:
            return
        subjects, whole = told
        phrases = [whole] if whole else phrases
    keys = [pair for group in subjects[:1] for pair in keys_of_group(context, event, group)]
    lent = event.phrase.particle == "を" and LIGHT.match(context.text, context.tree.phrases[event.phrase.depends_on].start)
    if not keys and phrases and not subjects and not enclosed and (event.form is Form.VERBAL or lent):
        keys = unnamed(context, event, fillers, phrases)
    factuality = _provided(context, event, state.factuality)
    _keep(context, event, keys, factuality)
    for phrase in phrases:
        if phrase.timex or _no_matter(event, phrase):
            continue
        for start, end, text in topics_of(context.tree, phrase):
            if any(n.start <= start and end <= n.end and n.kind not in MATTERS for n in context.named.names):
                continue  # 品目を扱う技術部会と、情報交換を扱う執行部会: the first is no matter of the second
            inside = {k for n in context.named.names if start <= n.start < end for k in context.of(n)}
            for subject, place in keys:
                if subject in inside:
                    continue  # 首脳会談の会場 is no matter of the talks
                body = context.things[subject].forum if factuality is Factuality.PLANNED else None
                topic = topic_key(context.things, _named(text, event))
                evidence = quote(context.named.sentence, (start, end), (event.start, event.phrase.end), place)
                context.drafts.add(
                    body or subject, Property.COVERS, topic, factuality, evidence, event.frame.rule, confidence=LIKELY
                )


def _before_noun(
    context: Context, event: Event, noun: Phrase, subjects: list[Group]
) -> tuple[list[Group], Phrase | None] | None:
    """Who deals with a matter by a verb that stands before a noun, and the matter where that noun is it; None where nothing tells."""
    own = _whose_field(context, event)
    if own:
        return own, None
    if event.voice is Voice.PASSIVE and not noun.name:
        held = [g for g in subjects if g.particle in HOLDING]
        return held or _holding(context, event), _whole(context, noun)
    return (subjects, None) if _said_of(context, noun, subjects) else None


def _on_occasion(event: Event) -> bool:
    """Whether a clause only tells when something else is done: 両軍が訓練を行う際の手続."""
    return event.modified is not None and event.modified.head.text in {"際", "場合", "時", "とき", "折", "たび"}


def _no_matter(event: Event, phrase: Phrase) -> bool:
    """Whether a phrase names who or where it is dealt with, or a mere deed: 製造を担う; or what it is like: 前身に当たる."""
    apart = bool(phrase.name and (phrase.name.kind not in MATTERS or phrase.particle in {"の", "で"}))
    apart = apart or bool(phrase.name and phrase.name.kind is Kind.PLACE and event.frame.rule not in SPEAKING)
    alike = event.verb in CORRESPONDING and bool(LIKE.search(phrase.head.text) or MAY_BE.match(event.phrase.tail))
    return apart or alike or (event.verb in LASTING and "".join(w.text for w in phrase.words).removesuffix("を") in MAKING)


def _keep(context: Context, event: Event, keys: Sequence[tuple[str, Stretch]], factuality: Factuality) -> None:
    """Remember who dealt with what a sentence ends on, for items that the next one lists."""
    if keys and event.modified is None and event.phrase.depends_on == context.tree.phrases[-1].index:
        context.discourse.dealt = Dealt(context.index, tuple(k for k, _ in keys), factuality)


def _holding(context: Context, event: Event) -> list[Group]:
    """The text right before a passive that stands before a noun, wherever the parser hangs it: 指針において具体的に記述されなかったX."""
    at = event.phrase.index
    while at and context.tree.phrases[at - 1].depends_on == at and not context.tree.phrases[at - 1].head.nominal:
        at -= 1
    while at and ADVERBIAL.search(context.tree.phrases[at - 1].tail) and not context.tree.phrases[at - 1].name:
        at -= 1  # 具体的に
    texts = (Kind.AGREEMENT,)
    return [g for g in context.groups if g.phrase.index == at - 1 and g.particle in HOLDING and fits(g, texts)]


def _enclosed(context: Context, event: Event) -> list[Group]:
    """The texts that the clauses before the matter of a verb keep to themselves: 「指針に記されなかったXを検討する」 is what the author does."""
    return [
        group
        for inner in context.events
        if inner.voice is Voice.PASSIVE and inner.modified is not None and inner.phrase.index < event.phrase.index
        for group in _holding(context, inner)
    ]


FIELD = re.compile(r"その(?:活動|任務|業務|議題|権限)[がは](?!.*その)")


def _whose_field(context: Context, event: Event) -> list[Group]:
    """The body behind a clause that says what its work is: その活動が研究の監督に限定されていた「技術フォーラム」."""
    if event.frame.rule != "cover.focus" or not FIELD.search(context.text, 0, event.start):
        return []
    behind = [g for g in context.groups if g.phrase.index > event.phrase.index]
    return [g for g in behind[:1] if fits(g, event.frame.theme)]


def _provided(context: Context, event: Event, found: Factuality) -> Factuality:
    """The standing of a matter: what a text provides (行うものとされる) is no hearsay, what is to go on (協議を行っていくこと) is planned."""
    behind = event.phrase.content_end
    if found is Factuality.POSSIBLE and PROVIDED.search(context.text, behind, behind + PROVISION):
        return Factuality.ACTUAL
    if found is Factuality.PROPOSED and event.frame.rule == "cover.text" and event.verb in ASKING:
        return Factuality.ACTUAL  # a plan that asks for something is about it
    if found in {Factuality.PLANNED, Factuality.PROPOSED} and quoted_saying(context.text, event.start):
        return Factuality.ACTUAL  # who says 「見直しを進めたい」 at a meeting has spoken of it there
    return Factuality.PLANNED if found is Factuality.ACTUAL and ONGOING.match(context.text, behind) else found


def _whole(context: Context, noun: Phrase) -> Phrase:
    """The head of the noun phrase that begins with a noun: 暗号鍵の → 共有."""
    phrases = context.tree.phrases
    while noun.index + 1 < len(phrases) and not noun.name:
        following = phrases[noun.index + 1]
        if not following.head.nominal or not (
            noun.tail in {"", "」"}
            or (noun.particle in OF and (noun.depends_on == following.index or noun.depends_on < noun.index))
        ):
            break
        noun = following
    return noun


def _named(text: str, event: Event) -> str:
    """A matter that is too short to tell anything, with what is done about it: 情報を分析する → 情報の分析."""
    deed = event.frame.rule in HABITS and len(text) < TELLING and not event.phrase.head.tag.startswith("動詞")
    return f"{text}の{event.verb}" if deed and "する" not in event.verb else text


def _said_of(context: Context, noun: Phrase, subjects: Sequence[Group]) -> bool:
    """Whether the noun that a verb stands before is the host itself, or what the sentence says that the host is: 議論する場である."""
    if any(g.phrase.index == noun.index or g.members[0].start == noun.start for g in subjects) or noun.name:
        return True
    last = context.tree.phrases[-1]
    return noun.particle == "として" or (noun.index == last.index and bool(COPULA.match(noun.tail)))


def _ending(context: Context, event: Event) -> str:
    return context.text[event.phrase.head.start : event.phrase.end]


def assert_fields(context: Context) -> None:
    """The fields that a body or meeting is said to work in: 「会談では、A、B、Cなどの分野における協力が拡大された」."""
    hosts = [
        g
        for g in context.groups
        if g.particle in {"では", "は", "において", "で"}
        and fits(g, (Kind.FORUM, Kind.MEETING, Kind.AGREEMENT, Kind.MECHANISM))
    ]
    for phrase in listed_fields(context.tree) if hosts else ():
        found = phrase_standing(context.tree, context.tree.phrases[hosts[0].phrase.depends_on]).factuality
        if found is Factuality.PLANNED and fits(hosts[0], (Kind.AGREEMENT,)):
            found = Factuality.ACTUAL  # what a text provides for it covers: 協力を進めることとされた
        for start, end, text in topics_of(context.tree, phrase):
            for member, key in context.members(hosts[0])[:1]:
                evidence = quote(context.named.sentence, (member.start, member.end), (start, end))
                if found:
                    topic = topic_key(context.things, text)
                    context.drafts.add(key, Property.COVERS, topic, found, evidence, "cover.fields", confidence=LIKELY)


def assert_meetings_entitled(context: Context) -> None:
    """What the meetings of a sentence are about by their names, once the sentence has told which meetings they are."""
    for name in context.named.names:
        if name.kind is not Kind.MEETING:
            continue
        for key in (context.meetings[name.start],) if name.start in context.meetings else context.of(name)[:1]:
            assert_entitled(context, name, key)
