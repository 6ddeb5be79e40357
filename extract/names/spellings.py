"""Other ways to write or to give a name, which a document leaves to its reader: 2+2 for 日米2プラス2, 「…」と呼称される, 97指針 for 指針(1997年)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.model import Sentence
from extract.names.found import Name, fold
from extract.names.things import Things
from ontology.terms import Kind, is_a

WAYS = ("2プラス2", "2+2", "ツープラスツー")
SPELT = re.compile("(?P<whose>.*?)(?:2プラス2|2\\+2|ツー・?プラス・?ツー)")
CALLED = re.compile(
    r"(?:一般に|通常|しばしば)?[「『]([^「」『』、]{2,30})[」』]と(?:も)?(?:呼称|通称|略称|総称|呼ば|称さ|略さ|略記)"
)
CALLER_END = re.compile(r"[」』)]{0,2}")
YEAR = re.compile(r"[」』]?\((?:19|20)(\d{2})年")
NAMELESS = (Kind.STATE, Kind.PLACE, Kind.PERSON, Kind.POST, Kind.MEETING)


def spell(things: Things) -> None:
    """Give a forum that is named by how many ministers each side sends all the ways to write that; without the states where it is the only one."""
    forums = [(t, m["whose"]) for t in list(things) for n in (t.label, *t.names) if (m := SPELT.fullmatch(fold(n)))]
    only = len({t.key for t, _ in forums}) == 1
    for thing, whose in forums:
        for way in WAYS if is_a(thing.kind, Kind.FORUM) else ():
            for name in (whose + way, *((way,) if only else ())):
                if not thing.authority and fold(name) not in things.knowledge.sharers and not things.find(name, thing.kind):
                    things.name(thing.key, name)


def called_afterwards(sentences: Sequence[Sentence], found: Sequence[Sequence[Name]], things: Things) -> None:
    """Learn what a sentence says of the thing spoken of without naming it: a footnote's 「2+2」と呼称される."""
    for at, sentence in enumerate(sentences):
        called = CALLED.match(sentence.text)
        bearer = _spoken_of(sentences, found, at) if called else None
        if called is None or bearer is None or bearer.kind in NAMELESS or bearer.plural or bearer.ambiguous:
            continue
        name = called.group(1)
        key = things.find(bearer.label, bearer.kind)
        if key and key in things and fold(name) not in things.knowledge.sharers and not things.find(name, bearer.kind):
            things.name(key, name)


def _spoken_of(sentences: Sequence[Sentence], found: Sequence[Sequence[Name]], at: int) -> Name | None:
    """What the footnote stands at, else what the sentence before is about."""
    sentence = sentences[at]
    if sentence.introduced_by is not None and sentence.call_at is not None:
        caller = next((i for i, s in enumerate(sentences) if s.index == sentence.introduced_by), None)
        for name in found[caller] if caller is not None else ():
            if CALLER_END.fullmatch(sentences[caller or 0].text, name.end, sentence.call_at):
                return name
        return None
    if at == 0 or sentences[at - 1].paragraph != sentence.paragraph:
        return None
    before = sentences[at - 1].text
    topics = [n for n in found[at - 1] if re.match(r"[」』]?(?:\([^()]*\))?は", before[n.end :])]
    return topics[0] if len(topics) == 1 else None


def of_year(names: Sequence[Name], text: str, things: Things) -> Iterator[Name]:
    """The names of a sentence, guidelines with their year in brackets as what the document calls by it: 「…のための指針」(1997年) is 97指針."""
    for name in names:
        year = YEAR.match(text, name.end) if name.kind is Kind.GUIDELINES and not name.ambiguous else None
        key = next((k for w in ("指針", "ガイドライン") if year and (k := things.find(year.group(1) + w, name.kind))), None)
        yield replace(name, keys=(key,)) if key and key in things else name
