"""What an event without a name is called: the words of the text in the roles of its verb, one event for each thing that is done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.model import Stretch
from extract.relations.discourse.context import Context
from extract.relations.grammar.events import Event, Voice
from extract.relations.grammar.fillers import Fillers
from extract.relations.grammar.frames import Role
from extract.relations.matters.topics import item_before, np_start, phrase_at
from extract.syntax import Phrase

if TYPE_CHECKING:
    from extract.relations.verbs.activities import Activity


OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
OPENING = re.compile(r"^(?:初めての|初の|新たな|この|その|同|こうした|本格的な|大規模な)")
LISTED = re.compile(r"(?:と|、|及び|および)")
GATHERED = ("会談", "会議", "会合", "協議", "対話")
LONGEST = 40
TELLING = 5  # characters


def objects_of(context: Context, activity: Activity, event: Event) -> list[Phrase]:
    """What is done, one by one: 給油活動が、また、空輸が実施された; 対潜訓練及び通信訓練を行った; 脱退も宣言した."""
    tree = context.tree
    below = [p for p in tree.dependants[event.phrase.index] if p.index < event.phrase.index and not p.timex]
    particles = {"が", "は", "も"} if event.voice is Voice.PASSIVE else {"を"}
    found = [p for p in below if p.particle in particles]
    if not found and event.voice is Voice.ACTIVE and activity.frame.rule == "activity.declare":
        found = [p for p in below if p.particle == "も" and not p.name and p.head.nominal]
    if event.voice is Voice.ACTIVE or not activity.heads:
        found = found[:1]
    for phrase in tuple(found) if activity.heads else ():
        before = item_before(tree, phrase_at(tree, _start(context, phrase)))
        while before and not before.name and context.text[before.start : before.content_end].endswith(activity.heads):
            found.append(before)
            before = item_before(tree, phrase_at(tree, _start(context, before)))
    return found


def label_of(
    context: Context, activity: Activity, event: Event, fillers: Fillers, obj: Phrase | None
) -> tuple[str, list[Stretch]]:
    """The event's name from the words in its roles, and where they stand."""
    words: dict[str, str] = {"verb": event.verb}
    places: list[Stretch] = []
    parts: dict[str, set[str]] = {
        "agent": {"が", "は", "も"},
        "object": set(),
        "goal": {"に", "へ"},
        "source": {"から", "からの"},
        "with": {"と", "との"},
    }
    if event.voice is Voice.PASSIVE:
        parts = {
            "object": set(),
            "agent": {"により", "によって"},
            "goal": {"に", "へ"},
            "source": {"から", "からの"},
        }
    for role, particles in parts.items():
        below = (
            p for p in context.tree.dependants[event.phrase.index] if p is not obj and p.particle in particles and not p.timex
        )
        phrase = obj if role == "object" else next(below, None)
        if phrase is None and role == "agent" and event.voice is Voice.ACTIVE:
            group = next(iter(fillers.get(Role.AGENT)), None)
            phrase = group.phrase if group else None
        whole = next(
            (g for g in context.groups if phrase is not None and g.phrase.index == phrase.index and len(g.members) > 1), None
        )
        if phrase is not None and whole is not None:
            words[role] = LISTED.sub("・", context.text[whole.start : whole.end])
            places.append((whole.start, whole.end))
        elif phrase is not None:
            start = _start(context, phrase)
            words[role] = OPENING.sub("", context.text[start : phrase.content_end]).strip("「」『』")
            places.append((start, phrase.content_end))
    if words.get("agent", "").endswith(GATHERED):
        return "", []  # 訪米した大統領と|首相の会談: the talks went nowhere
    if activity.heads and not words.get("object", "").endswith(activity.heads):
        return "", []
    if event.voice is Voice.PASSIVE and len(words.get("object", "")) >= TELLING and activity.rule == "activity.declare":
        words.pop("agent", None)  # what was declared names it: 冷戦の終結が宣言された
    label = OPTIONAL.sub(lambda m: _optional(m.group(1), words), activity.label)
    try:
        label = label.format(**words)
    except KeyError:
        return "", []
    return (label, places) if 2 < len(label) <= LONGEST and label != event.verb else ("", [])


SUCH_AS = ("などの", "等の")


def _start(context: Context, phrase: Phrase) -> int:
    """Where the words of an event begin: 米艦艇への給油などの|協力支援活動 with what it is of."""
    start = np_start(context.tree, phrase)
    if not context.text.endswith(SUCH_AS, 0, start):
        return start
    return np_start(context.tree, phrase_at(context.tree, start - 1))


def _optional(part: str, words: dict[str, str]) -> str:
    """An optional part of a label, where its role is filled."""
    role = re.search(r"\{(\w+)\}", part)
    return part if role and words.get(role.group(1)) else ""
