"""What a body consists of, told in prose: 「最高機関は…理事会である」, 「軍事面では…会議が置かれ」, 「その傘下には…がある」.

A body without a name of its own (理事会, 事務局) is called after the one that it belongs to: 最高機関は理事会である, of SEATO,
makes SEATO理事会. 「常設の事務局を置く案」 and 「東京に連絡事務所を設ける計画」 tell of such bodies too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.model import Stretch
from extract.relations.bodies.below import PART, assert_below
from extract.relations.bodies.own_parts import assert_own_parts
from extract.relations.discourse.context import Context
from extract.relations.discourse.draft import LIKELY, SUPPLIED, quote
from extract.relations.factuality.outlook import to_come
from extract.relations.factuality.standing import phrase_standing, standing
from extract.relations.grammar.copulas import AND_THEN, COPULA
from extract.relations.grammar.events import Event
from extract.relations.grammar.frames import Role
from extract.relations.grammar.groups import fits
from extract.relations.grammar.roles import fill
from extract.relations.nouns.owners import owners_of
from extract.relations.nouns.seats import gapped
from extract.syntax import Phrase
from ontology.terms import Factuality, Kind, Property, is_a

ROLE = re.compile(
    r"(?:(?:最高|意思決定|執行|諮問|下部|付属|附属|補助|常設)(?:の)?(?:機関|施設)|(?<![ぁ-んァ-ヶ一-龥])(?:主要|主な)?機関|下部組織|傘下|隷下|指揮下|麾下|頂点|最上位|中枢|"
    r"(?:軍事|政治|行政|運営|実務|文民)(?:面|部門))$"
)
HIGHEST = re.compile(r"(?:(?:最高|意思決定|執行|諮問|常設)(?:の)?機関|司令部)$")
EXISTING = re.compile(
    r"(?:(?:置|設け|設置|創設|新設|編成|組織|おか)[^。]{0,3}(?:れ|られ)|存在し|挙げられ|[がも]あ[るりっ]|あ[るりっ])"
)
WITHIN = frozenset({"には", "に", "では", "としては", "として", "にも"})
BARE_ORGAN = re.compile(
    r"(?:常設|合同|運営|閣僚|軍事|最高|政治|総|連絡|地域)?(?:理事会|評議会|事務局|事務総局|総会|(?:運営|諮問|軍事|防衛)委員会|事務所)"
)
FORUM = re.compile(r"(?:会|会議)$")
WHOLE = (Kind.PARTNERSHIP, Kind.MECHANISM, Kind.ORGANISATION)
PLACING = re.compile(r"置[くかき]|設け|設置|開設|新設")
OWN = re.compile(
    r"(?:評議会|理事会|委員会|局|司令部|幕僚部|幕僚監部|事務所|部隊|軍|機関|庁|センター|グループ|国防相会議|閣僚会議)$"
)
NO_PART = re.compile(r"^軍|・|加盟国|プラス|ウクライナ|ロシア|中国|日本|対")
LOCAL = (Kind.COMMAND, Kind.FORUM, Kind.INSTITUTION)  # kinds of bodies that a partnership may lack
AHEAD = 8  # characters behind a verb that tell whether what it says is only agreed on
Value = tuple[str, Stretch]


def assert_hierarchy(context: Context) -> None:
    """Make the claims of what belongs to what."""
    for phrase in context.tree.phrases:
        content = context.text[phrase.start : phrase.content_end]
        if phrase.name or phrase.timex:
            continue
        below = content == "下" and context.text[: phrase.start].endswith("その")
        if (ROLE.search(content) or below) and phrase.particle in WITHIN:
            _housed(context, phrase)
        elif HIGHEST.search(content) and phrase.particle == "は":
            _named(context, phrase)
        elif BARE_ORGAN.fullmatch(content) and phrase.particle in {"を", "の"}:
            _placed(context, phrase)
    for event in context.events:
        if event.frame.rule == "compose":
            _composed(context, event)
        elif event.frame.rule in {"establish", "locate"}:
            _never_founded(context, event)
            _placed_in_turn(context, event)
    assert_own_parts(context)
    assert_below(context)
    _of_partnerships(context)


def _composed(context: Context, event: Event) -> None:
    """外相で構成される理事会: who sits in a body without a name."""
    fillers = fill(event, context.tree, context.groups)
    subjects = [p for p in context.tree.dependants[event.phrase.index] if p.particle in {"は", "が"}]
    found = standing(context.tree, event).factuality
    for phrase in [event.modified] if event.modified else subjects:
        values = _keys(context, [(phrase.head.start, phrase.content_end)], phrase) if found else []
        if not values or fillers.get(Role.THEME):
            continue
        for group in fillers.get(Role.PART):
            for member, key in context.members(group):
                evidence = quote(context.named.sentence, (member.start, member.end), (phrase.start, phrase.end))
                context.drafts.add(
                    values[0][0],
                    Property.HAS_MEMBER,
                    key,
                    found or Factuality.ACTUAL,
                    evidence,
                    "hierarchy.compose",
                    confidence=SUPPLIED,
                )


def _never_founded(context: Context, event: Event) -> None:
    """統合司令部は設置されなかった: a body that the text's partnership has not."""
    if standing(context.tree, event).factuality is not Factuality.NEGATED:
        return
    fillers = fill(event, context.tree, context.groups)
    whole = context.discourse.whole(context.index)
    context.discourse.absent |= {key for g in fillers.get(Role.THEME) for _, key in context.members(g)}
    if whole is None or fillers.get(Role.GOAL) or fillers.get(Role.UNDER):
        return
    for group in fillers.get(Role.THEME):
        for member, key in context.members(group) if fits(group, (Kind.COMMAND, Kind.INSTITUTION)) else ():
            if not context.things.knowledge.states.prefix(member.name.label) and context.things.kind(key) in LOCAL:
                places = ((member.start, member.end), (event.start, event.phrase.end))
                _part(context, key, whole, Factuality.NEGATED, places, named=False)


