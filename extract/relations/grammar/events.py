"""Verbs of the frames found in a sentence, each with the phrases that fill its roles.

A verb stands as a predicate (設置され), before a noun (設置された委員会) or as a noun (設置を決めた); in the last case
the deciding verb lends it what the noun lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from extract.relations.grammar.frames import Frame, by_verb, longest_verb
from extract.syntax import Phrase, Tree
from ontology.terms import Kind, is_a

SURU = re.compile(r"^[」』]*(?:を?(?:いた|致)[さしす]|をし|さ|し|す|せ|でき|出来|可能)")
STOPPED = re.compile(r"^[」』]*(?:[、。;)]|$)")
CLOSED = re.compile(r"[」』]*[。.]?")
PASSIVE = re.compile(r"^(?:さ)?(?:れ|られ)")
MADE_OF = re.compile(r"^[」』]?(?:など|等)?から(?:な[るりっ]|成[るりっ])")
# Nouns of what is to come, between a verb and what it stands before: 新設する予定の司令部.
PLANS = frozenset({"予定", "計画", "方針", "見込み", "見通し", "運び"})
# What a verb's noun may carry behind it and still be the verb: 創設予定の, 締結時から, 策定後, 発効日は.
AFTER_VERB = re.compile(r"(?:予定|済み?|時|後|前|以来|以降|直後|以前|当初|年月日|日)$")
OPEN = frozenset({"を", "が", "も"})  # what says who does it, or what else is done
WHEN = re.compile(r"(?:後|直後|時|当時|前|直前)$")
UNDONE = re.compile(r"[仮未不]$")  # 仮署名, 未発効 are not yet the deed
CONTINUING = re.compile(r"(?:[しり]|され|られ|[いきちびみ]|[えけせてねめれ])、?$")
WHEREUPON = re.compile(r"ところ、")  # 出席したところ、 goes on and stands before no noun
ATTRIBUTIVE = re.compile(r"(?:る|た|だ|ない|う|く|ぐ|す|つ|ぬ|ぶ|む|の)$")


class Form(StrEnum):
    """How a frame's verb stands in the sentence."""

    VERBAL = "verbal"
    NOMINAL = "nominal"


class Voice(StrEnum):
    """設置した or 設置された."""

    ACTIVE = "active"
    PASSIVE = "passive"


@dataclass(frozen=True, slots=True)
class Event:
    """A verb of a frame in a sentence. `modified` is the noun phrase that it stands before, if any."""

    frame: Frame
    verb: str
    phrase: Phrase
    form: Form
    voice: Voice
    modified: Phrase | None = None

    @property
    def start(self) -> int:
        return self.phrase.content_end - len(self.verb) if self.phrase.head.text.endswith(self.verb) else self.phrase.head.start

    @property
    def end(self) -> int:
        return self.phrase.end


def find_events(tree: Tree) -> Iterator[Event]:
    """The frames' verbs of a sentence, left to right."""
    return find_verbs(tree, by_verb())


def find_verbs(tree: Tree, table: Mapping[str, tuple[Frame, ...]]) -> Iterator[Event]:
    """The verbs of a table in a sentence, left to right, an event for each frame of each."""
    for phrase in tree.phrases:
        if MADE_OF.match(phrase.tail):
            for frame in table.get("からなる", ()):
                yield Event(frame, "からなる", phrase, Form.VERBAL, Voice.ACTIVE, modified_noun(tree, phrase))
        verb = None if phrase.name or phrase.timex else _verb(tree, phrase, table)
        if verb is None:
            continue
        form = _form(phrase, verb)
        if form is None:
            continue
        passive = bool(PASSIVE.match(phrase.tail)) or _clipped_passive(tree, phrase)
        modified = modified_noun(tree, phrase) if form is Form.VERBAL else None
        for frame in (f for f in table[verb] if form is Form.VERBAL or not f.verbal):
            if frame.rule in WORKING and _of_one_task(tree, phrase, verb):
                continue
            undergone = passive or (frame.family in {"establish", "end"} and _told_of_topic(tree, phrase))
            yield Event(frame, verb, phrase, form, Voice.PASSIVE if undergone else Voice.ACTIVE, modified)


# Frames that tell of a body's whole life by its work: 活動を開始, 任務を終える.
WORKING = frozenset({"establish.begin", "end.dissolve"})


