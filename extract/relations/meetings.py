"""Meetings: a forum, or a kind of meeting (日米首脳会談), and a date."""

from __future__ import annotations

import re

from extract.model import Date
from extract.names.found import fold
from extract.names.things import Thing, Things, make_key
from ontology.terms import Kind

# Kinds of meeting that one body holds side by side.
KINDS = re.compile(r"首脳|外相|防衛相|国防相|閣僚|理事会")


def compatible(a: Date, b: Date) -> bool:
    """Whether two dates can be of one meeting: one lies within the other."""
    if None in {a.earliest, a.latest, b.earliest, b.latest}:
        return a.edtf == b.edtf
    return (a.earliest <= b.earliest and b.latest <= a.latest) or (b.earliest <= a.earliest and a.latest <= b.latest)  # type: ignore[operator]


def meeting_of(things: Things, forum: str, on: Date, session: str = "") -> str:
    """The key of a forum's meeting on a date; of two compatible dates the exact one is kept.

    `session` is the kind of meeting where the body has several: the 首脳会合 of クアッド.
    """
    label = things[forum].label
    return _take(things, label if not KINDS.search(session) else f"{label}{session}", on, forum)


def meeting_called(things: Things, label: str, on: Date) -> str:
    """The key of a meeting of a kind (日米首脳会談) on a date."""
    return _take(things, label, on, None)


def _take(things: Things, label: str, on: Date, forum: str | None) -> str:
    for thing in things:
        if thing.kind is not Kind.MEETING or thing.on is None or thing.forum != forum:
            continue
        if forum and thing.label != label:
            continue
        if (forum or fold(thing.label) == fold(label)) and thing.on.edtf != on.edtf and not compatible(thing.on, on):
            continue
        if not forum and fold(thing.label) != fold(label):
            continue
        if len(on.edtf) > len(thing.on.edtf) and "/" not in on.edtf:
            thing.on = on
        return thing.key
    key = f"meeting/{forum if forum and things[forum].label == label else make_key(label)}/{on.edtf}"
    things.by_key[key] = Thing(key, Kind.MEETING, label, forum=forum, on=on)
    return key
