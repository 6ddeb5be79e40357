"""Whether the theme of a verb is open: only then can it be what the text went on about, …がまとめられ、SCCで|合意された."""

from __future__ import annotations

import re

from extract.relations.grammar.adjusting import ACTS
from extract.relations.grammar.events import Event, Form, Voice
from extract.relations.grammar.frames import Pattern
from extract.relations.grammar.lending import lenders
from extract.syntax import Phrase, Tree
from ontology.terms import is_a

JOINING = frozenset({"accede", "ratify"})  # WEUには1988年にスペインが加盟した: no treaty that was spoken of before
QUOTING = re.compile(r"(?:と|旨を?|ことを)、?$")


def standing_before(event: Event, tree: Tree) -> list[Phrase]:
    """The phrases before an event that hang on it."""
    return [p for p in tree.dependants[event.phrase.index] if p.index < event.phrase.index and not p.name]


BODY = re.compile(r"(?:機関|組織|会|会議|会合|司令部|枠組み|部隊|機構|本部|センター|部署|部門|室|隊|会社)$")
AGREEING = frozenset({"合意", "一致", "同意"})
GATHERED = re.compile(r"(?:会議|会談|会合|協議|対話|サミット|場|席|間|全会|満場|上|中)$")
POINTING = frozenset({"これ", "それ", "これら", "それら", "の"})
ADVERB = re.compile(r"(?:のち|後|新た|正式|共|直ち|最終的|初め|すで|既|さら|同時|次第)に")
POTENTIAL = re.compile(r"^[」』]?(?:が)?でき")  # 計画が策定できる: が marks what is drawn up


def theme_is_open(event: Event, tree: Tree) -> bool:
    """Whether no word stands where the theme would: only then can the theme be what the text went on about."""
    if event.frame.pattern is Pattern.CHAIR:
        return True
    places = {event.phrase.index, *(p.index for p in lenders(event, tree))}
    passive = event.voice is Voice.PASSIVE or event.frame.pattern in {Pattern.INTRANSITIVE, Pattern.LABILE}
    passive = passive or bool(POTENTIAL.match(event.phrase.tail))
    marks = {"が", "は", "も", "を"} if passive else {"を"}
    if event.frame.pattern is Pattern.DATIVE:
        marks = {"に", "へ", "への"} | ({"には"} if event.frame.rule in JOINING else set())
    if event.form is Form.NOMINAL:
        marks = {"の", "が", "は"}
    if event.frame.rule == "publish" and any(QUOTING.search(p.tail) for p in standing_before(event, tree)):
        return False  # 終了すると発表した: what is announced is no text
    by_whom = {"に", "へ"} if event.voice is Voice.PASSIVE else set()  # 両外相に署名された: it is signed by them
    marks |= (event.frame.theme_particles - by_whom) | ({"への"} if event.frame.theme_particles else set())
    standing = [
        p for p in tree.phrases if p.depends_on in places and p.index < max(places) and not p.timex and p.index not in places
    ]
    standing = [p for p in standing if not ADVERB.fullmatch(tree.text[p.start : p.end])]
    glued = event.phrase.words[0].end < event.start or any(p.tail == "" and p.end == event.phrase.start for p in standing)
    named_topic = any(
        p.particle in {"は", "も", "には"} and p.depends_on in places and p.name and not any(is_a(p.name.kind, k) for k in ACTS)
        for p in standing
    )
    unnamed_topic = passive and any(
        p.particle == "は" and _common(p) and event.phrase in tree.governors(p) for p in tree.phrases[: event.phrase.index]
    )
    unnamed_topic = unnamed_topic or (
        event.frame.family == "establish"
        and any(p.particle == "は" and _common(p) and BODY.search(p.head.text) for p in standing)
    )
    agreed = event.verb in AGREEING and any(
        p.particle == "で" and _common(p) and not GATHERED.search(p.head.text) for p in standing
    )
    dative = event.frame.pattern is Pattern.DATIVE
    pointing = dative and any(p.particle in {"に", "へ"} and p.head.text in {*POINTING, "こと"} for p in standing)
    return (
        not glued
        and not pointing
        and not named_topic
        and not unnamed_topic
        and not agreed
        and not any(p.particle in marks and p.head.nominal and p.head.text not in POINTING for p in standing)
    )


def _common(phrase: Phrase) -> bool:
    """Whether a phrase names something by a common noun: 事務所は; not 当初は, これは."""
    plain = phrase.head.nominal and not phrase.name and not phrase.timex
    return plain and "副詞" not in phrase.head.tag and phrase.head.text not in POINTING