def _of_one_task(tree: Tree, phrase: Phrase, verb: str) -> bool:
    """Whether what begins or ends is one work of a body that lives on: 部隊は、インド洋での活動を開始した."""
    if not re.search(r"[をが]", verb) or phrase.index == 0:
        return False
    told = tree.dependants[phrase.index - 1]
    return any(p.tail not in {"その", "全ての", "すべての"} and tree.text[p.start : p.end] != "その" for p in told)


def sought(tree: Tree) -> Iterator[str]:
    """What rules may be looked up by that are found by a verb or a relational noun: such words stand inside one of these."""
    for phrase in tree.phrases:
        if MADE_OF.match(phrase.tail):
            yield "からなる"
        if phrase.name:
            yield phrase.name.label
        elif not phrase.timex:
            yield f"{_object(tree, phrase)}{phrase.head.lemma}"
            yield _whole(phrase)


def _whole(phrase: Phrase) -> str:
    """A phrase without what follows its head."""
    if phrase.words[-1] is phrase.words[0]:
        return phrase.head.text
    return "".join([w.text for w in phrase.words if w.end <= phrase.content_end])


def _before_head(phrase: Phrase) -> str:
    return "".join([w.text for w in phrase.words if w.end <= phrase.head.start])


def _clipped_passive(tree: Tree, phrase: Phrase) -> bool:
    """Whether a verb that breaks off shares the passive that it goes on to: 1960年に設置、1989年に廃止された."""
    above = tree.phrases[phrase.depends_on]
    if phrase.tail != "、" or above.index <= phrase.index or not PASSIVE.match(above.tail):
        return False
    return not any(p.particle in {"を", "に"} and not p.timex for p in tree.dependants[phrase.index])


def _told_of_topic(tree: Tree, phrase: Phrase) -> bool:
    """Whether a verb that breaks off at a sentence's end, with no object, tells what became of a body (NATOは、1949年に設立。)."""
    below = tree.dependants[phrase.index]
    if not CLOSED.fullmatch(phrase.tail) or phrase.head.tag.startswith("動詞") or any(p.particle in OPEN for p in below):
        return False
    topics = [p.name for p in tree.phrases[: phrase.index] if p.particle == "は"]
    return len(topics) == 1 and topics[0] is not None and is_a(topics[0].kind, Kind.INSTITUTION)


def _verb(tree: Tree, phrase: Phrase, table: Mapping[str, tuple[Frame, ...]]) -> str | None:
    """The frame verb that a phrase's content ends on: the noun of a サ変 verb, or the dictionary form."""
    if phrase.head is not phrase.words[0] and UNDONE.search(_before_head(phrase)):
        return None
    whole = _whole(phrase)
    content = AFTER_VERB.sub("", whole)
    inner = whole != content and any(content.endswith(verb) for verb in table)  # 創設予定の is of a founding, not of a plan
    for verb in (f"{_object(tree, phrase)}{phrase.head.lemma}", phrase.head.lemma):
        if verb in table and not inner:
            return verb
    for length in range(min(longest_verb(), len(content)), 1, -1):
        if content[-length:] in table:
            return None if UNDONE.search(content[:-length]) else content[-length:]
    return None


def _object(tree: Tree, phrase: Phrase) -> str:
    """The object or aim right before a verb with its particle: 効力を for 生じる, 傘下に for 置く."""
    if phrase.index == 0:
        return ""
    called = next((p for p in tree.dependants[phrase.index] if p.index < phrase.index and is_appellation(tree, p)), None)
    if called:
        return f"{tree.text[called.start : called.content_end]}を"  # 名称は2012年にXと|改められた
    before = tree.phrases[phrase.index - 1]
    if before.name and before.particle in {"に", "と"} and phrase.index > 1:
        before = tree.phrases[phrase.index - 2]  # 名称をXに改めた
    marked = before.particle in {"を", "が", "に"} and not before.name and not before.timex
    if before.particle == "に" and any(p.particle == "の" for p in tree.dependants[before.index]):
        return ""  # 欧州軍の傘下に置く names the body above
    fits = marked and before.depends_on == phrase.index
    return tree.text[before.start : before.content_end] + before.particle if fits else ""


APPELLATION = frozenset({"名称", "名前", "呼称", "名"})


