"""What a name does in a question, seen from the word that the question is about: who replaces, and who is replaced.

In Japanese the particle after the name and the voice of the verb tell it, in English its place and the preposition before it.
Where neither does (EDD 設立 いつ), the name may be anything.
"""

from __future__ import annotations

import re

from queries.plain.cues import Cue, Reading
from queries.plain.naming import Mention

_AGENT, _PATIENT = frozenset({"agent"}), frozenset({"patient"})
_FREE = frozenset({"free"})
_PARTICLES = (
    ("によって", _AGENT), ("により", _AGENT), ("による", _AGENT), ("において", frozenset({"at"})), ("における", frozenset({"at", "of"})),
    ("に対して", frozenset({"goal"})), ("に対する", frozenset({"goal"})), ("について", frozenset({"of", "goal"})),
    ("に関する", frozenset({"of", "goal"})), ("では", frozenset({"at"})), ("での", frozenset({"at"})), ("には", frozenset({"goal", "at"})),
    ("への", frozenset({"goal"})), ("との", frozenset({"with"})), ("から", frozenset({"goal"})), ("を", _PATIENT), ("に", frozenset({"goal"})),
    ("へ", frozenset({"goal"})), ("で", frozenset({"at"})), ("の", frozenset({"of"})),
)  # fmt: skip
_TOPIC = ("とは", "って", "は", "も")
_PREPOSITIONS = {
    "of": frozenset({"of"}), "by": _AGENT, "to": frozenset({"goal"}), "for": frozenset({"goal", "of"}), "into": frozenset({"goal"}),
    "in": frozenset({"at", "goal", "of"}), "at": frozenset({"at"}), "within": frozenset({"at", "of"}), "under": frozenset({"at", "of"}),
    "with": frozenset({"with", "goal"}), "about": frozenset({"of", "goal"}), "on": frozenset({"of", "goal"}), "from": frozenset({"goal"}),
}  # fmt: skip
# What came out of the SCC: as results of it
_OUT_OF = re.compile(r"\b(?:out of|c[ao]me of|(?:result|emerge)(?:s|d|ed)? from)\Z", re.IGNORECASE)
_ARTICLES = frozenset({"the", "a", "an", "this", "that"})


def roles_of(reading: Reading, mention: Mention, cue: Cue | None) -> frozenset[str]:
    """The roles that the name can have; `free` where nothing tells."""
    if cue is None or cue.start <= mention.start < cue.end:
        return _FREE
    return _japanese(reading, mention, cue) if reading.japanese else _english(reading, mention, cue)


def _japanese(reading: Reading, mention: Mention, cue: Cue) -> frozenset[str]:
    after = reading.text[mention.end :].lstrip(" 」』\"'")
    if mention.start > cue.start:  # 設立されたのはEDDがいつ: what follows the verb tells nothing
        return _FREE
    if after.startswith(_TOPIC):
        return _topic(reading, mention, cue)
    if after.startswith("が"):
        return _PATIENT if cue.passive else frozenset({"agent", "patient"}) if not cue.verbal else _AGENT
    for particle, roles in _PARTICLES:
        if after.startswith(particle):
            return roles
    return _FREE


def _topic(reading: Reading, mention: Mention, cue: Cue) -> frozenset[str]:
    """X は 設立された; X は 誰が 設立した; X は 何を 設立した; X は 何の一部か."""
    between = reading.text[mention.end : cue.start]
    if not cue.verbal:
        other = between.rstrip().endswith("の") and any(
            w.lemma in _ASKING for w in reading.words if mention.end <= w.start < cue.start
        )
        return _AGENT if other else _FREE | {"of"}
    if cue.passive:
        return _PATIENT
    if "が" in between:
        return _PATIENT
    return _AGENT if "を" in between or "に" in between else frozenset({"agent", "patient"})


_ASKING = frozenset({"何", "なに", "どの", "どれ", "どこ", "誰", "だれ", "いずれ", "どんな"})


def _english(reading: Reading, mention: Mention, cue: Cue) -> frozenset[str]:
    if reading.text[mention.end :].startswith(("'s", "’s")):
        return frozenset({"of"})
    behind = mention.start >= cue.end
    before = [
        w.lemma
        for w in reading.words
        if w.end <= mention.start and w.lemma not in _ARTICLES and not (behind and w.start < cue.end)
    ]
    if before and before[-1] in _PREPOSITIONS:
        return _PREPOSITIONS[before[-1]]
    if behind:
        return _PATIENT | (_PREPOSITIONS["of"] if _OUT_OF.search(reading.text[: cue.end]) else frozenset())
    said = [w.lemma for w in reading.words if w.start < cue.end][-1:] + [w.lemma for w in reading.words if w.start >= cue.end][
        :1
    ]
    beside = not reading.text[mention.end : cue.start].strip() and _PREPOSITIONS.keys().isdisjoint(
        said
    )  # SCC members, but: the SDC part of
    compound = frozenset({"of"}) if beside else frozenset()
    return (_PATIENT if cue.passive else _AGENT) | compound