def _placed_in_turn(context: Context, event: Event) -> None:
    """ウィーンにA、ローマにBを置く: the seats of those before the last."""
    found = standing(context.tree, event).factuality
    found = to_come(event, found, context.text[event.phrase.end : event.phrase.end + AHEAD]) if found else None
    last = [g for g in context.themes(event) if g.particle in {"を", "が"}]
    for group, town in gapped(context, last[-1]) if found and last else ():
        for member, key in context.members(group) if fits(group, (Kind.INSTITUTION,)) else ():
            for place, seat in context.members(town):
                evidence = quote(
                    context.named.sentence,
                    (place.start, place.end),
                    (member.start, member.end),
                    (event.start, event.phrase.end),
                )
                context.drafts.add(
                    key, Property.LOCATED_IN, seat, found or Factuality.ACTUAL, evidence, "locate", confidence=LIKELY
                )


def _housed(context: Context, role: Phrase) -> None:
    """軍事面ではXが置かれ, Yの傘下にはXがある."""
    verb = context.tree.phrases[role.depends_on]
    if verb.index <= role.index or not EXISTING.search(context.text[verb.start : verb.end]):
        return
    values: list[Value] = []
    for group in context.groups:
        subject = group.particle in {"が", "も"} and role.index < group.phrase.index <= verb.index
        if subject and verb.index in {group.phrase.index, group.phrase.depends_on}:
            values += _keys(context, [(m.name.start, m.name.end) for m in group.members])
    for phrase in context.tree.phrases[role.index + 1 : verb.index + 1]:
        subject = phrase.particle in {"が", "も"} and verb.index in {phrase.index, phrase.depends_on}
        if subject and not phrase.name:
            values += _keys(context, [(phrase.start, phrase.content_end)], phrase)
    _claim(context, role, verb, values)


def _named(context: Context, role: Phrase) -> None:
    """最高機関は…理事会である, 最高機関は…理事会で、…."""
    value = context.tree.phrases[role.depends_on]
    last = context.tree.phrases[-1]
    for phrase in (value, *context.tree.phrases[role.index + 1 :]):
        ends = AND_THEN.match(phrase.tail) or (phrase is last and COPULA.match(phrase.tail))
        if phrase.index > role.index and ends and phrase.head.nominal:
            _claim(context, role, phrase, _keys(context, [(phrase.head.start, phrase.content_end)], phrase))
            return


def _keys(context: Context, places: list[Stretch], bare: Phrase | None = None) -> list[Value]:
    """The bodies at some places; one that has no name of its own is called after the one that the text is about."""
    found: list[Value] = []
    for start, end in places:
        name = next((n for n in context.named.names if n.start <= start and end <= n.end), None)
        keys = context.of(name) if name and not name.plural else ()
        if name and keys and any(is_a(context.things.kind(keys[0]), k) for k in PART):
            found += [(key, (name.start, name.end)) for key in keys]
        elif name and name.kind is Kind.MEETING and not BARE_ORGAN.fullmatch(name.label):
            found.append((context.things.take(name.label, Kind.FORUM), (name.start, name.end)))
        elif bare is not None or name is not None:
            key = _called_after(context, context.text[start:end])
            found += [(key, (start, end))] if key else []
    return found


def _called_after(context: Context, label: str, whole: str | None = None) -> str | None:
    """The body that a mere 理事会 is: SEATO理事会, where the text is about SEATO."""
    owner = whole or context.discourse.whole(context.index)
    if owner is None or not BARE_ORGAN.fullmatch(label) or not any(is_a(context.things.kind(owner), k) for k in WHOLE):
        return None
    return context.things.take(f"{context.things[owner].label}{label}", Kind.FORUM if FORUM.search(label) else Kind.INSTITUTION)


