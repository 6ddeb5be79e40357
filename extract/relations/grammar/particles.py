"""Which role a particle marks, under a frame's pattern and a verb's voice."""

from __future__ import annotations

import re
from collections.abc import Callable

from extract.relations.grammar.events import STOPPED, Event, Form, Voice
from extract.relations.grammar.frames import Pattern, Role
from extract.relations.grammar.groups import Group, fits
from ontology.terms import Kind

SUBJECT = frozenset({"が", "は", "も", "とは", "には", "からは"})
VENUE = frozenset(
    {"で", "では", "において", "における", "にて", "でも", "での", "を通じて", "を通じ", "に際して", "に際し", "に際しての"}
)
BASIS = frozenset(
    {
        "に基づき",
        "に基づいて",
        "に基づく",
        "に基く",
        "の下で",
        "の下",
        "のもとで",
        "のもと",
        "を踏まえ",
        "を踏まえて",
        "を踏まえた",
        "を受け",
        "を受けて",
        "により",
        "によって",
        "に沿って",
        "に沿い",
        "に則って",
        "に則り",
        "にのっとって",
        "にのっとり",
        "に従って",
        "に従い",
        "に準拠して",
        "に準拠し",
        "に依拠して",
        "に依拠し",
        "を根拠として",
        "を根拠に",
        "を法的根拠として",
        "を法的根拠に",
        "の枠内で",
    }
)
CAUSED = re.compile(r"[」』]?させ")
PLAIN: dict[Role, frozenset[str]] = {
    Role.GOAL: frozenset({"に", "へ", "には"}),
    Role.WITH: frozenset({"と", "とともに", "と共に", "との"}),
    Role.SOURCE: frozenset({"から"}),
    Role.AS: frozenset({"として"}),
}
MERGING = frozenset({"統合", "合併", "合流"})
INTO = frozenset({"rename", "replace.into"})  # と marks what a thing is turned into: …と改称する


def role_of(event: Event, group: Group, link: str) -> Role | None:
    """The role of a group that hangs on an event; `link` is "direct" or "matrix" (it hangs on the verb that lends it)."""
    for decide in (PATTERNS.get(event.frame.pattern, _transitive), _oblique):
        role = decide(event, group, link)
        if role:
            return role
    return None


def _composition(event: Event, group: Group, _link: str) -> Role | None:
    """XはYから成る, XはYで構成される, YがXを構成する."""
    particle = group.particle
    if particle.startswith(("から", "より")) and particle != "からは":
        return Role.PART
    if event.verb == "構成" and (
        particle in {"で", "により", "によって"} if event.voice is Voice.PASSIVE else particle == "が"
    ):
        return Role.PART
    return Role.THEME if particle in SUBJECT or particle in {"を", "では"} else None


def _dative(event: Event, group: Group, _link: str) -> Role | None:
    """XがYに出席する, XはYに代わる, YはXに取って代わられた."""
    if event.voice is Voice.PASSIVE and group.particle in {"に", "へ"}:
        return Role.AGENT
    if event.voice is Voice.PASSIVE and group.particle in SUBJECT:
        return Role.THEME
    if group.particle in {"に", "へ", "には", "への"} and fits(group, event.frame.theme):
        return Role.THEME
    return Role.AGENT if group.particle in SUBJECT or group.particle == "から" else None


def _topic(_event: Event, group: Group, _link: str) -> Role | None:
    """XはYについて協議する: X deals, Y is found as a topic."""
    return Role.AGENT if group.particle in SUBJECT else None


def _transitive(event: Event, group: Group, link: str) -> Role | None:
    """XがYを設置する, YがXにより設置される, Yの設置を決める."""
    frame, particle = event.frame, group.particle
    theme = fits(group, frame.theme)
    caused = bool(CAUSED.match(event.phrase.tail))  # EUは新たな枠組みを発足させた
    passive = event.voice is Voice.PASSIVE or (frame.pattern is Pattern.INTRANSITIVE and not caused)
    if particle == "を" and event.voice is Voice.PASSIVE:
        return None  # the object of a verb farther on
    if particle == "を" or (particle in frame.theme_particles and theme):
        return Role.THEME
    if frame.rule in INTO and event.form is Form.NOMINAL and particle in {"から", "への"} and theme:
        return Role.THEME if particle == "から" else Role.GOAL
    stopped = event.form is Form.VERBAL and STOPPED.match(event.phrase.tail) and not event.phrase.head.tag.startswith("動詞")
    if ((event.form is Form.NOMINAL and particle in {"への", "に"}) or (stopped and particle == "への")) and theme:
        return Role.THEME  # 協定への署名、協力の拡大など
    if particle == "には" and event.frame.family in {"establish", "locate"}:
        return Role.GOAL
    if particle in SUBJECT and theme and stopped and fits(group, (Kind.AGREEMENT,)):
        return Role.THEME  # 旧安保条約は1951年に署名、翌年発効した
    if particle in SUBJECT:
        nominal_topic = event.form is Form.NOMINAL and particle in {"は", "も"}
        return Role.THEME if theme and ((passive and link == "direct") or nominal_topic) else Role.AGENT
    if event.voice is Voice.PASSIVE and particle in {"に", "へ"} and frame.rule == "replace.inherit":
        return Role.AGENT
    done = event.voice is Voice.PASSIVE or event.form is Form.NOMINAL
    by = particle == "による" or (done and particle in {"によって", "により"})
    by = by or (done and particle == "から" and frame.rule not in INTO)  # 前身から改称された
    return Role.AGENT if by and not fits(group, (Kind.AGREEMENT,)) else None


def _oblique(event: Event, group: Group, _link: str) -> Role | None:
    """The roles that particles mark with any verb."""
    particle = group.particle
    if particle in {"の下", "の下で", "のもと", "のもとで"} and fits(group, (Kind.INSTITUTION,)):
        return Role.UNDER
    if particle in BASIS and fits(group, (Kind.AGREEMENT,)):
        return Role.BASIS
    if particle in VENUE:
        return Role.VENUE
    if particle == "と" and event.verb in MERGING:
        return Role.THEME  # AはBと統合され、Cとなった
    if particle == "と" and event.frame.rule in INTO:
        return Role.GOAL
    return next((role for role, particles in PLAIN.items() if particle in particles), None)


PATTERNS: dict[Pattern, Callable[[Event, Group, str], Role | None]] = {
    Pattern.COMPOSITION: _composition,
    Pattern.DATIVE: _dative,
    Pattern.TOPIC: _topic,
}
