"""Meetings: a forum, or a kind of meeting (日米首脳会談), and a date."""

from __future__ import annotations

import re

from extract.model import Date
from extract.names.found import fold
from extract.names.things import Thing, Things, make_key
from ontology.terms import Kind

# Kinds of meeting that one body holds side by side.
KINDS = re.compile(r"首脳|サミット|外相|防衛相|国防相|外務大臣|防衛大臣|国防大臣|閣僚|理事会")
# Where the words for who meets begin.
KIND_WORD = re.compile(r"(?:緊急|臨時|特別|拡大)?(?:首脳|外相|防衛相|国防相|外務大臣|防衛大臣|国防大臣|閣僚|サミット).*$")
# Words that make no other meeting of one on the same day: 首脳会合 is 首脳会議, 首脳テレビ会議 and サミット.
MEANS = re.compile(r"テレビ|電話|オンライン|ビデオ|緊急|臨時|特別|拡大")
SAME = (
    (re.compile(r"会[合談議]$"), "会"),
    (re.compile(r"サミット$"), "首脳会"),
    (re.compile(r"外務大臣"), "外相"),
    (re.compile(r"(?<=首脳|外相|閣僚)級"), ""),
    (re.compile(r"(?<=防衛|国防)大臣"), "相"),
)


def alike(a: str, b: str) -> bool:
    """Whether two kinds of meeting are one: NATO首脳会合, NATO首脳会議."""
    return _plain(a) == _plain(b)


def _plain(label: str) -> str:
    shown = MEANS.sub("", label)
    for pattern, instead in SAME:
        shown = pattern.sub(instead, shown)
    return fold(shown)


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
    """The key of a meeting of a kind (日米首脳会談) on a date; AUKUS国防相会合 is one of AUKUS."""
    body, session = body_in(things, label)
    return meeting_of(things, body, on, session) if body else _take(things, label, on, None)


def body_in(things: Things, label: str) -> tuple[str | None, str]:
    """The lasting group of states that a meeting's name begins with, and the rest of the name."""
    rest = KIND_WORD.search(label)
    key = things.find(label[: rest.start()], Kind.PARTNERSHIP) if rest and rest.start() > 1 else None
    if key is None or rest is None:
        return None, label
    key = things.known(key).key if key not in things else key
    return (key, rest.group()) if things.kind(key) is Kind.PARTNERSHIP else (None, label)


def series_called(things: Things, label: str) -> str:
    """The key of a series of meetings that no date tells apart: FPDA国防相会合は毎年開かれる. Nothing is claimed of it."""
    key = f"series/{make_key(label)}"
    things.by_key.setdefault(key, Thing(key, Kind.MEETING, label))
    return key


def _take(things: Things, label: str, on: Date, forum: str | None) -> str:
    for thing in things:
        if thing.kind is not Kind.MEETING or thing.on is None or thing.forum != forum:
            continue
        if not alike(thing.label, label) or (thing.on.edtf != on.edtf and not compatible(thing.on, on)):
            continue
        if len(on.edtf) > len(thing.on.edtf) and "/" not in on.edtf:
            thing.on = on
        return thing.key
    key = f"meeting/{forum if forum and things[forum].label == label else make_key(label)}/{on.edtf}"
    things.by_key[key] = Thing(key, Kind.MEETING, label, forum=forum, on=on)
    return key