def is_appellation(tree: Tree, phrase: Phrase) -> bool:
    """Whether a phrase is what somebody is called by, as what a change is told of: Xの名称は."""
    return tree.text[phrase.start : phrase.content_end] in APPELLATION and phrase.particle in {"は", "も", "が", "を"}


def _form(phrase: Phrase, verb: str) -> Form | None:
    if WHEN.search(_whole(phrase)) and not phrase.particle:
        return Form.NOMINAL  # 1991年の機構の解体後、
    if phrase.head.tag.startswith("動詞") and verb.endswith(phrase.head.lemma):
        return Form.VERBAL
    if SURU.match(phrase.tail):
        return Form.VERBAL
    if STOPPED.match(phrase.tail) or (phrase.head.text == "予定" and phrase.tail.startswith(("の", "で"))):
        return Form.VERBAL
    return Form.NOMINAL if phrase.particle else None


def _verbal(phrase: Phrase) -> bool:
    return phrase.head.tag.startswith("動詞") or bool(SURU.match(phrase.tail))


def _next_noun(tree: Tree, phrase: Phrase) -> Phrase:
    """The head of the noun phrase right behind: 創設予定の自衛隊の司令部."""
    found = phrase
    for following in tree.phrases[phrase.index + 1 :]:
        if not following.head.nominal:
            break
        if following.name:
            found = following
        if following.particle != "の":
            break
    return found


def _next_date_and_deed(tree: Tree, phrase: Phrase) -> Phrase | None:
    """The verb behind a clause and a date, which it goes on to wherever the parser hangs it: 署名され、翌年発効した協定."""
    if not re.match(r"[」』]?(?:され|し)、$", phrase.tail):
        return None
    following = tree.phrases[phrase.index + 1 : phrase.index + 3]
    dated = [p for p in following[:1] if p.timex]
    return following[1] if dated and len(following) > 1 and _verbal(following[1]) else None


def _named_next(tree: Tree, phrase: Phrase) -> Phrase | None:
    """The name behind a clause that the parser takes past it: 2024年に署名された、いわゆるANNPAに取って代わられた."""
    for following in tree.phrases[phrase.index + 1 : phrase.index + 3]:
        if following.name:
            return following
        if following.particle or _verbal(following):
            return None
    return None


def _defined_beyond(tree: Tree, above: Phrase) -> Phrase | None:
    """The bare noun that a sentence ends on and that two clauses say more of: Xは、2010年に置かれた、陸軍を率いる司令部である."""
    last = tree.phrases[-1]
    said = above.depends_on == last.index > above.index and last.head.nominal and last.name is None
    return last if said and BEING.match(last.tail) else None


BEING = re.compile(r"^[」』]?(?:で(?:ある|あった|す|した)|だ|。|$)")


def modified_noun(tree: Tree, phrase: Phrase) -> Phrase | None:
    """The noun phrase that a verb stands right before: 設置された → 委員会; with those that go on to it: 署名され、発効した → 協定."""
    if phrase.index + 1 < len(tree.phrases) and WHEREUPON.match(tree.text, tree.phrases[phrase.index + 1].start):
        return None
    above = _next_date_and_deed(tree, phrase) or tree.phrases[phrase.depends_on]
    if above.index > phrase.index and CONTINUING.search(tree.text[phrase.start : phrase.end]) and _verbal(above):
        shared = modified_noun(tree, above)
        return shared if shared is not None and shared.name else None
    if phrase.tail.endswith("た、") and _verbal(above):
        above = _defined_beyond(tree, above) or (above if above.head.nominal else _named_next(tree, phrase) or above)
    behind = _next_noun(tree, phrase) if phrase.tail == "の" else phrase
    if behind is not phrase:
        above = behind  # 創設予定の自衛隊の司令部
    elif above.head.text in PLANS and above.tail == "の" and above.index == phrase.index + 1:
        above = _next_noun(tree, above)  # 新設する予定の司令部
    if above.index <= phrase.index or not above.head.nominal:
        return None
    tail = phrase.tail.rstrip("、")
    native = phrase.head.tag.startswith("動詞")
    ends = tail or (phrase.head.text if native else "")
    if not ATTRIBUTIVE.search(ends) or re.search(r"(?:が|から|ので|けれど|ものの)$", tail):
        return None
    return above
