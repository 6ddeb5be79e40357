"""What a body deals with or a text covers, told by a noun: 「Xは月探査を対象とする」, 「会合の議題はYである」, 「Yを対象とするX」."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.model import Stretch
from extract.relations.discourse.context import Context, keys_of
from extract.relations.discourse.draft import LIKELY, quote, topic_key
from extract.relations.factuality.standing import phrase_standing
from extract.relations.grammar.copulas import COPULA
from extract.relations.grammar.groups import fits
from extract.relations.matters.topics import FIELDS, topics_of
from extract.relations.nouns.owners import owners_of
from extract.relations.nouns.possession import BEING_OF, COLON, MADE_INTO, Pair
from extract.syntax import Phrase
from ontology.terms import Factuality, Kind, Property, is_a

POSSIBLE, MADE_POSSIBLE = "可能", re.compile(r"に(?:する|した|し、|している|するもの)")
OBJECT = re.compile(r"^[」』]?(?:など|等|だけ|のみ|まで)?を")
PILLAR = re.compile(r"^(?:第?[一二三四1-4]つ?目?の|もう[一1]つの|主な|大きな)?柱[はが]$")
PILLARED = (Kind.PARTNERSHIP, Kind.AGREEMENT, Kind.FORUM, Kind.MECHANISM)
TOPICAL = frozenset({"は", "とは"})
CONSISTING = re.compile(r"^[」』]?(?:など|等)?(?:から(?:な[るりっ]|成[るりっ]|構成)|で構成)")
# What says nothing of its own where it stands as the predicate of 議題.
TELLS_NOTHING = re.compile(r"(?:未定|不明|とおり|通り|[一二三四五六七八九\d]+(?:つ|点|項目|件))$")
# Nouns that name a matter only in 「Yを…とする」: the 対象 of sanctions is no topic.
ONLY_MADE = re.compile(r"(?:対象|目的|任務|使命|可能|中心|重点|主任務|柱)$")


def matters(context: Context, phrase: Phrase, *, of: Sequence[Kind]) -> Iterator[Pair]:
    """Those who deal with a matter, and the matter: 〔SSC, 拡大抑止〕 of 「SSCの議題は拡大抑止である」."""
    if MADE_INTO.match(phrase.tail) or (phrase.head.text == POSSIBLE and MADE_POSSIBLE.match(phrase.tail)):
        objects = [p for p in context.tree.dependants[phrase.index] if OBJECT.match(p.tail) and p.index < phrase.index]
        owners = _dealing(context, phrase, of)
    elif _its_object(context, phrase):
        owners = _text_before(context, phrase, of)
        objects = [_whole(context, context.tree.phrases[phrase.depends_on])]
    elif not ONLY_MADE.search(context.text[phrase.start : phrase.content_end]):
        last = context.tree.phrases[-1]
        told = phrase.particle in TOPICAL and phrase.depends_on == last.index and COPULA.match(last.tail)
        listed = COLON.match(phrase.tail) and last.tail in {"", "。"}
        objects = [last] if (told or listed) and last.index > phrase.index else []
        owners = keys_of(context, owners_of(context, phrase), of)
    else:
        return
    for head in objects[-1:] if owners else ():
        for start, end, text in _named(context, head):
            for owner, place in owners[:1]:
                yield Pair(owner, topic_key(context.things, text), (place, (start, end)), head)


def _text_before(context: Context, phrase: Phrase, of: Sequence[Kind]) -> list[tuple[str, Stretch]]:
    """The text that その means: the last that the sentence names before it, else what the last one was about."""
    here = [n for n in context.named.names if n.end <= phrase.start and is_a(n.kind, Kind.AGREEMENT) and context.of(n)]
    if here:
        return [(context.of(here[-1])[0], (here[-1].start, here[-1].end))]
    key = context.discourse.topic_of((Kind.AGREEMENT,), context.index)
    fits = key is not None and any(is_a(context.things.kind(key), k) for k in of)
    return [(key, (phrase.start, phrase.end))] if key and fits else []


def _whole(context: Context, noun: Phrase) -> Phrase:
    """The head of a noun phrase that begins with a noun: 射程300キロ超の → 巡航ミサイル."""
    while noun.particle == "の" and noun.depends_on > noun.index:
        noun = context.tree.phrases[noun.depends_on]
    return noun


OBJECT_OF = re.compile(r"(?:規制|禁止|適用|削減|協力)?対象$")


def _its_object(context: Context, phrase: Phrase) -> bool:
    """Whether a clause says that the noun behind it is what the text spoken of is about: その規制対象である|巡航ミサイル."""
    pointed = phrase.index and context.text[context.tree.phrases[phrase.index - 1].start :].startswith("その")
    content = context.text[phrase.start : phrase.content_end]
    return bool(pointed and OBJECT_OF.search(content) and BEING_OF.match(phrase.tail) and phrase.depends_on > phrase.index)


NAMING = re.compile(r"掲げ|挙げ|列挙|位置[付づ]け|設定|特定|明記|定め|選[びん]|指定")
FIELD_AS = re.compile(r"(?:分野|領域|課題|議題|項目|重点|優先事項|検討事項)$")
FIELDED = (*PILLARED, Kind.MEETING, Kind.COMMAND, Kind.ORGANISATION)


def _named_fields(context: Context) -> None:
    """What is named as a field: 「同協力枠組みは、宇宙、海洋を重点分野として挙げている」."""
    for role in context.tree.phrases:
        within = NAMING.match(role.tail.removeprefix("として"))  # 重点分野として挙げる: one phrase
        verb = role if within else context.tree.phrases[role.depends_on]
        field = role.particle == "として" and FIELD_AS.search(context.text[role.start : role.content_end])
        if not field or not (within or (verb.index > role.index and NAMING.match(context.text, verb.start))):
            continue
        objects = [p for p in context.tree.dependants[verb.index] if OBJECT.match(p.tail) and p.index < verb.index]
        objects = objects or [p for p in context.tree.dependants[role.index] if OBJECT.match(p.tail) and p.index < role.index]
        hosts = [
            g
            for g in context.groups
            if g.particle in {"は", "が", "では", "において", "で"} and g.end <= role.start and fits(g, FIELDED)
        ]
        found = phrase_standing(context.tree, verb).factuality
        for head in objects[-1:] if found and not (objects and objects[-1].name) else ():
            for start, end, text in _named(context, head):
                for owner, place in keys_of(context, hosts[:1], FIELDED)[:1]:
                    evidence = quote(context.named.sentence, place, (start, end), (verb.start, verb.end))
                    topic = topic_key(context.things, text)
                    context.drafts.add(
                        owner, Property.COVERS, topic, found or Factuality.ACTUAL, evidence, "contents.field", confidence=LIKELY
                    )


def assert_contents(context: Context) -> None:
    """What a text consists of is what it covers: 「この指針は、平素からの協力、周辺事態における協力からなる」."""
    _named_fields(context)
    for phrase in context.tree.phrases:
        if phrase.name or not CONSISTING.match(phrase.tail) or not phrase.head.nominal:
            continue
        texts = [g for g in context.groups if g.particle in TOPICAL and g.phrase.index < phrase.index]
        found = phrase_standing(context.tree, phrase).factuality
        if found is None:
            continue
        for owner, place in keys_of(context, texts[:1], (Kind.AGREEMENT,)):
            for start, _, text in topics_of(context.tree, phrase):
                evidence = quote(context.named.sentence, place, (start, phrase.end))
                topic = topic_key(context.things, text)
                context.drafts.add(owner, Property.COVERS, topic, found, evidence, "contents", confidence=LIKELY)


def assert_pillars(context: Context) -> None:
    """What the pillars of an arrangement are: 「第一の柱は原子力潜水艦、第二の柱は先端能力の協力とされる」."""
    phrases = context.tree.phrases
    for phrase in phrases:
        whole = (
            phrase.index
            and phrases[phrase.index - 1].tail == "の"
            and re.match(r"第", context.text[phrases[phrase.index - 1].start :])
        )
        begin = phrases[phrase.index - 1].start if whole and not phrase.name else phrase.start
        if not PILLAR.match(context.text[begin : phrase.end].rstrip("、")) or phrase is phrases[-1]:
            continue
        owned = keys_of(context, owners_of(context, phrase), PILLARED)
        topic_of = context.discourse.topic_of(PILLARED, context.index)
        owner, place = owned[0] if owned else (topic_of, (phrase.start, phrase.end))
        ends = (p for p in phrases[phrase.index + 1 :] if p.tail.startswith(("、", "で", "と", "だ", "。")) or p is phrases[-1])
        head = next(ends, None)
        if owner is None or head is None or not head.head.nominal or head.name:
            continue
        for start, end, text in topics_of(context.tree, head):
            if start > phrase.start:
                evidence = quote(context.named.sentence, place, (phrase.start, phrase.end), (start, end))
                topic = topic_key(context.things, text)
                context.drafts.add(owner, Property.COVERS, topic, Factuality.ACTUAL, evidence, "pillar", confidence=LIKELY)


def _named(context: Context, head: Phrase) -> Iterator[tuple[int, int, str]]:
    """The topics of a noun phrase; of a count of fields (A、Bなど16の分野) those that are listed before it."""
    content = context.text[head.start : head.content_end]
    if not head.head.nominal or TELLS_NOTHING.search(content) or (head.name and head.name.kind is not Kind.TOPIC):
        return
    if head.head.text not in FIELDS:
        yield from topics_of(context.tree, head)
        return
    for before in reversed(context.tree.phrases[max(head.index - 2, 0) : head.index]):
        if re.match(r"^[」』]?(?:など|等|といった|をはじめとする)", before.tail):
            yield from topics_of(context.tree, before)
            return


def _ends_on(context: Context, noun: Phrase, last: Phrase) -> bool:
    """Whether a noun, through nouns that it modifies, is what the sentence says that its topic is: 防衛を目的とする5か国の取極である."""
    while noun.particle == "の" and noun.depends_on > noun.index:
        noun = context.tree.phrases[noun.depends_on]
    return noun.index == last.index and bool(COPULA.match(last.tail))


def _dealing(context: Context, phrase: Phrase, of: Sequence[Kind]) -> list[tuple[str, Stretch]]:
    """The subject of 「Yを対象とする」, the noun behind it, or what the text is about where the clause has neither."""
    above = context.tree.phrases[phrase.depends_on]
    behind = [g for g in context.groups if g.phrase.index == above.index and above.index > phrase.index]
    if above.index > phrase.index and above.head.nominal and re.match(r"^[」』]?と(?:する|した)$", phrase.tail):
        last = context.tree.phrases[-1]
        said = behind or not _ends_on(context, above, last)
        return keys_of(context, behind if said else [g for g in context.groups if g.particle in TOPICAL][:1], of)
    subjects = [g for g in context.groups if g.particle in {"は", "も", "が"} and g.phrase.index < phrase.index]
    found = keys_of(context, behind, of) or keys_of(context, subjects[:1], of)
    own = any(p.particle in {"は", "が"} and not p.timex for p in context.tree.phrases[: phrase.index])
    if found or own or above.index > phrase.index:
        return found
    topic = context.discourse.topic_of(of, context.index)
    return [(topic, (phrase.start, phrase.end))] if topic else []