def _claim(context: Context, role: Phrase, predicate: Phrase, values: list[Value]) -> None:
    found = phrase_standing(context.tree, predicate).factuality
    named = [(key, (m.start, m.end)) for g in owners_of(context, role) for m, key in context.members(g)]
    owners = [(k, p) for k, p in named if is_a(context.things.kind(k), Kind.INSTITUTION)]
    if not owners and not named:
        opening = not any(g.end <= role.start and g.particle in {"は", "が", "も"} for g in context.groups)
        whole = (_spoken_of(context) if opening else None) or context.discourse.whole(context.index)
        owners = [(whole, (role.start, role.end))] if whole else []
    for owner, place in owners[:1] if found else ():
        for value, there in values:
            _part(
                context, value, owner, found or Factuality.ACTUAL, (place, there, (predicate.start, predicate.end)), bool(named)
            )


def _spoken_of(context: Context) -> str | None:
    """The body that the last sentence was about: 「KIDDは次官補級の会合である。傘下にはSPIがある」."""
    topic = next((t for t in reversed(context.discourse.topics) if t.rank <= SUBJECT_RANK), None)
    near = topic and topic.key and topic.sentence == context.index - 1 and topic.paragraph == context.discourse.paragraph
    return context.discourse.topic_of((Kind.INSTITUTION,), context.index, titled=False) if near else None


SUBJECT_RANK = 2  # the rank of a mere subject among topics


def _part(context: Context, part: str, whole: str, found: Factuality, places: tuple[Stretch, ...], named: bool) -> None:
    evidence = quote(context.named.sentence, *places)
    confidence = LIKELY if named else SUPPLIED
    context.drafts.add(part, Property.PART_OF, whole, found, evidence, "hierarchy", confidence=confidence)


def _placed(context: Context, body: Phrase) -> None:
    """Yに(常設の)事務局を置く, 東京に連絡事務所を設ける: of a body without a name, whose it is and where."""
    verb = context.tree.phrases[body.depends_on]
    if verb.index <= body.index or not PLACING.match(context.text[verb.start : verb.end]):
        return
    found = phrase_standing(context.tree, verb).factuality
    goals = [
        g for g in context.groups if g.particle in {"に", "へ", "には"} and g.phrase.depends_on in {verb.index, body.index}
    ]
    goals = [g for g in goals if g.phrase.index < verb.index]
    hosts = [(key, (m.start, m.end)) for g in goals if fits(g, WHOLE) for m, key in context.members(g)]
    others = any(p.particle == "の" and p.name for p in context.tree.dependants[body.index])  # 日米韓の事務局 is theirs
    owner = hosts[0][0] if hosts else None if others else context.discourse.whole(context.index)
    key = _called_after(context, context.text[body.start : body.content_end], owner)
    if key is None or owner is None or found is None:
        return
    places = ((body.start, body.end), (verb.start, verb.end))
    _part(context, key, owner, found, (*(p for _, p in hosts[:1]), *places), bool(hosts))
    for group in goals:
        for member, seat in context.members(group) if fits(group, (Kind.PLACE, Kind.STATE)) else ():
            evidence = quote(context.named.sentence, (member.start, member.end), *places)
            context.drafts.add(key, Property.LOCATED_IN, seat, found, evidence, "hierarchy.seat", confidence=LIKELY)


def _of_partnerships(context: Context) -> None:
    """FPDA諮問評議会 is part of FPDA: a body whose name begins with a partnership's that the text knows."""
    for name, key, whole in _begun(context):
        evidence = quote(context.named.sentence, (name[0], name[1]))
        context.drafts.add(key, Property.PART_OF, whole, Factuality.ACTUAL, evidence, "name.part", confidence=LIKELY)


def _begun(context: Context) -> Iterator[tuple[Stretch, str, str]]:
    for name in context.named.names:
        if name.plural or not OWN.search(name.label) or not any(is_a(name.kind, k) for k in PART):
            continue
        for key in context.of(name):
            label = context.things[key].label  # of SEATO, a bare 理事会 is SEATO理事会, but what an authority adds was not said
            own = name.rule in {"organ", "lexicon"} and not context.things[key].authority
            label = label if own and label.endswith(name.label) else name.label
            for length in range(len(label) - 2, 1 if label[:2].isascii() else 2, -1):
                whole = context.things.find(label[:length], Kind.PARTNERSHIP)
                known = whole and whole in context.things and context.things.kind(whole) is Kind.PARTNERSHIP
                if whole and known and whole != key and not NO_PART.search(label[length:]):
                    yield (name.start, name.end), key, whole
                    break
