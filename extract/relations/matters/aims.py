"""What a body or text is made for, and what field a sentence opens with before it tells of one.

「X を調整するため、連絡会議を設置した」「Xを目的として協定を結んだ」「Yは、Xのための機構である」「Xについては、協定が署名された」
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, quote, topic_key
from extract.relations.factuality.standing import phrase_standing, standing
from extract.relations.grammar.copulas import COPULA
from extract.relations.grammar.events import Event, Form
from extract.relations.grammar.groups import Group, fits
from extract.relations.matters.topics import np_start, plain, spoken_of, topics_of
from extract.syntax import Phrase
from ontology.terms import Factuality, Kind, Property, is_a

MAKING_FRAMES = frozenset({"establish", "sign", "adopt", "effect", "publish"})
KINDS = (Kind.FORUM, Kind.MECHANISM, Kind.AGREEMENT, Kind.PARTNERSHIP, Kind.COMMAND, Kind.ORGANISATION)
PURPOSE = re.compile(r"^(?:ため(?:に)?|目的(?:として|に|で|とし(?:て|た)))、?$")
GUIDING = re.compile(r"^(?:ため|上で)の$")  # 策定を行う上での指針として
FORUMLIKE = re.compile(
    r"(?:機構|機関|組織|枠組み?|協定|取極|取決め|条約|委員会|協議体|フォーラム|会議|場|法律|制度|仕組み|協議|作業部会|部会|グループ|同盟|対話)$"
)
FOR = re.compile(r"^ための$")
EASED = re.compile(r"^(?:可能|容易|円滑|迅速)(?:と|に)(?:な|す)")
PUT = re.compile(r"^(?:新設|設け|置か|追加|加え|加わ|盛り込|明記|挿入|含ま)")
PROVISION = re.compile(r"(?:規定|任務|条項|条文|項目?|章|条|文言|記述)$")
ADDED = re.compile(r"^(?:加え|含め|追加|載せ|盛り込|取り入れ)")
AGENDA = re.compile(r"の?(?:議題|対象|協力分野|活動|任務)に(?=[^す])")
POINTED = re.compile(r"(?:本|同|この|当該|両)(?:協定|条約|指針|法|取決め|覚書|議定書|宣言)")
AVERTING = frozenset(
    {"避ける", "防ぐ", "防止", "回避", "阻止", "抑える", "免れる"}
)  # what is to be averted is not what one cooperates in
CAUSE = re.compile(r"(?:た|だ|ている|ない|なかった)$")  # 条件が整った|ため: why it was done, not what for
# To prevent what spreads or comes by is a field of its own: 拡散を防ぐ is 拡散の防止.
PREVENTING = frozenset({"防ぐ", "防止", "阻止", "抑える", "食い止める"})
SPREADING = re.compile(r"(?:拡散|流出|流入|漏洩|漏えい|テロ|密輸|密漁|攻撃|侵入|侵略|移転|犯罪|事故|衝突)$")
# What one state tells the other is no field of what they agreed.
TOLD = re.compile(r"(?:通告|通知|通報|連絡|要請|回答|申し入れ|問い合わせ|指摘|発言|質問)$")
DEALING = frozenset({"が", "で", "では", "において"})
# Particles of the field that a sentence opens with; では and としては only of nouns that name a field.
LEADING = frozenset({"について", "に関して", "に関し", "をめぐって"})
FIELDED = re.compile(r"(?:協力|分野|領域|支援|再編|対策|防衛|防護|抑止|移転|開発|共有|訓練|連携)$")


def assert_aims(context: Context) -> None:
    """Make the claims of what the bodies and texts of a sentence are for."""
    made = [e for e in context.events if e.frame.family in MAKING_FRAMES]
    for event in made:
        for target in [g for g in context.themes(event) if fits(g, KINDS)][:1]:
            _claim(context, event, target, _purposes(context, event, target, made), "aim")
    for event in [e for e in made if e.modified is None and e.form is Form.VERBAL]:
        targets = [g for g in (*context.themes(event), *_as(context, event)) if fits(g, KINDS)]
        lead = _lead(context)
        if targets and lead and lead.index < targets[0].phrase.index:
            _claim(context, event, targets[0], [lead], "lead")
            break
    _dealt_with(context)
    _provided(context)
    _copular(context)


def _dealt_with(context: Context) -> None:
    """Who deals with the field that a sentence opens with: 「サイバー空間に関する協力では、作業部会で検討を行っている」."""
    lead = _lead(context)
    for event in context.events if lead else ():
        if lead is None or event.frame.rule != "cover" or event.modified is not None:
            continue
        hosts = [g for g in context.groups if lead.index < g.phrase.index < event.phrase.index and g.particle in DEALING]
        hosts = [g for g in hosts if fits(g, (Kind.FORUM, Kind.MECHANISM))]
        if hosts:
            _claim(context, event, hosts[-1], [lead], "lead")
            return


def _purposes(context: Context, event: Event, target: Group, made: Sequence[Event]) -> list[Phrase]:
    """What the purpose clauses before a founding or signing speak of: 調整を行うために, 防衛のため, 確立することを目的として."""
    found: list[Phrase] = []
    phrases = context.tree.phrases
    begin = max((e.phrase.index for e in made if e.phrase.index < event.phrase.index), default=-1)
    for mark in phrases[begin + 1 : max(event.phrase.index, target.phrase.index)]:
        shown = context.text[mark.start : mark.end]
        following = phrases[mark.index + 1]
        guiding = GUIDING.match(shown) and (following.particle == "として" or following.index == target.phrase.index)
        if not (PURPOSE.match(shown) or guiding) or mark.index == 0:
            continue
        verb = phrases[mark.index - 1]
        if verb.head.text in {"こと", "もの"} and verb.index:
            verb = phrases[verb.index - 1]
        if CAUSE.search(context.text[verb.start : verb.end]) and mark.start == verb.end and not guiding:
            continue
        if verb.head.lemma in AVERTING and not (verb.head.lemma in PREVENTING and _spreading(context, verb)):
            continue
        if verb.particle in {"の", "を"} and verb.head.nominal:
            found += [] if verb.name else [verb]
        else:
            found += [p for p in spoken_of(context.tree, verb) if not p.name]
    return [p for p in found if not _agreed(context, p)]


def _spreading(context: Context, verb: Phrase) -> bool:
    objects = [p for p in context.tree.dependants[verb.index] if p.particle == "を" and p.index < verb.index]
    return any(SPREADING.search(context.text[p.start : p.content_end]) for p in objects)


def _agreed(context: Context, phrase: Phrase) -> bool:
    """Whether a purpose is to carry out an agreement, which is no field: 協定の実施のため."""
    start = np_start(context.tree, phrase)
    named = any(is_a(n.kind, Kind.AGREEMENT) for n in context.named.names if start <= n.start < phrase.end)
    return named or bool(POINTED.search(context.text, start, phrase.end))


def _as(context: Context, event: Event) -> Iterator[Group]:
    """What something became: 船舶検査活動法として成立した."""
    yield from (g for g in context.groups if g.particle == "として" and g.phrase.depends_on == event.phrase.index)


def _lead(context: Context) -> Phrase | None:
    """The field that a sentence opens with: 宇宙に関する協力としては, アセット防護に関しては, 後方支援の協力は."""
    for phrase in context.tree.phrases[:6]:
        if not plain(phrase) or phrase.particle not in {*LEADING, "は", "では", "として"} or TOLD.search(phrase.head.text):
            continue
        if phrase.particle in LEADING or (
            FIELDED.search(context.text[phrase.start : phrase.content_end]) and re.search(r"は、?$", phrase.tail)
        ):
            return phrase
    return None


def _provided(context: Context) -> None:
    """What a text makes possible or has a provision on, what is put on a body's agenda.

    「協定により部隊の往来が容易になる」「法に艦船の検査に関する規定が新設された」「協議の議題に宇宙を加える」
    """
    tree = context.tree
    kinds: tuple[Kind, ...]
    marks: set[str]
    for verb in tree.phrases:
        shown = context.text[verb.start : verb.end]
        eased, put, added = EASED.match(shown), PUT.match(shown), ADDED.match(shown)
        if not (eased or put or added):
            continue
        below = [p for p in tree.dependants[verb.index] if p.index < verb.index and p.head.nominal and not p.timex]
        if eased:
            kinds, marks, topics = (
                (Kind.AGREEMENT,),
                {"により", "によって", "で", "では", "は"},
                [p for p in below if p.particle in {"が", "も"}],
            )
        elif put:
            kinds, marks = (Kind.AGREEMENT,), {"に", "には", "では", "において"}
            topics = [
                p for p in below if p.particle in {"が", "を"} and PROVISION.search(context.text[p.start : p.content_end])
            ]
        else:
            kinds, marks, topics = (), set(), []
        hosts = [g for g in context.groups if g.particle in marks and g.end <= verb.start and fits(g, kinds)]
        if put and not hosts:
            hosts = [g for g in context.groups if g.end <= verb.start and fits(g, kinds) and _amended(context, g)]
        agenda = AGENDA.search(context.text, 0, verb.start) if added else None
        if agenda:
            hosts = [
                g for g in context.groups if g.end <= agenda.start() + 1 and fits(g, (Kind.FORUM, Kind.MECHANISM, Kind.MEETING))
            ]
            topics = [p for p in below if p.particle in {"を", "が"}]
        found = phrase_standing(tree, verb).factuality if hosts and topics else None
        for phrase in topics if found else ():
            if found and phrase.index > hosts[-1].phrase.index and not (phrase.name and not agenda):
                _assert(context, hosts[-1], phrase, found, "provided")


AMENDED = re.compile(r"(?:改定|改訂|改正|修正|見直)(?:さ|し)")


def _amended(context: Context, group: Group) -> bool:
    """Whether a clause says that a text was amended: 協定が|改定され、提供に関する規定が加わった."""
    verb = context.tree.phrases[group.phrase.depends_on]
    return group.particle in {"が", "は", "を"} and bool(AMENDED.match(context.text, verb.start))


def _copular(context: Context) -> None:
    """What a body is said to be for: 「機構は、集団防衛のための国際機構である」."""
    if not context.tree.phrases:
        return
    last = context.tree.phrases[-1]
    hosts = [g for g in context.groups if g.particle in {"は", "とは"} and fits(g, KINDS) and g.phrase.index < last.index]
    if not hosts or not COPULA.match(last.tail) or not FORUMLIKE.search(context.text[last.start : last.content_end]):
        return
    for mark in context.tree.phrases[hosts[0].phrase.index + 1 : last.index]:
        below = context.tree.phrases[mark.index - 1]
        if FOR.match(context.text[mark.start : mark.end]) and below.particle == "の" and below.head.nominal:
            _assert(context, hosts[0], below, Factuality.ACTUAL, "aim.copula")
        elif mark.particle == "に関する" and mark.depends_on == last.index and plain(mark):
            _assert(context, hosts[0], mark, Factuality.ACTUAL, "aim.copula")


def _claim(context: Context, event: Event, target: Group, phrases: Sequence[Phrase], rule: str) -> None:
    found = standing(context.tree, event).factuality
    for phrase in phrases if found else ():
        if found:
            _assert(context, target, phrase, found, rule)


def _assert(context: Context, target: Group, phrase: Phrase, found: Factuality, rule: str) -> None:
    for start, end, text in topics_of(context.tree, phrase):
        for member, key in context.members(target)[:1]:
            evidence = quote(context.named.sentence, (start, end), (member.start, member.end))
            averted = context.tree.phrases[phrase.depends_on].head.lemma in PREVENTING and phrase.particle == "を"
            topic = topic_key(context.things, f"{text}の防止" if averted else text)
            context.drafts.add(key, Property.COVERS, topic, found, evidence, rule, confidence=LIKELY)
